"""Growing waits after failed sign-ins: 1 s doubling to 15 min, and nothing stays locked (T7).

A try is counted before the password is looked at, so that many tries at once count as one; a
success takes the account's count back. A try inside a wait is neither hashed nor counted.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import NamedTuple

from psycopg import Connection, Rollback
from psycopg_pool import ConnectionPool

LONGEST = timedelta(minutes=15)


class Kind(NamedTuple):
    """What waits: how many failures are free of a wait, and after which rest all is forgotten."""

    name: str
    free: int
    rest: timedelta


ACCOUNT = Kind("account", 0, timedelta(days=1))
# One address may be a whole station: some typing errors are free, a success takes none back.
ADDRESS = Kind("address", 20, LONGEST)

_COUNT = """
INSERT INTO office.waits AS w (kind, key, failures, until)
VALUES (%(kind)s, %(key)s, 1, %(now)s + %(first)s)
ON CONFLICT (kind, key) DO UPDATE SET
    failures = CASE WHEN w.until + %(rest)s < %(now)s THEN 1 ELSE w.failures + 1 END,
    until = %(now)s + CASE
        WHEN w.until + %(rest)s < %(now)s THEN %(first)s
        WHEN w.failures + 1 <= %(free)s THEN interval '0'
        ELSE least(
            %(longest)s, make_interval(secs => power(2, least(w.failures - %(free)s, 20)))
        )
    END
WHERE w.until <= %(now)s
RETURNING until
"""


class Attempts:
    """The tries that are counted, in `office.waits`; keys are hashed, as people mistype."""

    def __init__(
        self, pool: ConnectionPool, *, account: Kind = ACCOUNT, address: Kind = ADDRESS
    ) -> None:
        """Take the writer's pool, and what waits by name and by address."""
        self._pool, self._account, self._address = pool, account, address

    def take(self, login: str, address: str, now: datetime) -> tuple[bool, datetime]:
        """Count a try if none is waited for; say so, with the moment of the next one."""
        with self._pool.connection() as conn:
            wait = self._waiting(conn, login, address, now)
            if wait > now:
                return False, wait
            with _undone_unless_taken(conn) as mark:
                until = self._count(conn, self._account, login, now)
                if until and self._count(conn, self._address, address, now):
                    mark.append("taken")
            if until and mark:
                return True, max(until, self._waiting(conn, login, address, now))
            return False, self._waiting(conn, login, address, now)

    def forgive(self, login: str) -> None:
        """Forget an account's failures: its owner has come in."""
        with self._pool.connection() as conn:
            conn.execute(
                "DELETE FROM office.waits WHERE kind = %s AND key = %s",
                [self._account.name, _hashed(login)],
            )

    def sweep(self, now: datetime) -> None:
        """Drop rows that nobody waits for any more."""
        with self._pool.connection() as conn:
            conn.execute("DELETE FROM office.waits WHERE until < %s", [now - self._account.rest])

    def _waiting(self, conn: Connection, login: str, address: str, now: datetime) -> datetime:
        row = conn.execute(
            "SELECT max(until) FROM office.waits WHERE (kind, key) IN ((%s, %s), (%s, %s))",
            [self._account.name, _hashed(login), self._address.name, _hashed(address)],
        ).fetchone()
        until: datetime | None = row[0] if row else None
        return until or now

    def _count(self, conn: Connection, kind: Kind, key: str, now: datetime) -> datetime | None:
        first = timedelta(0) if kind.free else timedelta(seconds=1)
        row = conn.execute(
            _COUNT,
            {
                "kind": kind.name,
                "key": _hashed(key),
                "now": now,
                "free": kind.free,
                "rest": kind.rest,
                "first": first,
                "longest": LONGEST,
            },
        ).fetchone()
        return row[0] if row else None


@contextmanager
def _undone_unless_taken(conn: Connection) -> Iterator[list[str]]:
    """Count account and address together or not at all."""
    mark: list[str] = []
    with conn.transaction() as both:
        yield mark
        if not mark:
            raise Rollback(both)


def _hashed(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
