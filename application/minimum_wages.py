"""Minimum wages 最低工资 by place and day (Q-08): data of the place, empty until it is entered."""

import threading
from collections.abc import Sequence
from datetime import date
from time import monotonic

from psycopg_pool import ConnectionPool

from domain.codes import DISTRICTS
from domain.kernel import N_, Refused
from domain.money import Fen
from domain.vacancy.text import MinimumWage

REFRESH = 5.0  # seconds that another process's entry may take to be seen here


class MinimumWages:
    """Reads the table once in a while, and enters rows; the youngest row comes first."""

    def __init__(self, pool: ConnectionPool) -> None:
        """Take the writer's pool; the table is small and read whole."""
        self._pool = pool
        self._lock = threading.Lock()
        self._read_at = -REFRESH
        self._rows: tuple[MinimumWage, ...] = ()

    def rows(self) -> Sequence[MinimumWage]:
        """Give every row, so that the first one that holds for a place and day is in force."""
        if monotonic() - self._read_at >= REFRESH:
            with self._lock, self._pool.connection() as conn:
                found = conn.execute(
                    "SELECT place, monthly, hourly, from_on, demo FROM office.minimum_wages"
                    " ORDER BY from_on DESC, place"
                ).fetchall()
                self._rows = tuple(
                    MinimumWage(place, Fen(monthly), Fen(hourly), from_on, demo=demo)
                    for place, monthly, hourly, from_on, demo in found
                )
                self._read_at = monotonic()
        return self._rows

    def enter(
        self, *, place: str, monthly: Fen, hourly: Fen, from_on: date, by: str, demo: bool = False
    ) -> None:
        """Enter the amounts of a place from a day on; an entry for that day is replaced (O-05)."""
        if place not in DISTRICTS:
            raise Refused(rule="O-05", text=N_("没有这个地区。"), field="place")
        for name, amount in (("monthly", monthly), ("hourly", hourly)):
            if amount <= 0:
                raise Refused(rule="O-05", text=N_("最低工资须大于零。"), field=name)
        if hourly > monthly:
            raise Refused(rule="O-05", text=N_("小时最低工资不能高于月最低工资。"), field="hourly")
        with self._pool.connection() as conn:
            conn.execute(
                "INSERT INTO office.minimum_wages"
                " (place, from_on, monthly, hourly, demo, entered_by)"
                " VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT (place, from_on) DO UPDATE"
                " SET monthly = EXCLUDED.monthly, hourly = EXCLUDED.hourly, demo = EXCLUDED.demo,"
                " entered_by = EXCLUDED.entered_by, entered_at = log.now()",
                [place, from_on, int(monthly), int(hourly), demo, by],
            )
        self._read_at = -REFRESH
