"""Acts about officers and the file itself: assignment, transfer, pause, closing, papers."""

from domain import codes_dispute as codes
from domain.kernel import N_
from web.acts import Act, Field
from web.disputes import inputs
from web.disputes.inputs import FILE, REASON, WORKER, WORKERS

EDIT, RECEIVE, REOPEN = "dispute.edit", "case.receive", "case.reopen"
ROLES = {"owner": N_("主办"), "co_worker": N_("协办")}
ELSEWHERE = {"transferred", "not_accepted", "merged"}
OUTCOMES = {code: word for code, word in codes.OUTCOMES.items() if code not in ELSEWHERE}
VERSION = Field("version", N_("第几条记录"), "int", hint=N_("时间线里每条记录的序号。"))


def act(verb: str, title: str, *fields: Field, right: str = EDIT, consequence: str = "") -> Act:
    """Make an act of this group."""
    return Act(verb, title, fields, consequence=consequence, right=right, group=FILE)


ACTS = (
    act(
        "assign_mediator",
        N_("指派调解员"),
        Field("mediator", N_("调解员"), "staff"),
        Field("role", N_("角色"), "code", choices=ROLES),
        Field("reason", N_("更换理由"), required=False, empty=None),
    ),
    act(
        "recuse_mediator",
        N_("调解员回避"),
        inputs.MEDIATOR,
        Field("reason", N_("理由")),
        consequence=N_("回避后不能再办理本案。"),
    ),
    act(
        "unassign_mediator",
        N_("撤销指派"),
        inputs.MEDIATOR,
        Field("reason", N_("理由")),
        right="case.reassign",
        consequence=N_("以后可以再指派。"),
    ),
    act(
        "offer_transfer",
        N_("提出移交"),
        Field("to_station", N_("接收站点"), "station"),
        Field("to_officer", N_("接收人"), "staff", required=False),
        REASON,
        consequence=N_("对方接收以前，责任仍在本站。"),
    ),
    act("accept_transfer", N_("接收移交"), right=RECEIVE),
    act("decline_transfer", N_("退回移交"), REASON, right=RECEIVE),
    act(
        "place_hold",
        N_("暂缓办理"),
        Field("until", N_("暂缓至"), "date"),
        Field("reason", N_("理由")),
        consequence=N_("暂缓不停止任何法定期限。"),
    ),
    act("lift_hold", N_("取消暂缓")),
    act(
        "suspend",
        N_("中止调解"),
        Field("reason", N_("理由"), "code", choices=codes.SUSPENSIONS),
        Field("resume_when", N_("何时恢复"), "longtext"),
        consequence=N_("调解期限停止计算，仲裁时效不停。"),
    ),
    act("resume", N_("恢复调解")),
    act(
        "close",
        N_("结案"),
        Field("outcome", N_("结案方式"), "code", choices=OUTCOMES),
        Field("note", N_("说明"), "longtext", required=False, empty=None),
        consequence=N_("每名申请人都须有结果。"),
    ),
    act(
        "reopen",
        N_("重开"),
        Field("reason", N_("理由"), "code", choices=codes.DISPUTE_REOPENINGS),
        WORKERS,
        right=REOPEN,
    ),
    act("merge", N_("并入另一案"), Field("into", N_("并入的案件"), "dispute")),
    act("unmerge", N_("撤销并案"), Field("other", N_("另一案"), "own", of=inputs.merged), REASON),
    act(
        "classify",
        N_("登记外部分类"),
        Field("scheme", N_("分类体系")),
        Field("value", N_("类别")),
        Field("reason", N_("理由"), required=False, empty=None),
    ),
    act(
        "link_to_seeker",
        N_("关联求职案卷"),
        Field("seeker", N_("求职案卷"), "seeker"),
        WORKER,
    ),
    act(
        "unlink_from_seeker",
        N_("取消关联求职案卷"),
        Field("seeker", N_("求职案卷"), "own", of=inputs.seekers),
        REASON,
    ),
    act("add_note", N_("写备注"), Field("note", N_("备注"), "longtext")),
    act(
        "deliver_document",
        N_("送达文书"),
        Field("document", N_("文书"), "own", of=inputs.documents),
        Field("to", N_("送达给"), "party"),
        Field("method", N_("方式"), "code", choices=codes.NOTICE_METHODS),
    ),
    act(
        "correct_record",
        N_("更正记录"),
        VERSION,
        Field("field", N_("字段")),
        Field("value", N_("更正为")),
        REASON,
        consequence=N_("原来的值仍可查看。"),
    ),
    act(
        "void_fact",
        N_("作废记录"),
        VERSION,
        REASON,
        consequence=N_("记录仍可查看，但不再计入。付款只能冲正。"),
    ),
)
