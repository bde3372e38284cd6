"""The routers of the caseload's pages."""

from web.caseload import absences, batch, duplicates, filters, handover, today, undo, workload

ROUTERS = (
    today.router,
    batch.router,
    filters.router,
    absences.router,
    handover.router,
    workload.router,
    duplicates.router,
    undo.router,
)
