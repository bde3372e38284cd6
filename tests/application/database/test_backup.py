"""A backup is one moment of the log; a restored one is the same, and what is gone is named."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from uuid import uuid4

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from application.attachments.shelf import Shelf
from application.database import backup as backups
from application.database import roles
from application.database.access import Access
from application.database.embedded import EmbeddedServer
from application.database.migrate import migrate, pending
from application.database.problem import DatabaseProblem

pytestmark = pytest.mark.postgres


@pytest.fixture(params=["server", "system_server"])
def either(request: pytest.FixtureRequest) -> EmbeddedServer:
    found = request.getfixturevalue(request.param)
    assert isinstance(found, EmbeddedServer)
    return found


def _new(server: EmbeddedServer) -> Access:
    name = f"t_{uuid4().hex}"
    server.create_database(name)
    return Access.embedded(server, name)


@pytest.fixture
def filled(either: EmbeddedServer) -> Iterator[Access]:
    """A database with three facts, a key, a setting, and a table on the wall."""
    access = _new(either)
    migrate(access.owner, clock="test")
    append(access, "dispute-1", 1, 2, 3)
    with psycopg.connect(access.keys) as connection:
        connection.execute("INSERT INTO keys.subject_keys VALUES ('person-1', 'k1', '\\x0102')")
    with psycopg.connect(access.writer) as connection:
        connection.execute("INSERT INTO office.settings VALUES ('back_days', '2026-01-01', 40, '')")
    with psycopg.connect(access.projector) as connection:
        connection.execute("CREATE TABLE wall.example AS SELECT 1 AS a")
    yield access
    either.drop_database(str(conninfo_to_dict(access.owner)["dbname"]))


def append(access: Access, stream: str, *versions: int) -> None:
    with psycopg.connect(access.writer, autocommit=True) as connection:
        for version in versions:
            connection.execute(
                "SELECT log.append(command => %s, meta => %s, answer => '[]', guards => NULL,"
                " days => NULL, streams => %s::text[], versions => %s::bigint[],"
                " topics => %s::text[], states => %s::bytea[], ids => %s::uuid[])",
                [
                    *(uuid4(), json.dumps({"occurred_on": "2026-03-02"}), [stream], [version]),
                    *(["dispute.note_added"], [b"{}"], [uuid4()]),
                ],
            )


def content(access: Access) -> dict[str, list[str]]:
    """Every row of every table of ours, as text."""
    with psycopg.connect(access.owner) as connection:
        tables = connection.execute(
            "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables"
            " WHERE schemaname NOT IN ('pg_catalog', 'information_schema', 'keys') ORDER BY 1"
        ).fetchall()
        found = {
            name: [row[0] for row in connection.execute(f"SELECT t::text FROM {name} t ORDER BY 1")]
            for (name,) in tables
        }
        found["keys"] = [
            row[0] for row in connection.execute("SELECT t::text FROM keys.subject_keys t")
        ]
    return found


def test_a_restored_backup_is_the_same_and_works(
    filled: Access, either: EmbeddedServer, tmp_path: Path
) -> None:
    before = content(filled)
    made = backups.backup(filled.owner, tmp_path / "b", either.binaries)
    assert (made.events, made.clock) == (3, "test")
    fresh = _new(either)
    assert backups.restore(fresh.owner, tmp_path / "b", either.binaries) == made
    assert content(fresh) == before
    assert pending(fresh.reader) == []
    append(fresh, "dispute-1", 4)
    with psycopg.connect(fresh.projector) as connection:
        connection.execute("DROP TABLE wall.example")
    with (
        psycopg.connect(fresh.writer) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute("DELETE FROM log.events")


def _shelf(access: Access, files: Path) -> Shelf:
    with psycopg.connect(access.reader) as connection:
        row = connection.execute("SELECT system_id::text FROM log.identity").fetchone()
    assert row
    return Shelf(files / row[0])


def test_attachments_go_with_the_backup_and_are_checked_on_both_ways(
    filled: Access, either: EmbeddedServer, tmp_path: Path
) -> None:
    shelf = _shelf(filled, tmp_path / "files")
    names = sorted(shelf.put(content) for content in (b"one", b"two"))
    harmed = shelf.put(b"three")
    (shelf.folder / harmed).write_bytes(b"changed")
    made = backups.backup(filled.owner, tmp_path / "b", either.binaries, files=tmp_path / "files")
    assert (list(made.attachments), made.damaged) == (names, (harmed,))
    fresh = _new(either)
    backups.restore(fresh.owner, tmp_path / "b", either.binaries, files=tmp_path / "new")
    restored = _shelf(fresh, tmp_path / "new")
    assert restored.names() == names
    assert restored.read(names[0]) == shelf.read(names[0])


@pytest.mark.parametrize("harm", ["changed", "missing"])
def test_a_backup_with_a_harmed_attachment_is_refused_and_nothing_is_loaded(
    filled: Access, either: EmbeddedServer, tmp_path: Path, harm: str
) -> None:
    name = _shelf(filled, tmp_path / "files").put(b"one")
    backups.backup(filled.owner, tmp_path / "b", either.binaries, files=tmp_path / "files")
    path = tmp_path / "b" / "attachments" / name
    path.write_bytes(b"two") if harm == "changed" else path.unlink()
    fresh = _new(either)
    with pytest.raises(DatabaseProblem, match=name):
        backups.restore(fresh.owner, tmp_path / "b", either.binaries, files=tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_exactly_the_events_since_the_backup_are_named_as_gone(
    filled: Access, either: EmbeddedServer, tmp_path: Path
) -> None:
    made = backups.backup(filled.owner, tmp_path / "b", either.binaries)
    append(filled, "dispute-1", 4, 5)
    append(filled, "dispute-2", 1)
    gone = backups.gone_since(made, filled.reader)
    assert [(one.stream, one.version) for one in gone] == [
        ("dispute-1", 4),
        ("dispute-1", 5),
        ("dispute-2", 1),
    ]
    assert [one.position for one in gone] == list(
        backups.positions_gone(made, former_head=gone[-1].position)
    )
    other = _new(either)
    migrate(other.owner, clock="test")
    with pytest.raises(DatabaseProblem, match="not the one of this backup"):
        backups.gone_since(made, other.reader)


def test_a_backup_beside_writers_holds_every_event_up_to_its_position(
    filled: Access, either: EmbeddedServer, tmp_path: Path
) -> None:
    stop = Event()

    def write(stream: int) -> None:
        version = 0
        while not stop.is_set():
            version += 1
            append(filled, f"seeker-{stream}", version)

    with ThreadPoolExecutor(4) as pool:
        writing = [pool.submit(write, number) for number in range(4)]
        try:
            made = backups.backup(filled.owner, tmp_path / "b", either.binaries)
        finally:
            stop.set()
    for one in writing:
        one.result()
    fresh = _new(either)
    backups.restore(fresh.owner, tmp_path / "b", either.binaries)
    query = "SELECT t::text FROM log.events t WHERE notification_id <= %s ORDER BY 1"
    with psycopg.connect(filled.reader) as former, psycopg.connect(fresh.reader) as restored:
        rows = former.execute(query, [made.position]).fetchall()
        assert restored.execute("SELECT t::text FROM log.events t ORDER BY 1").fetchall() == rows
    assert len(rows) == made.events
    assert backups.gone_since(made, filled.reader), "writers went on"


@pytest.mark.parametrize("name", [backups.HISTORY, backups.KEYS, backups.MANIFEST])
@pytest.mark.parametrize("harm", ["changed", "missing"])
def test_a_harmed_backup_is_refused_and_nothing_is_loaded(
    filled: Access, either: EmbeddedServer, tmp_path: Path, name: str, harm: str
) -> None:
    backups.backup(filled.owner, tmp_path / "b", either.binaries)
    path = tmp_path / "b" / name
    if harm == "missing":
        path.unlink()
    else:
        path.write_bytes(path.read_bytes()[:-9] + b"x" * 9)
    fresh = _new(either)
    with pytest.raises(DatabaseProblem):
        backups.restore(fresh.owner, tmp_path / "b", either.binaries)
    with psycopg.connect(fresh.owner) as connection:
        assert connection.execute("SELECT to_regclass('log.events')").fetchone() == (None,)


def test_a_backup_without_its_keys_is_restored_as_an_archive_only(
    filled: Access, either: EmbeddedServer, tmp_path: Path
) -> None:
    backups.backup(filled.owner, tmp_path / "b", either.binaries)
    (tmp_path / "b" / backups.KEYS).unlink()
    fresh = _new(either)
    backups.restore(fresh.owner, tmp_path / "b", either.binaries, without_keys=True)
    found, before = content(fresh), content(filled)
    assert found.pop("keys") == []
    assert before.pop("keys") != []
    assert found == before


def test_a_database_that_is_not_empty_and_a_folder_that_is_there_are_refused(
    filled: Access, either: EmbeddedServer, tmp_path: Path
) -> None:
    backups.backup(filled.owner, tmp_path / "b", either.binaries)
    with pytest.raises(DatabaseProblem, match="not empty"):
        backups.restore(filled.owner, tmp_path / "b", either.binaries)
    with pytest.raises(DatabaseProblem, match="there already"):
        backups.backup(filled.owner, tmp_path / "b", either.binaries)


def test_a_backup_that_fails_leaves_no_folder(either: EmbeddedServer, tmp_path: Path) -> None:
    empty = _new(either)
    with pytest.raises(DatabaseProblem, match="yizhan migrate"):
        backups.backup(empty.owner, tmp_path / "b", either.binaries)
    assert list(tmp_path.iterdir()) == []


def test_a_backup_moves_from_15_to_18_and_not_back(
    server: EmbeddedServer, system_server: EmbeddedServer, tmp_path: Path
) -> None:
    old = _new(system_server)
    migrate(old.owner, clock="system")
    append(old, "dispute-1", 1)
    backups.backup(old.owner, tmp_path / "old", system_server.binaries)
    new = _new(server)
    backups.restore(new.owner, tmp_path / "old", server.binaries)
    assert content(new) == content(old)
    backups.backup(new.owner, tmp_path / "new", server.binaries)
    back = _new(system_server)
    with pytest.raises(DatabaseProblem, match=r"PostgreSQL 18.* server is PostgreSQL 15"):
        backups.restore(back.owner, tmp_path / "new", system_server.binaries)
    with psycopg.connect(new.owner) as connection:
        row = connection.execute("SELECT current_user").fetchone()
    assert row == (roles.OWNER,)
