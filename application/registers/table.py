"""A register as a table of cells, parsed by a child process within limits."""

import hashlib
import struct
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import msgspec

from application.registers.limits import RULE, Limits, check_file
from domain.kernel import N_, Refused

Cell = str | float | None
_HEAD = struct.Struct(">I")


@dataclass(frozen=True)
class Table:
    """Column names (a repeated name gets _1, _2 ...) and rows; the file's hash names it."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    sha256: str


def read_table(path: Path, *, sheet: str = "", limits: Limits | None = None) -> Table:
    """Check a file against the limits, let the child parse it, and take what it found (I-01)."""
    header, *rows = read_rows(path, sheet=sheet, limits=limits)
    columns = _distinct([str(name) for name in header])
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    width = len(columns)
    even = tuple((*row[:width], *(None,) * (width - len(row))) for row in rows)
    return Table(columns, even, digest)


def read_rows(
    path: Path, *, sheet: str = "", limits: Limits | None = None
) -> list[tuple[Cell, ...]]:
    """Give all rows of a file as they are, the first one among them (I-01)."""
    limits = limits or Limits()
    check_file(path, limits)
    command = [
        *(sys.executable, "-m", "application.registers.child", str(path), sheet),
        *(str(limits.child_bytes), str(limits.child_seconds), str(limits.rows)),
    ]
    # The command is our own module; the path is an argument, never a shell word.
    child = subprocess.Popen(  # noqa: S603
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    try:
        with child:
            assert child.stdout is not None  # noqa: S101 - a pipe was asked for
            frames = _frames(child.stdout)
            header: Any = next(frames, None)
            rows = [tuple(row) for frame in frames for row in frame]
    finally:
        child.kill()
    if header is None or child.returncode != 0:
        raise Refused(rule=RULE, text=N_("读取文件超出时间或内存上限，已停止。"), field="file")
    return [tuple(header), *rows]


def _frames(stream: IO[bytes]) -> Iterator[list[list[Cell]]]:
    while len(head := stream.read(_HEAD.size)) == _HEAD.size:
        frame = msgspec.msgpack.decode(stream.read(_HEAD.unpack(head)[0]))
        if isinstance(frame, dict):
            raise _refusal(frame)
        yield frame


def _refusal(problem: dict[str, str]) -> Refused:
    match problem["error"]:
        case "rows":
            return Refused(rule=RULE, text=N_("文件行数超过上限。"), field="file")
        case "memory":
            return Refused(rule=RULE, text=N_("读取文件超出时间或内存上限，已停止。"), field="file")
        case "sheet":
            return Refused(rule=RULE, text=N_("文件中没有该工作表。"), field="sheet")
        case "encoding" | "binary":
            return Refused(rule=RULE, text=N_("无法识别文件的文字编码。"), field="file")
        case _:
            return Refused(rule=RULE, text=N_("文件内容与其格式不符，无法读取。"), field="file")


def _distinct(names: list[str]) -> tuple[str, ...]:
    """Tell columns of one name apart: the second becomes `name_1`."""
    seen: dict[str, int] = {}
    out = []
    for name in names:
        count = seen.get(name, 0)
        seen[name] = count + 1
        out.append(f"{name}_{count}" if count else name)
    return tuple(out)
