"""Undo 撤销: what would change in lists, limits and figures, before a fact counts no more (F-43).

Nothing is deleted: the undo is a fact of its own. What cannot be undone says why, and by which act
it is put right instead.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from application.rights import may
from domain.kernel import N_, Aggregate, Event, Recorded, Refused
from projections.foresight import Foreseen, foresee
from web import texts
from web.access import parts
from web.acts import Desk
from web.case_page import changed_by, may_read, readers
from web.caseload.parts import caseload, working
from web.fact_words import FACTS, STEPS
from web.money import money
from web.pages import page
from web.statistics_words import FACT_KINDS
from web.visit import visit, who
from web.words import TAGS, state_of

router = APIRouter()
# The columns of the row that a reader understands, in their order.
COLUMNS: Mapping[str, str] = {
    "state": N_("状态"),
    "owner": N_("承办人"),
    "officers": N_("全部承办"),
    "station": N_("站点"),
    "offered_to": N_("待接收站点"),
    "hold_until": N_("暂缓至"),
    "tier": N_("档次"),
    "tags": N_("人群与请求"),
    "next_step": N_("下一步"),
    "due_on": N_("期限"),
    "contacted_on": N_("最近联系"),
    "claimants": N_("人数"),
    "claimed": N_("请求金额"),
    "agreed": N_("协议金额"),
    "paid": N_("已付"),
    "outstanding": N_("未付"),
    "settled_on": N_("达成日期"),
    "closed_on": N_("结案日期"),
    "outcome": N_("结案方式"),
    "merged_into": N_("并入"),
}
MONEY = frozenset({"claimed", "agreed", "paid", "outstanding"})
# What is put right by an act of its own rather than by counting no more: topic -> (title, verb).
INSTEAD: Mapping[str, tuple[str, str]] = {
    "seeker.registered": (N_("更正登记内容，或退出帮扶"), "close"),
    "seeker.closed": (N_("重开同一案件"), "reopen"),
    "seeker.merged": (N_("撤销合并"), "unmerge"),
    "seeker.absorbed": (N_("撤销合并"), "unmerge"),
    "dispute.payment_recorded": (N_("冲正付款"), "reverse_payment"),
    "dispute.paid_immediately": (N_("冲正付款"), "reverse_payment"),
    "dispute.award_paid": (N_("冲正付款"), "reverse_payment"),
    "dispute.agreement_signed": (N_("撤销协议"), "void_agreement"),
    "dispute.closed": (N_("重开"), "reopen"),
    "dispute.merged": (N_("撤销并案"), "unmerge"),
    "dispute.absorbed": (N_("撤销并案"), "unmerge"),
}


def dry(state: Aggregate, version: int, request: Request) -> list[Event]:
    """Ask the decision without recording anything; it may refuse."""
    reason = texts.translate(N_("撤销"))
    today = parts(request).today()
    return list(state.void_fact(version=version, reason=reason, occurred_on=today))  # type: ignore[attr-defined]  # both kinds of case amend


@router.get("/undo/{kind}/{case}/{version}")
def preview(request: Request, kind: str, case: str, version: int) -> Response:
    """Show what the undo of one fact would change, or why it cannot be undone."""
    asker, own = working(request), parts(request)
    texts.use(visit(request).language)
    desk = own.desks.get(kind)
    if desk is None or kind not in {"seekers", "disputes"}:
        raise HTTPException(404)
    history = readers(request).log.history(case)
    if not 0 < version <= len(history):
        raise HTTPException(404)
    state: Any = own.store.load(desk.aggregate, case)
    if not may_read(asker, state):
        raise HTTPException(403)
    fact = history[version - 1]
    foreseen, refused = _foreseen(request, desk, state, history, version)
    instead = INSTEAD.get(fact.event.TOPIC)
    right = "seeker.edit" if kind == "seekers" else "dispute.edit"
    return page(
        request,
        "caseload/undo.html",
        place=f"/{kind}/{case}",
        number=state.case_no or texts.translate(N_("本案")),
        fact=fact,
        title=FACTS[tail] if (tail := fact.event.TOPIC.partition(".")[2]) in FACTS else tail,
        undone=changed_by(history).get(version),
        foreseen=foreseen,
        refused=refused,
        instead=instead if instead and desk.act(instead[1]) else None,
        documents=[
            one for one in history[version:] if one.event.TOPIC.endswith(".document_issued")
        ],
        may_undo=may(who(request), right, state, case),
        columns=COLUMNS,
        said=lambda name, value: _said(request, state, name, value),
        step_words=STEPS,
        fact_kinds=FACT_KINDS,
    )


def _foreseen(
    request: Request, desk: Desk, state: Aggregate, history: Sequence[Recorded], version: int
) -> tuple[Foreseen | None, Refused | None]:
    own = parts(request)
    try:
        new = dry(state, version, request)
    except Refused as refused:
        return None, refused
    clocks = caseload(request).clocks()
    found = foresee(clocks, desk.aggregate, history, new, on=own.today(), at=own.now())
    return found, None


def _said(request: Request, state: Any, name: str, value: Any) -> str:
    """Write a column of the row for a reader."""
    if value in (None, "", (), [], 0):
        return "—"
    directory = parts(request).directory
    kind = "dispute" if hasattr(state, "respondents") else "seeker"
    writers: Mapping[str, Callable[[Any], str]] = {
        "state": lambda code: texts.translate(state_of(kind, code).word),
        "owner": directory.staff,
        "officers": lambda found: "、".join(map(directory.staff, found)),
        "station": directory.station,
        "offered_to": directory.station,
        "next_step": lambda code: texts.label(STEPS.get(code, code)),
        "tags": lambda found: "、".join(texts.label(TAGS.get(one, one)) for one in found),
        **dict.fromkeys(MONEY, money),
    }
    return writers.get(name, str)(value)
