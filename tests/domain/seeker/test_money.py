"""Subsidies at their boundaries: S-06 and S-12."""

import pytest

from domain.kernel import Event
from domain.money import Fen
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
