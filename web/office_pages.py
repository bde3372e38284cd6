"""The routers of the office's own pages: figures, imports, jobs, projections, settings, directory.

They are there when wiring has put `OfficeParts` into `SiteParts.extra["office"]`.
"""

from collections.abc import Sequence

from fastapi import APIRouter

from web import (
    admin,
    admin_settings,
    draft_pages,
    exports,
    imports,
    jobs,
    matching,
    minimum_wages,
    projections_health,
    read_log,
    stations,
    statistics,
    statistics_disputes,
    statistics_employment,
    statistics_explained,
    token_pages,
    vacancy_board,
)
from web.attachments.routers import ROUTERS as ATTACHMENTS
from web.caseload.routers import ROUTERS as CASELOAD
from web.messages.routers import ROUTERS as MESSAGES
from web.network.pages import ROUTERS as NETWORK
from web.papers.routers import ROUTERS as PAPERS
from web.parts import SiteParts

ROUTERS = (
    jobs.router,
    imports.router,
    projections_health.router,
    statistics.router,
    statistics_disputes.router,
    statistics_employment.router,
    statistics_explained.router,
    admin.router,
    admin_settings.router,
    stations.router,
    matching.router,
    minimum_wages.router,
    vacancy_board.router,
)


KEEPING = (draft_pages.router, exports.router, read_log.router, token_pages.router)


def routers(parts: SiteParts) -> Sequence[APIRouter]:
    """Give the routers that this site can serve."""
    office = ROUTERS if "office" in parts.extra else ()
    caseload = CASELOAD if "caseload" in parts.extra else ()
    network = NETWORK if "network" in parts.extra else ()
    papers = PAPERS if "papers" in parts.extra else ()
    messages = MESSAGES if "messages" in parts.extra else ()
    attachments = ATTACHMENTS if "attachments" in parts.extra else ()
    keeping = KEEPING if "drafts" in parts.extra else ()
    return (*network, *papers, *messages, *attachments, *office, *caseload, *keeping)
