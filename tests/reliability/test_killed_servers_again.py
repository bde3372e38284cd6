"""T12: the other hundred of two hundred killed servers, in a file that another worker can take."""

import pytest

from tests.reliability.desk import Desk
from tests.reliability.killing import kill_servers

pytestmark = [pytest.mark.postgres, pytest.mark.long]


def test_a_server_killed_another_hundred_times_loses_and_doubles_nothing(desk: Desk) -> None:
    kill_servers(desk, 100, seed=14)
