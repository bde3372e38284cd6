"""What lengthens a time limit, one interval after the other: pauses with their reason, extensions.

Both are read off the facts behind the start, so that nothing that changes the target (another
length, another calendar, an extension) can lose a pause (F-53).
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from domain.calendar import Unit, WorkCalendar
from domain.deadline_rules import Rule
from domain.dispute import facts
from domain.kernel import Event

PAUSE, EXTENSION, INTERRUPTION = "pause", "extension", "interruption"


class Interval(NamedTuple):
    """A pause or an extension: its day, the day it ended (None: it runs), its days, its reason.

    A pause counts from its day to the day before `until`, in days of the rule's unit.
    """

    what: str
    on: date
    until: date | None
    days: int
    reason: str = ""


def total(intervals: Iterable[Interval], what: str) -> int:
    """Sum the days of one kind."""
    return sum(one.days for one in intervals if one.what == what)


def still_open(intervals: Iterable[Interval]) -> bool:
    """Say whether a pause has no end yet."""
    return any(one.what == PAUSE and one.until is None for one in intervals)


def intervals(
    rule: Rule, after: Sequence[tuple[Event, date]], calendar: WorkCalendar, today: date
) -> tuple[Interval, ...]:
    """Read pauses and extensions of a rule off the facts behind its start."""
    if not rule.pauses and not rule.extended_by:
        return ()
    found = list(_extensions(rule, after))
    if rule.pauses:
        counted = working_days(calendar) if rule.unit is Unit.WORKING else calendar_days
        found += _pauses(after, counted, today)
    return tuple(sorted(found, key=lambda one: one.on))


def calendar_days(first: date, end: date) -> int:
    """Count the days from one day to the day before another."""
    return max(0, (end - first).days)


def working_days(calendar: WorkCalendar) -> Callable[[date, date], int]:
    """Give a counter of working days from one day to the day before another."""

    def count(first: date, end: date) -> int:
        days = (first + timedelta(days=n) for n in range(max(0, (end - first).days)))
        return sum(map(calendar.is_working, days))

    return count


def _extensions(rule: Rule, after: Iterable[tuple[Event, date]]) -> Iterable[Interval]:
    """Find extensions; they add to the raw length, never to the rolled day."""
    for fact, on in after:
        match fact:
            case facts.MediationExtended(days=days) if rule.extended_by == "mediation":
                yield Interval(EXTENSION, on, None, days, "consent")
            case facts.ExternalStepRecorded(procedure=procedure, step="extended", days=days) if (
                procedure == rule.extended_by
            ):
                yield Interval(EXTENSION, on, None, days or 0, procedure)


def _pauses(
    after: Iterable[tuple[Event, date]], counted: Callable[[date, date], int], today: date
) -> Iterable[Interval]:
    """Find pauses; an open one counts up to today."""
    since: tuple[date, str] | None = None
    for fact, on in after:
        if isinstance(fact, facts.Suspended):
            since = since or (on, fact.reason)
        elif isinstance(fact, facts.Resumed) and since:
            yield Interval(PAUSE, since[0], on, counted(since[0], on), since[1])
            since = None
    if since:
        yield Interval(PAUSE, since[0], None, counted(since[0], today), since[1])
