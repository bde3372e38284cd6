"""Cells that were put right on the page: kept beside the upload, which stays as it came."""

import hashlib
from collections.abc import Mapping

import msgspec

from application.registers.table import Cell, Table

FIRST = 2  # the number of the first row: row 1 holds the names of the columns
# Row number -> what its cells read instead.
Fixes = dict[int, list[Cell]]


def encode(fixes: Fixes) -> bytes:
    """Write corrections for the folder of uploads."""
    return msgspec.json.encode(fixes)


def decode(kept: bytes) -> Fixes:
    """Read corrections; nothing kept is none."""
    return msgspec.json.decode(kept, type=Fixes) if kept else {}


def fixed(table: Table, fixes: Fixes) -> Table:
    """Give a table with rows put right; it is another table, and so another batch."""
    if not fixes:
        return table
    rows = list(table.rows)
    for number, cells in fixes.items():
        rows[number - FIRST] = tuple(cells)
    told = hashlib.sha256(f"{table.sha256}{sorted(fixes.items())!r}".encode())
    return Table(table.columns, tuple(rows), told.hexdigest())


def typed(cells: list[Cell], given: Mapping[int, str]) -> list[Cell]:
    """Put what was typed into the cells of a row; what reads as before keeps its kind."""
    found = list(cells)
    for place, text in given.items():
        if text.strip() != written(found[place]):
            found[place] = text.strip() or None
    return found


def written(cell: Cell) -> str:
    """Write a cell as a form shows it: a whole number without its decimal point."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)
