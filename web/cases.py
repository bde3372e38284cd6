"""My cases 我的案件 (experience.md 6.2): groups by due date, filters in the URL, search by POST."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from domain.kernel import N_
from web import dates, words
from web.access import limited, parts
from web.pages import page
from web.parts import CaseRow, Wanted
from web.visit import session, who

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
WHOSE = {"mine": N_("我的"), "team": N_("全队")}
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
    rows: Sequence[CaseRow]


def grouped(rows: Iterable[CaseRow], today: date) -> list[Group]:
    """Part rows into groups, in the order of the wall: overdue first, without a date last."""
    by_code: dict[str, list[CaseRow]] = {code: [] for code in DUE}
    for row in rows:
        by_code[group_of(row.due_on, today)].append(row)
    return [Group(code, DUE[code], found) for code, found in by_code.items() if found]


@dataclass(frozen=True)
class Chip:
    """A chosen filter, and the list without it."""

    title: str
    word: str
    without: dict[str, Any]


def wanted(request: Request) -> Wanted:
    """Read the filters of the URL; they hold codes only."""
    asked = request.query_params
    as_of = asked.get("as_of", "")
    return Wanted(
        whose="team" if asked.get("whose") == "team" else "mine",
        kind=tuple(code for code in asked.getlist("kind") if code in KINDS),
        state=tuple(asked.getlist("state")[:20]),
        due=tuple(code for code in asked.getlist("due") if code in DUE),
        tag=tuple(asked.getlist("tag")[:20]),
        placed_this_month=asked.get("placed") == "month",
        after=asked.get("after", "")[:200],
        as_of=dates.day(as_of, field="as_of") if as_of else None,
    )


def as_query(asked: Wanted) -> dict[str, Any]:
    """Write the filters as the URL holds them, without the page."""
    return {
        "whose": "team" if asked.whose == "team" else "",
        "kind": list(asked.kind),
        "state": list(asked.state),
        "due": list(asked.due),
        "tag": list(asked.tag),
        "placed": ["month"] if asked.placed_this_month else [],
        "as_of": asked.as_of.isoformat() if asked.as_of else "",
    }


def chips(asked: Wanted) -> list[Chip]:
    """Repeat the chosen filters as chips that can be taken off."""
    query = as_query(asked)
    filters = (
        ("kind", N_("类别"), KINDS),
        ("due", N_("到期"), DUE),
        ("tag", N_("人群"), words.TAGS),
        ("placed", N_("安置"), {"month": N_("本月")}),
        ("state", N_("状态"), words.STATE_WORDS),
    )
    made = []
    for name, title, texts in filters:
        for code in query[name]:
            rest = query | {name: [other for other in query[name] if other != code]}
            made.append(Chip(title, texts.get(code, code), rest))
    return made


@router.get("/")
def home(request: Request) -> Response:
    """Lead to what the role works with."""
    roles = session(request).who.roles
    return RedirectResponse("/account" if roles == {"admin"} else "/cases", 303)


@router.get("/cases")
def my_cases(request: Request) -> Response:
    """我的案件."""
    return work_list(request, wanted(request))


def work_list(request: Request, asked: Wanted, *, searched: bool = False) -> Response:
    """Draw a work list."""
    own, asker = parts(request), who(request)
    today = own.today()
    listed = own.caseload.cases(asker, asked, today)
    mine = {row.person for row in listed.rows if row.officer == asker.account}
    persons = [row.person for row in listed.rows if row.person]
    return page(
        request,
        "cases/list.html",
        asked=asked,
        query=as_query(asked),
        listed=listed,
        groups=grouped(listed.rows, today),
        chips=chips(asked),
        names=own.people.names(persons, full=mine.__contains__, on=today),
        figures=None if searched else own.caseload.figures(asker, today),
        officers={
            row.officer: own.directory.staff(row.officer) for row in listed.rows if row.officer
        },
        places=PLACES,
        searched=searched,
        as_of=asked.as_of,
        due_words=DUE,
        kinds=KINDS,
        whose=WHOSE,
        state_words=words.STATE_WORDS,
        steps=words.STEPS,
        tags=words.TAGS,
    )


@router.post("/search", dependencies=[Depends(limited("search"))])
def search(request: Request, text: Annotated[str, Form(max_length=60)] = "") -> Response:
    """Look for a person or a number; the answer's address says nothing about either."""
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
    return work_list(request, Wanted(whose="team", found=tuple(found)), searched=True)
