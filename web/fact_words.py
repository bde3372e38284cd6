"""Words for facts, as a timeline or the last column of a list says them; and for next steps.

The key is the part of the topic behind the dot; both cores use the same word for the same thing.
"""

from collections.abc import Mapping

from domain.codes import Code, CodeList, table
from domain.deadline_rules import BY_ID

FACTS: CodeList = table("""lead_recorded | 记下线索 | lead recorded
registered | 登记 | registered
wishes_changed | 变更求职意向 | wishes changed
registration_renewed | 延续登记 | registration renewed
consent_given | 取得同意 | consent given
consent_withdrawn | 撤回同意 | consent withdrawn
unemployment_registered | 失业登记 | unemployment registered
unemployment_cancelled | 注销失业登记 | unemployment cancelled
group_tagged | 标记人群 | group tagged
group_untagged | 取消人群标记 | group untagged
ability_assessed | 评估能力 | ability assessed
willingness_assessed | 评估意愿 | willingness assessed
needs_assessed | 评估需求 | needs assessed
tier_assigned | 定档 | tier assigned
assigned | 指派经办 | assigned
unassigned | 撤销指派 | unassigned
transfer_offered | 提出移交 | transfer offered
transfer_declined | 退回移交 | transfer declined
transferred | 接收移交 | transferred
hold_placed | 挂起 | put on hold
hold_lifted | 解除挂起 | hold lifted
suspended | 暂停 | suspended
suspension_prolonged | 延长暂停 | suspension prolonged
resumed | 恢复 | resumed
closed | 结案 | closed
reopened | 重开 | reopened
merged | 并入他案 | merged into another
absorbed | 并入本案 | absorbed another
unmerged | 撤销合并 | unmerged
linked_to_dispute | 关联争议 | linked to a dispute
unlinked_from_dispute | 取消关联争议 | unlinked from a dispute
linked_to_seeker | 关联求职 | linked to a seeker
unlinked_from_seeker | 取消关联求职 | unlinked from a seeker
note_added | 备注 | note added
attachment_added | 添加附件 | attachment added
attachment_withdrawn | 撤回附件 | attachment withdrawn
document_issued | 出具文书 | paper issued
access_code_given | 发给查询码 | access code handed out
document_delivered | 送达文书 | document delivered
record_corrected | 更正 | corrected
fact_voided | 作废 | voided
hardship_applied | 申请困难认定 | hardship applied for
hardship_notice_posted | 发布公示 | notice posted
hardship_recognised | 认定困难人员 | hardship recognised
hardship_refused | 不予认定 | hardship refused
hardship_certified | 登记库核验 | register asked
hardship_upheld | 维持认定 | recognition upheld
hardship_cancelled | 取消认定 | hardship cancelled
subsidy_applied | 申请补贴 | subsidy applied for
subsidy_checked | 核查补贴 | subsidy checked
subsidy_approved | 批准补贴 | subsidy approved
subsidy_refused | 不予补贴 | subsidy refused
subsidy_paid | 发放补贴 | subsidy paid
subsidy_stopped | 停发补贴 | subsidy stopped
subsidy_recovered | 追回补贴 | subsidy recovered
insurance_taken | 参加保险 | insurance taken
assistance_plan_made | 制定计划 | plan made
assistance_plan_revised | 修订计划 | plan revised
visit_recorded | 走访 | visit
guidance_given | 职业指导 | guidance given
policy_explained | 讲解政策 | policy explained
activity_joined | 参加活动 | activity joined
match_meeting_held | 供需见面 | match meeting held
training_enrolled | 报名培训 | enrolled in training
training_completed | 结业 | training completed
training_dropped | 退出培训 | training dropped
certificate_obtained | 取得证书 | certificate obtained
referred | 推荐岗位 | referred
referral_answered | 答复推荐 | referral answered
interview_held | 面试 | interview held
offer_made | 录用意向 | offer made
referral_ended | 推荐结束 | referral ended
referral_suspended | 推荐中止 | referral suspended
placement_recorded | 登记安置 | placed
placement_verified | 核实安置 | placement verified
placement_ended | 离岗 | placement ended
follow_up_agreed | 约定回访 | follow-up agreed
follow_up_recorded | 回访 | followed up
session_scheduled | 约定调解 | session scheduled
session_postponed | 改期 | session postponed
session_cancelled | 取消调解 | session cancelled
session_held | 举行调解 | session held
session_missed | 未到场 | session missed
evidence_filed | 收取证据 | evidence filed
employer_records_requested | 调取用人单位资料 | employer's records requested
mediation_extended | 延长调解 | mediation extended
proposal_made | 提出方案 | proposal made
agreement_signed | 签订协议 | agreement signed
agreement_voided | 协议作废 | agreement voided
payment_recorded | 登记付款 | payment recorded
paid_immediately | 当场付清 | paid at once
award_paid | 执行到账 | award paid
payment_reversed | 冲正付款 | payment reversed
advance_recovered | 追回垫付 | advance recovered
performance_defaulted | 逾期未履行 | defaulted
mediation_failed | 调解不成 | mediation failed
routes_explained | 告知途径 | routes explained
escalated | 转出 | escalated
arbitration_review_applied | 申请仲裁审查 | arbitration review applied for
judicial_confirmation_applied | 申请司法确认 | judicial confirmation applied for
payment_order_applied | 申请支付令 | payment order applied for
payment_order_issued | 支付令发出 | payment order issued
payment_order_served | 支付令送达 | payment order served
payment_order_objected | 支付令异议 | payment order objected to
arbitration_filed | 申请仲裁 | arbitration filed
arbitration_accepted | 仲裁受理 | arbitration accepted
inspection_referred | 移送监察 | referred to inspection
inspection_filed | 监察立案 | inspection opened
legal_aid_referred | 转介法援 | referred to legal aid
legal_aid_granted | 法援批准 | legal aid granted
police_transfer_made | 移送公安 | transferred to the police
enforcement_sought | 申请执行 | enforcement sought
external_step_recorded | 外部进展 | outside step recorded
external_result_recorded | 外部结果 | outside result recorded
limitation_interrupted | 时效中断 | limitation interrupted
limitation_suspended | 时效中止 | limitation suspended
limitation_resumed | 时效恢复 | limitation resumed
intake_recorded | 来访 | intake recorded
intake_attached | 并入来访 | intake attached
reply_sent | 答复 | reply sent
route_checked | 判断由谁办理 | right body checked
application_received | 收件 | application received
claimant_added | 增加申请人 | claimant added
claimant_withdrawn | 申请人撤回 | claimant withdrawn
representatives_chosen | 推选代表 | representatives chosen
respondent_added | 增加被申请人 | respondent added
employment_ended | 劳动关系终止 | employment ended
claim_stated | 提出请求 | claim stated
claim_amended | 变更请求 | claim amended
claim_verified | 核实请求 | claim verified
materials_requested | 要求补正 | materials requested
materials_received | 收到补正 | materials received
accepted | 受理 | accepted
not_accepted | 不予受理 | not accepted
transferred_out | 移送 | transferred out
respondent_consent_recorded | 被申请人同意调解 | respondent consented
refusal_notified | 告知不予受理 | refusal notified
mediator_assigned | 指派调解员 | mediator assigned
mediator_recused | 调解员回避 | mediator recused
mediator_unassigned | 撤销调解员指派 | mediator unassigned
classified | 分类 | classified""")

# What is to be done next: the code of the most pressing time limit (`projections/clocks.py`).
# What is due says its verb; a time limit without one of these says its name.
DUE: CodeList = table("""follow_up.retention | 回访稳岗 | follow up the placement
follow_up.after_training | 回访结业学员 | follow up the trainee
follow_up.contact | 电话联系 | call the person
contact | 联系本人 | contact the person
registration | 延续登记 | renew the registration
resume | 恢复帮扶 | resume assistance
plan | 落实计划 | carry out the plan
refusals | 判断三次谢绝 | weigh three refusals
recognition | 复核困难认定 | review the recognition
certification | 等登记库核验认定 | have the recognition certified
DL-01 | 决定是否受理 | decide on acceptance
DL-02 | 告知不同意调解 | tell that mediation is declined
DL-03 | 办完调解 | finish mediation
DL-04 | 申请仲裁审查 | apply for arbitration review
DL-05 | 申请司法确认 | apply for judicial confirmation
DL-06 | 催收到期款项 | call in what is due
DL-07 | 申请支付令 | apply for a payment order
DL-08 | 提醒仲裁时效 | warn of the limitation
DL-08b | 提醒仲裁时效 | warn of the limitation
DL-08d | 提醒仲裁时效 | warn of the limitation
DL-20 | 答复工单 | answer the workorder
LP-03 | 按承诺办完调解 | finish mediation as promised""")
STEPS: Mapping[str, str | Code] = {rule: known.name for rule, known in BY_ID.items()} | dict(DUE)
