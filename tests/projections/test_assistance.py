"""The tables of help: how cases stand to their standards, who works, what money was given."""

from datetime import date
from typing import Any

import pytest

from domain.money import Fen
from domain.seeker.standards import SHIPPED, given, in_force, of_case, read
from domain.seeker.values import RestsOn
from projections.assistance import PLACEMENTS, SERVICES, SUBSIDIES
from projections.assistance_reader import AssistanceReader
from projections.rebuild import rebuild
from tests.database import Database
from tests.domain.seeker.play import COLLEAGUE, OFFICER, STATION, Play
from tests.projections.played import on_the_wall, tell
from tests.projections.trial import FakeLog, dump

TODAY = date(2026, 3, 30)


def in_service(number: int, *, guided: bool) -> Any:
    """A case of tier B since 2026-03-02, guided or not."""
    play = Play().on(2026, 3, 2).register()
    play.record(play.case.assign(officer=OFFICER))
    play.record(play.case.assign_tier(tier="B", reason="r"))
    if guided:
        play.record(play.case.give_guidance(kind="career"))
    for vacancy in range(number):
        play.refer(f"vacancy-{vacancy}")
    return play


def paid() -> Any:
    """A public-welfare post with one month's subsidy asked for, approved and paid."""
    play = Play(date(1979, 1, 1)).on(2026, 1, 5).register().recognise()
    play.place("public_welfare", term_until=date(2026, 12, 31))
    play.record(play.case.verify_placement(occurred_on=play.day, placement=1, method="visit"))
    play.on(2026, 2, 2).record(
        play.case.apply_for_subsidy(
            occurred_on=play.day,
            kind="post",
            rests_on=RestsOn(placement=1),
            amount=Fen(172_000),
            entered_by=OFFICER,
            months=("2026-01",),
        )
    )
    play.record(play.case.check_subsidy(subsidy=1))
    play.record(play.case.approve_subsidy(subsidy=1, amount=Fen(172_000), officer=COLLEAGUE))
    play.on(2026, 2, 20).record(
        play.case.pay_subsidy(subsidy=1, amount=Fen(172_000), voucher_no="V-1", months=("2026-01",))
    )
    return play


@pytest.fixture
def log() -> FakeLog:
    made = FakeLog()
    tell(made, "seeker-1", in_service(3, guided=True).case.history)
    tell(made, "seeker-2", in_service(1, guided=False).case.history)
    tell(made, "seeker-3", paid().case.history)
    return made


def reader(database: Database) -> AssistanceReader:
    return AssistanceReader(database.pools.reader, lambda: SHIPPED)


def test_the_wall_says_of_a_standard_what_the_case_says(database: Database, log: FakeLog) -> None:
    on_the_wall(database, log)
    for number, guided, stream in ((3, True, "seeker-1"), (1, False, "seeker-2")):
        state = in_service(number, guided=guided).case
        due = of_case(state)
        assert due is not None
        standard = in_force(SHIPPED, due.code, due.start_on)
        assert standard is not None
        mark = reader(database).marks([stream], TODAY)[stream]
        assert mark.readings == read(standard, due.start_on, given(state), TODAY)


def test_the_board_counts_by_officer_and_opens_the_cases(database: Database, log: FakeLog) -> None:
    on_the_wall(database, log)
    after = date(2026, 4, 2)
    (desk,) = reader(database).desks([STATION], after)  # who works is held to no standard
    assert (desk.owner, desk.cases, desk.states["overdue"]) == (OFFICER, 2, 2)
    assert (desk.contact_overdue, desk.silent) == (2, 2)
    overdue = reader(database).standing([STATION], after, owner=OFFICER, state="overdue")
    assert [mark.case_id for mark in overdue] == ["seeker-1", "seeker-2"]
    assert reader(database).standing(["station-else"], after) == []


def test_the_ledger_sums_now_and_as_of_a_position(database: Database, log: FakeLog) -> None:
    on_the_wall(database, log)
    rows, sums = reader(database).ledger([STATION])
    assert [(row.kind, row.state, row.paid_months) for row in rows] == [
        ("post", "paid", ["2026-01"])
    ]
    assert sums == (1, 1, 172_000, 172_000, 172_000, 0)
    before = next(f.position for f in log.facts if f.event.TOPIC == "seeker.subsidy_approved") - 1
    _, earlier = reader(database).ledger(None, position=before)
    assert earlier == (1, 1, 172_000, 0, 0, 0)
    assert reader(database).ledger(None, kind="training")[1].lines == 0


def test_the_jobs_of_persons_are_found(database: Database, log: FakeLog) -> None:
    on_the_wall(database, log)
    (job,) = reader(database).jobs(["person-1", "person-9"])
    assert (job.kind, job.ended_on, job.case_id) == ("public_welfare", None, "seeker-3")


def test_the_same_facts_twice_and_a_rebuild_give_the_same_rows(
    database: Database, log: FakeLog
) -> None:
    runner = on_the_wall(database, log)
    tables = (SERVICES, PLACEMENTS, SUBSIDIES)
    before = dump(database.pools.projector, tables)
    assert all(before.values())
    runner.catch_up()
    assert dump(database.pools.projector, tables) == before
    rebuild(runner, log, database.pools.projector, runner.projections)
    assert dump(database.pools.projector, tables) == before
