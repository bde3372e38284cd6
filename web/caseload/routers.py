"""The routers of the caseload's pages."""

from web.caseload import absences, handover

ROUTERS = (absences.router, handover.router)
