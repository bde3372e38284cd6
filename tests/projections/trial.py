"""A log in memory with real positions, and small views over facts of its own, for the runner."""

import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

from domain.kernel import Aggregate, Event, Recorded, Unreadable, applies
from projections.folding import Case, Follower, Put
from projections.runner import Pool
from projections.tables import Table


class Opened(Event, frozen=True, kw_only=True):
    TOPIC = "trial.opened"

    station: str


class Paid(Event, frozen=True, kw_only=True):
    TOPIC = "trial.paid"

    amount: int


class Till(Aggregate):
    station: str = ""
    paid: int = 0

    @applies(Opened)
    def _opened(self, fact: Opened, _on: date) -> None:
        self.station = fact.station

    @applies(Paid)
    def _paid(self, fact: Paid, _on: date) -> None:
        self.paid += fact.amount


class FakeLog:
    """The signatures of the log's reader, and `append`."""

    def __init__(self) -> None:
        self.facts: list[Recorded] = []
        self._versions: dict[str, int] = {}
        self._leader = threading.Lock()

    def append(self, stream: str, event: Event, day: date = date(2026, 3, 2)) -> int:
        version = self._versions[stream] = self._versions.get(stream, 0) + 1
        self.facts.append(
            Recorded(
                position=len(self.facts) + 1,
                stream=stream,
                version=version,
                event=event,
                command_id="c",
                actor="staff-1",
                station="station-1",
                occurred_on=day,
                recorded_at=datetime(2026, 3, 2, 9, tzinfo=UTC),
            )
        )
        return len(self.facts)

    def watermark(self) -> int:
        return len(self.facts)

    drain = watermark

    def read(self, after: int, limit: int) -> list[Recorded]:
        return self.facts[after : after + limit]

    def histories(self, streams: Sequence[str], upto: int) -> dict[str, list[Recorded]]:
        found: dict[str, list[Recorded]] = {stream: [] for stream in streams}
        for recorded in self.facts[:upto]:
            if recorded.stream in found:
                found[recorded.stream].append(recorded)
        return found

    def stream_ends(self, size: int) -> list[str]:
        streams = sorted(recorded.stream for recorded in self.facts)
        return sorted({*streams[size - 1 :: size], *streams[-1:]})

    def read_streams(self, after: str, last: str, upto: int) -> list[Recorded]:
        found = self.histories([s for s in self._versions if after < s <= last], upto)
        return [recorded for stream in sorted(found) for recorded in found[stream]]

    @contextmanager
    def leadership(self, name: str = "log") -> Iterator[bool]:
        if name != "log":
            yield True
            return
        leads = self._leader.acquire(blocking=False)
        try:
            yield leads
        finally:
            if leads:
                self._leader.release()


TILLS = Table(
    "trial_tills",
    {
        "stream": 'text COLLATE "C"',
        "station": "text NOT NULL",
        "paid": "bigint NOT NULL",
        "seen": "jsonb NOT NULL",
    },
    keys=1,
    indexes=("(station, paid)",),
)
DAYS = Table(
    "trial_days",
    {"day": "date", "facts": "bigint NOT NULL", "paid": "bigint NOT NULL"},
    keys=1,
    added=frozenset({"facts", "paid"}),
)


class TillView:
    """A row a case, and a total a day; `version` and `broken` are set by a test."""

    name = "trial"
    tables = (TILLS, DAYS)

    def __init__(self, version: str = "1", broken: Iterable[str] = ()) -> None:
        self.version, self.broken = version, set(broken)

    def follow(self, stream: str, kind: str) -> Follower | None:
        return TillFollower(self) if kind == "trial" else None


class TillFollower:
    def __init__(self, view: TillView) -> None:
        self._view = view

    def take(self, recorded: Recorded, case: Case) -> Iterable[Put]:
        if case.stream in self._view.broken and isinstance(recorded.event, Paid):
            raise ValueError("cannot count")
        state: Till = case.state
        paid = recorded.event.amount if isinstance(recorded.event, Paid) else 0
        yield TILLS, (case.stream, state.station, state.paid, {"last": recorded.position})
        yield DAYS, (recorded.occurred_on, 1, paid)


KINDS = {"trial": Till}


def some_facts(log: FakeLog, cases: int, each: int = 5) -> FakeLog:
    """Append facts of several cases, interleaved."""
    for number in range(cases):
        log.append(f"till-{number:05d}", Opened(station=f"station-{number % 3}"))
    for turn in range(each - 1):
        for number in range(cases):
            day = date(2026, 3, 2 + (number + turn) % 9)
            log.append(f"till-{number:05d}", Paid(amount=number * 7 + turn), day)
    return log


def poison(log: FakeLog, stream: str) -> int:
    """Append a row that the catalogue cannot read."""
    return log.append(stream, Unreadable(topic="trial.lost", error="KeyError: 'trial.lost'"))


def dump(pool: Pool, tables: Iterable[Table]) -> dict[str, bytes]:
    """Give every table as bytes, in the order of its key."""
    found: dict[str, bytes] = {}
    with pool.connection() as conn:
        for table in tables:
            order = ", ".join(table.names[: table.keys])
            with conn.cursor().copy(
                f"COPY (SELECT * FROM wall.{table.name} ORDER BY {order}) TO STDOUT"
            ) as copy:
                found[table.name] = b"".join(bytes(block) for block in copy)
    return found


def rows(pool: Pool, query: str, *values: Any) -> list[tuple[Any, ...]]:
    """Ask the wall."""
    with pool.connection() as conn:
        return conn.execute(query, values).fetchall()
