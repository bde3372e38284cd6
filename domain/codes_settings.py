"""What each setting of the place is called, with its unit (domain.md 10)."""

from domain.codes import table

SETTINGS = table("""back_days | 补登最多往前（天） | back-dating at most (days)
review_working_days | 认定审查、谢绝判断（工作日） | review of hardship and refusals (working days)
notice_days | 困难认定公示（天） | notice of hardship (days)
certification_grace_days | 先认定、等登记库核验（天，0 为不等） | hardship before a register (days)
import_many_rows | 导入超过几行须确认 | rows above which an import asks
registration_months | 求职登记有效期（月） | validity of a registration (months)
attendance_percent | 结业最低出勤（%） | attendance to complete a class (%)
homework_grade | 作业合格分 | grade to pass homework
cohort_days | 培训后就业的观察期（天） | training to employment (days)
vacancy_days | 岗位复核周期（天） | re-check of a vacancy (days)
grace_days | 分期付款宽限（天） | grace of an instalment (days)
mediation_promise_working_days | 本地承诺调解（工作日，0 为无） | promise (working days, 0: none)
mediation_rooms | 调解室数量 | mediation rooms
attachment_megabytes | 附件：一个文件最大（MB） | attachments: one file at most (MB)
attachments_per_case | 附件：每案最多（个） | attachments: of one case at most
workorder_working_days | 12345工单答复（工作日） | hotline workorder (working days)
emergency_workers | 重大集体争议人数 | workers of an emergency dispute
small_cell | 小数屏蔽下限 | small cells below
piecework_days | 计件算作就业的每月天数 | days of piecework a month that count as a job
household_working_days | 零就业家庭清零（工作日） | household without work (working days)
crime_single_fen | 欠薪入罪：一人数额（分） | crime threshold of one worker (fen)
crime_group_fen | 欠薪入罪：十人以上合计（分） | crime threshold of ten workers together (fen)
hold_days_most | 暂缓最多（天） | hold at most (days)
start_ahead_days | 到岗日最多提前登记（天） | first day of work ahead at most (days)
contact_days_a | A 级联系间隔（天） | contact of tier A every (days)
contact_days_b | B 级联系间隔（天） | contact of tier B every (days)
contact_days_c | C 级联系间隔（天） | contact of tier C every (days)
contact_days_d | D 级联系间隔（天） | contact of tier D every (days)
points_seeker | 工作量：求职案卷（分） | workload of a seeker (points)
points_seeker_c | 工作量：C 级（分） | workload of tier C (points)
points_seeker_d | 工作量：D 级（分） | workload of tier D (points)
points_dispute | 工作量：争议（分） | workload of a dispute (points)
points_collective | 工作量：集体争议（分） | workload of a collective dispute (points)
public_welfare_months | 公益性岗位最长（月） | public-welfare post at most (months)
near_retirement_months | 距退休不足几月可延至退休 | months before retirement that extend a term
subsidy_months_most | 补贴最长（月） | subsidy at most (months)
startup_months | 创业补贴：经营满（月） | start-up grant: in business (months)
startup_insured_months | 创业补贴：参保满（月） | start-up grant: insured (months)
startup_age_women | 创业补贴：女性年龄上限 | start-up grant: women up to the age of
startup_age_men | 创业补贴：男性年龄上限 | start-up grant: men up to the age of
message_quiet_from | 消息免打扰开始（时，0–24） | no messages from (hour, 0–24)
message_quiet_until | 消息免打扰结束（时，0–24） | no messages until (hour, 0–24)
message_receipt_hours | 消息多久没有回执就提醒（小时） | remind of a missing receipt after (hours)
message_tries | 消息最多自动尝试（次） | automatic tries of a message
suspend_single_lost_contact | 失联暂停：一次最多（天） | lost contact: at once (days)
suspend_total_lost_contact | 失联暂停：累计最多（天） | lost contact: in all (days)
suspend_back_lost_contact | 失联暂停：最多往前（天） | lost contact: back in time (days)
suspend_single_ill | 患病暂停：一次最多（天） | illness: at once (days)
suspend_total_ill | 患病暂停：累计最多（天） | illness: in all (days)
suspend_back_ill | 患病暂停：最多往前（天） | illness: back in time (days)
suspend_single_caring | 照料暂停：一次最多（天） | care: at once (days)
suspend_total_caring | 照料暂停：累计最多（天） | care: in all (days)
suspend_back_caring | 照料暂停：最多往前（天） | care: back in time (days)
suspend_single_military | 参军暂停：一次最多（天） | military service: at once (days)
suspend_total_military | 参军暂停：累计最多（天） | military service: in all (days)
suspend_back_military | 参军暂停：最多往前（天） | military service: back in time (days)
suspend_single_study | 就学暂停：一次最多（天） | study: at once (days)
suspend_total_study | 就学暂停：累计最多（天） | study: in all (days)
suspend_back_study | 就学暂停：最多往前（天） | study: back in time (days)""")
