"""The screen on the wall 大屏: posts, classes, notices, today's figures; nobody's data (6.8).

A screen comes in by its token. Without its module it reloads each minute and turns one page; with
it pages turn each 8 s, and what is new is fetched with the ETag, which leaves the database alone.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from application.devices import RIGHT, SCREEN, Device
from application.rights import may
from domain import codes
from domain.kernel import N_
from domain.station.network import subtree
from domain.station.publicity import published
from projections.posts_reader import Opening
from projections.statistics import Figure, Scope
from web import dates
from web.access import parts, public
from web.network.keeping import kept_page, spoken
from web.network.parts import network
from web.network.qr import qr
from web.network.words import pay
from web.office_parts import office
from web.visit import visit

router = APIRouter()
ROWS, MOST_PAGES = 8, 6
UNITS: Mapping[str, str] = {
    "persons": N_("人"),
    "person_times": N_("人次"),
    "wan": N_("万元"),
}


class Shown(NamedTuple):
    """A figure of the screen: its word, the number or a dash, its unit."""

    word: str
    text: str
    unit: str


class Sheet(NamedTuple):
    """One page of the screen: posts, classes or notices."""

    kind: str
    rows: Sequence[Any]


# Words for the day, the month and the year, measure, unit: the shortest of the three spans whose
# number is large enough to name nobody.
FIGURES = (
    ((N_("今日到站客流"), N_("本月到站客流"), N_("今年到站客流")), "footfall", "person_times"),
    ((N_("今日求职登记"), N_("本月求职登记"), N_("今年求职登记")), "seekers_registered", "persons"),
    ((N_("今日匹配岗位"), N_("本月匹配岗位"), N_("今年匹配岗位")),
     "matched_person_times", "person_times"),
    ((N_("今日参加培训"), N_("本月参加培训"), N_("今年参加培训")),
     "persons_in_training", "persons"),
)  # fmt: skip
RECOVERED = (N_("今日追回工资"), N_("本月追回工资"), N_("今年追回工资"))


@router.get("/screen/{station}")
@public
def screen(request: Request, station: str, token: str = "") -> Response:
    """Draw the screen of a station for one of its devices."""
    device = network(request).devices.admitted(token, SCREEN) or previewed(request, station)
    if device is None or device.station != station:
        raise HTTPException(404)
    spoken(request)
    today = parts(request).today()
    notices = network(request).notices.hanging((station,), today)
    called = [one.receipt for one in network(request).queue.called((station,), today)]
    live = request.query_params.get("live") == "1"
    moment = "" if live else dates.minute(parts(request).now())
    told = (device, notices, called, request.query_params.get("page", ""), moment)

    def draw() -> dict[str, Any]:
        sheets = pages_of(request, device, [(n.title, n.body) for n in notices])
        at = request.query_params.get("page", "1")
        on = (int(at) - 1) % len(sheets) if at.isascii() and at.isdigit() else 0
        return drawn(request, device) | {"sheets": sheets, "on": on, "called": called}

    return kept_page(
        request, "screen/screen.html", draw, told=(told[0]._replace(seen_at=None), *told[1:]),
        seconds=0,
    )  # fmt: skip


def previewed(request: Request, station: str) -> Device | None:
    """Let who manages devices look at a screen before one is hung up."""
    session = visit(request).session
    if session is None or not may(session.who, RIGHT):
        return None
    now = parts(request).now()
    return Device("", SCREEN, station, "", "", session.account, now, None, None)


def drawn(request: Request, device: Device) -> dict[str, Any]:
    """Give everything on the screen but its pages."""
    own, station = parts(request), device.station
    entry = office(request).entries.entry(station)
    if entry is None:
        raise HTTPException(404)
    now = dates.local(own.now())
    address = f"{request.url.scheme}://{request.headers.get('host', '')}/directory/{station}"
    return {
        "station": station,
        "device": device,
        "name": entry.name,
        "phone": entry.detail.get("phone", ""),
        "token": request.query_params.get("token", ""),
        "now": now,
        "weekday": dates.WEEKDAYS[now.weekday()],
        "figures": shown_figures(request, station, own.today()),
        "units": UNITS,
        "qr": qr(address),
        "pay": pay,
        "places": codes.DISTRICTS,
    }


def pages_of(request: Request, device: Device, notices: Sequence[tuple[str, str]]) -> list[Sheet]:
    """Lay posts, classes and notices out on pages; an empty wall says so."""
    own, wall = parts(request), network(request)
    entries = office(request).entries
    entry = entries.entry(device.station)
    county = entry.district[:6] if entry else ""
    openings, _ = wall.posts.openings(county, own.today(), limit=ROWS * MOST_PAGES)
    posts = [_public(one) for one in openings]
    sheets = [Sheet("posts", rows) for rows in _parted(posts, ROWS)] or [Sheet("posts", ())]
    venues = subtree(entries.network(), device.station)
    if courses := wall.trades.taking(venues, own.today(), limit=ROWS):
        names = entries.named({one["venue"] for one in courses})
        sheets.append(Sheet("courses", [_course(one, names) for one in courses]))
    sheets += [Sheet("notices", rows) for rows in _parted(notices, 3)]
    return sheets


def _parted(rows: Sequence[Any], size: int) -> list[Sequence[Any]]:
    return [rows[at : at + size] for at in range(0, len(rows), size)]


def _public(one: Opening) -> dict[str, Any]:
    """Give a post as it hangs in public: no number of a person, whoever typed the title."""
    return {"post": one, "title": published(one.title), "place": one.district}


def _course(one: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    return {"course": one, "title": published(one["title"]), "venue": names.get(one["venue"], "")}


def shown_figures(request: Request, station: str, today: date) -> list[Shown]:
    """Give the figures of the station and those under it, none that could point at somebody."""
    own = office(request)
    least = own.settings.settings().value("small_cell", today)
    stations = tuple(sorted(subtree(own.entries.network(), station)))
    codes_read = [code for _, code, _ in FIGURES] + ["paid", "workers_paid"]
    spans = [
        own.statistics.figures(
            Scope(from_on=first, to_on=today, as_of=today, stations=stations), codes_read
        )
        for first in (today, today.replace(day=1), today.replace(month=1, day=1))
    ]
    shown = []
    for words, code, unit in FIGURES:
        at = _wide_enough([span[code] for span in spans], least)
        text = "—" if at is None else f"{spans[at][code].value:,}"
        shown.append(Shown(words[at or 0], text, unit))
    at = _wide_enough([span["workers_paid"] for span in spans], least)
    wan = "—" if at is None else f"{int(spans[at]['paid'].value or 0) / 1_000_000:,.1f}"
    return [*shown, Shown(RECOVERED[at or 0], wan, "wan")]


def _wide_enough(figures: Sequence[Figure], least: int) -> int | None:
    """Give the first span whose number may be shown."""
    return next(
        (n for n, one in enumerate(figures) if one.value is not None and one.value >= least), None
    )
