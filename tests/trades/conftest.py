"""One wired office for the tests of vacancies, classes, fairs and the workshop."""

from collections.abc import Iterator
from datetime import date

import pytest

from application.database.embedded import EmbeddedServer
from tests.trades.stock import Stock, stocked
from tests.wired import Wired, wired

Town = Wired[Stock]


@pytest.fixture(scope="session")
def office(server: EmbeddedServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """The office of the run; each test uses posts, classes and people of its own."""
    with wired(server, tmp_path_factory.mktemp("trades"), stocked) as made:
        yield made


@pytest.fixture
def town(office: Town) -> Town:
    """The office, standing at its usual day."""
    office.turn(date(2026, 4, 16))
    return office
