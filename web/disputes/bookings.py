"""调解室日历: the rooms and mediators of a station through a week: what is booked, what is free."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple, Protocol

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from domain.dispute.rooms import CLOSES, OPENS, Hours, free, number_of, rooms
from domain.kernel import N_
from web import dates, texts
from web.access import parts
from web.case_page import READERS, readers
from web.pages import page
from web.visit import visit, who

router = APIRouter()
WIDE = 140.0
BOOKED = frozenset({"scheduled", "held"})
LOOKS: Mapping[str, str] = {
    "scheduled": N_("已约定"),
    "held": N_("已举行"),
    "missed": N_("缺席"),
    "cancelled": N_("已取消"),
}


class Sessions(Protocol):
    """The calendar of bookings; `projections.sessions.SessionsReader` is one."""

    def between(
        self, stations: Sequence[str], first: date, last: date, *, position: int | None = None
    ) -> Sequence[Any]:
        """Give the sessions of some stations from one day to another."""
        ...


class Block(NamedTuple):
    """A booking as drawn in a cell: from `x`, `w` wide."""

    x: float
    w: float
    one: Any


@dataclass(frozen=True)
class Cell:
    """A resource on a day."""

    day: date
    blocks: Sequence[Block]
    free: Sequence[Hours]
    works: bool


@dataclass(frozen=True)
class Row:
    """A room or a mediator through the week."""

    name: str
    room: bool
    cells: Sequence[Cell]


def _minutes(at: str) -> int:
    return int(at[:2]) * 60 + int(at[3:5])


def _x(at: str) -> float:
    whole = _minutes(CLOSES) - _minutes(OPENS)
    share = (_minutes(at) - _minutes(OPENS)) / whole
    return round(min(max(share, 0), 1) * WIDE, 1)


@router.get("/sessions")
def week(request: Request) -> Response:
    """Show a week of a station: rooms and mediators by day."""
    asker, own = who(request), parts(request)
    if not asker.roles & READERS:
        raise HTTPException(403)
    texts.use(visit(request).language)
    given = request.query_params
    as_of = dates.day(given["as_of"], field="as_of") if given.get("as_of") else None
    today = as_of or own.today()
    chosen = dates.day(given["day"], field="day") if given.get("day") else today
    monday = chosen - timedelta(days=chosen.weekday())
    days = [monday + timedelta(days=n) for n in range(7)]
    served = sorted(asker.stations | {asker.station})
    station = given.get("station", "")
    station = station if station in served else asker.station
    position = own.caseload.position_at(as_of) if as_of else None
    sessions: Sessions = own.extra["sessions"]
    found = sessions.between([station], days[0], days[-1], position=position)
    return page(
        request,
        "disputes/bookings.html",
        as_of=as_of,
        chosen=chosen,
        days=days,
        today=today,
        week=(monday - timedelta(days=7), monday + timedelta(days=7)),
        station=station,
        stations=[(one, own.directory.station(one)) for one in served],
        rows=_rows(request, station, days, found),
        unplaced=[one for one in found if one.standing in BOOKED and not one.room],
        found=found,
        looks=LOOKS,
        hours=(OPENS, CLOSES),
        number_of=number_of,
    )


def _rows(request: Request, station: str, days: Sequence[date], found: Sequence[Any]) -> list[Row]:
    own = readers(request)
    calendar = own.calendar()
    count = own.settings().value("mediation_rooms", days[0])
    standing = [one for one in found if one.standing in BOOKED]
    named = rooms(station, count)
    others = sorted({one.room for one in standing if one.room} - set(named))
    places = [*named, *others]
    people = sorted({one.mediator for one in standing})
    works = {day: calendar.is_working(day) for day in days}

    def row(name: str, *, room: bool, mine: Sequence[Any]) -> Row:
        cells = []
        for day in days:
            booked = [one for one in mine if one.held_on == day]
            cells.append(
                Cell(
                    day=day,
                    blocks=[
                        Block(_x(b.from_at), max(3.0, round(_x(b.to_at) - _x(b.from_at), 1)), b)
                        for b in booked
                    ],
                    free=free(Hours(b.from_at, b.to_at) for b in booked),
                    works=works[day],
                )
            )
        return Row(name, room, cells)

    staff = parts(request).directory.staff
    return [
        *(
            row(
                texts.say(N_("{no} 号调解室"), no=number_of(place)),
                room=True,
                mine=[one for one in standing if one.room == place],
            )
            for place in places
        ),
        *(
            row(staff(person), room=False, mine=[one for one in standing if one.mediator == person])
            for person in people
        ),
    ]
