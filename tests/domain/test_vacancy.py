"""Vacancies: what may be published, to whom, at what pay and for how long."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import msgspec
import pytest

from domain.kernel import Dated, Sealed
from domain.money import Fen
from domain.vacancy import Vacancy
from domain.vacancy.facts import (
    ComplaintFiled,
    Drafted,
    FactVoided,
    Paused,
    Published,
    QuickMatched,
    RecordCorrected,
    Rejected,
    Renewed,
    Resumed,
    Revised,
    SeatFilled,
    Submitted,
    Verified,
    Withdrawn,
)
from domain.vacancy.text import MinimumWage
from tests.scenario import Outcome, given

MONDAY = date(2026, 3, 2)
LAST = MONDAY + timedelta(days=90)
WAGE = MinimumWage("449900", Fen(190_000), Fen(1_800), date(2026, 1, 1))
TERMS = Drafted(
    employer="employer-1",
    occupation="8-03",
    title="缝纫工",
    headcount=2,
    conditions="18至55岁",
    work="缝制伞面",
    place="449901",
    pay_from=Fen(190_000),
    pay_to=Fen(400_000),
    pay_unit="month",
    valid_until=LAST,
    age_from=18,
)
DRAFT: Dated = (TERMS, MONDAY)
SUBMITTED = [DRAFT, (Submitted(), MONDAY)]
VERIFIED = [*SUBMITTED, (Verified(method="visit"), MONDAY)]
PUBLISHED = [*VERIFIED, (Published(), MONDAY)]
PAUSED = [*PUBLISHED, (Paused(reason="season"), MONDAY)]
FILLED = [
    *PUBLISHED,
    (SeatFilled(seeker="seeker-1", placement=1), MONDAY),
    (SeatFilled(seeker="seeker-2", placement=1), MONDAY),
]
WITHDRAWN = [*PUBLISHED, (Withdrawn(reason="employer"), MONDAY)]


def draft(*, fee: int = 0, wage: MinimumWage | None = WAGE, **changes: Any) -> Outcome[Vacancy]:
    terms = msgspec.structs.replace(TERMS, **changes)
    return given(Vacancy).when(
        lambda v, on: v.draft(terms=terms, fee=Fen(fee), wage=wage, recheck_days=90, occurred_on=on)
    )


def publish(
    history: Sequence[Dated],
    day: date = MONDAY,
    *,
    stopped: bool = False,
    documented: bool = True,
    wage: MinimumWage | None = WAGE,
) -> Outcome[Vacancy]:
    return (
        given(Vacancy, history)
        .on(day)
        .when(
            lambda v, on: v.publish(
                employer_stopped=stopped,
                employer_documented=documented,
                wage=wage,
                recheck_days=90,
                occurred_on=on,
            )
        )
    )


def test_a_post_goes_from_draft_over_the_check_to_the_board() -> None:
    assert draft().then(TERMS).standing == "draft"
    given(Vacancy, [DRAFT]).when(lambda v, _: v.submit()).then(Submitted())
    verified = (
        given(Vacancy, SUBMITTED)
        .when(lambda v, _: v.verify(method="visit", findings=("as_described",)))
        .then(Verified(method="visit", findings=("as_described",)))
    )
    assert (verified.standing, verified.verified_on) == ("verified", MONDAY)
    assert publish(VERIFIED).then(Published()).is_open_on(MONDAY)


@pytest.mark.parametrize("fee", [1, -1])
def test_a_fee_of_any_size_is_refused(fee: int) -> None:
    draft(fee=fee).refused(rule="V-02", field="fee")


@pytest.mark.parametrize(
    ("unit", "pay", "refused"),
    [
        ("month", 189_999, True),
        ("month", 190_000, False),
        ("hour", 1_799, True),
        ("hour", 1_800, False),
        ("piece", 1, False),
    ],
)
def test_pay_starts_at_the_minimum_wage_of_the_place(unit: str, pay: int, *, refused: bool) -> None:
    asked = draft(pay_unit=unit, pay_from=Fen(pay))
    if refused:
        asked.refused(rule="V-03", field="pay_from", because=str(pay))
    else:
        asked.stored()


def test_without_a_row_of_the_table_pay_is_a_warning() -> None:
    draft(wage=None, pay_from=Fen(1)).stored()
    warned = Vacancy().fold([DRAFT]).warnings
    assert ([w.rule for w in warned(None)], warned(WAGE)) == (["V-03"], [])


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"pay_from": Fen(0)}, "pay_from"),
        ({"pay_from": Fen(200_000), "pay_to": Fen(199_999)}, "pay_to"),
    ],
)
def test_pay_is_named_and_a_span(changes: dict[str, Any], field: str) -> None:
    draft(**changes).refused(rule="V-03", field=field)


@pytest.mark.parametrize(
    ("until", "refused"),
    [
        (MONDAY - timedelta(days=1), True),
        (MONDAY, False),
        (LAST, False),
        (LAST + timedelta(days=1), True),
    ],
)
def test_a_post_stands_from_today_to_ninety_days_after_the_check(
    until: date, *, refused: bool
) -> None:
    renewal = given(Vacancy, PUBLISHED).when(
        lambda v, on: v.renew(valid_until=until, recheck_days=90, occurred_on=on)
    )
    if refused:
        draft(valid_until=until).refused(rule="V-05", field="valid_until")
        renewal.refused(rule="V-05", field="valid_until")
    else:
        draft(valid_until=until).stored()
        assert renewal.then(Renewed(valid_until=until)).valid_until == until


def test_a_new_check_makes_room_for_a_renewal() -> None:
    later = MONDAY + timedelta(days=60)
    until = later + timedelta(days=90)
    ask = given(Vacancy, PUBLISHED).on(later)
    ask.when(lambda v, on: v.renew(valid_until=until, recheck_days=90, occurred_on=on)).refused(
        rule="V-05", field="valid_until"
    )
    assert ask.when(lambda v, _: v.verify(method="phone")).stored().standing == "published"
    ask.when(lambda v, on: v.renew(valid_until=until, recheck_days=90, occurred_on=on)).stored()


@pytest.mark.parametrize(("day", "state"), [(LAST, "published"), (LAST + timedelta(1), "expired")])
def test_expired_is_asked_of_a_day(day: date, state: str) -> None:
    vacancy = Vacancy().fold(PUBLISHED)
    assert vacancy.state_on(day) == state
    assert vacancy.is_open_on(day) is (state == "published")
    assert vacancy.standing == "published"


@pytest.mark.parametrize("history", [[DRAFT], SUBMITTED, PUBLISHED, PAUSED, WITHDRAWN])
def test_nothing_is_published_without_a_check(history: list[Dated]) -> None:
    publish(history).refused(rule="V-06")


@pytest.mark.parametrize(
    ("stopped", "documented", "because"), [(True, True, "停用名单"), (False, False, "证照")]
)
def test_an_employer_stopped_or_without_documents_publishes_nothing(
    because: str, *, stopped: bool, documented: bool
) -> None:
    publish(VERIFIED, stopped=stopped, documented=documented).refused(rule="V-04", because=because)
    given(Vacancy, PAUSED).when(
        lambda v, on: v.resume(
            employer_stopped=stopped,
            employer_documented=documented,
            recheck_days=90,
            occurred_on=on,
        )
    ).refused(rule="V-04", because=because)


def test_publishing_asks_for_pay_and_last_day_again() -> None:
    publish(VERIFIED, wage=WAGE._replace(monthly=Fen(190_001))).refused(
        rule="V-03", field="pay_from"
    )
    publish(VERIFIED, LAST + timedelta(days=1)).refused(rule="V-05", field="valid_until")


@pytest.mark.parametrize("headcount", [0, -1])
def test_a_post_seeks_somebody(headcount: int) -> None:
    draft(headcount=headcount).refused(rule="V-07", field="headcount")


def test_the_last_seat_fills_the_post_and_no_seat_is_taken_twice() -> None:
    first = given(Vacancy, PUBLISHED).when(lambda v, _: v.fill_seat(seeker="seeker-1", placement=1))
    assert first.stored().seats_left == 1
    one = PUBLISHED + FILLED[-2:-1]
    given(Vacancy, one).when(lambda v, _: v.fill_seat(seeker="seeker-1", placement=1)).refused(
        rule="V-07", field="seeker"
    )
    last = given(Vacancy, one).when(lambda v, _: v.fill_seat(seeker="seeker-2", placement=1))
    assert last.stored().standing == "filled"
    given(Vacancy, FILLED).when(lambda v, _: v.fill_seat(seeker="seeker-3", placement=1)).refused(
        rule="V-07", because="filled"
    )


@pytest.mark.parametrize(("headcount", "refused"), [(1, False), (0, True)])
def test_headcount_stays_above_those_in_work(headcount: int, *, refused: bool) -> None:
    one = PUBLISHED + FILLED[-2:-1]
    asked = given(Vacancy, one).when(
        lambda v, _: v.revise(field="headcount", value=headcount, wage=WAGE)
    )
    if refused:
        asked.refused(rule="V-07", field="headcount")
    else:
        asked.then(Revised(field="headcount", value=1))
        given(Vacancy, [*one, (Revised(field="headcount", value=1), MONDAY)]).when(
            lambda v, _: v.fill_seat(seeker="seeker-2", placement=1)
        ).refused(rule="V-07", field="headcount", because="多于")


@pytest.mark.parametrize(
    ("age", "hazards", "refused"),
    [
        (15, (), True),
        (16, (), False),
        (17, ("heavy",), True),
        (18, ("heavy",), False),
        (17, ("frequent_load",), False),
    ],
)
def test_children_and_forbidden_work_are_refused(
    age: int, hazards: tuple[str, ...], *, refused: bool
) -> None:
    asked = draft(age_from=age, hazards=hazards)
    if refused:
        asked.refused(rule="V-08", field="age_from")
    else:
        asked.stored()


@pytest.mark.parametrize(
    ("field", "value", "state"),
    [
        ("title", "车缝工", "published"),
        ("headcount", 5, "published"),
        ("hours", ["day"], "published"),
        ("pay_from", Fen(200_000), "submitted"),
        ("place", "449902", "submitted"),
        ("work", "装配", "submitted"),
    ],
)
def test_pay_place_and_work_have_to_be_checked_again(field: str, value: object, state: str) -> None:
    revised = (
        given(Vacancy, PUBLISHED)
        .when(lambda v, _: v.revise(field=field, value=value, wage=WAGE))
        .stored()
    )
    assert revised.standing == state
    assert (revised.verified_on is None) is (state == "submitted")


@pytest.mark.parametrize(
    ("field", "value", "rule", "at"),
    [
        ("employer", "employer-2", "V-00", "field"),
        ("headcount", "many", "V-00", "field"),
        ("pay_from", Fen(189_999), "V-03", "pay_from"),
        ("age_from", 15, "V-08", "age_from"),
        ("work", " ", "V-00", "work"),
        ("hazards", ["magic"], "V-00", "hazards"),
    ],
)
def test_a_revision_meets_the_same_rules_as_a_draft(
    field: str, value: object, rule: str, at: str
) -> None:
    given(Vacancy, PUBLISHED).when(
        lambda v, _: v.revise(field=field, value=value, wage=WAGE)
    ).refused(rule=rule, field=at)


def test_a_post_rests_and_comes_back() -> None:
    given(Vacancy, PUBLISHED).when(lambda v, _: v.pause(reason="season")).then(
        Paused(reason="season")
    )
    back = given(Vacancy, PAUSED).when(
        lambda v, on: v.resume(
            employer_stopped=False, employer_documented=True, recheck_days=90, occurred_on=on
        )
    )
    assert back.then(Resumed()).is_open_on(MONDAY)
    given(Vacancy, SUBMITTED).when(lambda v, _: v.reject(reason="unclear")).then(
        Rejected(reason="unclear")
    )


@pytest.mark.parametrize(("person", "subject"), [("", "vacancy-9"), ("person-1", "person-1")])
def test_a_complaint_is_sealed_for_its_person_or_for_the_post(person: str, subject: str) -> None:
    complained = (
        given(Vacancy, PUBLISHED)
        .when(
            lambda v, _: v.file_complaint(
                vacancy="vacancy-9", reason="fee", summary="收了钱", person=person
            )
        )
        .then(
            ComplaintFiled(
                person=person or None,
                reason="fee",
                summary=Sealed(subject, "summary", "收了钱"),
            )
        )
    )
    assert complained.complaints == 1


@pytest.mark.parametrize(
    ("count", "person", "refused"), [(0, "", True), (3, "", False), (1, "p", False), (2, "p", True)]
)
def test_quick_matches_are_counted_without_a_seat(
    count: int, person: str, *, refused: bool
) -> None:
    asked = given(Vacancy, PUBLISHED).when(
        lambda v, on: v.match_quickly(day=on, count=count, occurred_on=on, person=person)
    )
    if refused:
        asked.refused(rule="V-07", field="count")
    else:
        after = asked.then(QuickMatched(day=MONDAY, count=count, person=person or None))
        assert (after.quick_matches, after.seats_left) == (count, 2)


def test_an_expired_post_matches_nobody() -> None:
    given(Vacancy, PUBLISHED).on(LAST + timedelta(days=1)).when(
        lambda v, on: v.match_quickly(day=on, count=1, occurred_on=on)
    ).refused(rule="V-05")


def test_a_post_is_withdrawn_once_for_a_known_reason() -> None:
    given(Vacancy, PUBLISHED).when(lambda v, _: v.withdraw(reason="bored")).refused(
        rule="V-00", field="reason"
    )
    gone = given(Vacancy, PUBLISHED).when(lambda v, _: v.withdraw(reason="false_post"))
    assert gone.then(Withdrawn(reason="false_post")).standing == "withdrawn"
    for history in ([DRAFT], WITHDRAWN):
        given(Vacancy, history).when(lambda v, _: v.withdraw(reason="employer")).refused(
            rule="V-00"
        )


def test_a_void_opens_a_filled_post_again() -> None:
    reopened = (
        given(Vacancy, FILLED)
        .when(lambda v, on: v.void_fact(version=6, reason="wrong post", occurred_on=on))
        .then(FactVoided(version=6, reason="wrong post"))
    )
    assert (reopened.standing, reopened.seats_left) == ("published", 1)


@pytest.mark.parametrize(("headcount", "refused"), [(2, False), (1, True)])
def test_a_correction_keeps_the_sums(headcount: int, *, refused: bool) -> None:
    asked = given(Vacancy, FILLED).when(
        lambda v, on: v.correct_record(
            version=1, field="headcount", value=headcount, reason="typed wrong", occurred_on=on
        )
    )
    if refused:
        asked.refused(rule="V-07", field="headcount")
    else:
        asked.then(
            RecordCorrected(version=1, field="headcount", value=headcount, reason="typed wrong")
        )
