"""Code lists 代码表 of messages: occasions, channels, states, reasons."""

from domain.codes import table

CHANNELS = table("""sms | 短信 | text message
email | 邮件 | e-mail""")

OCCASIONS = table("""follow_up_due | 回访提醒 | follow-up
interview | 面试、推荐通知 | interview or referral
class_reminder | 培训开班提醒 | training class
fair_reminder | 招聘会提醒 | job fair
session_invitation | 调解会通知 | mediation session
instalment_due | 分期到期提醒 | instalment due
document_ready | 文书可领取 | document ready
free | 其他通知 | another matter""")

# What became of a message. No state says "sent": a receipt says delivered, or nothing is known.
STATES = table("""queued | 待发 | queued
dry | 演练：未实际发送 | dry run: nobody was told
handed_over | 已交通道，未回执 | handed over, no receipt yet
delivered | 已送达 | delivered
failed | 失败 | failed
unknown | 结果不明 | outcome unknown
withdrawn | 已撤回 | withdrawn""")

REASONS = table("""refused | 通道拒收 | the channel refused it
no_such_number | 号码或邮箱不存在 | no such number or address
unreachable | 通道连不上 | the channel could not be reached
busy | 通道忙 | the channel was busy
timeout | 通道没有及时回答 | the channel did not answer in time
broken_answer | 通道的回答读不懂 | the channel's answer could not be read
not_delivered | 回执说未送达 | the receipt says that it was not delivered
refused_meanwhile | 本人已表示不接收 | the person has declined meanwhile
too_many_tries | 多次未能交给通道 | the channel did not take it after several tries
erased | 收件人资料已依法删除 | the recipient's data was erased""")

SETTLED_HOW = table("""phone | 已电话告知 | told by phone
in_person | 已当面告知 | told in person
no_need | 不必再告知 | need not be told any more""")

LANGUAGES = table("""zh-CN | 中文 | Chinese
en | 英文 | English""")
