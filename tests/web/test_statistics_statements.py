"""The boards of figures ask the database a few times, however many figures they show."""

from collections.abc import Iterator

import pytest

from application.database.embedded import EmbeddedServer
from tests.caseload.town import Town, desks
from tests.statements import fewest
from tests.wired import wired

# Session, reach, figures, values that occur, figures by value, ages; no more for more figures.
MOST = 6


@pytest.fixture(scope="module")
def town(server: EmbeddedServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """The town of Hecheng."""
    with wired(server, tmp_path_factory.mktemp("figures"), desks) as found:
        yield found


@pytest.mark.parametrize(
    "path",
    [
        "/statistics",
        "/statistics?period=all",
        "/statistics/disputes?period=all",
        "/statistics/disputes?period=all&by=station",
        "/statistics/disputes?period=all&by=industry",
        "/statistics/employment",
    ],
)
def test_a_board_of_figures_is_asked_for_by_a_few_statements(
    town: Town, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    browser = town.at("manager")
    asked = fewest(monkeypatch, lambda: browser.see(path))
    assert len(asked) <= MOST, asked
