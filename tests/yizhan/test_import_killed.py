"""An import that is killed, and run again: the figures of one that was never disturbed."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from application.database.access import Access
from application.database.embedded import EmbeddedServer
from tests.yizhan.shell import measures, virginia_rows, write_register, yizhan

pytestmark = [pytest.mark.xdist_group("commands"), pytest.mark.postgres]

PATIENCE = 60.0  # seconds until the first chunk must stand in the log


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder that the server's account may enter."""
    made = Path(tempfile.mkdtemp(prefix="yizhan-killed-"))
    made.chmod(0o755)  # as root the server runs as another user
    yield made
    shutil.rmtree(made, ignore_errors=True)


def start(home: Path, file: Path) -> subprocess.Popen[bytes]:
    """Start an import in a process of its own."""
    script = "from yizhan.main import main; main()"
    command = [sys.executable, "-c", script, "import", str(file), "--profile", "virginia"]
    given = {name: value for name, value in os.environ.items() if not name.startswith("YIZHAN_")}
    return subprocess.Popen(
        command,
        env={**given, "YIZHAN_HOME": str(home)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def written(home: Path, server: EmbeddedServer) -> int:
    """Count the facts that are committed."""
    if "yizhan" not in server.databases():
        return 0
    with psycopg.connect(Access.embedded(server, "yizhan").owner) as connection:
        table = connection.execute("SELECT to_regclass('log.events')").fetchone()
        if table == (None,):
            return 0
        row = connection.execute("SELECT count(*) FROM log.events").fetchone()
    return int(row[0]) if row else 0


def kill_in_the_middle(home: Path, file: Path, server: EmbeddedServer) -> int:
    """Kill -9 the import as soon as something stands in the log; give how much stands there."""
    process = start(home, file)
    try:
        until = time.monotonic() + PATIENCE
        while not written(home, server):
            assert process.poll() is None, "the import ended before it was killed"
            assert time.monotonic() < until, "the import wrote nothing"
            time.sleep(0.02)
    finally:
        process.send_signal(signal.SIGKILL)
    assert process.wait(timeout=10) == -signal.SIGKILL
    return written(home, server)


@pytest.mark.parametrize("rows", [600, pytest.param(3_000, marks=pytest.mark.long)])
def test_an_import_killed_and_run_again_gives_the_same_figures(place: Path, rows: int) -> None:
    file = write_register(place / "claims.csv", virginia_rows(rows))
    killed, whole = place / "killed", place / "whole"
    words = ("import", str(file), "--profile", "virginia", "--json")
    with EmbeddedServer(whole / "pg") as server:
        straight = yizhan(whole, *words)
        assert straight.code == 0, straight.err
        expected, facts = measures(whole), written(whole, server)
    with EmbeddedServer(killed / "pg") as server:
        half = kill_in_the_middle(killed, file, server)
        assert 0 < half < facts
        again = yizhan(killed, *words)
        assert again.code == 0, again.err
        assert 0 < again.json["facts"] < straight.json["facts"]
        assert written(killed, server) == facts
        assert measures(killed) == expected
    assert expected["disputes_received"]["value"] == rows
