"""The child that parses a file, so that a hostile one kills nobody else.

Run as `python -m application.registers.child PATH SHEET BYTES SECONDS ROWS`; writes length-prefixed
msgpack frames to stdout: first the header, then up to 1,000 rows each, an error as a map.
"""

import csv
import gzip
import io
import resource
import struct
import sys
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import BinaryIO

import msgspec
from python_calamine import CalamineWorkbook

Cell = str | float | None
FRAME_ROWS = 1000
ENCODINGS = ("utf-8-sig", "gb18030")


class Unreadable(Exception):
    """The file cannot be read; the code names why."""


def main(argv: list[str]) -> int:
    """Parse one file under limits of memory and time."""
    path, sheet, memory, seconds, most = Path(argv[1]), argv[2], *map(int, argv[3:6])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    out = sys.stdout.buffer
    try:
        rows = iter(read_cells(path, sheet))
        header = [str(cell or "").strip() for cell in next(rows, [])]
        _frame(out, header)
        count = 0
        while count <= most and (block := list(islice(rows, FRAME_ROWS))):
            count += len(block)
            _frame(out, block if count <= most else {"error": "rows"})
    except Unreadable as problem:
        _frame(out, {"error": str(problem)})
    except MemoryError:
        _frame(out, {"error": "memory"})
    except Exception as problem:  # noqa: BLE001 - whatever the parser meets becomes one sentence
        _frame(out, {"error": "broken", "detail": type(problem).__name__})
    out.flush()
    return 0


def read_cells(path: Path, sheet: str) -> Iterable[list[Cell]]:
    """Give rows of cells: text, numbers (whole ones as text), ISO dates, None."""
    names = path.name.lower().removesuffix(".gz")
    if names.endswith((".xlsx", ".xls", ".ods", ".xlsm")):
        return _workbook(path, sheet)
    return _text(path)


def _workbook(path: Path, sheet: str) -> Iterator[list[Cell]]:
    with CalamineWorkbook.from_path(str(path)) as book:
        names = book.sheet_names
        if sheet and sheet not in names:
            raise Unreadable("sheet")
        for row in book.get_sheet_by_name(sheet or names[0]).iter_rows():
            yield [_cell(value) for value in row]


def _cell(value: object) -> Cell:
    """Undo what spreadsheets do to whole numbers and days."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else value
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == datetime.min.time() else str(value)
    if isinstance(value, date):
        return value.isoformat()
    if value is None or value == "":
        return None
    return str(value)


def _text(path: Path) -> Iterator[list[Cell]]:
    raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    text = _decoded(raw)
    if "\0" in text:
        raise Unreadable("binary")
    sample = text[:8192]
    delimiter = max((",", "\t", ";"), key=sample.split("\n", 1)[0].count)
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
        if row:
            yield [value if value != "" else None for value in row]


def _decoded(raw: bytes) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16")
    for encoding in ENCODINGS:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable("encoding")


def _frame(out: BinaryIO, value: object) -> None:
    body = msgspec.msgpack.encode(value)
    out.write(struct.pack(">I", len(body)) + body)


if __name__ == "__main__":
    sys.exit(main(sys.argv))
