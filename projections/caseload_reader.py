"""Reading the caseload: a page of a list, its counts, one row; now or as of a position.

Page, total and counts come from one snapshot and one condition, so that a count always equals the
rows behind it (F-04).
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from types import MappingProxyType
from typing import Any

import msgspec

from domain.calendar import Unit
from projections.caseload import DEADLINES
from projections.list_statements import (
    COUNTED,
    SHOWN,
    condition,
    page_statement,
    unfiltered,
    valid,
    values_of,
    walks,
)
from projections.lists import Beside, CaseLine, DeadlineLine, Page, Query
from projections.ranges import CURRENT
from projections.runner import Pool, Reach
from projections.tables import Connection

# Where in a row of a page stands what is shown beside the case: after counts and place.
BESIDES = 2 + len(CaseLine._fields)


class Caseload:
    """The reader of work lists."""

    def __init__(self, pool: Pool, versions: Callable[[], Mapping[str, Any]] = dict) -> None:
        """Take the readers' pool, and the views whose reach a work list shows."""
        self._pool, self._versions = pool, versions

    def page(
        self,
        query: Query,
        tiles: Mapping[str, Query] = MappingProxyType({}),
        *,
        beside: bool = False,
    ) -> Page:
        """Give a page, its total, and the counts of every filter without that filter itself.

        A tile that filters this very list is counted with it, any other beside it; all of it is
        one statement. `beside` adds what a work list shows around its rows.
        """
        base = unfiltered(query)
        own = {name: tile for name, tile in tiles.items() if unfiltered(tile) == base}
        others = {name: tile for name, tile in tiles.items() if name not in own}
        asked = page_statement(query, list(own.values()), others, beside=beside)
        values = {**asked.values, **(self._versions() if beside else {})}
        with self._pool.connection() as conn:
            found = conn.execute(asked.sql, values, prepare=True).fetchall()
        told = msgspec.json.decode(found[0][0])
        counts: dict[str, dict[str, int]] = {name: {} for name in (*COUNTED, "total", "tile")}
        for one in told["counts"] or ():
            counts[one["name"]][one["code"]] = one["n"]
        total = counts.pop("total").get("", 0)
        shown = dict(zip(own, counts.pop("tile").values(), strict=True))
        shown |= dict(zip(asked.others, (told["others"] or {}).values(), strict=True))
        rows = [_line(row[2:BESIDES]) for row in found[: query.limit] if row[1] is not None]
        after = _key(rows[-1]) if len(found) > query.limit else ""
        about = _beside(rows, found) if beside else None
        return Page(rows, total, counts, after, shown, about)

    def limited_by(self, rule: str) -> list[str]:
        """Give the cases in which a time limit of a rule runs."""
        with self._pool.connection() as conn:
            rows = conn.execute(
                f"SELECT DISTINCT case_id FROM wall.deadlines WHERE {CURRENT} AND rule = %s"
                " ORDER BY case_id",
                [rule],
            ).fetchall()
        return [str(case) for (case,) in rows]

    def count(self, query: Query) -> int:
        """Count the rows of a list."""
        return self.counts({"": query})[""]

    def counts(self, queries: Mapping[str, Query]) -> dict[str, int]:
        """Count several lists by one statement, and so in one snapshot: the tiles of one page."""
        if not queries:
            return {}
        values: dict[str, Any] = {}
        walked, names = walks(queries, values)
        with self._pool.connection() as conn:
            row = conn.execute(f"SELECT * FROM {walked}", values, prepare=True).fetchone()
        return dict(zip(names, row or (), strict=True))

    def ages(self, query: Query, most: Sequence[int]) -> list[tuple[int, int]]:
        """Count the rows of a list by the days since they were opened, and those overdue.

        Each of `most` is the last day of a span, the next begins a day later.
        """
        values = values_of(query) | {"most": list(most)}
        with self._pool.connection() as conn:
            rows = conn.execute(
                "SELECT (SELECT min(m) FROM unnest(%(most)s::int[]) AS m"
                " WHERE m >= coalesce(%(today)s::date - opened_on, 0)) AS age, count(*),"
                " count(*) FILTER (WHERE due_on < %(today)s) FROM wall.caseload"
                f" WHERE {condition(query)} GROUP BY age",
                values,
                prepare=True,
            ).fetchall()
        found = {age: (count, late) for age, count, late in rows}
        return [found.get(age, (0, 0)) for age in most]

    def case(self, case: str, position: int | None = None) -> CaseLine | None:
        """Give the row of one case, now or as of a position."""
        query = Query(today=date.max, cases=(case,), closed=True, position=position)
        sql = f"SELECT {SHOWN} FROM wall.caseload WHERE {condition(query)}"
        with self._pool.connection() as conn:
            row = conn.execute(sql, values_of(query), prepare=True).fetchone()
        return _line(row) if row else None

    def deadlines(self, case: str, position: int | None = None) -> list[DeadlineLine]:
        """Give the running time limits of a case, the most pressing first."""
        columns = ", ".join(name for name in DEADLINES.names if not name.endswith("_position"))
        with self._pool.connection() as conn:
            rows = conn.execute(
                f"SELECT {columns} FROM wall.deadlines WHERE case_id = %(case)s"
                f" AND {valid(position)} ORDER BY stopped, due_on, rule, about",
                {"case": case, "position": position},
                prepare=True,
            ).fetchall()
        return [_deadline(row) for row in rows]

    def numbered(self, text: str, limit: int) -> list[str]:
        """Find cases whose number holds a text, as somebody read it out."""
        with self._pool.connection() as conn:
            rows = conn.execute(
                f"SELECT case_id FROM wall.caseload WHERE {CURRENT} AND position(%s in case_no) > 0"
                " ORDER BY case_no LIMIT %s",
                [text, limit],
                prepare=True,
            ).fetchall()
        return [case for (case,) in rows]

    def numbers(self, cases: Collection[str]) -> dict[str, str]:
        """Give the numbers of some cases; one without a number is left out."""
        with self._pool.connection() as conn:
            rows = conn.execute(
                f"SELECT case_id, case_no FROM wall.caseload WHERE {CURRENT} AND case_no <> ''"
                " AND case_id = ANY(%s)",
                [sorted(cases)],
            ).fetchall()
        return {str(case): str(number) for case, number in rows}

    def position_at(self, day: date) -> int:
        """Give the last position recorded up to the end of a day: 当时所知 of that day."""
        with self._snapshot() as conn:
            low, high = 0, self._one(conn, "SELECT position FROM log.watermark", {})
            while low < high:
                middle = (low + high + 1) // 2
                before = conn.execute(
                    "SELECT (recorded_at AT TIME ZONE 'Asia/Shanghai')::date <= %s FROM log.events"
                    " WHERE notification_id <= %s ORDER BY notification_id DESC LIMIT 1",
                    [day, middle],
                ).fetchone()
                if before is None or before[0]:
                    low = middle
                else:
                    high = middle - 1
        return low

    @contextmanager
    def _snapshot(self) -> Iterator[Connection]:
        with self._pool.connection() as conn, conn.transaction():
            conn.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield conn

    def _one(self, conn: Connection, sql: str, values: Mapping[str, Any]) -> int:
        row = conn.execute(sql, values).fetchone()
        return int(row[0]) if row else 0


def _line(row: Sequence[Any]) -> CaseLine:
    line = CaseLine(*row)
    return line._replace(
        officers=tuple(line.officers), respondents=tuple(line.respondents), tags=tuple(line.tags)
    )


def _beside(rows: Sequence[CaseLine], found: Sequence[Sequence[Any]]) -> Beside:
    """Read what `list_statements.BESIDE` shows: name, service, reach."""
    names, services = {}, []
    for line, row in zip(rows, found, strict=False):
        name, owner, standard, *rest = row[BESIDES:-2]
        if name is not None:
            names[line.respondents[0]] = name
        if owner is not None:
            services.append((line.case_id, owner, standard, *rest))
    return Beside(names, services, Reach.of(*found[0][-2:]))


def _deadline(row: Sequence[Any]) -> DeadlineLine:
    case, rule, about, start, due, unit, *rest = row
    return DeadlineLine(case, rule, about, start, due, Unit(unit), *rest)


def _key(line: CaseLine) -> str:
    due = line.due_on.isoformat() if line.due_on else "infinity"
    return f"{due}|{line.case_no}|{line.case_id}"
