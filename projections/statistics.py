"""Figures from facts, and the facts behind each figure: both by one condition (F-64)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any, NamedTuple

from projections.facts import FACTS
from projections.measures import MEASURES, measure
from projections.measuring import Measure, Part
from projections.ranges import CURRENT
from projections.runner import Pool

COLUMNS = ", ".join(f"f.{name}" for name in FACTS.names if name != "to_position")
VALUES: Mapping[str, str] = {
    "facts": "coalesce(sum(f.quantity), 0)",
    "rows": "count(*)",
    "sum": "coalesce(sum(f.amount), 0)",
    "mean": "coalesce(sum(f.quantity), 0) / 100",
    "median": "percentile_cont(0.5) WITHIN GROUP (ORDER BY f.quantity::float8)",
}
# Counted over a hashed subquery: `count(DISTINCT …)` would sort the texts of all cases.
DISTINCT: Mapping[str, str] = {
    "persons": "f.person",
    "cases": "f.case_id",
    "employers": "f.dims->>'employer'",
}
REPEAT = {"repeat_persons": "f.person", "repeat_employers": "f.dims->>'employer'"}
DIM = "dim:"  # the sum of a dimension that is a number
NET = {"net_persons": "person", "net_cases": "case_id"}


@dataclass(frozen=True, kw_only=True)
class Scope:
    """Period (both days included), day of reading, stations (None: all), key group, position."""

    from_on: date
    to_on: date
    as_of: date
    stations: tuple[str, ...] | None = None
    group: str = ""
    position: int | None = None


class Figure(NamedTuple):
    """A figure with its parts; `value` None where the denominator is 0 or nothing was counted."""

    value: int | Decimal | None
    unit: str
    numerator: int | Decimal | None
    denominator: int | Decimal | None = None


@dataclass(frozen=True)
class FactLine:
    """A fact behind a figure: its case and source position open the event."""

    case_id: str
    source_position: int
    ordinal: int
    from_position: int
    kind: str
    occurred_on: date
    recorded_at: datetime
    station: str
    person: str
    quantity: Decimal
    amount: int
    dims: Mapping[str, Any]


class Statistics:
    """Computes measures and lists what they count."""

    def __init__(self, pool: Pool) -> None:
        """Take the readers' pool."""
        self._pool = pool

    def figures(self, scope: Scope, codes: Sequence[str] = ()) -> dict[str, Figure]:
        """Give figures of one snapshot by their codes; without codes, all that are declared."""
        with self._pool.connection() as conn, conn.transaction():
            conn.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            found = {}
            for code in codes or MEASURES:
                declared = measure(code)
                parts = [declared.numerator]
                parts += [declared.denominator] if declared.denominator else []
                values = [
                    conn.execute(_value(part, scope), _values(scope)).fetchone() for part in parts
                ]
                found[code] = _figure(declared, [_number(row) for row in values])
        return found

    def rows(
        self,
        code: str,
        scope: Scope,
        *,
        denominator: bool = False,
        after: tuple[str, int, int] = ("", 0, 0),
        limit: int = 100,
    ) -> list[FactLine]:
        """List the facts of one part of a figure by their key, `limit` after a key."""
        declared = measure(code)
        part = declared.denominator if denominator else declared.numerator
        if part is None:
            return []
        sql = (
            f"{_facts(scope)} SELECT {COLUMNS} FROM f WHERE {part.where}"
            " AND (f.case_id, f.source_position, f.ordinal) > (%(case)s, %(at)s, %(nth)s)"
            " ORDER BY f.case_id, f.source_position, f.ordinal LIMIT %(limit)s"
        )
        case, at, nth = after
        values = _values(scope) | {"case": case, "at": at, "nth": nth, "limit": limit}
        with self._pool.connection() as conn:
            return [FactLine(*row) for row in conn.execute(sql, values).fetchall()]

    def groups(self, scope: Scope, by: str) -> list[str]:
        """List what disputes of a scope can be broken down by: cause, channel, size, industry."""
        sql = (
            f"{_facts(scope)} SELECT DISTINCT jsonb_array_elements_text(f.dims->'groups') FROM f"
            " WHERE f.kind = 'profile' AND f.occurred_on <= %(to_on)s ORDER BY 1"
        )
        if by == "industry":
            valid = _of("e", _valid(scope))
            sql = (
                f"{_facts(scope)} SELECT DISTINCT 'industry:' || (e.dims->>'industry') FROM f"
                " JOIN wall.facts e ON e.kind = 'employer' AND f.dims->'employers' ? e.case_id"
                f" AND {valid} WHERE f.kind = 'profile' AND f.occurred_on <= %(to_on)s ORDER BY 1"
            )
        with self._pool.connection() as conn:
            found = [str(row[0]) for row in conn.execute(sql, _values(scope)).fetchall()]
        if by == "size":
            return [group for group in found if ":" not in group]
        return [group for group in found if group.startswith(f"{by}:")]

    def series(self, code: str, scope: Scope) -> dict[date, Figure]:
        """Give one figure for each month that the scope touches, for a chart."""
        found = {}
        month = scope.from_on.replace(day=1)
        while month <= scope.to_on:
            following = (month + timedelta(days=32)).replace(day=1)
            part = Scope(
                from_on=max(month, scope.from_on),
                to_on=min(following - timedelta(days=1), scope.to_on),
                as_of=scope.as_of,
                stations=scope.stations,
                group=scope.group,
                position=scope.position,
            )
            found[month] = self.figures(part, [code])[code]
            month = following
        return found


def _facts(scope: Scope) -> str:
    """Write the facts valid at the position, in the stations and of the group asked for."""
    valid = _valid(scope)
    stations = " AND station = ANY(%(stations)s)" if scope.stations is not None else ""
    group = _group(scope.group, valid) if scope.group else ""
    return f"WITH f AS NOT MATERIALIZED (SELECT * FROM wall.facts WHERE {valid}{stations}{group})"


def _valid(scope: Scope) -> str:
    """Write which rows were known at the position asked for."""
    if scope.position is None:
        return CURRENT
    return "from_position <= %(position)s AND to_position > %(position)s"


def _group(group: str, valid: str) -> str:
    """Narrow facts to a group: of seekers by the fact itself, of disputes by the case's profile."""
    kind, _, value = group.partition(":")
    if kind == "industry":
        return (
            " AND case_id IN (SELECT p.case_id FROM wall.facts p JOIN wall.facts e"
            " ON e.kind = 'employer' AND p.dims->'employers' ? e.case_id"
            f" WHERE p.kind = 'profile' AND {_of('p', valid)} AND {_of('e', valid)}"
            " AND e.dims->>'industry' = %(value)s)"
        )
    if value or group in {"collective", "single"}:
        return (
            " AND case_id IN (SELECT p.case_id FROM wall.facts p"
            f" WHERE p.kind = 'profile' AND {_of('p', valid)} AND p.dims->'groups' ? %(group)s)"
        )
    return " AND dims->'groups' ? %(group)s"


def _of(table: str, valid: str) -> str:
    """Write the validity of rows for another name of the table."""
    return re.sub(r"\b(from_position|to_position)\b", rf"{table}.\1", valid)


def _value(part: Part, scope: Scope) -> str:
    if part.how in NET:
        return (
            f"{_facts(scope)} SELECT count(*) FROM (SELECT 1 FROM f WHERE {part.where}"
            f" GROUP BY f.{NET[part.how]} HAVING sum(f.amount) > 0) net"
        )
    if part.how in REPEAT:
        return (
            f"{_facts(scope)} SELECT count(*) FROM (SELECT 1 FROM f WHERE {part.where}"
            f" GROUP BY {REPEAT[part.how]} HAVING count(DISTINCT f.case_id) > 1) again"
        )
    if part.how in DISTINCT:
        return (
            f"{_facts(scope)} SELECT count(one) FROM (SELECT DISTINCT {DISTINCT[part.how]} AS one"
            f" FROM f WHERE {part.where}) all_of_them"
        )
    how = part.how
    if how.startswith(DIM):
        value = f"coalesce(sum((f.dims->>'{how.removeprefix(DIM)}')::bigint), 0)"
        return f"{_facts(scope)} SELECT {value} FROM f WHERE {part.where}"
    return f"{_facts(scope)} SELECT {VALUES[how]} FROM f WHERE {part.where}"


def _values(scope: Scope) -> dict[str, Any]:
    return {
        "from_on": scope.from_on,
        "to_on": scope.to_on,
        "as_of": scope.as_of,
        "stations": list(scope.stations or ()),
        "group": scope.group,
        "value": scope.group.partition(":")[2],
        "position": scope.position,
    }


def _number(row: tuple[Any, ...] | None) -> int | Decimal | None:
    """Give a whole number as int, anything else as it is."""
    value = row[0] if row else None
    if value is None:
        return None
    exact = Decimal(str(value))
    return int(exact) if exact == exact.to_integral_value() else exact


def _figure(declared: Measure, values: list[int | Decimal | None]) -> Figure:
    numerator = values[0]
    if declared.denominator is None:
        return Figure(numerator, declared.unit, numerator)
    denominator = values[1]
    value: int | Decimal | None = None
    if denominator and numerator is not None:
        quotient = Decimal(numerator) / Decimal(denominator)
        if declared.unit == "ratio":
            value = quotient.quantize(Decimal("0.01"), ROUND_HALF_EVEN)
        elif declared.unit == "percent":
            value = (100 * quotient).quantize(Decimal("0.01"), ROUND_HALF_EVEN)
        else:
            value = int(quotient.quantize(Decimal(1), ROUND_HALF_EVEN))
    return Figure(value, declared.unit, numerator, denominator)
