"""A register through the command line, and what the figures then say of it."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from application.database.embedded import EmbeddedServer
from application.registers.table import read_table
from tests.yizhan.shell import Ran, measures, virginia_rows, write_register, yizhan

# The folder is imported into once, and the tests then read in any order.
pytestmark = [pytest.mark.xdist_group("commands"), pytest.mark.postgres]

ROWS = 40
PAID = sum(10_050 + 100 * number for number in range(0, ROWS, 2))  # fen


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    """A home folder whose server stays up between the commands."""
    made = Path(tempfile.mkdtemp(prefix="yizhan-commands-"))
    made.chmod(0o755)  # as root the server runs as another user
    with EmbeddedServer(made / "pg"):
        yield made
    shutil.rmtree(made, ignore_errors=True)


@pytest.fixture(scope="module")
def register(home: Path) -> Path:
    """Forty invented claims."""
    return write_register(home / "claims.csv", virginia_rows(ROWS))


@pytest.fixture(scope="module")
def runs(home: Path, register: Path) -> list[Ran]:
    """A look, the import, and the same import once more."""
    words = ("import", str(register), "--profile", "virginia", "--json")
    return [yizhan(home, *words, "--dry-run"), yizhan(home, *words), yizhan(home, *words)]


def test_a_dry_run_counts_and_writes_nothing(runs: list[Ran]) -> None:
    look, real, _ = runs
    assert (look.code, look.json["dry_run"], look.json["rows"]) == (0, True, ROWS)
    assert look.json["position"] == 0
    assert look.json["counts"] == real.json["counts"]
    assert look.json["facts"] == real.json["facts"]


def test_the_import_takes_every_row(runs: list[Ran]) -> None:
    real = runs[1]
    assert real.code == 0
    assert sum(real.json["counts"].values()) == ROWS
    assert real.json["problems"] == []
    assert real.json["facts"] > 8 * ROWS


def test_a_second_run_adds_nothing(runs: list[Ran]) -> None:
    again = runs[2]
    assert (again.code, again.json["facts"]) == (0, 0)
    assert again.json["rows"] == ROWS


def test_progress_goes_to_stderr_line_by_line(runs: list[Ran]) -> None:
    assert f"rows {ROWS}/{ROWS}" in runs[1].err


def test_the_figures_are_those_of_the_file(home: Path, runs: list[Ran]) -> None:
    found = measures(home)
    assert found["disputes_received"]["value"] == ROWS
    assert found["disputes_accepted"]["value"] == ROWS
    assert found["disputes_closed"]["value"] == ROWS * 3 // 4
    assert found["paid"]["value"] == found["paid_once"]["value"] == PAID
    assert found["verified"]["value"] == PAID
    assert found["cases_paid"]["value"] == ROWS // 2


def test_rows_that_are_not_taken_go_into_a_workbook(home: Path, runs: list[Ran]) -> None:
    rows = virginia_rows(3)
    for number, row in enumerate(rows):
        row["CLAIM NO"] = f"BAD{number}"
    rows[0]["CLAIM RECEIVED"] = "the 3rd of May"
    rows[1]["CLAIM AMT"] = "=1+1"
    file = write_register(home / "bad.csv", rows)
    book = home / "problems.xlsx"
    ran = yizhan(
        home, "import", str(file), "--profile", "virginia", "--json", "--dry-run",
        "--problems", str(book),
    )  # fmt: skip
    assert ran.code == 1
    assert [p["row"] for p in ran.json["problems"]] == [2, 3]
    table = read_table(book)
    assert list(table.columns)[:4] == ["row", "status", "rule", "reason"]
    assert len(list(table.rows)) == 2


def test_an_unknown_profile_is_refused_by_its_rule(home: Path, register: Path) -> None:
    ran = yizhan(home, "import", str(register), "--profile", "atlantis")
    assert (ran.code, ran.out) == (1, "")
    (sentence,) = ran.err.splitlines()
    assert sentence.startswith("I-02: ")
    assert "atlantis" in sentence


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.csv", b""),
        ("bomb.csv.gz", b"\x1f\x8b\x08\x00broken"),
        ("broken.xlsx", b"PK\x03\x04 no workbook"),
    ],
)
def test_a_hostile_file_is_refused_in_a_sentence(home: Path, name: str, content: bytes) -> None:
    (home / name).write_bytes(content)
    ran = yizhan(home, "import", str(home / name), "--profile", "virginia")
    assert (ran.code, ran.out) == (1, "")
    (sentence,) = ran.err.splitlines()
    assert sentence.startswith("I-01: ")


def test_a_missing_file_is_wrong_use(home: Path) -> None:
    ran = yizhan(home, "import", str(home / "none.csv"), "--profile", "virginia")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == f"There is no file {home / 'none.csv'}.\n"
