"""The log reader: pages up to the watermark, whole streams, leadership, unreadable rows."""

import psycopg
import pytest

from application.log.mapper import LogMapper
from application.log.reader import LogReader
from domain.kernel import Sealed, Unreadable
from tests.application.log import trial
from tests.application.log.trial import CATALOGUE, Noted, giving, new_stream, noting, stamp
from tests.database import Database


@pytest.fixture
def reader(database: Database) -> LogReader:
    """Give the projector's reader: it has no keys."""
    return LogReader(database.pools.projector, LogMapper(CATALOGUE))


def test_nothing_is_read_above_the_watermark(database: Database, reader: LogReader) -> None:
    store, stream = trial.store(database.pools.writer), new_stream()
    assert (reader.drain(), reader.watermark()) == (0, 0)
    store.decide(stamp(), noting(stream, "a"))
    assert reader.read(0, 10) == []
    assert (reader.drain(), reader.watermark()) == (1, 1)
    store.decide(stamp(), noting(stream, "b"))
    (recorded,) = reader.read(0, 10)
    assert recorded.event == Noted(text="a")
    assert [r.version for r in reader.history(stream)] == [1, 2]


def test_pages_follow_each_other_in_order(database: Database, reader: LogReader) -> None:
    store = trial.store(database.pools.writer)
    for nth in range(3):
        store.decide(stamp(), giving(new_stream(), *[Noted(text=str(nth))] * 5))
    reader.drain()
    seen: list[int] = []
    while page := reader.read(seen[-1] if seen else 0, 4):
        seen += [recorded.position for recorded in page]
    assert seen == list(range(1, 16))
    assert reader.read(0, 15)[0].event_id == ""


def test_the_watermark_passes_pages_of_ten_thousand(database: Database, reader: LogReader) -> None:
    store = trial.store(database.pools.writer)
    for _ in range(3):
        store.decide(stamp(), giving(new_stream(), *[Noted(text="a")] * 7_000))
    assert reader.drain() == 21_000


def test_whole_streams_come_in_their_order(database: Database, reader: LogReader) -> None:
    store = trial.store(database.pools.writer)
    streams = sorted(new_stream() for _ in range(3))
    for text in ("a", "b", "c"):
        store.decide(stamp(), *(noting(stream, text) for stream in reversed(streams)))
    upto = reader.drain()
    store.decide(stamp(), noting(streams[0], "later"))
    first = reader.read_streams("", streams[1], upto)
    assert [(r.stream, r.version) for r in first] == [
        (stream, version) for stream in streams[:2] for version in (1, 2, 3)
    ]
    rest = reader.read_streams(streams[1], streams[2], upto)
    assert [r.stream for r in rest] == [streams[2]] * 3
    assert reader.read_streams(streams[2], "z", upto) == []


def test_a_log_is_cut_into_shares_between_its_streams(
    database: Database, reader: LogReader
) -> None:
    assert reader.stream_ends(4) == []
    store = trial.store(database.pools.writer)
    streams = sorted(new_stream() for _ in range(3))
    for stream in reversed(streams):
        store.decide(stamp(), giving(stream, *[Noted(text="a")] * 3))
    assert reader.stream_ends(4) == [streams[1], streams[2]]
    assert reader.stream_ends(1) == streams, "a stream of many shares is cut nowhere"
    assert reader.stream_ends(100) == [streams[2]]


def test_histories_end_at_a_position(database: Database, reader: LogReader) -> None:
    store = trial.store(database.pools.writer)
    one, two = new_stream(), new_stream()
    upto = store.decide(stamp(), noting(one, "a"), noting(two, "b")).position
    store.decide(stamp(), noting(one, "c"))
    found = reader.histories([one, two, "trial-unknown"], upto)
    assert {stream: len(facts) for stream, facts in found.items()} == {
        one: 1,
        two: 1,
        "trial-unknown": 0,
    }


def test_a_row_that_cannot_be_read_does_not_stop_the_others(
    database: Database, reader: LogReader
) -> None:
    store, stream = trial.store(database.pools.writer), new_stream()
    store.decide(stamp(), noting(stream, "a"))
    with psycopg.connect(database.conninfo("owner")) as owner:
        owner.execute(
            "INSERT INTO log.events (originator_id, originator_version, topic, state, event_id,"
            " metadata) VALUES (%s, 2, 'evilmod:X', '{}', gen_random_uuid(), '{}')",
            [stream],
        )
    store.decide(stamp(), noting(new_stream(), "b"))
    reader.drain()
    kinds = [type(recorded.event) for recorded in reader.read(0, 10)]
    assert kinds == [Noted, Unreadable, Noted]


def test_pages_name_each_fact_by_its_id_and_show_no_sealed_value(
    database: Database, reader: LogReader
) -> None:
    store, stream = trial.store(database.pools.writer), new_stream()
    note = Sealed("person-1", "note", "生病")
    store.decide(stamp(), giving(stream, Noted(text="a", note=note)))
    (recorded,) = reader.history(stream)
    with database.pools.reader.connection() as conn:
        assert conn.execute("SELECT event_id::text FROM log.events").fetchall() == [
            (recorded.event_id,)
        ]
    assert "生病" not in repr(recorded)
    assert store.history(stream) == [recorded]


def test_one_leads_at_a_time_and_each_version_has_a_leader_of_its_own(
    database: Database, reader: LogReader
) -> None:
    other = LogReader(database.pools.reader, LogMapper(CATALOGUE))
    with reader.leadership() as first, other.leadership() as second:
        assert (first, second) == (True, False)
        with other.leadership("caseload_v2") as rebuilding:
            assert rebuilding
    with other.leadership() as next_one:
        assert next_one


def test_a_connection_in_a_transaction_is_refused_for_draining(database: Database) -> None:
    from psycopg_pool import ConnectionPool

    with (
        ConnectionPool(database.conninfo("projector"), min_size=1) as pool,
        pytest.raises(TypeError, match="autocommit"),
    ):
        LogReader(pool, LogMapper(CATALOGUE)).drain()


def test_the_facts_of_persons_are_read_by_their_own_index(database: Database) -> None:
    with database.pools.reader.connection() as conn:
        conn.execute("SET enable_seqscan = off")
        plan = conn.execute(
            "EXPLAIN SELECT state FROM log.events WHERE notification_id > 0"
            " AND topic LIKE 'person.%' ORDER BY notification_id LIMIT 10"
        ).fetchall()
    assert any("events_of_persons" in str(line) for line in plan)
