"""Words of a dispute's facts: fields, codes, looks on a timeline, and short values."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from domain import codes_dispute as codes
from domain.codes import Code, CodeList, table
from domain.dispute.papers import PAPERS
from domain.dispute.values import Basis, Instalment, Line
from domain.kernel import N_, Event
from web import texts
from web.attachments.words import ATTACHED, ATTACHED_LISTS
from web.case_page import Look
from web.disputes import outside_acts
from web.fact_tell import GAP, PAIR, Names, Teller
from web.money import money

YES_NO = table("""yes | 是 | yes
no | 否 | no""")
OWNER = table("""owner | 主办 | responsible
co_worker | 协办 | co-worker""")
FORMS = table("""written | 书面 | written
oral | 口头 | oral""")
REPLIES = table("""registered | 告知登记 | told that it is registered
final | 办结答复 | final answer""")
FAILURES: CodeList = {
    **codes.FAILURES,
    **table("inspection_takes_over | 由监察接管 | inspection takes over"),
}
ENDINGS = table("""dismissed | 被辞退 | dismissed
resigned | 本人离职 | resigned
expired | 合同到期 | contract expired
agreed | 协商解除 | ended by agreement
not_stated | 未说明 | not stated""")

CHECKED: CodeList = {
    **codes.TOLD_ROUTES,
    **table("mediation | 本机构调解 | mediation here"),
}

LABELS: Mapping[str, str] = {
    "relation": N_("和单位是什么关系"),
    "matter": N_("为了什么事"),
    "elsewhere": N_("是否已在别处办理"),
    "station": N_("站点"),
    "applicant": N_("来人"),
    "intake_no": N_("来件编号"),
    "channel": N_("来件渠道"),
    "outer_no": N_("外部编号"),
    "reply_due": N_("要求答复日"),
    "summary": N_("诉求摘要"),
    "kind": N_("种类"),
    "form": N_("申请方式"),
    "worker": N_("劳动者"),
    "workers": N_("劳动者"),
    "job": N_("工种"),
    "hired_on": N_("入职日期"),
    "by": N_("由谁提出"),
    "power": N_("身份"),
    "reason": N_("理由"),
    "representatives": N_("代表人"),
    "respondent": N_("被申请人"),
    "role": N_("角色"),
    "ended_on": N_("终止日期"),
    "claim": N_("请求"),
    "code": N_("请求类别"),
    "from_on": N_("起月"),
    "to_on": N_("止月"),
    "known_on": N_("知道之日"),
    "basis": N_("计算或核定依据"),
    "amount": N_("金额"),
    "undisputed": N_("无争议金额"),
    "facts": N_("事实与理由"),
    "items": N_("材料"),
    "listed": N_("材料"),
    "grounds": N_("理由"),
    "due_on": N_("到期日"),
    "case_no": N_("编号"),
    "told_route": N_("已告知的途径"),
    "body": N_("受理机构"),
    "ref_no": N_("对方文号"),
    "consents": N_("同意的人和单位"),
    "method": N_("方式"),
    "mediator": N_("调解员"),
    "to_station": N_("接收站点"),
    "to_officer": N_("接收人"),
    "until": N_("暂缓至"),
    "session": N_("调解会"),
    "room": N_("调解室"),
    "on": N_("调解日期"),
    "from_at": N_("开始"),
    "to_at": N_("结束"),
    "place": N_("地点"),
    "present": N_("到场的人和单位"),
    "absent": N_("未到场的人和单位"),
    "offer": N_("对方最高出价"),
    "minutes": N_("笔录"),
    "sha256": N_("文件校验值"),
    **ATTACHED,
    "note": N_("备注"),
    "days": N_("延长天数"),
    "lines": N_("各项金额"),
    "awards": N_("裁决金额"),
    "agreement": N_("协议"),
    "signed_by": N_("签字的人和单位"),
    "sealed": N_("已加盖调解组织印章"),
    "perform_by": N_("履行期限"),
    "instalments": N_("分期"),
    "instalment": N_("期次"),
    "waiver": N_("放弃说明"),
    "excess_reason": N_("高于主张额的理由"),
    "terms": N_("协议内容"),
    "payment": N_("付款"),
    "payer": N_("付款方"),
    "fund": N_("资金来源"),
    "voucher_no": N_("凭证号"),
    "settles": N_("付清本次请求"),
    "routes": N_("途径"),
    "route": N_("途径"),
    "court": N_("法院"),
    "commission": N_("仲裁委员会"),
    "violation_ended_on": N_("违法行为终了日"),
    "centre": N_("法律援助中心"),
    "lawyer": N_("律师"),
    "title": N_("执行依据"),
    "procedure": N_("程序"),
    "step": N_("进展"),
    "result": N_("结果"),
    "final": N_("已生效"),
    "received_on": N_("收到日期"),
    "ground": N_("事由"),
    "resume_when": N_("何时恢复"),
    "outcome": N_("结案方式"),
    "into": N_("并入的案件"),
    "case": N_("案件"),
    "other": N_("另一案"),
    "copies": N_("带入条数"),
    "scheme": N_("分类体系"),
    "value": N_("更正为"),
    "sealed_value": N_("更正为"),
    "seeker": N_("求职案卷"),
    "about": N_("所涉编号"),
    "to": N_("送达给"),
    "version": N_("第几条记录"),
    "field": N_("字段"),
}
LISTS: Mapping[str, Mapping[str, Code | str]] = {
    **ATTACHED_LISTS,
    "document_issued.kind": {kind: one.title for kind, one in PAPERS.items()},
    "channel": codes.DISPUTE_CHANNELS,
    "code": codes.CLAIMS,
    "form": FORMS,
    "reply_sent.kind": REPLIES,
    "respondent_added.role": codes.RESPONDENT_ROLES,
    "role": OWNER,
    "not_accepted.reason": codes.NOT_ACCEPTED_REASONS,
    "told_route": codes.TOLD_ROUTES,
    "relation": codes.RELATIONS,
    "matter": codes.MATTERS,
    "elsewhere": codes.ELSEWHERE,
    "route_checked.body": CHECKED,
    "routes": codes.ROUTES,
    "route": codes.ROUTES,
    "body": codes.BODIES,
    "fund": codes.PAYMENT_SOURCES,
    "payment_recorded.method": codes.PAYMENT_METHODS,
    "paid_immediately.method": codes.PAYMENT_METHODS,
    "award_paid.method": codes.PAYMENT_METHODS,
    "method": codes.NOTICE_METHODS,
    "mediation_failed.reason": FAILURES,
    "suspended.reason": codes.SUSPENSIONS,
    "reopened.reason": codes.DISPUTE_REOPENINGS,
    "claimant_withdrawn.reason": codes.WITHDRAWALS,
    "employment_ended.reason": ENDINGS,
    "outcome": codes.OUTCOMES,
    "procedure": {**outside_acts.STEP_PROCEDURES},
    "step": outside_acts.STEPS,
    "result": outside_acts.RESULTS,
    "title": outside_acts.TITLES,
    "ground": {**outside_acts.GROUNDS, **outside_acts.STANDSTILLS},
}
BASES: Mapping[str, str] = {
    "hours": N_("{n} 小时"),
    "pieces": N_("计件 {n} 件"),
    "days": N_("{n} 天"),
    "months": N_("{n} 个月"),
}
MANY = 6  # more names than this are counted, not listed


def _instalment(one: Instalment) -> str:
    """Say one instalment."""
    return texts.say(
        N_("第 {no} 期 {on} {amount}"),
        no=one.no,
        on=one.due_on,
        amount=money(sum(int(line.amount) for line in one.lines)),
    )


def _line(one: Line) -> str:
    return texts.say(N_("第 {no} 项 {amount}"), no=one.claim, amount=money(int(one.amount)))


def say_basis(one: Basis) -> str:
    """Say how an amount comes about, as 12.5 小时 × ¥20.01."""
    text = BASES.get(one.kind, "")
    counted = texts.say(text, n=one.quantity) if text and one.quantity else ""
    return " × ".join(filter(None, [counted, money(one.rate) if one.rate else ""]))


TELLER = Teller(
    labels=LABELS,
    lists=LISTS,
    kinds={
        "station": "station",
        "to_station": "station",
        "mediator": "staff",
        "room": "entry",
        "to_officer": "staff",
        "attachment_added.about": "entry",
        "make_proposal.by": "staff",
        "proposal_made.by": "staff",
        **dict.fromkeys(
            [
                "applicant",
                "worker",
                "workers",
                "by",
                "representatives",
                "respondent",
                "consents",
                "present",
                "absent",
                "signed_by",
                "payer",
                "to",
            ],
            "entry",
        ),
    },
    special={Line: _line, Instalment: _instalment, Basis: say_basis},
    hidden=frozenset(
        {
            "serial",
            "workshop_order",  # the page links to it
            "salt",
            "engine",
            "template",
            "sealed_value",
            "document",
            "attachment",
            "stored",
            "attachment_added.sha256",
            "document_issued.at_position",
            "document_issued.code",
            "document_issued.sha256",
            "inputs",
            "digest",
        }
    ),
)


def tell(event: Event, names: Names, opened: Mapping[int, object]) -> str:
    """Say what a fact holds; long lists are counted and amounts summed."""
    long = {
        name: value
        for name in event.__struct_fields__
        if isinstance(value := getattr(event, name), tuple) and _is_long(value)
    }
    told = replace(TELLER, hidden=TELLER.hidden | long.keys()).tell(event, names, opened)
    rest = [
        texts.say(PAIR, label=TELLER.label(name), value=_summary(value))
        for name, value in long.items()
    ]
    return texts.translate(GAP).join(filter(None, [told, *rest]))


def _is_long(value: tuple[Any, ...]) -> bool:
    return len(value) > MANY or (len(value) > 1 and isinstance(value[0], Line))


def _summary(value: tuple[Any, ...]) -> str:
    """Say how many there are and, for amounts, what they come to."""
    if not isinstance(value[0], Line):
        return texts.say(N_("共 {n}"), n=len(value))
    whole = sum(int(one.amount) for one in value)
    return texts.say(N_("{n} 项共 {amount}"), n=len(value), amount=money(whole))


LOOKS: Mapping[str, Look] = {
    **dict.fromkeys(
        ("payment_recorded", "paid_immediately", "award_paid", "advance_recovered"),
        Look("money", "money-in"),
    ),
    **dict.fromkeys(
        ("agreement_signed", "document_issued", "document_delivered", "evidence_filed"),
        Look("doc", "doc"),
    ),
    **dict.fromkeys(
        (
            "record_corrected",
            "fact_voided",
            "payment_reversed",
            "agreement_voided",
            "attachment_withdrawn",
        ),
        Look("del", "fix"),
    ),
    **dict.fromkeys(("performance_defaulted", "mediation_failed"), Look("alert", "fix")),
    **dict.fromkeys(
        ("escalated", "transferred", "transferred_out", "arbitration_filed"), Look("right")
    ),
    **dict.fromkeys(("session_held", "session_scheduled", "session_missed"), Look("men")),
    **dict.fromkeys(("accepted", "closed"), Look("check")),
    "attachment_added": Look("upload"),
}


def look(event: Event) -> Look:
    """Give icon and tone of a fact."""
    return LOOKS.get(event.TOPIC.partition(".")[2], Look())
