"""Figures from facts, and the facts behind each figure: both by one condition (F-64)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any, NamedTuple, TypeVar

from projections.facts import FACTS
from projections.measures import MEASURES, measure
from projections.measuring import SAME, Measure, Part
from projections.ranges import CURRENT
from projections.runner import Pool

Key = TypeVar("Key")
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
DAYS = ("from_on", "to_on", "as_of")
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
        return self.several({"": (scope, codes or tuple(MEASURES))})[""]

    def several(
        self, asked: Mapping[Key, tuple[Scope, Sequence[str]]]
    ) -> dict[Key, dict[str, Figure]]:
        """Give figures of several periods by one statement, and so in one snapshot.

        The scopes differ in their days alone. A part that several figures share is counted once.
        """
        periods: list[Scope] = list(dict.fromkeys(scope for scope, _ in asked.values()))
        wanted: dict[tuple[int, Part], None] = {}
        for scope, codes in asked.values():
            nth = periods.index(scope)
            wanted |= {(nth, part): None for code in codes for part in _parts(measure(code))}
        if not wanted:
            return {key: {} for key in asked}
        columns = ", ".join(f"({_alone(part, nth)})" for nth, part in wanted)
        values: dict[str, Any] = {}
        for nth, scope in enumerate(periods):
            values |= _values(scope) | {_dated(nth, day): getattr(scope, day) for day in DAYS}
        with self._pool.connection() as conn:
            sql = f"{_facts(periods[0])} SELECT {columns}"
            row = conn.execute(sql, values, prepare=True).fetchone() or ()
        counted = {
            (nth, part): _number(_nothing(part) if number is None else number)
            for (nth, part), number in zip(wanted, row, strict=True)
        }
        return {
            key: {
                code: _figure(
                    measure(code),
                    [counted[periods.index(scope), part] for part in _parts(measure(code))],
                )
                for code in codes
            }
            for key, (scope, codes) in asked.items()
        }

    def breakdown(
        self, scope: Scope, by: str, values: Sequence[str], codes: Sequence[str]
    ) -> dict[str, dict[str, Figure]]:
        """Give figures for each of some stations or groups, by one statement.

        Each is the figure of the scope narrowed to that value.
        """
        if by == "station":
            head, source, value = _facts(scope), "f", "f.station"
            same = f"{SAME} AND l.station = f.station"
        else:
            head = f"{_facts(replace(scope, group=''))}, g AS MATERIALIZED ({_grouping(scope, by)})"
            source, value, same = "f JOIN g ON g.case_id = f.case_id", "g.value", SAME
        parts = [
            (code, part._replace(where=part.where.replace(SAME, same)))
            for code in codes
            for part in _parts(measure(code))
        ]
        each = " UNION ALL ".join(
            f"SELECT {nth} AS nth, value, n::numeric"
            f" FROM ({_counted(part, source, value)}) AS part_{nth}"
            for nth, (_, part) in enumerate(parts)
        )
        with self._pool.connection() as conn:
            rows = conn.execute(f"{head} {each}", _values(scope) | {"by": by}).fetchall()
        counted = {(nth, of): number for nth, of, number in rows}
        return {
            of: {
                code: _figure(
                    measure(code),
                    [
                        _number(counted.get((nth, of), _nothing(part)))
                        for nth, (its, part) in enumerate(parts)
                        if its == code
                    ],
                )
                for code in codes
            }
            for of in values
        }

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


def by_month(scope: Scope) -> dict[date, Scope]:
    """Part a scope into the months that it touches, for a chart."""
    found = {}
    month = scope.from_on.replace(day=1)
    while month <= scope.to_on:
        following = (month + timedelta(days=32)).replace(day=1)
        found[month] = replace(
            scope,
            from_on=max(month, scope.from_on),
            to_on=min(following - timedelta(days=1), scope.to_on),
        )
        month = following
    return found


def _parts(declared: Measure) -> list[Part]:
    """Give numerator and denominator, if there is one."""
    return [part for part in (declared.numerator, declared.denominator) if part is not None]


def _dated(nth: int, day: str) -> str:
    """Name the value of a day of one of several periods."""
    return f"{day}_{nth}"


def _alone(part: Part, nth: int) -> str:
    """Write the number of one part in one of several periods; NULL where nothing is counted."""
    sql = f"SELECT n FROM ({_counted(part)}) AS alone"
    return re.sub(r"%\((from_on|to_on|as_of)\)s", lambda day: f"%({_dated(nth, day[1])})s", sql)


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


def _grouping(scope: Scope, by: str) -> str:
    """Write in which groups each dispute stands, by its profile: what `_group` narrows to."""
    if by == "industry":
        return (
            "SELECT DISTINCT p.case_id, 'industry:' || (e.dims->>'industry') AS value"
            " FROM wall.facts p JOIN wall.facts e"
            " ON e.kind = 'employer' AND p.dims->'employers' ? e.case_id"
            f" WHERE p.kind = 'profile' AND {_of('p', _valid(scope))} AND {_of('e', _valid(scope))}"
        )
    its = "one NOT LIKE '%%:%%'" if by == "size" else "starts_with(one, %(by)s || ':')"
    return (
        "SELECT DISTINCT p.case_id, one AS value FROM wall.facts p"
        " CROSS JOIN jsonb_array_elements_text(p.dims->'groups') AS one"
        f" WHERE p.kind = 'profile' AND {_of('p', _valid(scope))} AND {its}"
    )


def _counted(part: Part, source: str = "f", value: str = "''") -> str:
    """Write what is counted of each value; what nothing is counted of has no row."""
    how, rows = part.how, f"FROM {source} WHERE {part.where}"
    if how in DISTINCT:
        inner = f"SELECT DISTINCT {value}::text AS value, {DISTINCT[how]} AS one {rows}"
        return f"SELECT value, count(one) AS n FROM ({inner}) AS found GROUP BY value"
    if how in NET:
        inner = f"f.{NET[how]} HAVING sum(f.amount) > 0"
    elif how in REPEAT:
        inner = f"{REPEAT[how]} HAVING count(DISTINCT f.case_id) > 1"
    else:
        summed = f"coalesce(sum((f.dims->>'{how.removeprefix(DIM)}')::bigint), 0)"
        return f"SELECT {value}::text AS value, {VALUES.get(how, summed)} AS n {rows} GROUP BY 1"
    inner = f"SELECT {value}::text AS value {rows} GROUP BY 1, {inner}"
    return f"SELECT value, count(*) AS n FROM ({inner}) AS found GROUP BY value"


def _nothing(part: Part) -> int | None:
    """Give the number where nothing is counted: there is no middle of nothing."""
    return None if part.how == "median" else 0


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


def _number(value: object) -> int | Decimal | None:
    """Give a whole number as int, anything else as it is."""
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
