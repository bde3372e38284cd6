"""Service standards as the place has them: shipped values, and later ones with their first day."""

import json
import threading
from collections.abc import Sequence
from datetime import date
from time import monotonic

from psycopg.errors import UniqueViolation
from psycopg_pool import ConnectionPool

from application.rights import check
from application.store import Stamp
from domain.kernel import N_, Aggregate, Refused
from domain.seeker.standards import SHIPPED, Standard, checked

REFRESH = 5.0  # seconds that another process's entry may take to be seen here
RIGHT = "settings.manage"


class StandardsBook:
    """The standards as shipped and as entered."""

    def __init__(self, pool: ConnectionPool) -> None:
        """Take the writer's pool; the table is small and read whole."""
        self._pool, self._lock = pool, threading.Lock()
        self._read_at = -REFRESH
        self._standards: Sequence[Standard] = SHIPPED

    def standards(self) -> Sequence[Standard]:
        """Give every value with its first day."""
        if monotonic() - self._read_at >= REFRESH:
            with self._lock, self._pool.connection() as conn:
                rows = conn.execute(
                    "SELECT code, from_on, items, within_days, yearly FROM office.standards"
                ).fetchall()
                entered = (
                    Standard(code, on, tuple((k, int(n)) for k, n in items), days, yearly)
                    for code, on, items, days, yearly in rows
                )
                self._standards = (*SHIPPED, *entered)
                self._read_at = monotonic()
        return self._standards

    def enter(
        self,
        *,
        code: str,
        from_on: date,
        items: Sequence[tuple[str, int]],
        within_days: int,
        stamp: Stamp,
        yearly: bool = False,
    ) -> Standard:
        """Enter what a standard means from a day on (O-11); earlier cases keep what they had."""
        check(stamp.who, RIGHT, Aggregate(), "")
        made = checked(Standard(code, from_on, tuple(items), within_days, yearly))
        if from_on <= stamp.occurred_on:
            raise Refused(
                rule="O-11", text=N_("服务标准须自今天以后的一天起改变。"), field="from_on"
            )
        try:
            with self._pool.connection() as conn:
                conn.execute(
                    "INSERT INTO office.standards"
                    " (code, from_on, items, within_days, yearly, entered_by)"
                    " VALUES (%s, %s, %s, %s, %s, %s)",
                    [code, from_on, json.dumps(made.items), within_days, yearly, stamp.actor],
                )
        except UniqueViolation as taken:
            raise Refused(
                rule="O-11", text=N_("这项标准自该日起已有规定。"), field="from_on"
            ) from taken
        self._read_at = -REFRESH
        return made
