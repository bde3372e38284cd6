"""The arithmetic of a dispute, to the fen."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.dispute.arithmetic import allocate, check_instalments, check_lines, instalment_balance
from domain.dispute.records import Agreement
from domain.dispute.values import Instalment, Line
from domain.kernel import Refused
from domain.money import Fen, total


@given(
    balances=st.lists(st.integers(1, 10**8), min_size=1, max_size=60),
    share=st.fractions(0, 1),
)
def test_one_payment_is_split_exactly_and_nobody_gets_more_than_the_balance(
    balances: list[int], share: float
) -> None:
    lines = [Line(no, Fen(amount)) for no, amount in enumerate(balances, start=1)]
    amount = Fen(max(1, int(sum(balances) * share)))
    parts = allocate(amount, lines)
    assert total(part.amount for part in parts) == amount
    for part in parts:
        exact = amount * balances[part.claim - 1] / sum(balances)
        assert 0 < part.amount <= balances[part.claim - 1]
        assert abs(part.amount - exact) < 1.001


def test_the_last_fen_goes_to_the_largest_remainder_and_then_to_the_earlier_line() -> None:
    lines = [Line(1, Fen(100)), Line(2, Fen(100)), Line(3, Fen(100))]
    assert [part.amount for part in allocate(Fen(100), lines)] == [34, 33, 33]
    uneven = [Line(1, Fen(10)), Line(2, Fen(20)), Line(3, Fen(70))]
    assert [part.amount for part in allocate(Fen(99), uneven)] == [10, 20, 69]


@pytest.mark.parametrize("amount", [0, -1, 301])
def test_a_payment_of_nothing_or_above_what_is_open_is_not_split(amount: int) -> None:
    with pytest.raises(Refused, match="D-07"):
        allocate(Fen(amount), [Line(1, Fen(300))])


@pytest.mark.parametrize(
    ("lines", "because"),
    [
        ((), "至少"),
        ((Line(1, Fen(0)),), "大于零"),
        ((Line(1, Fen(-5)),), "大于零"),
        ((Line(1, Fen(5)), Line(1, Fen(5))), "重复"),
    ],
)
def test_lines_are_there_above_zero_and_once(lines: tuple[Line, ...], because: str) -> None:
    with pytest.raises(Refused, match=because) as refused:
        check_lines(lines)
    assert refused.value.rule == "D-06"


def instalment(no: int, day: int, *amounts: int) -> Instalment:
    lines = tuple(Line(claim, Fen(amount)) for claim, amount in enumerate(amounts, start=1))
    return Instalment(no=no, due_on=date(2026, 3, day), method="bank", lines=lines)


LINES = (Line(1, Fen(300)), Line(2, Fen(200)))


@pytest.mark.parametrize(
    ("plan", "because"),
    [
        ((instalment(1, 10, 300, 199),), "不等于"),
        ((instalment(1, 10, 300, 201),), "不等于"),
        ((instalment(1, 10, 300),), "不等于"),
        ((instalment(2, 10, 300, 200),), "连续"),
        ((instalment(1, 1, 300, 200),), "之间"),
        ((instalment(1, 21, 300, 200),), "之间"),
        ((instalment(1, 12, 100, 100), instalment(2, 11, 200, 100)), "早于"),
    ],
)
def test_instalments_sum_up_claim_by_claim_inside_the_term(
    plan: tuple[Instalment, ...], because: str
) -> None:
    with pytest.raises(Refused, match=because) as refused:
        check_instalments(LINES, plan, signed_on=date(2026, 3, 2), perform_by=date(2026, 3, 20))
    assert (refused.value.rule, refused.value.field) == ("D-06", "instalments")


@pytest.mark.parametrize("day", [2, 20])
def test_an_instalment_may_fall_due_on_the_first_and_on_the_last_day(day: int) -> None:
    check_instalments(
        LINES,
        (instalment(1, day, 300, 200),),
        signed_on=date(2026, 3, 2),
        perform_by=date(2026, 3, 20),
    )


def test_money_covers_the_oldest_instalment_first() -> None:
    plan = (instalment(1, 5, 100, 100), instalment(2, 10, 200, 100))
    agreement = Agreement(
        1, date(2026, 3, 2), date(2026, 3, 20), "m", plan, {1: 300, 2: 200}, {1: 150, 2: 40}
    )
    assert instalment_balance(agreement, 1) == (Line(2, Fen(60)),)
    assert instalment_balance(agreement, 2) == (Line(1, Fen(150)), Line(2, Fen(100)))
    assert instalment_balance(agreement, 3) == ()
