"""Groups of a work list by due date, on the day of reading (experience.md 6.2)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from domain.kernel import N_
from projections.lists import CaseLine

DUE = {
    "overdue": N_("逾期"),
    "today": N_("今天"),
    "tomorrow": N_("明天"),
    "week": N_("本周"),
    "later": N_("以后"),
    "none": N_("无期限"),
}
KINDS = {"seeker": N_("求职"), "dispute": N_("争议")}
# Where a case of a kind has its pages.
PLACES = {"seeker": "seekers", "dispute": "disputes"}


def group_of(due_on: date | None, today: date) -> str:
    """Name the group of a due date on the day of reading."""
    if due_on is None:
        return "none"
    if due_on <= today:
        return "today" if due_on == today else "overdue"
    if due_on == today + timedelta(days=1):
        return "tomorrow"
    return "week" if due_on <= today + timedelta(days=6 - today.weekday()) else "later"


@dataclass(frozen=True)
class Group:
    """A group of a work list and its rows."""

    code: str
    title: str
    rows: Sequence[CaseLine]


def grouped(rows: Iterable[CaseLine], today: date) -> list[Group]:
    """Part rows into groups, in the order of the wall: overdue first, without a date last."""
    by_code: dict[str, list[CaseLine]] = {code: [] for code in DUE}
    for row in rows:
        by_code[group_of(row.due_on, today)].append(row)
    return [Group(code, DUE[code], found) for code, found in by_code.items() if found]
