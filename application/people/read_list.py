"""Reading the read log 查阅日志 for auditors: by case, by account, by kind and day (F-67)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from psycopg_pool import ConnectionPool

KINDS = ("view", "search", "reveal", "access", "export")
_PAGE = """
SELECT id, at, who, role, station, kind, stream, field_class, purpose, route, outcome,
       (SELECT min(n.at) FROM log.reads n WHERE n.who = r.who AND n.at > r.at
        AND n.at <= r.at + %(idle)s) - at AS lasted
FROM log.reads r
WHERE (%(who)s = '' OR who = %(who)s) AND (%(stream)s = '' OR stream = %(stream)s)
  AND (%(kind)s = '' OR kind = %(kind)s) AND id < %(before)s
  AND (%(from_on)s::date IS NULL OR at >= %(from_on)s::date::timestamp AT TIME ZONE 'Asia/Shanghai')
  AND (%(to_on)s::date IS NULL
       OR at < (%(to_on)s::date + 1)::timestamp AT TIME ZONE 'Asia/Shanghai')
ORDER BY id DESC LIMIT %(limit)s
"""
NEWEST = 2**62
IDLE = timedelta(minutes=30)  # after so long without a reading a session has ended by itself


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which readings are asked for; an empty filter lets everything through."""

    who: str = ""
    stream: str = ""
    kind: str = ""
    from_on: date | None = None
    to_on: date | None = None
    before: int = NEWEST
    limit: int = 100


class Reading(NamedTuple):
    """One reading: when, who in which role and station, what of which stream, why, from where."""

    id: int
    at: datetime
    who: str
    role: str
    station: str
    kind: str
    stream: str
    field_class: str
    purpose: str
    route: str
    outcome: str
    lasted: timedelta | None  # until the next reading of the same account; None: the last one


class ReadList:
    """Pages of the read log, youngest first."""

    def __init__(self, pool: ConnectionPool) -> None:
        """Take the reader's pool."""
        self._pool = pool

    def page(self, wanted: Wanted) -> list[Reading]:
        """Give the readings that a filter lets through."""
        given = {name: getattr(wanted, name) for name in Wanted.__dataclass_fields__}
        with self._pool.connection() as conn:
            rows = conn.execute(_PAGE, given | {"idle": IDLE}).fetchall()
        return [Reading(*row) for row in rows]
