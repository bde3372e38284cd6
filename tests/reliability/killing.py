"""Killing servers at random moments, for the tests of T12."""

import os
import random
import signal
import time

from application.database.embedded import EmbeddedServer
from tests.reliability.desk import PATIENCE, Desk, assert_wall_is_its_rebuild, opened, sure_of


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
