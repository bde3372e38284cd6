"""Figures of disputes: story 6 to the worked shares, both ends, limits at their day, breakdowns."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from domain import employer
from domain.dispute import facts
from domain.dispute.values import Line
from domain.kernel import Dated
from domain.money import Fen
from projections.measures import MEASURES
from projections.statistics import Figure, Scope, Statistics
from tests import stories
from tests.database import Database
from tests.domain.dispute import cases
from tests.projections.played import on_the_wall, tell
from tests.projections.trial import FakeLog
from tests.stories import EMPLOYER

YEAR = Scope(from_on=date(2026, 1, 1), to_on=date(2026, 12, 31), as_of=date(2026, 7, 1))


def shown(database: Database, *told: tuple[str, Sequence[Dated]]) -> Statistics:
    log = FakeLog()
    for stream, history in told:
        tell(log, stream, history)
    on_the_wall(database, log)
    return Statistics(database.pools.reader)


def test_story_6_has_the_shares_and_both_ends_that_were_worked_out(database: Database) -> None:
    statistics = shown(database, ("dispute-6", stories.story_6().history))
    found = statistics.figures(YEAR)
    assert found["performance_instalments"][2:] == (2, 3)
    assert found["performance_lines"] == (Decimal("77.78"), "percent", 70, 90)
    assert found["performance_amount"] == (Decimal("77.17"), "percent", 33_800_000, 43_800_000)
    assert found["agreed_share"] == (Decimal("96.48"), "percent", 43_800_000, 45_400_000)
    assert found["collective_workers"].value == 32
    assert found["median_days_received_performed"].value == 126
    assert found["on_time_mediation"][2:] == (1, 1)
    a_day_of_an_instalment_counts_once_it_has_passed(statistics)
    it_ends_by_signature_and_by_performance_on_two_days(statistics)
    a_settlement_counts_on_its_day_alone(statistics)


def a_day_of_an_instalment_counts_once_it_has_passed(statistics: Statistics) -> None:
    on = statistics.figures(replace(YEAR, as_of=date(2026, 4, 15)), ["performance_lines"])
    after = statistics.figures(replace(YEAR, as_of=date(2026, 4, 16)), ["performance_lines"])
    assert on["performance_lines"][2:] == (60, 60)
    assert after["performance_lines"][2:] == (70, 90)


def it_ends_by_signature_and_by_performance_on_two_days(statistics: Statistics) -> None:
    def rates(first: date, last: date) -> tuple[object, ...]:
        scope = replace(YEAR, from_on=first, to_on=last)
        found = statistics.figures(scope, ["closure_rate_signature", "closure_rate_performance"])
        return tuple(one[2:] for one in found.values())

    assert rates(date(2026, 2, 1), date(2026, 2, 28)) == ((1, 1), (0, 1))
    assert rates(date(2026, 6, 1), date(2026, 6, 30)) == ((0, 0), (1, 1))


def a_settlement_counts_on_its_day_alone(statistics: Statistics) -> None:
    for day, counted in ((5, 0), (6, 1), (7, 0)):
        scope = replace(YEAR, from_on=date(2026, 2, day), to_on=date(2026, 2, day))
        found = statistics.figures(scope, ["disputes_settled"])["disputes_settled"]
        assert found.value == counted


@pytest.mark.parametrize(("signed", "timely"), [(17, 1), (18, 0)])
def test_mediation_is_in_time_up_to_its_last_day(
    database: Database, signed: int, timely: int
) -> None:
    play = cases.mediating().on(3, signed)
    play.record(
        cases.sign(
            play.case,
            80_000,
            60_000,
            occurred_on=play.day,
            perform_by=play.day + timedelta(days=9),
        )
    )
    found = shown(database, ("dispute-1", play.history)).figures(YEAR, ["on_time_mediation"])
    assert found["on_time_mediation"][2:] == (timely, 1)


def test_a_median_stands_between_the_two_in_the_middle(database: Database) -> None:
    days = (3, 3, 9, 10)
    told = []
    for number, count in enumerate(days):
        play = cases.mediating()
        play.day = date(2026, 3, 2) + timedelta(days=count)
        end = play.day + timedelta(days=9)
        play.record(cases.sign(play.case, 80_000, 60_000, occurred_on=play.day, perform_by=end))
        told.append((f"dispute-{number}", play.history))
    statistics = shown(database, *told)
    for count, middle in ((3, 3), (9, 3), (10, 6), (2, None)):
        scope = replace(YEAR, to_on=date(2026, 3, 2) + timedelta(days=count))
        found = statistics.figures(scope, ["median_days_received_settled"])
        assert found["median_days_received_settled"].value == middle, count


def paid_by(fund: str, payer: str = EMPLOYER) -> list[Dated]:
    play = cases.agreed().on(3, 10)
    play.record(cases.pay(play.case, Line(1, Fen(80_000)), fund=fund, payer=payer))
    return play.history


def test_money_stands_by_its_source_and_the_advance_apart(database: Database) -> None:
    told = [
        ("dispute-1", paid_by("employer")),
        ("dispute-2", paid_by("wage_deposit")),
        ("dispute-3", paid_by("emergency_fund", "employer-fund")),
    ]
    codes = ["paid", "paid_from_employer", "paid_from_wage_deposit", "paid_emergency_fund"]
    found = shown(database, *told).figures(YEAR, codes)
    assert [found[code].value for code in codes] == [160_000, 80_000, 80_000, 80_000]
    assert sum(int(found[code].value or 0) for code in codes[1:3]) == found["paid"].value


def test_an_advance_that_comes_back_is_counted_as_such(database: Database) -> None:
    play = cases.agreed().on(3, 10)
    play.record(
        cases.pay(play.case, Line(1, Fen(80_000)), fund="emergency_fund", payer="employer-fund")
    )
    play.record(play.case.recover_advance(payment=1, amount=Fen(30_000), voucher_no="R-1"))
    found = shown(database, ("dispute-1", play.history)).figures(YEAR)
    assert (found["advance_recovered"].value, found["paid"].value) == (30_000, 0)


def test_respondents_and_claimants_who_come_again_are_counted_once(database: Database) -> None:
    told = [(f"dispute-{n}", cases.mediating().history) for n in range(3)]
    found = shown(database, *told).figures(YEAR)
    assert found["repeat_respondents"].value == 1
    assert found["repeat_claimants"].value == 2


OTHER = "station-other"
FIRM: list[Dated] = [
    (
        employer.Registered(kind="company", district="440784", name="x", industry="C"),
        date(2026, 1, 5),
    )
]


def groups(statistics: Statistics, group: str) -> dict[str, Figure]:
    return statistics.figures(replace(YEAR, group=group))


# Group -> cases received, money recovered.
BROKEN_DOWN = {
    "": (2, 43_800_000),
    "cause:C01": (1, 43_800_000),
    "cause:C03": (1, 0),
    "cause:C09": (0, 0),
    "channel:walk_in": (2, 43_800_000),
    "channel:petition": (0, 0),
    "collective": (1, 43_800_000),
    "single": (1, 0),
    "industry:C": (1, 43_800_000),
    "industry:E": (0, 0),
}


def test_figures_are_broken_down_by_the_profile_of_the_case(database: Database) -> None:
    statistics = shown(
        database,
        (EMPLOYER, FIRM),
        ("dispute-6", stories.story_6().history),
        ("dispute-7", stories.story_7().history),
    )
    for group, (cases_in, paid) in BROKEN_DOWN.items():
        found = groups(statistics, group)
        counted = (found["disputes_received"].value, found["paid"].value)
        assert counted == (cases_in, paid), group
        rows = statistics.rows("paid", replace(YEAR, group=group), limit=1_000)
        assert sum(row.amount for row in rows) == paid, group
    assert statistics.groups(YEAR, "cause") == ["cause:C01", "cause:C03"]
    assert statistics.groups(YEAR, "size") == ["collective", "single"]
    assert statistics.groups(YEAR, "industry") == ["industry:C"]
    assert statistics.groups(YEAR, "channel") == ["channel:walk_in"]


def test_a_breakdown_gives_the_figures_of_each_value_by_itself(database: Database) -> None:
    moved: list[Dated] = [
        *stories.story_8().history,
        (facts.Transferred(to_station=OTHER), date(2026, 6, 1)),
        (facts.Reopened(reason="new_evidence", workers=()), date(2026, 6, 2)),
        (facts.Closed(outcome="performed"), date(2026, 6, 3)),
    ]
    statistics = shown(
        database,
        (EMPLOYER, FIRM),
        ("dispute-6", stories.story_6().history),
        ("dispute-7", stories.story_7().history),
        ("dispute-8", moved),
    )
    codes = list(MEASURES)
    for by in ("cause", "channel", "size", "industry"):
        values = [*statistics.groups(YEAR, by), f"{by}:none"]
        for value, found in statistics.breakdown(YEAR, by, values, codes).items():
            assert found == statistics.figures(replace(YEAR, group=value), codes), value
    stations = (stories.STATION, OTHER, "station-none")
    summer = replace(YEAR, from_on=date(2026, 6, 1))
    for scope in (YEAR, summer, replace(YEAR, group="collective")):
        broken = statistics.breakdown(scope, "station", stations, codes)
        for station, found in broken.items():
            assert found == statistics.figures(replace(scope, stations=(station,)), codes)
        assert broken[OTHER]["disputes_closed"].value == (0 if scope.group else 1)


def test_a_withdrawal_below_ten_makes_a_collective_case_single(database: Database) -> None:
    play = stories.Play("dispute-x")
    rows = [stories.row(f"person-{n}", "C01", Fen(100)) for n in range(10)]
    stories.accept(stories.open_case(play, rows))
    before = list(play.history)
    play.record(
        play.case.withdraw_claimant(
            worker="person-0", by="person-0", power="self", reason="gave_up"
        )
    )
    log = FakeLog()
    tell(log, "dispute-x", play.history)
    on_the_wall(database, log)
    statistics = Statistics(database.pools.reader)
    then = statistics.figures(replace(YEAR, position=len(before)), ["collective_cases"])
    now = statistics.figures(YEAR, ["collective_cases", "dispute_workers"])
    assert then["collective_cases"].value == 1
    assert (now["collective_cases"].value, now["dispute_workers"].value) == (0, 9)


def test_every_measure_has_words_and_a_definition_in_both_languages() -> None:
    for one in MEASURES.values():
        assert one.zh
        assert one.en
        assert one.definition_zh
        assert one.definition_en
