"""Rows that are unique across cases follow from the facts, and from the whole log again."""

from collections.abc import Sequence
from datetime import date

import psycopg
import pytest

from application.guards import changes, ordered, rebuild_guards, rows, serial_of
from application.log.reader import LogReader
from application.store import History
from domain.kernel import Event, Sealed
from domain.seeker.facts import LeadRecorded, Merged, Unmerged
from tests.application.log import trial
from tests.application.log.trial import (
    ME,
    TODAY,
    Closed,
    FactVoided,
    Noted,
    PaymentRecorded,
    PaymentReversed,
    RecordCorrected,
    Registered,
    Reopened,
    SessionPostponed,
    SessionScheduled,
    giving,
    new_stream,
    part,
    source,
    stamp,
)
from tests.database import Database

TABLES = ("open_case", "voucher", "serial", "booking", "source_row")
REGISTERED = Registered(person="person-1", case_no="JS-440784-2026-000007", serial=7)
LEAD = LeadRecorded(
    person="person-1",
    station="station-1",
    channel="visit",
    note=Sealed("person-1", "note", ""),
)
MERGED = Merged(into="seeker-2")
UNMERGED = Unmerged(other="seeker-2", reason=Sealed("person-1", "reason", ""))
PAID = PaymentRecorded(payment=1, payer="employer-1", voucher_no="2026-018")
TAKE = ("take_case", b"person-1".hex(), "s")
DROP = ("drop_case", "s")


def found(before: Sequence[Event], *new: Event) -> list[tuple[str | int, ...]]:
    history = [(fact, TODAY) for fact in before]
    return [c for c in changes("s", history, new, str.encode) if c[0] != "move_serial"]


@pytest.mark.parametrize(
    ("before", "new", "expected"),
    [
        ([], LEAD, []),
        ([LEAD], REGISTERED, [TAKE]),
        ([], REGISTERED, [TAKE]),
        ([REGISTERED], Noted(text="a"), []),
        ([REGISTERED], Closed(), [DROP]),
        ([REGISTERED, Closed()], Reopened(), [TAKE]),
        ([LEAD], Closed(), []),
        ([LEAD, Closed()], Reopened(), [TAKE]),
        ([REGISTERED], MERGED, [DROP]),
        ([REGISTERED, MERGED], UNMERGED, [TAKE]),
        ([REGISTERED, Closed(), MERGED], UNMERGED, []),
        ([REGISTERED], UNMERGED, []),
        ([REGISTERED, Closed()], FactVoided(version=2), [TAKE]),
        ([REGISTERED], FactVoided(version=1), [DROP]),
        ([], PAID, [("take_voucher", "employer-1", "2026-018", "s", 1)]),
        ([PAID], PaymentReversed(payment=1), [("drop_voucher", "s", 1)]),
        ([PAID], FactVoided(version=1), [("drop_voucher", "s", 1)]),
        (
            [PAID, PaymentReversed(payment=1)],
            FactVoided(version=2),
            [("take_voucher", "employer-1", "2026-018", "s", 1)],
        ),
        (
            [PAID],
            RecordCorrected(version=1, field="voucher_no", value="2026-019"),
            [("drop_voucher", "s", 1), ("take_voucher", "employer-1", "2026-019", "s", 1)],
        ),
    ],
)
def test_what_a_fact_takes_and_gives_back(
    before: list[Event], new: Event, expected: list[tuple[str | int, ...]]
) -> None:
    assert found(before, new) == expected


def test_a_person_without_an_id_number_takes_no_row() -> None:
    assert changes("s", [], [REGISTERED], lambda _: None) == [
        ("move_serial", "440784", 2026, "seeker", 7)
    ]


def test_a_session_books_its_mediator_and_its_room() -> None:
    session = SessionScheduled(
        session=1, mediator="staff-li", room="room-1", on=TODAY, from_at="09:00", to_at="10:00"
    )
    assert found([], session) == [
        ("take_booking", who, "2026-03-02 09:00", "2026-03-02 10:00", "s", 1)
        for who in ("staff-li", "room-1")
    ]
    later = SessionPostponed(
        session=1, room=None, on=date(2026, 3, 3), from_at="09:00", to_at="10:00"
    )
    assert found([session], later) == [
        ("drop_booking", "s", 1),
        ("take_booking", "staff-li", "2026-03-03 09:00", "2026-03-03 10:00", "s", 1),
    ]


def test_what_is_given_back_comes_first_and_the_rest_in_one_order() -> None:
    some = [("take_voucher", "b"), ("take_case", "a"), ("drop_voucher", "s"), ("drop_case", "s")]
    assert [c[0] for c in ordered(some)] == [
        "drop_case",
        "drop_voucher",
        "take_case",
        "take_voucher",
    ]


@pytest.mark.parametrize(
    ("case_no", "expected"),
    [
        ("JS-440784-2026-000123", ("440784", 2026, "seeker", 123)),
        ("鹤劳调〔2026〕0159号", ("鹤", 2026, "dispute", 159)),
        ("鹤劳调〔2026〕12345号", ("鹤", 2026, "dispute", 12_345)),
    ],
)
def test_case_numbers_are_taken_apart(case_no: str, expected: tuple[object, ...]) -> None:
    assert serial_of(case_no) == expected


@pytest.mark.parametrize("case_no", ["", "JS-4407-2026-1", "A/12", "鹤劳调[2026]0159号"])
def test_other_numbers_are_none_of_ours(case_no: str) -> None:
    with pytest.raises(ValueError, match="case number"):
        serial_of(case_no)


def test_rows_of_imports_are_taken_only_where_they_are_free() -> None:
    fact = Registered(
        person="person-1", case_no="JS-440784-2026-000007", serial=7, source=source("r")
    )
    assert rows("s", [(fact, TODAY)], str.encode) == [
        ("try_case", b"person-1".hex(), "s"),
        ("try_row", "r", "s"),
        ("raise_serial", "440784", 2026, "seeker", 7),
    ]


def test_the_tables_are_rebuilt_from_the_log_as_they_were(database: Database) -> None:
    store = trial.store(database.pools.writer)
    for nth in range(5):

        def register(_: trial.Trial, nth: int = nth) -> list[Event]:
            number = store.next_serial("440784", 2026, "seeker")
            case_no = f"JS-440784-2026-{number:06}"
            return [Registered(person=f"person-{nth}", case_no=case_no, serial=number)]

        stream = new_stream()
        store.decide(stamp(), part(stream, register))
        paid = PaymentRecorded(payment=1, payer=f"employer-{nth}", voucher_no="1")
        session = SessionScheduled(
            session=1, mediator="li", room="r", on=TODAY, from_at=f"1{nth}:00", to_at=f"1{nth}:30"
        )
        store.decide(stamp(), giving(stream, paid, session))
        if nth % 2:
            store.decide(stamp(), giving(stream, PaymentReversed(payment=1), Closed()))
    imported = History(new_stream(), [(Noted(text="a", source=source("r1")), TODAY)])
    store.append_history(ME, "batch", 1, [imported])

    reader = LogReader(database.pools.projector, trial.mapper())
    reader.drain()
    before = contents(database)
    assert [len(before[table]) for table in TABLES] == [3, 3, 1, 10, 1]
    with psycopg.connect(database.conninfo("owner")) as owner:
        owner.execute("DELETE FROM guard.open_case")
        owner.execute("UPDATE guard.serial SET last = 99")
        assert rebuild_guards(reader, owner, str.encode) > 0
    assert contents(database) == before


def contents(database: Database) -> dict[str, list[tuple[object, ...]]]:
    with database.pools.reader.connection() as conn:
        return {
            table: conn.execute(f"SELECT t::text FROM guard.{table} t ORDER BY 1").fetchall()
            for table in TABLES
        }
