"""Counting days on the shipped calendar: the worked values of domain.md 3.7."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import PUBLISHED, Unit, add_months, seed_days, shipped

CALENDAR = shipped()


@pytest.mark.parametrize(
    ("rule", "start", "count", "unit", "expected"),
    [
        ("DL-01 over the festival", date(2026, 2, 13), 3, Unit.WORKING, date(2026, 2, 25)),
        ("DL-01 plain", date(2026, 1, 27), 3, Unit.WORKING, date(2026, 1, 30)),
        ("DL-03 in the festival", date(2026, 2, 5), 15, Unit.CALENDAR, date(2026, 2, 24)),
        ("DL-03 plain", date(2026, 1, 27), 15, Unit.CALENDAR, date(2026, 2, 11)),
        ("DL-03 plain", date(2026, 3, 2), 15, Unit.CALENDAR, date(2026, 3, 17)),
        ("DL-04 holiday roll", date(2026, 2, 6), 15, Unit.CALENDAR, date(2026, 2, 24)),
        ("DL-04 plain", date(2026, 3, 16), 15, Unit.CALENDAR, date(2026, 3, 31)),
        ("DL-05 weekend roll", date(2026, 2, 6), 30, Unit.CALENDAR, date(2026, 3, 9)),
        ("DL-05 plain", date(2026, 3, 16), 30, Unit.CALENDAR, date(2026, 4, 15)),
        ("DL-07b", date(2026, 5, 20), 15, Unit.CALENDAR, date(2026, 6, 4)),
        ("DL-08", date(2025, 11, 30), 1, Unit.YEAR, date(2026, 11, 30)),
        ("DL-08b", date(2026, 3, 2), 1, Unit.YEAR, date(2027, 3, 2)),
        ("DL-08d", date(2026, 2, 28), 1, Unit.YEAR, date(2027, 3, 1)),
        ("DL-09", date(2026, 3, 18), 5, Unit.WORKING, date(2026, 3, 25)),
        ("DL-10", date(2026, 3, 20), 45, Unit.CALENDAR, date(2026, 5, 6)),
        ("DL-10 + 15", date(2026, 3, 20), 60, Unit.CALENDAR, date(2026, 5, 19)),
        ("DL-12", date(2026, 4, 30), 5, Unit.WORKING, date(2026, 5, 11)),
        ("DL-13", date(2026, 3, 4), 60, Unit.WORKING, date(2026, 6, 1)),
        ("DL-13 + 30", date(2026, 3, 4), 90, Unit.WORKING, date(2026, 7, 14)),
        ("DL-15", date(2026, 3, 2), 15, Unit.CALENDAR, date(2026, 3, 17)),
        ("DL-15b", date(2026, 9, 24), 5, Unit.WORKING, date(2026, 10, 9)),
        ("DL-16", date(2026, 3, 9), 60, Unit.CALENDAR, date(2026, 5, 8)),
        ("DL-16 + 30", date(2026, 3, 9), 90, Unit.CALENDAR, date(2026, 6, 8)),
        ("DL-18", date(2026, 3, 18), 7, Unit.CALENDAR, date(2026, 3, 25)),
        ("retention 1 month", date(2026, 1, 31), 1, Unit.MONTH, date(2026, 2, 28)),
        ("retention 3 months", date(2026, 1, 31), 3, Unit.MONTH, date(2026, 4, 30)),
        ("retention 6 months", date(2026, 1, 31), 6, Unit.MONTH, date(2026, 7, 31)),
        ("retention of story 2", date(2024, 6, 17), 3, Unit.MONTH, date(2024, 9, 18)),
        ("completion of story 4", date(2025, 1, 10), 30, Unit.CALENDAR, date(2025, 2, 10)),
        ("measure of story 4", date(2025, 1, 10), 180, Unit.DATE, date(2025, 7, 9)),
    ],
)
def test_the_worked_values_of_the_rules_come_out_to_the_day(
    rule: str, start: date, count: int, unit: Unit, expected: date
) -> None:
    assert CALENDAR.due(start, count, unit).on == expected, rule


def test_a_pause_is_added_before_rolling() -> None:
    due = CALENDAR.due(date(2026, 3, 2), 15, Unit.CALENDAR, paused=7)
    assert due.on == date(2026, 3, 24)


@pytest.mark.parametrize(
    ("start", "provisional"), [(date(2025, 11, 30), False), (date(2026, 3, 2), True)]
)
def test_a_year_without_published_calendar_makes_the_day_provisional(
    start: date, provisional: bool
) -> None:
    assert CALENDAR.due(start, 1, Unit.YEAR).provisional is provisional


def test_every_published_year_lists_its_swapped_weekend_days_as_worked() -> None:
    days = seed_days()
    for year, (_, worked) in PUBLISHED.items():
        for text in worked.split():
            day = date(year, int(text[:2]), int(text[2:]))
            assert days[day] is True
            assert day.weekday() >= 5, day


@given(start=st.dates(date(2023, 1, 1), date(2027, 12, 31)), count=st.integers(1, 120))
def test_a_limit_never_ends_on_a_rest_day(start: date, count: int) -> None:
    for unit in (Unit.CALENDAR, Unit.WORKING, Unit.MONTH):
        assert CALENDAR.is_working(CALENDAR.due(start, min(count, 36), unit).on)


@given(start=st.dates(date(2023, 1, 1), date(2026, 1, 1)), count=st.integers(1, 90))
def test_working_days_are_counted_one_by_one(start: date, count: int) -> None:
    end = CALENDAR.add_working(start, count)
    days = [start + timedelta(days=n) for n in range(1, (end - start).days + 1)]
    assert sum(map(CALENDAR.is_working, days)) == count


@given(start=st.dates(date(2000, 1, 1), date(2100, 1, 1)), count=st.integers(0, 60))
def test_months_keep_the_number_of_the_day_or_end_with_the_month(start: date, count: int) -> None:
    end = add_months(start, count)
    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == count
    assert end.day == start.day or (end + timedelta(days=1)).day == 1
