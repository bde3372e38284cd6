"""kill -9 at five points of a page: rebuilt and incremental tables stay the same, byte for byte."""

import signal
import subprocess
import sys

import pytest

from tests.database import Database
from tests.projections.test_runner import POINTS, rebuilt, runner, wall
from tests.projections.trial import FakeLog, Paid, some_facts


def kill_at(database: Database, point: str) -> int:
    """Start a process that dies at the point, and give how it ended."""
    command = [sys.executable, "-m", "tests.projections.dying", database.conninfo("projector")]
    return subprocess.run([*command, point, "20"], check=False, timeout=60).returncode


@pytest.mark.parametrize("point", POINTS)
def test_a_killed_process_loses_and_doubles_nothing(database: Database, point: str) -> None:
    log = some_facts(FakeLog(), 20)
    assert kill_at(database, point) == -signal.SIGKILL
    runner(database, log).catch_up()
    live = wall(database)
    assert rebuilt(database, log) == live


@pytest.mark.long
@pytest.mark.parametrize("point", POINTS)
def test_two_hundred_ends_in_all_lose_and_double_nothing(database: Database, point: str) -> None:
    log = some_facts(FakeLog(), 20)

    def end(at: str) -> None:
        if at == point:
            raise KeyboardInterrupt

    for number in range(40):
        log.append(f"till-{number % 20:05d}", Paid(amount=number))
        with pytest.raises(KeyboardInterrupt):
            runner(database, log, at=end).tick()
        runner(database, log).catch_up()
    live = wall(database)
    assert rebuilt(database, log) == live
