"""A reader of the log misses nothing while others write, and would without the drain (7.3)."""

import threading
import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random

import psycopg
import pytest

from application.log.reader import ORDER_LOCK, LogReader
from tests.application.log import trial
from tests.application.log.trial import Noted, giving, new_stream, noting, stamp
from tests.database import Database

CHANCE = Random(7)  # noqa: S311 - nothing secret hangs on it
WRITERS = 8
APPEND = """
SELECT log.append(%s::uuid, '{"command_id": "", "actor": "a", "station": "s",
                              "occurred_on": "2026-03-02"}', '[]', NULL, NULL,
                  ARRAY[%s::text], ARRAY[1::bigint], ARRAY['trial.noted'],
                  ARRAY['{"text": ""}'::bytea], ARRAY[gen_random_uuid()])
"""


class Undrained(LogReader):
    """The control: a leader that takes the last position it sees for the last there is."""

    def drain(self) -> int:
        with self._pool.connection() as conn:
            row = conn.execute(
                "UPDATE log.watermark SET position = greatest(position,"
                " (SELECT coalesce(max(notification_id), 0) FROM log.events))"
                " RETURNING position"
            ).fetchone()
        return int(row[0]) if row else 0


@dataclass
class Tail:
    """A reader that follows the log, and what it saw."""

    reader: LogReader
    seen: list[int] = field(default_factory=list)

    def follow(self, stop: threading.Event) -> None:
        cursor = settled = 0
        # The last drain may come too early after the one before: then there is another.
        while not stop.is_set() or settled < self.highest():
            settled = self.reader.drain()
            while cursor < settled:
                page = self.reader.read(cursor, 2_000)
                self.seen += [recorded.position for recorded in page]
                if not page:
                    break
                cursor = page[-1].position
            cursor = max(cursor, settled)

    def highest(self) -> int:
        with self.reader._pool.connection() as conn:
            row = conn.execute(
                "SELECT coalesce(max(notification_id), 0) FROM log.events"
            ).fetchone()
        return int(row[0]) if row else 0


def write(conninfo: str, count: int, jitter: Callable[[], tuple[float, bool]]) -> None:
    """Append one fact a transaction; some sleep before COMMIT, some are rolled back."""
    with psycopg.connect(conninfo, autocommit=True) as conn:
        written = 0
        while written < count:
            sleep, back = jitter()
            values = [uuid.uuid4(), f"trial-{uuid.uuid4()}"]
            if not sleep and not back:
                conn.execute(APPEND, values, prepare=True)
                written += 1
                continue
            with conn.transaction(force_rollback=back):
                conn.execute(APPEND, values, prepare=True)
                time.sleep(sleep)
            written += not back


def rare() -> tuple[float, bool]:
    """Roll back one in fifty; let one in two hundred wait a little before its COMMIT."""
    return (0.005 if CHANCE.random() < 0.005 else 0.0, CHANCE.random() < 0.02)


def often() -> tuple[float, bool]:
    """Let one in twenty wait 1 to 50 ms before its COMMIT, and roll back one in twenty."""
    waits = CHANCE.uniform(0.001, 0.05) if CHANCE.random() < 0.05 else 0.0
    return waits, CHANCE.random() < 0.05


@dataclass
class Plain:
    """The other control: whoever keeps the last position seen, and knows no watermark."""

    conninfo: str
    seen: list[int] = field(default_factory=list)

    def follow(self, stop: threading.Event) -> None:
        with psycopg.connect(self.conninfo, autocommit=True) as conn:
            ended = False
            while not ended:
                ended = stop.is_set()
                self.seen += [
                    position
                    for (position,) in conn.execute(
                        "SELECT notification_id FROM log.events WHERE notification_id > %s"
                        " ORDER BY notification_id",
                        [self.seen[-1] if self.seen else 0],
                        prepare=True,
                    )
                ]


def lost(
    database: Database,
    tails: Sequence[Tail | Plain],
    events: int,
    jitter: Callable[[], tuple[float, bool]],
) -> list[int]:
    """Let eight writers write under tailing readers; count what each did not see."""
    stop, each = threading.Event(), events // WRITERS
    followers = [threading.Thread(target=tail.follow, args=(stop,)) for tail in tails]
    for follower in followers:
        follower.start()
    writers = [
        threading.Thread(target=write, args=(database.conninfo("writer"), each, jitter))
        for _ in range(WRITERS)
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    stop.set()
    for follower in followers:
        follower.join()
    now = stored(database)
    assert len(now) == each * WRITERS
    for tail in tails:
        assert set(tail.seen) <= now
        assert len(set(tail.seen)) == len(tail.seen)
    return [len(now - set(tail.seen)) for tail in tails]


def tail(database: Database, kind: type[LogReader] = LogReader) -> Tail:
    return Tail(kind(database.pools.projector, trial.mapper()))


def stored(database: Database) -> set[int]:
    with database.pools.reader.connection() as conn:
        return {p for (p,) in conn.execute("SELECT notification_id FROM log.events")}


def test_the_reader_misses_nothing_of_eight_writers_and_a_plain_cursor_does(
    database: Database,
) -> None:
    ours, plain = lost(database, [tail(database), Plain(database.conninfo("reader"))], 20_000, rare)
    assert ours == 0
    assert plain > 0, "the run proves nothing: nothing was visible out of order"


def test_without_the_drain_the_same_reader_misses_facts(database: Database) -> None:
    (missed,) = lost(database, [tail(database, Undrained)], 4_000, often)
    assert missed > 0


@pytest.mark.long
def test_the_reader_misses_nothing_of_160_000_facts_with_jitter(database: Database) -> None:
    ours, plain = lost(
        database, [tail(database), Plain(database.conninfo("reader"))], 160_000, often
    )
    assert ours == 0
    assert plain > 0


def test_a_hung_writer_delays_the_watermark_and_nobody_else(database: Database) -> None:
    store = trial.store(database.pools.writer)
    reader = LogReader(database.pools.projector, trial.mapper())
    store.decide(stamp(), noting(new_stream(), "before"))
    with psycopg.connect(database.conninfo("writer")) as hung:
        hung.execute(APPEND, [uuid.uuid4(), new_stream()])
        after = store.decide(stamp(), noting(new_stream(), "after")).position
        settled = reader.drain()  # gives up waiting: the writer lets go only below
        assert settled == after - 2
        assert [r.position for r in reader.read(0, 10)] == [settled]
        hung.rollback()
    time.sleep(0.15)
    assert reader.drain() >= after
    assert [r.position for r in reader.read(0, 10)] == [after - 2, after]


def test_the_leader_drains_at_most_ten_times_a_second(database: Database) -> None:
    store = trial.store(database.pools.writer)
    reader = LogReader(database.pools.projector, trial.mapper())
    with psycopg.connect(database.conninfo("writer")) as other:
        for _ in range(3):
            other.execute(APPEND, [uuid.uuid4(), new_stream()])
            other.rollback()
            last = store.decide(stamp(), noting(new_stream(), "a")).position
    assert reader.drain() >= last  # the first gap is drained at once
    with psycopg.connect(database.conninfo("writer")) as other:
        other.execute(APPEND, [uuid.uuid4(), new_stream()])
        other.rollback()
    later = store.decide(stamp(), noting(new_stream(), "b")).position
    assert reader.drain() == last  # too early for another
    time.sleep(0.11)
    assert reader.drain() >= later


def test_consecutive_positions_need_no_lock(database: Database) -> None:
    store = trial.store(database.pools.writer)
    reader = LogReader(database.pools.projector, trial.mapper())
    store.decide(stamp(), giving(new_stream(), *[Noted(text=str(n)) for n in range(20)]))
    with psycopg.connect(database.conninfo("writer")) as holder:
        holder.execute("SELECT pg_advisory_xact_lock_shared(%s)", [ORDER_LOCK])
        assert reader.drain() == 20


def test_whoever_inserts_past_log_append_still_holds_the_lock(database: Database) -> None:
    with psycopg.connect(database.conninfo("owner")) as owner:
        owner.execute(
            "INSERT INTO log.events (originator_id, originator_version, topic, state, event_id,"
            " metadata) VALUES ('a', 1, 'trial.noted', '{}', gen_random_uuid(), '{}')"
        )
        held = owner.execute(
            "SELECT mode FROM pg_locks WHERE locktype = 'advisory' AND objid = %s"
            " AND pid = pg_backend_pid()",
            [ORDER_LOCK],
        ).fetchall()
        assert held == [("ShareLock",)]
