"""Figures of employment: the stories worked out, boundaries, and what happens after an exit."""

from datetime import date
from typing import Any

import pytest

from domain.household import Household
from domain.kernel import Dated
from domain.money import Fen
from projections.measures_employment import EMPLOYMENT
from projections.statistics import Figure, Scope, Statistics
from tests.database import Database
from tests.domain.seeker.play import COLLEAGUE, Play
from tests.domain.seeker.test_stories import startup_grant
from tests.projections.played import on_the_wall, tell
from tests.projections.trial import FakeLog

LICENCE = "92440784MA00000000"


def figures(
    database: Database, told: dict[str, Any], from_on: date, to_on: date, as_of: date
) -> dict[str, Figure]:
    log = FakeLog()
    for stream, history in told.items():
        tell(log, stream, history)
    on_the_wall(database, log)
    scope = Scope(from_on=from_on, to_on=to_on, as_of=as_of)
    return Statistics(database.pools.reader).figures(scope, [one.code for one in EMPLOYMENT])


def parts(found: dict[str, Figure], code: str) -> tuple[Any, Any]:
    return found[code].numerator, found[code].denominator


def trained(start_on: date | None) -> list[Dated]:
    """Story 4: completed on 2025-01-10, a licence on a day."""
    play = Play(date(1993, 2, 27)).on(2025, 1, 2).register().enrol(starts_on=date(2025, 1, 6))
    play.on(2025, 1, 10).record(
        play.case.complete_training(
            training="training-1", planned=5, attended=5, passed=True, percent=80
        )
    )
    if start_on:
        play.day = start_on
        play.place("self_employed", licence_no=LICENCE, employer="")
        play.record(play.case.verify_placement(occurred_on=play.day, placement=1, method="visit"))
    return play.case.history


@pytest.mark.parametrize(
    ("as_of", "parts_then"),
    [(date(2025, 7, 9), (0, 0)), (date(2025, 7, 10), (0, 1))],
)
def test_story_4_is_asked_about_once_the_180th_day_has_passed(
    database: Database, as_of: date, parts_then: tuple[int, int]
) -> None:
    told = {"seeker-1": trained(None)}
    found = figures(database, told, date(2025, 1, 1), date(2025, 12, 31), as_of)
    assert parts(found, "training_employment") == parts_then
    assert parts(found, "attendance_rate") == (5, 5)
    assert parts(found, "certificate_rate") == (0, 1)


@pytest.mark.parametrize(
    ("start_on", "placed"), [(date(2025, 7, 9), 1), (date(2025, 7, 10), 0), (date(2025, 8, 1), 0)]
)
def test_a_licence_counts_for_the_class_until_the_180th_day(
    database: Database, start_on: date, placed: int
) -> None:
    told = {"seeker-1": trained(start_on)}
    found = figures(database, told, date(2025, 1, 1), date(2025, 12, 31), date(2026, 1, 1))
    assert parts(found, "training_employment") == (placed, 1)
    assert found["persons_placed"].value == 1


def placed(
    number: int, *, kind: str = "formal", until: date | None = None, hard: bool = False
) -> Play:
    """A person of one's own who begins work on 2026-02-02, verified the same day."""
    play = Play(date(1980, 1, 1)).on(2026, 1, 5)
    play.register()
    if hard:
        play.recognise("H06")
    play.record(play.case.give_guidance(kind="career"))
    play.on(2026, 2, 2).place(kind, term_until=until, pay=Fen(300_000 + number))
    return play.record(
        play.case.verify_placement(occurred_on=play.day, placement=1, method="contract")
    )


def test_public_welfare_is_apart_from_the_market_and_hardship_is_counted(
    database: Database,
) -> None:
    welfare = placed(1, kind="public_welfare", until=date(2026, 12, 31), hard=True)
    market = placed(2)
    found = figures(
        database,
        {"seeker-1": welfare.case.history, "seeker-2": market.case.history},
        date(2026, 1, 1),
        date(2026, 12, 31),
        date(2027, 1, 1),
    )
    assert parts(found, "referral_success")[0] == 2
    assert found["market_placements"].value == 1
    assert parts(found, "hardship_placement_rate") == (1, 1)
    assert found["services_given"].value == 2


def test_seekers_and_demand_carry_over(database: Database) -> None:
    carried, new, gone = (Play().on(2025, 12, 1), Play().on(2026, 1, 15), Play().on(2025, 11, 3))
    for play in (carried, new, gone):
        play.register()
    gone.on(2025, 12, 30).record(gone.case.close(occurred_on=gone.day, reason="no_will"))
    found = figures(
        database,
        {f"seeker-{n}": p.case.history for n, p in enumerate((carried, new, gone))},
        date(2026, 1, 1),
        date(2026, 1, 31),
        date(2026, 2, 1),
    )
    # One invented person plays all three, so persons are one and cases tell them apart.
    assert found["seekers_valid"].value == 1
    assert found["seekers_carried"].value == 1
    assert found["seekers_ratio"].value == 0
    assert found["persons_in_service"].value == 1


def test_a_standard_counts_when_it_falls_due(database: Database) -> None:
    play = Play().on(2026, 3, 2).register()
    play.record(play.case.assign_tier(tier="B", reason="r"))
    play.record(play.case.give_guidance(kind="career"))
    span = (date(2026, 4, 1), date(2026, 4, 30))
    told = {"seeker-1": play.case.history}
    assert parts(figures(database, told, *span, date(2026, 4, 1)), "standard_rate") == (0, 0)
    found = Statistics(database.pools.reader).figures(
        Scope(from_on=span[0], to_on=span[1], as_of=date(2026, 4, 2)), ["standard_rate"]
    )
    assert parts(found, "standard_rate") == (0, 1)


def left(quarters: bool = True, reason: str = "employed_stable") -> Play:
    """Work since 2026-02-02, exit on 2026-02-20; contacts in the 2nd and 4th quarter after."""
    play = placed(0)
    play.on(2026, 2, 20).record(play.case.close(occurred_on=play.day, reason=reason))
    for day, wage in ((date(2026, 8, 10), 410_000), (date(2027, 2, 10), 430_000)):
        if quarters:
            play.day = day
            play.record(
                play.case.record_follow_up(
                    occurred_on=day,
                    purpose="retention",
                    channel="phone",
                    result="retained",
                    placement=1,
                    month=6,
                    wage=Fen(wage),
                )
            )
    return play


@pytest.mark.parametrize(
    ("as_of", "second", "fourth"),
    [
        (date(2026, 9, 30), (0, 0), (0, 0)),
        (date(2026, 10, 1), (1, 1), (0, 0)),
        (date(2027, 4, 1), (1, 1), (1, 1)),
    ],
)
def test_quarters_after_an_exit_count_once_they_have_passed(
    database: Database, as_of: date, second: tuple[int, int], fourth: tuple[int, int]
) -> None:
    told = {"seeker-1": left().case.history}
    found = figures(database, told, date(2026, 1, 1), date(2026, 3, 31), as_of)
    assert parts(found, "employment_second") == second
    assert parts(found, "employment_fourth") == fourth
    assert parts(found, "employer_retention") == fourth
    assert found["median_earnings"].value == (410_000 if second[1] else None)


def test_nobody_heard_of_after_the_exit_is_not_employed(database: Database) -> None:
    told = {"seeker-1": left(quarters=False).case.history}
    found = figures(database, told, date(2026, 1, 1), date(2026, 3, 31), date(2027, 4, 1))
    assert parts(found, "employment_second") == (0, 1)
    assert found["median_earnings"].value is None


def test_who_died_or_serves_is_left_out_of_the_exits(database: Database) -> None:
    told = {"seeker-1": left(quarters=False, reason="military").case.history}
    found = figures(database, told, date(2026, 1, 1), date(2026, 3, 31), date(2027, 4, 1))
    assert parts(found, "employment_second") == (0, 0)
    assert (found["exits"].value, found["exits_excluded"].value) == (1, 1)


def test_subsidies_are_counted_paid_refused_and_recovered(database: Database) -> None:
    play = Play(date(1984, 3, 12)).on(2024, 3, 4).register()
    play.on(2024, 7, 8).place("self_employed", licence_no=LICENCE, employer="")
    play.on(2025, 2, 10)
    for refused in (True, False):
        play.record(startup_grant(play, ("2024-11", "2024-12", "2025-01")))
        number = max(play.case.subsidies)
        play.record(play.case.check_subsidy(subsidy=number, findings=("in_order",)))
        if refused:
            play.record(
                play.case.refuse_subsidy(
                    subsidy=number, reason="proof_missing", basis="2", officer=COLLEAGUE
                )
            )
    play.record(play.case.approve_subsidy(subsidy=2, amount=Fen(1_000_000), officer=COLLEAGUE))
    play.on(2025, 3, 5).record(
        play.case.pay_subsidy(subsidy=2, amount=Fen(1_000_000), voucher_no="V-1")
    )
    play.record(play.case.recover_subsidy(subsidy=2, amount=Fen(400_000), voucher_no="V-2"))
    found = figures(
        database, {"seeker-1": play.case.history}, date(2025, 1, 1), date(2025, 12, 31),
        date(2026, 1, 1),
    )  # fmt: skip
    assert (found["subsidy_paid"].value, found["subsidy_persons"].value) == (1_000_000, 1)
    assert (found["subsidies_refused"].value, found["subsidy_recovered"].value) == (1, 400_000)
    assert found["subsidy_per_person"].value == 1_000_000


def test_households_are_found_cleared_and_open_at_the_end(database: Database) -> None:
    home = Household()
    days = [date(2024, 5, 7), date(2024, 6, 17)]
    (first, last), person = days, "person-1"
    for fact in home.register(kind="urban", domicile="440106"):
        home.apply(fact, first)
    for fact in home.add_member(person=person, relation="self", able=True, willing=True):
        home.apply(fact, first)
    for fact in home.declare_zero(placed=()):
        home.apply(fact, first)
    for fact in home.clear_zero(
        member=person, seeker="seeker-1", placement=1, verified=True, start_on=last,
        occurred_on=last,
    ):  # fmt: skip
        home.apply(fact, last)
    told = {"household-1": home.history}
    may = figures(database, told, date(2024, 5, 1), date(2024, 5, 31), date(2024, 7, 1))
    assert (may["zero_found"].value, may["zero_closed"].value, may["zero_open"].value) == (1, 0, 1)
    june = Statistics(database.pools.reader).figures(
        Scope(from_on=date(2024, 6, 1), to_on=date(2024, 6, 30), as_of=date(2024, 7, 1)),
        ["zero_closed", "zero_open", "zero_days"],
    )
    assert [june[c].value for c in ("zero_closed", "zero_open", "zero_days")] == [1, 0, 41]
