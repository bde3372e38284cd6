"""The read log 查阅日志: who looked at whose data and why, never the values; only added to."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Literal, NamedTuple

from psycopg_pool import ConnectionPool

from application.store import Who

Kind = Literal["view", "search", "reveal", "access", "export"]

_ADD = """
INSERT INTO log.reads (kind, who, role, station, stream, field_class, purpose, route, outcome)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)
"""


_SEEN = """
SELECT (at AT TIME ZONE 'Asia/Shanghai')::date AS day, station, role, kind, purpose, count(*)
FROM log.reads WHERE stream = ANY(%s) AND outcome <> 'refused'
GROUP BY 1, 2, 3, 4, 5 ORDER BY 1 DESC, 2, 3 LIMIT %s
"""


# Who looked at a case last, within some minutes, and at nothing else since; an auditor only reads.
_BESIDE = """
SELECT r.who, max(r.at) FROM log.reads r
WHERE r.stream = %(stream)s AND r.kind = 'view' AND r.who <> %(who)s AND r.role <> 'auditor'
  AND r.at > log.now() - make_interval(mins => %(mins)s)
  AND NOT EXISTS (SELECT FROM log.reads l WHERE l.who = r.who AND l.at >= r.at AND l.id > r.id
                  AND l.stream NOT IN ('', r.stream))
GROUP BY r.who ORDER BY 2 DESC, 1 LIMIT %(most)s
"""


class Beside(NamedTuple):
    """A colleague who has a case open now (F-14), and since when the page stands there."""

    who: str
    at: datetime


class Seen(NamedTuple):
    """Who looked at a file on a day: station and roles, never the name (F-104)."""

    day: date
    station: str
    roles: str
    kind: str
    purpose: str
    times: int


class Read(NamedTuple):
    """One look at a stream: when, who, what kind, which class of fields, for which purpose."""

    at: datetime
    who: str
    kind: str
    field_class: str
    purpose: str


class ReadLog:
    """Rows of `log.reads`, written as `yizhan_writer`. If the row fails, so does the page."""

    def __init__(self, pool: ConnectionPool) -> None:
        """Take the writer's pool."""
        self._pool = pool

    def write(
        self,
        kind: Kind,
        who: Who,
        *,
        stream: str = "",
        field_class: str,
        purpose: str = "",
        route: str = "",
        outcome: str = "shown",
    ) -> None:
        """Add a row and commit it; any failure is the caller's, who then shows nothing."""
        role = ",".join(sorted(who.roles))
        with self._pool.connection() as conn:
            conn.execute(
                _ADD,
                [
                    kind,
                    who.account,
                    role,
                    who.station,
                    stream,
                    field_class,
                    purpose,
                    route,
                    outcome,
                ],
            )

    def seen(self, streams: Sequence[str], *, most: int = 100) -> list[Seen]:
        """List who looked at cases or persons, by day, youngest first: the person's own right."""
        with self._pool.connection() as conn:
            rows = conn.execute(_SEEN, [list(streams), most], prepare=True).fetchall()
        return [Seen(*row) for row in rows]

    def beside(self, stream: str, who: str, *, minutes: int, most: int = 5) -> list[Beside]:
        """List the colleagues who have a case open now, the latest first: the log is the presence.

        A page that nobody moved on from counts for `minutes`; nothing is written for it.
        """
        asked = {"stream": stream, "who": who, "mins": minutes, "most": most}
        with self._pool.connection() as conn:
            rows = conn.execute(_BESIDE, asked, prepare=True).fetchall()
        return [Beside(*row) for row in rows]

    def of(self, stream: str, limit: int = 100) -> list[Read]:
        """Give the latest looks at a stream, the youngest first."""
        with self._pool.connection() as conn:
            rows = conn.execute(
                "SELECT at, who, kind, field_class, purpose FROM log.reads WHERE stream = %s"
                " ORDER BY at DESC LIMIT %s",
                [stream, limit],
            ).fetchall()
        return [Read(*row) for row in rows]
