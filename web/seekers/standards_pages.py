"""Service standards 服务标准: the board of a station by officer, and what each promises."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, Protocol

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from application.rights import may
from application.store import Stamp, Who
from domain import codes
from domain.kernel import N_
from domain.seeker import SeekerCase
from domain.seeker.standards import HELD, Reading, Standard, given, in_force, of_case, read
from projections.assistance_reader import Desk, Mark
from projections.lists import Query
from web import forms, texts
from web.access import parts
from web.act_pages import Posted, stamp
from web.acts import Act, Field
from web.case_page import READERS
from web.errors import kept
from web.pages import page
from web.seekers.standards_words import STANDINGS
from web.visit import visit, who

router = APIRouter()
RIGHT = "settings.manage"
FORM = Act(
    "enter",
    N_("改变服务标准"),
    (
        Field("code", N_("服务标准"), "code", dict(codes.STANDARDS.items())),
        Field("from_on", N_("自何日起"), "date"),
        Field("within_days", N_("多少天内"), "int"),
        Field("yearly", N_("每年重新计算"), "bool", required=False),
        Field(
            "items",
            N_("服务"),
            "table",
            columns=(
                Field("kind", N_("服务"), "code", codes.SERVICE_KINDS),
                Field("count", N_("次数"), "int"),
            ),
            hint=N_("例如：职业指导，1"),
        ),
    ),
)
MOST = 200  # cases of a page


class Help(Protocol):
    """The tables of help; `projections.assistance_reader.AssistanceReader` is one."""

    def marks(self, cases: Collection[str], today: date) -> Mapping[str, Mark]:
        """Say how the cases of a list stand to their standards."""
        ...

    def standing(
        self, stations: Sequence[str] | None, today: date, *, owner: str = "", state: str = ""
    ) -> Sequence[Mark]:
        """List cases in service by how they stand."""
        ...

    def desks(self, stations: Sequence[str] | None, today: date) -> Sequence[Desk]:
        """Count by officer."""
        ...


class Book(Protocol):
    """The standards; `application.standards.StandardsBook` is one."""

    def standards(self) -> Sequence[Standard]:
        """Give every value with its first day."""
        ...

    def enter(
        self,
        *,
        code: str,
        from_on: date,
        items: Sequence[tuple[str, int]],
        within_days: int,
        stamp: Stamp,
        yearly: bool = False,
    ) -> Standard:
        """Enter what a standard means from a day on."""
        ...


def book(request: Request) -> Book:
    """Give the standards."""
    found: Book = parts(request).extra["standards"]
    return found


def of_state(request: Request, state: SeekerCase, on: date) -> tuple[str, list[Reading]]:
    """Say how a case stands to its standard on a day: its code, and item by item."""
    due = of_case(state) if state.standing in HELD else None
    standard = in_force(book(request).standards(), due.code, due.start_on) if due else None
    if due is None or standard is None:
        return "", []
    return due.code, read(standard, due.start_on, given(state), on)


def scope(asker: Who) -> Sequence[str] | None:
    """Give the stations that a reader sees boards of: an auditor the district, others their own."""
    return None if "auditor" in asker.roles else sorted(asker.stations | {asker.station})


@router.get("/standards")
def board(request: Request, owner: str = "", state: str = "") -> Response:
    """Show the board: by officer, the cases behind each number, and the promises themselves."""
    if not who(request).roles & (READERS | {"admin"}):
        raise HTTPException(403)
    return page(
        request, "seekers/standards.html", typed={}, told={}, **_context(request, owner, state)
    )


def _context(request: Request, owner: str = "", state: str = "") -> dict[str, Any]:
    own, asker = parts(request), who(request)
    texts.use(visit(request).language)
    today = own.today()
    reads_cases = bool(asker.roles & READERS)
    found: Help = own.extra["help"]
    everywhere = bool(asker.roles & {"auditor", "station_manager"})
    owner = owner if everywhere else asker.account
    listed = found.standing(scope(asker), today, owner=owner, state=state) if reads_cases else []
    shown = listed[:MOST]
    rows = own.caseload.page(
        Query(today=today, cases=tuple(mark.case_id for mark in shown), limit=MOST)
    ).rows
    persons = {row.person: asker.account in row.officers for row in rows if row.person}
    desks = found.desks(scope(asker), today) if reads_cases else []
    return {
        "desks": [one for one in desks if everywhere or one.owner == asker.account],
        "staff": own.directory.staff,
        "marks": shown,
        "total": len(listed),
        "lines": {row.case_id: row for row in rows},
        "names": own.people.names(persons, full=lambda p: persons[p], on=today),
        "owner": owner if everywhere else "",
        "state": state,
        "states": STANDINGS,
        "standards": sorted(book(request).standards(), key=lambda s: (s.code, s.from_on)),
        "words": codes.STANDARDS,
        "kinds": codes.SERVICE_KINDS,
        "act": FORM,
        "labels": {one.name: one.label for one in FORM.fields},
        "may_enter": may(asker, RIGHT),
        "reads_cases": reads_cases,
        "contacts": [
            (tier, own.extra["settings"]().value(f"contact_days_{tier.lower()}", today))
            for tier in codes.TIERS
        ],
        "tiers": codes.TIERS,
    }


@router.post("/standards")
def enter(request: Request, form: Posted) -> Response:
    """Enter what a standard means from a later day on."""
    if not may(who(request), RIGHT):
        raise HTTPException(403)
    kept(request, "seekers/standards.html", forms.typed(form), **_context(request))
    values = forms.parse(FORM, form, {})
    book(request).enter(stamp=stamp(request, form), **values)
    return RedirectResponse("/standards", 303)
