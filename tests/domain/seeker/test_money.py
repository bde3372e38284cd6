"""Subsidies at their boundaries: S-06 and S-12."""

from datetime import date

import pytest

from domain.kernel import Event
from domain.money import Fen
from domain.seeker.placement import Terms
from domain.seeker.subsidy import Limits
from domain.seeker.values import RestsOn
from tests.domain.seeker.play import COLLEAGUE, OFFICER, Play, outcome

MONTHS = ("2026-03", "2026-04")


def flexible_subsidy(play: Play, *months: str) -> list[Event]:
    return play.case.apply_for_subsidy(
        occurred_on=play.day,
        kind="flexible_insurance",
        rests_on=RestsOn(placement=1),
        amount=Fen(60_000),
        entered_by=OFFICER,
        months=months,
    )


@pytest.fixture
def insured() -> Play:
    play = Play().on(2026, 3, 2).register().recognise("H06").place("flexible", employer="")
    return play.on(2026, 4, 30)


@pytest.mark.parametrize(
    ("month", "expected"),
    [("2026-02", "S-12"), ("2026-03", "allowed"), ("2026-04", "allowed"), ("2026-05", "S-12")],
)
def test_a_subsidy_is_for_months_of_the_placement_up_to_now(
    insured: Play, month: str, expected: str
) -> None:
    assert outcome(lambda: flexible_subsidy(insured, month)) == expected


def test_no_month_is_asked_for_twice_or_after_the_recognition(insured: Play) -> None:
    insured.record(flexible_subsidy(insured, "2026-03"))
    insured.refused(lambda: flexible_subsidy(insured, "2026-03"), "S-12", "2026-03")
    insured.refused(lambda: flexible_subsidy(insured, "2026-04", "2026-04"), "S-12")
    insured.record(insured.case.cancel_hardship(hardship=1, reason="employed"))
    insured.on(2026, 5, 31).refused(lambda: flexible_subsidy(insured, "2026-05"), "S-12")


def test_the_owner_of_a_business_gets_no_flexible_insurance_subsidy(insured: Play) -> None:
    insured.place("self_employed", licence_no="L-1", employer="")
    insured.refused(lambda: flexible_subsidy(insured, "2026-04"), "S-12", "经营主体")


@pytest.fixture
def approved(insured: Play) -> Play:
    insured.record(flexible_subsidy(insured, *MONTHS))
    insured.record(insured.case.check_subsidy(subsidy=1))
    return insured.record(
        insured.case.approve_subsidy(subsidy=1, amount=Fen(60_000), officer=COLLEAGUE)
    )


def test_a_subsidy_is_decided_after_its_check_by_somebody_else(insured: Play) -> None:
    insured.record(flexible_subsidy(insured, "2026-03"))

    def approve(officer: str, fen: int = 60_000) -> list[Event]:
        return insured.case.approve_subsidy(subsidy=1, amount=Fen(fen), officer=officer)

    insured.refused(lambda: approve(COLLEAGUE), "S-12")
    insured.record(insured.case.check_subsidy(subsidy=1))
    insured.refused(lambda: approve(OFFICER), "S-06")
    insured.refused(lambda: approve(COLLEAGUE, 60_001), "S-12")
    assert outcome(lambda: approve(COLLEAGUE)) == "allowed"


def test_no_more_is_paid_than_approved_and_no_more_recovered_than_paid(approved: Play) -> None:
    case = approved.case

    def pay(fen: int, voucher: str, *months: str) -> list[Event]:
        return case.pay_subsidy(subsidy=1, amount=Fen(fen), voucher_no=voucher, months=months)

    def recover(fen: int) -> list[Event]:
        return case.recover_subsidy(subsidy=1, amount=Fen(fen), voucher_no="R-1")

    approved.refused(lambda: pay(60_001, "V-1"), "S-12")
    approved.record(pay(30_000, "V-1", "2026-03"))
    approved.refused(lambda: pay(30_000, "V-1", "2026-04"), "S-12", "凭证")
    approved.refused(lambda: pay(30_000, "V-2", "2026-03"), "S-12")
    approved.record(case.stop_subsidy(subsidy=1, from_month="2026-04", reason="job_ended"))
    approved.refused(lambda: pay(30_000, "V-2", "2026-04"), "S-12", "停发")
    approved.refused(lambda: recover(30_001), "S-12")
    approved.record(recover(30_000))
    assert case.paid_subsidies() == 0


def monthly(play: Play, count: int, limits: Limits, first: str = "2026-03") -> list[Event]:
    """Ask for so many months of the flexible subsidy at once."""
    year, month = map(int, first.split("-"))
    months = [f"{year + (month + n - 1) // 12}-{(month + n - 1) % 12 + 1:02}" for n in range(count)]
    return play.case.apply_for_subsidy(
        occurred_on=play.day,
        kind="flexible_insurance",
        rests_on=RestsOn(placement=1),
        amount=Fen(60_000),
        entered_by=OFFICER,
        months=months,
        limits=limits,
    )


@pytest.mark.parametrize(("count", "expected"), [(36, "allowed"), (37, "S-12")])
def test_thirty_six_months_are_paid_for_in_all(count: int, expected: str) -> None:
    play = Play().on(2026, 3, 2).register().recognise("H06").place("flexible", employer="")
    play.on(2029, 6, 1)
    assert outcome(lambda: monthly(play, count, Limits())) == expected
    assert outcome(lambda: monthly(play, count, Limits(months_most=37))) == "allowed"


def test_the_months_asked_for_in_several_applications_are_one_sum() -> None:
    play = Play().on(2026, 3, 2).register().recognise("H06").place("flexible", employer="")
    play.on(2029, 6, 1).record(monthly(play, 30, Limits()))
    play.refused(lambda: monthly(play, 7, Limits(), "2028-09"), "S-12", "36")
    play.record(monthly(play, 6, Limits(), "2028-09"))


@pytest.mark.parametrize(
    ("birth", "expected"), [(date(1977, 9, 12), "allowed"), (date(1990, 5, 20), "S-12")]
)
def test_who_is_near_retirement_at_the_first_post_is_paid_for_longer(
    birth: date, expected: str
) -> None:
    play = Play(birth).on(2024, 5, 13).register().recognise("H06").place("flexible", employer="")
    play.on(2027, 9, 1)
    limits = Limits(terms=Terms(36, birth))
    assert outcome(lambda: monthly(play, 37, limits, "2024-05")) == expected


def test_no_month_is_paid_for_after_the_retirement_age() -> None:
    birth = date(1977, 9, 12)
    play = Play(birth).on(2024, 5, 13).register().recognise("H06").place("flexible", employer="")
    limits = Limits(terms=Terms(36, birth))
    play.on(2029, 3, 31).refused(lambda: monthly(play, 1, limits, "2029-03"), "S-12", "2029-02-12")
    play.record(monthly(play, 1, limits, "2029-02"))


@pytest.mark.parametrize(
    ("sex", "day", "expected"),
    [
        ("female", date(2026, 3, 1), "allowed"),
        ("female", date(2026, 3, 2), "S-12"),
        ("male", date(2031, 3, 1), "allowed"),
        ("male", date(2031, 3, 2), "S-12"),
    ],
)
def test_the_startup_grant_has_an_age(sex: str, day: date, expected: str) -> None:
    birth = date(1970, 3, 2)
    play = Play(birth, sex).on(2024, 3, 4).register()
    play.place("self_employed", licence_no="L-1", employer="")
    play.day = day
    before = [f"{day.year - 1}-12", f"{day.year}-01", f"{day.year}-02"]

    def ask() -> list[Event]:
        return play.case.apply_for_subsidy(
            occurred_on=play.day,
            kind="startup_once",
            rests_on=RestsOn(placement=1, licence_no="L-1", insured=tuple(before)),
            amount=Fen(1_000_000),
            entered_by=OFFICER,
            limits=Limits(terms=Terms(36, birth)),
        )

    assert outcome(ask) == expected


@pytest.mark.parametrize(
    ("finding", "expected"),
    [
        ("in_order", "allowed"),
        ("owner_of_business", "S-12"),
        ("doubtful", "S-12"),
        ("paper_missing", "S-12"),
    ],
)
def test_what_the_check_found_bars_the_approval(insured: Play, finding: str, expected: str) -> None:
    insured.record(flexible_subsidy(insured, "2026-03"))
    insured.record(insured.case.check_subsidy(subsidy=1, findings=(finding,)))
    assert (
        outcome(
            lambda: insured.case.approve_subsidy(subsidy=1, amount=Fen(60_000), officer=COLLEAGUE)
        )
        == expected
    )
