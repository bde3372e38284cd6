"""Rules of claims at their boundaries: just allowed, and just refused."""

from datetime import date, timedelta

import msgspec
import pytest

from domain.dispute import DisputeCase, facts
from domain.dispute.claims import ClaimRow, check_row, product
from domain.dispute.values import Basis
from domain.money import Fen
from tests import stories
from tests.domain.dispute import cases
from tests.domain.dispute.cases import ANN, BOB, refused

DAY = date(2026, 3, 2)
ROW = ClaimRow(
    worker=ANN,
    code="C01",
    from_on=DAY,
    to_on=DAY,
    amount=Fen(1),
    basis=stories.MONTHS,
)


def row(**changes: object) -> ClaimRow:
    return msgspec.structs.replace(ROW, **changes)


def basis(rate: int, quantity: str) -> Basis:
    return Basis(kind="hours", rate=Fen(rate), quantity=quantity)


def test_one_fen_of_one_day_that_is_today_is_a_claim() -> None:
    check_row(ROW, 1, DAY)
    check_row(row(undisputed=Fen(0)), 1, DAY)


@pytest.mark.parametrize(
    ("changes", "rule", "field"),
    [
        ({"amount": Fen(0)}, "D-06", "amount"),
        ({"amount": Fen(-1)}, "D-06", "amount"),
        ({"undisputed": Fen(-1)}, "D-06", "amount"),
        ({"to_on": DAY - timedelta(days=1)}, "D-06", "to_on"),
        (
            {"from_on": DAY + timedelta(days=1), "to_on": DAY + timedelta(days=1)},
            "D-06",
            "from_on",
        ),
        ({"code": "C00"}, "D-00", "code"),
    ],
)
def test_a_step_beyond_is_refused(changes: dict[str, object], rule: str, field: str) -> None:
    refused(rule, lambda: check_row(row(**changes), 1, DAY), field)


@pytest.mark.parametrize(
    ("rate", "quantity", "amount"),
    [(2_001, "12.5", 25_013), (2_000, "12.5", 25_000), (1, "0.5", 1), (1, "0.4", 0)],
)
def test_rate_times_quantity_is_rounded_half_up(rate: int, quantity: str, amount: int) -> None:
    assert product(basis(rate, quantity)) == Fen(amount)


def test_an_amount_that_is_its_arithmetic_is_taken() -> None:
    check_row(row(amount=Fen(25_013), basis=basis(2_001, "12.5")), 1, DAY)


@pytest.mark.parametrize("wrong", [25_012, 25_014])
def test_an_amount_beside_its_arithmetic_is_refused_by_one_fen(wrong: int) -> None:
    other = row(amount=Fen(wrong), basis=basis(2_001, "12.5"))
    said = refused("D-06", lambda: check_row(other, 3, DAY), "amount")
    assert "第3行" in str(said)


def test_a_rate_without_a_quantity_says_nothing() -> None:
    check_row(row(basis=Basis(kind="hours", rate=Fen(5))), 1, DAY)


def opened() -> DisputeCase:
    return cases.intake().case


def test_the_same_claim_twice_in_a_table_is_refused_and_another_month_is_not() -> None:
    month = stories.row(ANN, "C01", Fen(100))
    said = refused("D-12", lambda: opened().state_claims_table(rows=[month, month]), "rows")
    assert "第2行与第1项" in str(said)
    later = msgspec.structs.replace(month, from_on=date(2026, 1, 1), to_on=date(2026, 1, 31))
    assert len(opened().state_claims_table(rows=[month, later])) == 3
    other = msgspec.structs.replace(month, code="C03")
    assert len(opened().state_claims_table(rows=[month, other])) == 3


def test_a_claim_that_the_case_has_is_refused_one_by_one_too() -> None:
    case = cases.received().case
    again = stories.row(BOB, "C01", Fen(100_000))
    refused("D-12", lambda: case.state_claim(row=again), "rows")


def test_a_table_notes_who_left_once() -> None:
    left = date(2026, 2, 28)
    rows = [
        msgspec.structs.replace(stories.row(ANN, code, Fen(100)), ended_on=left)
        for code in ("C01", "C03")
    ]
    found = opened().state_claims_table(rows=rows)
    ended = [one for one in found if isinstance(one, facts.EmploymentEnded)]
    assert [(one.worker, one.ended_on, one.reason) for one in ended] == [(ANN, left, "not_stated")]


@pytest.mark.parametrize(("elsewhere", "allowed"), [("", True), ("鹤1号", False)])
def test_a_twin_elsewhere_refuses_the_intake_itself(elsewhere: str, allowed: bool) -> None:
    case = stories.Play("dispute-n").case

    def intake() -> object:
        return case.record_intake(
            station="s",
            intake_no="LJ-9",
            channel="walk_in",
            summary="来访",
            open_elsewhere=elsewhere,
        )

    if allowed:
        assert intake()
    else:
        refused("D-12", intake)


@pytest.mark.parametrize(("count", "allowed"), [(1, True), (5, True), (6, False), (0, False)])
def test_one_to_five_representatives_speak_for_the_others(count: int, allowed: bool) -> None:
    workers = [f"person-{n}" for n in range(12)]
    rows = [stories.row(one, "C01", Fen(100)) for one in workers]
    case = stories.open_case(stories.Play("dispute-r").on(3, 2), rows).case
    chosen = workers[:count]
    if allowed:
        assert case.choose_representatives(representatives=chosen)
    else:
        refused("D-14", lambda: case.choose_representatives(representatives=chosen))
