"""A whole wage table is one command: its persons and claims in one append, or nothing."""

from datetime import date
from uuid import uuid4

import pytest

from application.enrolling import Enrolling
from application.ids import new_stream
from application.people.sealing import Box
from application.store import Part, Who
from application.wage_tables import Drafts, Newcomer, Sheet, WageTables
from domain.dispute import DisputeCase
from domain.dispute.claims import ClaimRow
from domain.identity import check_character
from domain.kernel import Refused
from domain.money import Fen
from domain.person import Person
from tests.application.people.conftest import GONG, WORKER, Office, stamp
from tests.stories import MONTHS

STRANGER = Who("staff-x", "station-1", frozenset({"caseworker"}), frozenset({"station-1"}))


def id_no(number: int) -> str:
    body = f"4499011985{number % 12 + 1:02d}{number % 28 + 1:02d}{number:03d}"
    return body + check_character(body)


def claim(number: str, amount: int = 100_000) -> ClaimRow:
    return ClaimRow(
        worker=number,
        code="C01",
        from_on=date(2025, 11, 1),
        to_on=date(2025, 12, 31),
        amount=Fen(amount),
        basis=MONTHS,
    )


def opened(office: Office) -> tuple[str, WageTables]:
    """A case at the counter, and the service."""
    case = new_stream("dispute")
    office.store.decide(
        stamp(),
        Part(
            DisputeCase,
            case,
            lambda c: c.named(case).record_intake(
                station="station-1", intake_no="LJ-1", channel="walk_in", summary="欠薪"
            ),
            "dispute.intake",
        ),
    )
    enrolling = Enrolling(office.store, office.vault, office.index, office.names)
    return case, WageTables(office.store, enrolling)


def commands(office: Office) -> int:
    with office.database.pools.reader.connection() as conn:
        row = conn.execute("SELECT count(*) FROM log.commands").fetchone()
    assert row is not None
    return int(row[0])


def test_known_and_new_workers_come_in_by_one_append(office: Office) -> None:
    case, tables = opened(office)
    person = office.register()
    before = commands(office)
    people = [Newcomer(id_no(n), f"罗{n}", "13800138001") for n in range(1, 40)]
    done = tables.take(
        case,
        newcomers=people,
        known={GONG.id_no: person},
        rows=[claim(GONG.id_no), *(claim(one.id_no) for one in people)],
        stamp=stamp(),
    )
    assert commands(office) == before + 1
    assert len(done.streams) == 40
    state = office.store.load(DisputeCase, case)
    assert len(state.workers) == 40
    assert state.totals.claimed == Fen(4_000_000)
    assert person in state.workers
    office.leader.drain()
    enrolling = Enrolling(office.store, office.vault, office.index, office.names)
    found = enrolling.known([id_no(1), id_no(999)])
    assert list(found) == [id_no(1)]
    assert enrolling.name_of(found[id_no(1)]) == "罗1"


def test_sent_twice_it_is_recorded_once(office: Office) -> None:
    case, tables = opened(office)
    sent = stamp(command=str(uuid4()))
    person = [Newcomer(id_no(1), "罗一")]
    first = tables.take(case, newcomers=person, known={}, rows=[claim(id_no(1))], stamp=sent)
    again = tables.take(case, newcomers=person, known={}, rows=[claim(id_no(1))], stamp=sent)
    assert first == again
    assert len(office.store.load(DisputeCase, case).claims) == 1


def test_a_refused_table_leaves_no_person_and_no_claim_on_a_number(office: Office) -> None:
    case, tables = opened(office)
    people = [Newcomer(id_no(1), "罗一"), Newcomer(id_no(2), "罗二")]
    rows = [claim(id_no(1)), claim(id_no(2)), claim(id_no(1))]
    before = commands(office)
    with pytest.raises(Refused) as caught:
        tables.take(case, newcomers=people, known={}, rows=rows, stamp=stamp())
    assert caught.value.rule == "D-12"
    assert commands(office) == before
    assert office.index.find_many([id_no(1), id_no(2)]) == {}


def test_a_number_that_another_took_meanwhile_refuses_the_whole_table(office: Office) -> None:
    case, tables = opened(office)
    person = office.register()
    people = [Newcomer(id_no(1), "罗一"), Newcomer(GONG.id_no, "龚凤")]
    rows = [claim(id_no(1)), claim(GONG.id_no)]
    with pytest.raises(Refused) as caught:
        tables.take(case, newcomers=people, known={}, rows=rows, stamp=stamp())
    assert caught.value.rule == "P-01"
    assert office.store.load(DisputeCase, case).workers == {}
    assert office.index.find_many([id_no(1), GONG.id_no]) == {GONG.id_no: person}
    assert office.store.load(Person, person).version == 1


def test_the_id_of_a_new_person_says_nothing_of_the_number(office: Office) -> None:
    case, tables = opened(office)
    sent = stamp(command=str(uuid4()))
    done = tables.take(
        case, newcomers=[Newcomer(id_no(1), "罗一")], known={}, rows=[claim(id_no(1))], stamp=sent
    )
    other, others = opened(office)
    same = stamp(command=sent.command_id[:-1] + ("0" if sent.command_id[-1] != "0" else "1"))
    again = others.take(
        other, newcomers=[Newcomer(id_no(2), "罗二")], known={}, rows=[claim(id_no(2))], stamp=same
    )
    assert done.streams[1] != again.streams[1]
    assert id_no(1) not in done.streams[1]


def test_a_kept_table_is_sealed_and_given_to_its_owner_only(office: Office) -> None:
    drafts = Drafts(office.database.pools.writer, Box(b"k" * 32))
    sheet = Sheet("dispute-1", "工资.xlsx", [["姓名", "金额"], ["龚凤", 8000.5]], {"code": "C01"})
    draft = drafts.keep(WORKER, sheet)
    assert drafts.open(WORKER, draft) == sheet
    assert drafts.open(STRANGER, draft) is None
    with office.database.pools.writer.connection() as conn:
        row = conn.execute("SELECT sealed FROM office.drafts WHERE id = %s", [draft]).fetchone()
    assert row is not None
    assert "龚凤".encode() not in bytes(row[0])
    drafts.drop(WORKER, draft)
    assert drafts.open(WORKER, draft) is None
