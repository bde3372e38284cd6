"""Job fairs: checked firms, safety plan, no fee, counts that add up."""

from datetime import date, timedelta
from typing import Any

import pytest

from domain.job_fair import (
    Announced,
    Cancelled,
    EmployerJoined,
    EmployerLeft,
    FactVoided,
    Held,
    IntentRecorded,
    JobFair,
    ResultFollowed,
)
from domain.kernel import Dated
from domain.money import Fen
from tests.scenario import Outcome, given

MONDAY, FAIR = date(2026, 3, 2), date(2026, 3, 7)
NOTICE = Announced(name="春风行动", mode="onsite", on=FAIR, place="桂林社区", safety_plan=True)
ANNOUNCED: Dated = (NOTICE, MONDAY)
JOINED = [
    ANNOUNCED,
    (EmployerJoined(employer="employer-1", vacancies=("vacancy-1",), headcount=5), MONDAY),
]
COUNTS = Held(firms=1, posts=5, visitors=30, cvs=12, intents=4)
HELD = [*JOINED, (COUNTS, FAIR)]


def announce(**changes: Any) -> Outcome[JobFair]:
    said: dict[str, Any] = {
        "name": "春风行动",
        "mode": "onsite",
        "on": FAIR,
        "place": "桂林社区",
        "safety_plan": True,
        "fee": Fen(0),
    }
    return given(JobFair).when(lambda f, on: f.announce(occurred_on=on, **{**said, **changes}))


def hold(history: list[Dated], day: date = FAIR, **changes: int) -> Outcome[JobFair]:
    said = {"firms": 1, "posts": 5, "visitors": 30, "cvs": 12, "intents": 4, **changes}
    return given(JobFair, history).on(day).when(lambda f, on: f.hold(occurred_on=on, **said))


@pytest.mark.parametrize(
    ("changes", "rule", "field"),
    [
        ({}, "", ""),
        ({"on": MONDAY}, "", ""),
        ({"on": date(2026, 3, 1)}, "J-01", "on"),
        ({"safety_plan": False}, "J-01", "safety_plan"),
        ({"fee": Fen(1)}, "J-02", "fee"),
        ({"mode": "x"}, "J-00", "name"),
        ({"place": " "}, "J-00", "name"),
    ],
)
def test_a_fair_is_announced_beforehand_free_and_safe(
    changes: dict[str, Any], rule: str, field: str
) -> None:
    asked = announce(**changes)
    if rule:
        asked.refused(rule=rule, field=field)
    else:
        assert asked.stored().standing == "announced"


@pytest.mark.parametrize(
    ("changes", "rule", "field"),
    [
        ({}, "", ""),
        ({"checked": False}, "J-01", "employer"),
        ({"unpublished": ["vacancy-2"]}, "J-01", "vacancies"),
        ({"vacancies": []}, "J-01", "vacancies"),
        ({"headcount": 0}, "J-03", "headcount"),
        ({"employer": "employer-1"}, "J-03", "employer"),
    ],
)
def test_only_checked_firms_with_published_posts_join(
    changes: dict[str, Any], rule: str, field: str
) -> None:
    said: dict[str, Any] = {
        "employer": "employer-2",
        "vacancies": ["vacancy-2"],
        "headcount": 1,
        "checked": True,
        "unpublished": [],
        **changes,
    }
    asked = given(JobFair, JOINED).when(lambda f, _: f.join_employer(**said))
    if rule:
        asked.refused(rule=rule, field=field)
    else:
        asked.then(EmployerJoined(employer="employer-2", vacancies=("vacancy-2",), headcount=1))


def test_a_firm_leaves_and_without_firms_no_fair_is_held() -> None:
    given(JobFair, JOINED).when(lambda f, _: f.leave_employer(employer="employer-9")).refused(
        rule="J-03", field="employer"
    )
    left = given(JobFair, JOINED).when(lambda f, _: f.leave_employer(employer="employer-1"))
    assert left.then(EmployerLeft(employer="employer-1")).firms == ()
    hold([ANNOUNCED], firms=0).refused(rule="J-01")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"firms": 2}, "firms"),
        ({"firms": 0}, ""),
        ({"intents": 31}, "intents"),
        ({"intents": 30}, ""),
        ({"cvs": -1}, "cvs"),
        ({"posts": -1}, "posts"),
        ({"visitors": -1}, "visitors"),
        ({"posts": 0, "visitors": 0, "cvs": 0, "intents": 0}, ""),
    ],
)
def test_counts_add_up(changes: dict[str, int], field: str) -> None:
    asked = hold(JOINED, FAIR, **changes)
    if field:
        asked.refused(rule="J-03", field=field)
    else:
        assert asked.stored().standing == "held"


def test_a_fair_is_not_held_before_its_day() -> None:
    hold(JOINED, FAIR - timedelta(days=1)).refused(rule="J-03", field="occurred_on")


@pytest.mark.parametrize(
    ("day", "after", "placed", "field"),
    [
        (15, 15, 0, ""),
        (15, 14, 1, "occurred_on"),
        (30, 30, 1, ""),
        (30, 29, 1, "occurred_on"),
        (20, 40, 1, "day"),
        (15, 15, -1, "placed"),
    ],
)
def test_results_are_followed_after_fifteen_and_thirty_days(
    day: int, after: int, placed: int, field: str
) -> None:
    asked = (
        given(JobFair, HELD)
        .on(FAIR + timedelta(days=after))
        .when(lambda f, on: f.follow_result(day=day, placed=placed, occurred_on=on))
    )
    if field:
        asked.refused(rule="J-03", field=field)
    else:
        asked.then(ResultFollowed(day=day, placed=placed))


def test_each_follow_up_and_each_intent_is_recorded_once() -> None:
    done = [*HELD, (ResultFollowed(day=15, placed=1), FAIR + timedelta(days=15))]
    given(JobFair, done).on(FAIR + timedelta(days=16)).when(
        lambda f, on: f.follow_result(day=15, placed=1, occurred_on=on)
    ).refused(rule="J-03", field="day")
    intent = IntentRecorded(seeker="seeker-1", vacancy="vacancy-1")
    given(JobFair, HELD).when(
        lambda f, _: f.record_intent(seeker="seeker-1", vacancy="vacancy-of-others")
    ).refused(rule="J-04", field="vacancy")
    given(JobFair, HELD).when(
        lambda f, _: f.record_intent(seeker="seeker-1", vacancy="vacancy-1")
    ).then(intent)
    given(JobFair, [*HELD, (intent, FAIR)]).when(
        lambda f, _: f.record_intent(seeker="seeker-1", vacancy="vacancy-1")
    ).refused(rule="J-03", field="seeker")


def test_a_fair_is_cancelled_before_it_is_held() -> None:
    given(JobFair, JOINED).when(lambda f, _: f.cancel(reason="storm")).then(
        Cancelled(reason="storm")
    )
    given(JobFair, HELD).when(lambda f, _: f.cancel(reason="storm")).refused(rule="J-00")


@pytest.mark.parametrize(("visitors", "refused"), [(4, False), (3, True)])
def test_corrected_counts_still_add_up(visitors: int, *, refused: bool) -> None:
    asked = given(JobFair, HELD).when(
        lambda f, on: f.correct_record(
            version=3, field="visitors", value=visitors, reason="gate", occurred_on=on
        )
    )
    if refused:
        asked.refused(rule="J-03", field="intents")
    else:
        asked.stored()


def test_a_void_lets_the_day_be_counted_again() -> None:
    back = given(JobFair, HELD).when(
        lambda f, on: f.void_fact(version=3, reason="wrong fair", occurred_on=on)
    )
    assert back.then(FactVoided(version=3, reason="wrong fair")).standing == "announced"
