"""Acts of mediation: sessions, evidence, proposals, failure."""

from domain import codes_dispute as codes
from domain.kernel import N_
from web.acts import Act, Field
from web.disputes import inputs
from web.disputes.inputs import MEDIATING, MEDIATOR, RESPONDENT, SESSION, WORKERS

EDIT = "dispute.edit"
WHEN = (
    Field("on", N_("调解日期"), "date"),
    Field("from_at", N_("开始"), hint=N_("例如 09:00")),
    Field("to_at", N_("结束"), hint=N_("例如 10:30")),
)
ROOM = Field(
    "room",
    N_("调解室"),
    "room",
    required=False,
    empty=None,
    hint=N_("填写后同一时间不能再约这间。"),
)
EVIDENCE = {
    "payroll": N_("工资单"),
    "contract": N_("劳动合同"),
    "attendance": N_("考勤记录"),
    "transfer": N_("转账记录"),
    "statement": N_("证人证言"),
    "other": N_("其他材料"),
}

ACTS = (
    Act(
        "schedule_session",
        N_("约定调解"),
        (MEDIATOR, *WHEN, Field("place", N_("地点")), ROOM),
        consequence=N_("调解员和调解室同一时间只能约一场。"),
        right=EDIT,
        group=MEDIATING,
        start=inputs.start_mediator,
        aside="disputes/see_bookings.html",
    ),
    Act(
        "hold_session",
        N_("登记调解"),
        (
            MEDIATOR,
            Field(
                "session",
                N_("调解会"),
                "own",
                of=inputs.sessions,
                make=int,
                required=False,
                hint=N_("没有预约的可不选。"),
            ),
            Field("present", N_("到场的人和单位"), "party", many=True),
            Field("minutes", N_("笔录"), "longtext"),
            Field("offer", N_("对方最高出价"), "money", required=False),
        ),
        right=EDIT,
        group=MEDIATING,
        start=inputs.start_mediator,
    ),
    Act(
        "miss_session",
        N_("登记未到场"),
        (SESSION, Field("absent", N_("未到场的人和单位"), "party", many=True)),
        right=EDIT,
        group=MEDIATING,
    ),
    Act(
        "postpone_session",
        N_("调解改期"),
        (SESSION, *WHEN, Field("reason", N_("理由")), ROOM),
        right=EDIT,
        group=MEDIATING,
        aside="disputes/see_bookings.html",
    ),
    Act(
        "cancel_session",
        N_("取消调解(含误排)"),
        (SESSION, Field("reason", N_("理由"))),
        right=EDIT,
        group=MEDIATING,
    ),
    Act(
        "make_proposal",
        N_("提出调解方案"),
        (Field("by", N_("提出人"), "own", of=inputs.officers), inputs.lines()),
        right=EDIT,
        group=MEDIATING,
        start=inputs.start_mediator,
    ),
    Act(
        "file_evidence",
        N_("收取证据"),
        (
            Field("by", N_("提交人"), "party"),
            Field("kind", N_("种类"), "code", choices=EVIDENCE),
            Field("sha256", N_("文件校验值"), hint=N_("SHA-256，64 位十六进制。")),
            Field("note", N_("说明"), "longtext", required=False),
        ),
        right=EDIT,
        group=MEDIATING,
        # The list of attachments leads here with the hash of one.
        start=lambda request, _state: {"sha256": request.query_params.get("sha256", "")[:64]},
    ),
    Act(
        "request_employer_records",
        N_("调取用人单位资料"),
        (
            RESPONDENT,
            Field("items", N_("资料"), "longtext", make=inputs.items, hint=N_("每行一项。")),
            Field("due_on", N_("提交期限"), "date"),
        ),
        right=EDIT,
        group=MEDIATING,
    ),
    Act(
        "extend_mediation",
        N_("延长调解"),
        (
            Field("days", N_("延长天数"), "int"),
            Field("consents", N_("同意的人和单位"), "party", many=True),
        ),
        consequence=N_("延长的天数加在法定 15 天上；须双方同意。"),
        right=EDIT,
        group=MEDIATING,
    ),
    Act(
        "fail_mediation",
        N_("登记调解不成"),
        (WORKERS, Field("reason", N_("原因"), "code", choices=codes.FAILURES)),
        consequence=N_("之后须告知救济途径，才能转出。"),
        right=EDIT,
        group=MEDIATING,
    ),
)
