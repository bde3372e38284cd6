"""Arbitration limitation 仲裁时效 per worker: DL-08 with interruption, standstill, arrears.

Basis: 调解仲裁法 27. One year from the day the worker knew or should have known (DL-08); from the
end of employment for arrears of pay, and never while employed (DL-08d); again from an
interruption (DL-08b); without the days of a standstill (DL-08c). A claim for piecework without
labour relation (C14) has no arbitration limitation.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from domain.calendar import Unit, WorkCalendar, add_months
from domain.clock import Clock
from domain.dispute import facts
from domain.dispute.records import Claim, Track
from domain.dispute.state import DisputeState
from domain.intervals import INTERRUPTION, PAUSE, Interval
from domain.kernel import N_, Event

PAY = frozenset({"C01", "C02", "C03"})
NO_RELATION = "C14"
COURSE = (
    facts.LimitationInterrupted,
    facts.LimitationSuspended,
    facts.LimitationResumed,
    facts.ArbitrationFiled,
)
TOPICS = frozenset(kind.TOPIC for kind in COURSE)  # asked of every fact: quicker than its class
DatedFact = tuple[Event, date]
OUT = frozenset({Track.PERFORMED, Track.WITHDRAWN})


class Course(NamedTuple):
    """What happened to one worker's limitation: interruptions, standstills, the filing."""

    interrupted: tuple[tuple[date, str], ...] = ()
    stood: tuple[tuple[date, date | None, str], ...] = ()
    filed_on: date | None = None


NOTHING = Course()


class Limit(NamedTuple):
    """A limitation computed for one claim: rule, start, days stood still, whether it stands."""

    rule: str
    start: date
    stood: int
    stands: bool
    raw_end: date


def courses(history: Iterable[DatedFact]) -> dict[str, Course]:
    """Read the course of limitation of every worker in a history."""
    found: dict[str, Course] = {}
    for fact, on in history:
        if fact.TOPIC in TOPICS and isinstance(fact, COURSE):
            for worker in fact.workers:
                found[worker] = _go_on(found.get(worker, Course()), fact, on)
    return found


def _go_on(course: Course, fact: Event, on: date) -> Course:
    match fact:
        case facts.LimitationInterrupted(ground=ground):
            return course._replace(interrupted=(*course.interrupted, (on, ground)))
        case facts.LimitationSuspended(ground=ground):
            return course._replace(stood=(*course.stood, (on, None, ground)))
        case facts.LimitationResumed() if course.stood:
            first, _, ground = course.stood[-1]
            ended = (first, on, ground)
            return course._replace(stood=(*course.stood[:-1], ended))
        case facts.ArbitrationFiled():
            return course._replace(filed_on=course.filed_on or on)
        case _:
            return course


def limitation(
    case: DisputeState, history: Sequence[DatedFact], calendar: WorkCalendar, today: date
) -> list[Clock]:
    """Give the earliest limitation of every worker who still waits for money."""
    course_of = courses(history)
    clocks = []
    for worker, record in case.workers.items():
        if record.track in OUT:
            continue
        course = course_of.get(worker, NOTHING)
        begun = starts(record.ended_on, map(case.claims.__getitem__, record.claims))
        if begun:
            # Only an open standstill reads the day.
            day = today if course.stood and course.stood[-1][1] is None else date.min
            clocks.append(_earliest(worker, frozenset(begun), course, calendar, day))
    return clocks


@lru_cache(maxsize=4_096)
def _earliest(
    worker: str,
    begun: frozenset[tuple[str, date]],
    course: Course,
    calendar: WorkCalendar,
    today: date,
) -> Clock:
    """Give the limitation that lapses first; of 300 workers a fact changes one."""
    limits = [_limit(start, rule, course, calendar, today) for rule, start in sorted(begun)]
    first = min(limits, key=_end)
    return _clock(worker, first, _intervals(first.start, course, today), course, calendar)


def _end(limit: Limit) -> date:
    return limit.raw_end


def starts(ended_on: date | None, claims: Iterable[Claim]) -> set[tuple[str, date]]:
    """Give rule and first day of every claim that can lapse."""
    found: set[tuple[str, date]] = set()
    for claim in claims:
        if claim.code == NO_RELATION:
            continue
        if claim.code not in PAY:
            found.add(("DL-08", claim.known_on or claim.to_on))
        elif ended_on is not None:
            found.add(("DL-08d", ended_on))
    return found


def _limit(start: date, rule: str, course: Course, calendar: WorkCalendar, today: date) -> Limit:
    """Run one limitation: an interruption counts while the year has not lapsed."""
    current = _year(rule, start, course, today)
    for on, _ in sorted(course.interrupted):
        if start <= on <= calendar.roll(current.raw_end):
            current = _year("DL-08b", on, course, today)
    return current


def _year(rule: str, start: date, course: Course, today: date) -> Limit:
    """Add a year and the days that stood still within it, an open standstill up to today."""
    stood, stands = 0, False
    for first, last, _ in course.stood:
        stands = stands or last is None
        until = today if last is None else last
        stood += max(0, (until - max(first, start)).days)
    return Limit(rule, start, stood, stands, add_months(start, 12) + timedelta(days=stood))


def _intervals(start: date, course: Course, today: date) -> tuple[Interval, ...]:
    """Give what broke the year off and what let it stand, in the order of days."""
    broken = [Interval(INTERRUPTION, on, None, 0, why) for on, why in course.interrupted]
    stood = [
        Interval(PAUSE, on, until, max(0, ((until or today) - max(on, start)).days), why)
        for on, until, why in course.stood
    ]
    return tuple(sorted([*broken, *stood], key=lambda one: one.on))


def _clock(
    worker: str,
    limit: Limit,
    lengthened: tuple[Interval, ...],
    course: Course,
    calendar: WorkCalendar,
) -> Clock:
    due = calendar.due(limit.start, 1, Unit.YEAR, paused=limit.stood)
    return Clock(
        rule=limit.rule,
        name=N_("仲裁时效"),
        statute="调解仲裁法 27",
        unit=Unit.YEAR,
        length=1,
        start_on=limit.start,
        due=due.on,
        raw_end=limit.raw_end,
        paused=limit.stood,
        intervals=lengthened,
        provisional=due.provisional,
        stopped=limit.stands,
        right=True,
        done_on=course.filed_on,
        worker=worker,
    )
