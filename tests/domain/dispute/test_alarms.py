"""Alarms are derived from facts and dated settings, at their boundaries."""

from datetime import date

import pytest

from domain.dispute import DisputeCase
from domain.dispute.alarms import alarms, levels
from domain.money import Fen
from domain.settings import Dated, Settings
from tests import stories

DAY = date(2026, 3, 10)


def group(workers: int, each: int = 300_000, *, ordered: bool = True) -> DisputeCase:
    rows = [stories.row(f"person-{n}", "C01", Fen(each)) for n in range(workers)]
    play = stories.open_case(stories.Play("dispute-t").on(3, 2), rows)
    stories.accept(play.on(3, 3), 1)
    case = play.case
    if ordered:
        play.record(
            case.record_result(
                procedure="inspection",
                result="ordered_to_pay",
                workers=list(case.workers),
                final=True,
            )
        )
    return case


@pytest.mark.parametrize(
    ("workers", "found"),
    [
        (9, set()),
        (10, {"collective"}),
        (29, {"collective"}),
        (30, {"collective", "emergency"}),
    ],
)
def test_the_level_follows_the_number_of_workers(workers: int, found: set[str]) -> None:
    case = group(workers, ordered=False)
    assert levels(alarms(case, Settings(), DAY)) == found


@pytest.mark.parametrize(
    ("workers", "each", "crime"),
    [
        (10, 300_000, True),  # 30,000 yuan in all
        (10, 299_999, False),
        (9, 400_000, False),  # less than ten workers, none with 5,000
        (1, 500_000, False),  # two months only: see below
    ],
)
def test_the_threshold_of_the_crime_for_a_group(workers: int, each: int, crime: bool) -> None:
    found = levels(alarms(group(workers, each), Settings(), DAY))
    assert ("crime" in found) == crime
    assert ("ordered" in found) != crime


def test_the_province_picks_the_amount_from_a_day_on() -> None:
    rows = [Dated("crime_group_fen", date(2026, 3, 10), 3_000_001)]
    case = group(10)
    assert "crime" in levels(alarms(case, Settings(rows), date(2026, 3, 9)))
    assert "crime" not in levels(alarms(case, Settings(rows), date(2026, 3, 10)))


def test_without_an_order_or_after_closing_there_is_no_crime_flag() -> None:
    assert "crime" not in levels(alarms(group(10, ordered=False), Settings(), DAY))
    assert alarms(stories.story_6().case, Settings(), DAY) == []
