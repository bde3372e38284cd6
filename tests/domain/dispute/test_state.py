"""Stage, tracks, sums and flags of the stories, as the table of domain.md 3.5 works them out."""

from datetime import date

import pytest

from domain.dispute import DisputeCase
from domain.dispute.facts import FACTS
from domain.dispute.records import Stage, Track
from domain.kernel import decode, encode
from domain.money import Fen
from tests import stories
from tests.stories import Play, yuan


def tracks(play: Play) -> dict[str, int]:
    return {track.value: count for track, count in play.case.tracks.items() if count}


@pytest.mark.parametrize(
    ("play", "expected", "stage"),
    [
        (stories.story_6_opened, {"claimed": 32}, Stage.MEDIATING),
        (stories.story_6_agreed, {"agreed": 30, "escalated": 2}, Stage.AGREED),
        (
            stories.story_6_short,
            {"performed": 10, "agreed": 20, "escalated": 2},
            Stage.PERFORMING,
        ),
        (
            stories.story_6_defaulted,
            {"performed": 10, "defaulted": 20, "escalated": 2},
            Stage.DEFAULTED,
        ),
        (stories.story_6, {"performed": 30, "escalated": 2}, Stage.CLOSED),
        (stories.story_7_failed, {"failed": 1}, Stage.FAILED),
        (stories.story_7_awarded, {"escalated": 1}, Stage.ESCALATED),
        (stories.story_7, {"performed": 1}, Stage.CLOSED),
        (stories.story_8, {"performed": 1}, Stage.CLOSED),
    ],
)
def test_the_least_advanced_open_track_gives_the_stage(
    play: object, expected: dict[str, int], stage: Stage
) -> None:
    assert callable(play)
    found = play()
    assert (tracks(found), found.case.stage) == (expected, stage)


def test_a_failure_beside_an_agreement_stands_first_until_it_is_escalated() -> None:
    play = stories.story_6_opened().on(2, 6)
    play.record(stories.agree(play))
    assert play.case.standing == "MEDIATING"
    play.record(play.case.fail_mediation(workers=stories.WORKERS[30:], reason="days_over"))
    assert play.case.standing == "FAILED"


def test_money_of_the_first_day_makes_an_agreement_performing() -> None:
    play = stories.pay(stories.story_6_agreed().on(2, 13), stories.third(), 1, "P-1")
    assert play.case.stage is Stage.PERFORMING


def test_story_6_adds_up_to_the_fen() -> None:
    case = stories.story_6().case
    assert case.totals.claimed == yuan(486_400)
    assert case.totals.agreed == case.totals.paid == case.totals.settled == yuan(438_000)
    assert case.totals.outstanding == 0
    assert case.sums(stories.WORKERS[0]).paid == yuan(15_000)
    assert (case.settled_on, case.performed_on) == (date(2026, 2, 6), date(2026, 6, 2))
    assert case.collective


def test_story_7_counts_award_money_apart() -> None:
    totals = stories.story_7().case.totals
    assert (totals.paid, totals.award_paid) == (0, yuan(7_450))


def test_story_8_pays_piecework_to_the_fen() -> None:
    case = stories.story_8().case
    assert case.totals.claimed == case.totals.paid == Fen(124_320)
    assert case.settled_on == case.performed_on == date(2025, 7, 22)


def test_story_10_pays_777_workers_in_143_closed_cases() -> None:
    cases = [DisputeCase().fold(history) for history in stories.story_10().values()]
    paid = [case for case in cases if case.totals.paid > 0]
    workers = sum(case.sums(w).paid > 0 for case in paid for w in case.workers)
    assert (len(cases), sum(case.closed for case in cases), workers) == (159, 143, 777)
    assert sum(case.totals.paid for case in paid) == 1_190_000_000
    for case in cases:
        waiting = (Track.CLAIMED, Track.FAILED, Track.AGREED, Track.DEFAULTED)
        assert not case.closed or not any(map(case.tracks.get, waiting))


@pytest.mark.parametrize(("count", "collective"), [(9, False), (10, True)])
def test_ten_active_claimants_with_a_common_claim_are_collective(
    count: int, collective: bool
) -> None:
    rows = [stories.row(f"person-{n}", "C01", yuan(1)) for n in range(count)]
    rows.append(stories.row("person-other", "C05", yuan(1)))
    case = stories.open_case(Play("d"), rows).case
    assert case.collective is collective
    assert case.alarm() == ("county" if collective else "")


def test_a_withdrawal_takes_a_case_below_the_number_of_a_collective_one() -> None:
    rows = [stories.row(f"person-{n}", "C01", yuan(1)) for n in range(10)]
    play = stories.open_case(Play("d"), rows)
    gone = play.case.withdraw_claimant(
        worker="person-1", by="person-1", power="self", reason="gave_up"
    )
    assert not play.record(gone).case.collective


@pytest.mark.parametrize(("emergency", "level"), [(32, "emergency"), (33, "county")])
def test_the_emergency_level_follows_the_setting(emergency: int, level: str) -> None:
    assert stories.story_6_opened().case.alarm(emergency=emergency) == level


def test_the_crime_threshold_needs_an_order_that_is_not_obeyed() -> None:
    play = stories.story_6_opened().on(3, 2)
    limits = {"single": 500_000, "group": 3_000_000}
    assert not play.case.crime_threshold(**limits)
    play.record(
        play.case.record_result(
            procedure="inspection",
            result="ordered_to_pay",
            workers=stories.WORKERS,
            final=False,
        )
    )
    assert play.case.crime_threshold(**limits)
    assert not play.case.crime_threshold(single=500_000, group=48_640_001)


def test_every_fact_of_the_stories_reads_back_as_it_was_written() -> None:
    plays = (stories.story_6(), stories.story_7(), stories.story_8())
    for play in plays:
        read = [(decode(type(fact), encode(fact)), on) for fact, on in play.history]
        assert read == play.history
        assert DisputeCase().fold(read).totals == play.case.totals


def test_the_catalogue_is_complete_and_every_fact_is_applied() -> None:
    assert len(FACTS) == len({fact.TOPIC for fact in FACTS}) == 85
    assert set(FACTS) <= DisputeCase.APPLIERS.keys()


def test_a_wage_table_of_three_hundred_workers_is_one_command() -> None:
    rows = [stories.row(f"person-{n}", "C01", yuan(100)) for n in range(300)]
    play = stories.accept(stories.open_case(Play("d"), rows))
    assert play.case.totals.claimed == yuan(30_000)
    assert play.case.largest_group == 300
