"""Two cases into one, and back: what moves is shown before anything is recorded (F-44).

The merge itself is the act `merge` of the file; this page chooses the other case and lists what
the survivor will state again, what it has already, and what stays behind.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from application.people.views import PersonView
from application.rights import may
from domain.codes_dispute import CLAIMS
from domain.dispute import DisputeCase, facts
from domain.dispute.state import COLLECTIVE
from domain.kernel import N_, Recorded, Refused
from domain.money import Fen
from web import texts
from web.access import parts
from web.case_page import in_full, may_read
from web.disputes.reading import reading
from web.pages import page
from web.visit import visit, who

router = APIRouter()
RIGHT = "dispute.edit"


class Moved(NamedTuple):
    """One claim of the case that goes away: whose, what, and whether the survivor has it."""

    name: str
    last4: str
    kind: str
    period: str
    amount: Fen
    there: bool
    fresh: bool


class Preview(NamedTuple):
    """What a merge will do."""

    rows: Sequence[Moved]
    workers: int
    claims: int
    doubles: int
    amount: Fen
    before: Fen
    group: int
    collective: bool
    intakes: int
    refused: Refused | None

    @property
    def after(self) -> Fen:
        """What the survivor's claims will come to."""
        return self.before + self.amount


def preview(case: DisputeCase, survivor: DisputeCase, people: Mapping[str, PersonView]) -> Preview:
    """List what moves, as the decision itself gives it."""
    brought = case.copies(survivor)
    stated = {
        (one.worker, one.code, one.from_on, one.to_on)
        for one in brought
        if isinstance(one, facts.ClaimStated)
    }
    fresh = {one.worker for one in brought if isinstance(one, facts.ClaimantAdded)}
    rows = [
        Moved(
            people[claim.worker].name,
            people[claim.worker].last4,
            texts.label(CLAIMS[claim.code]) if claim.code in CLAIMS else claim.code,
            f"{claim.from_on:%Y-%m} – {claim.to_on:%Y-%m}",
            Fen(claim.claimed),
            (claim.worker, claim.code, claim.from_on, claim.to_on) not in stated,
            claim.worker in fresh,
        )
        for claim in case.claims.values()
        if claim.worker in case.active
    ]
    moved = [one for one in rows if not one.there]
    together = {code: set(found) for code, found in survivor.groups.items()}
    for code, found in case.groups.items():
        together.setdefault(code, set()).update(found)
    group = max(map(len, together.values()), default=0)
    return Preview(
        rows=rows,
        workers=len(fresh),
        claims=len(moved),
        doubles=len(rows) - len(moved),
        amount=Fen(sum(int(one.amount) for one in moved)),
        before=survivor.totals.claimed,
        group=group,
        collective=group >= COLLECTIVE and not survivor.collective,
        intakes=len(case.intakes),
        refused=_refusal(case, survivor),
    )


def _refusal(case: DisputeCase, survivor: DisputeCase) -> Refused | None:
    """Ask both decisions without recording anything."""
    try:
        case.merge(into=survivor.stream)
        survivor.absorb(case=case.stream, copies=case.copies(survivor))
    except Refused as refused:
        return refused
    return None


def loaded(request: Request, case: str) -> DisputeCase:
    """Load a case that the asker may read and change."""
    asker = who(request)
    state = parts(request).store.load(DisputeCase, case)
    if state.version == 0 or not may_read(asker, state) or not may(asker, RIGHT, state, case):
        raise HTTPException(404)
    return state.named(case)


@router.get("/disputes/{case}/merge")
def merging(request: Request, case: str) -> Response:
    """Choose the case to go on in, and see what moves."""
    texts.use(visit(request).language)
    own, asker = parts(request), who(request)
    state = loaded(request, case)
    into = request.query_params.get("into", "")
    survivor = loaded(request, into) if into and into != case else None
    found = None
    if survivor is not None:
        full = in_full(asker, state)
        people = own.people.names(state.workers, full=lambda _one: full, on=own.today())
        found = preview(state, survivor, people)
    refused = state.why_not("merge")
    return page(
        request,
        "disputes/merge.html",
        status=409 if refused else 200,
        place=f"/disputes/{case}",
        state=state,
        number=state.case_no or texts.say(N_("未编号")),
        version=state.version,
        offered=own.choices.options("dispute", who=asker, case=case, state=state),
        into=into,
        survivor=survivor,
        found=found,
        refused=refused,
    )


class Since(NamedTuple):
    """Something recorded after a merge about what was brought along."""

    title: str
    told: str
    href: str
    when: Any


@router.get("/disputes/{case}/unmerge")
def undoing(request: Request, case: str) -> Response:
    """Choose the merge to undo, and see what is voided and what was recorded since."""
    texts.use(visit(request).language)
    state = loaded(request, case)
    read = reading(request, case)
    others = [*sorted(state.absorbed), *filter(None, [state.merged_into])]
    other = request.query_params.get("other", "") or (others[0] if len(others) == 1 else "")
    copied = state.copied_from(other) if other in state.absorbed else range(0)
    refused = state.why_not("unmerge")
    if other in others and not refused:
        try:
            state.unmerge(other=other, reason="-")
        except Refused as said:
            refused = said
    names = {one: parts(request).store.load(DisputeCase, one).case_no or one for one in others}
    return page(
        request,
        "disputes/unmerge.html",
        status=409 if refused else 200,
        place=f"/disputes/{case}",
        number=state.case_no or texts.say(N_("未编号")),
        version=state.version,
        others=others,
        names=names,
        other=other if other in others else "",
        copied=len(copied),
        since=[
            Since(*read.say(one), f"/disputes/{case}/events/{one.version}", one.recorded_at)
            for one in since(read.shown.history, copied)
        ],
        refused=refused if others else state.why_not("unmerge"),
    )


def since(history: Sequence[Recorded], copied: range) -> list[Recorded]:
    """List the facts after a merge that name a worker or claim which it brought along."""
    if not copied:
        return []
    brought = [one.event for one in history if one.version in copied]
    claims = {one.claim for one in brought if isinstance(one, facts.ClaimStated)}
    workers = {one.worker for one in brought if isinstance(one, facts.ClaimantAdded)}
    found = []
    for one in history:
        if one.version < copied.stop:
            continue
        event: Any = one.event
        lines = getattr(event, "lines", ()) or ()
        named = {getattr(event, "claim", None), *(line.claim for line in lines)} & claims
        persons = {getattr(event, "worker", ""), *(getattr(event, "workers", ()) or ())} & workers
        if named or persons:
            found.append(one)
    return found
