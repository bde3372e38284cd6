"""The caseload: what a list shows, counts that equal their rows, and the lists of past moments."""

from dataclasses import replace
from datetime import date

import msgspec
import pytest

from projections.caseload import CASELOAD, DEADLINES
from projections.caseload_reader import Caseload
from projections.lists import DUE, Query
from projections.rebuild import rebuild
from tests import stories
from tests.database import Database
from tests.projections.played import on_the_wall, tell
from tests.projections.trial import FakeLog, dump

TODAY = date(2026, 2, 4)


def told() -> FakeLog:
    log = FakeLog()
    tell(log, "dispute-7", stories.story_7_received().history)
    tell(log, "dispute-6", stories.story_6_opened().history)
    tell(log, "dispute-8", stories.story_8().history)
    return log


def test_the_row_of_a_collective_dispute_says_what_lists_need(database: Database) -> None:
    on_the_wall(database, told())
    row = Caseload(database.pools.reader).case("dispute-6")
    assert row is not None
    assert (row.state, row.station, row.owner) == ("MEDIATING", stories.STATION, stories.MEDIATOR)
    assert (row.claimants, row.claimed, row.paid) == (32, 48_640_000, 0)
    assert (row.opened_on, row.last_on, row.last_verb) == (
        date(2026, 1, 27),
        date(2026, 2, 3),
        "session_held",
    )
    assert row.tags == ("C01", "collective", "emergency")
    assert (row.next_step, row.due_on) == ("DL-03", date(2026, 2, 11))
    assert row.respondents == (stories.EMPLOYER,)


def test_a_case_is_never_shown_in_the_middle_of_a_command(database: Database) -> None:
    log = told()
    at = [place for place, recorded in enumerate(log.facts) if recorded.stream == "dispute-7"]
    for place in at[:-1]:
        log.facts[place] = msgspec.structs.replace(log.facts[place], more=True)
    on_the_wall(database, log)
    with database.pools.reader.connection() as conn:
        for table in ("caseload", "deadlines", "agenda"):
            found = conn.execute(
                f"SELECT DISTINCT from_position FROM wall.{table} WHERE case_id = 'dispute-7'"
            ).fetchall()
            assert found in ([], [(at[-1] + 1,)]), table
        profiles = conn.execute(
            "SELECT count(*) FROM wall.facts WHERE case_id = 'dispute-7' AND kind = 'profile'"
        ).fetchone()
        assert profiles == (1,), "the profile tells how the case stands, once a command"
    assert Caseload(database.pools.reader).case("dispute-7") is not None


def test_each_running_time_limit_has_a_row_with_its_arithmetic(database: Database) -> None:
    on_the_wall(database, told())
    lines = Caseload(database.pools.reader).deadlines("dispute-6")
    first = lines[0]
    assert (first.rule, first.start_on, first.due_on) == (
        "DL-03",
        date(2026, 1, 27),
        date(2026, 2, 11),
    )
    assert first.arithmetic[0]["values"] == {"start": "2026-01-27"}
    assert {line.rule for line in lines} >= {"DL-03"}


@pytest.mark.parametrize("closed", [False, True])
def test_every_count_is_the_number_of_rows_behind_it(database: Database, closed: bool) -> None:
    on_the_wall(database, told())
    caseload = Caseload(database.pools.reader)
    page = caseload.page(Query(today=TODAY, closed=closed))
    assert page.total == len(page.rows) == (3 if closed else 2)
    for due in DUE:
        query = Query(today=TODAY, closed=closed, due=(due,))
        found = caseload.page(query)
        assert page.counts["due"].get(due, 0) == found.total == len(found.rows)
        assert caseload.count(query) == found.total
        assert found.counts["due"] == page.counts["due"]
    for kind, filtered in (("state", "states"), ("tag", "tags"), ("kind", "kinds")):
        for code, number in page.counts[kind].items():
            query = Query(today=TODAY, closed=closed, **{filtered: (code,)})  # type: ignore[arg-type]  # a filter of codes
            assert caseload.count(query) == number
    tiles = {
        "mine": Query(today=TODAY, owner=stories.MEDIATOR),
        "all": Query(today=TODAY, closed=closed),
        "overdue": Query(today=TODAY, closed=closed, due=("overdue", "today")),
        "disputes": Query(today=TODAY, closed=closed, kinds=("dispute",), tags=("C01",)),
        "closed": Query(today=TODAY, states=("CLOSED",)),
        "mine and closed": Query(today=TODAY, owner=stories.MEDIATOR, states=("CLOSED",)),
    }
    assert caseload.counts(tiles) == {name: len(caseload.page(q).rows) for name, q in tiles.items()}
    for query in tiles.values():
        assert caseload.page(query, tiles).tiles == caseload.counts(tiles)


def test_pages_follow_one_another_by_their_key(database: Database) -> None:
    on_the_wall(database, told())
    caseload = Caseload(database.pools.reader)
    whole = [row.case_id for row in caseload.page(Query(today=TODAY, closed=True)).rows]
    after, found = "", []
    while True:
        page = caseload.page(Query(today=TODAY, closed=True, limit=1, after=after))
        found += [row.case_id for row in page.rows]
        after = page.after
        if not after:
            break
    assert found == whole


@pytest.mark.parametrize("due", [(), ("overdue", "later")])
def test_the_list_of_one_station_is_that_of_several_with_nothing_in_the_others(
    database: Database, due: tuple[str, ...]
) -> None:
    on_the_wall(database, told())
    caseload = Caseload(database.pools.reader)
    query = Query(today=TODAY, closed=True, due=due)
    (station, *_) = {row.station for row in caseload.page(Query(today=TODAY, closed=True)).rows}
    one = caseload.page(replace(query, stations=(station,)))
    assert one.rows or due
    assert one == caseload.page(replace(query, stations=(station, "station-none")))
    assert caseload.page(replace(query, stations=())).rows == []


@pytest.mark.parametrize("cut", [1, 40, 75, 90, 110])
def test_a_past_list_reads_as_it_did_when_the_log_ended_there(database: Database, cut: int) -> None:
    log = told()
    short = FakeLog()
    short.facts = log.facts[:cut]
    short._versions = {r.stream: r.version for r in short.facts}
    made = on_the_wall(database, short)
    caseload = Caseload(database.pools.reader)
    live = caseload.page(Query(today=TODAY, closed=True))
    limits = caseload.deadlines("dispute-6")
    short.facts = log.facts
    short._versions = {r.stream: r.version for r in short.facts}
    made.catch_up()
    assert caseload.page(Query(today=TODAY, closed=True, position=cut)) == live
    assert caseload.deadlines("dispute-6", cut) == limits


def test_a_rebuilt_caseload_is_the_same_byte_for_byte(database: Database) -> None:
    log = told()
    made = on_the_wall(database, log)
    live = dump(database.pools.projector, (CASELOAD, DEADLINES))
    rebuild(made, log, database.pools.projector, made.projections)
    assert dump(database.pools.projector, (CASELOAD, DEADLINES)) == live
