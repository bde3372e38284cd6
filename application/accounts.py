"""Accounts of the staff: opening them, roles, passwords, signing in, and who asks today."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Concatenate, NamedTuple, ParamSpec

from psycopg_pool import ConnectionPool

from application import second_factor
from application.attempts import Attempts
from application.credentials import Credential, Credentials
from application.ids import new_stream
from application.passwords import Hasher, Profile
from application.second_factor import Seals
from application.seen import Seen, looking
from application.sessions import Kept, Session, Sessions
from application.store import Done, Part, Stamp, Store, Who
from domain.kernel import N_, Event, Refused
from domain.staff import ALONE, StaffAccount
from domain.station.network import Row, subtree

P = ParamSpec("P")
# Roles that see or answer for the stations under their own (domain.md 9.1: district).
OVER_DISTRICT = frozenset({"station_manager", "auditor"})
# Roles that should not sign in by password alone (reliability.md 9.4).
SECOND_FACTOR = frozenset({"admin", "auditor", "station_manager"})


@dataclass(frozen=True)
class Wait:
    """No session: `tried` says whether the password was looked at, `until` when to try again."""

    until: datetime
    seconds: int
    tried: bool


@dataclass(frozen=True)
class Signed:
    """Who is signed in: as of today, in which language, by which session, with what to do."""

    account: str
    who: Who
    language: str
    session: str
    idle_at: datetime
    expires_at: datetime
    password_due: bool
    second_factor_due: bool
    seen: Seen | None = None


class Outside(NamedTuple):
    """What wiring hands over: clock, network as (id, parent), words for weak passwords, admins.

    `absent` gives the colleagues whom an account stands in for on a day (F-80).
    """

    clock: Callable[[], datetime]
    network: Callable[[], Iterable[Row]] = tuple
    words: Callable[[], Iterable[str]] = tuple
    admins: Callable[[date], Iterable[str]] = lambda _day: ()
    absent: Callable[[str, date], Iterable[str]] = lambda _account, _day: ()


class Accounts:
    """What may be asked about accounts, by their owners and by the office's admin."""

    def __init__(
        self,
        store: Store,
        pool: ConnectionPool,
        box: Seals,
        outside: Outside,
        *,
        profile: Profile,
        hasher: Hasher | None = None,
    ) -> None:
        """Take the store, the writer's pool, what seals second factors, and the profile."""
        self._store, self._pool, self._box, self._outside = store, pool, box, outside
        self._hasher = hasher or Hasher()
        self._credentials = Credentials(pool, self._hasher, profile, outside)
        self._attempts = Attempts(pool)
        self._sessions = Sessions(pool, outside.clock, profile.idle)
        self._folded: dict[str, StaffAccount] = {}

    # Signing in

    def sign_in(
        self,
        login: str,
        password: str,
        address: str,
        *,
        code: str = "",
        language: str = "zh-CN",
        instead_of: str = "",
    ) -> Session | Wait:
        """Begin a session, or say how long to wait; unknown, wrong and inactive look the same."""
        login, now = login.strip().lower(), self._outside.clock()
        taken, until = self._attempts.take(login, address, now)
        if not taken:
            return _wait(until, now, tried=False)
        known = self._credentials.by_login(login)
        right = self._hasher.verify(known.password_hash if known else None, password)
        if known is None or not right or not self._may_enter(known, code, now):
            return _wait(until, now, tried=True)
        self._attempts.forgive(login)
        if self._hasher.outdated(known.password_hash):
            self._credentials.keep_hash(known.account, password)
        return self._sessions.start(known.account, language=language, instead_of=instead_of)

    def start_session(
        self, account: str, *, language: str = "zh-CN", instead_of: str = ""
    ) -> Session:
        """Begin a session without a password: the demo's one click, and step-up."""
        return self._sessions.start(account, language=language, instead_of=instead_of)

    def session(self, token: str) -> Signed | None:
        """Say who asks by this token, with the roles of today; None sends to the sign-in page."""
        kept = self._sessions.find(token) if token else None
        if kept is None:
            return None
        now = self._outside.clock()
        with looking(kept.seen):
            who = self._who(kept.account, now.date(), self._account(kept.account, kept.version))
        if who is None:
            return None
        known = kept.login
        wants_second = bool(known and who.roles & SECOND_FACTOR and not known.totp_set)
        return Signed(
            account=kept.account,
            who=who,
            language=kept.language,
            session=kept.id,
            idle_at=max(now, kept.seen_at) + self._sessions.idle,
            expires_at=kept.expires_at,
            password_due=known is not None
            and self._credentials.due(known.reset, known.changed_at, now),
            second_factor_due=wants_second,
            seen=kept.seen,
        )

    def ended(self, token: str) -> str:
        """Name whose session this was, while its row is kept; "" for any other token."""
        return self._sessions.ended(token)

    def who(self, account: str, day: date) -> Who | None:
        """Say what an account is on a day, with the rights lent by absent colleagues.

        None while it is out of use. An auditor or admin is lent nothing and lends nothing (P-03).
        """
        return self._who(account, day, self._store.load(StaffAccount, account))

    def _who(self, account: str, day: date, staff: StaffAccount) -> Who | None:
        own = self._as_of(account, day, staff)
        if own is None or own.roles & ALONE:
            return own
        lent = [self._own(one, day) for one in sorted(self._outside.absent(account, day))]
        return replace(own, stands_in=tuple(w for w in lent if w and not w.roles & ALONE))

    def _account(self, account: str, version: int) -> StaffAccount:
        """Give an account as it stands at the version that came with its session.

        It is folded anew as soon as there is one fact more: a role withdrawn counts at once.
        """
        known = self._folded.get(account)
        if known is None or known.version != version:
            known = self._folded[account] = self._store.load(StaffAccount, account)
        return known

    def _own(self, account: str, day: date) -> Who | None:
        return self._as_of(account, day, self._store.load(StaffAccount, account))

    def _as_of(self, account: str, day: date, staff: StaffAccount) -> Who | None:
        if not staff.active_on(day):
            return None
        roles, home = staff.roles_on(day), staff.station_on(day)
        under = subtree(self._outside.network(), home) if roles & OVER_DISTRICT else {home}
        return Who(account=account, station=home, roles=roles, stations=frozenset(under))

    def sign_out(self, token: str) -> None:
        """End this session."""
        self._sessions.end(token)

    def sessions(self, account: str) -> list[Kept]:
        """List the living sessions of an account."""
        return self._sessions.of(account)

    def end_session(self, account: str, session: str = "") -> int:
        """End one session of an account by its id, or all of them."""
        return self._sessions.kill(account, session)

    def set_language(self, token: str, language: str) -> None:
        """Keep the language chosen on the page."""
        self._sessions.speak(token, language)

    def _may_enter(self, known: Credential, code: str, now: datetime) -> bool:
        """Ask for activity and, where one is set, for the second factor."""
        if self.who(known.account, now.date()) is None:
            return False
        if not known.totp_set or known.totp_sealed is None:
            return True
        secret = self._box.open(bytes(known.totp_sealed), "totp", known.account).decode()
        with self._pool.connection() as conn:
            return second_factor.spend(conn, known.account, secret, code, now)

    # Passwords and second factors

    def set_password(self, account: str, password: str, *, stamp: Stamp) -> Done:
        """Give an account a new password by an admin; its owner changes it at the next sign-in."""
        done = self._take(
            account, stamp, "staff.manage", StaffAccount.reset_credential, by=stamp.actor
        )
        self._credentials.change(self._credentials.of(account), password, reset=True)
        self._sessions.kill(account)
        return done

    def change_password(self, account: str, *, old: str, new: str, address: str) -> Session:
        """Let the owner change the password; every session ends and a fresh one begins."""
        known, now = self._credentials.of(account), self._outside.clock()
        taken, _ = self._attempts.take(known.login, address, now)
        if not taken or not self._hasher.verify(known.password_hash, old):
            raise Refused(rule="P-07", text=N_("原口令不对，请稍后再试。"), field="old")
        self._attempts.forgive(known.login)
        self._credentials.change(known, new, reset=False)
        self._sessions.kill(account)
        return self._sessions.start(account)

    def offer_second_factor(self, account: str) -> tuple[str, str]:
        """Give a secret and its address for the app; it counts once a code is confirmed."""
        known, secret = self._credentials.of(account), second_factor.fresh_secret()
        if known.totp_set:
            raise Refused(rule="P-07", text=N_("已设置二次验证，须先由管理员重置口令。"))
        sealed = self._box.seal(secret.encode(), "totp", account)
        with self._pool.connection() as conn:
            conn.execute(
                "UPDATE office.credentials SET totp_sealed = %s, totp_step = 0 WHERE account = %s",
                [sealed, account],
            )
        return secret, second_factor.uri(secret, known.login)

    def confirm_second_factor(self, account: str, code: str, *, stamp: Stamp) -> list[str]:
        """Take the first code and give ten recovery codes, shown once."""
        known, now = self._credentials.of(account), self._outside.clock()
        codes = second_factor.recovery_codes()
        with self._pool.connection() as conn:
            sealed = known.totp_sealed
            secret = self._box.open(bytes(sealed), "totp", account).decode() if sealed else ""
            if (
                known.totp_set
                or not secret
                or not second_factor.spend(conn, account, secret, code, now)
            ):
                raise Refused(rule="P-07", text=N_("验证码不对，请重新输入。"), field="code")
            self._take(account, stamp, "", StaffAccount.set_second_factor)
            conn.execute(
                "UPDATE office.credentials SET totp_set = true, recovery = %s WHERE account = %s",
                [[second_factor.hashed(c) for c in codes], account],
            )
        return codes

    # The office's admin

    def open_account(
        self,
        *,
        login: str,
        password: str,
        person: str,
        station: str,
        operator: str,
        stamp: Stamp,
        account: str = "",
    ) -> Done:
        """Open an account with a first password; `Done.streams` names it (P-06, P-07)."""
        account = account or new_stream("staff")
        self._credentials.add(account, login, password)
        try:
            return self._take(
                account,
                stamp,
                "staff.manage",
                StaffAccount.open_account,
                person=person,
                station=station,
                operator=operator,
            )
        except BaseException:
            self._credentials.drop(account)
            raise

    def grant_role(
        self, account: str, *, role: str, from_on: date | None, to_on: date | None, stamp: Stamp
    ) -> Done:
        """Grant a role for a span of days (P-03, P-04)."""
        return self._take(
            account,
            stamp,
            "staff.manage",
            StaffAccount.grant_role,
            account=account,
            by=stamp.actor,
            role=role,
            from_on=from_on,
            to_on=to_on,
        )

    def withdraw_role(self, account: str, *, role: str, reason: str, stamp: Stamp) -> Done:
        """Withdraw a role from today on (P-03)."""
        return self._take(
            account,
            stamp,
            "staff.manage",
            StaffAccount.withdraw_role,
            role=role,
            reason=reason,
            other_admins=self._other_admins(account, stamp.occurred_on),
            occurred_on=stamp.occurred_on,
        )

    def deactivate(self, account: str, *, reason: str, stamp: Stamp) -> Done:
        """Take an account out of use and end its sessions at once (P-03)."""
        done = self._take(
            account,
            stamp,
            "staff.manage",
            StaffAccount.deactivate,
            reason=reason,
            other_admins=self._other_admins(account, stamp.occurred_on),
            occurred_on=stamp.occurred_on,
        )
        self._sessions.kill(account)
        return done

    def reactivate(self, account: str, *, reason: str, stamp: Stamp) -> Done:
        """Take an account into use again."""
        return self._take(account, stamp, "staff.manage", StaffAccount.reactivate, reason=reason)

    def change_station(self, account: str, *, station: str, stamp: Stamp) -> Done:
        """Move an account to another home station."""
        return self._take(
            account, stamp, "staff.manage", StaffAccount.change_station, station=station
        )

    def give_delegation(
        self, account: str, *, to: str, from_on: date, to_on: date, stamp: Stamp
    ) -> Done:
        """Let a colleague stand in for the owner, or for somebody absent by the manager (F-80)."""
        receiver = self._own(to, from_on)
        return self._take(
            account,
            stamp,
            "" if stamp.actor == account else "staff.delegate",
            StaffAccount.give_delegation,
            account=account,
            to=to,
            from_on=from_on,
            to_on=to_on,
            fit=bool(receiver and receiver.roles and not receiver.roles & ALONE),
        )

    def end_delegation(self, account: str, *, to: str, stamp: Stamp) -> Done:
        """End a delegation before its day."""
        return self._take(
            account,
            stamp,
            "" if stamp.actor == account else "staff.delegate",
            StaffAccount.end_delegation,
            to=to,
            occurred_on=stamp.occurred_on,
        )

    def _other_admins(self, account: str, day: date) -> int:
        return len(set(self._outside.admins(day)) - {account})

    def _take(
        self,
        account: str,
        stamp: Stamp,
        right: str,
        decision: Callable[Concatenate[StaffAccount, P], list[Event]],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Done:
        def decide(staff: StaffAccount) -> list[Event]:
            return decision(staff, *args, **kwargs)

        return self._store.decide(stamp, Part(StaffAccount, account, decide, right))


def _wait(until: datetime, now: datetime, *, tried: bool) -> Wait:
    """Say in whole seconds, rounded up, how long to wait."""
    seconds = -int((now - until).total_seconds() // 1)
    return Wait(until=until, seconds=max(seconds, 0), tried=tried)
