"""What an employer stands for: disputes, what it owes, posts, who is referred and works there.

Sums over the current rows of caseload, directory and placements; nothing is stored for it.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from projections.ranges import CURRENT
from projections.runner import Pool

STANDING = f"""
SELECT respondent, count(*), count(*) FILTER (WHERE state <> 'CLOSED'),
       count(*) FILTER (WHERE opened_on > %(since)s), sum(claimants), sum(claimed), sum(agreed),
       sum(paid), sum(outstanding), count(*) FILTER (WHERE state = 'DEFAULTED'), max(opened_on)
FROM wall.caseload, unnest(respondents) AS respondent
WHERE {CURRENT} AND kind = 'dispute' AND outcome <> 'merged'
"""
POSTS = """
SELECT stream, name, state, seats, until FROM wall.directory
WHERE kind = 'vacancy' AND parent = %s ORDER BY state, name, stream LIMIT 50
"""
PLACED = f"""
SELECT count(*), count(*) FILTER (WHERE ended_on IS NULL) FROM wall.placements
WHERE {CURRENT} AND employer = %s
"""
REFERRED = """
SELECT s.case_id, s.case_no, s.person, s.owner, d.stream, d.name, count(*) OVER ()
FROM wall.directory AS d
JOIN wall.matching_seekers AS s ON s.referred @> ARRAY[d.stream]::text[]
WHERE d.kind = 'vacancy' AND d.parent = %s ORDER BY s.case_no, s.case_id, d.stream LIMIT 50
"""
REPEAT, MONTHS = 2, 12  # disputes within so many months make a repeat respondent


class Standing(NamedTuple):
    """The disputes of one employer in sums; amounts in fen."""

    employer: str
    cases: int
    running: int
    recent: int
    workers: int
    claimed: int
    agreed: int
    paid: int
    outstanding: int
    defaulted: int
    last_on: date | None

    @property
    def repeat(self) -> bool:
        """Whether it answers again within a year (F-62)."""
        return self.recent >= REPEAT

    @property
    def watched(self) -> bool:
        """Whether it stands on the watch list: again and again, in default, or owing."""
        return self.repeat or self.defaulted > 0 or self.outstanding > 0


class Post(NamedTuple):
    """A vacancy of an employer."""

    stream: str
    title: str
    state: str
    seats: int
    until: date | None


class Referred(NamedTuple):
    """A seeker whose referral to a post of an employer is open."""

    case: str
    case_no: str
    person: str
    owner: str
    vacancy: str
    title: str


class EmployerBook:
    """The reader of employers' standing."""

    def __init__(self, pool: Pool) -> None:
        """Take the readers' pool."""
        self._pool = pool

    def standing(self, employers: Collection[str], *, since: date) -> Mapping[str, Standing]:
        """Give the standing of some employers; who has no dispute is left out."""
        if not employers:
            return {}
        statement = (
            STANDING
            + "AND respondents && %(employers)s::text[]"
            + (" AND respondent = ANY(%(employers)s) GROUP BY respondent")
        )
        values = {"since": since, "employers": sorted(employers)}
        with self._pool.connection() as conn:
            rows = conn.execute(statement, values, prepare=True).fetchall()
        return {row[0]: _standing(row) for row in rows}

    def watched(self, *, since: date, limit: int = 100) -> list[Standing]:
        """Give the watch list: what is owed first, then who answers most often."""
        statement = STANDING + (
            "GROUP BY respondent HAVING sum(outstanding) > 0"
            " OR count(*) FILTER (WHERE opened_on > %(since)s) >= %(repeat)s"
            " OR count(*) FILTER (WHERE state = 'DEFAULTED') > 0"
            " ORDER BY sum(outstanding) DESC,"
            " count(*) FILTER (WHERE opened_on > %(since)s) DESC, respondent LIMIT %(limit)s"
        )
        values = {"since": since, "repeat": REPEAT, "limit": limit}
        with self._pool.connection() as conn:
            rows = conn.execute(statement, values, prepare=True).fetchall()
        return [_standing(row) for row in rows]

    def posts(self, employer: str) -> list[Post]:
        """Give the vacancies of an employer."""
        with self._pool.connection() as conn:
            rows = conn.execute(POSTS, [employer], prepare=True).fetchall()
        return [Post(*row) for row in rows]

    def referred(self, employer: str) -> tuple[list[Referred], int]:
        """Give the first seekers with an open referral to the employer, and how many there are."""
        with self._pool.connection() as conn:
            rows = conn.execute(REFERRED, [employer], prepare=True).fetchall()
        return [Referred(*row[:-1]) for row in rows], int(rows[0][-1]) if rows else 0

    def placed(self, employer: str) -> tuple[int, int]:
        """Count who was ever placed there, and who works there now."""
        with self._pool.connection() as conn:
            row = conn.execute(PLACED, [employer], prepare=True).fetchone()
        return (int(row[0]), int(row[1])) if row else (0, 0)


def _standing(row: Sequence[Any]) -> Standing:
    """Read a row; sums come as exact decimals."""
    employer, cases, running, recent, *sums, last_on = row
    workers, claimed, agreed, paid, outstanding, defaulted = map(int, sums)
    return Standing(
        employer, cases, running, recent, workers, claimed, agreed, paid, outstanding, defaulted,
        last_on,
    )  # fmt: skip
