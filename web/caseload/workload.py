"""Workload 工作量 for the manager: by worker, team, type and age; ageing; forecast; gaps (F-78)."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from application.handovers import HOLDERS
from application.store import Who
from domain.kernel import N_
from domain.workload import Load, Suggestion, expected, quarter_end
from projections.holdings import Holding
from web import texts
from web.access import parts
from web.case_groups import KINDS, PLACES
from web.caseload.parts import caseload, managing
from web.pages import page
from web.visit import visit

router = APIRouter()
BACK = 90  # days that the expectation looks back on
LACKS: Mapping[str, str] = {
    "owner": N_("没有承办人"),
    "needs": N_("登记超过7天未评估需求"),
    "tier": N_("未定档"),
    "contact": N_("从未联系"),
    "respondent": N_("没有被申请人"),
    "claim": N_("没有请求金额"),
    "mediator": N_("未指派调解员"),
    "due": N_("没有任何期限"),
}


class Team(NamedTuple):
    """A station with the sums of its workers."""

    station: str
    total: Load
    workers: Sequence[Load]


def _served(asker: Who) -> list[str]:
    return sorted(asker.stations | {asker.station})


def _sum(station: str, loads: Sequence[Load]) -> Load:
    return Load("", station, *(sum(column) for column in list(zip(*loads, strict=True))[2:]))


@router.get("/workload")
def workload(request: Request) -> Response:
    """Show who has how much, how late it is, and how it will be if nothing happens."""
    asker, own, wall = managing(request), parts(request), caseload(request)
    today, stations = own.today(), _served(asker)
    loads = wall.loads(stations)
    by_station: dict[str, list[Load]] = {}
    home = {one.account: one.station for one in wall.workers(today)}
    for load in loads:
        by_station.setdefault(home.get(load.account, load.station), []).append(load)
    total = _sum("", loads) if loads else Load("", "")
    opened, closed = wall.workload.flow(today, stations, BACK)
    now = total.seekers + total.disputes
    return page(
        request,
        "caseload/workload.html",
        teams=[
            Team(station, _sum(station, rows), rows) for station, rows in sorted(by_station.items())
        ],
        total=total,
        open_now=now,
        most=max((load.points for load in loads), default=0),
        flow=(opened, closed, BACK),
        quarter=quarter_end(today),
        expectation=expected(now, opened, closed, today=today, days=BACK),
        position=own.progress.reach().position,
        points=wall.points(),
    )


@router.get("/workload/missing")
def missing(request: Request) -> Response:
    """List which cases lack what, by worker (F-86)."""
    asker, own, wall = managing(request), parts(request), caseload(request)
    owner = request.query_params.get("owner", "")[:60]
    found = wall.workload.missing(own.today(), _served(asker), owner)
    counts: dict[str, int] = dict.fromkeys(LACKS, 0)
    for one in found:
        for code in one.lacks:
            counts[code] += 1
    return page(
        request,
        "caseload/missing.html",
        found=found,
        counts=counts,
        lacks=LACKS,
        kinds=KINDS,
        places=PLACES,
        owner=owner,
        owners=sorted({one.owner for one in wall.workload.missing(own.today(), _served(asker))}),
        names=own.people.names(
            [one.person for one in found if one.person],
            full=lambda _person: False,
            on=own.today(),
        ),
    )


class Said(NamedTuple):
    """A suggestion with its reasons in words."""

    account: str
    because: str


def said(request: Request, found: Sequence[Suggestion]) -> list[Said]:
    """Write the reasons of a suggestion in the reader's language."""
    texts.use(visit(request).language)
    near, far = N_("同站"), N_("他站")
    return [
        Said(
            one.account,
            texts.say(
                N_("{where}，在办 {cases} 件、{points} 分，逾期 {overdue} 件"),
                where=texts.translate(near if one.near else far),
                cases=one.cases,
                points=one.points,
                overdue=one.overdue,
            ),
        )
        for one in found
    ]


def kinds_of(holdings: Sequence[Holding]) -> tuple[frozenset[str], frozenset[str]]:
    """Give the roles that may hold all of some cases, and their stations."""
    roles = [HOLDERS[one.kind] for one in holdings]
    stations = frozenset(one.station for one in holdings)
    return frozenset.intersection(*roles) if roles else frozenset(), stations
