"""The parts of the office's pages over one test database: jobs, imports, figures, settings."""

from collections.abc import Collection, Mapping
from pathlib import Path

from application.accounts import Accounts
from application.accounts import Outside as AccountsOutside
from application.jobs import Jobs
from application.office_settings import OfficeSettings
from application.passwords import ASVS, Hasher
from application.people.blind import BlindIndex
from application.people.sealing import Box
from application.people.vault import Vault
from application.registers.desk import ImportDesk, Outside
from application.registers.importing import Log
from application.registers.uploads import Uploads
from application.staffing import Staffing
from domain.catalogue import aggregates, catalogue
from projections.directory_reader import DirectoryReader
from projections.runner import Runner
from projections.statistics import Statistics
from tests.application.people.conftest import Office as People
from tests.application.registers.fake_log import FakeLog as FakeRegister
from tests.database import Database
from tests.projections.played import views_now
from tests.projections.trial import FakeLog
from tests.web import fakes
from web.office_parts import OfficeParts
from web.parts import SiteParts


class FakePlaces:
    """Positions of a log in memory."""

    def __init__(self, log: FakeLog) -> None:
        self._log = log

    def versions(self, positions: Collection[int]) -> Mapping[int, tuple[str, int]]:
        return {
            f.position: (f.stream, f.version) for f in self._log.facts if f.position in positions
        }


def office(
    database: Database, folder: Path, *, register: Log | None = None, log: FakeLog | None = None
) -> OfficeParts:
    """Put the parts together; the worker of the jobs is run by hand."""
    pools = database.pools
    jobs = Jobs(pools.writer)
    outside = Outside(
        catalogue(), folder / "profiles", lambda _account: MANAGER.who, lambda _at, _seconds: True
    )
    log = log or FakeLog()
    made = Runner(log, pools.projector, views_now(), aggregates())
    made.prepare()
    return OfficeParts(
        jobs=jobs,
        imports=ImportDesk(jobs, Uploads(folder / "uploads"), register or FakeRegister(), outside),
        statistics=Statistics(pools.reader),
        entries=DirectoryReader(pools.reader),
        places=FakePlaces(log),
        runner=made,
        settings=OfficeSettings(pools.writer),
        staffing=staffing(database, folder),
    )


def staffing(database: Database, folder: Path) -> Staffing:
    """Wire persons and accounts over one store, as a web process does."""
    vault = Vault.unlock(database.pools.keys, {}, folder, may_make=True)
    people = People(database, vault, BlindIndex(database.pools.keys, vault))
    outside = AccountsOutside(clock=lambda: fakes.NOW)
    hasher = Hasher(memory_kib=8)
    made = Accounts(
        people.store, database.pools.writer, Box(bytes(32)), outside, profile=ASVS, hasher=hasher
    )
    return Staffing(people.persons, made)


def parts(own: OfficeParts) -> SiteParts:
    """Give a site that has these pages."""
    return fakes.parts(extra={"office": own})


MANAGER = fakes.signed("station_manager")
