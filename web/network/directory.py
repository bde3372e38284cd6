"""The public directory 动态管理名录: which station, where, open now, which services (S3).

Nobody signs in, nobody is counted, and anybody may keep the pages for a minute. Whether a place is
open follows from the hours on its door and the calendar; what nobody can read is shown as it is.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from domain import codes
from domain.calendar import WorkCalendar
from domain.station.hours import read_hours
from domain.station.network import DISTRICTS, subtree
from domain.station.publicity import published
from domain.station.towns import town_of
from projections.directory_reader import Entry
from web import dates, texts
from web.access import parts, public
from web.network.keeping import kept_page, spoken
from web.network.parts import network
from web.network.qr import qr
from web.network.words import pay
from web.office_parts import office
from web.stations import KINDS, LEVELS

router = APIRouter()
KEPT, POSTS = 60, 20  # seconds a page may be kept; posts on a station's page
ALL = 5_000
ASKED = ("text", "place", "service", "open", "kind")


class Place(NamedTuple):
    """A station as the directory shows it; `open` is None where its hours cannot be read."""

    entry: Entry
    town: str
    open: bool | None
    services: tuple[str, ...]

    @property
    def words(self) -> str:
        """What a search looks into."""
        told = self.entry.detail
        parts_of = (self.entry.name, self.town, told.get("address", ""), told.get("phone", ""))
        return " ".join((*parts_of, *told.get("trades", ()), *self.services))


@router.get("/directory")
@public
def listing(request: Request) -> Response:
    """List the stations that are open to the public, by county."""
    spoken(request)
    given = request.query_params
    now = dates.local(parts(request).now())
    asked = tuple(given.get(name, "")[:60] for name in ASKED)

    def draw() -> dict[str, Any]:
        places = all_places(request)
        found = [one for one in places if _wanted(one, dict(zip(ASKED, asked, strict=True)))]
        return {
            "groups": _grouped(found),
            "count": len(found),
            "asked": dict(zip(ASKED, asked, strict=True)),
            "counties": _counties(places),
            "services": sorted({word for one in places for word in one.services}),
            "kinds": KINDS,
            "now": now,
        }

    told = (asked, now.hour, now.minute // 5)
    return kept_page(request, "directory/list.html", draw, told=told, seconds=KEPT)


@router.get("/directory/{station}")
@public
def shown(request: Request, station: str) -> Response:
    """Show one station: where, when, what, whom to call, and what hangs there."""
    spoken(request)
    own, today = parts(request), parts(request).today()
    now = dates.local(own.now())
    notices = network(request).notices.hanging((station,), today)

    def draw() -> dict[str, Any]:
        places = all_places(request, states=())
        place = next((one for one in places if one.entry.stream == station), None)
        if place is None:
            raise HTTPException(404)
        entry, entries, wall = place.entry, office(request).entries, network(request)
        openings, count = wall.posts.openings(entry.district[:6], today, limit=POSTS)
        host = f"{request.url.scheme}://{request.headers.get('host', '')}"
        return {
            "place": place,
            "kinds": KINDS,
            "levels": LEVELS,
            "county": _county(entry.district),
            "above": next((p for p in places if p.entry.stream == entry.parent), None),
            "under": [p for p in places if p.entry.parent == station and p.entry.state == "active"],
            "notices": notices,
            "posts": [(one, published(one.title), pay(one)) for one in openings],
            "post_count": count,
            "courses": wall.trades.taking(subtree(entries.network(), station), today),
            "qr": qr(f"{host}/directory/{station}"),
            "now": now,
            "places": codes.DISTRICTS,
        }

    told = (station, notices, now.hour, now.minute // 5)
    return kept_page(request, "directory/station.html", draw, told=told, seconds=KEPT)


def all_places(request: Request, states: Iterable[str] = ("active",)) -> list[Place]:
    """Give the stations with their towns, and whether each is open at this moment."""
    calendar = office(request).settings.calendar()
    rows = office(request).entries.of_kind("station", states=tuple(states), limit=ALL)
    now = parts(request).now()
    return [_place(one, now, calendar) for one in rows]


def _place(entry: Entry, now: Any, calendar: WorkCalendar) -> Place:
    told = entry.detail
    hours = read_hours(str(told.get("hours", "")))
    is_open = hours.open_at(dates.local(now).replace(tzinfo=None), calendar) if hours else None
    services = dict.fromkeys((*told.get("modules", ()), *told.get("services", ())))
    town = town_of(entry.district, (entry.name, *told.get("alias", ()), told.get("address", "")))
    return Place(entry, town, is_open if entry.state == "active" else False, tuple(services))


def _wanted(one: Place, asked: Mapping[str, str]) -> bool:
    """Whether a station is among those asked for; every word of the text must be found."""
    return (
        all(word in one.words for word in asked["text"].split())
        and (not asked["place"] or one.entry.district.startswith(asked["place"]))
        and (not asked["service"] or asked["service"] in one.services)
        and (not asked["open"] or bool(one.open))
        and (not asked["kind"] or one.entry.detail.get("kind") == asked["kind"])
    )


def _grouped(found: Sequence[Place]) -> list[tuple[str, list[Place]]]:
    """Put stations under their county, those of a wider level first."""
    groups: dict[str, list[Place]] = defaultdict(list)
    for one in found:
        groups[one.entry.district[:6]].append(one)
    order = list(LEVELS)
    for rows in groups.values():
        rows.sort(key=lambda p: (_rank(order, p.entry.detail.get("level")), p.town, p.entry.name))
    return [(_county(code), rows) for code, rows in sorted(groups.items())]


def _rank(order: Sequence[str], level: object) -> int:
    wide = ("province", "city", "county", "town", "village")
    return wide.index(str(level)) if level in wide else len(order)


def _counties(places: Iterable[Place]) -> list[tuple[str, str]]:
    return [(code, _county(code)) for code in sorted({p.entry.district[:6] for p in places})]


def _county(district: str) -> str:
    code = district[:6]
    known: Mapping[str, Any] = codes.DISTRICTS
    return texts.label(known[code]) if code in known else DISTRICTS.get(code, code)
