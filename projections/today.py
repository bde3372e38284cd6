"""What is asked of somebody today: time limits and agenda of both kinds of case, in one list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from psycopg.rows import dict_row

from domain.deadline_rules import RIGHTS
from domain.training import EXAMINED
from projections.list_statements import BUCKET
from projections.ranges import CURRENT
from projections.runner import Pool

MOST = 300  # rows a page shows
# Passing these takes a right away and nobody has missed a duty; the end of mediation is asked for.
PASSING = RIGHTS - {"DL-03"}
SOON = timedelta(days=7)


@dataclass(frozen=True, kw_only=True)
class Asker:
    """Whose list: the accounts (the own one, those stood in for), the stations served.

    `team` asks for everything of the stations, whoever it is asked of.
    """

    today: date
    accounts: tuple[str, ...]
    stations: tuple[str, ...]
    team: bool = False
    what: tuple[str, ...] = ()
    due: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    until: date | None = None


class Task(NamedTuple):
    """One thing to do; `number` of a kind fall due on that day (the claims of a dispute)."""

    case_id: str
    what: str
    about: str
    number: int
    due_on: date | None
    at: str
    provisional: bool
    kind: str
    case_no: str
    person: str
    claimants: int
    respondents: Sequence[str]
    state: str
    station: str
    owner: str
    officers: Sequence[str]


class Tasks(NamedTuple):
    """A page of the list, its total, and counts by group of due days and by what is asked."""

    rows: Sequence[Task]
    total: int
    by_due: Mapping[str, int]
    by_what: Mapping[str, int]


# A time limit that takes a right away is no duty once it has passed. A seeker's hold lets the
# tasks rest; the time limits of a dispute are the law's and do not.
LIMITS = f"""
SELECT d.case_id, d.rule AS what, min(d.about) AS about, count(*) AS number, d.due_on, '' AS at,
       bool_or(d.provisional) AS provisional
FROM wall.deadlines d JOIN mine c ON c.case_id = d.case_id
WHERE d.{CURRENT} AND NOT d.stopped AND NOT (d.rule = ANY(%(rights)s) AND d.due_on < %(today)s)
  AND (c.kind = 'dispute' OR coalesce(c.hold_until, %(today)s) <= %(today)s)
GROUP BY d.case_id, d.rule, d.due_on
"""
OF_OFFICERS = f"""
SELECT a.case_id, a.what, a.about, 1, a.due_on, a.at, false
FROM wall.agenda a JOIN mine c ON c.case_id = a.case_id
WHERE a.{CURRENT} AND a.whom = 'officers'
  AND (a.what = 'hold' OR coalesce(c.hold_until, %(today)s) <= %(today)s)
"""
OF_ACCOUNT = f"""
SELECT a.case_id, a.what, a.about, 1, a.due_on, a.at, false
FROM wall.agenda a WHERE a.{CURRENT} AND a.whom = 'account' AND
"""
OF_STATION = f"""
SELECT a.case_id, a.what, a.about, 1, a.due_on, a.at, false
FROM wall.agenda a WHERE a.{CURRENT} AND a.whom = 'station' AND a.station = ANY(%(stations)s)
  AND NOT a.not_for = ANY(%(accounts)s)
  AND (a.what NOT IN ('class', 'fair', 'intents', 'certification.human') OR a.due_on <= %(soon)s)
"""
# Who completed a class that leads to a certificate and holds none yet: one row a class, with how
# many.
CERTIFICATES = """
SELECT d.training, 'certificate', '', count(*), NULL::date, '', false
FROM wall.trade_classes d JOIN wall.trade_completed c USING (training)
WHERE d.certificate AND d.station = ANY(%(stations)s)
  AND c.counts AND c.passed AND NOT c.certified AND c.completed_on > %(examined)s
GROUP BY d.training
"""
COLUMNS = """t.case_id, t.what, t.about, t.number, t.due_on, t.at, t.provisional,
 coalesce(c.kind, split_part(t.case_id, '-', 1)) AS kind, coalesce(c.case_no, '') AS case_no,
 coalesce(c.person, '') AS person, coalesce(c.claimants, 0) AS claimants,
 coalesce(c.respondents, '{}') AS respondents, coalesce(c.state, '') AS state,
 coalesce(c.station, '') AS station, coalesce(c.owner, '') AS owner,
 coalesce(c.officers, '{}') AS officers"""
ORDER = "coalesce(due_on, 'infinity'), at, case_no, case_id, what, about"


class Today:
    """The reader of the home page."""

    def __init__(self, pool: Pool) -> None:
        """Take the readers' pool."""
        self._pool = pool

    def tasks(self, asker: Asker) -> Tasks:
        """Give the list with its total and counts, all of one moment."""
        sql, values = self._all(asker)
        where = _where(asker)
        with self._pool.connection() as conn, conn.transaction():
            conn.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            with conn.cursor(row_factory=dict_row) as cursor:
                rows = cursor.execute(
                    f"{sql} SELECT * FROM shown WHERE {where} ORDER BY {ORDER} LIMIT {MOST}", values
                ).fetchall()
            sums = conn.execute(
                f"{sql} SELECT bucket, what, kind, count(*),"
                f" count(*) FILTER (WHERE {where}) FROM shown GROUP BY 1, 2, 3",
                values,
            ).fetchall()
        return Tasks([_task(row) for row in rows], *_sums(sums, asker))

    def counts(self, askers: Mapping[str, Asker]) -> dict[str, int]:
        """Count several lists: the tiles of the page head, each by the query behind its link."""
        found = {}
        with self._pool.connection() as conn, conn.transaction():
            conn.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            for name, asker in askers.items():
                sql, values = self._all(asker)
                row = conn.execute(
                    f"{sql} SELECT count(*) FROM shown WHERE {_where(asker)}", values
                ).fetchone()
                found[name] = int(row[0]) if row else 0
        return found

    def _all(self, asker: Asker) -> tuple[str, dict[str, Any]]:
        mine = "station = ANY(%(stations)s)" if asker.team else "officers && %(accounts)s"
        account = (
            "EXISTS (SELECT 1 FROM mine c WHERE c.case_id = a.case_id)"
            if asker.team
            else "a.account = ANY(%(accounts)s)"
        )
        parts = [LIMITS, OF_OFFICERS, f"{OF_ACCOUNT} {account}", OF_STATION, CERTIFICATES]
        sql = (
            f"WITH mine AS (SELECT case_id, kind, hold_until FROM wall.caseload WHERE {CURRENT}"
            f" AND state <> 'CLOSED' AND {mine}), t AS ({' UNION ALL '.join(parts)}),"
            f" shown AS (SELECT {COLUMNS}, {BUCKET.replace('due_on', 't.due_on')} AS bucket"
            f" FROM t LEFT JOIN wall.caseload c ON c.case_id = t.case_id AND c.{CURRENT})"
        )
        return sql, {
            "today": asker.today,
            "sunday": asker.today + timedelta(days=6 - asker.today.weekday()),
            "soon": asker.today + SOON,
            "examined": asker.today - EXAMINED,
            "accounts": list(asker.accounts),
            "stations": list(asker.stations),
            "rights": sorted(PASSING),
            "what": list(asker.what),
            "due": list(asker.due),
            "kinds": list(asker.kinds),
            "until": asker.until,
        }


def _where(asker: Asker) -> str:
    asked = [
        (asker.what, "split_part(what, '.', 1) = ANY(%(what)s)"),
        (asker.due, "bucket = ANY(%(due)s)"),
        (asker.kinds, "kind = ANY(%(kinds)s)"),
        (asker.until, "due_on >= %(today)s AND due_on <= %(until)s"),
    ]
    return " AND ".join(["true", *(clause for wanted, clause in asked if wanted)])


def _sums(
    rows: Sequence[Sequence[Any]], asker: Asker
) -> tuple[int, dict[str, int], dict[str, int]]:
    """Sum the counts of each filter without that filter itself, and the total with all."""
    total, by_due, by_what = 0, dict[str, int](), dict[str, int]()
    for bucket, what, kind, number, matching in rows:
        total += matching
        head = what.partition(".")[0]
        if asker.kinds and kind not in asker.kinds:
            continue
        if not asker.what or head in asker.what:
            by_due[bucket] = by_due.get(bucket, 0) + number
        if not asker.due or bucket in asker.due:
            by_what[head] = by_what.get(head, 0) + number
    return total, by_due, by_what


def _task(row: Mapping[str, Any]) -> Task:
    return Task(**{name: row[name] for name in Task._fields})
