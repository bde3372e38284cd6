"""Accounts of the staff: who could do what on which day."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from application.rights import GRANTS
from application.rights import ROLES as MATRIX_ROLES
from domain.kernel import Dated
from domain.staff import (
    ALONE,
    ROLES,
    AccountOpened,
    CredentialReset,
    Deactivated,
    DelegationEnded,
    DelegationGiven,
    Reactivated,
    RecordCorrected,
    RoleGranted,
    RoleWithdrawn,
    SecondFactorSet,
    StaffAccount,
    StationChanged,
)
from tests.scenario import given

MONDAY = date(2026, 3, 2)
TUESDAY, SUNDAY = date(2026, 3, 3), date(2026, 3, 1)
OPENED: Dated = (
    AccountOpened(person="person-1", station="station-1", operator="government"),
    date(2026, 1, 1),
)
ME, BOSS = "staff-1", "staff-boss"


def granted(role: str, from_on: date = MONDAY, to_on: date | None = None) -> Dated:
    return RoleGranted(role=role, from_on=from_on, to_on=to_on), date(2026, 1, 2)


def account(*history: Dated) -> StaffAccount:
    return StaffAccount().fold([OPENED, *history])


def test_an_account_opens_once() -> None:
    opened = OPENED[0]
    ask = given(StaffAccount).when(
        lambda a, _: a.open_account(person="person-1", station="station-1", operator="government")
    )
    assert ask.then(opened).standing == "active"
    given(StaffAccount, [OPENED]).when(
        lambda a, _: a.open_account(person="p", station="s", operator="government")
    ).refused(rule="P-00", because="active")


def test_the_roles_are_those_of_the_matrix() -> None:
    assert set(MATRIX_ROLES) == ROLES
    assert set().union(*GRANTS.values()) <= ROLES


@pytest.mark.parametrize(
    ("day", "roles"),
    [
        (SUNDAY, frozenset()),
        (MONDAY, {"caseworker"}),
        (date(2026, 3, 31), {"caseworker"}),
        (date(2026, 4, 1), frozenset()),
    ],
)
def test_a_role_holds_from_its_first_to_its_last_day(day: date, roles: set[str]) -> None:
    assert account(granted("caseworker", to_on=date(2026, 3, 31))).roles_on(day) == roles


def test_a_withdrawn_role_ends_on_its_day_and_held_before() -> None:
    withdrawn = RoleWithdrawn(role="mediator", reason="moved"), TUESDAY
    staff = account(granted("mediator"), withdrawn)
    assert staff.roles_on(MONDAY) == {"mediator"}
    assert staff.roles_on(TUESDAY) == frozenset()


def test_a_deactivated_account_has_no_role_until_it_is_taken_back() -> None:
    staff = account(
        granted("mediator"),
        (Deactivated(reason="leave"), TUESDAY),
        (Reactivated(reason="back"), date(2026, 3, 10)),
    )
    days = [MONDAY, TUESDAY, date(2026, 3, 9), date(2026, 3, 10)]
    assert [bool(staff.roles_on(day)) for day in days] == [True, False, False, True]
    assert staff.standing == "active"


def test_home_station_and_delegates_are_known_for_every_day() -> None:
    staff = account(
        (StationChanged(station="station-2"), TUESDAY),
        (DelegationGiven(to="staff-2", from_on=MONDAY, to_on=date(2026, 3, 8)), MONDAY),
        (DelegationEnded(to="staff-2"), date(2026, 3, 5)),
    )
    assert [staff.station_on(day) for day in (date(2025, 12, 31), MONDAY, TUESDAY)] == [
        "",
        "station-1",
        "station-2",
    ]
    assert staff.delegates_on(date(2026, 3, 4)) == {"staff-2"}
    assert staff.delegates_on(date(2026, 3, 5)) == frozenset()


def grant(role: str, from_on: date | None, to_on: date | None, history: Sequence[Dated]) -> None:
    given(StaffAccount, history).when(
        lambda a, _: a.grant_role(account=ME, by=BOSS, role=role, from_on=from_on, to_on=to_on)
    ).then(RoleGranted(role=role, from_on=from_on or MONDAY, to_on=to_on))


def grant_refused(
    role: str, from_on: date | None, to_on: date | None, history: Sequence[Dated], field: str
) -> None:
    given(StaffAccount, history).when(
        lambda a, _: a.grant_role(account=ME, by=BOSS, role=role, from_on=from_on, to_on=to_on)
    ).refused(rule="P-03", field=field)


@pytest.mark.parametrize("alone", sorted(ALONE))
@pytest.mark.parametrize("other", sorted(ROLES))
def test_auditor_and_admin_stand_alone_whichever_came_first(alone: str, other: str) -> None:
    for first, second in ((alone, other), (other, alone)):
        grant_refused(second, MONDAY, None, [OPENED, granted(first)], "role")


def test_case_roles_stand_together() -> None:
    grant("caseworker", MONDAY, None, [OPENED, granted("mediator"), granted("station_manager")])


@pytest.mark.parametrize(("gap", "refused"), [(0, True), (1, False)])
def test_roles_that_exclude_each_other_may_follow_each_other(gap: int, *, refused: bool) -> None:
    last = date(2026, 3, 31)
    history = [OPENED, granted("caseworker", to_on=last)]
    start = last + timedelta(days=gap)
    if refused:
        grant_refused("auditor", start, None, history, "role")
    else:
        grant("auditor", start, None, history)


def test_a_withdrawn_role_excludes_nothing_from_its_day_on() -> None:
    history = [
        OPENED,
        granted("caseworker"),
        (RoleWithdrawn(role="caseworker", reason="x"), TUESDAY),
    ]
    grant_refused("auditor", MONDAY, None, history, "role")
    grant("auditor", TUESDAY, None, history)


@pytest.mark.parametrize(
    ("role", "from_on", "to_on", "field"),
    [
        ("director", MONDAY, None, "role"),
        ("mediator", None, None, "from_on"),
        ("mediator", MONDAY, SUNDAY, "to_on"),
    ],
)
def test_a_role_is_known_and_has_its_days(
    role: str, from_on: date | None, to_on: date | None, field: str
) -> None:
    grant_refused(role, from_on, to_on, [OPENED], field)


def test_a_role_of_one_day_is_lawful() -> None:
    grant("mediator", MONDAY, MONDAY, [OPENED])


def test_an_inactive_account_gets_no_role() -> None:
    grant_refused("mediator", MONDAY, None, [OPENED, (Deactivated(reason="x"), MONDAY)], "")


def test_nobody_grants_a_role_to_oneself() -> None:
    given(StaffAccount, [OPENED]).when(
        lambda a, on: a.grant_role(account=ME, by=ME, role="admin", from_on=on)
    ).refused(rule="P-04")


@pytest.mark.parametrize(("others", "refused"), [(0, True), (1, False)])
def test_the_last_admin_stays(others: int, *, refused: bool) -> None:
    ask = given(StaffAccount, [OPENED, granted("admin")])
    outcomes = [
        ask.when(
            lambda a, on: a.withdraw_role(
                role="admin", reason="x", other_admins=others, occurred_on=on
            )
        ),
        ask.when(lambda a, on: a.deactivate(reason="x", other_admins=others, occurred_on=on)),
    ]
    for outcome in outcomes:
        if refused:
            outcome.refused(rule="P-03", because="最后一名管理员")
        else:
            outcome.stored()


def test_only_a_role_that_is_held_can_be_withdrawn() -> None:
    for history in ([OPENED], [OPENED, granted("mediator", to_on=MONDAY)]):
        given(StaffAccount, history).on(TUESDAY).when(
            lambda a, on: a.withdraw_role(
                role="mediator", reason="x", other_admins=1, occurred_on=on
            )
        ).refused(rule="P-03", field="role")


def test_a_delegation_goes_to_a_colleague_for_a_span_of_days() -> None:
    ask = given(StaffAccount, [OPENED])
    ask.when(lambda a, on: a.give_delegation(account=ME, to=ME, from_on=on, to_on=on)).refused(
        rule="P-04", field="to"
    )
    ask.when(
        lambda a, on: a.give_delegation(account=ME, to=BOSS, from_on=on, to_on=SUNDAY)
    ).refused(rule="P-03", field="to_on")
    ask.when(lambda a, on: a.end_delegation(to=BOSS, occurred_on=on)).refused(
        rule="P-00", field="to"
    )
    ask.when(lambda a, on: a.give_delegation(account=ME, to=BOSS, from_on=on, to_on=on)).then(
        DelegationGiven(to=BOSS, from_on=MONDAY, to_on=MONDAY)
    )
    ask.when(lambda a, on: a.end_delegation(to=BOSS, occurred_on=on)).then(DelegationEnded(to=BOSS))


def test_station_secrets_and_activity_are_facts_without_content() -> None:
    ask = given(StaffAccount, [OPENED])
    ask.when(lambda a, _: a.change_station(station="station-1")).refused(
        rule="P-00", field="station"
    )
    ask.when(lambda a, _: a.change_station(station="station-2")).then(
        StationChanged(station="station-2")
    )
    assert ask.when(lambda a, _: a.set_second_factor()).then(SecondFactorSet()).second_factor
    reset = ask.when(lambda a, _: a.reset_credential(by=BOSS)).then(CredentialReset(by=BOSS))
    assert not reset.second_factor


def test_reactivation_needs_an_inactive_account() -> None:
    given(StaffAccount, [OPENED]).when(lambda a, _: a.reactivate(reason="x")).refused(rule="P-00")
    given(StaffAccount, [OPENED, (Deactivated(reason="x"), MONDAY)]).when(
        lambda a, _: a.reactivate(reason="back")
    ).then(Reactivated(reason="back"))


def test_a_wrong_day_of_a_role_is_corrected_and_read_otherwise() -> None:
    staff = (
        given(StaffAccount, [OPENED, granted("mediator")])
        .when(
            lambda a, on: a.correct_record(
                version=2, field="from_on", value=TUESDAY, reason="typed wrong", occurred_on=on
            )
        )
        .then(RecordCorrected(version=2, field="from_on", value="2026-03-03", reason="typed wrong"))
    )
    assert staff.roles_on(MONDAY) == frozenset()
    assert staff.roles_on(TUESDAY) == {"mediator"}


@pytest.mark.parametrize(
    ("change", "rule", "at"),
    [
        ((0, "role", "mediator", "x"), "S-17", "version"),
        ((3, "role", "mediator", "x"), "S-17", "version"),
        ((2, "rule", "mediator", "x"), "S-17", "field"),
        ((2, "source", None, "x"), "S-17", "field"),
        ((2, "from_on", "soon", "x"), "S-17", "value"),
        ((2, "role", "mediator", " "), "S-17", "reason"),
        ((2, "occurred_on", TUESDAY, "x"), "S-19", "value"),
    ],
)
def test_a_correction_names_a_fact_a_field_a_value_and_a_reason(
    change: tuple[int, str, object, str], rule: str, at: str
) -> None:
    version, field, value, reason = change
    given(StaffAccount, [OPENED, granted("mediator")]).when(
        lambda a, on: a.correct_record(
            version=version, field=field, value=value, reason=reason, occurred_on=on
        )
    ).refused(rule=rule, field=at)


def test_no_fact_of_an_account_is_voided() -> None:
    given(StaffAccount, [OPENED, granted("mediator")]).when(
        lambda a, on: a.void_fact(version=2, reason="x", occurred_on=on)
    ).refused(rule="S-17", field="version")
