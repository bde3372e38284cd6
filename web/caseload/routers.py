"""The routers of the caseload's pages."""

from web.caseload import absences, handover, today

ROUTERS = (today.router, absences.router, handover.router)
