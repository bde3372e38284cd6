"""Acts about other bodies 转出与救济, and about limitation 时效."""

from collections.abc import Callable, Sequence
from typing import Any

from domain import codes_dispute as codes
from domain.codes import table
from domain.kernel import N_
from web.acts import Act, Field
from web.disputes import inputs
from web.disputes.foresight import routes_and_limits
from web.disputes.inputs import AGREEMENT, ELSEWHERE, REF_NO, WORKERS

EDIT = "dispute.edit"
PROCEDURES = table("""arbitration | 劳动仲裁 | arbitration
arbitration_review | 仲裁审查 | arbitration review
judicial_confirmation | 司法确认 | judicial confirmation
court | 诉讼 | court
inspection | 劳动监察 | inspection
enforcement | 执行 | enforcement
police | 公安 | police
petition | 信访 | petition""")
STEP_PROCEDURES = {
    **PROCEDURES,
    **table("""payment_order | 支付令 | payment order
legal_aid | 法律援助 | legal aid"""),
}
STEPS = table("""accepted | 受理 | accepted
served | 送达 | served
defence_received | 收到答辩 | defence received
forwarded | 转交 | forwarded
extended | 延长 | extended
lawyer_assigned | 指派律师 | lawyer assigned
refused | 驳回申请 | refused
review_requested | 申请复核 | review requested""")
RESULTS = table("""awarded | 裁决(判决)给付 | awarded
confirmed | 予以确认 | confirmed
ordered_to_pay | 责令支付 | ordered to pay
settled_there | 在该处和解 | settled there
dismissed | 驳回 | dismissed
not_accepted | 不予受理 | not accepted
withdrawn_there | 撤回 | withdrawn there""")
TITLES = table("""mediation_document | 仲裁调解书 | mediation document
confirmation | 司法确认裁定 | judicial confirmation
award | 仲裁裁决 | award
judgment | 判决 | judgment
payment_order | 支付令 | payment order""")
GROUNDS = table("""claim_to_party | 向对方主张权利 | claim made to the other party
relief_asked | 请求有关机构救济 | relief asked of a body
debtor_agreed | 对方同意履行 | debtor agreed to pay""")
STANDSTILLS = table("""force_majeure | 不可抗力 | force majeure
other_just_cause | 其他正当理由 | other just cause""")
BODY = Field("body", N_("受理机构"))


def act(
    verb: str,
    title: str,
    *fields: Field,
    consequence: str = "",
    foresee: Callable[[Any, Any], Sequence[str]] | None = None,
) -> Act:
    """Make an act of this group."""
    return Act(
        verb,
        title,
        fields,
        consequence=consequence,
        right=EDIT,
        group=ELSEWHERE,
        foresee=foresee,
    )


ACTS = (
    act(
        "explain_routes",
        N_("告知救济途径"),
        WORKERS,
        Field("routes", N_("途径"), "code", choices=codes.ROUTES, many=True),
        Field("method", N_("告知方式"), "code", choices=codes.NOTICE_METHODS),
        foresee=routes_and_limits,
    ),
    act(
        "escalate",
        N_("转出"),
        WORKERS,
        Field("route", N_("途径"), "code", choices=codes.ROUTES),
        BODY,
        REF_NO,
        consequence=N_("所选劳动者将转为已转出；须先告知救济途径。"),
    ),
    act(
        "apply_payment_order",
        N_("登记支付令申请"),
        AGREEMENT,
        Field("court", N_("法院")),
        inputs.lines(required=False),
        Field("reason", N_("二倍工资的理由"), "longtext", required=False, empty=None),
        consequence=N_("不填金额时，申请全部逾期未付的金额。"),
    ),
    act("issue_payment_order", N_("支付令已发出"), Field("ref_no", N_("文号"))),
    act(
        "serve_payment_order",
        N_("支付令已送达"),
        consequence=N_("送达次日起 15 日内可提异议。"),
    ),
    act(
        "object_payment_order",
        N_("支付令被异议"),
        Field("reason", N_("异议理由")),
        consequence=N_("支付令失效。"),
    ),
    act(
        "file_arbitration",
        N_("登记申请仲裁"),
        WORKERS,
        Field("commission", N_("仲裁委员会")),
        REF_NO,
        consequence=N_("仲裁委 5 日内决定是否受理。"),
    ),
    act(
        "accept_arbitration",
        N_("仲裁已受理"),
        Field("ref_no", N_("文号")),
        consequence=N_("裁决应在受理之日起 45 日内作出。"),
    ),
    act(
        "refer_inspection",
        N_("移送劳动监察"),
        WORKERS,
        BODY,
        Field("violation_ended_on", N_("违法行为终了日"), "date", required=False),
        Field("takes_over", N_("由监察接管，调解随之结束"), "bool", required=False),
    ),
    act("file_inspection", N_("监察已立案"), Field("ref_no", N_("文号"))),
    act("refer_legal_aid", N_("转介法律援助"), WORKERS, Field("centre", N_("法律援助中心"))),
    act(
        "grant_legal_aid",
        N_("法律援助已批准"),
        Field("ref_no", N_("文号")),
        Field("lawyer", N_("律师"), required=False, empty=None),
    ),
    act("transfer_to_police", N_("移送公安"), WORKERS, BODY, REF_NO),
    act(
        "seek_enforcement",
        N_("申请强制执行"),
        Field("court", N_("法院")),
        Field("title", N_("执行依据"), "code", choices=TITLES),
        WORKERS,
    ),
    act(
        "record_step",
        N_("登记外部进展"),
        Field("procedure", N_("程序"), "code", choices=STEP_PROCEDURES),
        Field("step", N_("进展"), "code", choices=STEPS),
        WORKERS,
        Field("days", N_("延长天数"), "int", required=False),
        REF_NO,
    ),
    act(
        "record_result",
        N_("登记外部结果"),
        Field("procedure", N_("程序"), "code", choices=PROCEDURES),
        Field("result", N_("结果"), "code", choices=RESULTS),
        WORKERS,
        Field("final", N_("已生效"), "bool", required=False),
        inputs.lines("awards", N_("裁决金额"), required=False),
        Field("received_on", N_("收到日期"), "date", required=False),
        REF_NO,
    ),
    act(
        "interrupt_limitation",
        N_("登记时效中断"),
        WORKERS,
        Field("ground", N_("事由"), "code", choices=GROUNDS),
        consequence=N_("一年时效从发生日期重新起算。"),
    ),
    act(
        "suspend_limitation",
        N_("登记时效中止"),
        WORKERS,
        Field("ground", N_("事由"), "code", choices=STANDSTILLS),
    ),
    act("resume_limitation", N_("时效恢复计算"), WORKERS),
)
