"""Yuan and fen, days and months: exact both ways, never guessed."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.kernel import Refused
from domain.money import Fen
from web.dates import clock, day, days_late, minute, month
from web.money import fen, money, typed_yuan, yuan


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("0", 0),
        ("0.01", 1),
        ("8960.5", 896_050),
        ("￥8,960.00", 896_000),
        ("11,900,000.00", 1_190_000_000),
        ("１２３４．５", 123_450),
        (" 5 元", 500),
        ("-12.30", -1_230),
    ],
)
def test_an_amount_is_read_exactly(typed: str, amount: int) -> None:
    assert fen(typed, field="amount") == Fen(amount)


@pytest.mark.parametrize(
    "typed", ["", "1.234", "1e5", "1,00", "12,3456", ".5", "5.", "abc", "1 2.3.4", "9" * 16, "壹"]
)
def test_what_is_no_amount_is_refused_at_its_field(typed: str) -> None:
    with pytest.raises(Refused) as refused:
        fen(typed, field="amount")
    assert (refused.value.rule, refused.value.field) == ("D-06", "amount")


@given(st.integers(min_value=-(10**11), max_value=10**11))
def test_an_amount_written_is_read_back(amount: int) -> None:
    assert fen(typed_yuan(amount), field="amount") == amount
    assert fen(money(amount).replace("−", "-"), field="amount") == amount


def test_amounts_are_written_with_separators_and_two_decimals() -> None:
    assert (yuan(43_800_000), money(-5), money(0)) == ("438,000.00", "−¥0.05", "¥0.00")


@pytest.mark.parametrize("typed", ["2026-03-02", "2026/3/2", "2026.03.02", " 2026年3月2日 "])
def test_a_day_is_read(typed: str) -> None:
    assert day(typed, field="due_on") == date(2026, 3, 2)


@pytest.mark.parametrize("typed", ["", "2026-02-29", "02/03/2026", "2026-13-01", "明天"])
def test_what_is_no_day_is_refused_at_its_field(typed: str) -> None:
    with pytest.raises(Refused) as refused:
        day(typed, field="due_on")
    assert (refused.value.rule, refused.value.field) == ("S-19", "due_on")


@pytest.mark.parametrize("typed", ["2026-03", "2026年3月", "2026/3"])
def test_a_month_is_its_first_day(typed: str) -> None:
    assert month(typed, field="month") == date(2026, 3, 1)


@pytest.mark.parametrize("typed", ["", "2026-13", "2026-00", "2026"])
def test_what_is_no_month_is_refused(typed: str) -> None:
    with pytest.raises(Refused):
        month(typed, field="month")


def test_moments_are_written_in_the_time_of_the_office() -> None:
    late = datetime(2026, 4, 6, 17, 30, tzinfo=UTC)
    assert (clock(late), minute(late)) == ("01:30", "2026-04-07 01:30")
    assert days_late(date(2026, 4, 3), late) == 4
