"""Sheets 登记表: one form for a whole list, a row a person, sent by one press on a tablet.

A sheet has fields of its own above the rows (which session, which day); every cell is named
`<column>-<row>`, so that what is refused stands at its cell and everything typed is kept.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from domain.kernel import N_, Refused
from web.acts import Act
from web.pages import page

LONGEST = 60  # characters of a cell of words


@dataclass(frozen=True)
class Column:
    """One cell of every row: a number, a tick, or words."""

    name: str
    label: str
    tick: bool = False
    words: bool = False


@dataclass(frozen=True)
class Line:
    """One row: its key, who it is about, what is known of it, and what the cells begin with."""

    key: str
    name: str
    note: str = ""
    start: Mapping[str, str] | None = None


Values = Mapping[str, Mapping[str, Any]]


def drawn(
    request: Request,
    act: Act,
    context: Mapping[str, Any],
    sheet: tuple[Sequence[Column], Sequence[Line]],
    **more: Any,
) -> Response:
    """Draw a sheet; `context` is that of `act_pages.blank`."""
    status = 409 if more.get("refused") else 200
    given = {"typed": {}, "told": {}} | more
    if not given["typed"]:
        given["typed"] = start(request, act, context["state"], sheet)
    whole = {**context, **labelled(sheet, context), **given}
    return page(request, "sheets/form.html", status=status, **whole)


def start(
    request: Request, act: Act, state: Any, sheet: tuple[Sequence[Column], Sequence[Line]]
) -> dict[str, Any]:
    """Give what an untouched sheet holds."""
    filled = dict(act.start(request, state)) if act.start else {}
    for line in sheet[1]:
        for name, value in (line.start or {}).items():
            filled[f"{name}-{line.key}"] = value
    return filled


def labelled(
    sheet: tuple[Sequence[Column], Sequence[Line]], context: Mapping[str, Any]
) -> dict[str, Any]:
    """Give rows and columns, and the words that a refusal uses for a cell."""
    columns, lines = sheet
    cells = {f"{c.name}-{line.key}": line.name for c in columns for line in lines}
    return {"columns": columns, "lines": lines, "labels": {**context["labels"], **cells}}


def read(form: FormData, sheet: tuple[Sequence[Column], Sequence[Line]]) -> Values:
    """Read the rows that hold anything; a number that is none is refused at its cell (F-00)."""
    columns, lines = sheet
    found: dict[str, dict[str, Any]] = {}
    for line in lines:
        row: dict[str, Any] = {}
        for column in columns:
            name = f"{column.name}-{line.key}"
            typed = str(form.get(name, "")).strip()
            if column.tick:
                row[column.name] = bool(typed)
            elif typed:
                row[column.name] = typed[:LONGEST] if column.words else _number(typed, name)
        if any(value or value == 0 for value in row.values() if value is not False):
            found[line.key] = row
    return found


def _number(typed: str, field: str) -> int:
    if not typed.isascii() or not typed.isdigit() or len(typed) > 7:
        raise Refused(rule="F-00", text=N_("“{typed}”不是整数。"), field=field, typed=typed[:20])
    return int(typed)
