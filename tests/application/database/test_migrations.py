"""Numbered files, once each, in order; roles that are there, made, or asked for."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from application.database import roles
from application.database.access import Access
from application.database.choice import complaints
from application.database.embedded import EmbeddedServer
from application.database.migrate import FOLDER, migrate, pending
from application.database.problem import DatabaseProblem
from tests.database import Database

pytestmark = pytest.mark.postgres


@pytest.fixture
def empty(server: EmbeddedServer) -> Iterator[str]:
    name = f"t_{uuid4().hex}"
    server.create_database(name)
    yield server.conninfo(name, roles.OWNER)
    server.drop_database(name)


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "0001_one.sql").write_text("CREATE SCHEMA s; CREATE TABLE s.one (a int);")
    (tmp_path / "0010_ten.sql").write_text("INSERT INTO s.one VALUES (10);")
    (tmp_path / "notes.sql").write_text("this is no migration")
    return tmp_path


def test_files_are_applied_once_and_in_order_whatever_the_gaps(empty: str, files: Path) -> None:
    assert pending(empty, folder=files) == ["0001_one", "0010_ten"]
    assert migrate(empty, clock="system", folder=files) == ["0001_one", "0010_ten"]
    (files / "0005_five.sql").write_text("INSERT INTO s.one VALUES (5);")
    assert pending(empty, folder=files) == ["0005_five"]
    assert migrate(empty, clock="system", folder=files) == ["0005_five"]
    assert migrate(empty, clock="system", folder=files) == []


def test_a_changed_file_is_refused_and_nothing_is_applied(empty: str, files: Path) -> None:
    migrate(empty, clock="system", folder=files)
    (files / "0001_one.sql").write_text("CREATE SCHEMA s; CREATE TABLE s.one (a bigint);")
    (files / "0011_more.sql").write_text("INSERT INTO s.one VALUES (11);")
    with pytest.raises(DatabaseProblem, match="0001_one was changed"):
        migrate(empty, clock="system", folder=files)
    with pytest.raises(DatabaseProblem, match="0001_one was changed"):
        pending(empty, folder=files)


def test_a_lost_file_is_refused(empty: str, files: Path) -> None:
    migrate(empty, clock="system", folder=files)
    (files / "0010_ten.sql").unlink()
    with pytest.raises(DatabaseProblem, match=r"0010_ten was applied .* not in this version"):
        migrate(empty, clock="system", folder=files)


def test_a_file_that_fails_leaves_nothing_and_the_files_before_it_stay(
    empty: str, files: Path
) -> None:
    (files / "0011_bad.sql").write_text("INSERT INTO s.one VALUES (11); SELECT 1 / 0;")
    with pytest.raises(DatabaseProblem, match=r"0011_bad failed: division by zero"):
        migrate(empty, clock="system", folder=files)
    with psycopg.connect(empty) as connection:
        assert connection.execute("SELECT a FROM s.one").fetchall() == [(10,)]
    assert pending(empty, folder=files) == ["0011_bad"]


def test_six_processes_at_once_apply_every_file_once(empty: str) -> None:
    with ThreadPoolExecutor(6) as pool:
        done = list(pool.map(lambda _: migrate(empty, clock="test"), range(6)))
    names = sorted(path.stem for path in FOLDER.glob("*.sql"))
    assert sorted(name for one in done for name in one) == names


def test_the_clock_is_said_once_and_for_ever(empty: str) -> None:
    migrate(empty, clock="test")
    with pytest.raises(DatabaseProblem, match="clock of this database is test, not system"):
        migrate(empty, clock="system")
    with psycopg.connect(empty) as connection:
        assert connection.execute("SELECT clock FROM log.identity").fetchone() == ("test",)


def test_the_owner_is_all_who_can_migrate_and_any_role_sees_that_nothing_is_pending(
    database: Database,
) -> None:
    for role in ("writer", "projector", "reader", "keys"):
        assert pending(database.conninfo(role)) == []
    with (
        psycopg.connect(database.conninfo("writer")) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute("INSERT INTO migrations.applied VALUES ('0099_forged', '')")


@pytest.fixture(params=["wheel", "system"])
def bare(
    request: pytest.FixtureRequest, place: Path, system_server: EmbeddedServer
) -> Iterator[EmbeddedServer]:
    """A server as an administrator gives it: without our roles."""
    bin_dir = system_server.binaries.folder if request.param == "system" else None
    with EmbeddedServer(place / "pg", bin_dir=bin_dir) as server:
        with server._superuser() as connection:
            for role in roles.ROLES:
                connection.execute(f"DROP ROLE {role}".encode())
            connection.execute("CREATE ROLE weak LOGIN")
            connection.execute("CREATE ROLE strong LOGIN CREATEROLE")
            connection.execute("CREATE DATABASE given OWNER strong")
        yield server


def test_missing_roles_are_made_where_the_owner_may_and_the_writer_becomes_the_others(
    bare: EmbeddedServer,
) -> None:
    migrate(bare.conninfo("given", "strong"), clock="system")
    access = Access.given(bare.conninfo("given", roles.WRITER))
    assert complaints(access) == []
    for role in ("writer", "projector", "reader", "keys"):
        with psycopg.connect(getattr(access, role)) as connection:
            row = connection.execute(
                "SELECT session_user, current_user, current_setting('jit'),"
                " current_setting('timezone')"
            ).fetchone()
        assert row == (roles.WRITER, f"yizhan_{role}", "off", "Asia/Shanghai")
    with psycopg.connect(access.writer) as connection:
        row = connection.execute(
            "SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = 'log.events'::regclass"
        ).fetchone()
        assert row == (roles.OWNER,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("SELECT * FROM keys.subject_keys")


def test_missing_roles_are_asked_for_where_the_owner_may_not_make_them(
    bare: EmbeddedServer,
) -> None:
    with pytest.raises(DatabaseProblem) as caught:
        migrate(bare.conninfo("given", "weak"), clock="system")
    listed = [line.strip() for line in str(caught.value).splitlines()[1:]]
    with bare._superuser() as connection:
        for statement in listed:  # what the sentence asks for is what it takes
            connection.execute(statement.encode())
        connection.execute("ALTER DATABASE given OWNER TO yizhan_owner")
    migrate(bare.conninfo("given", roles.OWNER), clock="system")
    assert complaints(Access.given(bare.conninfo("given", roles.WRITER))) == []


def test_a_superuser_as_writer_is_complained_about(bare: EmbeddedServer) -> None:
    migrate(bare.conninfo("given", "strong"), clock="system")
    assert any(
        "superuser" in one for one in complaints(Access.given(bare.conninfo("given", "postgres")))
    )
