"""Fairs, cohorts, classes and orders as lists and funnels; each figure with the rows behind it."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from psycopg.rows import dict_row

from domain.job_fair import FOLLOW_UPS
from projections.runner import Pool

Rows = list[dict[str, Any]]
MOST = 200
# An intent became work when, from the fair on, the person began to work on that very post, or for
# that employer; only verified placements count (2.5).
REAL = """
SELECT i.case_id, i.vacancy, i.employer, p.start_on, p.kind, p.verified_on, s.person, s.case_no,
       s.station, s.owner, v.title,
       EXISTS (SELECT FROM wall.matching_seekers AS m WHERE m.case_id = i.case_id
               AND m.referred @> ARRAY[i.vacancy]::text[]) AS referred
FROM wall.trade_intents AS i
LEFT JOIN wall.matching_seekers AS s USING (case_id)
LEFT JOIN wall.matching_posts AS v ON v.vacancy = i.vacancy
LEFT JOIN LATERAL (
    SELECT start_on, kind, verified_on FROM wall.trade_placed AS p
    WHERE p.case_id = i.case_id AND p.counts AND p.start_on BETWEEN %(held)s AND %(until)s
    AND (p.vacancy = i.vacancy OR (i.employer <> '' AND p.employer = i.employer))
    ORDER BY p.start_on, p.placement LIMIT 1) AS p ON true
WHERE i.fair = %(fair)s AND i.counts ORDER BY s.case_no, i.vacancy
"""
COHORT = """
SELECT c.case_id, c.case_no, c.person, c.station, c.training, c.completed_on, c.passed,
       c.certified, d.title, d.trade, p.start_on, p.kind,
       p.start_on - c.completed_on AS days
FROM wall.trade_completed AS c
LEFT JOIN wall.trade_classes AS d USING (training)
LEFT JOIN LATERAL (
    SELECT start_on, kind FROM wall.trade_placed AS p
    WHERE p.case_id = c.case_id AND p.counts AND p.verified_on IS NOT NULL
    AND p.start_on >= c.completed_on
    ORDER BY p.start_on, p.placement LIMIT 1) AS p ON true
WHERE c.counts AND c.passed AND c.completed_on BETWEEN %(first)s AND %(last)s {more}
ORDER BY c.completed_on DESC, c.case_no
"""


FAIRS = """
    (%(since)s::date IS NULL OR held_on >= %(since)s)
    AND (%(until)s::date IS NULL OR held_on <= %(until)s)
    AND (%(mode)s = '' OR mode = %(mode)s)
    AND (position(%(text)s in name) > 0 OR position(%(text)s in place) > 0
         OR position(%(text)s in series) > 0)
"""


class AskedFairs(NamedTuple):
    """Which fairs: of a span, of one mode, with a text in name, place or series."""

    since: date | None = None
    until: date | None = None
    mode: str = ""
    text: str = ""


class Cohort(NamedTuple):
    """One class as a cohort: those who completed, whose days have passed, who found work in them.

    Only people whose span is over stand in the denominator, so that a young class is not bad.
    """

    training: str
    title: str
    completed_on: date
    completers: int
    due: int
    placed: int
    certified: int


class TradesReader:
    """The lists of the trades."""

    def __init__(self, pool: Pool) -> None:
        """Take the readers' pool."""
        self._pool = pool

    def fairs(self, asked: AskedFairs, *, limit: int = MOST) -> Rows:
        """List the fairs asked for, the youngest first."""
        return self._rows(
            f"SELECT * FROM wall.trade_fairs WHERE {FAIRS}"
            " ORDER BY held_on DESC, fair LIMIT %(limit)s",
            asked._asdict() | {"limit": limit},
        )

    def fair_sums(self, asked: AskedFairs) -> Rows:
        """Add the fairs asked for up by series, those that were held: what a year's report says."""
        return self._rows(
            "SELECT series, count(*)::int AS fairs, sum(came)::int AS came,"
            " sum(posts)::int AS posts, sum(visitors)::int AS visitors,"
            " sum(intents)::int AS intents, sum(placed_30)::int AS placed"
            f" FROM wall.trade_fairs WHERE {FAIRS} AND state = 'held' GROUP BY series"
            " ORDER BY series = '', series",
            asked._asdict(),
        )

    def fairs_due(self, on: date) -> Rows:
        """List the follow-ups of fairs that are due, the oldest first."""
        return self._rows(
            "SELECT f.*, d.day, f.held_on + d.day AS due_on FROM wall.trade_fairs AS f,"
            " unnest(%(days)s::int[]) AS d(day) WHERE state = 'held' AND held_on + d.day <= %(on)s"
            " AND CASE d.day WHEN 15 THEN placed_15 ELSE placed_30 END IS NULL"
            " ORDER BY due_on, fair LIMIT 10",
            {"on": on, "days": list(FOLLOW_UPS)},
        )

    def intents(self, fair: str, held: date, until: date) -> Rows:
        """List the intents of a fair with the real work that began up to a day."""
        return self._rows(REAL, {"fair": fair, "held": held, "until": until})

    def classes(self, text: str = "", *, limit: int = MOST) -> Rows:
        """List classes: what begins or goes on next comes first, then what is over."""
        return self._rows(
            "SELECT * FROM wall.trade_classes WHERE position(%(text)s in title) > 0"
            " ORDER BY state IN ('completed', 'cancelled'),"
            " next_on NULLS LAST, last_on DESC, training LIMIT %(limit)s",
            {"limit": limit, "text": text},
        )

    def taking(self, venues: Collection[str], on: date, *, limit: int = 8) -> Rows:
        """List the classes at some stations that still take people, the soonest first."""
        return self._rows(
            "SELECT *, capacity - seats AS free FROM wall.trade_classes"
            " WHERE state = 'planned' AND seats < capacity AND venue = ANY(%(venues)s)"
            " AND first_on >= %(on)s"
            " ORDER BY first_on, training LIMIT %(limit)s",
            {"venues": sorted(venues), "on": on, "limit": limit},
        )

    def learners(self, cases: Collection[str]) -> Rows:
        """Give person, number, owner and certified classes of some cases."""
        return self._rows(
            "SELECT case_id, person, case_no, owner, certified FROM wall.matching_seekers"
            " WHERE case_id = ANY(%(cases)s)",
            {"cases": sorted(cases)},
        )

    def demand(self) -> Rows:
        """Count, by wanted trade, who named training as a need and sits in no class yet."""
        return self._rows(
            "SELECT trade, count(*)::int AS persons FROM wall.matching_seekers AS s,"
            " unnest(s.trades) AS trade WHERE 'training' = ANY(s.needs)"
            " AND s.state IN ('REGISTERED', 'ASSESSED', 'IN_SERVICE') AND NOT s.learning"
            " GROUP BY trade ORDER BY persons DESC, trade",
            {},
        )

    def completers(
        self,
        first: date,
        last: date,
        *,
        training: str = "",
        stations: Collection[str] | None = None,
    ) -> Rows:
        """List who completed a class in a span, with the first verified work after it."""
        more = " AND c.training = %(training)s" if training else ""
        if stations is not None:
            more += " AND c.station = ANY(%(stations)s)"
        return self._rows(
            COHORT.format(more=more),
            {
                "first": first,
                "last": last,
                "training": training,
                "stations": sorted(stations or ()),
            },
        )

    def orders(self, *, limit: int = MOST) -> Rows:
        """List orders of the workshop: those in work first, by their day."""
        return self._rows(
            "SELECT o.*, e.name AS firm FROM wall.trade_orders AS o"
            " LEFT JOIN wall.directory AS e ON e.stream = o.customer"
            " ORDER BY o.state <> 'active', o.due_on, o.workshop LIMIT %(limit)s",
            {"limit": limit},
        )

    def cases_of(self, persons: Collection[str]) -> dict[str, str]:
        """Give the open case of each person, where there is one."""
        rows = self._rows(
            "SELECT person, min(case_id) AS case_id FROM wall.matching_seekers"
            " WHERE person = ANY(%(persons)s) AND state NOT IN ('CLOSED', 'LEAD')"
            " GROUP BY person",
            {"persons": sorted(persons)},
        )
        return {row["person"]: row["case_id"] for row in rows}

    def _rows(self, query: str, values: Mapping[str, Any]) -> Rows:
        with self._pool.connection() as conn, conn.cursor(row_factory=dict_row) as cursor:
            return cursor.execute(query, values).fetchall()


def cohorts(rows: Rows, on: date, days: int) -> list[Cohort]:
    """Put completers together by class; a span has passed when its last day lies before `on`."""
    found: dict[str, Rows] = {}
    for row in rows:
        found.setdefault(row["training"], []).append(row)
    return [
        Cohort(
            training,
            own[0]["title"] or training,
            max(row["completed_on"] for row in own),
            len(own),
            sum(over(row, on, days) for row in own),
            sum(over(row, on, days) and within(row, days) for row in own),
            sum(row["certified"] for row in own),
        )
        for training, own in found.items()
    ]


def over(row: Mapping[str, Any], on: date, days: int) -> bool:
    """Say whether the span after a completion is over on a day."""
    ends: date = row["completed_on"] + timedelta(days=days)
    return ends < on


def within(row: Mapping[str, Any], days: int) -> bool:
    """Say whether work began inside the span."""
    return row["days"] is not None and row["days"] <= days
