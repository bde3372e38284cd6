"""Time limits derived from facts: clocks, pauses, extensions, limitation, chips."""

from collections.abc import Sequence
from datetime import date

import pytest

from domain.calendar import WorkCalendar, seed_days, shipped
from domain.clock import Clock, chip
from domain.deadline_rules import BY_ID
from domain.deadlines import clocks
from domain.dispute import DisputeCase, facts
from domain.dispute.values import Basis
from domain.kernel import Dated, Event
from domain.money import Fen
from domain.settings import Dated as Row
from domain.settings import Settings
from tests import stories

CALENDAR = shipped()


def on(month: int, day: int, fact: Event, year: int = 2026) -> Dated:
    return fact, date(year, month, day)


def read(
    history: Sequence[Dated],
    today: date = date(2026, 3, 11),
    settings: Settings | None = None,
    calendar: WorkCalendar = CALENDAR,
) -> dict[str, Clock]:
    case = DisputeCase().fold(history)
    return {clock.rule: clock for clock in clocks(case, calendar, settings or Settings(), today)}


INTAKE = facts.IntakeRecorded(station="s", intake_no="1", channel="walk_in")
APPLIED = facts.ApplicationReceived(form="oral")


def claim(code: str, known_on: date | None = None) -> facts.ClaimStated:
    return facts.ClaimStated(
        claim=1,
        worker="p",
        code=code,
        from_on=date(2025, 10, 1),
        to_on=date(2025, 11, 30),
        known_on=known_on,
        basis=Basis(kind="months"),
        amount=Fen(100),
    )


@pytest.mark.parametrize(
    ("day", "due"),
    [
        (date(2026, 2, 5), date(2026, 2, 24)),
        (date(2026, 1, 27), date(2026, 2, 11)),
        (date(2026, 3, 2), date(2026, 3, 17)),
    ],
)
def test_mediation_runs_fifteen_calendar_days_from_the_application(day: date, due: date) -> None:
    assert read([(INTAKE, day), (APPLIED, day)])["DL-03"].due == due


def test_a_suspension_pauses_mediation_from_its_day_to_the_day_before_resumption() -> None:
    history = [
        on(3, 2, INTAKE),
        on(3, 2, APPLIED),
        on(3, 5, facts.Suspended(reason="other_case", resume_when=None)),  # type: ignore[arg-type]  # no text here
        on(3, 12, facts.Resumed()),
    ]
    clock = read(history)["DL-03"]
    assert (clock.paused, clock.due, clock.stopped) == (7, date(2026, 3, 24), False)


def test_an_open_suspension_stops_mediation_and_nothing_else() -> None:
    history = [
        on(3, 2, INTAKE),
        on(3, 2, APPLIED),
        on(3, 5, facts.Suspended(reason="other_case", resume_when=None)),  # type: ignore[arg-type]  # no text here
    ]
    found = read(history)
    assert chip(found["DL-03"], CALENDAR, date(2026, 3, 11)).text == "中止"
    assert not found["DL-01"].stopped


def test_an_extension_is_added_to_the_raw_length() -> None:
    history = [
        on(2, 5, INTAKE),
        on(2, 5, APPLIED),
        on(2, 10, facts.MediationExtended(days=5, consents=())),
    ]
    clock = read(history)["DL-03"]
    assert (clock.extension, clock.raw_end) == (5, date(2026, 2, 25))


@pytest.mark.parametrize(("days", "due"), [(None, date(2026, 5, 6)), (15, date(2026, 5, 19))])
def test_an_award_is_due_after_45_days_and_the_approved_extension(
    days: int | None, due: date
) -> None:
    history = [on(3, 18, INTAKE), on(3, 20, facts.ArbitrationAccepted(ref_no="1"))]
    if days:
        step = facts.ExternalStepRecorded(
            procedure="arbitration", step="extended", workers=("p",), days=days
        )
        history.append(on(4, 1, step))
    assert read(history)["DL-10"].due == due


@pytest.mark.parametrize(("days", "due"), [(None, date(2026, 6, 1)), (30, date(2026, 7, 14))])
def test_an_inspection_takes_working_days(days: int | None, due: date) -> None:
    history = [on(3, 4, INTAKE), on(3, 4, facts.InspectionFiled(ref_no="1"))]
    if days:
        step = facts.ExternalStepRecorded(
            procedure="inspection", step="extended", workers=("p",), days=days
        )
        history.append(on(5, 6, step))
    clock = read(history)["DL-13"]
    assert (clock.due, clock.raw_end) == (due, None)


def test_inspection_accepts_within_five_working_days() -> None:
    referred = facts.InspectionReferred(workers=("p",), body="监察大队")
    assert read([on(4, 30, INTAKE), on(4, 30, referred)])["DL-12"].due == date(2026, 5, 11)


@pytest.mark.parametrize(
    ("rule", "month", "day", "due"),
    [("DL-15", 3, 2, date(2026, 3, 17)), ("DL-15b", 9, 24, date(2026, 10, 9))],
)
def test_a_petition_has_its_own_limits(rule: str, month: int, day: int, due: date) -> None:
    intake = facts.IntakeRecorded(station="s", intake_no="1", channel="petition")
    assert read([on(month, day, intake)])[rule].due == due


@pytest.mark.parametrize(("days", "due"), [(None, date(2026, 5, 8)), (30, date(2026, 6, 8))])
def test_a_petition_is_done_within_sixty_days_and_thirty_more(days: int | None, due: date) -> None:
    intake = facts.IntakeRecorded(station="s", intake_no="1", channel="petition")
    history = [on(3, 2, intake), on(3, 9, facts.Accepted(case_no="n", serial=1))]
    if days:
        step = facts.ExternalStepRecorded(
            procedure="petition", step="extended", workers=("p",), days=days
        )
        history.append(on(5, 6, step))
    assert read(history)["DL-16"].due == due


def test_a_walk_in_has_no_petition_limits() -> None:
    assert not {"DL-15", "DL-15b", "DL-16", "DL-20"} & read([on(3, 2, INTAKE)]).keys()


def test_a_hotline_order_keeps_the_day_stated_on_it_or_working_days_of_the_setting() -> None:
    order = facts.IntakeRecorded(station="s", intake_no="1", channel="phone_12345")
    stated = facts.IntakeRecorded(
        station="s", intake_no="1", channel="phone_12345", reply_due=date(2026, 3, 8)
    )
    assert read([on(3, 2, order)])["DL-20"].due == date(2026, 3, 9)
    assert read([on(3, 2, stated)])["DL-20"].due == date(2026, 3, 8)
    seven = Settings([Row("workorder_working_days", date(2026, 1, 1), 7)])
    assert read([on(3, 2, order)], settings=seven)["DL-20"].due == date(2026, 3, 11)


def test_arrears_lapse_one_year_after_employment_and_never_before_its_end() -> None:
    employed = [on(3, 2, INTAKE), on(3, 2, claim("C01", date(2025, 12, 15)))]
    assert not [rule for rule in read(employed) if rule.startswith("DL-08")]
    ended = facts.EmploymentEnded(worker="p", ended_on=date(2026, 2, 28), reason="quit")
    clock = read([*employed, on(3, 2, ended)])["DL-08d"]
    assert (clock.due, clock.provisional) == (date(2027, 3, 1), True)


def test_other_claims_lapse_one_year_after_they_were_known() -> None:
    history = [on(3, 2, INTAKE), on(3, 2, claim("C05", date(2025, 11, 30)))]
    clock = read(history)["DL-08"]
    assert (clock.due, clock.provisional) == (date(2026, 11, 30), False)


@pytest.mark.parametrize(
    ("day", "rule", "due"),
    [
        (date(2026, 11, 30), "DL-08b", date(2027, 11, 30)),
        (date(2026, 12, 1), "DL-08", date(2026, 11, 30)),
    ],
)
def test_an_interruption_counts_until_the_last_day(day: date, rule: str, due: date) -> None:
    broken = facts.LimitationInterrupted(workers=("p",), ground="relief_asked")
    history = [on(3, 2, INTAKE), on(3, 2, claim("C05", date(2025, 11, 30))), (broken, day)]
    assert read(history, date(2026, 12, 2))[rule].due == due


def test_a_standstill_adds_its_days_before_rolling() -> None:
    history = [
        on(3, 2, INTAKE),
        on(3, 2, claim("C05", date(2025, 11, 30))),
        on(4, 1, facts.LimitationSuspended(workers=("p",), ground="force_majeure")),
        on(4, 11, facts.LimitationResumed(workers=("p",))),
    ]
    clock = read(history)["DL-08"]
    assert (clock.paused, clock.due) == (10, date(2026, 12, 10))


def test_piecework_without_labour_relation_has_no_arbitration_limits() -> None:
    rules = read(stories.story_8().history)
    assert not [rule for rule in rules if rule.startswith(("DL-08", "DL-09"))]


def test_story_7_runs_on_its_days() -> None:
    received = read(stories.story_7_received().history)
    assert received["DL-08b"].due == date(2027, 3, 2)
    assert received["DL-08b"].provisional
    assert received["DL-03"].due == date(2026, 3, 17)
    awarded = read(stories.story_7_awarded().history)
    assert awarded["DL-18-1"].due == date(2026, 3, 25)
    assert awarded["DL-09-1"].due == date(2026, 3, 25)
    assert (awarded["DL-10"].due, awarded["DL-10"].done_on) == (
        date(2026, 5, 6),
        date(2026, 4, 29),
    )


def test_story_6_runs_on_its_days() -> None:
    found = read(stories.story_6_defaulted().history, date(2026, 5, 20))
    due = {rule: found[rule].due for rule in ("DL-01", "DL-03", "DL-04", "DL-05", "DL-07b-3")}
    assert due == {
        "DL-01": date(2026, 1, 30),
        "DL-03": date(2026, 2, 11),
        "DL-04": date(2026, 2, 24),
        "DL-05": date(2026, 3, 9),
        "DL-07b-3": date(2026, 6, 4),
    }


def test_an_instalment_is_done_on_the_day_it_is_paid_in_full() -> None:
    def days(play: stories.Play) -> list[date | None]:
        today = date(2026, 6, 2)
        found = clocks(play.case, CALENDAR, Settings(), today)
        return [clock.done_on for clock in found if clock.rule == "DL-06"]

    assert days(stories.story_6_short()) == [date(2026, 2, 13), date(2026, 3, 16), None]
    assert days(stories.story_6())[-1] == date(2026, 6, 2)


def test_an_instalment_does_not_roll_and_takes_the_grace_of_the_setting() -> None:
    grace = Settings([Row("grace_days", date(2026, 1, 1), 3)])
    case = stories.story_6_agreed().case
    found = clocks(case, CALENDAR, grace, date(2026, 2, 7))
    first = next(clock for clock in found if clock.rule == "DL-06")
    assert first.due == date(2026, 2, 16)


def test_a_grace_lengthens_only_instalments_that_fall_due_from_its_day_on() -> None:
    grace = Settings([Row("grace_days", date(2026, 3, 1), 3)])
    case = stories.story_6_agreed().case
    found = clocks(case, CALENDAR, grace, date(2026, 2, 7))
    assert [clock.due for clock in found if clock.rule == "DL-06"] == [
        date(2026, 2, 13),
        date(2026, 3, 19),
        date(2026, 4, 18),
    ]


@pytest.mark.parametrize(
    ("rule", "today", "text", "days", "level"),
    [
        ("DL-03", date(2026, 3, 11), "剩 {days} 天", 6, "normal"),
        ("DL-03", date(2026, 3, 14), "剩 {days} 天", 3, "soon"),
        ("DL-03", date(2026, 3, 17), "今日到期", None, "today"),
        ("DL-03", date(2026, 3, 18), "期限已过 {days} 天", 1, "passed"),
        ("DL-01", date(2026, 3, 3), "剩 {days} 个工作日", 2, "soon"),
        ("DL-01", date(2026, 3, 6), "已超期 {days} 天", 1, "overdue"),
    ],
)
def test_the_chip_counts_in_the_unit_of_the_rule(
    rule: str, today: date, text: str, days: int | None, level: str
) -> None:
    clock = read([on(3, 2, INTAKE), on(3, 2, APPLIED)])[rule]
    shown = chip(clock, CALENDAR, today)
    assert (shown.text, shown.values.get("days"), shown.level) == (text, days, level)


def test_a_provisional_day_says_so_until_the_year_is_loaded() -> None:
    history = [on(3, 2, INTAKE), on(3, 2, claim("C05", date(2026, 3, 2)))]
    assert chip(read(history)["DL-08"], CALENDAR, date(2026, 3, 3)).provisional
    known = WorkCalendar(seed_days(), years=frozenset(range(2023, 2028)), version=2)
    assert not chip(read(history, calendar=known)["DL-08"], known, date(2026, 3, 3)).provisional


def test_the_steps_show_why_the_end_moved() -> None:
    clock = read([on(2, 5, INTAKE), on(2, 5, APPLIED)])["DL-03"]
    texts = [step.text.format(**step.values) for step in clock.steps]
    assert texts == [
        "起算日2026-02-05，当日不计",
        "15天（自然日）",
        "期满日2026-02-20为休息日，顺延",
        "到期日2026-02-24",
    ]


def test_every_rule_has_a_name_and_a_statute() -> None:
    assert all(rule.name and rule.statute for rule in BY_ID.values())
    assert len(BY_ID) >= 25
