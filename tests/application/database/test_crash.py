"""Killed with -9, the process, then the server: it starts again with all that was answered."""

import os
import signal
import time
from pathlib import Path

import psycopg
import pytest

from application.database import roles
from application.database.access import Access, Pools
from application.database.embedded import EmbeddedServer
from tests.application.database.conftest import Child
from tests.application.database.test_server import said

pytestmark = pytest.mark.postgres

WRITER = """
import sys
from pathlib import Path
import psycopg
from application.database.embedded import EmbeddedServer
with EmbeddedServer(Path(sys.argv[1])) as server:
    if "crash" not in server.databases():
        server.create_database("crash")
    dsn = server.conninfo("crash", "yizhan_owner")
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute("CREATE SCHEMA IF NOT EXISTS c")
        connection.execute("CREATE TABLE IF NOT EXISTS c.answered (n bigint PRIMARY KEY)")
        first = connection.execute("SELECT coalesce(max(n), 0) FROM c.answered").fetchone()[0]
        for n in range(first + 1, first + 1_000_000):
            connection.execute("INSERT INTO c.answered VALUES (%s)", [n])
            print(n, flush=True)
"""


def _rounds(place: Path, child: Child, rounds: int) -> None:
    server = EmbeddedServer(place / "pg")
    answered = 0
    for turn in range(rounds):
        process = child(WRITER, place / "pg")
        said(process)
        time.sleep(0.02 * (turn % 7))
        postmaster = int((server.data / "postmaster.pid").read_text().split()[0])
        process.kill()
        output, _ = process.communicate()
        # The last line may be cut, and of the first the beginning was read ahead by `said`; what
        # stands between was answered.
        lines = output.split("\n")[1:-1]
        answered = max([answered, *map(int, lines)])
        os.kill(postmaster, signal.SIGKILL)
        with server, psycopg.connect(server.conninfo("crash", roles.OWNER)) as connection:
            row = connection.execute("SELECT max(n), count(*) FROM c.answered").fetchone()
            assert row is not None
            assert row[0] == row[1]
            assert row[0] >= answered


def test_after_both_are_killed_it_starts_again_with_all_that_was_answered(
    place: Path, child: Child
) -> None:
    _rounds(place, child, 3)


@pytest.mark.long
def test_after_forty_double_kills_it_starts_again_with_all_that_was_answered(
    place: Path, child: Child
) -> None:
    _rounds(place, child, 40)


def test_a_server_killed_under_a_living_process_is_started_again_and_its_pools_find_it(
    place: Path,
) -> None:
    with EmbeddedServer(place / "pg") as first:
        first.create_database("kept")
        with Pools(Access.embedded(first, "kept")) as pools:
            for healed in (first, EmbeddedServer(place / "pg")):
                with pools.reader.connection() as connection:
                    connection.execute("SELECT 1")
                note = (first.data / "postmaster.pid").read_text()
                os.kill(int(note.split()[0]), signal.SIGKILL)
                healed.start()
                with pools.reader.connection() as connection:
                    assert connection.execute("SELECT 2").fetchone() == (2,)
        healed.stop()
