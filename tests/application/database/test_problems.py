"""What is wrong is said in one sentence, soon, and nothing is left half made."""

from pathlib import Path

import pytest

from application.database.binaries import find_binaries, find_major
from application.database.choice import complaints, open_database
from application.database.embedded import EmbeddedServer
from application.database.migrate import connect, migrate
from application.database.problem import DatabaseProblem
from tests.application.database.conftest import Child
from tests.application.database.test_server import leave, running, said
from tests.database import Database

pytestmark = pytest.mark.postgres


def test_without_a_dsn_the_embedded_server_has_the_database_and_goes_with_the_last_user(
    place: Path,
) -> None:
    first, second = open_database(place / "home"), open_database(place / "home")
    assert first.server is not None
    assert first.access == second.access
    assert migrate(first.access.owner, clock="system")
    assert complaints(first.access) == []
    assert first.binaries().major == 18
    first.close()
    assert running(first.server)
    second.close()
    assert not running(first.server)


def test_with_a_dsn_nothing_is_started(place: Path, database: Database) -> None:
    opened = open_database(
        place / "home", dsn=database.conninfo("writer"), owner_dsn=database.conninfo("owner")
    )
    assert opened.server is None
    assert opened.binaries().major == database.server.binaries.major
    assert not (place / "home").exists()
    opened.close()


@pytest.mark.parametrize(
    ("dsn", "sentence"),
    [
        ("host=127.0.0.1 port=9 user=yizhan_writer dbname=yizhan", "does not answer"),
        ("host=/nowhere user=yizhan_writer", "does not answer"),
        ("postgresql://yizhan_writer@127.0.0.1:9/yizhan", "does not answer"),
        ("postgresql://[bad", "cannot be read"),
        ("hots=localhost", "cannot be read"),
    ],
)
def test_a_wrong_dsn_is_one_sentence(place: Path, dsn: str, sentence: str) -> None:
    with pytest.raises(DatabaseProblem, match=sentence) as caught:
        open_database(place / "home", dsn=dsn)
    assert "\n" not in str(caught.value)
    assert not (place / "home").exists()


def test_a_database_that_is_not_there_is_named(server: EmbeddedServer, place: Path) -> None:
    dsn = server.conninfo("no_such_database", "yizhan_writer")
    with pytest.raises(DatabaseProblem, match='"no_such_database" does not exist'):
        open_database(place / "home", dsn=dsn)


def test_an_old_server_is_refused_with_both_versions(server: EmbeddedServer) -> None:
    dsn = server.conninfo("postgres", "yizhan_reader")
    connect(dsn, oldest=18).close()
    with pytest.raises(DatabaseProblem, match=r"PostgreSQL 18\.\d+.*: 19 or newer"):
        connect(dsn, oldest=19)


def test_old_programs_are_refused(tmp_path: Path) -> None:
    for name in ("initdb", "postgres"):
        (tmp_path / name).write_text("#!/bin/sh\necho 'postgres (PostgreSQL) 14.9'\n")
        (tmp_path / name).chmod(0o755)
    with pytest.raises(DatabaseProblem, match=r"PostgreSQL 14\.9 in .* is too old: 15 or newer"):
        find_binaries(tmp_path)


def test_no_programs_at_all_name_the_platform_and_the_way_out(tmp_path: Path) -> None:
    with pytest.raises(DatabaseProblem, match=r"no PostgreSQL for \w+ \w+ here.*YIZHAN_DSN"):
        find_binaries(tmp_path)


def test_no_client_for_a_newer_server_is_said() -> None:
    with pytest.raises(DatabaseProblem, match="no pg_dump for PostgreSQL 99"):
        find_major(99)


def test_a_read_only_home_is_one_sentence(place: Path, child: Child) -> None:
    script = """
import sys
from pathlib import Path
from application.database.choice import open_database
from application.database.problem import DatabaseProblem
try:
    open_database(Path(sys.argv[1]))
except DatabaseProblem as problem:
    print(problem)
"""
    place.chmod(0o555)
    process = child(script, place / "home", ordinary=True)
    assert "cannot be written" in said(process)
    leave(process)
    assert list(place.iterdir()) == []


def test_a_folder_that_holds_no_database_is_not_touched(place: Path) -> None:
    (place / "pg" / "data").mkdir(parents=True)
    (place / "pg" / "data" / "letter.txt").write_text("mine")
    with pytest.raises(DatabaseProblem, match="not a PostgreSQL data folder"):
        EmbeddedServer(place / "pg").start()
    assert (place / "pg" / "data" / "letter.txt").read_text() == "mine"
