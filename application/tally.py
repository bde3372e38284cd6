"""Counting people at the door 客流计数: presses add up in an hour's row, each hour is one fact.

A morning of 40,000 is four facts, not 40,000 (domain.md 9.11, ADR 0023). An hour that is over
becomes a `station.footfall_counted` with the next press or look; its command id follows from
station and hour, so that two who close it at once record it once.
"""

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple

from psycopg_pool import ConnectionPool

from application.devices import check
from application.directory import Directory
from application.store import Stamp, Who
from domain.calendar import CHINA
from domain.kernel import N_, Refused

RIGHT = "station.count"
NAMESPACE = uuid.UUID("a3b2c6de-3c9e-5d0c-8f0a-5d6f3b6b2f11")
MOST_AT_ONCE = 5_000
HOUR, GRACE = timedelta(hours=1), timedelta(minutes=1)  # a press on the stroke still counts

_ADD = (
    "INSERT INTO office.tallies AS t (station, from_at, to_at, entered) VALUES (%s, %s, %s, %s)"
    " ON CONFLICT (station, from_at) DO UPDATE SET entered = t.entered + EXCLUDED.entered"
)
_TAKE_BACK = (
    "UPDATE office.tallies SET entered = entered + %s"
    " WHERE station = %s AND from_at = %s AND entered + %s >= 0"
)


class Tallied(NamedTuple):
    """One hour that is not a fact yet; `trouble` says why it could not become one."""

    from_at: datetime
    to_at: datetime
    entered: int
    trouble: str


class Tally:
    """The hand counters of the stations, in `office.tallies`."""

    def __init__(
        self, pool: ConnectionPool, directory: Directory, *, now: Callable[[], datetime]
    ) -> None:
        """Take the writer's pool, the service that records an hour, and the clock."""
        self._pool, self._directory, self._now = pool, directory, now

    def add(self, who: Who, station: str, entered: int, *, command: str) -> None:
        """Add people to the hour that runs; a correction may take some of it back (T-03)."""
        check(who, station, RIGHT)
        if not -MOST_AT_ONCE <= entered <= MOST_AT_ONCE or not entered:
            raise Refused(
                rule="T-03",
                text=N_("一次最多计{most}人。"),
                field="entered",
                most=MOST_AT_ONCE,
            )
        hour = self._hour()
        with self._pool.connection() as conn, conn.transaction():
            pressed = conn.execute(
                "INSERT INTO office.tally_presses (id, station, from_at) VALUES (%s, %s, %s)"
                " ON CONFLICT (id) DO NOTHING",
                [_uuid(command), station, hour],
            ).rowcount
            if not pressed:
                return
            if entered > 0:
                done = conn.execute(_ADD, [station, hour, hour + HOUR, entered]).rowcount
            else:
                done = conn.execute(_TAKE_BACK, [entered, station, hour, entered]).rowcount
            if not done:
                raise Refused(rule="T-03", text=N_("客流人数不能为负数。"), field="entered")

    def open_hours(self, station: str) -> list[Tallied]:
        """List the hours that are not facts yet, the running one last."""
        with self._pool.connection() as conn:
            rows = conn.execute(
                "SELECT from_at, to_at, entered, trouble FROM office.tallies"
                " WHERE station = %s ORDER BY from_at",
                [station],
            ).fetchall()
        return [Tallied(*row) for row in rows]

    def close_hours(self, who: Who, station: str) -> int:
        """Make facts of the hours that are over; give the position of the last one, or 0."""
        check(who, station, RIGHT)
        position = 0
        for hour in self.open_hours(station):
            if hour.to_at + GRACE > self._now() or hour.trouble:
                continue
            position = max(position, self._record(who, station, hour))
        return position

    def _record(self, who: Who, station: str, hour: Tallied) -> int:
        start, end = hour.from_at.astimezone(CHINA), hour.to_at.astimezone(CHINA)
        name = f"{station} {start.isoformat()}"
        stamp = Stamp(who, str(uuid.uuid5(NAMESPACE, name)), start.date())
        try:
            done = self._directory.count_footfall(
                station,
                from_at=start.replace(tzinfo=None),
                to_at=end.replace(tzinfo=None),
                entered=hour.entered,
                stamp=stamp,
            )
        except Refused as refused:
            self._settle(station, hour, trouble=refused.text)
            return 0
        self._settle(station, hour)
        return done.position

    def _settle(self, station: str, hour: Tallied, trouble: str = "") -> None:
        """Drop an hour that is a fact now, or keep why it is not."""
        with self._pool.connection() as conn, conn.transaction():
            if trouble:
                conn.execute(
                    "UPDATE office.tallies SET trouble = %s WHERE station = %s AND from_at = %s",
                    [trouble, station, hour.from_at],
                )
                return
            gone = conn.execute(
                "DELETE FROM office.tallies WHERE station = %s AND from_at = %s AND entered = %s",
                [station, hour.from_at, hour.entered],
            ).rowcount
            if gone:
                conn.execute(
                    "DELETE FROM office.tally_presses WHERE station = %s AND from_at = %s",
                    [station, hour.from_at],
                )

    def _hour(self) -> datetime:
        return self._now().astimezone(CHINA).replace(minute=0, second=0, microsecond=0)


def _uuid(command: str) -> uuid.UUID:
    try:
        return uuid.UUID(command)
    except ValueError:
        raise Refused(rule="F-00", text=N_("表单缺少编号，请重新打开此页。")) from None
