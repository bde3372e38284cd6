"""Counting days: calendar days, working days, months and years, on a calendar with a version.

Rule of counting (民法典 200-204, 民诉法 85): the start day is not counted; a last day on a rest day
moves to the next working day; months end on the same number or on the month's end.
"""

import calendar as months
import re
from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache, partial
from typing import NamedTuple
from zoneinfo import ZoneInfo

from domain.kernel import N_, Refused

CHINA = ZoneInfo("Asia/Shanghai")  # on whose clock a moment falls on a day
SATURDAY = 5
MOST_DAYS = 60  # of one span of rest
BETWEEN = re.compile(r"\s*(?:至|~|\bto\b)\s*")


class Unit(StrEnum):
    """The unit of a time limit; the chip on the page names it."""

    CALENDAR = "calendar"
    WORKING = "working"
    MONTH = "month"
    YEAR = "year"
    DATE = "date"


class Due(NamedTuple):
    """A computed day; provisional 暂定 when a year without a published calendar took part."""

    on: date
    provisional: bool = False


class WorkCalendar:
    """The national calendar: rest days and swapped working days of the years it knows."""

    def __init__(self, days: Mapping[date, bool], *, years: frozenset[int], version: int) -> None:
        """Take `{day: is it a working day}` for the listed exceptions of the published years."""
        self._days, self.years, self.version = days, years, version
        # A rebuild asks for the same few thousand days again and again.
        self._computed = lru_cache(maxsize=65_536)(self._compute)

    def __reduce__(self) -> tuple[object, ...]:
        """Go to another process without what was computed."""
        return partial(WorkCalendar, years=self.years, version=self.version), (self._days,)

    def with_year(self, year: int, days: Mapping[date, bool]) -> "WorkCalendar":
        """Give this calendar with one year's exceptions replaced, as the next version."""
        kept = {day: worked for day, worked in self._days.items() if day.year != year}
        return WorkCalendar({**kept, **days}, years=self.years | {year}, version=self.version + 1)

    def is_working(self, day: date) -> bool:
        """Say what the table says, else Monday to Friday."""
        return self._days.get(day, day.weekday() < SATURDAY)

    def roll(self, day: date) -> date:
        """Move a last day that falls on a rest day to the next working day."""
        while not self.is_working(day):
            day += timedelta(days=1)
        return day

    def add_working(self, start: date, count: int) -> date:
        """Step forward from the start day, counting working days only."""
        day = start
        while count > 0:
            day += timedelta(days=1)
            count -= self.is_working(day)
        return day

    def due(self, start: date, count: int, unit: Unit, *, paused: int = 0) -> Due:
        """Compute the last day of a time limit; `paused` in days (working days for a promise)."""
        return self._computed(start, count, unit, paused)

    def _compute(self, start: date, count: int, unit: Unit, paused: int) -> Due:
        match unit:
            case Unit.WORKING:
                on = self.add_working(start, count + paused)
            case Unit.CALENDAR:
                on = self.roll(start + timedelta(days=count + paused))
            case Unit.MONTH:
                on = self.roll(add_months(start, count) + timedelta(days=paused))
            case Unit.YEAR:
                on = self.roll(add_months(start, 12 * count) + timedelta(days=paused))
            case Unit.DATE:
                on = start + timedelta(days=count)
        return Due(on, provisional=not self.knows(start, on))

    def knows(self, start: date, end: date) -> bool:
        """Say whether every year from start to end is published."""
        return all(year in self.years for year in range(start.year, end.year + 1))


def add_months(start: date, count: int) -> date:
    """Give the same day number some months later, clipped to the month's end."""
    year, month = divmod(start.year * 12 + start.month - 1 + count, 12)
    return date(year, month + 1, min(start.day, months.monthrange(year, month + 1)[1]))


def _span(year: int, text: str) -> list[date]:
    """Read '0101' or '0128-0204' or '0404-06' of one year."""
    first, _, last = text.partition("-")
    start = date(year, int(first[:2]), int(first[2:]))
    if not last:
        return [start]
    last = last if len(last) == len(first) else first[:2] + last
    end = date(year, int(last[:2]), int(last[2:]))
    return [start + timedelta(days=n) for n in range((end - start).days + 1)]


def calendar_days(text: str) -> list[date]:
    """Read days and spans of days in ISO form, one a line or parted by commas (O-02)."""
    found: list[date] = []
    for piece in re.split(r"[\n,，;；、]+", text):
        if not piece.strip():
            continue
        try:
            ends = [
                date.fromisoformat(one) for one in re.split(r"\s*(?:至|~|\bto\b)\s*", piece.strip())
            ]
        except ValueError:
            ends = []
        count = (ends[-1] - ends[0]).days + 1 if 0 < len(ends) < 3 else 0
        if not 0 < count <= MOST_DAYS:
            raise Refused(
                rule="O-02", text=N_("“{typed}”不是一段日期。"), field="rest", typed=piece
            )
        found += [ends[0] + timedelta(days=n) for n in range(count)]
    return found


# Announcements of the State Council's office, as domain.md 3.7 lists them: rest days, and
# weekend days that are worked instead. A seed: `office.calendar_days` is the table in use.
PUBLISHED: Mapping[int, tuple[str, str]] = {
    2023: (
        "0101-02 0121-27 0405 0429-0503 0622-24 0929-1006 1230-31",
        "0128 0129 0423 0506 0625 1007 1008",
    ),
    2024: (
        "0101 0210-17 0404-06 0501-05 0610 0915-17 1001-07",
        "0204 0218 0407 0428 0511 0914 0929 1012",
    ),
    2025: ("0101 0128-0204 0404-06 0501-05 0531-0602 1001-08", "0126 0208 0427 0928 1011"),
    2026: (
        "0101-03 0215-23 0404-06 0501-05 0619-21 0925-27 1001-07",
        "0104 0214 0228 0509 0920 1010",
    ),
}


def seed_days() -> dict[date, bool]:
    """Give the shipped table: day -> whether it is worked."""
    days: dict[date, bool] = {}
    for year, (rest, worked) in PUBLISHED.items():
        days |= {day: False for span in rest.split() for day in _span(year, span)}
        days |= {day: True for span in worked.split() for day in _span(year, span)}
    return days


def shipped() -> WorkCalendar:
    """Give the calendar as delivered, version 1."""
    return WorkCalendar(seed_days(), years=frozenset(PUBLISHED), version=1)
