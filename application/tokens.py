"""Tokens of the API: 256 bits, shown once, of which only the SHA-256 is kept (9.5)."""

import hashlib
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple

from psycopg_pool import ConnectionPool

from application.ids import uuid7
from domain.kernel import N_, Refused

PREFIX = "yz_"
MOST_DAYS, MOST = 365, 10
TOUCH = timedelta(minutes=1)  # `used_at` is written at most this often


class Token(NamedTuple):
    """A token as its owner sees it afterwards; never the secret."""

    id: str
    name: str
    writes: bool
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None


class Bearer(NamedTuple):
    """Whom a token speaks for, and whether it may record."""

    id: str
    account: str
    writes: bool
    expires_at: datetime


class Tokens:
    """The tokens in `office.tokens`."""

    def __init__(self, pool: ConnectionPool, clock: Callable[[], datetime]) -> None:
        """Take the writer's pool and a clock with a time zone."""
        self._pool, self._clock = pool, clock

    def make(self, account: str, *, name: str, days: int, writes: bool) -> str:
        """Make a token and give its secret, which is shown once (P-08)."""
        if not name.strip() or len(name) > 60:
            raise Refused(rule="P-08", text=N_("请写明令牌给谁用，最多60个字。"), field="name")
        if not 1 <= days <= MOST_DAYS:
            raise Refused(
                rule="P-08", text=N_("有效期为1至{most}天。"), field="days", most=MOST_DAYS
            )
        if len(self.of(account)) >= MOST:
            raise Refused(rule="P-08", text=N_("一个账号最多{most}个令牌。"), most=MOST)
        secret, now = PREFIX + secrets.token_urlsafe(32), self._clock()
        with self._pool.connection() as conn:
            conn.execute(
                "INSERT INTO office.tokens (id, account, name, hash, writes, created_at,"
                " expires_at) VALUES (%s, %s, %s, %s, %s, %s, %s)",
                [
                    str(uuid7()),
                    account,
                    name.strip(),
                    _hash(secret),
                    writes,
                    now,
                    now + timedelta(days=days),
                ],
            )
        return secret

    def find(self, secret: str) -> Bearer | None:
        """Say whom a secret speaks for; None when it is unknown, ended or over."""
        now = self._clock()
        with self._pool.connection() as conn:
            row = conn.execute(
                "SELECT id, account, writes, expires_at, used_at FROM office.tokens"
                " WHERE hash = %s AND ended_at IS NULL AND expires_at > %s",
                [_hash(secret), now],
            ).fetchone()
            if row is None:
                return None
            if row[4] is None or now - row[4] >= TOUCH:
                conn.execute("UPDATE office.tokens SET used_at = %s WHERE id = %s", [now, row[0]])
        return Bearer(*row[:4])

    def of(self, account: str) -> list[Token]:
        """List the living tokens of an account."""
        with self._pool.connection() as conn:
            rows = conn.execute(
                "SELECT id, name, writes, created_at, expires_at, used_at FROM office.tokens"
                " WHERE account = %s AND ended_at IS NULL AND expires_at > %s"
                " ORDER BY created_at DESC",
                [account, self._clock()],
            ).fetchall()
        return [Token(*row) for row in rows]

    def living(self) -> list[tuple[str, Token]]:
        """List the living tokens of everybody with their accounts: for an administrator."""
        with self._pool.connection() as conn:
            rows = conn.execute(
                "SELECT account, id, name, writes, created_at, expires_at, used_at"
                " FROM office.tokens WHERE ended_at IS NULL AND expires_at > %s"
                " ORDER BY account, created_at DESC",
                [self._clock()],
            ).fetchall()
        return [(account, Token(*row)) for account, *row in rows]

    def end(self, token: str, *, account: str = "") -> None:
        """Let a token in no more: one of an account, or whosever it is."""
        with self._pool.connection() as conn:
            conn.execute(
                "UPDATE office.tokens SET ended_at = %(now)s WHERE id = %(token)s"
                " AND (account = %(account)s OR %(account)s = '') AND ended_at IS NULL",
                {"now": self._clock(), "token": token, "account": account},
            )


def _hash(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()
