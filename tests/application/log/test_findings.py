"""One test for each defect of the library that this code could fall back into.

The letters are those of reliability.md 1: F design findings, L limits. Those that other tests of
this folder prove: F2, L14, L15 in test_order; F3, L6 in test_lost_reply; F4, L18, L22 in
test_mapper; F1 in test_append_only; L3, L13 in test_writers; L12 in test_store.
"""

import subprocess
import sys
import threading
from pathlib import Path

import psycopg
import pytest
from eventsourcing.persistence import StoredEvent
from eventsourcing.postgres import PostgresApplicationRecorder

from application.log.mapper import Failure
from application.log.recorder import APPEND, APPEND_ONE, COLUMNS, LogRecorder
from application.log.rows import Meta, Pending
from application.log.seams import (
    SETTINGS,
    LogApplication,
    LogFactory,
    WrongSetting,
    refuse_settings,
)
from tests.application.log import trial
from tests.application.log.trial import TODAY, Noted, Trial, giving, new_stream, noting, stamp
from tests.database import Database

ROOT = Path(__file__).parents[3]


@pytest.fixture
def application(database: Database) -> LogApplication:
    return LogApplication(database.pools.writer, trial.mapper())


def test_f1_l4_nothing_of_ours_locks_a_table_or_notifies(application: LogApplication) -> None:
    recorder = application.recorder
    assert isinstance(recorder, LogRecorder)
    for theirs in ("insert_events", "select_events", "select_notifications", "subscribe"):
        assert getattr(LogRecorder, theirs) is not getattr(PostgresApplicationRecorder, theirs)
    for word in ("LOCK TABLE", "NOTIFY", "pipeline"):
        assert word not in APPEND + APPEND_ONE + COLUMNS


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("POSTGRES_ENABLE_DB_FUNCTIONS", "yes"),
        ("LOG_POSTGRES_ENABLE_DB_FUNCTIONS", "y"),
        ("CREATE_TABLE", "yes"),
        ("LOG_CREATE_TABLE", "t"),
        ("IS_SNAPSHOTTING_ENABLED", "y"),
        ("CIPHER_TOPIC", "eventsourcing.cipher:AESCipher"),
        ("COMPRESSOR_TOPIC", "zlib"),
        ("MAPPER_TOPIC", "evilmod:Mapper"),
        ("PERSISTENCE_MODULE", "eventsourcing.popo"),
        ("ORIGINATOR_ID_TYPE", "uuid"),
        ("AGGREGATE_CACHE_MAXSIZE", "10"),
    ],
)
def test_f2_l11_a_setting_of_the_library_in_the_environment_stops_the_start(
    database: Database, monkeypatch: pytest.MonkeyPatch, key: str, value: str
) -> None:
    monkeypatch.setenv(key, value)
    with pytest.raises(WrongSetting, match=key):
        trial.store(database.pools.writer)


def test_f2_l11_settings_like_ours_and_other_variables_are_let_be() -> None:
    refuse_settings({**SETTINGS, "LANG": "C.UTF-8", "POSTGRES_PASSWORD": "of another program"})


def test_f5_l26_neither_the_librarys_cipher_nor_its_compressor_is_used(
    application: LogApplication,
) -> None:
    assert (application.mapper.cipher, application.mapper.compressor) == (None, None)


def test_f6_positions_may_have_gaps_and_readers_do_not_mind(database: Database) -> None:
    store = trial.store(database.pools.writer)
    asked = stamp()
    first = store.decide(asked, noting(new_stream(), "a")).position
    store.decide(asked, noting(new_stream(), "a"))
    assert store.decide(stamp(), noting(new_stream(), "b")).position > first + 1


def test_l1_l5_the_recorder_makes_no_table_type_or_function(database: Database) -> None:
    def objects() -> list[tuple[object, ...]]:
        with database.pools.reader.connection() as conn:
            return conn.execute(
                "SELECT relname::text FROM pg_class UNION ALL SELECT proname FROM pg_proc"
                " UNION ALL SELECT typname FROM pg_type ORDER BY 1"
            ).fetchall()

    before = objects()
    application = LogApplication(database.pools.writer, trial.mapper())
    assert isinstance(application.recorder, LogRecorder)
    with pytest.raises(NotImplementedError):
        application.recorder.create_table()
    assert objects() == before


def test_l5_six_processes_start_at_once(database: Database) -> None:
    program = (
        "import sys; from psycopg_pool import ConnectionPool\n"
        "from tests.application.log import trial\n"
        "with ConnectionPool(sys.argv[1], kwargs={'autocommit': True}, min_size=1) as pool:\n"
        "    store = trial.store(pool)\n"
        "    print(store.decide(trial.stamp(), trial.noting(trial.new_stream(), 'a')).position)\n"
    )
    command = [sys.executable, "-c", program, database.conninfo("writer")]
    started = [
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(6)
    ]
    positions = sorted(int(process.communicate(timeout=60)[0]) for process in started)
    assert positions == [1, 2, 3, 4, 5, 6]


def test_l7_every_fact_has_id_metadata_and_time(database: Database) -> None:
    trial.store(database.pools.writer).decide(stamp(), noting(new_stream(), "a"))
    with database.pools.reader.connection() as conn:
        row = conn.execute(
            "SELECT event_id IS NOT NULL, metadata ?& ARRAY['command_id', 'actor', 'station',"
            " 'occurred_on'], recorded_at IS NOT NULL, convert_from(state, 'UTF8')::jsonb->>'text'"
            " FROM log.events"
        ).fetchone()
    assert row == (True, True, True, "a")


def test_l8_dead_rows_of_the_watermark_are_cleaned_up_early(database: Database) -> None:
    with database.pools.reader.connection() as conn:
        rows = conn.execute(
            "SELECT option_value::int FROM pg_class, pg_options_to_table(reloptions)"
            " WHERE oid = 'log.watermark'::regclass"
            " AND option_name = 'autovacuum_vacuum_threshold'"
        ).fetchall()
    assert rows == [(500,)]


def test_l9_ids_are_text(application: LogApplication) -> None:
    assert SETTINGS["ORIGINATOR_ID_TYPE"] == "text"
    assert isinstance(application.factory, LogFactory)
    assert application.factory.datastore.originator_id_type == "text"


def test_l11_closing_the_application_leaves_the_pool_to_its_owner(database: Database) -> None:
    application = LogApplication(database.pools.writer, trial.mapper())
    application.close()
    del application
    trial.store(database.pools.writer).decide(stamp(), noting(new_stream(), "a"))


def test_l14_l15_l18_the_librarys_subscriptions_cannot_be_used(
    application: LogApplication,
) -> None:
    for call in (
        application.recorder.subscribe,
        lambda: application.recorder.select_notifications(1, 10),
        application.recorder.max_notification_id,
    ):
        with pytest.raises(NotImplementedError, match="LogReader"):
            call()


def test_l23_snapshots_are_off(application: LogApplication) -> None:
    assert application.snapshots is None


def test_l24_folding_looks_appliers_up_and_stops_at_what_it_cannot_read(
    database: Database,
) -> None:
    store, stream = trial.store(database.pools.writer), new_stream()
    store.decide(stamp(), giving(stream, *[Noted(text=str(n)) for n in range(300)]))
    assert store.load(Trial, stream).version == 300
    assert store.load(Trial, new_stream()).version == 0
    with psycopg.connect(database.conninfo("owner")) as owner:
        owner.execute(
            "INSERT INTO log.events (originator_id, originator_version, topic, state, event_id,"
            " metadata) VALUES (%s, 301, 'evil:mod', '{}', gen_random_uuid(), '{}')",
            [stream],
        )
    with pytest.raises(Failure, match="v301"):
        store.load(Trial, stream)


def test_l25_the_mapper_takes_frozen_structs_and_nothing_else(application: LogApplication) -> None:
    with pytest.raises(TypeError):
        application.mapper.to_stored_event(object())  # type: ignore[arg-type]  # the point of the test
    with pytest.raises(TypeError):
        application.mapper.to_domain_event(StoredEvent("trial-1", 1, "trial.noted", b"{}"))


def test_l27_the_events_of_a_command_get_as_many_positions(application: LogApplication) -> None:
    command = stamp().command_id
    recordings = application.save(
        *[Pending("trial-1", nth, Noted(text="a")) for nth in (1, 2, 3)],
        meta=Meta(command, "staff-li", "station", TODAY),
        answer=["trial-1"],
    )
    assert [recording.notification.id for recording in recordings] == [1, 2, 3]


def test_l6_a_full_pool_answers_within_its_own_timeout(database: Database) -> None:
    from psycopg_pool import ConnectionPool

    from application.store import Unavailable

    with ConnectionPool(
        database.conninfo("writer"), kwargs={"autocommit": True}, min_size=1, timeout=0.3
    ) as pool:
        store = trial.store(pool)
        release = threading.Event()
        taken = threading.Event()

        def hold() -> None:
            with pool.connection():
                taken.set()
                release.wait(60)

        holder = threading.Thread(target=hold)
        holder.start()
        taken.wait(10)
        with pytest.raises(Unavailable):
            store.decide(stamp(), noting(new_stream(), "a"))
        assert holder.is_alive(), "it answered while no connection was free"
        release.set()
        holder.join()
