"""The page of a dispute, its past, its raw records and its print (experience.md 6.4, 6.6)."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from fastapi import APIRouter, Depends
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from domain import deadlines
from domain.attachments import amendable
from domain.codes_dispute import CLAIMS, TOLD_ROUTES
from domain.dispute import DisputeCase
from domain.dispute.alarms import alarms as alarms_of
from domain.kernel import N_, Recorded
from web import fact_tell, texts
from web.access import limited, parts
from web.act_pages import Doable, doable
from web.attachments.view import attached
from web.case_page import Shown, acted, changed_by, readers, settings_of, timeline
from web.disputes import (
    alarms,
    counter,
    figures,
    merging,
    next_steps,
    procedures,
    proposals,
    words,
)
from web.disputes.claim_sheet import claim_sheet
from web.disputes.claim_table import SORTS, claim_table
from web.disputes.reading import day_of, reading
from web.messages import desk as messaging
from web.pages import page
from web.presence import others
from web.wages import pages as wages

router = APIRouter()
router.include_router(counter.router)
router.include_router(alarms.router)
router.include_router(proposals.router)
router.include_router(merging.router)
router.include_router(wages.router)
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
    settings = settings_of(request, found.past, day)
    running = figures.limits(deadlines.clocks(state, calendar, settings, day), calendar, day)
    desk = parts(request).desks["disputes"]
    acts = doable(request, desk, state.named(case), case) if found.past.now else []
    first = next_steps.next_step(state)
    signed = figures.agreements(state, day)
    gathered = timeline(
        read.gathered,
        place,
        look=words.look,
        say=read.say,
        staff=parts(request).directory.staff,
    )
    days = messaging.woven(request, case, place, found, gathered)
    return page(
        request,
        "disputes/case.html",
        **messaging.panel(request, case, found),
        place=place,
        case=case,
        found=found,
        others=others(request, case, found),
        state=state,
        day=day,
        replay=not found.past.now,
        replayed_at=found.history[-1],
        totals=state.totals,
        share=share(state),
        alarms=alarms_of(state, settings, day),
        table=claim_table(state, read.people, day, request.query_params),
        sorts=SORTS,
        told_routes=TOLD_ROUTES,
        alike=alike(state),
        funds=figures.funds(state),
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
        able_verbs={one.act.verb for one in acts if not one.refused},
        days=days,
        attached=attached(request, state.attachments),
        procedures=procedures.cards(state, found.history, running),
        mediation=of_kind(days, found.history, MEDIATION),
    )


def share(state: DisputeCase) -> str:
    """Write the paid part of what was agreed."""
    totals = state.totals
    return f"{int(totals.settled) / int(totals.agreed):.1%}" if totals.agreed else ""


def alike(state: DisputeCase) -> bool:
    """Say whether every worker claims the same for the same months: one line says it for all."""
    return len({(c.code, c.from_on, c.to_on) for c in state.claims.values()}) <= 1


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


@router.get("/disputes/{case}/claims.xlsx", dependencies=[Depends(limited("export"))])
def claims(request: Request, case: str) -> Response:
    """Give the claims as a workbook, names as the reader may see them."""
    read = reading(request, case)
    content = claim_sheet(read.shown.state, read.people)
    return wages.attachment(content, "claims.xlsx")


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
        acted=acted,
        place=f"/disputes/{case}",
        number=found.state.case_no or texts.say(N_("未编号")),
        title=title,
        told=told,
        one=one,
        change=changed_by(found.history).get(one.version),
        json=json,
        digest=digest,
        can_amend="correct_record" in may_amend and amendable(one.event),
    )


def _amending(request: Request, found: Shown, case: str) -> Sequence[Doable]:
    if not found.past.now:
        return ()
    return doable(request, parts(request).desks["disputes"], found.state, case)
