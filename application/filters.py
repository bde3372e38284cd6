"""Saved filters 常用筛选: named, pinned to the home page, shared by a manager (F-17).

A filter holds codes and days only. Its name is free text and so kept sealed.
"""

import secrets
from typing import NamedTuple

from psycopg_pool import ConnectionPool

from application.people.sealing import Box
from application.store import Who
from domain.kernel import N_, Refused

MOST, LONGEST = 20, 24  # filters of an account, characters of a name


_BESIDE = """
SELECT c.value, f.id, f.account, f.stations, f.sealed, f.query, f.pinned
FROM (SELECT (SELECT value FROM office.choices WHERE account = %s AND name = %s) AS value) c
LEFT JOIN office.filters f ON f.account = %s OR f.stations @> ARRAY[%s]
ORDER BY f.created_at, f.id
"""


class Filter(NamedTuple):
    """One saved filter; `shared` by a manager, `own` of who asks."""

    id: str
    name: str
    query: str
    pinned: bool
    shared: bool
    own: bool


class Filters:
    """Rows of `office.filters`."""

    def __init__(self, pool: ConnectionPool, box: Box) -> None:
        """Take the writer's pool, and what seals a name."""
        self._pool, self._box = pool, box

    def of(self, who: Who) -> list[Filter]:
        """Give the own filters and those shared at the own station, by their age."""
        return self.beside(who, "")[1]

    def beside(self, who: Who, choice: str) -> tuple[str, list[Filter]]:
        """Give them with what the account chose for a list, or "", by one statement."""
        with self._pool.connection() as conn:
            rows = conn.execute(
                _BESIDE, [who.account, choice, who.account, who.station], prepare=True
            ).fetchall()
        filters = [
            Filter(
                name,
                self._box.open(bytes(sealed), name, account).decode(),
                query,
                pinned,
                bool(stations),
                account == who.account,
            )
            for _, name, account, stations, sealed, query, pinned in rows
            if name is not None
        ]
        return rows[0][0] or "", filters

    def save(self, who: Who, *, name: str, query: str, pinned: bool, shared: bool) -> str:
        """Keep a filter; to share one with the stations is a manager's (F-17)."""
        name = name.strip()
        if not 1 <= len(name) <= LONGEST:
            raise Refused(
                rule="O-20",
                text=N_("请给筛选起一个1至{most}字的名字。"),
                field="name",
                most=LONGEST,
            )
        if shared and "station_manager" not in who.roles:
            raise Refused(rule="O-20", text=N_("只有站长可以把筛选设为全站共用。"), field="shared")
        filter_id = secrets.token_urlsafe(9)
        stations = sorted(who.stations | {who.station}) if shared else []
        with self._pool.connection() as conn, conn.transaction():
            held = conn.execute(
                "SELECT count(*) FROM office.filters WHERE account = %s", [who.account]
            ).fetchone()
            if held and held[0] >= MOST:
                raise Refused(
                    rule="O-20", text=N_("每人最多保存{most}个筛选，请先删去一个。"), most=MOST
                )
            conn.execute(
                "INSERT INTO office.filters (id, account, stations, sealed, query, pinned)"
                " VALUES (%s, %s, %s, %s, %s, %s)",
                [
                    filter_id,
                    who.account,
                    stations,
                    self._box.seal(name.encode(), filter_id, who.account),
                    query,
                    pinned,
                ],
            )
        return filter_id

    def pin(self, who: Who, filter_id: str, *, pinned: bool) -> None:
        """Show an own filter on the home page, or no longer."""
        with self._pool.connection() as conn:
            conn.execute(
                "UPDATE office.filters SET pinned = %s WHERE id = %s AND account = %s",
                [pinned, filter_id, who.account],
            )

    def remove(self, who: Who, filter_id: str) -> None:
        """Drop an own filter."""
        with self._pool.connection() as conn:
            conn.execute(
                "DELETE FROM office.filters WHERE id = %s AND account = %s",
                [filter_id, who.account],
            )
