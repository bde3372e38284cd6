"""A vault, its indexes, and the whole service of persons on a fresh database."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest

from application import rights
from application.deciding import Rules
from application.log.mapper import LogMapper
from application.log.reader import LogReader
from application.log.store import PostgresStore
from application.people.blind import BlindIndex
from application.people.names import NameIndex
from application.people.reads import ReadLog
from application.people.sight import Sight
from application.people.vault import Vault
from application.persons import Outside, Papers, Persons, open_cases
from application.store import Stamp, Who
from domain.catalogue import catalogue
from domain.identity import FEMALE
from domain.settings import Settings
from tests.database import Database

TODAY = date(2026, 3, 2)
MANAGER = Who("staff-li", "station-1", frozenset({"station_manager"}), frozenset({"station-1"}))
WORKER = Who("staff-wang", "station-1", frozenset({"caseworker"}), frozenset({"station-1"}))
GONG = Papers("龚凤", FEMALE, id_no="449901198403120229")


def stamp(who: Who = WORKER, command: str = "") -> Stamp:
    """A command of today."""
    return Stamp(who, command or str(uuid4()), TODAY)


@dataclass
class Office:
    """Everything about persons, wired as a web process is."""

    database: Database
    vault: Vault
    index: BlindIndex
    keep_until: date | None = None
    last_cases: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Put the services together."""
        pools = self.database.pools
        mapper = LogMapper(catalogue(), self.vault.seal)
        rules = Rules(rights.check, lambda: TODAY, Settings, self.index.index_of)
        self.store = PostgresStore(pools.writer, mapper, rules)
        self.leader = LogReader(pools.projector, LogMapper(catalogue()))
        self.names = NameIndex(self.vault, LogReader(pools.reader, LogMapper(catalogue())).read)
        self.outside = Outside(
            open_case=open_cases(pools.reader),
            keep_until=lambda _person: self.keep_until,
            last_cases=lambda _persons: self.last_cases,
        )
        self.persons = Persons(self.store, self.vault, self.index, self.names, self.outside)
        self.sight = Sight(self.store, self.vault, self.index, self.names, ReadLog(pools.writer))

    def register(self, papers: Papers = GONG, phone: str = "13800138000") -> str:
        """Register a person, let the log settle, give the person."""
        done = self.persons.register(
            papers, domicile="440784", phone=phone, address="沙坪街道幸福路1号", stamp=stamp()
        )
        self.leader.drain()
        return done.streams[0]

    def reads(self) -> list[tuple[str, ...]]:
        """Give the rows of the read log."""
        with self.database.pools.reader.connection() as conn:
            return conn.execute(
                "SELECT kind, who, role, stream, field_class, purpose, outcome"
                " FROM log.reads ORDER BY id"
            ).fetchall()


@pytest.fixture
def vault(database: Database, tmp_path: Path) -> Vault:
    """A vault whose master key was made in a folder of the test."""
    return Vault.unlock(database.pools.keys, {}, tmp_path, may_make=True)


@pytest.fixture
def index(database: Database, vault: Vault) -> BlindIndex:
    """The blind indexes of the database."""
    return BlindIndex(database.pools.keys, vault)


@pytest.fixture
def office(database: Database, vault: Vault, index: BlindIndex) -> Office:
    """The services of persons."""
    return Office(database, vault, index)
