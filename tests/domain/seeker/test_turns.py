"""Turns of the machine and of a grant that the stories only pass by."""

from datetime import date

import pytest

from domain.money import Fen
from domain.seeker.values import RestsOn
from tests.domain.seeker.play import OFFICER, Play, outcome


@pytest.mark.parametrize(
    ("day", "expected"), [(date(2025, 1, 7), "S-12"), (date(2025, 1, 8), "allowed")]
)
def test_a_grant_is_asked_for_six_months_after_the_licence(day: date, expected: str) -> None:
    play = Play().on(2024, 7, 8).register().place("self_employed", licence_no="L-1")
    rests_on = RestsOn(placement=1, licence_no="L-1", insured=("2024-10", "2024-11", "2024-12"))
    assert (
        outcome(
            lambda: play.case.apply_for_subsidy(
                occurred_on=day,
                kind="startup_once",
                rests_on=rests_on,
                amount=Fen(1_000_000),
                entered_by=OFFICER,
            )
        )
        == expected
    )


def test_who_loses_a_stable_job_goes_on_in_the_same_case() -> None:
    play = Play().on(2025, 1, 2).register().place("formal").on(2025, 7, 2).follow(6)
    assert play.case.standing == "STABLE"
    play.record(
        play.case.end_placement(
            occurred_on=play.day, placement=1, ended_on=play.day, reason="closed_down"
        )
    )
    assert play.case.standing == "IN_SERVICE"


def test_needs_and_tier_are_asked_again_after_a_reopening() -> None:
    play = Play().on(2025, 1, 2).register()
    play.record(play.case.assess_needs(needs=("job",)))
    play.record(play.case.assign_tier(tier="B", reason="lacks skill"))
    play.record(play.case.close(occurred_on=play.day, reason="moved"))
    play.record(play.case.reopen(reason="came_back"))
    play.record(play.case.assign_tier(tier="C", reason="long without work"))
    assert play.case.standing == "REGISTERED"
    play.record(play.case.assess_needs(needs=("job",)))
    assert play.case.standing == "ASSESSED"
