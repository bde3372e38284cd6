"""One writer of the append bench, a process: `python -m bench.writer plain|log|store|library DSN`.

Every contestant appends to fresh cases, twelve appends each, and checks the expected version.
"""

import json
import random
import sys
import uuid
from collections.abc import Callable, Sequence
from time import perf_counter
from typing import Any, Protocol

import msgspec
from eventsourcing.application import Application
from eventsourcing.domain import Aggregate as LibraryAggregate
from eventsourcing.domain import event
from psycopg.conninfo import conninfo_to_dict

from application.database.access import Access, Pools
from application.deciding import Rules
from application.log.mapper import LogMapper
from application.log.recorder import LogRecorder, Pool
from application.log.rows import Meta, Pending
from application.log.seams import LogApplication
from application.log.store import PostgresStore
from application.store import Part, Stamp, Who
from bench.kinds import CATALOGUE, DAY, WORD, BenchCase, BenchFact, facts
from bench.rig import connect
from domain.settings import Settings

APPENDS = 12


class Contestant(Protocol):
    """What appends."""

    def start(self) -> None:
        """Begin a new case."""
        ...

    def append(self, new: Sequence[BenchFact]) -> None:
        """Append facts in one transaction."""
        ...


class Plain:
    """The limit: one INSERT a transaction; UNIQUE (stream, version) is the check."""

    ONE = "INSERT INTO plain (stream, version, type, data) VALUES (%s, %s, %s, %s::jsonb)"
    MANY = (
        "INSERT INTO plain (stream, version, type, data) SELECT %s, %s + nth, t, d"
        " FROM unnest(%s::text[], %s::jsonb[]) WITH ORDINALITY AS u(t, d, nth)"
    )

    def __init__(self, conninfo: str) -> None:
        """Connect."""
        self._conn = connect(conninfo)

    def start(self) -> None:
        """Begin a new case."""
        self._stream, self._version = f"{WORD}-{uuid.uuid4()}", 0

    def append(self, new: Sequence[BenchFact]) -> None:
        """Insert."""
        bodies = [msgspec.json.encode(fact).decode() for fact in new]
        if len(new) == 1:
            values: list[Any] = [self._stream, self._version + 1, new[0].NAME, bodies[0]]
            self._conn.execute(self.ONE, values)
        else:
            names = [fact.NAME for fact in new]
            self._conn.execute(self.MANY, [self._stream, self._version, names, bodies])
        self._version += len(new)


class Log:
    """The product's writing path: Mapper, Recorder, `log.append`, as the Store goes it."""

    def __init__(self, conninfo: str, pool: Pool | None = None) -> None:
        """Open the writer's pool as the product does."""
        self.pool = pool or Pools(Access(conninfo, conninfo, conninfo, conninfo)).writer
        self.mapper = LogMapper(CATALOGUE)
        recorder = LogApplication(self.pool, self.mapper).recorder
        if not isinstance(recorder, LogRecorder):
            raise TypeError(type(recorder).__name__)
        self._recorder = recorder

    def start(self) -> None:
        """Begin a new case."""
        self.stream, self.version = f"{WORD}-{uuid.uuid4()}", 0

    def append(self, new: Sequence[BenchFact]) -> None:
        """Append as one command."""
        rows = [
            self.mapper.to_stored_event(Pending(self.stream, self.version + nth, fact))
            for nth, fact in enumerate(new, start=1)
        ]
        meta = Meta(str(uuid.uuid4()), "bench", "station-bench", DAY)
        self._recorder.insert_events(rows, meta=meta, answer=[self.stream])
        self.version += len(new)


class Store(Log):
    """A whole decision: load the case, decide, guard, append."""

    WHO = Who(account="bench", station="station-bench")

    def __init__(self, conninfo: str) -> None:
        """Build the product's Store with rules that let everything through."""
        super().__init__(conninfo)
        rules = Rules(lambda *_: None, lambda: DAY, Settings, str.encode)
        self._store = PostgresStore(self.pool, self.mapper, rules)

    def append(self, new: Sequence[BenchFact]) -> None:
        """Decide."""
        stamp = Stamp(self.WHO, str(uuid.uuid4()), DAY)
        self._store.decide(stamp, Part(BenchCase, self.stream, lambda _: list(new), ""))


class Library:
    """The library as it comes: its Application, recorder, mapper and schema."""

    def __init__(self, conninfo: str) -> None:
        """Give it the same server by its own settings."""
        self._app = library(conninfo)

    def start(self) -> None:
        """Begin a new case."""
        self._case: LibraryCase | None = None

    def append(self, new: Sequence[BenchFact]) -> None:
        """Save."""
        for fact in new:
            body = {name: getattr(fact, name) for name in ("by", "station", "at", "amount", "note")}
            if self._case is None:
                self._case = LibraryCase(kind=fact.NAME, body=body)
            else:
                self._case.record(kind=fact.NAME, body=body)
        if self._case is not None:
            self._app.save(self._case)


class LibraryCase(LibraryAggregate):
    """The case in the library's declarative manner."""

    @event("Registered")
    def __init__(self, kind: str, body: dict[str, Any]) -> None:
        """Begin."""
        self.status, self.station = kind, body["station"]
        self.amount = body["amount"]

    @event("Noted")
    def record(self, kind: str, body: dict[str, Any]) -> None:
        """Go on."""
        self.status, self.station = kind, body["station"]
        self.amount += body["amount"]


class LibraryLog(Application[uuid.UUID]):
    """The library's application with its own tables."""


def library(conninfo: str) -> LibraryLog:
    """Open the library's application over a connection string."""
    return LibraryLog(env=settings(conninfo))


def settings(conninfo: str) -> dict[str, str]:
    """Say a connection string in the library's own settings."""
    given = conninfo_to_dict(conninfo)
    return {
        "PERSISTENCE_MODULE": "eventsourcing.postgres",
        "POSTGRES_DBNAME": str(given["dbname"]),
        "POSTGRES_HOST": str(given["host"]),
        "POSTGRES_PORT": str(given.get("port") or 5432),
        "POSTGRES_USER": str(given["user"]),
        "POSTGRES_PASSWORD": str(given.get("password") or ""),
        "POSTGRES_POOL_SIZE": "1",
    }


CONTESTANTS: dict[str, Callable[[str], Contestant]] = {
    "plain": Plain,
    "log": Log,
    "store": Store,
    "library": Library,
}


def main() -> None:
    """Answer `{"t": seconds, "k": facts}` by `{"n": facts appended}` until the input ends."""
    contestant = CONTESTANTS[sys.argv[1]](sys.argv[2])
    pool = facts()
    at = random.randrange(len(pool))  # noqa: S311 - where to begin in a workload
    contestant.start()
    print('"ready"', flush=True)
    count = 0
    for line in sys.stdin:
        ask = json.loads(line)
        done, end = 0, perf_counter() + ask["t"]
        while perf_counter() < end:
            if count % APPENDS == 0:
                contestant.start()
            count += 1
            new = [pool[(at + nth) % len(pool)] for nth in range(ask["k"])]
            at += ask["k"]
            contestant.append(new)
            done += ask["k"]
        print(json.dumps({"n": done}), flush=True)


if __name__ == "__main__":
    main()
