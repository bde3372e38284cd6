"""T12: the server killed with -9 under a living program, which asks again; nothing is lost."""

import pytest

from tests.reliability.desk import Desk
from tests.reliability.killing import kill_servers

pytestmark = pytest.mark.postgres


def test_a_server_killed_four_times_loses_and_doubles_nothing_and_leaves_nothing_unanswered(
    desk: Desk,
) -> None:
    kill_servers(desk, 4, seed=12)


@pytest.mark.long
def test_a_server_killed_a_hundred_times_loses_and_doubles_nothing(desk: Desk) -> None:
    kill_servers(desk, 100, seed=13)
