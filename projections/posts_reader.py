"""Posts 岗位 as lists: by what a day makes of their state, counted as lines and as headcounts.

Lines and headcounts are two measures (4.2): 1,100 lines may be 172,000 posts.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from psycopg.rows import dict_row

from domain.vacancy import ENDING
from projections.runner import Pool

PAGE = 50
# What a day makes of a stored state; "ending" is open too, and counted there as well.
STATE = (
    "CASE WHEN p.state IN ('published', 'paused') AND p.valid_until < %(on)s THEN 'expired'"
    " WHEN p.state = 'published' THEN 'open' ELSE p.state END"
)
ENDS = "p.state = 'published' AND p.valid_until BETWEEN %(on)s AND %(soon)s"


NARROWED = {
    "trade": "occupation",
    "place": "place",
    "station": "station",
    "employer": "employer",
}


class Count(NamedTuple):
    """How many lines, and how many people they seek."""

    lines: int = 0
    headcount: int = 0


@dataclass(frozen=True)
class Asked:
    """What a list shows: a state of `STATE`, "ending" or "" for all, and words to narrow it."""

    on: date
    state: str = ""
    text: str = ""
    trade: str = ""
    place: str = ""
    station: str = ""
    employer: str = ""
    after: tuple[date, str] | None = None
    limit: int = PAGE


class Referred(NamedTuple):
    """Somebody who was referred to a post that was withdrawn."""

    case_id: str
    case_no: str
    person: str
    owner: str
    station: str
    vacancy: str
    title: str


class Opening(NamedTuple):
    """A post as anybody may read it: amounts in fen, `seats` are those still free."""

    stream: str
    title: str
    employer: str
    district: str
    seats: int
    until: date
    occupation: str
    pay_from: int
    pay_to: int
    pay_unit: str
    hours: Sequence[str]


class PostsReader:
    """The lists of posts, of what hangs in public, and of those referred to posts no more."""

    def __init__(self, pool: Pool) -> None:
        """Take the readers' pool."""
        self._pool = pool

    def page(self, asked: Asked) -> Sequence[Mapping[str, Any]]:
        """List posts: what ends first comes first."""
        where, values = _where(asked)
        match asked.state:
            case "ending":
                where.append(ENDS)
            case state if state:
                where.append(f"{STATE} = %(state)s")
        if asked.after:
            where.append("(p.valid_until, p.vacancy) > (%(until)s, %(last)s)")
            values |= {"until": asked.after[0], "last": asked.after[1]}
        return self._rows(
            f"SELECT p.*, {STATE} AS stands, {ENDS} AS ending, e.name AS hirer"
            " FROM wall.matching_posts AS p"
            " LEFT JOIN wall.directory AS e ON e.stream = p.employer"
            f" WHERE {' AND '.join(where)} ORDER BY p.valid_until, p.vacancy LIMIT %(limit)s",
            values | {"state": asked.state, "limit": asked.limit},
        )

    def counts(self, asked: Asked) -> dict[str, Count]:
        """Count lines and headcounts of every state under the other words of a list."""
        where, values = _where(asked)
        rows = self._rows(
            f"SELECT {STATE} AS stands, {ENDS} AS ending, count(*)::int AS lines,"
            " sum(p.headcount)::int AS headcount FROM wall.matching_posts AS p"
            f" WHERE {' AND '.join(where)} GROUP BY 1, 2",
            values,
        )
        found: dict[str, Count] = {}
        for row in rows:
            for name in (row["stands"], "ending") if row["ending"] else (row["stands"],):
                had = found.get(name, Count())
                found[name] = Count(had.lines + row["lines"], had.headcount + row["headcount"])
        return found

    def openings(
        self,
        county: str,
        on: date,
        *,
        trade: str = "",
        text: str = "",
        at: int = 0,
        limit: int = 32,
    ) -> tuple[list[Opening], int]:
        """List the posts of a county that are open on a day, the youngest first; count them all."""
        where = [f"{STATE} = 'open'", "p.seats > 0", "starts_with(p.place, %(county)s)"]
        if trade:
            where.append("p.occupation = %(trade)s")
        if text:
            where.append("position(%(text)s in p.title || ' ' || coalesce(e.name, '')) > 0")
        rows = self._rows(
            "SELECT p.vacancy AS stream, p.title, coalesce(e.name, '') AS employer,"
            " p.place AS district, p.seats, p.valid_until AS until, p.occupation,"
            " p.stated_from AS pay_from, p.stated_to AS pay_to, p.pay_unit, p.hours,"
            " (count(*) OVER ())::int AS total FROM wall.matching_posts AS p"
            " LEFT JOIN wall.directory AS e ON e.stream = p.employer"
            f" WHERE {' AND '.join(where)} ORDER BY p.valid_until DESC, p.vacancy DESC"
            " OFFSET %(at)s LIMIT %(limit)s",
            {"on": on, "county": county, "trade": trade, "text": text, "at": at, "limit": limit},
        )
        totals = [row.pop("total") for row in rows]
        return [Opening(**row) for row in rows], totals[0] if totals else 0

    def hirers(self, on: date) -> list[Mapping[str, Any]]:
        """List employers in business that have open posts, with lines and seats."""
        return list(
            self._rows(
                "SELECT p.employer, e.name, count(*)::int AS lines, sum(p.seats)::int AS seats"
                " FROM wall.matching_posts AS p JOIN wall.directory AS e"
                " ON e.stream = p.employer AND e.state = 'active'"
                " WHERE p.state = 'published' AND p.valid_until >= %(on)s AND p.seats > 0"
                " GROUP BY p.employer, e.name ORDER BY e.name LIMIT 500",
                {"on": on},
            )
        )

    def to_tell(self, stations: Collection[str] | None, *, vacancy: str = "") -> list[Referred]:
        """List who was referred to a withdrawn post and was not told; None: of every station."""
        where = ["p.state = 'withdrawn'"]
        if vacancy:
            where.append("p.vacancy = %(vacancy)s")
        if stations is not None:
            where.append("s.station = ANY(%(stations)s)")
        return [
            Referred(**row)
            for row in self._rows(
                "SELECT s.case_id, s.case_no, s.person, s.owner, s.station, p.vacancy, p.title"
                " FROM wall.matching_posts AS p"
                " JOIN wall.matching_seekers AS s ON s.referred @> ARRAY[p.vacancy]::text[]"
                f" WHERE {' AND '.join(where)} AND s.state <> 'CLOSED'"
                " ORDER BY p.vacancy, s.case_no LIMIT 500",
                {"vacancy": vacancy, "stations": sorted(stations or ())},
            )
        ]

    def told(self, vacancy: str) -> list[str]:
        """List the cases whose referral to a post was stopped: they were told."""
        rows = self._rows(
            "SELECT case_id FROM wall.matching_seekers WHERE stopped @> ARRAY[%(vacancy)s]::text[]"
            " ORDER BY case_id",
            {"vacancy": vacancy},
        )
        return [row["case_id"] for row in rows]

    def _rows(self, query: str, values: Mapping[str, Any]) -> list[dict[str, Any]]:
        with self._pool.connection() as conn, conn.cursor(row_factory=dict_row) as cursor:
            return cursor.execute(query, values).fetchall()


def _where(asked: Asked) -> tuple[list[str], dict[str, Any]]:
    """Narrow a list by words; everything but the state."""
    where = ["true"]
    values: dict[str, Any] = {"on": asked.on, "soon": asked.on + ENDING}
    if asked.text:
        where.append(
            "(position(%(text)s in p.title) > 0 OR EXISTS (SELECT FROM wall.directory AS h"
            " WHERE h.stream = p.employer AND position(%(text)s in h.name) > 0))"
        )
        values["text"] = asked.text
    for name, column in NARROWED.items():
        if value := getattr(asked, name):
            where.append(f"p.{column} = %({name})s")
            values[name] = value
    return where, values
