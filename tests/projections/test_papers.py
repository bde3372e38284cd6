"""The two public look-ups: a paper by its code, a person by the hash of a code."""

from datetime import date

from application.documents.service import Asked
from domain.case_numbers import plain
from domain.dispute.facts import AccessCodeGiven
from projections.papers_reader import PapersReader
from projections.rebuild import rebuild
from tests.application.documents import desk
from tests.database import Database
from tests.domain.dispute import cases
from tests.projections.played import on_the_wall, tell
from tests.projections.trial import FakeLog
from tests.stories import Play

CASE = "dispute-t"
NAMES = {cases.ANN: "罗美兰", cases.BOB: "任家明"}


def coded(play: Play, person: str, digest: str) -> Play:
    return play.record(play.case.give_access_code(worker=person, digest=digest))


def test_a_paper_is_found_by_its_code_until_it_is_voided(database: Database) -> None:
    store = desk.stored(cases.agreed().history, CASE, NAMES)
    made = desk.documents(store).issue(
        CASE, [Asked("agreement", "1")], stamp=desk.stamp(date(2026, 4, 16))
    )
    issued = store.history(CASE)[-1].event
    log = FakeLog()
    tell(log, CASE, [(one.event, one.occurred_on) for one in store.history(CASE)])
    runner = on_the_wall(database, log)
    reader = PapersReader(database.pools.reader)
    (found,) = reader.with_code(issued.code)  # type: ignore[attr-defined]  # a paper
    assert found.document == made.documents[0]
    assert (found.case_id, found.kind, found.void) == (CASE, "agreement", False)
    assert reader.with_code("0" * 16) == []
    case = store.load(type(cases.agreed().case), CASE)
    tell(log, CASE, [(f, date(2026, 4, 16)) for f in case.void_fact(
        version=case.version, reason="印错", occurred_on=date(2026, 4, 16)
    )])  # fmt: skip
    runner.catch_up()
    assert reader.with_code(found.code)[0].void
    before = reader.with_code(found.code)
    rebuild(runner, log, database.pools.projector, runner.projections, lambda *_: None)
    assert reader.with_code(found.code) == before


def test_a_code_is_known_by_all_numbers_of_its_case_and_the_latest_counts(
    database: Database,
) -> None:
    play = coded(cases.received(), cases.ANN, "aa")
    log = FakeLog()
    tell(log, CASE, play.history)
    runner = on_the_wall(database, log)
    reader = PapersReader(database.pools.reader)
    intake = plain(f"LJ-{CASE}")
    assert reader.holders("aa") == [(CASE, cases.ANN, [intake])]
    told = len(play.history)
    play.on(3, 3).record(play.case.accept(case_no="鹤劳调〔2026〕0159号", serial=159))
    coded(play, cases.ANN, "bb")
    coded(play, cases.BOB, "cc")
    tell(log, CASE, play.history[told:])
    runner.catch_up()
    assert reader.holders("aa") == []
    assert reader.holders("bb") == [(CASE, cases.ANN, [intake, "鹤劳调20260159"])]
    assert reader.holders("cc") == [(CASE, cases.BOB, [intake, "鹤劳调20260159"])]
    assert isinstance(play.history[-1][0], AccessCodeGiven)
