"""The runner: each fact counts once, poison stands aside, one leads, and readers see their own."""

import time
from collections.abc import Callable
from typing import Any

import pytest

from projections.folding import Parked
from projections.rebuild import rebuild
from projections.runner import Runner
from tests.database import Database
from tests.projections.trial import (
    KINDS,
    FakeLog,
    Opened,
    Paid,
    TillView,
    dump,
    poison,
    rows,
    some_facts,
)

POINTS = ("read", "folded", "written", "moved", "committed")


def runner(database: Database, log: FakeLog, view: TillView | None = None, **more: Any) -> Runner:
    made = Runner(log, database.pools.projector, [view or TillView()], KINDS, **more)
    made.prepare()
    return made


def wall(database: Database) -> dict[str, bytes]:
    return dump(database.pools.projector, TillView.tables)


def rebuilt(database: Database, log: FakeLog, view: TillView | None = None) -> dict[str, bytes]:
    again = runner(database, log, view)
    rebuild(again, log, database.pools.projector, again.projections)
    return wall(database)


def test_a_rebuild_gives_byte_for_byte_what_the_live_runner_gave(database: Database) -> None:
    log = some_facts(FakeLog(), 60)
    assert runner(database, log).catch_up() == log.watermark()
    live = wall(database)
    assert live["trial_tills"].count(b"\n") == 60
    assert rebuilt(database, log) == live


def planned(database: Database) -> set[str]:
    """Give the tables of which the planner knows what they hold."""
    found = rows(
        database.pools.projector,
        "SELECT DISTINCT tablename::text FROM pg_stats WHERE schemaname = 'wall'",
    )
    return {name for (name,) in found} & set(wall(database))


def test_the_planner_knows_the_tables_after_a_rebuild(database: Database) -> None:
    log = some_facts(FakeLog(), 20)
    rebuilt(database, log)
    assert planned(database) == {"trial_tills", "trial_days"}


def test_the_planner_knows_the_tables_when_many_facts_came(database: Database) -> None:
    log = some_facts(FakeLog(), 2_000)
    assert runner(database, log).catch_up() == 10_000
    assert planned(database) == {"trial_tills", "trial_days"}


def test_facts_delivered_twice_change_nothing(database: Database) -> None:
    log = some_facts(FakeLog(), 40)
    runner(database, log).catch_up()
    before = wall(database)
    whole = list(log.facts)
    log.read = lambda after, limit: whole  # type: ignore[method-assign]  # every page again
    late = log.append("till-00001", Opened(station="station-9"))
    whole.append(log.facts[-1])
    assert runner(database, log).tick() == len(whole)
    assert wall(database)["trial_days"].count(b"\n") == before["trial_days"].count(b"\n")
    assert rows(database.pools.reader, "SELECT sum(facts) FROM wall.trial_days") == [(late,)]


def test_a_new_runner_goes_on_where_the_last_one_ended(database: Database) -> None:
    log = some_facts(FakeLog(), 30)
    runner(database, log).catch_up()
    some = log.append("till-00007", Paid(amount=100))
    assert runner(database, log).catch_up() == some
    assert rebuilt(database, log) == wall(database)


@pytest.mark.parametrize("point", POINTS)
def test_an_end_at_any_point_of_a_page_loses_and_doubles_nothing(
    database: Database, point: str
) -> None:
    log = some_facts(FakeLog(), 8)

    def end(at: str) -> None:
        if at == point:
            raise KeyboardInterrupt

    for number in range(8):
        log.append("till-00003", Paid(amount=number))
        with pytest.raises(KeyboardInterrupt):
            runner(database, log, at=end).tick()
        runner(database, log).catch_up()
    live = wall(database)
    assert rebuilt(database, log) == live


def test_fifty_poisoned_facts_park_their_cases_and_the_rest_flows(database: Database) -> None:
    log = some_facts(FakeLog(), 1_900, each=5)
    for number in range(50):
        poison(log, f"till-{number * 30:05d}")
    for number in range(450):
        log.append(f"till-{number:05d}", Paid(amount=1))
    made = runner(database, log)
    assert made.catch_up() == log.watermark() == 10_000
    health = made.health()
    assert (len(health.parked), health.lag) == (50, 0)
    assert health.parked[0].topic == "trial.lost"
    assert len(rows(database.pools.reader, "SELECT 1 FROM wall.trial_tills")) == 1_900
    live = wall(database)
    assert rebuilt(database, log) == live
    assert len(made.health().parked) == 50


def test_a_parked_case_is_taken_up_again_without_a_difference(database: Database) -> None:
    log = some_facts(FakeLog(), 20)
    view = TillView(broken={"till-00003"})
    made = runner(database, log, view)
    made.catch_up()
    log.append("till-00003", Paid(amount=5))
    made.catch_up()
    (parked,) = made.health().parked
    assert parked == Parked("trial", "till-00003", 24, "trial.paid", "ValueError: cannot count")
    assert not made.unpark(parked)
    view.broken.clear()
    assert made.unpark(parked)
    assert made.health().parked == ()
    log.append("till-00003", Paid(amount=6))
    made.catch_up()
    live = wall(database)
    assert rebuilt(database, log) == live


def test_what_fails_only_once_or_twice_is_not_parked(database: Database) -> None:
    log = some_facts(FakeLog(), 3)
    view = TillView(broken={"till-00001"})
    seen: list[str] = []

    def mend(at: str) -> None:
        seen.append(at)
        if seen.count("folded") == 2:
            view.broken.clear()

    made = runner(database, log, view, at=mend)
    made.catch_up()
    assert made.health().parked == ()
    assert seen.count("folded") == 3


def test_a_reader_waits_until_the_wall_shows_the_own_fact(database: Database) -> None:
    log = some_facts(FakeLog(), 5)
    made = runner(database, log)
    made.start()
    try:
        assert until(lambda: made.leads)
        for number in range(20):
            position = log.append("till-00002", Paid(amount=number))
            assert made.wait_for(position)
            found = rows(
                database.pools.reader,
                "SELECT seen FROM wall.trial_tills WHERE stream = %s",
                "till-00002",
            )
            assert found == [({"last": position},)]
        assert not made.wait_for(position + 1, timeout=0.05)
    finally:
        made.stop()


def test_a_process_that_does_not_lead_waits_by_looking_at_the_wall(database: Database) -> None:
    log = some_facts(FakeLog(), 5)
    leader, other = runner(database, log), runner(database, log)
    leader.start()
    try:
        position = log.append("till-00002", Paid(amount=1))
        assert other.wait_for(position)
    finally:
        leader.stop()


def test_one_of_two_runners_leads_and_the_other_takes_over(database: Database) -> None:
    log = some_facts(FakeLog(), 5)
    one, two = runner(database, log), runner(database, log)
    one.start()
    assert until(lambda: one.leads)
    two.start()
    try:
        time.sleep(0.05)
        assert (one.leads, two.leads) == (True, False)
        one.stop()
        assert until(lambda: two.leads)
        assert two.wait_for(log.append("till-00001", Paid(amount=3)))
    finally:
        one.stop()
        two.stop()


def test_a_thread_that_fails_says_so_and_goes_on(database: Database) -> None:
    log = some_facts(FakeLog(), 5)
    failing = [True]

    def fail(at: str) -> None:
        if failing[0] and at == "written":
            raise OSError("the disk is full")

    made = runner(database, log, at=fail)
    made.start()
    try:
        assert until(lambda: made.trouble == "OSError: the disk is full")
        failing[0] = False
        assert made.wait_for(log.watermark(), timeout=5)
        assert until(lambda: made.trouble == "")
    finally:
        made.stop()


def test_another_version_serves_the_old_rows_until_it_is_rebuilt(database: Database) -> None:
    log = some_facts(FakeLog(), 10)
    runner(database, log).catch_up()
    before = wall(database)
    log.append("till-00001", Paid(amount=9))
    second = Runner(log, database.pools.projector, [TillView("2")], KINDS)
    assert [p.name for p in second.prepare()] == ["trial"]
    second.catch_up()
    assert wall(database) == before
    told: list[tuple[int, int]] = []
    rebuild(
        second,
        log,
        database.pools.projector,
        second.projections,
        lambda done, total, _rate: told.append((done, total)),
    )
    assert told[-1] == (51, 51)
    assert second.prepare() == []
    assert wall(database) != before


def test_a_rebuild_beside_a_live_runner_ends_where_the_log_ends(database: Database) -> None:
    log = some_facts(FakeLog(), 200)
    made = runner(database, log)
    made.start()
    try:
        for number in range(3):
            rebuild(made, log, database.pools.projector, made.projections)
            assert made.wait_for(log.append("till-00004", Paid(amount=number)))
    finally:
        made.stop()
    live = wall(database)
    assert rebuilt(database, log) == live


def until(met: Callable[[], bool], seconds: float = 5.0) -> bool:
    """Look again and again, for some seconds at most."""
    end = time.monotonic() + seconds
    while not met():
        if time.monotonic() > end:
            return False
        time.sleep(0.01)
    return True
