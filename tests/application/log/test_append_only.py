"""What each role may do to the log: add through one function, change nothing (F1, 7.2)."""

from datetime import UTC, datetime

import psycopg
import pytest

from tests.application.log import trial
from tests.application.log.trial import new_stream, noting, stamp
from tests.database import Database

ROLES = ("writer", "projector", "reader", "keys")
TABLES = (
    "log.events",
    "log.commands",
    "log.identity",
    "guard.open_case",
    "guard.voucher",
    "guard.serial",
    "guard.booking",
    "guard.source_row",
)
INSERT = (
    "INSERT INTO log.events (originator_id, originator_version, topic, state, event_id, metadata)"
    " VALUES ('a', 1, 'a.b', '{}', gen_random_uuid(), '{}')"
)
FORBIDDEN = [
    INSERT,
    "INSERT INTO log.commands VALUES (gen_random_uuid(), '{1}', '[]')",
    "ALTER TABLE log.events ADD COLUMN extra text",
    "ALTER TABLE log.events DISABLE TRIGGER ALL",
    "DROP TABLE log.events",
    "SELECT setval('log.events_notification_id_seq', 1)",
    "SELECT nextval('log.events_notification_id_seq')",
    "SELECT log.set_clock(now())",
    "SELECT log.use_test_clock()",
    "SELECT guard.change('[]')",
    "INSERT INTO guard.serial VALUES ('440784', 2026, 'seeker', 1)",
    "CREATE TABLE log.mine (a int)",
    "SET session_replication_role = 'replica'",
]


def refused(database: Database, role: str, statement: str) -> bool:
    with psycopg.connect(database.conninfo(role), autocommit=True) as conn:
        try:
            conn.execute(statement)
        except psycopg.errors.InsufficientPrivilege:
            return True
    return False


@pytest.fixture
def written(database: Database) -> Database:
    trial.store(database.pools.writer).decide(stamp(), noting(new_stream(), "a"))
    return database


def test_no_role_of_the_program_changes_or_deletes(written: Database) -> None:
    columns = {"log.commands": "result", "log.events": "topic", "log.identity": "clock"}
    for role in ROLES:
        for table in TABLES:
            column = columns.get(table, "stream" if table != "guard.serial" else "last")
            for statement in (
                f"UPDATE {table} SET {column} = {column}",
                f"DELETE FROM {table}",
                f"TRUNCATE {table}",
            ):
                assert refused(written, role, statement), (role, statement)


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_no_role_of_the_program_goes_round_the_function(written: Database, statement: str) -> None:
    assert [role for role in ROLES if not refused(written, role, statement)] == []


@pytest.mark.parametrize("verb", ["UPDATE log.events SET topic = ''", "DELETE FROM log.events"])
@pytest.mark.parametrize("role", ["owner", "superuser"])
def test_triggers_refuse_even_those_who_have_the_right(
    written: Database, role: str, verb: str
) -> None:
    conninfo = (
        written.conninfo("owner")
        if role == "owner"
        else written.server.conninfo(written.name, "postgres")
    )
    with psycopg.connect(conninfo, autocommit=True) as conn:
        for statement in (verb, "TRUNCATE log.events", "DELETE FROM log.commands"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege, match="append-only"):
                conn.execute(statement)
        if role == "superuser":
            conn.execute("SET session_replication_role = 'replica'")
            with pytest.raises(psycopg.errors.InsufficientPrivilege, match="append-only"):
                conn.execute(verb)


def test_only_the_projector_moves_the_watermark_and_only_forward(written: Database) -> None:
    move = "UPDATE log.watermark SET position = %d"
    for role in ("writer", "reader", "keys"):
        assert refused(written, role, move % 5)
    assert not refused(written, "projector", move % 5)
    assert refused(written, "projector", move % 4)
    assert refused(written, "projector", "DELETE FROM log.watermark")


def test_the_row_names_the_session_that_wrote_it_and_not_the_functions_owner(
    written: Database,
) -> None:
    with psycopg.connect(written.conninfo("reader")) as conn:
        assert conn.execute("SELECT db_user FROM log.events").fetchall() == [("yizhan_writer",)]


def test_the_clock_of_a_test_database_stands_where_it_is_set(written: Database) -> None:
    with psycopg.connect(written.conninfo("owner"), autocommit=True) as owner:
        owner.execute("SELECT log.set_clock('2026-03-02 09:00+08')")
    store, stream = trial.store(written.pools.writer), new_stream()
    store.decide(stamp(), noting(stream, "a"))
    (recorded,) = store.history(stream)
    assert recorded.recorded_at == datetime(2026, 3, 2, 1, tzinfo=UTC)


def test_a_log_with_facts_keeps_the_systems_clock(written: Database) -> None:
    with psycopg.connect(written.conninfo("owner")) as owner:
        owner.execute("UPDATE log.identity SET clock = 'system', stands_at = NULL")
        for call in ("log.use_test_clock()", "log.set_clock(now())"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege), owner.transaction():
                owner.execute(f"SELECT {call}")
