"""My cases 我的案件 (experience.md 6.2): the work list, its figures and what can be done in it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from application.rights import may
from application.store import Who
from domain import codes
from domain.codes_person import PURPOSES
from domain.kernel import N_
from projections.assistance_reader import LIVE
from projections.lists import CaseLine, Page, Query
from web import words
from web.access import parts
from web.case_filters import FIGURES, SAVED, Wanted, chips, own_list, wanted
from web.case_groups import DUE, KINDS, PLACES, Group, grouped
from web.case_page import READERS, may_read
from web.fact_words import FACTS, STEPS
from web.pages import page
from web.seekers.standards_words import STANDINGS
from web.visit import session, who

router = APIRouter()


@router.get("/")
def home(request: Request) -> Response:
    """Lead to what the role works with."""
    roles = session(request).who.roles
    if roles == {"admin"}:
        return RedirectResponse("/account", 303)
    if roles == {"informant"} and "/m" in request.app.state.paths:
        return RedirectResponse("/m", 303)
    works = roles & {"caseworker", "mediator", "station_manager"}
    at_home = works and "/today" in request.app.state.paths
    return RedirectResponse("/today" if at_home else "/cases", 303)


@router.get("/cases")
def my_cases(request: Request) -> Response:
    """我的案件."""
    return work_list(request, wanted(request))


def ranked(listed: Page, found: Sequence[str], asker: Who) -> Page:
    """Put what a search found in its own order, without what may no longer be read."""
    place = {case: nth for nth, case in enumerate(found)}
    rows = [row for row in listed.rows if may_read(asker, row) or not asker.roles & READERS]
    rows.sort(key=lambda row: place.get(row.case_id, len(place)))
    return replace(listed, rows=rows, total=len(rows), after="")


def reads_lists(asker: Who) -> bool:
    """Say whether a role has work lists: an admin reads no cases (domain.md 9.1)."""
    return bool(asker.roles - {"admin"})


def work_list(request: Request, asked: Wanted, *, found: tuple[str, ...] | None = None) -> Response:
    """Draw a work list; `found` limits it to what a search found, closed cases among them."""
    own, asker = parts(request), who(request)
    if not reads_lists(asker):
        raise HTTPException(403)
    today = own.today()
    query = asked.query(asker, today)
    if found is not None:
        query = replace(query, cases=found, closed=True)
        if asker.roles & READERS:  # what was found was narrowed to what may be read
            query = replace(query, stations=None, officer="")
    if asked.as_of and not asked.now:
        query = replace(query, position=own.caseload.position_at(asked.as_of))
    counted = tiles(request, asked, found is None)
    if asked.as_of and asked.now and "caseload" in own.extra:
        listed = own.extra["caseload"].hindsight.page(query, asked.as_of)
        counts = own.caseload.counts(counted)
    else:
        listed = own.caseload.page(query, counted)
        counts = listed.tiles
    groups = grouped(listed.rows, query.today)
    if found is not None:
        listed = ranked(listed, found, asker)
        groups = [Group("found", N_("最像的在前"), listed.rows)] if listed.rows else []
    mine = {row.person for row in listed.rows if asker.accounts & set(row.officers)}
    persons = [row.person for row in listed.rows if row.person]
    owners = {row.owner for row in listed.rows if row.owner}
    respondents = {one for row in listed.rows for one in row.respondents}
    # With those that the frame of the page names.
    called = own.directory.names({*owners, *respondents, asker.station, asker.account})
    return page(
        request,
        "cases/list.html",
        asked=asked,
        query=asked.as_url(),
        listed=listed,
        groups=groups,
        chips=chips(asked, own.directory),
        names=own.people.names(persons, full=mine.__contains__, on=today),
        employers={one: called[one] for one in respondents},
        officers={one: called[one] for one in owners},
        places=PLACES,
        searched=found is not None,
        export_purposes=PURPOSES,
        as_of=asked.as_of,
        due_words=DUE,
        kinds=KINDS,
        saved=SAVED,
        state_words=words.STATE_WORDS,
        steps=STEPS,
        events=FACTS,
        tags=words.TAGS,
        **helping(request, listed.rows, asked.as_of or today),
        **tools(request, asked, found is None),
        figures=counts if found is None else None,
        nav_counts={"/cases": counts["/cases"]},
    )


def tools(request: Request, asked: Wanted, is_list: bool) -> dict[str, Any]:
    """Say what a worker can do with the rows, and give the filters that were saved."""
    asker = who(request)
    works = bool(asker.roles & {"caseworker", "mediator", "station_manager"})
    there = "caseload" in parts(request).extra and works
    make = parts(request).extra.get("saved_filters")
    return {
        "batch": there and asked.as_of is None,
        "own_filters": make(request) if make and there and is_list else (),
        "absent": [one.account for one in asker.stands_in],
        "choices": {
            kind: parts(request).choices.options(kind, who=asker, case="")
            for kind in ("staff", "station")
        }
        if there and is_list and asked.team
        else {},
    }


def helping(request: Request, rows: Iterable[CaseLine], on: date) -> dict[str, Any]:
    """Say how the seekers of a list stand to their service standards, and who can be called."""
    wall = parts(request).extra.get("help")
    seekers = [row.case_id for row in rows if row.kind == "seeker"]
    return {
        "marks": wall.marks(seekers, on) if wall else {},
        "standards": codes.STANDARDS,
        "standings": STANDINGS,
        "callable": LIVE if may(who(request), "seeker.edit") else (),
    }


def tiles(request: Request, asked: Wanted, is_list: bool) -> Mapping[str, Query]:
    """Give the lists that page head and menu count, by the very queries that their links ask."""
    asker, today = who(request), parts(request).today()
    shown = {name: replace(one, team=asked.team) for name, one in FIGURES.items() if is_list}
    queries = {name: one.query(asker, today) for name, one in shown.items()}
    return {**queries, "/cases": own_list(request)}
