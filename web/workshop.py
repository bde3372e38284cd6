"""Pages of the workshop 手工订单: the list, one order with its balances, the sheets of a day."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from application.rights import may
from application.workshop import RIGHT
from domain.kernel import N_
from domain.money import Fen, total
from domain.vacancy.text import wage_in_force
from domain.workshop import WorkshopOrder
from domain.workshop.facts import OrderReceived
from domain.workshop.state import Material
from web import texts, workshop_sheets
from web.access import parts
from web.acts import Desk
from web.case_page import READERS
from web.fact_tell import Names
from web.money import money
from web.pages import page
from web.resources import Resource, pages
from web.visit import visit, who
from web.workshop_acts import STATES, TELLER, Named, acts, open_lines
from web.workshop_sheets import names_of, unchecked_days

GRID_DAYS = 31


def terms(state: WorkshopOrder) -> OrderReceived:
    """Give the terms an order was received with."""
    return next(fact for fact, _ in state.history if isinstance(fact, OrderReceived))


def facts(state: Any, names: Names, today: date) -> Sequence[tuple[str, str]]:
    """Say what was ordered, and how far it is."""
    first = terms(state)
    return (
        (N_("客户单位"), names.employer(first.customer)),
        (N_("产品"), first.product),
        (N_("数量"), f"{first.quantity:,}"),
        (N_("加工单价"), money(first.unit_price)),
        (N_("计件单价"), money(state.price_on(today))),
        (N_("交付日期"), first.due_on.isoformat()),
        (N_("质量要求"), first.quality_rule),
        (N_("每月发放日"), str(first.payout_day or "")),
        (N_("已交付"), f"{state.delivered:,}" if state.delivered else ""),
    )


def more(request: Request, state: WorkshopOrder, stream: str) -> Mapping[str, Any]:
    """Gather the balances of material and money, a row a worker, and the lines to be paid."""
    today, named = parts(request).today(), names_of(request)
    least = least_hourly(request, today)
    lines = open_lines(state)
    return {
        "stream": stream,
        "rows": [_worker(state, worker, named, least, today) for worker in state.workers],
        "least": least,
        "sums": {
            "quantity": state.quantity,
            "issued": sum(one.issued for one in state.material.values()),
            "recorded": sum(one.recorded for one in state.work.values()),
            "accepted": state.accepted,
            "delivered": state.delivered,
            "earned": total(state.earned(worker) for worker in state.workers),
            "paid": total(state.paid.values()),
            "unpaid": state.unpaid(),
            "income": state.unit_price * state.accepted,
        },
        "lines": [
            (month, named(line.worker), line, state.pay_by[month],
             month in state.disputed(line.worker))
            for month, line in lines
        ],
        "paid": [
            (month, named(worker), amount) for (month, worker), amount in sorted(state.paid.items())
        ],
        "disputes": [(named(one.worker), one) for one in state.disputes],
        "waiting": unchecked_days(state),
        "may_edit": may(who(request), RIGHT),
        "may_dispute": may(who(request), "dispute.intake"),
        "grid": grid(state, named, today),
    }  # fmt: skip


def least_hourly(request: Request, on: date) -> Fen | None:
    """Give the least pay an hour where the order is made: that of the station's county (Q-08)."""
    rows = parts(request).extra.get("minimum_wages")
    entry = parts(request).extra["entries"].entry(who(request).station)
    found = wage_in_force(rows.rows(), entry.district, on) if rows and entry else None
    return found.hourly if found else None


def _worker(
    state: WorkshopOrder, worker: str, named: Named, least: Fen | None, today: date
) -> dict[str, Any]:
    had, made, hourly = (
        state.material.get(worker, Material()),
        state.made(worker),
        state.hourly_pay(worker),
    )
    return {
        "worker": worker,
        "name": named(worker),
        "issued": had.issued,
        "returned": had.returned,
        "recorded": made.recorded,
        "left": had.issued - had.returned - made.recorded,
        "accepted": made.accepted,
        "rejected": made.rejected,
        "days": sum(
            1 for (who_, _), work in state.work.items() if who_ == worker and work.accepted
        ),
        "earned": state.earned(worker),
        "paid": total(amount for (_, w), amount in state.paid.items() if w == worker),
        "hourly": hourly,
        "low": hourly is not None and least is not None and hourly < least,
        "overdue": total(line.amount for line in state.overdue(worker, today).values()),
        "disputed": bool(state.disputed(worker)),
    }


def grid(state: WorkshopOrder, named: Named, today: date) -> dict[str, Any]:
    """Give pieces by worker and day of the last month that has any."""
    month = max((day.isoformat()[:7] for _, day in state.work), default=today.isoformat()[:7])
    days = sorted({day for _, day in state.work if day.isoformat()[:7] == month})[:GRID_DAYS]
    rows = [
        (named(worker), [state.work[(worker, day)].accepted if (worker, day) in state.work else None
                         for day in days])
        for worker in state.workers
    ]  # fmt: skip
    return {"month": month, "days": days, "rows": rows if days else []}


RESOURCE = Resource(
    kind="workshop",
    title=N_("手工订单"),
    head=(),
    row=lambda *_: (),
    name=lambda state: state.product,
    facts=facts,
    states=STATES,
    tell=TELLER,
    template="workshop/one.html",
    more=more,
)


def workshop_desk(service: object, unpaid: object, named: Named = str) -> Desk:
    """Make the desk over `application.workshop.Workshop` and `application.unpaid_work`."""
    routes = APIRouter()
    routes.add_api_route("/workshop", listing, methods=["GET"])
    routes.include_router(workshop_sheets.router)
    routes.include_router(pages(workshop_sheets.desk, RESOURCE, "/workshop"))
    services = (service, unpaid)
    title = N_("手工订单")
    return Desk("workshop", "workshop", title, WorkshopOrder, services, acts(named), routes)


def listing(request: Request) -> Response:
    """List orders with their progress and what is unpaid."""
    if not who(request).roles & READERS:
        raise HTTPException(403)
    texts.use(visit(request).language)
    today = parts(request).today()
    rows = parts(request).extra["trades"].orders()
    return page(
        request,
        "workshop/list.html",
        rows=rows,
        states=STATES,
        late=[row for row in rows if row["pay_by"] and row["pay_by"] < today],
        may_edit=may(who(request), RIGHT),
        fen=Fen,
    )
