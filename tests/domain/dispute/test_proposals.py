"""Computed proposals: the arithmetic to the fen, and every boundary of the articles."""

from datetime import date
from decimal import Decimal

import pytest

from domain.dispute.proposals import (
    Proposal,
    additional,
    difference,
    double_wage,
    hourly,
    overtime,
    severance,
)
from domain.money import Fen
from tests.domain.dispute.cases import refused

HIRED = date(2020, 1, 1)
ZERO = Decimal(0)


def yuan(amount: str) -> Fen:
    return Fen(int(Decimal(amount) * 100))


def served(ended_on: date, **more: object) -> Proposal:
    given: dict[str, object] = {"average": yuan("6000"), "hired_on": HIRED, "ended_on": ended_on}
    return severance(**(given | more))  # type: ignore[arg-type]  # a test changes one


def test_an_hour_is_a_month_divided_by_174() -> None:
    assert hourly(yuan("4350")) == yuan("25")
    assert hourly(yuan("5000")) == yuan("28.74")


def test_overtime_counts_150_200_and_300_percent() -> None:
    found = overtime(
        monthly=yuan("4350"), weekday=Decimal("10.5"), restday=Decimal(8), holiday=Decimal(4)
    )
    assert found.amount == yuan("393.75") + yuan("400") + yuan("300")
    assert len(found.steps) == 5
    assert "44" in found.statute


def test_overtime_needs_hours_and_none_below_zero() -> None:
    refused("D-06", lambda: overtime(monthly=Fen(1), weekday=ZERO, restday=ZERO, holiday=ZERO))
    refused(
        "D-06", lambda: overtime(monthly=Fen(1), weekday=Decimal(-1), restday=ZERO, holiday=ZERO)
    )
    refused("D-06", lambda: overtime(monthly=Fen(0), weekday=ZERO, restday=ZERO, holiday=ZERO))


@pytest.mark.parametrize(
    ("ended_on", "halves"),
    [
        (date(2020, 1, 1), 1),  # a day: half a month
        (date(2020, 6, 29), 1),  # a day short of six months
        (date(2020, 6, 30), 2),  # six months: a whole one
        (date(2020, 12, 31), 2),  # a year
        (date(2021, 1, 1), 3),  # a year and a day
        (date(2021, 6, 30), 4),
        (date(2022, 12, 31), 6),
    ],
)
def test_severance_is_a_month_a_year_and_half_below_six_months(ended_on: date, halves: int) -> None:
    assert served(ended_on).amount == Fen(600_000 * halves // 2)


def test_severance_is_capped_above_three_times_the_local_average() -> None:
    ended = date(2034, 12, 31)  # 15 years
    assert served(ended, local_average=yuan("2000")).amount == yuan("90000")
    capped = served(ended, average=yuan("6000.01"), local_average=yuan("2000"))
    assert capped.amount == yuan("72000")  # 12 x 6000
    assert served(ended).amount == yuan("90000")


def test_n_plus_one_and_twice_n() -> None:
    ended = date(2021, 12, 31)
    assert served(ended, notice=yuan("5500")).amount == yuan("17500")
    twice = served(ended, times=2)
    assert (twice.amount, twice.statute) == (yuan("24000"), "劳动合同法 48、87")
    refused("D-06", lambda: served(date(2019, 12, 31)), "ended_on")


@pytest.mark.parametrize(
    ("until_on", "amount"),
    [
        (date(2025, 2, 28), "3000"),  # February alone
        (date(2025, 3, 31), "6000"),
        (date(2025, 3, 15), "4451.61"),  # 15 of 31 days of March
        (date(2025, 12, 31), "33000"),  # month 2 to month 12
        (date(2026, 8, 31), "33000"),  # never more than eleven months
    ],
)
def test_double_wage_runs_from_month_two_to_month_twelve(until_on: date, amount: str) -> None:
    found = double_wage(monthly=yuan("3000"), hired_on=date(2025, 1, 1), until_on=until_on)
    assert found.amount == yuan(amount)


def test_no_second_wage_within_the_first_month() -> None:
    first_month = {"monthly": yuan("3000"), "hired_on": date(2025, 1, 1)}
    refused("D-06", lambda: double_wage(**first_month, until_on=date(2025, 1, 31)))  # type: ignore[arg-type]
    assert double_wage(**first_month, until_on=date(2025, 2, 1)).amount == yuan("107.14")  # type: ignore[arg-type]


@pytest.mark.parametrize("percent", [50, 100])
def test_additional_compensation_lies_between_half_and_all(percent: int) -> None:
    assert additional(unpaid=yuan("999.99"), percent=percent).amount == Fen(
        (99_999 * percent + 50) // 100
    )


@pytest.mark.parametrize("percent", [49, 101])
def test_another_share_is_refused(percent: int) -> None:
    refused("D-06", lambda: additional(unpaid=Fen(1), percent=percent), "percent")


def test_the_difference_to_the_minimum_wage() -> None:
    found = difference(minimum=yuan("1720"), paid=yuan("1500"), months=Decimal("2.5"))
    assert found.amount == yuan("550")
    refused("D-06", lambda: difference(minimum=yuan("1720"), paid=yuan("1720"), months=Decimal(1)))
    assert difference(minimum=Fen(2), paid=Fen(1), months=Decimal(1)).amount == Fen(1)
