"""Workload 工作量: points of a caseload, and who could take a case (F-78, F-85)."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import NamedTuple

from domain.settings import Settings

# The settings that weigh a case, by what it is; the place changes them with dates.
POINTS = (
    "points_seeker",
    "points_seeker_c",
    "points_seeker_d",
    "points_dispute",
    "points_collective",
)


class Load(NamedTuple):
    """What somebody holds: open cases of each kind, points, and how much of it is overdue.

    `late_week`, `late_month`, `late_more`: overdue up to 7, up to 30, and more than 30 days.
    `soon_7`, `soon_14`: overdue in 7 and 14 days if nothing happens (F-84). `young`, `grown`,
    `old`: open up to 30, up to 180, and more than 180 days.
    """

    account: str
    station: str
    seekers: int = 0
    disputes: int = 0
    points: int = 0
    held: int = 0
    overdue: int = 0
    late_week: int = 0
    late_month: int = 0
    late_more: int = 0
    soon_7: int = 0
    soon_14: int = 0
    young: int = 0
    grown: int = 0
    old: int = 0


class Candidate(NamedTuple):
    """Somebody who may hold a case: stations served, what is held, whether absent today."""

    account: str
    stations: frozenset[str]
    load: Load
    absent: bool = False


class Suggestion(NamedTuple):
    """A candidate in the order of the suggestion, with what speaks for and against."""

    account: str
    near: bool
    points: int
    cases: int
    overdue: int


def weights(settings: Settings, on: date) -> dict[str, int]:
    """Give the points of a case by what it is, as in force on a day."""
    return {code: settings.value(code, on) for code in POINTS}


def suggest(candidates: Iterable[Candidate], stations: Collection[str]) -> list[Suggestion]:
    """Rank who could take cases of some stations: near first, then least points, least overdue.

    Whoever is absent today is left out. Nothing is assigned by this (PIPL 24): it is shown with
    its reasons to somebody who decides.
    """
    found = [
        Suggestion(
            one.account,
            set(stations) <= one.stations,
            one.load.points,
            one.load.seekers + one.load.disputes,
            one.load.overdue,
        )
        for one in candidates
        if not one.absent
    ]
    return sorted(found, key=lambda s: (not s.near, s.points, s.overdue, s.account))


def expected(open_now: int, opened: int, closed: int, *, today: date, days: int) -> int:
    """Expect the caseload at the end of the quarter, if it goes on as in the last `days` days."""
    last = quarter_end(today)
    return max(0, open_now + round((opened - closed) * (last - today).days / days))


def quarter_end(day: date) -> date:
    """Give the last day of the quarter of a day."""
    following = (day.month - 1) // 3 * 3 + 4
    first_after = date(day.year + following // 13, (following - 1) % 12 + 1, 1)
    return first_after - timedelta(days=1)
