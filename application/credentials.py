"""What an account signs in with: login name and password hash, in `office.credentials`."""

import re
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, NamedTuple, Protocol

from psycopg import errors
from psycopg_pool import ConnectionPool

from application.passwords import Hasher, Profile, check_password
from domain.kernel import N_, Refused

_LOGIN = re.compile(r"^[a-z0-9][a-z0-9._-]{1,38}[a-z0-9]$")


class Outside(Protocol):
    """The clock, and the names of the place that no password is made of."""

    @property
    def clock(self) -> Callable[[], datetime]:
        """Tell the time."""
        ...

    @property
    def words(self) -> Callable[[], Iterable[str]]:
        """Name the stations."""
        ...


class Credential(NamedTuple):
    """A row of `office.credentials`."""

    account: str
    login: str
    password_hash: str
    changed_at: datetime
    earlier: list[str]
    reset: bool
    totp_sealed: bytes | None
    totp_set: bool


class Credentials:
    """The rows of `office.credentials`, and the rules of the profile for their passwords."""

    def __init__(
        self, pool: ConnectionPool, hasher: Hasher, profile: Profile, outside: Outside
    ) -> None:
        """Take the writer's pool, the hasher, the profile, the clock and the words."""
        self._pool, self._hasher = pool, hasher
        self._profile, self._outside = profile, outside

    def add(self, account: str, login: str, password: str) -> None:
        """Keep a login name of its own and a first password (P-06, P-07)."""
        login = login.strip().lower()
        if not _LOGIN.match(login):
            raise Refused(
                rule="P-07",
                text=N_("登录名须为3至40个小写字母、数字、点、横线或下划线。"),
                field="login",
            )
        check_password(self._profile, password, [login, *self._outside.words()])
        try:
            with self._pool.connection() as conn:
                conn.execute(
                    "INSERT INTO office.credentials (account, login, password_hash, changed_at)"
                    " VALUES (%s, %s, %s, %s)",
                    [account, login, self._hasher.hash(password), self._outside.clock()],
                )
        except errors.UniqueViolation:
            raise Refused(rule="P-07", text=N_("登录名已被使用。"), field="login") from None

    def drop(self, account: str) -> None:
        """Forget the credentials of an account that was not opened after all."""
        with self._pool.connection() as conn:
            conn.execute("DELETE FROM office.credentials WHERE account = %s", [account])

    def change(self, known: Credential, password: str, *, reset: bool) -> None:
        """Keep another password; after a reset the second factor has to be set anew (P-06)."""
        check_password(self._profile, password, [known.login, *self._outside.words()])
        before = [known.password_hash, *known.earlier][: self._profile.remembered]
        if any(self._hasher.verify(earlier, password) for earlier in before):
            raise Refused(
                rule="P-06",
                text=N_("不能使用最近{count}次用过的口令。"),
                field="password",
                count=self._profile.remembered,
            )
        hashed, now = self._hasher.hash(password), self._outside.clock()
        with self._pool.connection() as conn:
            conn.execute(
                "UPDATE office.credentials SET password_hash = %s, earlier = %s, changed_at = %s,"
                " reset = %s, totp_set = totp_set AND NOT %s WHERE account = %s",
                [hashed, before, now, reset, reset, known.account],
            )

    def keep_hash(self, account: str, password: str) -> None:
        """Hash the same password again, as the costs of hashing have grown."""
        with self._pool.connection() as conn:
            conn.execute(
                "UPDATE office.credentials SET password_hash = %s WHERE account = %s",
                [self._hasher.hash(password), account],
            )

    def due(self, reset: bool, changed_at: datetime, now: datetime) -> bool:
        """Say whether a password has to be changed: after a reset, or by rotation."""
        rotation = self._profile.rotation
        return reset or (rotation is not None and now - changed_at >= rotation)

    def of(self, account: str) -> Credential:
        """Give the credentials of an account, or refuse (P-07)."""
        known = self.by_account(account)
        if known is None:
            raise Refused(rule="P-07", text=N_("该账号没有登录名和口令。"), field="account")
        return known

    def by_account(self, account: str) -> Credential | None:
        """Find credentials by account."""
        return self._find("account", account)

    def by_login(self, login: str) -> Credential | None:
        """Find credentials by login name."""
        return self._find("login", login)

    def _find(self, column: str, value: str) -> Credential | None:
        with self._pool.connection() as conn:
            row: tuple[Any, ...] | None = conn.execute(
                "SELECT account, login, password_hash, changed_at, earlier, reset, totp_sealed,"
                f" totp_set FROM office.credentials WHERE {column} = %s",
                [value],
            ).fetchone()
        return Credential(*row) if row else None
