"""What each role may do with each table: nothing that is not written here."""

import psycopg
import pytest

from tests.database import Database

pytestmark = pytest.mark.postgres

VERBS = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")
READ, WRITE = frozenset({"SELECT"}), frozenset({"SELECT", "INSERT", "UPDATE", "DELETE"})
NOTHING: frozenset[str] = frozenset()

# Table or schema -> role -> verbs on the whole table; the table's own line goes first.
ALLOWED = {
    "log.events": {"writer": READ, "projector": READ, "reader": READ},
    "log.commands": {"writer": READ, "projector": READ, "reader": READ},
    "log.watermark": {"writer": READ, "projector": READ, "reader": READ},
    "log.identity": {"writer": READ, "projector": READ, "reader": READ, "keys": READ},
    "log.reads": {"writer": READ, "reader": READ},
    "log.lookups": {"writer": READ, "reader": READ},
    "office.calendar_versions": {"writer": frozenset({"SELECT", "INSERT"})},
    "keys": {"keys": WRITE},
    "office": {"writer": WRITE},
    "guard": {"writer": READ, "reader": READ},
    "wall": {"writer": READ, "reader": READ, "projector": frozenset(VERBS)},
    "migrations": {"writer": READ, "projector": READ, "reader": READ, "keys": READ},
}
# What is granted on single columns only, by the columns that it leaves out.
LEFT_OUT = {
    ("log.reads", "writer", "INSERT"): {"id", "at", "db_user"},
    ("log.lookups", "writer", "INSERT"): {"id", "at"},
    ("log.watermark", "projector", "UPDATE"): {"only_row"},
}


@pytest.mark.parametrize("role", ["writer", "projector", "reader", "keys"])
def test_a_role_has_exactly_its_verbs_on_every_table(database: Database, role: str) -> None:
    with psycopg.connect(database.conninfo("projector")) as connection:
        connection.execute("CREATE TABLE wall.example (a int)")
    with psycopg.connect(database.conninfo("owner")) as connection:
        rows = connection.execute(
            "SELECT table_schema || '.' || table_name,"
            " array(SELECT verb FROM unnest(%s::text[]) verb WHERE has_table_privilege(%s,"
            "  format('%%I.%%I', table_schema, table_name), verb))"
            " FROM information_schema.tables"
            " WHERE table_schema NOT IN ('pg_catalog', 'information_schema') ORDER BY 1",
            [list(VERBS), f"yizhan_{role}"],
        ).fetchall()
    assert len(rows) > 15
    for table, verbs in rows:
        schema = table.split(".")[0]
        wanted = ALLOWED.get(table, ALLOWED.get(schema, {})).get(role, NOTHING)
        assert (table, set(verbs) & set(VERBS)) == (table, set(wanted))


def test_single_columns_are_granted_where_this_page_says_so_and_nowhere_else(
    database: Database,
) -> None:
    with psycopg.connect(database.conninfo("owner")) as connection:
        rows = connection.execute(
            "SELECT table_schema || '.' || table_name, substr(grantee, 8), privilege_type,"
            " array(SELECT attname::text FROM pg_attribute WHERE attnum > 0 AND attrelid ="
            "  format('%I.%I', table_schema, table_name)::regclass"
            "  AND attname <> ALL (array_agg(column_name)))"
            " FROM information_schema.column_privileges c"
            " WHERE grantee LIKE 'yizhan%' AND grantee <> 'yizhan_owner' AND NOT EXISTS ("
            "  SELECT FROM information_schema.table_privileges t WHERE (t.table_schema,"
            "  t.table_name, t.grantee, t.privilege_type)"
            "  = (c.table_schema, c.table_name, c.grantee, c.privilege_type))"
            " GROUP BY table_schema, table_name, grantee, privilege_type"
        ).fetchall()
    assert {(table, role, verb): set(names) for table, role, verb, names in rows} == LEFT_OUT


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE log.reads SET purpose = ''",
        "DELETE FROM log.reads",
        "TRUNCATE log.reads",
        "INSERT INTO log.reads (at, who) VALUES (now(), '')",
    ],
)
def test_the_read_log_only_grows_and_its_time_is_not_the_writers(
    database: Database, statement: str
) -> None:
    with psycopg.connect(database.conninfo("writer"), autocommit=True) as connection:
        connection.execute(
            "INSERT INTO log.reads (who, role, station, stream, field_class, purpose, route,"
            " outcome) VALUES ('a-1', 'mediator', 's-1', 'dispute-1', 'id', 'check', '/x', 'shown')"
        )
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(statement.encode())
        row = connection.execute("SELECT count(*), min(db_user) FROM log.reads").fetchone()
    assert row == (1, "yizhan_writer")


@pytest.mark.parametrize(
    "statement", ["UPDATE log.reads SET purpose = ''", "DELETE FROM log.reads"]
)
def test_even_the_owner_does_not_change_the_read_log(database: Database, statement: str) -> None:
    with (
        psycopg.connect(database.conninfo("owner")) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute(statement.encode())


def test_a_destroyed_key_is_gone_and_says_when(database: Database) -> None:
    with database.pools.keys.connection() as connection:
        connection.execute(
            "INSERT INTO keys.subject_keys (subject, kid, wrapped)"
            " VALUES ('person-1', 'k1', '\\x01')"
        )
        with pytest.raises(psycopg.errors.CheckViolation):
            connection.execute("UPDATE keys.subject_keys SET destroyed_at = now()")
        connection.execute("UPDATE keys.subject_keys SET destroyed_at = now(), wrapped = NULL")


@pytest.mark.parametrize("role", ["writer", "projector", "reader", "keys"])
def test_no_role_makes_schemas_or_changes_tables(database: Database, role: str) -> None:
    with psycopg.connect(database.conninfo(role), autocommit=True) as connection:
        for statement in ("CREATE SCHEMA mine", "ALTER TABLE log.events ADD COLUMN x int"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement.encode())
