"""What the pages of the office need beside the shell: jobs, imports, figures, settings.

`yizhan/wiring.py` puts one `OfficeParts` into `SiteParts.extra["office"]`; without it the site has
none of these pages.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Protocol

from starlette.requests import Request

from application.jobs import Jobs
from application.office_settings import OfficeSettings
from application.registers.desk import ImportDesk
from application.staffing import Staffing
from projections.directory_reader import DirectoryReader
from projections.runner import Runner
from projections.statistics import Statistics
from web.access import parts


class Places(Protocol):
    """Where positions stand in the log; `application.log.places.EventPlaces` is one."""

    def versions(self, positions: Collection[int]) -> Mapping[int, tuple[str, int]]:
        """Give stream and version of each position."""
        ...


@dataclass(frozen=True)
class OfficeParts:
    """The services and readers of these pages."""

    jobs: Jobs
    imports: ImportDesk
    statistics: Statistics
    entries: DirectoryReader
    places: Places
    runner: Runner
    settings: OfficeSettings
    staffing: Staffing


def office(request: Request) -> OfficeParts:
    """Give the parts of the office's pages."""
    found: OfficeParts = parts(request).extra["office"]
    return found
