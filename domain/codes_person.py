"""Code lists 代码表 of persons: papers, purposes of a reveal, grounds of erasure and hold."""

from domain.codes import table

SEX_CODES = table("""male | 男 | male
female | 女 | female""")

ID_TYPE_CODES = table("""resident_id | 居民身份证 | resident identity card
hmt_permit | 港澳台居民居住证 | residence permit (Hong Kong, Macao, Taiwan)
foreigner_permit | 外国人永久居留身份证 | foreigner's permanent residence card
passport | 护照 | passport""")

# Why a whole number, phone or name is shown; it stands in the read log.
PURPOSES = table("""verify_identity | 核对身份 | check the identity
contact | 联系本人 | contact the person
document | 出具文书 | issue a document
duplicate_check | 查重 | check for a duplicate
payment | 发放款项 | make a payment
audit | 审计检查 | audit
certify | 向登记库核验 | ask a register
own_request | 本人申请 | the person's own request""")

ERASURE_GROUNDS = table("""retention_ended | 保存期限届满 | retention ended
own_request | 本人申请 | the person's own request
no_purpose | 处理目的已实现 | the purpose is achieved
unlawful | 违法收集 | collected unlawfully""")

HOLD_REASONS = table("""court | 法院 | court
arbitration | 仲裁 | arbitration
inspection | 劳动监察 | labour inspection
police | 公安 | police
audit | 审计 | audit""")

HOLD_ENDS = table("""done | 事项办结 | the matter is closed
withdrawn | 文书撤回 | the letter was withdrawn
mistaken | 登记有误 | entered by mistake""")

APART_REASONS = table("""papers | 证件不同 | different papers
interview | 本人说明 | the person said so
family | 家庭成员 | members of one family
shared_phone | 共用电话 | a shared phone""")
