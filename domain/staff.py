"""Accounts of the staff 工作人员账号: roles with validity dates, stations (P-03, P-04).

Secrets (password, second factor) stand outside the log; here stands only that they were set.
"""

from datetime import date
from typing import NamedTuple

from domain.amending import Amendable
from domain.kernel import N_, Correction, Event, Refused, applies, decides

ROLES = frozenset({"caseworker", "mediator", "station_manager", "auditor", "admin", "informant"})
# An auditor holds no writing role, an admin none in cases: both stand alone (P-03).
ALONE = frozenset({"auditor", "admin"})


# Facts


class AccountOpened(Event, frozen=True, kw_only=True):
    """开户: `operator` is government or purchased_service 政府购买服务."""

    TOPIC = "staff.account_opened"

    person: str
    station: str
    operator: str


class RoleGranted(Event, frozen=True, kw_only=True):
    """授予角色: from a day on, to a day (included) or without end."""

    TOPIC = "staff.role_granted"

    role: str
    from_on: date
    to_on: date | None = None


class RoleWithdrawn(Event, frozen=True, kw_only=True):
    """收回角色: from this day on."""

    TOPIC = "staff.role_withdrawn"

    role: str
    reason: str


class StationChanged(Event, frozen=True, kw_only=True):
    """调动: another home station."""

    TOPIC = "staff.station_changed"

    station: str


class DelegationGiven(Event, frozen=True, kw_only=True):
    """委托代办: a colleague stands in, both days included."""

    TOPIC = "staff.delegation_given"

    to: str
    from_on: date
    to_on: date


class DelegationEnded(Event, frozen=True, kw_only=True):
    """提前结束委托."""

    TOPIC = "staff.delegation_ended"

    to: str


class SecondFactorSet(Event, frozen=True, kw_only=True):
    """设置二次验证."""

    TOPIC = "staff.second_factor_set"


class CredentialReset(Event, frozen=True, kw_only=True):
    """重置口令: by whom."""

    TOPIC = "staff.credential_reset"

    by: str


class Deactivated(Event, frozen=True, kw_only=True):
    """停用: no role counts from this day on, and every sign-in ends."""

    TOPIC = "staff.deactivated"

    reason: str


class Reactivated(Event, frozen=True, kw_only=True):
    """恢复."""

    TOPIC = "staff.reactivated"

    reason: str


class RecordCorrected(Correction, frozen=True, kw_only=True):
    """更正."""

    TOPIC = "staff.record_corrected"

    reason: str


# State


class Grant(NamedTuple):
    """A role and the days it holds for, both included; `to_on` None: without end."""

    role: str
    from_on: date
    to_on: date | None
    withdrawn_on: date | None = None

    def holds_on(self, day: date) -> bool:
        """Say whether the role counts on a day; it ends on the day of its withdrawal."""
        if self.withdrawn_on and day >= self.withdrawn_on:
            return False
        return self.from_on <= day and (self.to_on is None or day <= self.to_on)

    def meets(self, from_on: date, to_on: date | None) -> bool:
        """Say whether a span shares a day with the days this role holds for."""
        last = self.to_on or date.max
        if self.withdrawn_on:
            last = min(last, date.fromordinal(self.withdrawn_on.toordinal() - 1))
        return from_on <= last and self.from_on <= (to_on or date.max)


class Standing(NamedTuple):
    """One change of home station, or of activity, with its day."""

    on: date
    value: str


class Delegation(NamedTuple):
    """Who stands in, and on which days."""

    to: str
    from_on: date
    to_on: date


class StaffAccount(Amendable):
    """An account, and what it could do on any day."""

    CORRECTED = RecordCorrected

    person: str = ""
    station: str = ""
    operator: str = ""
    active: bool = False
    second_factor: bool = False
    grants: tuple[Grant, ...] = ()
    delegations: tuple[Delegation, ...] = ()
    stations: tuple[Standing, ...] = ()
    spells: tuple[Standing, ...] = ()

    @property
    def standing(self) -> str:
        """`-`, active or inactive."""
        if self.version == 0:
            return "-"
        return "active" if self.active else "inactive"

    def active_on(self, day: date) -> bool:
        """Say whether the account was in use on a day."""
        return _latest(self.spells, day) == "active"

    def roles_on(self, day: date) -> frozenset[str]:
        """Give the roles that counted on a day; none while the account was out of use."""
        if not self.active_on(day):
            return frozenset()
        return frozenset(grant.role for grant in self.grants if grant.holds_on(day))

    def station_on(self, day: date) -> str:
        """Give the home station of a day."""
        return _latest(self.stations, day)

    def delegates_on(self, day: date) -> frozenset[str]:
        """Give the colleagues who stand in on a day."""
        return frozenset(d.to for d in self.delegations if d.from_on <= day <= d.to_on)

    @applies(AccountOpened)
    def _account_opened(self, fact: AccountOpened, on: date) -> None:
        self.person, self.station, self.operator = fact.person, fact.station, fact.operator
        self.active = True
        self.stations = (Standing(on, fact.station),)
        self.spells = (Standing(on, "active"),)

    @applies(RoleGranted)
    def _role_granted(self, fact: RoleGranted, _on: date) -> None:
        self.grants = (*self.grants, Grant(fact.role, fact.from_on, fact.to_on))

    @applies(RoleWithdrawn)
    def _role_withdrawn(self, fact: RoleWithdrawn, on: date) -> None:
        self.grants = tuple(
            grant._replace(withdrawn_on=on)
            if grant.role == fact.role and grant.withdrawn_on is None
            else grant
            for grant in self.grants
        )

    @applies(StationChanged)
    def _station_changed(self, fact: StationChanged, on: date) -> None:
        self.station = fact.station
        self.stations = (*self.stations, Standing(on, fact.station))

    @applies(DelegationGiven)
    def _delegation_given(self, fact: DelegationGiven, _on: date) -> None:
        given = Delegation(fact.to, fact.from_on, fact.to_on)
        self.delegations = (*self.delegations, given)

    @applies(DelegationEnded)
    def _delegation_ended(self, fact: DelegationEnded, on: date) -> None:
        before = date.fromordinal(on.toordinal() - 1)
        self.delegations = tuple(
            d._replace(to_on=min(d.to_on, before)) if d.to == fact.to else d
            for d in self.delegations
        )

    @applies(SecondFactorSet)
    def _second_factor_set(self, _fact: SecondFactorSet, _on: date) -> None:
        self.second_factor = True

    @applies(CredentialReset)
    def _credential_reset(self, _fact: CredentialReset, _on: date) -> None:
        self.second_factor = False

    @applies(Deactivated)
    def _deactivated(self, _fact: Deactivated, on: date) -> None:
        self.active = False
        self.spells = (*self.spells, Standing(on, "inactive"))

    @applies(Reactivated)
    def _reactivated(self, _fact: Reactivated, on: date) -> None:
        self.active = True
        self.spells = (*self.spells, Standing(on, "active"))

    # Decisions

    @decides("P-00", {"-"})
    def open_account(self, *, person: str, station: str, operator: str) -> list[Event]:
        """Open an account for a person at a home station."""
        return [AccountOpened(person=person, station=station, operator=operator)]

    @decides("P-03", {"active"})
    def grant_role(
        self, *, account: str, by: str, role: str, from_on: date | None, to_on: date | None = None
    ) -> list[Event]:
        """Grant a role for a span of days (P-03, P-04); `account` is this one, `by` who asks."""
        if by == account:
            raise Refused(rule="P-04", text=N_("不能给自己授予角色，须由另一名管理员办理。"))
        if role not in ROLES:
            raise Refused(rule="P-03", text=N_("没有“{role}”这一角色。"), field="role", role=role)
        if from_on is None:
            raise Refused(rule="P-03", text=N_("角色须有生效日期。"), field="from_on")
        if to_on is not None and to_on < from_on:
            raise Refused(
                rule="P-03",
                text=N_("角色的终止日期不能早于生效日期({from_on})。"),
                field="to_on",
                from_on=from_on,
            )
        self._stands_beside(role, from_on, to_on)
        return [RoleGranted(role=role, from_on=from_on, to_on=to_on)]

    def _stands_beside(self, role: str, from_on: date, to_on: date | None) -> None:
        """Refuse a role twice on a day, and auditor or admin beside any other (P-03)."""
        for grant in self.grants:
            if not grant.meets(from_on, to_on):
                continue
            if grant.role == role:
                raise Refused(
                    rule="P-03",
                    text=N_("该账号在此期间已有“{role}”角色。"),
                    field="role",
                    role=role,
                )
            if {grant.role, role} & ALONE:
                raise Refused(
                    rule="P-03",
                    text=N_("“{role}”不能与“{other}”角色同时担任：审计员和管理员不办理案件。"),
                    field="role",
                    role=role,
                    other=grant.role,
                )

    @decides("P-03", {"active", "inactive"})
    def withdraw_role(
        self, *, role: str, reason: str, other_admins: int, occurred_on: date
    ) -> list[Event]:
        """Withdraw a role from this day on; an office keeps one admin at least (P-03)."""
        held = [g for g in self.grants if g.role == role and g.withdrawn_on is None]
        if not any(g.to_on is None or g.to_on >= occurred_on for g in held):
            raise Refused(rule="P-03", text=N_("该账号没有“{role}”角色。"), field="role", role=role)
        if role == "admin":
            _keep_an_admin(other_admins)
        return [RoleWithdrawn(role=role, reason=reason)]

    @decides("P-00", {"active"})
    def change_station(self, *, station: str) -> list[Event]:
        """Move to another home station."""
        if station == self.station:
            raise Refused(rule="P-00", text=N_("该账号已在此站点。"), field="station")
        return [StationChanged(station=station)]

    @decides("P-00", {"active"})
    def give_delegation(
        self, *, account: str, to: str, from_on: date, to_on: date, fit: bool = True
    ) -> list[Event]:
        """Let a colleague stand in for a span of days; `fit`: in use, and writes in cases."""
        if to == account:
            raise Refused(rule="P-04", text=N_("不能委托给自己。"), field="to")
        if not fit:
            raise Refused(rule="P-03", text=N_("此人当日没有办案角色，不能代为办理。"), field="to")
        if to_on < from_on:
            raise Refused(
                rule="P-03",
                text=N_("委托的终止日期不能早于开始日期({from_on})。"),
                field="to_on",
                from_on=from_on,
            )
        return [DelegationGiven(to=to, from_on=from_on, to_on=to_on)]

    @decides("P-00", {"active"})
    def end_delegation(self, *, to: str, occurred_on: date) -> list[Event]:
        """End a delegation early."""
        if not any(d.to == to and d.to_on >= occurred_on for d in self.delegations):
            raise Refused(rule="P-00", text=N_("没有对此人的有效委托。"), field="to")
        return [DelegationEnded(to=to)]

    @decides("P-00", {"active"})
    def set_second_factor(self) -> list[Event]:
        """Note that a second factor was set."""
        return [SecondFactorSet()]

    @decides("P-00", {"active"})
    def reset_credential(self, *, by: str) -> list[Event]:
        """Note who reset the password; the second factor falls with it."""
        return [CredentialReset(by=by)]

    @decides("P-00", {"active"})
    def deactivate(self, *, reason: str, other_admins: int, occurred_on: date) -> list[Event]:
        """Take the account out of use; an office keeps one admin at least (P-03)."""
        if "admin" in self.roles_on(occurred_on):
            _keep_an_admin(other_admins)
        return [Deactivated(reason=reason)]

    @decides("P-00", {"inactive"})
    def reactivate(self, *, reason: str) -> list[Event]:
        """Take the account into use again, with the roles that still hold."""
        return [Reactivated(reason=reason)]


def _latest(changes: tuple[Standing, ...], day: date) -> str:
    """Give the last value set up to a day, in the order recorded; empty before the first."""
    value = ""
    for change in sorted(changes, key=lambda change: change.on):
        if change.on <= day:
            value = change.value
    return value


def _keep_an_admin(others: int) -> None:
    """Refuse to leave the office without an admin (P-03)."""
    if others < 1:
        raise Refused(rule="P-03", text=N_("这是最后一名管理员，请先授予另一名管理员。"))
