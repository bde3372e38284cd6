"""From what was typed to what a service takes; a value that cannot be read is refused at its field.

`parse(act, form, offered)` gives the keyword arguments of the service's method. Money is refused
with D-06, days with S-19, everything else with F-00 (a form that is not filled in).
"""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from typing import Any

from starlette.datastructures import FormData

from domain.codes import Code
from domain.kernel import N_, Refused
from domain.money import Fen
from web import dates
from web.acts import LOOKED_UP, Act, Field
from web.money import fen
from web.texts import translate

Offered = Mapping[str, Sequence[tuple[str, str]]]
LONGEST = {"text": 200, "longtext": 5_000, "table": 500_000}
MOST_LINES = 5_000  # a wage table in a case (decision 23)
_CELLS = re.compile(r"\t|\s*[,，;；]\s*|\s{2,}")


def parse(act: Act, form: FormData, offered: Offered) -> dict[str, Any]:
    """Read every field of an act."""
    return {field.name: read(field, form, offered) for field in act.fields}


def typed(form: FormData) -> dict[str, Any]:
    """Keep what was typed, to be shown again: a value, or a list where several came."""
    kept: dict[str, Any] = {}
    for name in form:
        values = [value for value in form.getlist(name) if isinstance(value, str)]
        kept[name] = values if len(values) > 1 else (values or [""])[0]
    return kept


def read(field: Field, form: FormData, offered: Offered) -> Any:
    """Read one field: empty, one value, or several."""
    came = [value for value in form.getlist(field.name) if isinstance(value, str)]
    values = [value.strip() for value in came if value.strip()]
    if field.kind == "bool":
        return bool(values)
    if not values and field.grid:
        values = ["\n".join(_inputs(field, form))]
    if not any(values):
        return _empty(field)
    if field.kind == "table":
        return _table(field, values[0], offered)
    parsed = [_made(field, _one(field, value, offered)) for value in values]
    return tuple(parsed) if field.many else parsed[0]


def _inputs(field: Field, form: FormData) -> list[str]:
    """Write the inputs of a grid as lines: the code and what was typed; empty ones are left out."""
    prefix = f"{field.name}."
    return [
        f"{key.removeprefix(prefix)}\t{value.strip()}"
        for key, value in form.multi_items()
        if key.startswith(prefix) and isinstance(value, str) and value.strip()
    ]


def total(typed: Mapping[str, Any], name: str) -> Fen:
    """Add up the inputs of a grid, those that cannot be read left out: for the line below it."""
    found = 0
    for key, value in typed.items():
        if key.startswith(f"{name}.") and isinstance(value, str) and value.strip():
            with suppress(Refused):
                found += int(fen(value, field=name))
    return Fen(found)


def _empty(field: Field) -> Any:
    if field.required:
        raise Refused(rule="F-00", text=N_("此项必填。"), field=field.name)
    if field.empty is None and (field.many or field.kind == "table"):
        return ()
    if field.empty is None and field.kind in {"text", "longtext", "time"}:
        return ""
    return field.empty


def _made(field: Field, value: Any) -> Any:
    return field.make(value) if field.make else value


def _one(field: Field, value: str, offered: Offered) -> Any:
    if field.kind in LOOKED_UP:
        return _chosen(field, value, [code for code, _ in offered.get(field.name, ())])
    if field.kind == "code":
        return _chosen(field, value, list(field.choices or {}))
    return READERS[field.kind](value, field)


def _chosen(field: Field, value: str, codes: Collection[str]) -> str:
    if value not in codes:
        raise Refused(rule="F-00", text=N_("请从所列各项中选择。"), field=field.name)
    return value


def _whole(value: str, field: Field) -> int:
    if not re.fullmatch(r"-?\d{1,9}", value):
        raise Refused(
            rule="F-00",
            text=N_("“{typed}”不是整数。"),
            field=field.name,
            typed=value,
        )
    return int(value)


def _words(value: str, field: Field) -> str:
    most = LONGEST[field.kind]
    if len(value) > most:
        raise Refused(
            rule="F-00",
            text=N_("最多 {most} 个字，现在有 {now} 个。"),
            field=field.name,
            most=most,
            now=len(value),
        )
    return value.replace("\r\n", "\n").replace("\x00", "")


READERS: Mapping[str, Callable[[str, Field], Any]] = {
    "date": lambda value, field: dates.day(value, field=field.name),
    "month": lambda value, field: dates.month(value, field=field.name),
    "time": lambda value, field: dates.time(value, field=field.name),
    "money": lambda value, field: fen(value, field=field.name),
    "int": _whole,
    "text": _words,
    "longtext": _words,
}


def _table(field: Field, text: str, offered: Offered) -> tuple[Any, ...]:
    """Read pasted lines: cells by tab, comma or wide gaps; each line holds every column."""
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) > MOST_LINES or len(text) > LONGEST["table"]:
        raise Refused(
            rule="F-00",
            text=N_("最多 {most} 行，请分次登记或用导入。"),
            field=field.name,
            most=MOST_LINES,
        )
    readers = [_reader(column, offered) for column in field.columns]
    return tuple(_row(field, n, line, readers) for n, line in enumerate(lines, start=1))


def _row(field: Field, number: int, line: str, readers: Sequence[Callable[[str], Any]]) -> Any:
    """Read one line; what is wrong in it is said with its number."""
    cells = [cell.strip() for cell in _CELLS.split(_thousands(line.strip()))]
    wanted = [column for column in field.columns if column.required]
    if not len(wanted) <= len(cells) <= len(field.columns):
        raise Refused(
            rule="F-00",
            text=N_("第 {line} 行有 {cells} 格，应有 {columns} 格。"),
            field=field.name,
            line=number,
            cells=len(cells),
            columns=len(field.columns),
        )
    values = []
    for reader, cell in zip(readers, cells, strict=False):
        try:
            values.append(reader(cell))
        except Refused as refused:
            raise Refused(
                rule=refused.rule,
                text=N_("第 {line} 行“{cell}”不能识别。"),
                field=field.name,
                line=number,
                cell=cell,
            ) from refused
    values += [column.empty for column in field.columns[len(cells) :]]
    return field.make(*values) if field.make else tuple(values)


def _thousands(line: str) -> str:
    """Take the separators out of 15,000.00, so that they do not part cells."""
    return re.sub(r"(?<=\d),(?=\d{3}(?:\D|$))", "", line)


def _reader(column: Field, offered: Offered) -> Callable[[str], Any]:
    """Make what reads the cells of a column: a code, a label, or a label's first word.

    What is offered is looked through once, however many lines a table has; a word that several
    entries share stands for none of them.
    """
    if column.kind in LOOKED_UP:
        labels = [(code, {label, label.split(" ")[0]}) for code, label in offered[column.name]]
    else:
        labels = [(code, _labels(word)) for code, word in (column.choices or {}).items()]
    found: dict[str, str | None] = {}
    for code, names in labels:
        for name in names | {code}:
            found[name] = code if found.get(name, code) == code else None
    codes = {code for code, _ in labels}

    def read_cell(cell: str) -> Any:
        value = found.get(cell) or cell
        if column.kind not in LOOKED_UP and column.kind != "code":
            return _made(column, READERS[column.kind](value, column))
        return _made(column, _chosen(column, value, codes))

    return read_cell


def _labels(word: str | Code) -> set[str]:
    return {word.zh, word.en} if isinstance(word, Code) else {word, translate(word, "en")}
