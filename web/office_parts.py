"""What the pages of the office need beside the shell: jobs, imports, figures, settings.

`yizhan/wiring.py` puts one `OfficeParts` into `SiteParts.extra["office"]`; without it the site has
none of these pages.
"""

from dataclasses import dataclass

from starlette.requests import Request

from application.jobs import Jobs
from application.log.places import EventPlaces
from application.office_settings import OfficeSettings
from application.registers.desk import ImportDesk
from projections.directory_reader import DirectoryReader
from projections.runner import Runner
from projections.statistics import Statistics
from web.access import parts


@dataclass(frozen=True)
class OfficeParts:
    """The services and readers of these pages."""

    jobs: Jobs
    imports: ImportDesk
    statistics: Statistics
    entries: DirectoryReader
    places: EventPlaces
    runner: Runner
    settings: OfficeSettings


def office(request: Request) -> OfficeParts:
    """Give the parts of the office's pages."""
    found: OfficeParts = parts(request).extra["office"]
    return found
