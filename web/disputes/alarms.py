"""The wall of alarms: collective disputes by level, and arrears that reach a crime."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from domain.dispute.alarms import COUNTY, CRIME, EMERGENCY, ORDERED
from domain.kernel import N_
from projections.lists import CaseLine, Query
from web.access import parts
from web.case_page import READERS
from web.pages import page
from web.visit import who

router = APIRouter()
MOST = 200
LEVELS: Mapping[str, tuple[str, str, str]] = {
    CRIME: (N_("达到拒不支付劳动报酬罪数额"), "alert", "bad"),
    EMERGENCY: (N_("重大集体争议，启动应急预案"), "alert", "bad"),
    ORDERED: (N_("已责令支付，尚未付清"), "clock", "warn"),
    COUNTY: (N_("集体争议，当日报县级"), "men", "warn"),
}


class Level(NamedTuple):
    """One level and its cases."""

    title: str
    icon: str
    tone: str
    rows: Sequence[CaseLine]


@router.get("/alarms")
def wall(request: Request) -> Response:
    """Show the open cases with an alarm, the gravest level first, each case once."""
    asker, own = who(request), parts(request)
    if not asker.roles & READERS:
        raise HTTPException(403)
    everywhere = asker.roles & {"auditor", "station_manager"}
    found = own.caseload.page(
        Query(
            today=own.today(),
            kinds=("dispute",),
            tags=tuple(LEVELS),
            stations=None if everywhere else tuple(sorted(asker.stations | {asker.station})),
            limit=MOST,
        )
    )
    left = list(found.rows)
    levels = []
    for code, (title, icon, tone) in LEVELS.items():
        rows = [one for one in left if code in one.tags]
        left = [one for one in left if code not in one.tags]
        levels.append(Level(title, icon, tone, rows))
    return page(
        request,
        "disputes/alarms.html",
        levels=levels,
        total=found.total,
        workers=sum(one.claimants for one in found.rows),
        claimed=sum(one.claimed for one in found.rows),
        outstanding=sum(one.outstanding for one in found.rows),
        most=MOST,
    )
