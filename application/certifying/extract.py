"""A register as a file 登记库摘录: the table that another office hands over from time to time.

Columns: `id_number`, or `id_hash` (SHA-256 of the number in capitals, hexadecimal); `criterion`
(H01 ...); and where it has them `valid_from`, `valid_to` (days, empty: without end), `reference`.
Who does not stand in it is not known: an extract is seldom the whole register.
"""

import hashlib
import json
import logging
import re
import threading
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from application.certifying.register import Answer, unavailable
from application.registers.table import Cell, Table, read_table
from domain.calendar import CHINA
from domain.kernel import N_, Refused

_HASH = re.compile(r"[0-9a-f]{64}")
_log = logging.getLogger(__name__)


class Entry(NamedTuple):
    """One line: until when a person meets a criterion, and its number in the register."""

    valid_from: date
    valid_to: date
    reference: str


Entries = Mapping[tuple[str, str], list[Entry]]


class Extract:
    """A file of the operator, read again when it was replaced."""

    def __init__(self, name: str, criteria: frozenset[str], path: Path) -> None:
        """Take the words for the register, what it tells about, and the file."""
        self.name, self.criteria, self._path = name, criteria, path
        self._lock = threading.Lock()
        self._stand: tuple[int, int] = (0, 0)
        self._entries: Entries = {}

    def ask(self, id_number: str, category: str, on: date) -> Answer:
        """Look the person up; an unreadable file is an unavailable register."""
        try:
            entries, as_of = self._read()
        except (OSError, Refused) as problem:
            _log.warning("A register's extract cannot be read: %s", type(problem).__name__)
            return unavailable("unreadable")
        as_of = min(as_of, on)
        found = entries.get((_hashed(id_number), category))
        if not found:
            return Answer("unknown", as_of=as_of)
        valid = [one for one in found if one.valid_from <= on <= one.valid_to]
        chosen = valid[-1] if valid else max(found, key=lambda one: one.valid_to)
        returned = {
            "criterion": category,
            "valid_from": _written(chosen.valid_from),
            "valid_to": _written(chosen.valid_to),
        }
        return Answer(
            "met" if valid else "not_met",
            chosen.reference,
            json.dumps(returned, ensure_ascii=False),
            as_of,
        )

    def check(self) -> int:
        """Read the file and count its people; raises `Refused` I-01, I-02 or `OSError`."""
        return len(self._read()[0])

    def _read(self) -> tuple[Entries, date]:
        """Give the entries as the file has them now, and the day the file is of."""
        with self._lock:
            stat = self._path.stat()
            stand = (stat.st_mtime_ns, stat.st_size)
            if stand != self._stand:
                self._entries = _entries(read_table(self._path))
                self._stand = stand
            return self._entries, datetime.fromtimestamp(stat.st_mtime, CHINA).date()


def _entries(table: Table) -> Entries:
    """Put the lines by hash and criterion; a line that says nothing usable refuses the file."""
    place = {name.strip(): n for n, name in enumerate(table.columns)}
    if "criterion" not in place or not {"id_number", "id_hash"} & set(place):
        raise _bad(1)
    found: dict[tuple[str, str], list[Entry]] = {}
    for number, row in enumerate(table.rows, 2):
        cells = {name: _text(row[n]) for name, n in place.items()}
        hashed = cells.get("id_hash", "").lower() or _hashed(cells.get("id_number", ""))
        if not _HASH.fullmatch(hashed) or not cells["criterion"]:
            raise _bad(number)
        try:
            entry = Entry(
                date.fromisoformat(cells.get("valid_from") or "0001-01-01"),
                date.fromisoformat(cells.get("valid_to") or "9999-12-31"),
                cells.get("reference", ""),
            )
        except ValueError as broken:
            raise _bad(number) from broken
        found.setdefault((hashed, cells["criterion"]), []).append(entry)
    return found


def _bad(row: int) -> Refused:
    return Refused(
        rule="I-02", text=N_("登记库摘录第{row}行的列或日期不对，整份文件不采用。"), row=row
    )


def _text(cell: Cell) -> str:
    return "" if cell is None else str(cell).strip()


def _hashed(id_number: str) -> str:
    """Hash a number; an empty one is nobody's."""
    number = id_number.strip().upper()
    return hashlib.sha256(number.encode()).hexdigest() if number else ""


def _written(day: date) -> str:
    return "" if day in {date.min, date(9999, 12, 31)} else day.isoformat()
