"""`yizhan calendar`: what a year would move is shown before it is entered, and entered once."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from application.database.embedded import EmbeddedServer
from tests.yizhan.shell import virginia_rows, write_register, yizhan

pytestmark = pytest.mark.postgres

YEAR = 2027  # not announced yet
REST = "2027-01-01\n2027-02-05 ~ 2027-02-11\n"
WORKED = "2027-02-14\n"


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    """A home with a few claims, and the announced days in two files beside it."""
    made = Path(tempfile.mkdtemp(prefix="yizhan-calendar-"))
    made.chmod(0o755)  # as root the server runs as another user
    (made / "rest.txt").write_text(REST, "utf-8")
    (made / "worked.txt").write_text(WORKED, "utf-8")
    with EmbeddedServer(made / "home" / "pg"):
        file = write_register(made / "claims.csv", virginia_rows(4))
        ran = yizhan(made / "home", "import", str(file), "--profile", "virginia")
        assert ran.code == 0, ran.err
        yield made
    shutil.rmtree(made, ignore_errors=True)


def enter(place: Path, *words: str) -> tuple[int, dict[str, object]]:
    """Ask for the year as it was announced."""
    files = ("--rest", str(place / "rest.txt"), "--worked", str(place / "worked.txt"))
    ran = yizhan(place / "home", "calendar", "enter", str(YEAR), *files, "--json", *words)
    return ran.code, ran.json if ran.out else {}


def versions(place: Path) -> list[dict[str, object]]:
    """List the versions of the calendar."""
    found = yizhan(place / "home", "calendar", "versions", "--json").json["versions"]
    assert isinstance(found, list)
    return found


def test_a_year_is_looked_at_without_a_trace_and_then_entered(place: Path) -> None:
    before = versions(place)
    code, seen = enter(place)
    assert (code, seen["year"], seen["version"]) == (0, YEAR, 0)
    assert versions(place) == before
    code, entered = enter(place, "--confirm")
    assert (code, entered["moved"]) == (0, seen["moved"])
    youngest = versions(place)[0]
    assert (youngest["version"], youngest["year"]) == (entered["version"], YEAR)
    assert youngest["by"] == "operator"


def test_a_file_that_is_no_list_of_days_is_refused_and_nothing_is_entered(place: Path) -> None:
    before = versions(place)
    (place / "wrong.txt").write_text("2027-13-45", "utf-8")
    home, wrong = place / "home", str(place / "wrong.txt")
    ran = yizhan(home, "calendar", "enter", str(YEAR), "--rest", wrong, "--confirm")
    assert ran.code != 0
    assert "2027-13-45" in ran.err
    assert versions(place) == before


def test_a_file_that_is_not_there_is_named(place: Path) -> None:
    missing = str(place / "nowhere.txt")
    ran = yizhan(place / "home", "calendar", "enter", str(YEAR), "--rest", missing)
    assert ran.code != 0
    assert "nowhere.txt" in ran.err
