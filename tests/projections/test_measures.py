"""Measures: the worked values of the stories, and every figure opens the facts it is made of."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal

import pytest

from domain.kernel import Dated
from projections.facts import FACTS
from projections.measures import MEASURES, measure
from projections.rebuild import rebuild
from projections.statistics import NET, FactLine, Scope, Statistics
from tests import stories
from tests.database import Database
from tests.projections.played import on_the_wall, tell
from tests.projections.trial import FakeLog, dump

YEAR = Scope(from_on=date(2025, 1, 1), to_on=date(2026, 12, 31), as_of=date(2027, 1, 1))


def told(*told_stories: tuple[str, Sequence[Dated]]) -> FakeLog:
    log = FakeLog()
    for stream, history in told_stories:
        tell(log, stream, history)
    return log


def test_story_6_has_the_figures_that_its_page_works_out(database: Database) -> None:
    on_the_wall(database, told(("dispute-6", stories.story_6().history)))
    found = Statistics(database.pools.reader).figures(YEAR)
    worked = {
        "claimed": 48_640_000,
        "agreed": 43_800_000,
        "paid": 43_800_000,
        "workers_paid": 30,
        "paid_per_worker": 1_460_000,
        "median_days_received_settled": 10,
        "median_days_open_closed": 126,
    }
    assert {code: found[code].value for code in worked} == worked


def test_story_7_recovers_by_award_and_is_no_success_of_mediation(database: Database) -> None:
    on_the_wall(database, told(("dispute-7", stories.story_7().history)))
    found = Statistics(database.pools.reader).figures(YEAR)
    assert (found["claimed"].value, found["paid"].value) == (896_000, 0)
    assert found["award_paid"].value == 745_000
    assert found["mediation_success_rate"][2:] == (0, 1)
    assert found["paid_per_worker"].value is None


def test_story_8_is_agreed_and_paid_at_once(database: Database) -> None:
    on_the_wall(database, told(("dispute-8", stories.story_8().history)))
    found = Statistics(database.pools.reader).figures(YEAR)
    assert (found["agreed"].value, found["paid"].value) == (124_320, 124_320)


def test_story_10_gives_the_half_year_of_the_auditor(database: Database) -> None:
    log = told(*stories.story_10().items())
    on_the_wall(database, log)
    found = Statistics(database.pools.reader).figures(YEAR)
    assert found["disputes_accepted"].value == 159
    assert found["closure_rate"] == (Decimal("89.94"), "percent", 143, 159)
    assert (found["paid"].value, found["workers_paid"].value) == (1_190_000_000, 777)
    assert found["paid_per_worker"].value == 1_531_532


def net(how: str, rows: Sequence[FactLine]) -> int:
    """Count those whose amounts come to more than nothing."""
    sums: dict[str, int] = {}
    for row in rows:
        key = getattr(row, NET[how])
        sums[key] = sums.get(key, 0) + row.amount
    return sum(amount > 0 for amount in sums.values())


COUNT: dict[str, Callable[[Sequence[FactLine]], Decimal | int]] = {
    "facts": lambda rows: sum(row.quantity for row in rows),
    "rows": len,
    "sum": lambda rows: sum(row.amount for row in rows),
    "mean": lambda rows: Decimal(sum(row.quantity for row in rows)) / 100,
    "persons": lambda rows: len({row.person for row in rows}),
    "cases": lambda rows: len({row.case_id for row in rows}),
    "employers": lambda rows: len({row.dims["employer"] for row in rows}),
    "net_persons": lambda rows: net("net_persons", rows),
    "net_cases": lambda rows: net("net_cases", rows),
}


def again(key: Callable[[FactLine], str], rows: Sequence[FactLine]) -> int:
    """Count those who come up in more than one case."""
    cases: dict[str, set[str]] = {}
    for row in rows:
        cases.setdefault(key(row), set()).add(row.case_id)
    return sum(len(found) > 1 for found in cases.values())


for name in ("lines", "lines_on_time", "paid_on_time"):
    COUNT[f"dim:{name}"] = lambda rows, name=name: sum(int(row.dims[name]) for row in rows)  # type: ignore[misc]  # bound at once
COUNT["repeat_persons"] = lambda rows: again(lambda row: row.person, rows)
COUNT["repeat_employers"] = lambda rows: again(lambda row: str(row.dims["employer"]), rows)


def test_the_rows_behind_every_figure_add_up_to_it(database: Database) -> None:
    log = told(
        ("dispute-6", stories.story_6().history),
        ("dispute-7", stories.story_7().history),
        ("dispute-8", stories.story_8().history),
    )
    on_the_wall(database, log)
    statistics = Statistics(database.pools.reader)
    codes = [
        *MEASURES,
        "claim_lines_C01",
        "paid_from_employer",
        "placed_formal",
        "classified_illinois_x",
    ]
    for scope in (YEAR, Scope(from_on=date(2026, 1, 1), to_on=date(2026, 2, 28), as_of=YEAR.as_of)):
        for code, figure in statistics.figures(scope, codes).items():
            rows = statistics.rows(code, scope, limit=10_000)
            how = measure(code).numerator.how
            if how != "median":
                assert COUNT[how](rows) == figure.numerator, code
            if part := measure(code).denominator:
                below = statistics.rows(code, scope, denominator=True, limit=10_000)
                assert COUNT[part.how](below) == figure.denominator, code


@pytest.mark.parametrize("cut", [100, 150, 200])
def test_a_past_figure_reads_as_it_was_known_then(database: Database, cut: int) -> None:
    log = told(("dispute-6", stories.story_6().history))
    whole = log.facts
    log.facts = whole[:cut]
    made = on_the_wall(database, log)
    statistics = Statistics(database.pools.reader)
    then = statistics.figures(YEAR)
    log.facts = whole
    made.catch_up()
    at = Scope(from_on=YEAR.from_on, to_on=YEAR.to_on, as_of=YEAR.as_of, position=cut)
    assert statistics.figures(at) == then


def test_rebuilt_facts_are_the_same_byte_for_byte(database: Database) -> None:
    log = told(("dispute-6", stories.story_6().history), ("dispute-7", stories.story_7().history))
    made = on_the_wall(database, log)
    live = dump(database.pools.projector, (FACTS,))
    rebuild(made, log, database.pools.projector, made.projections)
    assert dump(database.pools.projector, (FACTS,)) == live
