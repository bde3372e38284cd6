"""Employers: codes that check, one file each, and a stop list with four eyes."""

from datetime import date

import pytest

from domain.employer import (
    KINDS,
    CapacityEstimated,
    Closed,
    ContactNamed,
    DetailsCorrected,
    DocumentsChecked,
    Employer,
    FactVoided,
    Registered,
    StopLifted,
    StopListed,
    kind_of,
)
from domain.kernel import Dated
from tests.scenario import given

MONDAY = date(2026, 3, 2)
CODE = "91449901MAXX00015D"
COMPANY: Dated = (
    Registered(kind="company", credit_code=CODE, name="伞业示例公司", district="449901"),
    MONDAY,
)
PERSON: Dated = (Registered(kind="individual", district="449901", person="person-1"), MONDAY)
STOPPED: Dated = (StopListed(reason="false_post", entered_by="staff-1"), MONDAY)


def test_a_company_is_registered_with_a_code_as_the_standard_writes_it() -> None:
    company = (
        given(Employer)
        .when(
            lambda e, _: e.register(
                kind="company", district="449901", name=" 伞业示例公司 ", credit_code=CODE.lower()
            )
        )
        .then(COMPANY[0])
    )
    assert (company.standing, company.credit_code) == ("active", CODE)


@pytest.mark.parametrize(
    ("code", "because"),
    [("91449901MAXX00015E", "逐位"), ("91449901MAXX00025D", "组织机构"), ("9144990", "18位")],
)
def test_a_wrong_check_character_is_refused(code: str, because: str) -> None:
    given(Employer).when(
        lambda e, _: e.register(kind="company", district="449901", name="示例", credit_code=code)
    ).refused(rule="V-09", field="credit_code", because=because)
    given(Employer, [COMPANY]).when(
        lambda e, _: e.correct_details(field="credit_code", value=code, reason="x")
    ).refused(rule="V-09", field="value", because=because)


def test_a_second_active_employer_with_the_same_code_is_sent_to_the_first() -> None:
    given(Employer).when(
        lambda e, _: e.register(
            kind="company", district="449901", name="示例", credit_code=CODE, holder="employer-7"
        )
    ).refused(rule="V-10", field="credit_code", because="employer-7")


@pytest.mark.parametrize(("person", "refused"), [("", True), ("person-1", False)])
def test_somebody_who_hires_alone_is_a_person(person: str, *, refused: bool) -> None:
    asked = given(Employer).when(
        lambda e, _: e.register(kind="individual", district="449901", person=person)
    )
    if refused:
        asked.refused(rule="V-09", field="person")
    else:
        assert asked.then(PERSON[0]).name == ""


@pytest.mark.parametrize(
    ("kind", "name", "field"), [("club", "x", "kind"), ("company", " ", "name")]
)
def test_kind_and_name_are_asked_for(kind: str, name: str, field: str) -> None:
    given(Employer).when(
        lambda e, _: e.register(kind=kind, district="449901", name=name, credit_code=CODE)
    ).refused(rule="V-00", field=field)


@pytest.mark.parametrize(("who", "refused"), [("staff-1", True), ("staff-2", False)])
def test_a_stop_is_lifted_by_somebody_else(who: str, *, refused: bool) -> None:
    asked = given(Employer, [COMPANY, STOPPED]).when(
        lambda e, _: e.lift_stop(reason="cleared", by=who)
    )
    if refused:
        asked.refused(rule="V-10", because="他人")
    else:
        assert not asked.then(StopLifted(reason="cleared")).stopped


def test_a_stop_is_listed_once_and_lifted_once() -> None:
    given(Employer, [COMPANY, STOPPED]).when(
        lambda e, _: e.list_stop(reason="arrears", entered_by="staff-2")
    ).refused(rule="V-10")
    given(Employer, [COMPANY]).when(lambda e, _: e.lift_stop(reason="x", by="staff-2")).refused(
        rule="V-10"
    )
    listed = (
        given(Employer, [COMPANY])
        .when(lambda e, _: e.list_stop(reason="arrears", entered_by="staff-2", dispute="dispute-1"))
        .then(StopListed(reason="arrears", dispute="dispute-1", entered_by="staff-2"))
    )
    assert (listed.stopped, listed.standing) == (True, "stopped")


@pytest.mark.parametrize(
    ("result", "until", "documented"),
    [
        ("valid", None, True),
        ("valid", MONDAY, True),
        ("valid", date(2026, 3, 1), False),
        ("missing", None, False),
    ],
)
def test_documents_hold_to_their_last_day(
    result: str, until: date | None, *, documented: bool
) -> None:
    checked = (
        given(Employer, [COMPANY])
        .when(lambda e, _: e.check_documents(result=result, licence_valid_until=until))
        .then(DocumentsChecked(result=result, licence_valid_until=until))
    )
    assert checked.documented_on(MONDAY) is documented
    assert not Employer().fold([COMPANY]).documented_on(MONDAY)


def test_details_contact_and_capacity_change() -> None:
    ask = given(Employer, [COMPANY])
    changed = ask.when(
        lambda e, _: e.correct_details(field="name", value="新名", reason="renamed")
    ).then(DetailsCorrected(field="name", value="新名", reason="renamed"))
    assert changed.name == "新名"
    assert (
        ask.when(lambda e, _: e.correct_details(field="district", value="449902", reason="x"))
        .stored()
        .district
        == "449902"
    )
    named = ask.when(lambda e, _: e.name_contact(person="person-2", role="hr")).then(
        ContactNamed(person="person-2", role="hr")
    )
    assert named.contacts == (("person-2", "hr"),)
    assert (
        ask.when(lambda e, _: e.estimate_capacity(workers=0))
        .then(CapacityEstimated(workers=0))
        .capacity
        == 0
    )
    ask.when(lambda e, _: e.estimate_capacity(workers=-1)).refused(rule="V-07", field="workers")
    ask.when(lambda e, _: e.check_documents(result="fine")).refused(rule="V-00", field="result")


@pytest.mark.parametrize(
    ("history", "field", "value", "at"),
    [
        (COMPANY, "kind", "social", "field"),
        (COMPANY, "name", "", "value"),
        (PERSON, "name", "x", "field"),
    ],
)
def test_only_open_details_can_be_corrected(
    history: Dated, field: str, value: str, at: str
) -> None:
    given(Employer, [history]).when(
        lambda e, _: e.correct_details(field=field, value=value, reason="x")
    ).refused(rule="V-00", field=at)


def test_a_closed_employer_takes_no_more_facts() -> None:
    closed = given(Employer, [COMPANY]).when(lambda e, _: e.close(reason="deregistered"))
    assert closed.then(Closed(reason="deregistered")).standing == "closed"
    given(Employer, [COMPANY, (Closed(reason="x"), MONDAY)]).when(
        lambda e, _: e.estimate_capacity(workers=1)
    ).refused(rule="V-00", because="closed")


def test_a_void_takes_a_stop_back_but_not_the_registration() -> None:
    ask = given(Employer, [COMPANY, STOPPED])
    ask.when(lambda e, on: e.void_fact(version=1, reason="x", occurred_on=on)).refused(
        rule="S-17", field="version"
    )
    assert (
        not ask.when(lambda e, on: e.void_fact(version=2, reason="wrong firm", occurred_on=on))
        .then(FactVoided(version=2, reason="wrong firm"))
        .stopped
    )


def test_the_credit_code_says_the_kind_and_every_kind_is_known() -> None:
    assert kind_of("91449901MAXX00015D") == "company"
    assert kind_of("92449901MAXX00015D") == "individual_business"
    assert {kind_of(start) for start in ("12", "51", "52", "53", "91", "92", "93")} <= KINDS
