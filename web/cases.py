"""My cases 我的案件 (experience.md 6.2): groups by due date, filters in the URL, search by POST."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form
from starlette.datastructures import QueryParams
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from application.rights import may
from application.store import Who
from domain import codes
from domain.codes import Code
from domain.codes_person import PURPOSES
from domain.kernel import N_
from projections.assistance_reader import LIVE
from projections.lists import CaseLine, Page, Query
from web import dates, words
from web.access import limited, parts
from web.case_page import READERS, may_read
from web.fact_words import FACTS, STEPS
from web.pages import page
from web.parts import Directory
from web.seekers.standards_words import STANDINGS
from web.visit import session, visit, who

router = APIRouter()

DUE = {
    "overdue": N_("逾期"),
    "today": N_("今天"),
    "tomorrow": N_("明天"),
    "week": N_("本周"),
    "later": N_("以后"),
    "none": N_("无期限"),
}
KINDS = {"seeker": N_("求职"), "dispute": N_("争议")}
# Where a case of a kind has its pages.
PLACES = {"seeker": "seekers", "dispute": "disputes"}


def group_of(due_on: date | None, today: date) -> str:
    """Name the group of a due date on the day of reading."""
    if due_on is None:
        return "none"
    if due_on <= today:
        return "today" if due_on == today else "overdue"
    if due_on == today + timedelta(days=1):
        return "tomorrow"
    return "week" if due_on <= today + timedelta(days=6 - today.weekday()) else "later"


@dataclass(frozen=True)
class Group:
    """A group of a work list and its rows."""

    code: str
    title: str
    rows: Sequence[CaseLine]


def grouped(rows: Iterable[CaseLine], today: date) -> list[Group]:
    """Part rows into groups, in the order of the wall: overdue first, without a date last."""
    by_code: dict[str, list[CaseLine]] = {code: [] for code in DUE}
    for row in rows:
        by_code[group_of(row.due_on, today)].append(row)
    return [Group(code, DUE[code], found) for code, found in by_code.items() if found]


@dataclass(frozen=True)
class Wanted:
    """A work list as the URL asks for it: codes and days only."""

    team: bool = False
    absent: str = ""  # a colleague stood in for: that list alone
    owner: str = ""
    station: str = ""
    kind: tuple[str, ...] = ()
    state: tuple[str, ...] = ()
    due: tuple[str, ...] = ()
    tag: tuple[str, ...] = ()
    saved: str = ""
    after: str = ""
    as_of: date | None = None
    now: bool = False  # 现在所知 of that day, not 当时所知
    size: int = 50

    def query(self, who: Who, today: date) -> Query:
        """Write it for the reader: one's own cases, or those of the stations served."""
        day, all_of_them = self.as_of or today, self.team or self.saved == "offered"
        mine = self.absent if self.absent in who.accounts else who.account
        served = who.stations | {who.station}
        asked = {self.station} & served if self.station else served
        return replace(
            SAVED[self.saved][1](Query(today=day), who) if self.saved else Query(today=day),
            stations=tuple(sorted(asked)) if self.team else None,
            # An informant sees own leads, whatever the URL asks for (domain.md 9.1).
            officer="" if all_of_them and who.roles & READERS else mine,
            owner=self.owner if self.team else "",
            kinds=self.kind,
            states=self.state,
            due=self.due,
            tags=self.tag,
            after=self.after,
            limit=self.size,
        )

    def as_url(self) -> dict[str, Any]:
        """Write the filters as the URL holds them, without the page."""
        return {
            "whose": "team" if self.team else self.absent,
            "owner": self.owner,
            "station": self.station,
            "kind": list(self.kind),
            "state": list(self.state),
            "due": list(self.due),
            "tag": list(self.tag),
            "saved": self.saved,
            "as_of": self.as_of.isoformat() if self.as_of else "",
            "clock": "now" if self.now and self.as_of else "",
            "size": str(self.size) if self.size != 50 else "",
        }


# Lists that are asked for often: their word, and the query.
SAVED: Mapping[str, tuple[str, Callable[[Query, Who], Query]]] = {
    "silent": (
        N_("30 天未联系"),
        lambda query, _who: replace(query, silent_since=query.today - timedelta(days=30)),
    ),
    "assigned": (
        N_("近 7 天转给我"),
        lambda query, _who: replace(query, assigned_since=query.today - timedelta(days=7)),
    ),
    "offered": (
        N_("待接收"),
        lambda query, who: replace(query, offered_to=who.station),
    ),
}
# The figures of the page head: each is the number of rows behind its link.
FIGURES: Mapping[str, Wanted] = {
    "overdue": Wanted(due=("overdue",)),
    "today": Wanted(due=("today",)),
    "followups": Wanted(state=("PLACED",)),
    "offered": Wanted(saved="offered"),
}


def wanted(request: Request) -> Wanted:
    """Read the filters of the URL."""
    return read_wanted(request, request.query_params)


CODE = re.compile(r"[A-Za-z0-9-]{1,60}")


def read_wanted(request: Request, asked: QueryParams) -> Wanted:
    """Read filters; an auditor, who has no cases, sees those of the district."""
    as_of, whose = asked.get("as_of", ""), asked.get("whose", "")
    owner, station = asked.get("owner", ""), asked.get("station", "")
    return Wanted(
        team=whose == "team" or visit(request).role == "auditor",
        absent=whose if whose in who(request).accounts - {who(request).account} else "",
        owner=owner if CODE.fullmatch(owner) else "",
        station=station if CODE.fullmatch(station) else "",
        kind=tuple(code for code in asked.getlist("kind") if code in KINDS),
        state=tuple(code for code in asked.getlist("state") if code in words.STATE_WORDS),
        due=tuple(code for code in asked.getlist("due") if code in DUE),
        tag=tuple(code for code in asked.getlist("tag") if code in words.TAGS),
        saved=asked.get("saved", "") if asked.get("saved") in SAVED else "",
        after=asked.get("after", "")[:200],
        as_of=dates.day(as_of, field="as_of") if as_of else None,
        now=asked.get("clock") == "now",
        size=20 if asked.get("size") == "20" else 50,
    )


def asked_for(request: Request, asked: QueryParams, *, limit: int = 50) -> Query:
    """Give the query of a list by its address, from its beginning; always of now."""
    found = replace(read_wanted(request, asked), after="", as_of=None)
    return replace(found.query(who(request), parts(request).today()), limit=limit)


@dataclass(frozen=True)
class Chip:
    """A chosen filter, and the list without it."""

    title: str
    word: str | Code
    without: dict[str, Any]


def chips(asked: Wanted, directory: Directory) -> list[Chip]:
    """Repeat the chosen filters as chips that can be taken off."""
    query = asked.as_url()
    filters: tuple[tuple[str, str, Mapping[str, Any]], ...] = (
        ("kind", N_("类别"), KINDS),
        ("due", N_("到期"), DUE),
        ("tag", N_("人群"), words.TAGS),
        ("state", N_("状态"), words.STATE_WORDS),
    )
    made = []
    for name, title, texts in filters:
        for code in query[name]:
            rest = query | {name: [other for other in query[name] if other != code]}
            made.append(Chip(title, texts[code], rest))
    for name, title, said in (
        ("owner", N_("经办"), directory.staff),
        ("station", N_("站点"), directory.station),
    ):
        if query[name]:
            made.append(Chip(title, said(query[name]), query | {name: ""}))
    if asked.saved:
        made.append(Chip(N_("常用筛选"), SAVED[asked.saved][0], query | {"saved": ""}))
    return made


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
    if asked.as_of and asked.now and "caseload" in own.extra:
        listed = own.extra["caseload"].hindsight.page(query, asked.as_of)
    else:
        listed = own.caseload.page(query)
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
        **figures(request, asked, found is None),
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


def own_list(request: Request) -> Query:
    """Give the query behind the menu's link to the own list, whose rows it counts (F-04)."""
    asked = Wanted(team=visit(request).role == "auditor")
    return asked.query(who(request), parts(request).today())


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


def figures(request: Request, asked: Wanted, is_list: bool) -> dict[str, Any]:
    """Count for page head and menu by the very queries that their links ask."""
    own, asker = parts(request), who(request)
    today = own.today()
    tiles = {name: replace(one, team=asked.team) for name, one in FIGURES.items() if is_list}
    queries = {name: one.query(asker, today) for name, one in tiles.items()}
    counts = own.caseload.counts({**queries, "/cases": own_list(request)})
    return {"figures": counts if is_list else None, "nav_counts": {"/cases": counts["/cases"]}}


@router.post("/search", dependencies=[Depends(limited("search"))])
def search(request: Request, text: Annotated[str, Form(max_length=60)] = "") -> Response:
    """Look for a person or a number; the answer's address says nothing about either."""
    if not reads_lists(who(request)):
        raise HTTPException(403)
    if not text.strip():
        return RedirectResponse("/cases", 303)
    found = parts(request).searches.search(who(request), text.strip())
    return RedirectResponse(f"/search/{found}", 303)


@router.get("/search/{which}")
def search_result(request: Request, which: str) -> Response:
    """Show what a search found."""
    found = parts(request).searches.found(who(request), which)
    if found is None:
        raise HTTPException(404)
    return work_list(request, Wanted(team=True), found=tuple(found))
