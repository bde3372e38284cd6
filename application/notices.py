"""Notices 告示 of a station, for its screens and its public page; they name nobody (T-04)."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from psycopg_pool import ConnectionPool

from application.devices import check
from application.ids import new_stream
from application.store import Who
from domain.kernel import N_, Refused
from domain.station.publicity import check_notice

MOST_SHOWN = 6


class Notice(NamedTuple):
    """A notice and the last day it hangs."""

    id: str
    station: str
    title: str
    body: str
    until_on: date
    made_by: str


class Notices:
    """The notices of the stations, in `office.notices`."""

    def __init__(self, pool: ConnectionPool) -> None:
        """Take the writer's pool."""
        self._pool = pool

    def put_up(
        self,
        who: Who,
        *,
        station: str,
        title: str,
        body: str,
        until_on: date,
        today: date,
        command: str = "",
    ) -> None:
        """Hang a notice until a day, that day included (T-04)."""
        check(who, station)
        check_notice(title.strip(), body.strip())
        if until_on < today:
            raise Refused(rule="T-04", text=N_("告示的截止日期已过。"), field="until_on")
        with self._pool.connection() as conn:
            conn.execute(
                "INSERT INTO office.notices (id, station, title, body, until_on, made_by)"
                " VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT (id) DO NOTHING",
                [
                    f"notice-{command}" if command else new_stream("notice"),
                    station,
                    title.strip(),
                    body.strip(),
                    until_on,
                    who.account,
                ],
            )

    def take_down(self, who: Who, notice: str) -> None:
        """Take a notice down before its day."""
        with self._pool.connection() as conn:
            row = conn.execute(
                "SELECT station FROM office.notices WHERE id = %s", [notice]
            ).fetchone()
            if row is None:
                raise Refused(rule="T-04", text=N_("没有这条告示。"))
            check(who, row[0])
            conn.execute(
                "UPDATE office.notices SET ended_at = log.now(), ended_by = %s"
                " WHERE id = %s AND ended_at IS NULL",
                [who.account, notice],
            )

    def hanging(self, stations: Sequence[str], today: date) -> list[Notice]:
        """List what hangs today, the youngest first."""
        with self._pool.connection() as conn:
            rows = conn.execute(
                "SELECT id, station, title, body, until_on, made_by FROM office.notices"
                " WHERE station = ANY(%s) AND until_on >= %s AND ended_at IS NULL"
                " ORDER BY made_at DESC, id LIMIT 100",
                [list(stations), today],
                prepare=True,
            ).fetchall()
        return [Notice(*row) for row in rows]
