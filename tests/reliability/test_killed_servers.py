"""T12: the server killed with -9 under a living program, which asks again; nothing is lost."""

import os
import random
import signal
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from application.database.embedded import EmbeddedServer
from tests.reliability.desk import PATIENCE, Desk, assert_wall_is_its_rebuild, opened, sure_of

pytestmark = pytest.mark.postgres


def kill_servers(desk: Desk, times: int, *, seed: int) -> None:
    """Kill the server under a living program, which asks again what was not answered."""
    chance = random.Random(seed)  # noqa: S311 - moments, no secrets
    with EmbeddedServer(desk.home / "pg") as server:
        clerk = desk.start()
        for _ in range(times):
            desk.wait_for_more(clerk)
            time.sleep(chance.uniform(0, 0.4))
            note = (server.data / "postmaster.pid").read_text()
            os.kill(int(note.split()[0]), signal.SIGKILL)
            server.start()
        desk.wait_for_more(clerk)
        clerk.communicate(timeout=PATIENCE)
        assert clerk.returncode == 0, desk.log()
        with opened(desk) as (office, pools):
            office.settle()
            assert sure_of(office, pools, desk.answered()) == set()
            assert_wall_is_its_rebuild(office, pools)


def test_a_server_killed_four_times_loses_and_doubles_nothing_and_leaves_nothing_unanswered(
    desk: Desk,
) -> None:
    kill_servers(desk, 4, seed=12)


@pytest.mark.long
def test_two_hundred_killed_servers_lose_and_double_nothing(desks: list[Desk]) -> None:
    def kill(nth: int) -> None:
        kill_servers(desks[nth], 200 // len(desks), seed=13 + nth)

    with ThreadPoolExecutor(len(desks)) as hands:
        list(hands.map(kill, range(len(desks))))
