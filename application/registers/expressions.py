"""Expressions of a profile, compiled once: from the cells of a row to the values of a fact.

An expression is a table with one of `column`, `case` (a column of the case's first row), `first`
(the first column that has a value), `text` (a template), `number` (of the row in its case),
`stream`, `pseudonym`, `office` (`station` that imports, `identity` of the case), `const`; and
options: `map` (value table), `default`, `as` (`date`, `money`, `average` of money, `int`,
`percent`), `times` (a factor, for amounts in units of 10,000), `minus` (an amount to take off).
A plain value stands for itself; a table without one of these words is a record, a list is a list.
"""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from application.registers.profile import Condition, Profile
from domain.kernel import N_, Refused

Cell = str | float | None
SPACE = uuid.UUID("6f1c1f0e-7d52-5f0a-9b8e-0d1f4c1b7a10")
WORDS = ("column", "case", "first", "text", "number", "stream", "pseudonym", "office", "const")
CENT = Decimal("0.01")
TOLERANCE = Decimal("0.000001")


@dataclass(slots=True)
class Place:
    """Where an expression is evaluated: a row of a case, with the streams of the case."""

    row: Sequence[Cell]
    first: Sequence[Cell]
    index: int
    case: str
    identity: str
    station: str
    streams: Mapping[str, str]


Compiled = Callable[[Place], Any]
Test = Callable[[Sequence[Cell]], bool]


class Compiler:
    """Turn the expressions of one profile over one header into functions."""

    def __init__(self, profile: Profile, columns: Sequence[str]) -> None:
        """Know where each column stands, and what counts as missing."""
        self._profile = profile
        self._at = {name: index for index, name in enumerate(columns)}
        self._missing = {None, *profile.missing}

    def column(self, name: str) -> int:
        """Find a column, or say that the file lacks it (I-03)."""
        if name not in self._at:
            raise Refused(
                rule="I-03",
                text=N_("文件缺少列“{column}”，方案“{profile}”需要它。"),
                field="file",
                column=name,
                profile=self._profile.code,
            )
        return self._at[name]

    def cell(self, name: str) -> Callable[[Sequence[Cell]], str | None]:
        """Read one column as trimmed text, None when missing."""
        at, missing = self.column(name), self._missing

        def read(row: Sequence[Cell]) -> str | None:
            value = row[at]
            if value in missing:
                return None
            text = str(value).strip()
            return None if text in missing or not text else text

        return read

    def value(self, spec: Any) -> Compiled:
        """Compile an expression, a record, a list or a constant."""
        if isinstance(spec, list):
            parts = [self.value(part) for part in spec]
            return lambda place: [part(place) for part in parts]
        if not isinstance(spec, dict):
            return lambda _place: spec
        if spec.keys().isdisjoint(WORDS):
            fields = {name: self.value(part) for name, part in spec.items()}
            return lambda place: {name: part(place) for name, part in fields.items()}
        return self._converted(spec, self._source(spec))

    def _source(self, spec: dict[str, Any]) -> Compiled:
        word = next(word for word in WORDS if word in spec)
        reader: Compiled = getattr(self, f"_{word}")(spec[word])
        return reader

    def _column(self, name: str) -> Compiled:
        cell = self.cell(name)
        return lambda place: cell(place.row)

    def _case(self, name: str) -> Compiled:
        cell = self.cell(name)
        return lambda place: cell(place.first)

    def _first(self, names: list[str]) -> Compiled:
        cells = [self.cell(name) for name in names]
        return lambda place: next((v for c in cells if (v := c(place.row))), None)

    def _text(self, template: str) -> Compiled:
        cells = {name: self.cell(name) for name in _names(template)}
        return lambda place: template.format_map(
            {name: cell(place.row) or "" for name, cell in cells.items()}
        )

    def _number(self, _of: str) -> Compiled:
        return lambda place: place.index

    def _stream(self, name: str) -> Compiled:
        return lambda place: place.streams.get(name)

    def _pseudonym(self, role: str) -> Compiled:
        return lambda place: pseudonym(self._profile.code, place.case, role)

    def _office(self, what: str) -> Compiled:
        return lambda place: place.identity if what == "identity" else place.station

    def _const(self, value: Any) -> Compiled:
        return lambda _place: value

    def _converted(self, spec: dict[str, Any], source: Compiled) -> Compiled:
        table, default = spec.get("map"), spec.get("default")
        kind, times = spec.get("as", ""), spec.get("times", 1)
        formats = self._profile.dates
        minus = self.value(spec["minus"]) if "minus" in spec else None

        def read(place: Place) -> Any:
            raw = source(place)
            if raw is not None and table is not None:
                raw = table.get(raw, default)
            if raw is None:
                raw = default
            if raw is None:
                return None
            value = convert(raw, kind, formats, times)
            return value - (minus(place) or 0) if minus else value

        return read

    def test(self, conditions: Sequence[Condition]) -> Test:
        """Compile conditions; all must hold."""
        tests = [self._one(condition) for condition in conditions]
        return lambda row: all(test(row) for test in tests)

    def _one(self, condition: Condition) -> Test:
        if condition.any:
            choices = [self._one(choice) for choice in condition.any]
            return lambda row: any(choice(row) for choice in choices)
        cell = self.cell(condition.column)
        tests: list[Test] = []
        if condition.equals is not None:
            tests.append(lambda row: cell(row) == condition.equals)
        if condition.one_of:
            tests.append(lambda row: cell(row) in condition.one_of)
        if condition.missing is not None:
            tests.append(lambda row: (cell(row) is None) == condition.missing)
        if condition.above is not None:
            above = Decimal(str(condition.above))
            tests.append(lambda row: amount(cell(row)) > above)
        if condition.below is not None:
            below = Decimal(str(condition.below))
            tests.append(lambda row: cell(row) is not None and amount(cell(row)) < below)
        if condition.above_column:
            other = self.cell(condition.above_column)
            tests.append(lambda row: amount(cell(row)) > amount(other(row)))
        return lambda row: all(test(row) for test in tests)


@lru_cache(maxsize=20_000)
def pseudonym(profile: str, case: str, role: str) -> str:
    """Name a person of a register that gives no identity, the same in every run."""
    return f"person-{uuid.uuid5(SPACE, f'{profile}/{case}/{role}')}"


def _names(template: str) -> list[str]:
    return [part.split("}")[0] for part in template.split("{")[1:]]


def convert(raw: Any, kind: str, formats: Sequence[str], times: int) -> Any:
    """Turn text into a day, whole fen, a whole number or a percentage as text (I-04)."""
    match kind:
        case "date":
            return day(str(raw), tuple(formats))
        case "money":
            return fen(str(raw), times)
        case "average":
            return int((amount(str(raw)) * 100).quantize(Decimal(1), rounding=ROUND_HALF_EVEN))
        case "int":
            return int(amount(str(raw)))
        case "percent":
            return format(amount(str(raw)).normalize(), "f")
        case _:
            return raw


@lru_cache(maxsize=20_000)
def day(text: str, formats: tuple[str, ...]) -> date:
    """Read a day in one of the profile's formats (I-04)."""
    for form in (*formats, "%Y-%m-%d"):
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    raise Refused(rule="I-04", text=N_("“{typed}”不是日期。"), field="date", typed=text)


@lru_cache(maxsize=20_000)
def amount(text: str | None) -> Decimal:
    """Read a number as registers write it: `$1,275.50`, `(12.00)` for a negative one (I-04)."""
    if text is None:
        return Decimal(0)
    plain = text.strip().replace(",", "").replace("$", "").replace("¥", "").replace(" ", "")
    if plain.startswith("(") and plain.endswith(")"):
        plain = "-" + plain[1:-1]
    try:
        number = Decimal(plain)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise Refused(rule="I-04", text=N_("“{typed}”不是数字。"), field="amount", typed=text)
    return number


def fen(text: str, times: int = 1) -> int:
    """Read an amount as whole fen; binary noise within a millionth rounds half-even (D-06)."""
    exact = amount(text) * times
    cents = exact.quantize(CENT, rounding=ROUND_HALF_EVEN)
    if abs(exact - cents) > TOLERANCE:
        raise Refused(rule="D-06", text=N_("金额“{typed}”不是整分。"), field="amount", typed=text)
    if cents < 0:
        raise Refused(rule="D-06", text=N_("金额“{typed}”为负。"), field="amount", typed=text)
    return int(cents * 100)
