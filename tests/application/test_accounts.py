"""Signing in: waits that grow, sessions that end, roles of today, passwords by profile."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pyotp
import pytest

from application.accounts import Accounts, Outside, Wait
from application.passwords import ASVS, DENGBAO, Hasher, Profile
from application.people.sealing import Box
from application.sessions import SHIFT, Session
from application.store import Stamp, Who
from domain.kernel import Refused
from domain.staff import StaffAccount
from tests.database import Database
from tests.memory import MemoryStore

TODAY = date(2026, 3, 2)
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
PASSWORD = "umbrella-ferry-quartz-39"  # noqa: S105 - of an invented account
OTHER = "lantern-Orchid-basalt-57"
ADMIN = Who("staff-root", "station-1", frozenset({"admin"}))


class CountingHasher(Hasher):
    """A cheap hasher that counts how often a password was looked at."""

    def __init__(self) -> None:
        super().__init__(memory_kib=8)
        self.looked = 0

    def verify(self, stored: str | None, password: str) -> bool:
        self.looked += 1
        return super().verify(stored, password)


class Desk:
    """Accounts on a database, a store in memory, and a clock that the test turns."""

    def __init__(self, database: Database, profile: Profile = ASVS) -> None:
        self.now, self.store, self.hasher = NOON, MemoryStore(TODAY), CountingHasher()
        self.admins = ["staff-root"]
        outside = Outside(
            clock=lambda: self.now,
            network=lambda: [("station-1", None), ("station-2", "station-1"), ("station-3", None)],
            words=lambda: ["鹤城镇就业驿站"],
            admins=lambda _day: self.admins,
        )
        self.accounts = Accounts(
            self.store,
            database.pools.writer,
            Box(bytes(32)),
            outside,
            profile=profile,
            hasher=self.hasher,
        )

    def stamp(self, who: Who = ADMIN) -> Stamp:
        return Stamp(who, str(uuid4()), TODAY)

    def open(self, login: str = "li.wei", *roles: str) -> str:
        done = self.accounts.open_account(
            login=login,
            password=PASSWORD,
            person="person-1",
            station="station-1",
            operator="government",
            stamp=self.stamp(),
        )
        (account,) = done.streams
        for role in roles:
            self.accounts.grant_role(
                account, role=role, from_on=TODAY, to_on=None, stamp=self.stamp()
            )
        return account

    def later(self, **by: float) -> "Desk":
        self.now += timedelta(**by)
        return self

    def enter(self, login: str = "li.wei", password: str = PASSWORD, code: str = "") -> Session:
        came = self.accounts.sign_in(login, password, "10.0.0.1", code=code)
        assert isinstance(came, Session), came
        return came

    def fail(self, login: str = "li.wei", password: str = "", address: str = "10.0.0.1") -> Wait:
        came = self.accounts.sign_in(login, password, address)
        assert isinstance(came, Wait), came
        return came


@pytest.fixture
def desk(database: Database) -> Desk:
    return Desk(database)


def test_a_member_of_staff_signs_in_with_the_roles_of_today(desk: Desk) -> None:
    account = desk.open("li.wei", "caseworker", "mediator")
    session = desk.enter("LI.Wei ")
    signed = desk.accounts.session(session.token)
    assert signed is not None
    assert signed.who == Who(
        account, "station-1", frozenset({"caseworker", "mediator"}), frozenset({"station-1"})
    )
    assert (signed.language, signed.expires_at) == ("zh-CN", NOON + SHIFT)
    assert (signed.idle_at, signed.password_due) == (NOON + timedelta(minutes=30), False)
    assert desk.accounts.session("guess") is None
    assert desk.accounts.session("") is None


@pytest.mark.parametrize(
    ("role", "stations"),
    [
        ("caseworker", {"station-1"}),
        ("station_manager", {"station-1", "station-2"}),
        ("auditor", {"station-1", "station-2"}),
    ],
)
def test_managers_and_auditors_serve_the_stations_below(
    desk: Desk, role: str, stations: set[str]
) -> None:
    account = desk.open("li.wei", role)
    who = desk.accounts.who(account, TODAY)
    assert who is not None
    assert who.stations == stations
    assert desk.accounts.who(account, TODAY - timedelta(days=1)) is None


def test_the_token_is_nowhere_in_the_database(desk: Desk, database: Database) -> None:
    desk.open()
    token = desk.enter().token
    with database.pools.writer.connection() as conn:
        row = conn.execute("SELECT s::text FROM office.sessions s").fetchone()
    assert row is not None
    assert token not in row[0]


def test_ten_thousand_guesses_in_an_hour_reach_the_hash_thirteen_times(desk: Desk) -> None:
    desk.open()
    for guess in range(10_000):
        desk.now = NOON + timedelta(seconds=guess * 0.36)
        waited = desk.fail(password=f"guess-{guess}", address=f"10.{guess % 7}.{guess % 251}.9")
        assert waited.until - desk.now <= timedelta(minutes=15)
    assert desk.hasher.looked == 13


def test_the_waits_double_from_one_second_to_fifteen_minutes(desk: Desk) -> None:
    desk.open()
    tried = []
    while desk.now < NOON + timedelta(hours=1):
        tried.append(int((desk.now - NOON).total_seconds()))
        desk.now = desk.fail().until
    assert tried == [0, 1, 3, 7, 15, 31, 63, 127, 255, 511, 1023, 1923, 2823]


def test_one_guess_at_each_of_many_accounts_is_stopped_by_the_address(desk: Desk) -> None:
    for guess in range(2_000):
        desk.now = NOON + timedelta(seconds=guess * 0.36)
        desk.fail(login=f"user-{guess}")
    assert 20 < desk.hasher.looked <= 50


def test_a_try_inside_a_wait_is_told_the_time_and_not_counted(desk: Desk) -> None:
    desk.open()
    assert desk.fail() == Wait(NOON + timedelta(seconds=1), 1, tried=True)
    for _ in range(5):
        assert desk.fail(password=PASSWORD) == Wait(NOON + timedelta(seconds=1), 1, tried=False)
    assert desk.later(seconds=1).fail().seconds == 2


def test_success_resets_the_wait_and_nothing_stays_locked(desk: Desk) -> None:
    desk.open()
    for _ in range(20):
        wait = desk.fail()
        assert wait.seconds <= 15 * 60
        desk.now = wait.until
    desk.enter()
    assert desk.fail().seconds == 1


def test_an_unknown_name_costs_one_look_like_a_known_one(desk: Desk) -> None:
    desk.open()
    desk.fail()
    known = desk.hasher.looked
    assert desk.fail(login="nobody").tried
    assert (known, desk.hasher.looked) == (1, 2)


def test_tries_at_the_same_moment_count_as_one(desk: Desk, database: Database) -> None:
    from concurrent.futures import ThreadPoolExecutor

    desk.open()
    with ThreadPoolExecutor(8) as pool:
        waits = list(pool.map(lambda _: desk.fail(), range(16)))
    assert sum(wait.tried for wait in waits) == 1


@pytest.mark.parametrize(("minutes", "lives"), [(29, True), (30, False)])
def test_a_session_ends_after_rest(desk: Desk, minutes: int, *, lives: bool) -> None:
    desk.open()
    session = desk.enter()
    desk.later(minutes=minutes)
    assert (desk.accounts.session(session.token) is not None) is lives


def test_a_session_ends_with_the_shift_however_busy(desk: Desk) -> None:
    desk.open()
    session = desk.enter()
    for _ in range(23):
        assert desk.later(minutes=20).accounts.session(session.token) is not None
    assert desk.later(minutes=20).accounts.session(session.token) is None


def test_a_third_session_ends_the_oldest_and_a_new_one_replaces_its_own(desk: Desk) -> None:
    account = desk.open()
    first = desk.enter()
    second = desk.later(seconds=1).enter()
    third = desk.later(seconds=1).enter()
    alive = [bool(desk.accounts.session(s.token)) for s in (first, second, third)]
    assert alive == [False, True, True]
    rotated = desk.later(seconds=1).accounts.start_session(account, instead_of=third.token)
    alive = [bool(desk.accounts.session(s.token)) for s in (second, third, rotated)]
    assert alive == [True, False, True]


def test_sessions_are_listed_and_ended(desk: Desk) -> None:
    account = desk.open()
    first, second = desk.enter(), desk.later(seconds=1).enter()
    listed = desk.accounts.sessions(account)
    assert [kept.created_at for kept in listed] == [NOON + timedelta(seconds=1), NOON]
    assert desk.accounts.end_session(account, listed[1].id) == 1
    assert desk.accounts.session(first.token) is None
    desk.accounts.set_language(second.token, "en")
    signed = desk.accounts.session(second.token)
    assert signed is not None
    assert (signed.language, signed.session) == ("en", listed[0].id)
    desk.accounts.sign_out(second.token)
    assert desk.accounts.sessions(account) == []


def test_deactivation_ends_every_session_and_keeps_the_door_shut(desk: Desk) -> None:
    account = desk.open()
    session = desk.enter()
    desk.accounts.deactivate(account, reason="left", stamp=desk.stamp())
    assert desk.accounts.session(session.token) is None
    assert desk.fail(password=PASSWORD).tried
    desk.accounts.reactivate(account, reason="back", stamp=desk.stamp())
    desk.later(seconds=1).enter()


def test_only_an_admin_manages_accounts_and_never_the_last_one_away(desk: Desk) -> None:
    account = desk.open("li.wei", "admin")
    clerk = Who("staff-9", "station-1", frozenset({"station_manager"}))
    with pytest.raises(Refused, match="P-05"):
        desk.accounts.grant_role(
            account, role="mediator", from_on=TODAY, to_on=None, stamp=desk.stamp(clerk)
        )
    desk.admins = [account]
    with pytest.raises(Refused, match="P-03"):
        desk.accounts.withdraw_role(account, role="admin", reason="x", stamp=desk.stamp())
    desk.admins = [account, "staff-root"]
    desk.accounts.withdraw_role(account, role="admin", reason="x", stamp=desk.stamp())
    desk.accounts.change_station(account, station="station-2", stamp=desk.stamp())
    who = desk.accounts.who(account, TODAY)
    assert who == Who(account, "station-2", frozenset(), frozenset({"station-2"}))


def test_a_login_name_is_plain_and_used_once(desk: Desk) -> None:
    desk.open()
    for login in ("li wei", "李伟", "a"):
        with pytest.raises(Refused, match="P-07") as told:
            desk.open(login)
        assert told.value.field == "login"
    with pytest.raises(Refused, match="已被使用"):
        desk.open("LI.WEI")


def test_a_refused_opening_leaves_no_login_behind(desk: Desk) -> None:
    with pytest.raises(Refused, match="P-05"):
        desk.accounts.open_account(
            login="li.wei",
            password=PASSWORD,
            person="person-1",
            station="station-1",
            operator="government",
            stamp=desk.stamp(Who("staff-9", "station-1")),
        )
    desk.open("li.wei")


def test_the_owner_changes_the_password_and_all_other_sessions_end(desk: Desk) -> None:
    account = desk.open()
    before = desk.enter()
    with pytest.raises(Refused, match="P-07"):
        desk.accounts.change_password(account, old="wrong", new=OTHER, address="10.0.0.1")
    desk.later(seconds=1)
    fresh = desk.accounts.change_password(account, old=PASSWORD, new=OTHER, address="10.0.0.1")
    assert desk.accounts.session(before.token) is None
    assert desk.accounts.session(fresh.token) is not None
    desk.enter(password=OTHER)


def test_a_reset_password_has_to_be_changed(desk: Desk) -> None:
    account = desk.open()
    desk.accounts.set_password(account, OTHER, stamp=desk.stamp())
    signed = desk.accounts.session(desk.enter(password=OTHER).token)
    assert signed is not None
    assert signed.password_due
    fresh = desk.accounts.change_password(account, old=OTHER, new=PASSWORD, address="10.0.0.1")
    signed = desk.accounts.session(fresh.token)
    assert signed is not None
    assert not signed.password_due


def test_the_local_profile_forces_a_change_only_where_age_demands_it(database: Database) -> None:
    desk = Desk(database, DENGBAO)
    account = desk.accounts.open_account(
        login="li.wei",
        password=OTHER,
        person="person-1",
        station="station-1",
        operator="government",
        stamp=desk.stamp(),
    ).streams[0]
    due = []
    for days in (89, 1):
        desk.later(days=days)
        signed = desk.accounts.session(desk.accounts.start_session(account).token)
        assert signed is not None
        due.append(signed.password_due)
    assert due == [False, True]
    with pytest.raises(Refused, match="最近5次"):
        desk.accounts.change_password(account, old=OTHER, new=OTHER, address="10.0.0.1")


def second_factor(desk: Desk, account: str) -> tuple[str, list[str]]:
    secret, address = desk.accounts.offer_second_factor(account)
    assert address.startswith("otpauth://totp/")
    code = pyotp.TOTP(secret).at(desk.now)
    own = Who(account, "station-1")
    return secret, desk.accounts.confirm_second_factor(account, code, stamp=desk.stamp(own))


def test_a_second_factor_is_asked_for_once_it_is_confirmed(desk: Desk) -> None:
    account = desk.open("li.wei", "admin")
    signed = desk.accounts.session(desk.enter().token)
    assert signed is not None
    assert signed.second_factor_due
    secret, _ = second_factor(desk, account)
    assert desk.store.load(StaffAccount, account).second_factor
    desk.later(seconds=30)
    code = pyotp.TOTP(secret).at(desk.now)
    assert desk.fail(password=PASSWORD).tried
    desk.later(seconds=1)
    signed = desk.accounts.session(desk.enter(code=code).token)
    assert signed is not None
    assert not signed.second_factor_due


def test_a_code_is_taken_once_and_so_is_a_recovery_code(desk: Desk) -> None:
    account = desk.open()
    secret, codes = second_factor(desk, account)
    assert len(set(codes)) == 10
    code = pyotp.TOTP(secret).at(desk.later(minutes=1).now)
    for once in (code, codes[0]):
        desk.enter(code=once)
        again = desk.accounts.sign_in("li.wei", PASSWORD, "10.0.0.1", code=once)
        assert isinstance(again, Wait)
        assert again.tried
        desk.later(seconds=1)


def test_a_wrong_first_code_sets_no_second_factor(desk: Desk) -> None:
    account = desk.open()
    desk.accounts.offer_second_factor(account)
    with pytest.raises(Refused, match="P-07") as told:
        desk.accounts.confirm_second_factor(account, "000000", stamp=desk.stamp())
    assert told.value.field == "code"
    desk.enter()
