"""The routers of the caseload's pages."""

from web.caseload import absences, batch, filters, handover, today, workload

ROUTERS = (
    today.router,
    batch.router,
    filters.router,
    absences.router,
    handover.router,
    workload.router,
)
