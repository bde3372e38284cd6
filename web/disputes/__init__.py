"""Pages of labour disputes: the acts as forms, the case, its records."""

from fastapi import APIRouter

from application.dispute_file import DisputeFile
from application.dispute_intake import Intake
from application.escalation import Escalation
from application.mediation import Mediation
from application.settlement import Settlement
from domain.dispute import DisputeCase
from domain.kernel import N_
from web.acts import Desk
from web.disputes import (
    bookings,
    clock_page,
    due_page,
    file_acts,
    mediation_acts,
    money_acts,
    opening_acts,
    outside_acts,
    pages,
)

ACTS = (
    *opening_acts.ACTS,
    *mediation_acts.ACTS,
    *money_acts.ACTS,
    *outside_acts.ACTS,
    *file_acts.ACTS,
)

ROUTERS = (pages.router, clock_page.router, bookings.router, due_page.router)


def dispute_desk(
    intake: Intake,
    mediation: Mediation,
    settlement: Settlement,
    escalation: Escalation,
    file: DisputeFile,
) -> Desk:
    """Put the acts of the five dispute services together."""
    services = (intake, mediation, settlement, escalation, file)
    routes = APIRouter()
    for router in ROUTERS:
        routes.include_router(router)
    return Desk("disputes", "dispute", N_("争议"), DisputeCase, services, ACTS, routes)
