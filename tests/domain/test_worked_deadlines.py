"""Every worked value of domain.md 3.7, one row a line of its table; pauses that nothing loses."""

from datetime import date

import pytest

from domain.calendar import Unit, WorkCalendar, seed_days, shipped
from domain.clock import Clock, chip
from domain.deadline_rules import BY_ID
from domain.deadlines import clocks
from domain.dispute import DisputeCase, facts
from domain.intervals import Interval
from domain.kernel import Dated, Event
from domain.settings import Dated as Row
from domain.settings import Settings

CALENDAR = shipped()


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("rule", "start", "extension", "paused", "raw", "due"),
    [
        ("DL-01", "2026-02-13", 0, 0, None, "2026-02-25"),
        ("DL-01", "2026-01-27", 0, 0, None, "2026-01-30"),
        ("DL-03", "2026-02-05", 0, 0, "2026-02-20", "2026-02-24"),
        ("DL-03", "2026-01-27", 0, 0, "2026-02-11", "2026-02-11"),
        ("DL-03", "2026-03-02", 0, 0, "2026-03-17", "2026-03-17"),
        ("DL-03", "2026-03-02", 0, 7, "2026-03-24", "2026-03-24"),
        ("DL-04", "2026-02-06", 0, 0, "2026-02-21", "2026-02-24"),
        ("DL-04", "2026-03-16", 0, 0, "2026-03-31", "2026-03-31"),
        ("DL-05", "2026-02-06", 0, 0, "2026-03-08", "2026-03-09"),
        ("DL-05", "2026-03-16", 0, 0, "2026-04-15", "2026-04-15"),
        ("DL-07b-3", "2026-05-20", 0, 0, "2026-06-04", "2026-06-04"),
        ("DL-09-1", "2026-03-18", 0, 0, None, "2026-03-25"),
        ("DL-10", "2026-03-20", 0, 0, "2026-05-04", "2026-05-06"),
        ("DL-10", "2026-03-20", 15, 0, "2026-05-19", "2026-05-19"),
        ("DL-12", "2026-04-30", 0, 0, None, "2026-05-11"),
        ("DL-13", "2026-03-04", 0, 0, None, "2026-06-01"),
        ("DL-13", "2026-03-04", 30, 0, None, "2026-07-14"),
        ("DL-15", "2026-03-02", 0, 0, "2026-03-17", "2026-03-17"),
        ("DL-15b", "2026-09-24", 0, 0, None, "2026-10-09"),
        ("DL-16", "2026-03-09", 0, 0, "2026-05-08", "2026-05-08"),
        ("DL-16", "2026-03-09", 30, 0, "2026-06-07", "2026-06-08"),
        ("DL-18-1", "2026-03-18", 0, 0, "2026-03-25", "2026-03-25"),
    ],
)
def test_a_rule_gives_the_worked_day(  # noqa: PLR0917 - the columns of the table
    rule: str, start: str, extension: int, paused: int, raw: str | None, due: str
) -> None:
    found = BY_ID[rule].due(day(start), CALENDAR, extension=extension, paused=paused)
    assert (found.on, found.provisional) == (day(due), False)
    if raw is not None:
        days = BY_ID[rule].length + extension + paused
        assert (day(raw) - day(start)).days == days
        assert CALENDAR.roll(day(raw)) == day(due)


@pytest.mark.parametrize(
    ("start", "count", "unit", "due", "provisional"),
    [
        ("2025-11-30", 1, Unit.YEAR, "2026-11-30", False),  # DL-08
        ("2026-03-02", 1, Unit.YEAR, "2027-03-02", True),  # DL-08b
        ("2026-02-28", 1, Unit.YEAR, "2027-03-01", True),  # DL-08d
        ("2026-01-31", 1, Unit.MONTH, "2026-02-28", False),  # retention 1, a working Saturday
        ("2026-01-31", 3, Unit.MONTH, "2026-04-30", False),
        ("2026-01-31", 6, Unit.MONTH, "2026-07-31", False),
        ("2024-06-17", 3, Unit.MONTH, "2024-09-18", False),  # story 2
        ("2025-01-10", 30, Unit.CALENDAR, "2025-02-10", False),  # story 4
        ("2025-01-10", 180, Unit.DATE, "2025-07-09", False),  # a limit of a measure, no roll
    ],
)
def test_a_unit_gives_the_worked_day(
    start: str, count: int, unit: Unit, due: str, provisional: bool
) -> None:
    found = CALENDAR.due(day(start), count, unit)
    assert (found.on, found.provisional) == (day(due), provisional)


# Pauses, extensions, and the promise of the place

PAUSED: list[Dated] = [
    (facts.IntakeRecorded(station="s", intake_no="1", channel="walk_in"), day("2026-03-02")),
    (facts.ApplicationReceived(form="oral"), day("2026-03-02")),
    (facts.Suspended(reason="other_case", resume_when=None), day("2026-03-05")),  # type: ignore[arg-type]  # no text here
    (facts.Resumed(), day("2026-03-12")),
]


def read(
    *more: tuple[Event, str], settings: Settings | None = None, calendar: WorkCalendar = CALENDAR
) -> dict[str, Clock]:
    history = [*PAUSED, *((fact, day(on)) for fact, on in more)]
    case = DisputeCase().fold(history)
    found = clocks(case, calendar, settings or Settings(), day("2026-03-20"))
    return {clock.rule: clock for clock in found}


def test_a_clock_tells_each_pause_with_its_days_and_its_reason() -> None:
    pause = Interval("pause", day("2026-03-05"), day("2026-03-12"), 7, "other_case")
    assert read()["DL-03"].intervals == (pause,)


def test_a_new_target_never_loses_a_pause() -> None:
    extended = (facts.MediationExtended(days=5, consents=()), "2026-03-13")
    longer = read(extended)["DL-03"]
    assert (longer.paused, longer.extension, longer.due) == (7, 5, day("2026-03-30"))
    later = WorkCalendar({day("2026-03-24"): False}, years=frozenset({2026}), version=9)
    moved = read(calendar=later)["DL-03"]
    assert (moved.paused, moved.due) == (7, day("2026-03-25"))
    assert [one.what for one in longer.intervals] == ["pause", "extension"]


def test_two_pauses_add_up_and_an_open_one_counts_to_today() -> None:
    again = (facts.Suspended(reason="force_majeure", resume_when=None), "2026-03-18")  # type: ignore[arg-type]  # no text here
    clock = read(again)["DL-03"]
    assert (clock.paused, clock.stopped) == (7 + 2, True)
    assert chip(clock, CALENDAR, day("2026-03-20")).text == "中止"
    assert clock.intervals[-1].until is None


def test_a_pause_after_the_end_moves_nothing() -> None:
    failed = (facts.MediationFailed(workers=("p",), reason="days_over"), "2026-03-16")
    paused = (facts.Suspended(reason="force_majeure", resume_when=None), "2026-03-18")  # type: ignore[arg-type]  # no text here
    ended = read(failed, paused)["DL-03"]
    assert (ended.due, ended.done_on, ended.stopped) == (
        day("2026-03-24"),
        day("2026-03-16"),
        False,
    )


def test_the_promise_of_the_place_runs_beside_the_fifteen_days_and_never_replaces_them() -> None:
    assert "LP-03" not in read()
    fifteen = Settings([Row("mediation_promise_working_days", date(2026, 1, 1), 15)])
    found = read(settings=fifteen)
    assert (found["DL-03"].due, found["DL-03"].unit) == (day("2026-03-24"), Unit.CALENDAR)
    assert (found["LP-03"].due, found["LP-03"].unit) == (day("2026-03-30"), Unit.WORKING)


def test_a_promise_in_working_days_adds_the_working_days_of_the_pause() -> None:
    four = Settings([Row("mediation_promise_working_days", date(2026, 1, 1), 4)])
    clock = read(settings=four)["LP-03"]
    assert (clock.paused, clock.due) == (5, day("2026-03-13"))  # 5 to 11 March hold 5 working days


def test_a_promise_holds_from_the_day_of_its_setting() -> None:
    later = Settings([Row("mediation_promise_working_days", date(2026, 3, 3), 1)])
    assert "LP-03" not in read(settings=later)


def test_a_year_that_is_entered_makes_a_provisional_day_firm() -> None:
    before = CALENDAR.due(day("2026-03-02"), 1, Unit.YEAR)
    known = WorkCalendar(seed_days(), years=frozenset(range(2023, 2028)), version=2)
    assert (before.provisional, known.due(day("2026-03-02"), 1, Unit.YEAR).provisional) == (
        True,
        False,
    )


def test_nothing_closes_by_itself_when_its_days_are_over() -> None:
    case = DisputeCase().fold(PAUSED)
    late = {c.rule: c for c in clocks(case, CALENDAR, Settings(), day("2027-06-01"))}
    assert (late["DL-03"].done_on, case.closed, case.standing) == (None, False, "RECEIVED")
