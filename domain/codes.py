"""Code lists 代码表 of forms, pages and prints: code, Chinese, English.

A list decides what a form offers; what is stored is the code. Disputes: `codes_dispute.py`.
"""

from collections.abc import Mapping
from typing import NamedTuple

from domain.kernel import N_, Refused


class Code(NamedTuple):
    """One entry of a list."""

    code: str
    zh: str
    en: str

    def label(self, language: str) -> str:
        """Give the words for a reader of `zh` or `en`."""
        return self.en if language == "en" else self.zh


CodeList = Mapping[str, Code]


def table(text: str) -> CodeList:
    """Read one list, a line `code | 中文 | English` an entry, in the order of the form."""
    entries = (Code(*(part.strip() for part in line.split("|"))) for line in text.splitlines())
    return {entry.code: entry for entry in entries}


def label(codes: CodeList, code: str, language: str = "zh") -> str:
    """Give the words of a code; an unknown one (of an old register) stands for itself."""
    return codes[code].label(language) if code in codes else code


def known(code: str, codes: CodeList, field: str) -> str:
    """Give back a code of a list, or refuse it at its field (S-00)."""
    if code not in codes:
        raise Refused(rule="S-00", text=N_("“{code}”不是可选的代码。"), field=field, code=code)
    return code


CHANNELS = table("""walk_in | 来访窗口 | walk-in
visit | 上门走访 | home visit
street_visit | 街头走访 | met in the street
grid_worker | 网格员报送 | grid worker
phone | 电话 | phone
online | 线上平台 | online
self_service | 自助终端 | self-service terminal
fair | 招聘会 | job fair
school | 院校推送 | school
partner | 合作单位 | partner
transfer | 其他站点移交 | other station
import | 历史台账导入 | old register""")

# The 13 kinds of 粤人社规〔2023〕11号, from 2023-08-01; H12 and H13 are to be verified.
HARDSHIPS = table("""H01 | 大龄失业人员 | older jobless
H02 | 残疾人员 | disabled
H03 | 享受最低生活保障人员 | on minimum living allowance
H04 | 城镇零就业家庭人员 | urban zero-employment household
H05 | 农村零转移就业原建档立卡贫困家庭人员 | rural household without transferred labour
H06 | 失地农民 | land lost
H07 | 连续失业一年以上人员 | jobless for more than a year
H08 | 戒毒康复人员 | in drug rehabilitation
H09 | 刑满释放人员 | released from prison
H10 | 精神障碍康复人员 | in mental rehabilitation
H11 | 登记失业6个月以上的退役军人 | veteran registered jobless for 6 months
H12 | 需赡养患重大疾病直系亲属人员 | caring for a gravely ill relative
H13 | 地市规定的其他人员 | other kind set by the city""")

# Categories whose code is sealed: in clear they are all the group `sensitive` (decisions.md 16).
SENSITIVE = frozenset({"H02", "H08", "H09", "H10", "H12"})
HARDSHIP_GROUPS = {
    **{code: entry for code, entry in HARDSHIPS.items() if code not in SENSITIVE},
    "sensitive": Code("sensitive", "敏感类别(限制查看)", "sensitive (restricted)"),
}

KEY_GROUPS = table("""graduate | 高校毕业生 | college graduate
veteran | 退役军人 | veteran
migrant_worker | 农民工 | migrant worker
poverty_lifted | 脱贫人口 | lifted out of poverty
woman | 妇女 | woman
older | 大龄劳动者 | older worker
disabled | 残疾人 | disabled
mother | 妈妈岗对象(照护12岁以下儿童) | mother of a child under 12
carer | 照护老人或病残人员 | carer
young_jobless | 失业青年 | jobless youth
returnee | 返乡人员 | returnee
public_housing | 公租房住户 | public housing""")

ACTIVITIES = table("""jobless | 无业 | jobless
employed | 在职 | employed
self_employed | 自主经营 | self-employed
student | 在校学生 | student
pensioner | 离退休 | pensioner""")

TIERS = table("""A | A 自主求职 | A self-service
B | B 指导型 | B guided
C | C 帮扶型 | C assisted
D | D 兜底型 | D fallback""")

LEVELS = table("""low | 低 | low
middle | 中 | middle
high | 高 | high""")

ABILITY_AREAS = table("""handcraft | 手工 | handcraft
cooking | 烹饪点心 | cooking
care | 家政护理 | care
office | 办公文员 | office work
sales | 销售服务 | sales and service
machine | 机械操作 | machine operation
digital | 电脑与互联网 | digital skills
teaching | 授课带教 | teaching""")

NEEDS = table("""job | 找工作 | a job
flexible_job | 灵活就业 | flexible work
guidance | 职业指导 | guidance
training | 技能培训 | training
startup | 创业扶持 | help to start a business
policy | 政策咨询 | policy advice
subsidy | 补贴申领 | subsidy
childcare | 照护支持 | care support
legal | 维权帮助 | legal help""")

BARRIERS = table("""skill | 缺技能 | lack of skill
information | 缺信息 | lack of information
care | 照护家人 | care duties
health | 身体原因 | health
age | 年龄偏大 | age
distance | 路途远 | distance
hours | 时间受限 | limited hours
will | 意愿不足 | low will
debt | 债务 | debt
language | 沟通须有翻译或手语 | needs an interpreter
reading | 读写须有人协助 | needs help with reading
none | 无明显障碍 | none""")

OFFICER_ROLES = table("""owner | 责任专员 | owner
co_worker | 协办人员 | co-worker""")

PURPOSES = table("""service | 求职帮扶服务 | assistance
sensitive | 处理敏感个人信息 | processing of sensitive data
share_employer | 向用人单位提供简历 | sharing with employers
share_partner | 向合作机构提供信息 | sharing with partners
publicity | 案例宣传 | publicity
sms | 短信提醒 | text messages""")

LEGAL_BASES = table("""consent | 本人同意 | consent
statutory_duty | 履行法定职责(个保法13) | statutory duty (PIPL 13)
emergency | 紧急情况保护人身财产安全 | emergency""")

LOSS_REASONS = table("""contract_ended | 合同期满 | contract ended
dismissed | 被辞退 | dismissed
resigned | 本人辞职 | resigned
closed_down | 单位关停 | employer closed
own_business_ended | 停止经营 | own business ended
never_worked | 未就业过 | never worked
land_lost | 失去土地 | land lost""")

UNEMPLOYMENT_ENDS = table("""employed | 已就业 | employed
self_employed | 已创业 | in business
retired | 达到退休年龄 | retired
study | 升学 | study
military | 入伍 | military service
moved | 迁出 | moved away
withdrawn | 本人申请 | own request
false_information | 提供虚假信息 | false information""")

# The ten grounds of 粤人社规〔2019〕7号 chapter 3 article 5.
HARDSHIP_ENDS = table("""retired | 领取养老金或达到退休年龄 | pension or retirement age
incapacity | 完全丧失劳动能力 | total loss of ability
left | 升学、入伍或移居境外 | study, army or emigration
refused_service | 半年内3次以上拒绝公共就业服务、无就业意愿或本人退出 | refused service or no will
employed | 已就业创业或注销失业登记 | employed, in business or no longer registered
household_employed | 家庭至少一人就业 | a household member is employed
sentenced | 被判刑 | sentenced
false_information | 提供虚假信息 | false information
fraud | 骗取补贴 | subsidy fraud
lost_contact | 失联超过6个月 | lost contact for 6 months""")

REFUSAL_GROUNDS = table("""not_met | 不符合条件 | conditions not met
proof_missing | 材料不齐 | papers missing
proof_false | 材料不实 | papers untrue
objection | 公示有异议且成立 | objection upheld
withdrawn | 本人撤回 | withdrawn""")

STANDARDS = table("""131 | “131”服务 | 131
1131 | “1131”服务 | 1131
311 | “311”服务 | 311
own | 一人一策 | individual plan""")

SERVICE_KINDS = table("""guidance | 职业指导 | guidance
policy | 政策解读 | policy talk
referral | 岗位推荐 | referral
training | 培训(或见习)机会 | training offer
activity | 参加活动 | activity
match_meeting | 一对一洽谈 | match meeting
visit | 走访 | visit""")

VISIT_KINDS = table("""household | 入户走访 | household
station | 来站面谈 | at the station
employer | 走访单位 | employer""")

VISIT_FINDINGS = table("""met | 见到本人 | met
family_met | 见到家人 | family met
absent | 无人 | nobody there
hardship | 家庭有困难 | hardship
working | 正在就业 | working
moved | 已搬离 | moved""")

GUIDANCE_KINDS = table("""career | 职业规划 | career
motivation | 动员激励 | motivation
interview | 面试辅导 | interview
startup | 创业指导 | startup""")

POLICIES = table("""hardship_support | 就业援助政策 | hardship support
training_subsidy | 培训补贴 | training subsidy
startup_support | 创业扶持 | startup support
insurance_subsidy | 社保补贴 | insurance subsidy
public_welfare | 公益性岗位 | public-welfare posts
graduate_support | 毕业生就业政策 | graduate support
labour_law | 劳动法律 | labour law
legal_aid | 法律援助 | legal aid""")

JOINED_KINDS = table("""volunteer | 志愿服务 | volunteering
fair | 招聘会 | job fair
salon | 沙龙讲座 | salon
internship_visit | 企业参观见习 | company visit""")

INTERVIEW_RESULTS = table("""passed | 通过 | passed
failed | 未通过 | failed
pending | 待定 | pending
absent | 未到场 | absent""")

ANSWER_REASONS = table("""care | 照护家人 | care duties
health | 身体原因 | health
distance | 路途远 | distance
unlawful_post | 岗位违法 | unlawful post
false_post | 岗位虚假 | false post
pay | 待遇低 | pay
hours | 工时不合 | hours
trade | 工种不合 | trade
no_interest | 不感兴趣 | no interest
other | 其他 | other""")

# these count as justified, so that a refusal for them is none of the three of S-20.
JUSTIFIED = frozenset({"care", "health", "distance", "unlawful_post", "false_post"})

REFERRAL_ENDS = table("""started | 已到岗 | started
not_hired | 未录用 | not hired
no_show | 未到岗 | no show
withdrawn | 本人放弃 | withdrawn
revoked | 推荐撤回 | revoked""")

REFERRAL_STOPS = table("""false_post | 虚假岗位 | false post
withdrawn_post | 岗位撤下 | vacancy withdrawn
stop_listed | 单位列入停用名单 | employer on the stop list""")

PLACEMENT_KINDS = table("""formal | 单位就业 | formal
part_time | 非全日制 | part-time
flexible | 灵活就业 | flexible
piecework | 手工计件 | piecework
home_work | 来料加工(车间进家) | home work
public_welfare | 公益性岗位 | public-welfare post
self_employed | 创业 | self-employed
internship | 就业见习 | internship""")

VERIFY_METHODS = table("""call | 电话核实 | call
visit | 实地走访 | visit
insurance_record | 社保记录 | insurance record
contract | 劳动合同 | contract
ledger | 计件台账 | ledger""")

PLACEMENT_ENDS = table("""resigned | 本人离职 | resigned
dismissed | 被辞退 | dismissed
contract_ended | 合同期满 | contract ended
closed_down | 单位关停 | employer closed
care | 照护家人 | care duties
health | 身体原因 | health
term_over | 岗位期满 | term over
other | 其他 | other""")

FOLLOW_UP_PURPOSES = table("""retention | 稳岗回访 | retention
contact | 日常联系 | contact
after_training | 训后回访 | after training""")

FOLLOW_UP_CHANNELS = table("""phone | 电话 | phone
visit | 上门 | visit
walk_in | 来站 | walk-in
message | 短信微信 | message
employer | 向单位了解 | employer""")

FOLLOW_UP_RESULTS = table("""reached | 已联系上 | reached
retained | 在岗 | retained
lost | 已离岗 | lost
no_contact | 联系不上 | no contact""")

DROP_REASONS = table("""found_work | 已找到工作 | found work
care | 照护家人 | care duties
health | 身体原因 | health
absent | 缺课 | absent
class_cancelled | 班级取消 | class cancelled
other | 其他 | other""")

CERTIFICATES = table("""skill_level | 职业技能等级证书 | skill level
special_ability | 专项职业能力证书 | special ability
completion | 培训合格证书 | completion
driving | 特种作业操作证 | special operations""")

SUBSIDIES = table("""startup_once | 一次性创业资助 | one-off startup grant
training | 职业培训补贴 | training subsidy
flexible_insurance | 灵活就业社保补贴 | flexible insurance subsidy
post | 岗位补贴 | post subsidy
post_insurance | 公益性岗位社保补贴 | public-welfare insurance subsidy
loan_interest | 创业担保贷款贴息 | loan interest
hiring_once | 一次性求职补贴 | one-off job-seeking grant""")

CHECK_FINDINGS = table("""in_order | 材料齐全 | in order
paper_missing | 缺材料 | paper missing
insurance_matched | 社保比对一致 | insurance record matches
owner_of_business | 名下有市场主体 | owner of a business
abnormal_list | 列入经营异常名录 | on the abnormal list
no_group | 不属扶持群体 | in none of the groups supported
doubtful | 存疑 | doubtful""")

STOP_REASONS = table("""job_ended | 离岗 | job ended
retired | 退休 | retired
deceased | 死亡 | deceased
hardship_cancelled | 取消困难认定 | recognition cancelled
term_over | 期满 | term over
fraud | 骗取 | fraud""")

SUSPEND_REASONS = table("""lost_contact | 失联 | lost contact
ill | 生病 | ill
caring | 照护家人 | caring
military | 服兵役 | military service
study | 学习 | study""")

HOLD_REASONS = table("""waiting_person | 等待本人 | waiting for the person
waiting_papers | 等待材料 | waiting for papers
waiting_employer | 等待用人单位 | waiting for the employer
season | 季节性停工 | season
other | 其他 | other""")

CLOSE_REASONS = table("""employed_stable | 稳定就业 | stable employment
retired | 达到退休年龄或领养老金 | retired
study | 升学 | study
military | 服兵役 | military service
emigrated | 移居境外 | emigrated
moved | 迁出(转移) | moved
incapacity | 丧失劳动能力 | incapacity
deceased | 死亡 | deceased
no_will | 无就业意愿或本人退出 | no will
refused_service | 6个月内拒绝3次 | refused service three times
lost_contact | 失联超6个月 | lost contact
sentenced | 服刑 | sentenced
fraud | 提供虚假信息 | false information
not_registered | 线索未登记 | lead not registered
entered_in_error | 登记有误 | entered in error""")

REOPEN_REASONS = table("""job_lost | 再次失业 | job lost
came_back | 本人再次求助 | came back
closed_in_error | 误退出 | closed in error""")

TRADES = table("""catering | 餐饮 | catering
domestic | 家政 | domestic service
retail | 零售 | retail
logistics | 物流快递 | logistics
construction | 建筑装修 | construction
garment | 制衣制鞋 | garments and shoes
electronics | 电子装配 | electronics assembly
lamps | 灯饰 | lamps
handcraft | 手工 | handcraft
office | 文员 | office
cost_engineering | 工程造价 | cost engineering
security | 保安保洁 | security and cleaning
teaching | 培训讲师 | instructor
beauty | 美容美发 | beauty
other | 其他 | other""")

DISTRICTS = table("""440784 | 鹤山市 | Heshan
440700 | 江门市 | Jiangmen
440103 | 广州市荔湾区 | Liwan, Guangzhou
440104 | 广州市越秀区 | Yuexiu, Guangzhou
440105 | 广州市海珠区 | Haizhu, Guangzhou
440106 | 广州市天河区 | Tianhe, Guangzhou
442000 | 中山市 | Zhongshan""")

STATES = table("""LEAD | 线索 | lead
REGISTERED | 已登记 | registered
ASSESSED | 已评估 | assessed
IN_SERVICE | 帮扶中 | in service
PLACED | 已就业(待回访) | placed
STABLE | 稳定就业 | stable
SUSPENDED | 暂停 | suspended
CLOSED | 已退出 | closed""")
