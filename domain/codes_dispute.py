"""Code lists of disputes 劳动争议代码表: code, Chinese, English (domain.md 3.1 to 3.6, 9.4)."""

from domain.codes import table

DISPUTE_CHANNELS = table("""walk_in | 来访窗口 | walk-in
phone_12333 | 12333热线 | hotline 12333
phone_12345 | 12345热线 | hotline 12345
petition | 信访 | petition
online | 线上平台 | online
transfer | 其他部门转办 | transfer from another body
active_finding | 排查发现 | active finding""")

CLAIMS = table("""C01 | 拖欠或克扣工资 | wages
C02 | 低于最低工资 | below the minimum wage
C03 | 加班费 | overtime
C04 | 未签合同二倍工资 | double wage
C05 | 经济补偿 | severance
C06 | 违法解除赔偿金 | unlawful dismissal
C07 | 确认劳动关系 | labour relation
C08 | 合同订立、履行、变更、解除 | contract
C09 | 社会保险 | social insurance
C10 | 工伤医疗费或待遇 | injury
C11 | 休息休假与福利 | leave and welfare
C12 | 返还押金、证件、档案 | deposit and documents
C13 | 加付赔偿金 | additional compensation
C14 | 劳务或计件报酬(无劳动关系) | piece or service pay
C15 | 竞业限制 | non-competition
C16 | 服务期 | training bond
C17 | 劳务派遣 | dispatch
C18 | 集体合同 | collective contract
C99 | 其他 | other""")

RESPONDENT_ROLES = table("""employer | 用人单位 | employer
user_unit | 用工单位 | user unit
general_contractor | 施工总承包单位 | general contractor
subcontractor | 分包单位 | subcontractor
builder | 建设单位 | builder
individual_contractor | 个人承包人(包工头) | individual contractor
dispatch_agency | 劳务派遣单位 | dispatch agency""")

PAYMENT_SOURCES = table("""employer | 用人单位 | employer
general_contractor | 总包先行清偿 | general contractor
builder | 建设单位垫付 | builder
wage_deposit | 工资保证金 | wage deposit
wage_account | 工资专用账户 | wage account
emergency_fund | 应急周转金 | emergency fund
enforcement | 强制执行 | enforcement""")

PAYMENT_METHODS = table("""bank | 银行转账 | bank
cash | 现金 | cash""")

ROUTES = table("""arbitration | 劳动仲裁 | arbitration
inspection | 劳动保障监察 | inspection
court | 人民法院 | court
people_mediation | 人民调解 | people's mediation
enforcement | 申请执行 | enforcement""")

# Where somebody is sent who is not accepted: beside the routes, who reviews an authority's act.
TOLD_ROUTES = {
    **ROUTES,
    **table("administrative_review | 行政复议或再次鉴定 | administrative review or new appraisal"),
}

# Questions of the route check at intake (domain.md 3.2).
RELATIONS = table("""labour | 单位的职工：有合同，或受单位管理 | employed: contract or managed
piecework | 按件或按次拿钱，不受单位管理（手工活、零工） | paid by piece or task, not managed
platform | 平台派单（外卖、网约车等） | platform work
contractor | 包工头带去的，或挂靠、借资质的工地 | brought by a contractor, lent licence
retired | 已退休或超龄，单位返聘 | retired and employed again
domestic | 家庭雇的家政、工匠的学徒、农户的帮工 | household, craftsman's apprentice, farm help""")
MATTERS = table("""pay | 工资、加班费、补偿金、赔偿金 | pay, overtime, compensation
injury | 工伤待遇 | injury benefits
contract | 合同、社会保险、离职手续 | contract, insurance, leaving
agency | 不服社保经办机构的决定 | against the social insurance agency
grade | 不服工伤认定或劳动能力鉴定 | against an injury or disability finding""")
ELSEWHERE = table("""none | 没有 | no
mediation | 其他调解组织正在调解 | another body mediates
inspection | 已向劳动监察投诉 | a complaint to labour inspection
arbitration | 已申请仲裁 | arbitration was applied for
court | 已起诉 | a suit was filed""")

FAILURES = table("""days_over | 期限届满未达成协议 | days over without agreement
respondent_refuses | 被申请人拒绝调解 | respondent refuses
claimant_ends | 申请人要求终止 | claimant ends
respondent_unreachable | 被申请人联系不上 | respondent unreachable
no_show | 两次无故缺席 | no-show twice
repented | 签字前反悔 | repented before signature
different_claims | 双方主张差距过大 | wholly different claims""")

OUTCOMES = table("""settled_performed | 调解成功且履行 | settled and performed
settled_pending | 调解成功待履行 | settled, pending
paid_immediately | 即时支付 | paid immediately
withdrawn | 撤回 | withdrawn
failed_escalated | 调解不成转出 | failed and escalated
transferred | 移送 | transferred
not_accepted | 不予受理 | not accepted
merged | 并案 | merged""")

NOT_ACCEPTED_REASONS = table("""no_relation | 不属于劳动争议 | not a labour dispute
elsewhere | 已在其他程序中 | in another procedure
no_competence | 不属于本机构受理范围 | not within competence
no_papers | 逾期未补正材料 | papers not completed""")

SUSPENSIONS = table("""injury_appraisal | 等待工伤认定或鉴定 | injury appraisal
other_case | 等待其他案件结果 | another case
force_majeure | 不可抗力 | force majeure""")

DISPUTE_REOPENINGS = table("""default_after_closure | 结案后未履行 | default after closure
new_evidence | 出现新证据 | new evidence""")

WITHDRAWALS = table("""settled_privately | 自行和解 | settled privately
gave_up | 本人放弃 | gave up
other_route | 改走其他途径 | other route""")

BODIES = table("""inspection | 劳动保障监察机构 | labour inspection
arbitration | 劳动仲裁委员会 | arbitration commission
court | 人民法院 | court
police | 公安机关 | police
union | 工会 | union
justice_office | 司法所 | justice office""")

NOTICE_METHODS = table("""in_person | 当面 | in person
phone | 电话 | phone
post | 邮寄 | post
message | 短信 | message
public_notice | 公告 | public notice""")

DISPUTE_STAGES = table("""INTAKE | 来访 | intake
RECEIVED | 已收件 | received
ACCEPTED | 已受理 | accepted
ASSIGNED | 已指派 | assigned
MEDIATING | 调解中 | mediating
AGREED | 已达成协议 | agreed
PERFORMING | 履行中 | performing
PERFORMED | 履行完毕 | performed
DEFAULTED | 逾期未履行 | defaulted
FAILED | 调解不成 | failed
ESCALATED | 已转出 | escalated
SUSPENDED | 中止 | suspended
CLOSED | 已结案 | closed""")
