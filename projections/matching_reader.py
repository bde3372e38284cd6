"""Ranking posts for a seeker and seekers for a post, by one statement over the matching tables.

The points are those of `domain.matching`, written once more as SQL so that 50,000 seekers are
ranked in one pass; a test holds both against each other. The domain explains what comes first.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from psycopg.rows import dict_row

from domain import matching
from domain.matching import MOST, Match, Near, Post, Refusal, Seeker, match, nearness
from domain.matching.hours import shifts, window
from domain.vacancy.text import ADULT, FORBIDDEN_FOR_MINORS, FORBIDDEN_FOR_WOMEN
from projections.matching import POSTS, SEEKERS, SOUGHT
from projections.runner import Pool

TOP = 20


def _words(words: Sequence[str] | frozenset[str]) -> str:
    """Write our own codes as an array."""
    return f"ARRAY[{', '.join(repr(word) for word in sorted(words))}]::text[]"


LEAST_AGE = (
    f"CASE WHEN p.hazards && {_words(FORBIDDEN_FOR_MINORS)}"
    f" THEN greatest(p.age_from, {ADULT}) ELSE p.age_from END"
)
LAWFUL = (
    f"NOT (s.sex = 'female' AND p.hazards && {_words(FORBIDDEN_FOR_WOMEN)})"
    f" AND (s.birth_year IS NULL OR %(year)s - s.birth_year >= {LEAST_AGE})"
)
OPEN = (
    "p.state = 'published' AND p.valid_until >= %(on)s AND p.seats > 0"
    " AND NOT EXISTS (SELECT FROM wall.directory AS e WHERE e.stream = p.employer"
    " AND e.state <> 'active')"
)
TRADE = (
    f"CASE WHEN cardinality(s.trades) = 0 THEN {matching.TRADE_OPEN}"
    f" WHEN p.occupation = ANY(s.trades) THEN {MOST['trade']} ELSE 0 END"
)
HOURS = (
    f"CASE WHEN s.free IS NULL AND s.most IS NULL THEN {MOST['hours']}"
    " WHEN p.shortest > s.most THEN 0"
    f" WHEN s.free IS NOT NULL AND cardinality(p.shifts) = 0 THEN {matching.HOURS_UNKNOWN}"
    f" WHEN s.free IS NULL OR s.free @> ANY(p.shifts) THEN {MOST['hours']}"
    f" WHEN s.free && ANY(p.shifts) THEN {matching.HOURS_PART} ELSE 0 END"
)
PAY = (
    f"CASE WHEN s.pay IS NULL THEN {MOST['pay']}"
    f" WHEN p.pay_from IS NULL THEN {matching.PAY_UNKNOWN}"
    f" WHEN p.pay_from >= s.pay THEN {MOST['pay']} WHEN p.pay_to >= s.pay THEN {matching.PAY_PART}"
    " ELSE 0 END"
)
ABLE = "coalesce((s.skills ->> p.occupation)::int, 0)"
LEARNING = (
    f"CASE WHEN t.certified THEN {matching.TRAINED + matching.CERTIFIED}"
    f" WHEN t.certified IS NOT NULL THEN {matching.TRAINED} ELSE 0 END"
)
PLACE = (
    f"CASE WHEN cardinality(s.places) = 0 OR p.place ^@ ANY(s.prefixes) THEN {MOST['place']}"
    " ELSE 0 END"
)
SAME = (
    f"CASE WHEN r.vacancy = p.vacancy THEN {matching.REFUSED_SAME} ELSE CASE r.reason"
    f" WHEN 'trade' THEN CASE WHEN old.occupation = p.occupation THEN {{trade}} END"
    f" WHEN 'pay' THEN CASE WHEN p.pay_to <= old.pay_to THEN {{pay}} END"
    f" WHEN 'hours' THEN CASE WHEN old.shortest <= p.shortest THEN {{hours}} END"
    f" WHEN 'distance' THEN CASE WHEN old.place = p.place THEN {{distance}} END"
    f" WHEN 'false_post' THEN CASE WHEN r.employer = p.employer THEN {{false_post}} END"
    f" WHEN 'unlawful_post' THEN CASE WHEN r.employer = p.employer THEN {{unlawful_post}} END"
    " END END"
).format(**matching.REFUSED)


def statement(side: Mapping[str, str]) -> str:
    """Put the statement of one side together: ids are ranked, whole rows looked up for the best.

    Pairs are made narrow before they meet refusals and classes, so that no join spills to disk.
    """
    return """
WITH near AS (SELECT * FROM unnest(%(stations)s::text[], %(near)s::int[]) AS n(station, near)),
p AS {posts},
t AS (
    SELECT l.case_id, l.trade, bool_or(l.training = ANY(s.certified)) AS certified
    FROM wall.matching_trained AS l JOIN wall.matching_seekers AS s USING (case_id)
    WHERE l.completed AND {learnt} GROUP BY l.case_id, l.trade),
taken AS (
    SELECT r.case_id, p.vacancy, least({most}, sum({same}))::int AS points
    FROM wall.matching_refusals AS r
    LEFT JOIN wall.matching_posts AS old ON old.vacancy = r.vacancy
    CROSS JOIN p
    WHERE r.counts AND r.refused_on > %(since)s AND {refused} AND {same} > 0
    GROUP BY r.case_id, p.vacancy),
pairs AS MATERIALIZED (
    SELECT s.case_id, p.vacancy, {far}.station, p.occupation, {tie},
           {trade} + {hours} + {pay} + {able} + {place} AS points
    FROM wall.matching_seekers AS s CROSS JOIN p
    WHERE {seekers} AND {lawful} AND p.vacancy <> ALL(s.referred)),
best AS (
    SELECT c.case_id, c.vacancy, coalesce(n.near, 0) AS near,
           c.points + {learning} + coalesce(n.near, 0) - coalesce(taken.points, 0) AS total
    FROM pairs AS c
    LEFT JOIN near AS n ON n.station = c.station
    LEFT JOIN t ON t.case_id = c.case_id AND t.trade = c.occupation
    LEFT JOIN taken ON taken.case_id = c.case_id AND taken.vacancy = c.vacancy
    ORDER BY total DESC, near DESC, {order} LIMIT %(limit)s)
SELECT {columns}, c.near, c.total
FROM best AS c JOIN {table} USING ({key}) ORDER BY c.total DESC, c.near DESC, {last}
""".format(
        most=matching.REFUSED_MOST,
        same=SAME,
        trade=TRADE,
        hours=HOURS,
        pay=PAY,
        able=ABLE,
        learning=LEARNING,
        place=PLACE,
        lawful=LAWFUL,
        **side,
    )


POSTS_FOR = statement(
    {
        "posts": f"MATERIALIZED (SELECT * FROM wall.matching_posts AS p WHERE {OPEN})",
        "learnt": "l.case_id = %(case)s",
        "refused": "r.case_id = %(case)s",
        "far": "p",
        "seekers": "s.case_id = %(case)s",
        "tie": "p.pay_to",
        "order": "c.pay_to DESC NULLS LAST, c.vacancy",
        "last": "p.pay_to DESC NULLS LAST, p.vacancy",
        "columns": ", ".join(f"p.{name}" for name in POSTS.names),
        "table": "wall.matching_posts AS p",
        "key": "vacancy",
    }
)
SEEKERS_FOR = statement(
    {
        "posts": "MATERIALIZED (SELECT * FROM wall.matching_posts WHERE vacancy = %(vacancy)s)",
        "learnt": "l.trade = (SELECT occupation FROM p)",
        "refused": "true",
        "far": "s",
        "seekers": f"s.state IN ({SOUGHT})",
        "tie": "s.registered_on",
        "order": "c.registered_on, c.case_id",
        "last": "s.registered_on, s.case_id",
        "columns": ", ".join(f"s.{name}" for name in SEEKERS.names),
        "table": "wall.matching_seekers AS s",
        "key": "case_id",
    }
)


class Fit(NamedTuple):
    """One line of a list: the row that was ranked, its sum, and the explanation."""

    row: Mapping[str, Any]
    total: int
    match: Match


@dataclass(frozen=True)
class Asked:
    """The fixed side of a list, with its row; `far` says how near every station is."""

    row: Mapping[str, Any]
    far: Mapping[str, Near]


class MatchingReader:
    """Lists of posts and seekers by how well they fit."""

    def __init__(self, pool: Pool, network: Callable[[], Mapping[str, tuple[str, str]]]) -> None:
        """Take the readers' pool, and every station with parent and district."""
        self._pool, self._network = pool, network

    def posts_for(self, case: str, on: date, *, limit: int = TOP) -> list[Fit]:
        """Rank the posts open on a day for a seeker; nothing for a case that is not shown."""
        seeker = self._row("SELECT * FROM wall.matching_seekers WHERE case_id = %s", case)
        if seeker is None:
            return []
        far = nearness(self._network(), seeker["station"])
        rows = self._rows(POSTS_FOR, _given(far, on, limit) | {"case": case})
        own = self._seekers([seeker])[0]
        return [self._fit(row, own, _post(row), far.get(row["station"]), on) for row in rows]

    def seekers_for(self, vacancy: str, on: date, *, limit: int = TOP) -> list[Fit]:
        """Rank those who look for work for a post; nothing for a post that is not shown."""
        post = self._row("SELECT * FROM wall.matching_posts WHERE vacancy = %s", vacancy)
        if post is None:
            return []
        far = nearness(self._network(), post["station"])
        rows = self._rows(SEEKERS_FOR, _given(far, on, limit) | {"vacancy": vacancy})
        offered, people = _post(post), self._seekers(rows)
        return [
            self._fit(row, one, offered, far.get(row["station"]), on)
            for row, one in zip(rows, people, strict=True)
        ]

    def trades(self) -> dict[str, int]:
        """Count by trade who is known to be good at it: assessed, or trained."""
        return {row["trade"]: row["people"] for row in self._rows(_TALENTS, {})}

    def skilled(self, trade: str, *, limit: int = 200) -> list[dict[str, Any]]:
        """List who is good at a trade: certified first, then by the assessed level."""
        return self._rows(_SKILLED, {"trade": trade, "limit": limit})

    def _fit(
        self, row: Mapping[str, Any], seeker: Seeker, post: Post, near: Near | None, on: date
    ) -> Fit:
        return Fit(row, row["total"], match(seeker, post, near or Near(0, None), on))

    def _seekers(self, rows: Sequence[Mapping[str, Any]]) -> list[Seeker]:
        """Put seekers together with their refusals and the trades they learnt, by two look-ups."""
        cases = [row["case_id"] for row in rows]
        refusals: dict[str, list[Refusal]] = {}
        for one in self._rows(_REFUSED, {"cases": cases}):
            refusals.setdefault(one.pop("case_id"), []).append(Refusal(**one))
        trained: dict[str, dict[str, bool]] = {}
        certified = {row["case_id"]: set(row["certified"]) for row in rows}
        for one in self._rows(_LEARNT, {"cases": cases}):
            case, trade = one["case_id"], one["trade"]
            own = trained.setdefault(case, {})
            own[trade] = own.get(trade, False) or one["training"] in certified[case]
        return [
            _seeker(row, refusals.get(row["case_id"], ()), trained.get(row["case_id"], {}))
            for row in rows
        ]

    def _row(self, query: str, key: str) -> dict[str, Any] | None:
        found = self._rows(query, [key])
        return found[0] if found else None

    def _rows(self, query: str, values: Any) -> list[dict[str, Any]]:
        with self._pool.connection() as conn, conn.cursor(row_factory=dict_row) as cursor:
            return cursor.execute(query, values, prepare=False).fetchall()


_REFUSED = """
SELECT r.case_id, r.vacancy, r.employer, r.reason, r.refused_on AS on,
       coalesce(old.occupation, '') AS occupation, coalesce(old.place, '') AS place,
       old.pay_to, old.shortest
FROM wall.matching_refusals AS r LEFT JOIN wall.matching_posts AS old USING (vacancy)
WHERE r.case_id = ANY(%(cases)s) AND r.counts ORDER BY r.case_id, r.referral
"""
_KNOWN = f"""
SELECT s.case_id, k.trade, max(k.points) AS points, bool_or(k.certified) AS certified FROM (
    SELECT s.case_id, able.key AS trade, able.value::int AS points, NULL::boolean AS certified
    FROM wall.matching_seekers AS s, jsonb_each_text(s.skills) AS able
    UNION ALL
    SELECT l.case_id, l.trade, 0, l.training = ANY(s.certified)
    FROM wall.matching_trained AS l JOIN wall.matching_seekers AS s USING (case_id)
    WHERE l.completed) AS k
JOIN wall.matching_seekers AS s USING (case_id)
WHERE s.state IN ({SOUGHT}) GROUP BY s.case_id, k.trade
"""
_TALENTS = f"SELECT trade, count(*)::int AS people FROM ({_KNOWN}) AS k GROUP BY trade"
_SKILLED = f"""
SELECT k.points, k.certified, s.case_id, s.case_no, s.person, s.owner, s.station, s.hours
FROM ({_KNOWN}) AS k JOIN wall.matching_seekers AS s USING (case_id) WHERE k.trade = %(trade)s
ORDER BY k.certified DESC NULLS LAST, k.points DESC, s.registered_on, s.case_id LIMIT %(limit)s
"""
_LEARNT = """
SELECT case_id, training, trade FROM wall.matching_trained
WHERE case_id = ANY(%(cases)s) AND completed
"""


def _given(far: Mapping[str, Near], on: date, limit: int) -> dict[str, Any]:
    return {
        "stations": list(far),
        "near": [near.points for near in far.values()],
        "on": on,
        "year": on.year,
        "since": on - matching.REMEMBERED,
        "limit": limit,
    }


def _post(row: Mapping[str, Any]) -> Post:
    return Post(
        vacancy=row["vacancy"],
        station=row["station"],
        employer=row["employer"],
        occupation=row["occupation"],
        place=row["place"],
        shifts=shifts(row["hours"]),
        pay_from=row["pay_from"],
        pay_to=row["pay_to"],
        age_from=row["age_from"],
        hazards=tuple(row["hazards"]),
    )


def _seeker(
    row: Mapping[str, Any], refusals: Sequence[Refusal], trained: Mapping[str, bool]
) -> Seeker:
    return Seeker(
        case=row["case_id"],
        station=row["station"],
        birth_year=row["birth_year"],
        sex=row["sex"],
        trades=tuple(row["trades"]),
        places=tuple(row["places"]),
        window=window(row["hours"]),
        pay=row["pay"],
        skills=row["skills"],
        trained=trained,
        barriers=tuple(row["barriers"]),
        refusals=tuple(refusals),
    )
