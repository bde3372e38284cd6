"""Words of a seeker's case: standings of its records, fields of its facts, looks on a timeline."""

from collections.abc import Mapping

from domain import codes
from domain.codes import Code, CodeList, table
from domain.codes_person import SEX_CODES
from domain.kernel import N_, Event
from domain.matching.hours import HOURS
from domain.seeker.certifying import ANSWERS
from domain.seeker.papers import PAPERS
from domain.seeker.values import PlanItem, RestsOn, Wants
from web import texts
from web.attachments.words import ATTACHED, ATTACHED_LISTS
from web.case_page import Look
from web.fact_tell import GAP, Teller

REFERRAL_STATES = table("""proposed | 待答复 | waiting for an answer
accepted | 已接受 | accepted
refused | 已谢绝 | declined
interviewed | 已面试 | interviewed
offered | 有录用意向 | offered
suspended | 已中止 | stopped
started | 已到岗 | started
not_hired | 未录用 | not hired
no_show | 未到岗 | no show
withdrawn | 本人放弃 | withdrawn
revoked | 推荐撤回 | revoked""")
ENROLMENT_STATES = table("""enrolled | 在学 | enrolled
completed | 已结业 | completed
failed | 未通过 | failed
dropped | 已退出 | dropped
certified | 已取证 | certified""")
HARDSHIP_STATES = table("""applied | 已申请 | applied for
on_notice | 公示中 | on notice
recognised | 已认定 | recognised
refused | 不予认定 | refused
cancelled | 已取消 | cancelled""")
SUBSIDY_STATES = table("""applied | 已申请 | applied for
checked | 已核查 | checked
approved | 已批准 | approved
refused | 不予批准 | refused
paid | 已发放 | paid
stopped | 已停发 | stopped
recovered | 已追回 | recovered""")
YES_NO = table("""yes | 是 | yes
no | 否 | no""")
JOB_CATEGORIES = table("""worker | 工人岗位 | worker
cadre | 管理技术岗位 | administrative or technical""")

LABELS: Mapping[str, str] = {
    "person": N_("本人"),
    "station": N_("站点"),
    "case_no": N_("编号"),
    "channel": N_("来源"),
    "group": N_("人群"),
    "informant": N_("报送人"),
    "note": N_("备注"),
    "birth_year": N_("出生年份"),
    "sex": N_("性别"),
    "domicile": N_("户籍地"),
    "activity": N_("现状"),
    "wants": N_("求职意向"),
    "legal_basis": N_("处理依据"),
    "notice_version": N_("告知书版本"),
    "valid_until": N_("有效期至"),
    "purpose": N_("用途"),
    "lost_on": N_("失业日期"),
    "reason": N_("原因"),
    "promise": N_("本人已书面承诺"),
    "area": N_("方面"),
    "level": N_("程度"),
    "needs": N_("需求"),
    "barriers": N_("障碍"),
    "tier": N_("档次"),
    "officer": N_("经办"),
    "role": N_("职责"),
    "to_station": N_("转往站点"),
    "to_officer": N_("接收人"),
    "until": N_("至"),
    "standard": N_("服务标准"),
    "items": N_("计划"),
    "kind": N_("种类"),
    "found": N_("情况"),
    "minutes": N_("分钟"),
    "policy": N_("政策"),
    "job_fair": N_("招聘会"),
    "employer": N_("工作单位"),
    "vacancy": N_("岗位名称"),
    "intent": N_("有意向"),
    "training": N_("培训班"),
    "planned": N_("应到课次"),
    "attended": N_("实到课次"),
    "passed": N_("考核通过"),
    "number": N_("编号"),
    "hardship": N_("认定申请"),
    "category": N_("困难类别"),
    "proofs": N_("证明材料"),
    "also": N_("同时具备的其他类别"),
    "job_category": N_("岗位性质"),
    "proof_until": N_("证明有效期至"),
    "entered_by": N_("收件人"),
    "notice_from": N_("公示自"),
    "notice_to": N_("公示至"),
    "criteria": N_("认定标准"),
    "basis": N_("依据条款"),
    "certification": N_("第几次核验"),
    "register": N_("登记库"),
    "answer": N_("核验结果"),
    "as_of": N_("数据日期"),
    "reference": N_("登记库编号"),
    "returned": N_("登记库返回"),
    "certify_by": N_("核验期限"),
    "despite": N_("登记库不符合仍认定的理由"),
    "subsidy": N_("补贴申请"),
    "rests_on": N_("补贴依据"),
    "months": N_("月份"),
    "amount": N_("金额"),
    "findings": N_("核查结果"),
    "voucher_no": N_("凭证号"),
    "from_month": N_("自月份"),
    "insurer": N_("承保单位"),
    "cover_from": N_("保障自"),
    "cover_to": N_("保障至"),
    "referral": N_("第几次推荐"),
    "consent": N_("本人同意提供简历"),
    "accepted": N_("接受"),
    "justified": N_("有正当理由"),
    "result": N_("结果"),
    "start_on": N_("到岗日期"),
    "pay": N_("月薪"),
    "direct_hire": N_("免面试录用"),
    "outcome": N_("结果"),
    "placement": N_("第几次就业"),
    "licence_no": N_("营业执照号"),
    "term_until": N_("合同至"),
    "method": N_("核实方式"),
    "ended_on": N_("最后工作日"),
    "due_on": N_("约定日期"),
    "month": N_("第几月"),
    "wage": N_("实发工资"),
    "worked_share": N_("出勤比例(%)"),
    "satisfaction": N_("满意度(1至5)"),
    "into": N_("并入案件"),
    "case": N_("并来案件"),
    "other": N_("另一案件"),
    "dispute": N_("争议案件"),
    "about": N_("所涉编号"),
    "template": N_("模板"),
    "at_position": N_("截至第几号"),
    "sha256": N_("SHA-256"),
    **ATTACHED,
    "version": N_("本案第几条"),
    "field": N_("哪一项"),
    "value": N_("改为"),
    "sealed_value": N_("改为"),
    "occurred_on": N_("发生日期"),
}
LISTS: Mapping[str, Mapping[str, Code | str]] = {
    "channel": codes.CHANNELS,
    "group": {**codes.KEY_GROUPS, **codes.HARDSHIP_GROUPS},
    "sex": SEX_CODES,
    "domicile": codes.DISTRICTS,
    "activity": codes.ACTIVITIES,
    "legal_basis": codes.LEGAL_BASES,
    "purpose": {**codes.PURPOSES, **codes.FOLLOW_UP_PURPOSES},
    "area": codes.ABILITY_AREAS,
    "level": codes.LEVELS,
    "needs": codes.NEEDS,
    "barriers": codes.BARRIERS,
    "tier": codes.TIERS,
    "role": codes.OFFICER_ROLES,
    "standard": codes.STANDARDS,
    "found": codes.VISIT_FINDINGS,
    "policy": codes.POLICIES,
    "category": codes.HARDSHIPS,
    "also": codes.HARDSHIP_GROUPS,
    "answer": ANSWERS,
    "job_category": JOB_CATEGORIES,
    "findings": codes.CHECK_FINDINGS,
    "outcome": codes.REFERRAL_ENDS,
    "method": codes.VERIFY_METHODS,
    "unemployment_registered.reason": codes.LOSS_REASONS,
    "unemployment_cancelled.reason": codes.UNEMPLOYMENT_ENDS,
    "hold_placed.reason": codes.HOLD_REASONS,
    "suspended.reason": codes.SUSPEND_REASONS,
    "suspension_prolonged.reason": codes.SUSPEND_REASONS,
    "closed.reason": codes.CLOSE_REASONS,
    "reopened.reason": codes.REOPEN_REASONS,
    **ATTACHED_LISTS,
    "document_issued.kind": {kind: one.title for kind, one in PAPERS.items()},
    "visit_recorded.kind": codes.VISIT_KINDS,
    "guidance_given.kind": codes.GUIDANCE_KINDS,
    "activity_joined.kind": codes.JOINED_KINDS,
    "training_dropped.reason": codes.DROP_REASONS,
    "certificate_obtained.kind": codes.CERTIFICATES,
    "hardship_refused.reason": codes.REFUSAL_GROUNDS,
    "hardship_cancelled.reason": codes.HARDSHIP_ENDS,
    "subsidy_applied.kind": codes.SUBSIDIES,
    "subsidy_refused.reason": codes.REFUSAL_GROUNDS,
    "subsidy_stopped.reason": codes.STOP_REASONS,
    "referral_answered.reason": codes.ANSWER_REASONS,
    "interview_held.result": codes.INTERVIEW_RESULTS,
    "referral_suspended.reason": codes.REFERRAL_STOPS,
    "placement_recorded.kind": codes.PLACEMENT_KINDS,
    "placement_ended.reason": codes.PLACEMENT_ENDS,
    "follow_up_recorded.channel": codes.FOLLOW_UP_CHANNELS,
    "follow_up_recorded.result": codes.FOLLOW_UP_RESULTS,
}
KINDS: Mapping[str, str] = {
    "station": "station",
    "to_station": "station",
    "officer": "staff",
    "to_officer": "staff",
    "informant": "staff",
    "entered_by": "staff",
    "employer": "employer",
    "vacancy": "entry",
    "training": "entry",
}


def wishes(wants: Wants) -> str:
    """Say what a person looks for."""
    parts = [
        texts.translate(N_("、")).join(_words(codes.TRADES, wants.trades)),
        texts.translate(N_("、")).join(_words(HOURS, wants.hours)),
        texts.translate(N_("、")).join(_words(codes.DISTRICTS, wants.places)),
    ]
    if wants.pay:
        parts.append(texts.say(N_("月薪不低于{pay}"), pay=wants.pay))
    return texts.translate(GAP).join(part for part in parts if part)


def item(promise: PlanItem) -> str:
    """Say one promise of a plan."""
    kind = texts.label(codes.SERVICE_KINDS[promise.kind])
    return texts.say(
        N_("{kind} {count} 次，{due} 前"), kind=kind, count=promise.count, due=promise.due_on
    )


def rest(rests_on: RestsOn) -> str:
    """Say what a subsidy rests on."""
    told = []
    if rests_on.placement:
        told.append(texts.say(N_("第{no}号就业登记"), no=rests_on.placement))
    if rests_on.training:
        told.append(texts.translate(N_("培训取证")))
    if rests_on.licence_no:
        told.append(texts.say(N_("营业执照{no}"), no=rests_on.licence_no))
    if rests_on.insured:
        told.append(texts.say(N_("参保月份{months}"), months=" ".join(rests_on.insured)))
    return texts.translate(GAP).join(told)


def _words(codelist: CodeList, chosen: tuple[str, ...]) -> list[str]:
    return [texts.label(codelist[one]) if one in codelist else one for one in chosen]


TELLER = Teller(
    labels=LABELS,
    lists=LISTS,
    kinds=KINDS,
    special={Wants: wishes, PlanItem: item, RestsOn: rest},
    hidden=frozenset(
        {
            "birth_year",
            "case_no",
            "person",
            "serial",
            "salt",
            "engine",
            "sha256",
            "template",
            "document",
            "attachment",
            "stored",
            "at_position",
            "code",
            "inputs",
            "digest",
            "returned",
            "case",
            "into",
            "dispute",
        }
    ),
)
MONEY = frozenset({"subsidy_paid", "subsidy_approved", "subsidy_recovered", "insurance_taken"})
PAPER = frozenset({"document_issued", "hardship_recognised", "hardship_refused", "registered"})
FIXED = frozenset({"record_corrected", "fact_voided", "unmerged", "attachment_withdrawn"})
ICONS: Mapping[str, str] = {
    "lead_recorded": "s0",
    "registered": "s1",
    "tier_assigned": "s2",
    "needs_assessed": "s2",
    "assistance_plan_made": "s3",
    "assistance_plan_revised": "s3",
    "referred": "right",
    "referral_answered": "right",
    "interview_held": "men",
    "offer_made": "job",
    "placement_recorded": "s4",
    "placement_verified": "check",
    "placement_ended": "out",
    "follow_up_recorded": "phone",
    "follow_up_agreed": "clock",
    "visit_recorded": "home",
    "attachment_added": "upload",
    "training_enrolled": "book",
    "training_completed": "book",
    "certificate_obtained": "seal",
    "suspended": "pause",
    "resumed": "next",
    "closed": "out",
    "reopened": "next",
    "assigned": "user",
    "transfer_offered": "right",
    "transferred": "right",
}


def look(event: Event) -> Look:
    """Give icon and tone of a fact."""
    tail = event.TOPIC.partition(".")[2]
    if tail in MONEY:
        return Look("money", "money-in")
    if tail in FIXED:
        return Look("del", "fix")
    if tail in PAPER:
        return Look("seal" if tail != "registered" else "s1", "doc")
    return Look(ICONS.get(tail, "edit"))
