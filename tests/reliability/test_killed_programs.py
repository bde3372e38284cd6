"""T12: the program killed with -9 under load; what was answered is kept, once."""

import random
import signal
import time

import pytest

from application.database.embedded import EmbeddedServer
from tests.reliability.clerk import HANDS
from tests.reliability.desk import PATIENCE, Desk, assert_wall_is_its_rebuild, opened, sure_of

pytestmark = pytest.mark.postgres


def kill_clerks(desk: Desk, times: int) -> None:
    """Kill the program at random moments: starting, at its first commands, and at work."""
    chance = random.Random(12)  # noqa: S311 - moments, no secrets
    with EmbeddedServer(desk.home / "pg"):
        for turn in range(times):
            clerk = desk.start()
            if turn % 4 == 3:
                time.sleep(chance.uniform(0.2, 2.0))
            else:
                desk.wait_for_more(clerk)
                time.sleep(chance.uniform(0, 0.4))
            clerk.kill()
            assert clerk.wait(PATIENCE) == -signal.SIGKILL, desk.log()
        with opened(desk) as (office, pools):
            office.settle()
            unanswered = sure_of(office, pools, desk.answered())
            # Each of the hands of a killed clerk may have had one command on its way.
            assert len(unanswered) <= HANDS * times
            assert_wall_is_its_rebuild(office, pools)


def test_eight_killed_programs_lose_and_double_nothing_that_was_answered(desk: Desk) -> None:
    kill_clerks(desk, 8)


@pytest.mark.long
def test_two_hundred_killed_programs_lose_and_double_nothing(desk: Desk) -> None:
    kill_clerks(desk, 200)
