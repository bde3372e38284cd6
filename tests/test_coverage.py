"""docs/coverage.md names pages, acts, files and tests that exist, and loses no row."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "coverage.md"
# Rows of the inventory, section by section.
ROWS = {
    "Places, systems, facilities": 28,
    "Services and functions": 34,
    "People, roles, organisations": 9,
    "Target groups": 13,
    "Figures": 21,
}
FOLDERS = ("application", "docs", "domain", "projections", "web", "yizhan")
CELL = re.compile(r"`([^`]+)`")
ROUTE = re.compile(r"""\.(?:get|post)\(\s*f?"(/[^"]*)\"""")
ACT = re.compile(r"""\b[Aa]ct\(\s*"(\w+)\"""")
KINDS = (
    "seekers", "disputes", "stations", "employers", "vacancies", "classes", "fairs", "staff",
    "workshop",
)  # fmt: skip


def sections() -> dict[str, list[list[str]]]:
    """Give the rows of each section, cell by cell."""
    found: dict[str, list[list[str]]] = {}
    for line in PAGE.read_text("utf-8").splitlines():
        if line.startswith("## "):
            found[line[3:]] = []
        elif line.startswith("| ") and not line.startswith("| row |"):
            found[list(found)[-1]].append([cell.strip() for cell in line.strip("|").split("|")])
    return found


def written() -> tuple[set[str], set[str]]:
    """Give the routes and the verbs of acts that stand in the source of the pages."""
    text = "\n".join(path.read_text("utf-8") for path in sorted((ROOT / "web").rglob("*.py")))
    resources = {f"/{kind}" for kind in KINDS} | {f"/{kind}/{{stream}}" for kind in KINDS}
    return set(ROUTE.findall(text)) | resources, set(ACT.findall(text))


SECTIONS = sections()
ROUTES, VERBS = written()
LINES = [row for rows in SECTIONS.values() for row in rows]


def test_no_row_of_the_inventory_is_lost() -> None:
    assert {name: len(rows) for name, rows in SECTIONS.items()} == ROWS
    names = [row[0] for row in LINES]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("row", LINES, ids=lambda row: row[0][:40])
def test_a_row_is_whole_and_what_it_names_exists(row: list[str]) -> None:
    assert len(row) == 3
    assert all(row)
    places = CELL.findall(row[1])
    assert places
    for place in places:
        assert there(place), place
    tests = CELL.findall(row[2])
    assert tests
    for test in tests:
        assert is_test(test), test


def there(place: str) -> bool:
    """Whether a page, an act, a file, a role or a measure exists."""
    place = place.split("?", maxsplit=1)[0]
    if place.startswith("/"):
        return place in ROUTES or is_act(place)
    if place.split("/")[0] in FOLDERS:
        return (ROOT / place).exists()
    known = (ROOT / "web" / "words.py", ROOT / "projections" / "measures.py")
    return any(f'"{place}"' in path.read_text("utf-8") for path in known)


def is_act(place: str) -> bool:
    """Whether an address is that of an act on a case of a desk."""
    parts = place.strip("/").split("/")
    return len(parts) == 3 and parts[0] in KINDS and parts[2] in VERBS


def is_test(test: str) -> bool:
    """Whether a file of tests has a test of this name; a file alone has some."""
    file, _, name = test.partition("::")
    path = ROOT / file
    wanted = rf"^(?:async )?def {re.escape(name)}\(" if name else r"^def test_"
    return path.is_file() and bool(re.search(wanted, path.read_text("utf-8"), re.MULTILINE))


def test_what_does_not_exist_is_found() -> None:
    assert not there("/nowhere")
    assert not there("/seekers/{case}/marry")
    assert not there("domain/nothing.py")
    assert not there("no_such_measure")
    assert not is_test("tests/test_coverage.py::test_that_is_not_there")
