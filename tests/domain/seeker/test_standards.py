"""Service standards at their boundaries, and refusals that a human must weigh (S-20)."""

from datetime import date, timedelta

import pytest

from domain.kernel import Refused
from domain.seeker.standards import (
    SHIPPED,
    Standard,
    checked,
    given,
    in_force,
    of_case,
    read,
    worst,
)
from tests.domain.seeker.play import Play

START = date(2026, 3, 2)
THREE_JOBS = Standard("131", START, (("referral", 3),), 30)
YEARLY = Standard("311", START, (("guidance", 1),), 365, yearly=True)


@pytest.mark.parametrize(
    ("days", "on", "state"),
    [
        ((0, 10, 30), 30, "met"),
        ((0, 10, 31), 31, "met"),
        ((0, 10), 30, "open"),
        ((0, 10), 31, "overdue"),
        ((-1, 0, 10), 30, "open"),
    ],
)
def test_a_promise_is_met_open_or_overdue(days: tuple[int, ...], on: int, state: str) -> None:
    services = {"referral": [START + timedelta(day) for day in days]}
    (reading,) = read(THREE_JOBS, START, services, START + timedelta(on))
    assert reading.state == state
    assert reading.due_on == date(2026, 4, 1)


def test_a_late_service_fulfils_but_not_in_time() -> None:
    services = {"referral": [START, START, START + timedelta(31)]}
    (reading,) = read(THREE_JOBS, START, services, START + timedelta(40))
    assert reading.met_on is not None
    assert reading.met_on > reading.due_on


def test_a_yearly_promise_begins_again() -> None:
    services = {"guidance": [date(2026, 5, 1)]}
    assert read(YEARLY, START, services, date(2027, 3, 1))[0].state == "met"
    again = read(YEARLY, START, services, date(2027, 3, 2))[0]
    assert (again.state, again.given, again.due_on) == ("open", 0, date(2028, 3, 1))


def test_overdue_stands_before_open_before_met() -> None:
    services = {"guidance": [START]}
    standard = in_force(SHIPPED, "131", START)
    assert standard is not None
    assert worst(read(standard, START, services, START)) == "open"
    assert worst(read(standard, START, services, START + timedelta(31))) == "overdue"
    assert worst([]) == "met"


def test_a_case_is_held_to_the_standard_of_its_plan_group_or_tier() -> None:
    play = Play().on(2026, 3, 2)
    assert of_case(play.case) is None
    play.register()
    assert of_case(play.case) == ("311", START)
    play.on(2026, 3, 5).record(play.case.assign_tier(tier="B", reason="r"))
    assert of_case(play.case) == ("131", date(2026, 3, 5))
    play.record(play.case.tag_group(group="graduate"))
    assert of_case(play.case) == ("1131", START)


def test_services_count_by_kind_and_an_internship_is_a_training_offer() -> None:
    play = Play().on(2026, 3, 2).register()
    play.record(play.case.give_guidance(kind="career")).refer()
    play.place("internship")
    assert given(play.case) == {"guidance": [START], "referral": [START], "training": [START]}


@pytest.mark.parametrize(
    ("standard", "words"),
    [
        (THREE_JOBS._replace(items=()), "至少要有一项"),
        (THREE_JOBS._replace(items=(("referral", 0),)), "次数"),
        (THREE_JOBS._replace(items=(("dancing", 1),)), "dancing"),
        (THREE_JOBS._replace(code="999"), "999"),
    ],
)
def test_a_standard_promises_what_is_counted(standard: Standard, words: str) -> None:
    with pytest.raises(Refused, match=words):
        checked(standard)


def refused(play: Play, day: date) -> None:
    """Let the person decline a post that day, for no good reason."""
    play.day = day
    number = len(play.case.referrals) + 1
    play.refer(f"vacancy-{number}")
    play.record(play.case.answer_referral(referral=number, accepted=False, reason="pay"))


@pytest.mark.parametrize(("third", "weighs"), [(date(2026, 9, 1), True), (date(2026, 9, 2), False)])
def test_three_refusals_within_six_months_ask_for_a_human(third: date, weighs: bool) -> None:
    play = Play().on(2026, 3, 1).register()
    refused(play, date(2026, 3, 2))
    refused(play, date(2026, 6, 1))
    assert play.case.to_weigh() is None
    refused(play, third)
    assert (play.case.to_weigh() == third) is weighs
    assert play.case.recognised is None


def test_weighing_is_done_by_an_assessment_of_the_willingness() -> None:
    play = Play().on(2026, 3, 1).register()
    for day in (2, 3, 4):
        refused(play, date(2026, 3, day))
    play.record(play.case.assess_willingness(level="low"))
    assert play.case.to_weigh() is None
    refused(play, date(2026, 3, 5))
    assert play.case.to_weigh() == date(2026, 3, 5)
