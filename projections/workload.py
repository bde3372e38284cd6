"""Workload 工作量: sums of the open cases by their owner; what is missing; what came and went."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from psycopg.rows import dict_row

from domain.workload import Load
from projections.ranges import CURRENT
from projections.runner import Pool

OPEN = f"{CURRENT} AND state <> 'CLOSED'"
LOADS = f"""
SELECT owner AS account, min(station) AS station,
 count(*) FILTER (WHERE kind = 'seeker') AS seekers,
 count(*) FILTER (WHERE kind = 'dispute') AS disputes,
 coalesce(sum(CASE WHEN kind = 'dispute' AND tags @> ARRAY['collective']
   THEN %(points_collective)s WHEN kind = 'dispute' THEN %(points_dispute)s
   WHEN tier = 'D' THEN %(points_seeker_d)s WHEN tier = 'C' THEN %(points_seeker_c)s
   ELSE %(points_seeker)s END), 0)::integer AS points,
 count(*) FILTER (WHERE hold_until > %(today)s) AS held,
 count(*) FILTER (WHERE due_on < %(today)s) AS overdue,
 count(*) FILTER (WHERE due_on < %(today)s AND due_on >= %(today)s::date - 7) AS late_week,
 count(*) FILTER (WHERE due_on < %(today)s::date - 7 AND due_on >= %(today)s::date - 30)
   AS late_month,
 count(*) FILTER (WHERE due_on < %(today)s::date - 30) AS late_more,
 count(*) FILTER (WHERE due_on < %(today)s::date + 7) AS soon_7,
 count(*) FILTER (WHERE due_on < %(today)s::date + 14) AS soon_14,
 count(*) FILTER (WHERE opened_on >= %(today)s::date - 30) AS young,
 count(*) FILTER (WHERE opened_on < %(today)s::date - 30 AND opened_on >= %(today)s::date - 180)
   AS grown,
 count(*) FILTER (WHERE opened_on < %(today)s::date - 180) AS old
FROM wall.caseload WHERE {OPEN} AND station = ANY(%(stations)s) GROUP BY owner
"""
# What a case lacks: its code, and the condition on the row.
LACKS: Mapping[str, str] = {
    "owner": "owner = ''",
    "needs": "kind = 'seeker' AND state = 'REGISTERED' AND opened_on < %(today)s::date - 7",
    "tier": "kind = 'seeker' AND tier = '' AND state NOT IN ('LEAD', 'REGISTERED')",
    "contact": "kind = 'seeker' AND contacted_on IS NULL AND state <> 'LEAD'",
    "respondent": "kind = 'dispute' AND cardinality(respondents) = 0",
    "claim": "kind = 'dispute' AND claimed = 0 AND state <> 'INTAKE'",
    "mediator": "kind = 'dispute' AND owner = '' AND state NOT IN ('INTAKE', 'RECEIVED')",
    "due": "due_on IS NULL AND state NOT IN ('LEAD', 'STABLE', 'INTAKE')",
}


class Missing(NamedTuple):
    """One case, its owner, and the codes of what it lacks."""

    case: str
    kind: str
    case_no: str
    owner: str
    person: str
    state: str
    lacks: tuple[str, ...]


class Workload:
    """The reader of the manager's view."""

    def __init__(self, pool: Pool) -> None:
        """Take the readers' pool."""
        self._pool = pool

    def loads(self, today: date, stations: Sequence[str], points: Mapping[str, int]) -> list[Load]:
        """Sum up what everybody owns at some stations; "" owns what nobody has."""
        values = {"today": today, "stations": list(stations), **points}
        with self._pool.connection() as conn, conn.cursor(row_factory=dict_row) as cursor:
            rows = cursor.execute(LOADS, values).fetchall()
        return sorted((Load(**row) for row in rows), key=lambda load: (-load.points, load.account))

    def flow(self, today: date, stations: Sequence[str], days: int) -> tuple[int, int]:
        """Count the cases opened and closed in the last days."""
        with self._pool.connection() as conn:
            row = conn.execute(
                "SELECT count(*) FILTER (WHERE opened_on > %(since)s),"
                " count(*) FILTER (WHERE closed_on > %(since)s) FROM wall.caseload"
                f" WHERE {CURRENT} AND station = ANY(%(stations)s)",
                {"since": today - timedelta(days=days), "stations": list(stations)},
            ).fetchone()
        return (int(row[0]), int(row[1])) if row else (0, 0)

    def missing(self, today: date, stations: Sequence[str], owner: str = "") -> list[Missing]:
        """List the open cases that lack something, by owner and number (F-86)."""
        lacks = ", ".join(f"CASE WHEN {sql} THEN '{code}' END" for code, sql in LACKS.items())
        values: dict[str, Any] = {"today": today, "stations": list(stations), "owner": owner}
        with self._pool.connection() as conn:
            rows = conn.execute(
                "SELECT case_id, kind, case_no, owner, person, state, lacks FROM ("
                f" SELECT *, array_remove(ARRAY[{lacks}], NULL) AS lacks FROM wall.caseload"
                f" WHERE {OPEN} AND station = ANY(%(stations)s)"
                " AND (%(owner)s = '' OR owner = %(owner)s)) found"
                " WHERE cardinality(lacks) > 0 ORDER BY owner, case_no, case_id LIMIT 1000",
                values,
            ).fetchall()
        return [
            Missing(case, kind, case_no, owner, person, state, tuple(lacks))
            for case, kind, case_no, owner, person, state, lacks in rows
        ]
