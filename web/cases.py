"""My cases 我的案件 (experience.md 6.2): the work list, its figures and what can be done in it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from fastapi import APIRouter
from jinja2.filters import do_urlencode
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from application.filters import Filter
from application.rights import may
from application.store import Who
from domain.codes_person import PURPOSES
from domain.kernel import N_
from projections.assistance_reader import LIVE, Mark
from projections.lists import Page, Query
from web import words
from web.access import parts
from web.case_filters import FIGURES, SAVED, Wanted, chips, own_list, wanted
from web.case_groups import DUE, KINDS, Group, grouped
from web.case_page import READERS, may_read
from web.case_rows import Rows
from web.caseload.filters import queries, told
from web.caseload.parts import WORKERS, caseload
from web.pages import here, page
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
    size, saved = "", list[Filter]()
    if "caseload" in parts(request).extra:
        size, saved = caseload(request).filters.beside(who(request), "size")
    asked = wanted(request, size)
    return work_list(request, asked, saved=saved if works_on_cases(request) else ())


def works_on_cases(request: Request) -> bool:
    """Say whether the reader works on cases, and the site has what that takes."""
    return "caseload" in parts(request).extra and bool(who(request).roles & WORKERS)


def ranked(listed: Page, found: Sequence[str], asker: Who) -> Page:
    """Put what a search found in its own order, without what may no longer be read."""
    place = {case: nth for nth, case in enumerate(found)}
    rows = [row for row in listed.rows if may_read(asker, row) or not asker.roles & READERS]
    rows.sort(key=lambda row: place.get(row.case_id, len(place)))
    return replace(listed, rows=rows, total=len(rows), after="")


def reads_lists(asker: Who) -> bool:
    """Say whether a role has work lists: an admin reads no cases (domain.md 9.1)."""
    return bool(asker.roles - {"admin"})


def work_list(
    request: Request,
    asked: Wanted,
    *,
    found: tuple[str, ...] | None = None,
    saved: Sequence[Filter] = (),
) -> Response:
    """Draw a work list; `found` limits it to what a search found, closed cases among them.

    `saved` are the filters kept by the reader, each shown with its number of rows.
    """
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
    counted = {**tiles(request, asked, found is None), **queries(request, saved)}
    if asked.as_of and asked.now and "caseload" in own.extra:
        listed = own.extra["caseload"].hindsight.page(query, asked.as_of)
        counts = own.caseload.counts(counted)
    else:
        listed = own.caseload.page(query, counted, beside=True)
        counts = listed.tiles
    batch = works_on_cases(request) and asked.as_of is None
    groups = grouped(listed.rows, query.today)
    if found is not None:
        listed = ranked(listed, found, asker)
        groups = [Group("found", N_("最像的在前"), listed.rows)] if listed.rows else []
    mine = {row.person for row in listed.rows if asker.accounts & set(row.officers)}
    persons = [row.person for row in listed.rows if row.person]
    owners = {row.owner for row in listed.rows if row.owner}
    respondents = {row.respondents[0] for row in listed.rows if row.respondents}
    # With those that the frame of the page names.
    around = listed.beside
    named = around.names if around else {}
    asked_for = {*owners, *(respondents - named.keys()), asker.station, asker.account}
    called = {**own.directory.names(asked_for), **named}
    return page(
        request,
        "cases/list.html",
        asked=asked,
        query=asked.as_url(),
        listed=listed,
        groups=groups,
        chips=chips(asked, own.directory),
        drawn=Rows(
            on=asked.as_of or today,
            today=today,
            batch=batch,
            team=asked.team,
            names=own.people.names(persons, full=mine.__contains__, on=today),
            employers={one: called[one] for one in respondents},
            officers={one: called[one] for one in owners},
            marks=marks(request, listed, asked.as_of or today),
            callable_in=LIVE if may(asker, "seeker.edit") else (),
            back=do_urlencode(here(request)),
        ),
        batch=batch,
        searched=found is not None,
        export_purposes=PURPOSES,
        as_of=asked.as_of,
        due_words=DUE,
        kinds=KINDS,
        saved=SAVED,
        state_words=words.STATE_WORDS,
        tags=words.TAGS,
        own_filters=told(saved, counts),
        **tools(request, asked, found is None),
        figures=counts if found is None else None,
        nav_counts={"/cases": counts["/cases"]},
        reach=(lambda: around.reach) if around else own.progress.reach,
    )


def tools(request: Request, asked: Wanted, is_list: bool) -> dict[str, Any]:
    """Say what a worker can do with the rows."""
    asker, there = who(request), works_on_cases(request)
    return {
        "absent": [one.account for one in asker.stands_in],
        "choices": {
            kind: parts(request).choices.options(kind, who=asker, case="")
            for kind in ("staff", "station")
        }
        if there and is_list and asked.team
        else {},
    }


def marks(request: Request, listed: Page, on: date) -> Mapping[str, Mark]:
    """Say how the seekers of a list stand to their service standards."""
    wall = parts(request).extra.get("help")
    if not wall:
        return {}
    found: Mapping[str, Mark] = (
        wall.marks_of(listed.beside.services, on)
        if listed.beside
        else wall.marks([row.case_id for row in listed.rows if row.kind == "seeker"], on)
    )
    return found


def tiles(request: Request, asked: Wanted, is_list: bool) -> Mapping[str, Query]:
    """Give the lists that page head and menu count, by the very queries that their links ask."""
    asker, today = who(request), parts(request).today()
    shown = {name: replace(one, team=asked.team) for name, one in FIGURES.items() if is_list}
    queries = {name: one.query(asker, today) for name, one in shown.items()}
    return {**queries, "/cases": own_list(request)}
