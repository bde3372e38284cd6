"""到期分期: what employers owe next, case by case: overdue, this week, later; and what to do."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple, Protocol

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from domain.kernel import N_
from web import dates, texts
from web.access import parts
from web.case_page import READERS
from web.pages import page
from web.visit import visit, who

router = APIRouter()
MINE, TEAM = "mine", "team"


class Instalments(Protocol):
    """What falls due; `projections.instalments.InstalmentsReader` is one."""

    def due(
        self,
        stations: Sequence[str],
        *,
        owner: str = "",
        until: date | None = None,
        position: int | None = None,
    ) -> Sequence[Any]:
        """Give the unpaid instalments, the oldest first."""
        ...


class Group(NamedTuple):
    """Instalments of one stretch of days."""

    title: str
    tone: str
    rows: Sequence[Any]


@router.get("/instalments")
def due(request: Request) -> Response:
    """Show the unpaid instalments of the stations served."""
    asker, own = who(request), parts(request)
    if not asker.roles & READERS:
        raise HTTPException(403)
    texts.use(visit(request).language)
    given = request.query_params
    as_of = dates.day(given["as_of"], field="as_of") if given.get("as_of") else None
    today = as_of or own.today()
    whose = TEAM if given.get("whose") == TEAM or "mediator" not in asker.roles else MINE
    reader: Instalments = own.extra["instalments"]
    rows = reader.due(
        sorted(asker.stations | {asker.station}),
        owner=asker.account if whose == MINE else "",
        position=own.caseload.position_at(as_of) if as_of else None,
    )
    return page(
        request,
        "disputes/instalments.html",
        as_of=as_of,
        today=today,
        whose=whose,
        both="mediator" in asker.roles,
        groups=grouped(rows, today),
        total=len(rows),
        overdue=sum(row.due_on < today for row in rows),
    )


def grouped(rows: Sequence[Any], today: date) -> list[Group]:
    """Put instalments under overdue, today, the next seven days, later."""
    week = today + timedelta(days=7)
    made = (
        Group(N_("已超期"), "bad", [row for row in rows if row.due_on < today]),
        Group(N_("今日到期"), "warn", [row for row in rows if row.due_on == today]),
        Group(N_("七天内到期"), "", [row for row in rows if today < row.due_on <= week]),
        Group(N_("以后"), "", [row for row in rows if row.due_on > week]),
    )
    return [group for group in made if group.rows]
