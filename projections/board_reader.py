"""The board 岗位公示: what hangs in public, read from the directory; no person stands in it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from projections.runner import Pool


@dataclass(frozen=True)
class Opening:
    """A published post: amounts in fen, `seats` are those still free."""

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


@dataclass(frozen=True)
class Course:
    """A class that takes people: its last day and the seats left."""

    stream: str
    title: str
    venue: str
    seats: int
    first_on: date | None
    last_on: date | None


class BoardReader:
    """The reader of posts and classes that anybody may see."""

    def __init__(self, pool: Pool) -> None:
        """Take the readers' pool."""
        self._pool = pool

    def openings(
        self,
        county: str,
        today: date,
        *,
        trade: str = "",
        employer: str = "",
        text: str = "",
        offset: int = 0,
        limit: int = 32,
    ) -> tuple[list[Opening], int]:
        """List posts of a county that are open today, the youngest first, and count them all."""
        where = [
            "v.kind = 'vacancy'",
            "v.state = 'published'",
            "v.until >= %(today)s",
            "v.seats > 0",
            "starts_with(v.district, %(county)s)",
        ]
        if trade:
            where.append("v.detail->>'occupation' = %(trade)s")
        if employer:
            where.append("v.parent = %(employer)s")
        if text:
            where.append("position(%(text)s in v.name || ' ' || coalesce(e.name, '')) > 0")
        values = {
            "today": today,
            "text": text,
            "county": county,
            "trade": trade,
            "employer": employer,
            "offset": offset,
            "limit": limit,
        }
        with self._pool.connection() as conn:
            rows = conn.execute(
                "SELECT v.stream, v.name, coalesce(e.name, ''), v.district, v.seats, v.until,"
                " v.detail, count(*) OVER () FROM wall.directory v"
                " LEFT JOIN wall.directory e ON e.stream = v.parent"
                f" WHERE {' AND '.join(where)} ORDER BY v.until DESC, v.stream DESC"
                " OFFSET %(offset)s LIMIT %(limit)s",
                values,
                prepare=True,
            ).fetchall()
        return [_opening(row) for row in rows], int(rows[0][-1]) if rows else 0

    def courses(self, venues: Collection[str], today: date, limit: int = 8) -> list[Course]:
        """List classes at some stations that still take people, the soonest first."""
        with self._pool.connection() as conn:
            rows = conn.execute(
                "SELECT stream, name, parent, seats, (detail->>'first_on')::date, until"
                " FROM wall.directory WHERE kind = 'training' AND state = 'planned' AND seats > 0"
                " AND parent = ANY(%s) AND (detail->>'first_on')::date >= %s"
                " ORDER BY (detail->>'first_on')::date, stream LIMIT %s",
                [sorted(venues), today, limit],
                prepare=True,
            ).fetchall()
        return [Course(*row) for row in rows]


def _opening(row: Sequence[Any]) -> Opening:
    stream, title, employer, district, seats, until, detail, _ = row
    told: Mapping[str, Any] = detail
    return Opening(
        stream,
        title,
        employer,
        district,
        seats,
        until,
        str(told.get("occupation", "")),
        int(told.get("pay_from") or 0),
        int(told.get("pay_to") or 0),
        str(told.get("pay_unit", "")),
        tuple(told.get("hours") or ()),
    )
