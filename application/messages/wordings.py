"""Wordings of messages as the place has them: shipped ones, and versions entered later (M-07)."""

import threading
from collections.abc import Sequence
from datetime import datetime
from time import monotonic

from psycopg_pool import ConnectionPool

from application.rights import check
from application.store import Stamp
from domain.kernel import Aggregate
from domain.message.wording import SHIPPED, Wording, check_wording, in_force

REFRESH = 5.0  # seconds that another process's entry may take to be seen here
RIGHT = "settings.manage"


class WordingBook:
    """The wordings as shipped and as entered; a version that stands is never changed."""

    def __init__(self, pool: ConnectionPool) -> None:
        """Take the writer's pool; the table is small and read whole."""
        self._pool, self._lock = pool, threading.Lock()
        self._read_at = -REFRESH
        self._wordings: Sequence[Wording] = SHIPPED

    def wordings(self) -> Sequence[Wording]:
        """Give every version of every wording."""
        if monotonic() - self._read_at >= REFRESH:
            with self._lock, self._pool.connection() as conn:
                rows = conn.execute(
                    "SELECT occasion, language, version, subject, body FROM office.wordings"
                ).fetchall()
                self._wordings = (*SHIPPED, *(Wording(*row) for row in rows))
                self._read_at = monotonic()
        return self._wordings

    def in_force(self, occasion: str, language: str) -> Wording:
        """Give the latest wording of an occasion in a language."""
        return in_force(self.wordings(), occasion, language)

    def entries(self, occasion: str, language: str) -> dict[int, tuple[str, datetime]]:
        """Say of each entered version who entered it and when."""
        with self._pool.connection() as conn:
            rows = conn.execute(
                "SELECT version, entered_by, entered_at FROM office.wordings"
                " WHERE occasion = %s AND language = %s",
                [occasion, language],
            ).fetchall()
        return {version: (by, at) for version, by, at in rows}

    def enter(
        self, occasion: str, language: str, *, subject: str, body: str, after: int, stamp: Stamp
    ) -> Wording:
        """Enter a wording as the version after the one that was read; sent twice it stands once.

        Raises `Refused` M-07 for what cannot be filled, and P-05 without the right.
        """
        check(stamp.who, RIGHT, Aggregate(), "")
        check_wording(occasion, language, subject, body)
        made = Wording(occasion, language, after + 1, subject.strip(), body.strip())
        with self._pool.connection() as conn:
            conn.execute(
                "INSERT INTO office.wordings (occasion, language, version, subject, body,"
                " entered_by) VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING",
                [*made, stamp.actor],
            )
        self._read_at = -REFRESH
        return self.in_force(occasion, language)
