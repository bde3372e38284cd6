"""The runner over the log on PostgreSQL: arrival, handover, poison, rebuild beside a writer."""

import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial

import psycopg
import pytest

from application.database.access import Pools
from application.deciding import Rules
from application.log.mapper import LogMapper
from application.log.reader import LogReader
from application.log.store import PostgresStore
from application.store import Part, Stamp, Who
from domain.kernel import Event
from domain.settings import Settings
from projections.rebuild import rebuild
from projections.runner import Runner
from tests.database import Database
from tests.projections.test_runner import until
from tests.projections.trial import KINDS, Opened, Paid, Till, TillView, dump, rows

TODAY = date(2026, 3, 2)
ME = Who("staff-wang", "station-1")
CATALOGUE: dict[str, type[Event]] = {kind.TOPIC: kind for kind in (Opened, Paid)}
LOST = (
    "INSERT INTO log.events (originator_id, originator_version, topic, state, event_id, metadata)"
    " VALUES (%s, %s, 'evilmod:X', '{}', gen_random_uuid(), '{}')"
)
LEADERS = (
    "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 2"
    " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)


class Tills:
    """Writes facts of tills through the store."""

    def __init__(self, pools: Pools) -> None:
        rules = Rules(lambda *_: None, lambda: TODAY, Settings, lambda *_: b"")
        self._store = PostgresStore(pools.writer, LogMapper(CATALOGUE), rules)

    def append(self, till: int, *facts: Event) -> int:
        stamp = Stamp(ME, str(uuid.uuid4()), TODAY)
        return self._store.decide(stamp, Part(Till, name(till), lambda _: list(facts))).position

    def open(self, *tills: int) -> int:
        return max(self.append(till, Opened(station="station-1")) for till in tills)


def name(till: int) -> str:
    return f"till-{till:05d}"


def runner(pools: Pools) -> Runner:
    reader = LogReader(pools.projector, LogMapper(CATALOGUE))
    made = Runner(reader, pools.projector, [TillView()], KINDS)
    made.prepare()
    return made


def reader_of(pools: Pools) -> LogReader:
    return LogReader(pools.projector, LogMapper(CATALOGUE))


def wall(pools: Pools) -> dict[str, bytes]:
    return dump(pools.projector, TillView.tables)


def rebuilt(pools: Pools) -> dict[str, bytes]:
    again = runner(pools)
    rebuild(again, reader_of(pools), pools.projector, again.projections)
    return wall(pools)


@contextmanager
def running(*runners: Runner) -> Iterator[None]:
    """Let runners run in their threads, started one after the other."""
    try:
        for one in runners:
            one.start()
            assert until(lambda: any(each.leads for each in runners))
        yield
    finally:
        for one in runners:
            one.stop()


def _holds(written: list[int], least: int) -> bool:
    return len(written) >= least


@pytest.fixture
def tills(database: Database) -> Tills:
    return Tills(database.pools)


def test_an_appended_fact_arrives_and_its_writer_can_wait_for_it(
    database: Database, tills: Tills
) -> None:
    made = runner(database.pools)
    with running(made):
        tills.open(1)
        for amount in range(1, 11):
            position = tills.append(1, Paid(amount=amount))
            assert made.wait_for(position)
            found = rows(database.pools.reader, "SELECT paid, seen FROM wall.trial_tills")
            assert found == [(amount * (amount + 1) // 2, {"last": position})]
        assert not made.wait_for(position + 1, timeout=0.05)
    assert made.health().lag == 0


def test_two_processes_share_one_leader_and_the_second_takes_over(
    database: Database, tills: Tills
) -> None:
    with Pools(database.access) as others:
        one, two = runner(database.pools), runner(others)
        with running(one, two):
            assert (one.leads, two.leads) == (True, False)
            assert two.wait_for(tills.open(1, 2, 3))
            one.stop()
            assert until(lambda: two.leads)
            assert two.wait_for(tills.append(2, Paid(amount=7)))
        live = wall(database.pools)
    assert rows(database.pools.reader, "SELECT facts, paid FROM wall.trial_days") == [(4, 7)]
    assert rebuilt(database.pools) == live


def test_a_leader_whose_session_is_lost_doubles_nothing(database: Database, tills: Tills) -> None:
    with Pools(database.access) as others:
        one, two = runner(database.pools), runner(others)
        with running(one, two):
            assert two.wait_for(tills.open(*range(20)))
            with psycopg.connect(database.conninfo("owner")) as owner:
                assert owner.execute(LEADERS).fetchall() == [(True,)]
            assert until(lambda: two.leads)
            for till in range(20):
                position = tills.append(till, Paid(amount=till))
            assert two.wait_for(position)
            assert one.wait_for(position)
    assert rows(database.pools.reader, "SELECT facts, paid FROM wall.trial_days") == [(40, 190)]


@pytest.mark.parametrize("kept", [True, False], ids=["by the runner", "by its successor"])
def test_a_row_of_an_unknown_topic_parks_its_case_and_the_rest_flows(
    database: Database, tills: Tills, *, kept: bool
) -> None:
    tills.open(1, 2)
    first = runner(database.pools)
    first.catch_up()
    with psycopg.connect(database.conninfo("owner")) as owner:
        owner.execute(LOST, [name(1), 2])
    tills.append(2, Paid(amount=5))
    made = first if kept else runner(database.pools)
    made.catch_up()
    (parked,) = made.health().parked
    assert (parked.stream, parked.position, parked.topic) == (name(1), 3, "evilmod:X")
    assert made.health().lag == 0
    found = rows(database.pools.reader, "SELECT stream, paid FROM wall.trial_tills ORDER BY 1")
    assert found == [(name(1), 0), (name(2), 5)]
    live = wall(database.pools)
    assert rebuilt(database.pools) == live
    assert made.health().parked == (parked,)


def test_a_rebuild_beside_a_writing_thread_equals_a_later_one(
    database: Database, tills: Tills
) -> None:
    tills.open(*range(30))
    made = runner(database.pools)
    ended = threading.Event()
    written: list[int] = []

    def write() -> None:
        while not ended.is_set():
            written.append(tills.append(len(written) % 30, Paid(amount=len(written))))

    writer = threading.Thread(target=write)
    with running(made):
        writer.start()
        try:
            for least in (6, 12, 18):
                assert until(partial(_holds, written, least))
                rebuild(made, reader_of(database.pools), database.pools.projector, made.projections)
        finally:
            ended.set()
            writer.join()
        assert made.wait_for(written[-1], timeout=10)
    live = wall(database.pools)
    total = sum(range(len(written)))
    counted = rows(database.pools.reader, "SELECT facts, paid FROM wall.trial_days")
    assert counted == [(30 + len(written), total)]
    assert rebuilt(database.pools) == live
