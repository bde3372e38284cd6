"""Sessions of the site: an opaque token of 256 bits, of which only the SHA-256 is kept.

A session ends after rest (`idle`), after a shift (8 h), by sign-out, by a third one of the same
account, and with the account.
"""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from time import monotonic
from typing import NamedTuple

from psycopg_pool import ConnectionPool

from application.seen import POSITIONS, Seen

SHIFT = timedelta(hours=8)
AT_ONCE = 2
# `seen_at` is written at most this often, so that reading pages costs no commit.
TOUCH = timedelta(seconds=30)
_FIND = f"""
SELECT encode(s.token_hash, 'hex'), s.account, s.created_at, s.seen_at, s.expires_at, s.language,
       coalesce((SELECT max(originator_version) FROM log.events
                 WHERE originator_id = s.account), 0),
       {POSITIONS}, c.reset, c.changed_at, c.totp_set
FROM office.sessions s LEFT JOIN office.credentials c USING (account)
WHERE s.token_hash = %s AND s.expires_at > %s AND s.seen_at > %s
"""


@dataclass(frozen=True)
class Session:
    """A session just begun; the token exists here and in the cookie, nowhere else."""

    token: str
    account: str
    expires_at: datetime


class Login(NamedTuple):
    """What is asked of a password at every page: whether it was reset, its age, a second factor."""

    reset: bool
    changed_at: datetime
    totp_set: bool


@dataclass(frozen=True)
class Kept:
    """A session as kept: for the list of one's own, and to know who asks.

    What follows the language stands in the session that a page asks for: the version of the
    account's facts, what was seen of the log, and `login` if the account has a password.
    """

    id: str
    account: str
    created_at: datetime
    seen_at: datetime
    expires_at: datetime
    language: str
    version: int = 0
    seen: Seen | None = None
    login: Login | None = None


class Sessions:
    """The sessions in `office.sessions`."""

    def __init__(
        self, pool: ConnectionPool, clock: Callable[[], datetime], idle: timedelta
    ) -> None:
        """Take the writer's pool, a clock with a time zone, and the rest that ends a session."""
        self._pool, self._clock, self.idle = pool, clock, idle

    def start(self, account: str, *, language: str = "zh-CN", instead_of: str = "") -> Session:
        """Begin a session, end the one it replaces, and keep the two youngest (rotation)."""
        token, now = secrets.token_urlsafe(32), self._clock()
        expires = now + SHIFT
        with self._pool.connection() as conn, conn.transaction():
            conn.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [account])
            conn.execute(
                "DELETE FROM office.sessions WHERE token_hash = %s OR expires_at <= %s"
                " OR (account = %s AND seen_at <= %s)",
                [_hash(instead_of), now, account, now - self.idle],
            )
            conn.execute(
                "DELETE FROM office.sessions WHERE token_hash IN (SELECT token_hash"
                " FROM office.sessions WHERE account = %s ORDER BY created_at DESC OFFSET %s)",
                [account, AT_ONCE - 1],
            )
            conn.execute(
                "INSERT INTO office.sessions"
                " (token_hash, account, created_at, seen_at, expires_at, language)"
                " VALUES (%s, %s, %s, %s, %s, %s)",
                [_hash(token), account, now, now, expires, language],
            )
        return Session(token, account, expires)

    def find(self, token: str) -> Kept | None:
        """Find a living session and note that it is in use."""
        now, hashed = self._clock(), _hash(token)
        with self._pool.connection() as conn:
            values = [hashed, now, now - self.idle]
            row = conn.execute(_FIND, values, prepare=True).fetchone()
            if row is None:
                return None
            persons, directory, *login = row[7:]
            kept = replace(
                Kept(*row[:7]),
                seen=Seen(persons, directory, monotonic()),
                login=Login(*login) if login[0] is not None else None,
            )
            if now - kept.seen_at >= TOUCH:
                conn.execute(
                    "UPDATE office.sessions SET seen_at = %s WHERE token_hash = %s",
                    [now, hashed],
                )
        return kept

    def ended(self, token: str) -> str:
        """Name the account of a session that rest or the shift's end has ended."""
        now = self._clock()
        with self._pool.connection() as conn:
            row = conn.execute(
                "SELECT account FROM office.sessions WHERE token_hash = %s"
                " AND (expires_at <= %s OR seen_at <= %s)",
                [_hash(token), now, now - self.idle],
            ).fetchone()
        return str(row[0]) if row else ""

    def speak(self, token: str, language: str) -> None:
        """Keep the language that was chosen."""
        with self._pool.connection() as conn:
            conn.execute(
                "UPDATE office.sessions SET language = %s WHERE token_hash = %s",
                [language, _hash(token)],
            )

    def of(self, account: str) -> list[Kept]:
        """List the living sessions of an account, youngest first."""
        now = self._clock()
        with self._pool.connection() as conn:
            rows = conn.execute(
                "SELECT encode(token_hash, 'hex'), account, created_at, seen_at, expires_at,"
                " language FROM office.sessions WHERE account = %s AND expires_at > %s"
                " AND seen_at > %s ORDER BY created_at DESC",
                [account, now, now - self.idle],
            ).fetchall()
        return [Kept(*row) for row in rows]

    def end(self, token: str) -> None:
        """Sign out."""
        with self._pool.connection() as conn:
            conn.execute("DELETE FROM office.sessions WHERE token_hash = %s", [_hash(token)])

    def kill(self, account: str, session: str = "") -> int:
        """End one session of an account by its id, or all; say how many ended."""
        with self._pool.connection() as conn:
            return conn.execute(
                "DELETE FROM office.sessions WHERE account = %s"
                " AND (%s = '' OR encode(token_hash, 'hex') = %s)",
                [account, session, session],
            ).rowcount


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
