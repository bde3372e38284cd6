"""Handover 整体移交: whose caseload goes where, seen before; one report, one undo (F-79)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from fastapi import APIRouter
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from application.handovers import HOLDERS, Held, Step
from domain.handover import Handover
from domain.kernel import N_, Refused
from web import forms, texts
from web.access import parts
from web.act_pages import Posted, see_other, stamp
from web.caseload.parts import caseload, managing
from web.errors import kept
from web.pages import page
from web.visit import visit

router = APIRouter()
KINDS = {"seeker": N_("求职"), "dispute": N_("争议")}
LACKS = {"role": N_("没有办理此类案件的角色"), "station": N_("不在本案站点任职")}
STATES = {
    "planned": N_("办理中"),
    "done": N_("已移交"),
    "undoing": N_("撤销中"),
    "undone": N_("已撤销"),
}
SHOWN = 200  # cases of a preview or report that are listed one by one


class Group(NamedTuple):
    """The cases of one kind and station, and who may take them."""

    kind: str
    station: str
    cases: int
    field: str
    offered: Sequence[tuple[str, str]]


def groups(request: Request, account: str) -> list[Group]:
    """Part a caseload by kind and station, with the accounts that hold the role on this day."""
    own, today = caseload(request), parts(request).today()
    names = parts(request).directory
    counted = Counter((one.kind, one.station) for one in own.held(account))
    found = []
    for (kind, station), cases in sorted(counted.items(), reverse=True):
        roles = HOLDERS[kind]
        fitting = {a for role in sorted(roles) for a in own.accounts_with(role, today)}
        offered = sorted(
            ((one, names.staff(one)) for one in fitting - {account}), key=lambda pair: pair[1]
        )
        found.append(Group(kind, station, cases, f"to-{kind}-{station}", offered))
    return found


def chosen(form: FormData, asked: Sequence[Group]) -> Mapping[tuple[str, str], Sequence[str]]:
    """Read the receivers of every group; only who was offered counts."""
    found = {}
    for group in asked:
        offered = {account for account, _ in group.offered}
        picked = [one for one in form.getlist(group.field) if one in offered]
        if picked:
            found[group.kind, group.station] = tuple(str(one) for one in picked)
    return found


@router.get("/handovers")
def listing(request: Request) -> Response:
    """List who holds how much, and the handovers so far."""
    managing(request)
    own = caseload(request)
    return page(
        request,
        "caseload/handovers.html",
        staff=own.workers(parts(request).today()),
        past=own.handovers(),
        words=STATES,
    )


def _form(request: Request, account: str) -> dict[str, Any]:
    return {
        "account": account,
        "groups": groups(request, account),
        "kinds": KINDS,
        "labels": {"reason": N_("移交理由"), "to": N_("接收人")},
    }


@router.get("/handovers/new/{account}")
def ask(request: Request, account: str) -> Response:
    """Ask who takes what."""
    managing(request)
    return page(
        request, "caseload/handover_form.html", typed={}, told={}, **_form(request, account)
    )


@router.post("/handovers/new/{account}/preview")
def preview(request: Request, account: str, form: Posted) -> Response:
    """Show what would go where, and what cannot."""
    managing(request)
    context = _form(request, account)
    kept(request, "caseload/handover_form.html", forms.typed(form), **context)
    steps = _steps(request, account, form, context["groups"])
    return page(
        request,
        "caseload/handover_preview.html",
        typed=forms.typed(form),
        told={},
        receivers=_receivers(steps),
        lacks=LACKS,
        picked=chosen(form, context["groups"]),
        shown=_named(request, [step.held for step in steps][:SHOWN]),
        steps=steps[:SHOWN],
        total=len(steps),
        moving=sum(bool(step.to and not step.lacks) for step in steps),
        **context,
    )


def _steps(request: Request, account: str, form: FormData, asked: Sequence[Group]) -> list[Step]:
    if not str(form.get("reason", "")).strip():
        raise Refused(rule="P-08", text=N_("整体移交须说明理由。"), field="reason")
    receivers = chosen(form, asked)
    if not receivers:
        raise Refused(
            rule="P-08", text=N_("没有可以移交的案件，请为至少一组选择接收人。"), field="to"
        )
    return caseload(request).handover.preview(account, receivers)


def _receivers(steps: Sequence[Step]) -> list[tuple[str, Counter[str], Counter[str]]]:
    """Sum up by receiver: cases by kind, and what is lacking; "" stays where it is."""
    found: dict[str, tuple[Counter[str], Counter[str]]] = {}
    for step in steps:
        kinds, lacking = found.setdefault(step.to, (Counter(), Counter()))
        kinds[step.held.kind] += 1
        lacking[step.lacks] += bool(step.lacks)
    return [(to, *sums) for to, sums in found.items()]


def _named(request: Request, held: Sequence[Held]) -> Mapping[str, str]:
    """Give the number of every case that is listed."""
    texts.use(visit(request).language)
    return {one.case: one.case_no or texts.translate(N_("未编号")) for one in held}


@router.post("/handovers/new/{account}")
def hand_over(request: Request, account: str, form: Posted) -> Response:
    """Do it, as one action."""
    managing(request)
    context = _form(request, account)
    kept(request, "caseload/handover_form.html", forms.typed(form), **context)
    done = caseload(request).handover.hand_over(
        account,
        receivers=chosen(form, context["groups"]),
        reason=str(form.get("reason", "")),
        stamp=stamp(request, form),
    )
    return see_other(request, f"/handovers/{done.streams[0]}", done)


def _loaded(request: Request, handover: str) -> Handover:
    managing(request)
    state = parts(request).store.load(Handover, handover)
    if state.standing == "-":
        raise HTTPException(404)
    return state


def _report(request: Request, handover: str, state: Handover) -> dict[str, Any]:
    held = caseload(request).numbered([move.case for move in state.moves[:SHOWN]])
    return {
        "handover": handover,
        "state": state,
        "labels": {"reason": N_("撤销理由")},
        "kinds": KINDS,
        "words": STATES,
        "by_receiver": Counter(move.to for move in state.moved),
        "left": {one.case: one.rule for one in state.left},
        "stayed": {one.case: one.rule for one in state.stayed},
        "moves": state.moves[:SHOWN],
        "numbers": held,
    }


@router.get("/handovers/{handover}")
def report(request: Request, handover: str) -> Response:
    """Report one handover: what moved, what stayed and why; and its undo."""
    state = _loaded(request, handover)
    return page(
        request,
        "caseload/handover.html",
        typed={},
        told={},
        **_report(request, handover, state),
    )


@router.post("/handovers/{handover}/undo")
def undo(request: Request, handover: str, form: Posted) -> Response:
    """Take everything back, as one action; a second press changes nothing."""
    state = _loaded(request, handover)
    kept(
        request,
        "caseload/handover.html",
        forms.typed(form),
        **_report(request, handover, state),
    )
    done = caseload(request).handover.undo(
        handover, reason=str(form.get("reason", "")), stamp=stamp(request, form)
    )
    return see_other(request, f"/handovers/{handover}", done)


@router.post("/handovers/{handover}/continue")
def carry_on(request: Request, handover: str, form: Posted) -> Response:
    """Go on with one that was cut off."""
    _loaded(request, handover)
    done = caseload(request).handover.carry_on(handover, stamp(request, form))
    return see_other(request, f"/handovers/{handover}", done)
