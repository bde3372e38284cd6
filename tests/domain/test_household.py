"""Households: members, zero-employment declared and cleared."""

from datetime import date

import pytest

from domain.household import (
    FactVoided,
    Household,
    IncomeStated,
    MemberAdded,
    MemberRemoved,
    RecordCorrected,
    Registered,
    ZeroEmploymentCleared,
    ZeroEmploymentDeclared,
    ZeroEmploymentWithdrawn,
)
from domain.kernel import Dated, Sealed
from domain.money import Fen
from tests.scenario import given

MONDAY, TUESDAY = date(2026, 3, 2), date(2026, 3, 3)
HOME: Dated = (Registered(kind="urban", domicile="449901"), MONDAY)


def member(person: str, *, able: bool = True, willing: bool = True) -> Dated:
    return MemberAdded(person=person, relation="self", able=able, willing=willing), MONDAY


LIVED_IN = [HOME, member("person-1"), member("person-2", able=False)]
DECLARED = [*LIVED_IN, (ZeroEmploymentDeclared(), MONDAY)]


@pytest.mark.parametrize(("kind", "refused"), [("urban", False), ("rural", False), ("x", True)])
def test_a_household_is_urban_or_rural(kind: str, *, refused: bool) -> None:
    asked = given(Household).when(lambda h, _: h.register(kind=kind, domicile="449901"))
    if refused:
        asked.refused(rule="H-00", field="kind")
    else:
        assert asked.then(Registered(kind=kind, domicile="449901")).standing == "active"


@pytest.mark.parametrize(
    ("person", "elsewhere", "refused"),
    [("person-3", "", False), ("person-3", "household-9", True), ("person-1", "", True)],
)
def test_a_person_lives_in_one_household(person: str, elsewhere: str, *, refused: bool) -> None:
    asked = given(Household, LIVED_IN).when(
        lambda h, _: h.add_member(
            person=person, relation="son", able=True, willing=False, elsewhere=elsewhere
        )
    )
    if refused:
        asked.refused(rule="H-01", field="person", because="不能同时在两户")
    else:
        added = asked.then(MemberAdded(person="person-3", relation="son", able=True, willing=False))
        assert added.seeking == {"person-1"}


@pytest.mark.parametrize(
    ("history", "rule", "field"),
    [
        ([HOME], "H-02", "person"),
        ([HOME, member("p", able=False)], "H-02", "person"),
        ([HOME, member("p", willing=False)], "H-02", "person"),
        (DECLARED, "H-02", ""),
        (LIVED_IN, "", ""),
    ],
)
def test_zero_is_declared_where_somebody_seeks_and_nobody_has_work(
    history: list[Dated], rule: str, field: str
) -> None:
    asked = given(Household, history).when(lambda h, _: h.declare_zero(placed=["person-2"]))
    if rule:
        asked.refused(rule=rule, field=field)
    else:
        declared = asked.then(ZeroEmploymentDeclared())
        assert (declared.standing, declared.declared_on) == ("declared", MONDAY)


def test_a_placed_member_speaks_against_zero() -> None:
    given(Household, LIVED_IN).when(lambda h, _: h.declare_zero(placed=["person-1"])).refused(
        rule="S-15", field="placed", because="person-1"
    )


@pytest.mark.parametrize(
    ("who", "verified", "start_on", "rule", "field"),
    [
        ("person-1", True, TUESDAY, "", ""),
        ("person-1", True, MONDAY, "", ""),
        ("person-1", False, MONDAY, "S-15", "member"),
        ("person-9", True, MONDAY, "S-15", "member"),
        ("person-1", True, date(2026, 3, 4), "H-03", "occurred_on"),
    ],
)
def test_zero_is_cleared_by_a_verified_placement_that_has_begun(
    who: str, start_on: date, rule: str, field: str, *, verified: bool
) -> None:
    asked = (
        given(Household, DECLARED)
        .on(TUESDAY)
        .when(
            lambda h, on: h.clear_zero(
                member=who,
                seeker="seeker-1",
                placement=1,
                verified=verified,
                start_on=start_on,
                occurred_on=on,
            )
        )
    )
    if rule:
        asked.refused(rule=rule, field=field)
    else:
        cleared = asked.then(
            ZeroEmploymentCleared(member="person-1", seeker="seeker-1", placement=1)
        )
        assert (cleared.standing, cleared.cleared_on) == ("active", TUESDAY)


def test_what_was_not_declared_is_neither_cleared_nor_withdrawn() -> None:
    ask = given(Household, LIVED_IN)
    ask.when(
        lambda h, on: h.clear_zero(
            member="person-1",
            seeker="seeker-1",
            placement=1,
            verified=True,
            start_on=on,
            occurred_on=on,
        )
    ).refused(rule="H-03")
    ask.when(lambda h, _: h.withdraw_zero(reason="x")).refused(rule="H-03")
    given(Household, DECLARED).when(lambda h, _: h.withdraw_zero(reason="wrong")).then(
        ZeroEmploymentWithdrawn(reason="wrong")
    )


def test_a_declared_household_keeps_one_who_seeks_work() -> None:
    ask = given(Household, DECLARED)
    ask.when(lambda h, _: h.remove_member(person="person-1", reason="moved")).refused(
        rule="H-02", field="person"
    )
    ask.when(lambda h, _: h.remove_member(person="person-9", reason="moved")).refused(
        rule="H-00", field="person"
    )
    ask.when(lambda h, _: h.remove_member(person="person-2", reason="moved")).then(
        MemberRemoved(person="person-2", reason="moved")
    )


def test_amendments_keep_the_declaration_true() -> None:
    reason = Sealed("household-1", "reason", "看错了")
    ask = given(Household, DECLARED)
    ask.when(
        lambda h, on: h.correct_record(
            version=2, field="able", value=False, reason=reason, occurred_on=on
        )
    ).refused(rule="H-02", field="person")
    ask.when(
        lambda h, on: h.correct_record(
            version=3, field="person", value="person-1", reason=reason, occurred_on=on
        )
    ).refused(rule="H-01", field="person")
    ask.when(
        lambda h, on: h.correct_record(
            version=3, field="relation", value="wife", reason=reason, occurred_on=on
        )
    ).then(RecordCorrected(version=3, field="relation", value="wife", reason=reason))
    ask.when(lambda h, on: h.void_fact(version=4, reason="x", occurred_on=on)).then(
        FactVoided(version=4, reason="x")
    )


@pytest.mark.parametrize(
    ("person", "source", "monthly", "rule"),
    [
        ("person-1", "wage", 1, ""),
        ("person-1", "none", 0, ""),
        ("person-9", "wage", 1, "H-00"),
        ("person-1", "lottery", 1, "S-00"),
        ("person-1", "wage", -1, "H-00"),
    ],
)
def test_an_income_is_stated_of_a_member(person: str, source: str, monthly: int, rule: str) -> None:
    asked = given(Household, LIVED_IN).when(
        lambda h, _: h.state_income(person=person, source_of_income=source, monthly=Fen(monthly))
    )
    if rule:
        field = {"person-9": "person"}.get(person, "monthly" if monthly < 0 else "source_of_income")
        asked.refused(rule=rule, field=field, because="")
    else:
        sealed = Sealed(person, "monthly", monthly)
        asked.then(IncomeStated(person=person, source_of_income=source, monthly=sealed))


def test_a_cleared_household_falls_back_when_nobody_works() -> None:
    cleared: Dated = (
        ZeroEmploymentCleared(member="person-1", seeker="seeker-1", placement=1),
        TUESDAY,
    )
    home = Household().fold([*DECLARED, cleared])
    assert home.cleared_by == ("person-1", "seeker-1", 1)
    assert home.lapsed(()) is True
    assert home.lapsed({"person-2"}) is True
    assert home.lapsed({"person-1"}) is False
    assert Household().fold(DECLARED).lapsed(()) is False
