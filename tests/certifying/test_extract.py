"""A register as a file: the extract that another office hands over."""

import hashlib
import json
import os
from datetime import date
from pathlib import Path

import pytest

from application.certifying.extract import Extract
from domain.kernel import Refused

ON = date(2026, 4, 16)
NUMBER = "44990119850101001X"


def extract(path: Path, text: str, name: str = "register.csv") -> Extract:
    (path / name).write_text(text, "utf-8")
    return Extract("县低保登记", frozenset({"H03", "H02"}), path / name)


def test_who_stands_in_it_today_is_certified(tmp_path: Path) -> None:
    found = extract(
        tmp_path,
        "id_number,criterion,valid_from,valid_to,reference\n"
        f"{NUMBER.lower()},H03,2025-01-01,2026-12-31,DB-7\n",
    ).ask(NUMBER, "H03", ON)
    assert (found.answer, found.reference) == ("met", "DB-7")
    assert json.loads(found.returned) == {
        "criterion": "H03",
        "valid_from": "2025-01-01",
        "valid_to": "2026-12-31",
    }
    assert found.as_of is not None
    assert found.as_of <= ON


def test_a_hash_stands_for_the_number(tmp_path: Path) -> None:
    hashed = hashlib.sha256(NUMBER.encode()).hexdigest()
    found = extract(tmp_path, f"id_hash,criterion\n{hashed},H02\n")
    assert found.ask(NUMBER, "H02", ON).answer == "met"
    assert found.ask(NUMBER, "H03", ON).answer == "unknown"
    assert found.ask("449901198501010025", "H02", ON).answer == "unknown"


def test_who_stood_in_it_is_a_no_and_the_valid_line_wins(tmp_path: Path) -> None:
    over = f"{NUMBER},H03,2024-01-01,2025-12-31\n"
    head = "id_number,criterion,valid_from,valid_to\n"
    assert extract(tmp_path, head + over).ask(NUMBER, "H03", ON).answer == "not_met"
    again = f"{NUMBER},H03,2026-01-01,\n"
    assert extract(tmp_path, head + again + over, "b.csv").ask(NUMBER, "H03", ON).answer == "met"


def test_a_new_file_is_read_and_a_missing_one_is_unavailable(tmp_path: Path) -> None:
    found = extract(tmp_path, "id_number,criterion\n")
    assert (found.ask(NUMBER, "H03", ON).answer, found.check()) == ("unknown", 0)
    extract(tmp_path, f"id_number,criterion\n{NUMBER},H03\n")
    os.utime(tmp_path / "register.csv", (1_700_000_000, 1_700_000_000))
    told = found.ask(NUMBER, "H03", ON)
    assert (told.answer, told.as_of) == ("met", date(2023, 11, 15))
    (tmp_path / "register.csv").unlink()
    assert found.ask(NUMBER, "H03", ON).answer == "unavailable"


@pytest.mark.parametrize(
    "text",
    [
        "number,criterion\n1,H03\n",
        "id_number,kind\n1,H03\n",
        f"id_number,criterion\n{NUMBER},\n",
        "id_number,criterion\n,H03\n",
        "id_hash,criterion\nabc,H03\n",
        f"id_number,criterion,valid_to\n{NUMBER},H03,soon\n",
    ],
)
def test_a_file_with_a_wrong_line_is_not_used_at_all(tmp_path: Path, text: str) -> None:
    found = extract(tmp_path, text)
    with pytest.raises(Refused, match="不采用"):
        found.check()
    assert found.ask(NUMBER, "H03", ON).answer == "unavailable"
