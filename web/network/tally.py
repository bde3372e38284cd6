"""Counting at the door 客流计数: one big button, an hour at a time, without a module (ADR 0023)."""

from datetime import datetime
from typing import Any

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from application.rights import may
from application.tally import RIGHT
from domain.kernel import N_, Refused
from projections.statistics import Scope
from web import dates
from web.access import parts
from web.act_pages import PATIENCE, Posted
from web.charts import Mark
from web.errors import kept
from web.network.parts import network
from web.office_parts import office
from web.pages import page
from web.statistics_scope import chosen, reached
from web.visit import who

router = APIRouter()
STEPS = (1, 5, 10, 50)
MOST = 1_000  # facts of one day: more than any gate sends


@router.get("/tally")
def board(request: Request, station: str = "") -> Response:
    """客流计数."""
    return page(request, "network/tally.html", **context(request, station))


@router.post("/tally")
def press(request: Request, form: Posted) -> Response:
    """Add to the running hour, or take a wrong press back; make facts of hours that are over."""
    station = str(form.get("station", ""))
    drawn = context(request, station)
    kept(request, "network/tally.html", {}, **{k: v for k, v in drawn.items() if k != "told"})
    network(request).tally.add(
        who(request), drawn["station"], _number(form), command=str(form.get("command_id", ""))
    )
    position = network(request).tally.close_hours(who(request), drawn["station"])
    if position:
        parts(request).progress.wait(position, PATIENCE)
    return RedirectResponse(f"/tally?station={drawn['station']}", 303)


def context(request: Request, station: str) -> dict[str, Any]:
    """Give what the page shows: today's people by the hour, facts and the running tally."""
    asker, own = who(request), parts(request)
    if not may(asker, RIGHT):
        raise HTTPException(403)
    reach = reached(asker)
    here = station if station in reach else asker.station
    hours, running, troubles = by_hour(request, here)
    marks = [
        Mark(f"{hour:02}:00", count, f"{count:,}", chosen=hour == _hour(own.now()))
        for hour, count in sorted(hours.items())
    ]
    return {
        "station": here,
        "stations": chosen(reach, office(request).entries.named(reach)),
        "name": own.directory.station(here),
        "steps": STEPS,
        "total": sum(hours.values()),
        "running": running,
        "marks": marks,
        "rows": [(mark.label, mark.text) for mark in marks],
        "troubles": troubles,
        "now": dates.local(own.now()),
        "told": {},
    }


def by_hour(request: Request, station: str) -> tuple[dict[int, int], int, list[Any]]:
    """Give today's people by hour, those of the running one, and hours that were not taken."""
    own = parts(request)
    today = own.today()
    scope = Scope(from_on=today, to_on=today, as_of=today, stations=(station,))
    hours: dict[int, int] = {}
    for fact in office(request).statistics.rows("footfall", scope, limit=MOST):
        hour = int(fact.dims["hour"])
        hours[hour] = hours.get(hour, 0) + int(fact.quantity)
    running = 0
    troubles = []
    for one in network(request).tally.open_hours(station):
        if one.trouble:
            troubles.append(one)
            continue
        if dates.local(one.from_at).date() == today:
            hour = _hour(one.from_at)
            hours[hour] = hours.get(hour, 0) + one.entered
            running = one.entered if hour == _hour(own.now()) else running
    return hours, running, troubles


def _hour(moment: datetime) -> int:
    return dates.local(moment).hour


def _number(form: Any) -> int:
    text = str(form.get("entered", ""))
    if not text.lstrip("-").isdigit() or len(text) > 5:
        raise Refused(rule="T-03", text=N_("请填写整数人数。"), field="entered")
    return int(text)
