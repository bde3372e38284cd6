"""The daily report 驿站日报: the day, the day before and the month, as of any date, for print.

Every figure is a measure and leads to the facts behind it. Handing a report in records its figures
with the log position and a hash; what came in later shows as a difference (F-82, domain.md 4.6).
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, NamedTuple

import msgspec
from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from application.directory import REPORT
from application.rights import may
from application.store import Stamp
from domain.kernel import N_
from domain.station import Station
from domain.station.network import subtree
from projections.measures import measure
from projections.statistics import FactLine, Figure, Scope
from web import dates, texts
from web import statistics_words as say
from web.access import parts
from web.act_pages import PATIENCE, Posted, stamp
from web.network.parts import network
from web.office_parts import office
from web.pages import page, with_query
from web.statistics_scope import chosen, reached
from web.visit import visit, who

router = APIRouter()
# What a station reports each day (domain.md 4.6), by the part of its work.
SECTIONS: Sequence[tuple[str, Sequence[str]]] = (
    (N_("接待"), ("footfall", "consultations")),
    (N_("求职就业"), ("seekers_registered", "referrals", "matched_person_times", "placements")),
    (N_("岗位"), ("vacancies", "vacancy_headcount")),
    (N_("培训"), ("persons_in_training", "persons_trained")),
    (
        N_("维权调解"),
        ("disputes_received", "disputes_accepted", "disputes_settled", "disputes_closed", "paid"),
    ),
)
CODES = tuple(code for _, codes in SECTIONS for code in codes)
MOST = 50


class Span(NamedTuple):
    """A column of the report: its name and its days."""

    name: str
    from_on: date
    to_on: date


class Sent(NamedTuple):
    """A report that was handed in: when, as of which position, its figures and hash."""

    line: FactLine
    position: int
    figures: Mapping[str, int]
    sha256: str


@router.get("/daily")
def report(request: Request) -> Response:
    """驿站日报."""
    if not who(request).roles - {"admin", "informant"}:
        raise HTTPException(403)
    return page(request, "network/daily.html", **context(request))


@router.post("/daily")
def hand_in(request: Request, form: Posted) -> Response:
    """Record the report of a day as it stands now; hours of the tally are closed first."""
    asker, own = who(request), parts(request)
    if not may(asker, REPORT):
        raise HTTPException(403)
    station = _station(request, str(form.get("station", "")))
    day = dates.day(str(form.get("day", "")), field="day")
    given = stamp(request, form)
    if may(asker, "station.count"):
        closed = network(request).tally.close_hours(asker, station)
        own.progress.wait(closed, PATIENCE)
    position = own.progress.reach().position
    scope = Scope(from_on=day, to_on=day, as_of=own.today(), stations=_stations(request, station))
    found = office(request).statistics.figures(replace(scope, position=position), CODES)
    figures = {code: int(one.value or 0) for code, one in found.items()}
    told = {"station": station, "day": day.isoformat(), "position": position, "figures": figures}
    digest = hashlib.sha256(msgspec.json.encode(told, order="sorted")).hexdigest()
    done = (
        parts(request)
        .desks["stations"]
        .method("report_day")(
            station,
            position=position,
            figures=figures,
            sha256=digest,
            stamp=Stamp(asker, given.command_id, day, given.override),
        )
    )
    own.progress.wait(done.position, PATIENCE)
    return RedirectResponse(f"/daily{with_query({'station': station, 'day': day})}", 303)


def context(request: Request) -> dict[str, Any]:
    """Give the figures of every column, and the report that was handed in."""
    own, given = parts(request), request.query_params
    texts.use(visit(request).language)
    station, today = _station(request, given.get("station", "")), own.today()
    day = dates.day(given["day"], field="day") if given.get("day") else today
    as_of = dates.day(given["as_of"], field="as_of") if given.get("as_of") else None
    position = own.caseload.position_at(as_of) if as_of else None
    base = Scope(
        from_on=day,
        to_on=day,
        as_of=as_of or today,
        stations=_stations(request, station),
        position=position,
    )
    spans = (
        Span(N_("当日"), day, day),
        Span(N_("前一日"), day - timedelta(days=1), day - timedelta(days=1)),
        Span(N_("本月累计"), day.replace(day=1), day),
    )
    statistics = office(request).statistics
    found = [statistics.figures(replace(base, from_on=s.from_on, to_on=s.to_on), CODES)
             for s in spans]  # fmt: skip
    sent = last_sent(request, station, base)
    reach = reached(who(request))
    sendable = as_of is None and day <= today and may(who(request), REPORT, Station(), station)
    return {
        "station": station,
        "name": own.directory.station(station),
        "stations": chosen(reach, office(request).entries.named(reach)),
        "day": day,
        "as_of": as_of,
        "before": day - timedelta(days=1),
        "after": day + timedelta(days=1),
        "spans": spans,
        "found": found,
        "sections": SECTIONS,
        "measures": {code: measure(code) for code in CODES},
        "say": say,
        "link": _link(station, as_of),
        "sent": sent,
        "changed": changed(sent, found[0]) if sent else {},
        "can_send": sendable,
        "position": position or own.progress.reach().position,
        "weekday": dates.WEEKDAYS[day.weekday()],
        "query": {"station": station, "day": day, "as_of": as_of},
    }


def last_sent(request: Request, station: str, base: Scope) -> Sent | None:
    """Give the last report of the day that was handed in, as known at the position."""
    own = replace(base, stations=(station,))
    lines = office(request).statistics.rows("day_reports", own, limit=MOST)
    if not lines:
        return None
    last = max(lines, key=lambda line: line.source_position)
    told = last.dims
    return Sent(last, int(told["position"]), dict(told["figures"]), str(told["sha256"]))


def changed(sent: Sent, found: Mapping[str, Figure]) -> dict[str, int]:
    """Give what differs from the report that was handed in: entries that came later."""
    now = {code: int(one.value or 0) for code, one in found.items()}
    return {
        code: now[code] - reported
        for code, reported in sent.figures.items()
        if code in now and now[code] != reported
    }


def _link(station: str, as_of: date | None) -> Any:
    def link(code: str, span: Span) -> str:
        query = {"period": "custom", "from": span.from_on, "to": span.to_on, "station": station}
        return f"/statistics/{code}{with_query(query, as_of=as_of)}"

    return link


def _station(request: Request, station: str) -> str:
    """Give the station asked for, within the reader's reach, else the own one."""
    return station if station in reached(who(request)) else who(request).station


def _stations(request: Request, station: str) -> tuple[str, ...]:
    """Count a station with those under it that the reader may see."""
    found = subtree(office(request).entries.network(), station)
    return tuple(sorted(found & reached(who(request)) | {station}))
