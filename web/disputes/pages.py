"""The page of a dispute, its past, its raw records and its print (experience.md 6.4, 6.6)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from application.people.views import PersonView
from domain import deadlines
from domain.codes_dispute import CLAIMS
from domain.dispute import DisputeCase
from domain.kernel import N_, Recorded
from web import dates, fact_tell, texts
from web.access import parts
from web.act_pages import Doable, doable
from web.case_page import Shown, changed_by, readers, shown, timeline
from web.disputes import figures, next_steps, words
from web.fact_tell import Names
from web.pages import page

router = APIRouter()
FEW = 3  # more facts of one kind in one command are told in one line
OUTSIDE = frozenset(
    f"dispute.{verb}"
    for verb in (
        "routes_explained",
        "escalated",
        "arbitration_review_applied",
        "judicial_confirmation_applied",
        "payment_order_applied",
        "payment_order_issued",
        "payment_order_served",
        "payment_order_objected",
        "arbitration_filed",
        "arbitration_accepted",
        "inspection_referred",
        "inspection_filed",
        "legal_aid_referred",
        "legal_aid_granted",
        "police_transfer_made",
        "enforcement_sought",
        "external_step_recorded",
        "external_result_recorded",
        "limitation_interrupted",
        "limitation_suspended",
        "limitation_resumed",
    )
)
MEDIATION = frozenset(
    f"dispute.{verb}"
    for verb in (
        "session_scheduled",
        "session_postponed",
        "session_cancelled",
        "session_held",
        "session_missed",
        "evidence_filed",
        "employer_records_requested",
        "mediation_extended",
        "proposal_made",
        "mediation_failed",
    )
)


@dataclass(frozen=True)
class Reading:
    """One reading of a case: what is shown, of whom, and how facts are told."""

    request: Request
    shown: Shown
    people: Mapping[str, PersonView]
    opened: Mapping[int, object]

    def name(self, stream: str) -> str:
        """Give the name of a party."""
        if view := self.people.get(stream):
            return view.name or view.last4
        if stream.startswith("employer"):
            return parts(self.request).directory.employer(stream)
        return stream

    @property
    def names(self) -> Names:
        """Say who ids stand for."""
        directory = parts(self.request).directory
        return Names(directory.staff, directory.station, directory.employer, self.name)

    def say(self, one: Recorded) -> tuple[str, str]:
        """Say a fact: its name, and what it holds."""
        name = words.TELLER.name(one.event)
        if (alike := self.alike.get(one.version, 1)) > FEW:
            return name, texts.say(N_("一次登记 {n} 条"), n=alike)
        return name, words.tell(one.event, self.names, self.opened)

    @cached_property
    def alike(self) -> Mapping[int, int]:
        """Count the facts of one kind in one command, by the version of the last one."""
        runs: dict[tuple[str, str], list[int]] = {}
        for one in self.shown.history:
            runs.setdefault((one.command_id, one.event.TOPIC), []).append(one.version)
        return {versions[-1]: len(versions) for versions in runs.values()}

    @property
    def gathered(self) -> list[Recorded]:
        """The history for the eye: a wage table of 300 lines is one line."""
        few = {
            (one.command_id, one.event.TOPIC)
            for one in self.shown.history
            if self.alike.get(one.version, 0) > FEW
        }
        return [
            one
            for one in self.shown.history
            if (one.command_id, one.event.TOPIC) not in few or one.version in self.alike
        ]


def reading(request: Request, case: str) -> Reading:
    """Read a case for its page."""
    found = shown(request, DisputeCase, case, field_class="dispute")
    own = parts(request)
    persons = [*found.state.workers, *filter(None, [found.state.applicant])]
    people = own.people.names(persons, full=lambda _one: found.full, on=own.today())
    opened: Mapping[int, object] = {}
    if found.full:
        opened = fact_tell.opened_by(found.history, readers(request).opened)
    return Reading(request, found, people, opened)


def day_of(request: Request, found: Shown) -> date:
    """Give the day on which time limits are read: today, or the day that is replayed."""
    if found.past.now:
        return parts(request).today()
    return found.past.day or dates.local(found.history[-1].recorded_at).date()


@router.get("/disputes")
def ledger() -> Response:
    """争议台账: the work list of the team, narrowed to disputes."""
    return RedirectResponse("/cases?kind=dispute&whose=team", 303)


@router.get("/disputes/{case}")
def dispute(request: Request, case: str) -> Response:
    """Show a dispute, as it stands or as it stood."""
    read = reading(request, case)
    found, place = read.shown, f"/disputes/{case}"
    state: DisputeCase = found.state
    day, own = day_of(request, found), readers(request)
    calendar = own.calendar()
    running = figures.limits(deadlines.clocks(state, calendar, own.settings(), day), calendar, day)
    desk = parts(request).desks["disputes"]
    acts = doable(request, desk, state.named(case), case) if found.past.now else []
    first = next_steps.next_step(state)
    signed = figures.agreements(state, day)
    days = timeline(
        read.gathered,
        place,
        look=words.look,
        say=read.say,
        staff=parts(request).directory.staff,
    )
    return page(
        request,
        "disputes/case.html",
        place=place,
        case=case,
        found=found,
        state=state,
        day=day,
        replay=not found.past.now,
        replayed_at=found.history[-1],
        totals=state.totals,
        share=share(state),
        groups=figures.claim_groups(state, read.people),
        people=read.people,
        tracks=figures.TRACKS,
        counts=[(figures.TRACKS[t], n) for t, n in sorted(state.tracks.items()) if n],
        kinds=sorted({claim.code for claim in state.claims.values()}),
        claim_words=CLAIMS,
        period=period(state),
        limits=running,
        calendar_version=calendar.version,
        signed=signed,
        segments=figures.bar(signed),
        ledger=figures.ledger(state, award=False),
        awards=figures.ledger(state, award=True),
        steps=next_steps.steps(state, running, day) if found.past.now else [],
        primary=primary(acts, first.verb if first else ""),
        groups_of_acts=grouped(acts),
        days=days,
        outside=of_kind(days, found.history, OUTSIDE),
        mediation=of_kind(days, found.history, MEDIATION),
    )


def share(state: DisputeCase) -> str:
    """Write the paid part of what was agreed."""
    totals = state.totals
    return f"{int(totals.settled) / int(totals.agreed):.1%}" if totals.agreed else ""


def period(state: DisputeCase) -> str:
    """Write the months that the claims are about."""
    claims = state.claims.values()
    if not claims:
        return ""
    first, last = min(c.from_on for c in claims), max(c.to_on for c in claims)
    return f"{first:%Y-%m} – {last:%Y-%m}"


def primary(acts: Sequence[Doable], wanted: str) -> Any:
    """Give the act of the next step, if it can be done by this reader now."""
    return next((one.act for one in acts if one.act.verb == wanted and not one.refused), None)


def grouped(acts: Sequence[Doable]) -> list[tuple[str, list[Doable]]]:
    """Put acts under their headings."""
    groups: dict[str, list[Doable]] = {}
    for one in acts:
        groups.setdefault(one.act.group, []).append(one)
    return list(groups.items())


def of_kind(
    days: Sequence[tuple[date, Sequence[Any]]], history: Sequence[Recorded], topics: frozenset[str]
) -> list[Any]:
    """Choose the lines of some topics out of a timeline, youngest first."""
    chosen = {one.position for one in history if one.event.TOPIC in topics}
    return [line for _, lines in days for line in lines if line.position in chosen]


@router.get("/disputes/{case}/events/{version}")
def event(request: Request, case: str, version: str) -> Response:
    """Show one fact as the log holds it."""
    read = reading(request, case)
    found = read.shown
    if not (
        version.isascii() and version.isdigit() and 1 <= int(version[:6]) <= len(found.history)
    ):
        raise HTTPException(404)
    one = found.history[int(version[:6]) - 1]
    json, digest = fact_tell.stored(one.event)
    title, told = read.say(one)
    may_amend = {act.verb for act, refused in _amending(request, found, case) if not refused}
    return page(
        request,
        "case/event.html",
        place=f"/disputes/{case}",
        number=found.state.case_no or texts.say(N_("未编号")),
        title=title,
        told=told,
        one=one,
        change=changed_by(found.history).get(one.version),
        json=json,
        digest=digest,
        can_amend="correct_record" in may_amend,
    )


def _amending(request: Request, found: Shown, case: str) -> Sequence[Doable]:
    if not found.past.now:
        return ()
    return doable(request, parts(request).desks["disputes"], found.state, case)
