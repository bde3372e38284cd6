"""The matrix of roles: what each role may do, and for whose cases."""

import pytest

from application.rights import GRANTS, OF_A_CASE, ROLES, WRITING, check, check_station, may
from application.store import Who
from domain.kernel import Aggregate, Refused

HERE, THERE = "station-here", "station-there"


class Case(Aggregate):
    """A case as the rights see it."""

    station = HERE
    officers = frozenset({"staff-li"})
    offered_to = ""


def who(*roles: str, account: str = "staff-wang", station: str = HERE) -> Who:
    return Who(account=account, station=station, roles=frozenset(roles))


@pytest.mark.parametrize(
    ("role", "rights"),
    [
        (
            "caseworker",
            (
                "seeker.lead seeker.edit seeker.visit hardship.decide subsidy.decide "
                "dispute.intake case.receive employer.edit vacancy.edit training.edit person.edit "
                "station.count station.report queue.review"
            ),
        ),
        (
            "mediator",
            (
                "dispute.intake dispute.edit dispute.settle case.receive employer.edit person.edit "
                "station.count queue.review"
            ),
        ),
        (
            "station_manager",
            (
                "seeker.lead seeker.edit seeker.visit hardship.decide subsidy.decide "
                "dispute.intake dispute.edit dispute.settle case.receive case.reassign "
                "case.reopen override staff.delegate station.manage "
                "employer.edit vacancy.edit training.edit person.edit person.erase import "
                "station.count station.report device.manage queue.review"
            ),
        ),
        ("auditor", ""),
        ("admin", "staff.manage staff.delegate settings.manage station.manage device.manage"),
        ("informant", "seeker.lead seeker.visit person.edit station.count"),
    ],
)
def test_each_role_grants_exactly_its_rights(role: str, rights: str) -> None:
    assert {right for right, roles in GRANTS.items() if role in roles} == set(rights.split())


def test_the_matrix_names_no_unknown_role_and_the_auditor_writes_nothing() -> None:
    assert set().union(*GRANTS.values()) == WRITING
    assert set(ROLES) - WRITING == {"auditor"}


@pytest.mark.parametrize("right", sorted(OF_A_CASE))
@pytest.mark.parametrize("role", ["auditor", "admin"])
def test_auditor_and_admin_write_nothing_in_cases(role: str, right: str) -> None:
    with pytest.raises(Refused) as told:
        check(who(role), right, Case(), "seeker-1")
    assert told.value.rule == "P-05"


def test_nobody_has_an_unknown_right() -> None:
    assert not may(who(*ROLES), "seeker.delete", Case(), "seeker-1")


@pytest.mark.parametrize(
    ("account", "role", "allowed"),
    [
        ("staff-li", "mediator", True),
        ("staff-wang", "mediator", False),
        ("staff-li", "caseworker", False),
        ("staff-wang", "station_manager", True),
    ],
)
def test_a_mediator_settles_only_own_cases(account: str, role: str, *, allowed: bool) -> None:
    assert may(who(role, account=account), "dispute.settle", Case(), "dispute-1") is allowed


@pytest.mark.parametrize("role", ["caseworker", "station_manager"])
def test_a_case_of_another_station_needs_a_transfer_or_the_manager(role: str) -> None:
    stranger = who(role, station=THERE)
    assert may(stranger, "seeker.edit", Case(), "seeker-1") is (role == "station_manager")
    if role == "caseworker":
        with pytest.raises(Refused, match=HERE) as told:
            check(stranger, "seeker.edit", Case(), "seeker-1")
        assert told.value.rule == "S-16"


def test_a_station_served_counts_as_an_own_one() -> None:
    served = Who("staff-wang", THERE, frozenset({"caseworker"}), frozenset({HERE}))
    check(served, "seeker.edit", Case(), "seeker-1")


def test_a_new_case_belongs_to_no_station_but_names_one() -> None:
    check(who("caseworker", station=THERE), "seeker.edit", Aggregate(), "seeker-2")
    with pytest.raises(Refused, match="S-16"):
        check_station(who("caseworker", station=THERE), HERE)


@pytest.mark.parametrize(("offered_to", "allowed"), [(THERE, True), ("station-third", False)])
def test_only_the_receiver_takes_a_transfer(offered_to: str, *, allowed: bool) -> None:
    case = Case()
    case.offered_to = offered_to
    assert may(who("caseworker", station=THERE), "case.receive", case, "seeker-1") is allowed
    assert not may(who("caseworker", station=THERE), "seeker.edit", case, "seeker-1")


def test_a_second_stream_is_covered_by_the_first_right() -> None:
    check(who(), "", Case(), "training-1")
