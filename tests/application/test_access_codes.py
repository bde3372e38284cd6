"""Access codes: handed out once, kept as a hash, the same answer and work for every wrong pair."""

import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from random import Random
from statistics import median
from time import perf_counter
from typing import Any

import psycopg
import pytest

from application.access_codes import ALPHABET, KEPT, AccessCodes, Held, Wait, typed
from application.dispute_file import DisputeFile
from application.store import Stamp
from domain.case_numbers import plain
from domain.dispute import DisputeCase
from domain.dispute.facts import AccessCodeGiven
from domain.kernel import Refused
from tests.application.documents import desk
from tests.database import Database
from tests.domain.dispute import cases
from tests.memory import MemoryStore

CASE, NUMBER = "dispute-t", "鹤劳调〔2026〕0001号"
NOW = datetime(2026, 4, 16, 6, 3, tzinfo=UTC)
NAMES = {cases.ANN: "罗美兰", cases.BOB: "任家明"}


class Wall:
    """Who holds a code, as the projection shows it; counts the questions."""

    def __init__(self, store: MemoryStore) -> None:
        self.store, self.asked = store, 0

    def holders(self, digest: str) -> Sequence[tuple[str, str, Sequence[str]]]:
        self.asked += 1
        case = self.store.load(DisputeCase, CASE)
        numbers = [plain(case.case_no), *map(plain, case.intakes)]
        return [(CASE, who, numbers) for who, held in case.access.items() if held == digest]


class Counting:
    """A pool that counts statements."""

    def __init__(self, pool: Any) -> None:
        self.pool = pool
        self.told: list[str] = []

    @contextmanager
    def connection(self) -> Iterator[Any]:
        with self.pool.connection() as conn:
            yield _Told(conn, self.told)


class _Told:
    def __init__(self, conn: Any, told: list[str]) -> None:
        self._conn, self._told = conn, told

    def execute(self, statement: str, *rest: Any, **more: Any) -> Any:
        self._told.append(" ".join(statement.split()[:3]))
        return self._conn.execute(statement, *rest, **more)

    def transaction(self) -> Any:
        return self._conn.transaction()


class Counter:
    """The counter of a station with its wall."""

    def __init__(self, database: Database) -> None:
        self.store = desk.stored(cases.agreed().history, CASE, NAMES)
        self.wall, self.pool = Wall(self.store), Counting(database.pools.writer)
        file: Any = DisputeFile(self.store)
        self.codes = AccessCodes(file, file, self.wall.holders, self.pool, bytes(32))  # type: ignore[arg-type]  # counts
        self.database = database

    def give(self, person: str = cases.ANN, *, command: str = "") -> str:
        stamp = Stamp(desk.WHO, command or str(uuid.uuid4()), date(2026, 4, 16))
        return self.codes.give(CASE, person, stamp=stamp)[0].code

    def ask(
        self, number: str, code: str, *, at: datetime = NOW, address: str = "10.0.0.1"
    ) -> Held | Wait | None:
        return self.codes.look_up(number, code, address, at)

    def lookups(self) -> list[tuple[str, str, str]]:
        with self.database.pools.reader.connection() as conn:
            return conn.execute(
                "SELECT number, outcome, stream FROM log.lookups ORDER BY id"
            ).fetchall()


@pytest.fixture
def counter(database: Database) -> Counter:
    return Counter(database)


def test_a_code_opens_the_own_case_however_the_number_is_typed(counter: Counter) -> None:
    code = counter.give()
    assert len(typed(code)) == 8
    for number in (NUMBER, "鹤劳调[2026]0001", " 鹤劳调（2026）0001号 ", "鹤劳调２０２６0001"):
        assert counter.ask(number, code.lower().replace("-", " ")) == Held(CASE, cases.ANN)


def test_only_a_keyed_hash_stays_and_a_double_click_gives_one_code(counter: Counter) -> None:
    command = str(uuid.uuid4())
    code = counter.give(command=command)
    assert counter.give(command=command) == code
    given = [f for f in counter.store.facts(CASE) if isinstance(f, AccessCodeGiven)]
    assert [fact.digest for fact in given] == [counter.codes.digest(code)]
    assert not any(typed(code) in str(fact) for fact in counter.store.facts(CASE))


def test_a_new_code_ends_the_old_one_and_nobody_elses(counter: Counter) -> None:
    first, other = counter.give(), counter.give(cases.BOB)
    second = counter.give()
    assert counter.ask(NUMBER, first) is None
    assert counter.ask(NUMBER, second) == Held(CASE, cases.ANN)
    assert counter.ask(NUMBER, other) == Held(CASE, cases.BOB)


def test_nobody_outside_the_case_gets_a_code(counter: Counter) -> None:
    with pytest.raises(Refused) as caught:
        counter.give("person-x")
    assert caught.value.rule == "D-00"


@pytest.mark.parametrize(
    ("number", "code"),
    [(NUMBER, "2222-2222"), ("鹤劳调〔2026〕0999号", ""), ("", ""), ("x" * 300, "y" * 300)],
)
def test_every_wrong_pair_gets_the_same_answer_after_the_same_work(
    counter: Counter, number: str, code: str
) -> None:
    right = counter.give()
    counter.pool.told.clear()
    assert counter.ask("鹤劳调〔2025〕0007号", right) is None  # the right code of another number
    there = list(counter.pool.told)
    counter.pool.told.clear()
    assert counter.ask(number, code) is None
    assert counter.pool.told == there
    assert counter.wall.asked == 2
    assert [outcome for _, outcome, _ in counter.lookups()] == ["refused", "refused"]


def test_each_look_up_has_one_row_and_a_strange_number_is_not_kept(counter: Counter) -> None:
    code = counter.give()
    counter.ask(NUMBER, code)
    counter.ask("449901198501010010", "2222-2222")
    counter.ask("罗美兰", "2222-2222")
    assert counter.lookups() == [
        ("鹤劳调20260001", "shown", CASE),
        ("", "refused", ""),
        ("", "refused", ""),
    ]


def test_tries_for_one_number_wait_longer_and_a_right_one_forgives(counter: Counter) -> None:
    code = counter.give()
    waits = []
    now = NOW
    for _ in range(8):
        answer = counter.ask(NUMBER, "2222-2222", at=now)
        if isinstance(answer, Wait):
            waits.append((answer.until - now).total_seconds())
            now = answer.until
    assert len(waits) == 1
    assert waits == [1.0]
    assert isinstance(counter.ask(NUMBER, code, at=now - timedelta(seconds=1)), Wait)
    now += timedelta(minutes=16)
    assert counter.ask(NUMBER, code, at=now) == Held(CASE, cases.ANN)
    assert counter.ask(NUMBER, "2222-2222", at=now) is None


def test_many_tries_from_one_address_wait_whatever_the_number(counter: Counter) -> None:
    answers = [counter.ask(f"鹤劳调〔2026〕{n:04d}号", "2222-2222") for n in range(60)]
    assert answers[:50] == [None] * 50
    assert any(isinstance(answer, Wait) for answer in answers)
    assert counter.ask("鹤劳调〔2026〕9999号", "2222-2222", address="10.0.0.2") is None


def test_a_visit_lasts_a_quarter_of_an_hour_and_ends_when_told(counter: Counter) -> None:
    held = Held(CASE, cases.ANN)
    token = counter.codes.begin(held, NOW)
    assert counter.codes.visit(token, NOW + KEPT - timedelta(seconds=1)) == held
    assert counter.codes.visit(token, NOW + KEPT) is None
    assert counter.codes.visit("nobody", NOW) is None
    counter.codes.end(token)
    assert counter.codes.visit(token, NOW) is None


def test_nothing_in_the_log_of_look_ups_is_ever_changed(counter: Counter) -> None:
    counter.ask(NUMBER, "2222-2222")
    for change in ("UPDATE log.lookups SET outcome = 'shown'", "DELETE FROM log.lookups"):
        with (
            pytest.raises(psycopg.errors.InsufficientPrivilege),
            counter.database.pools.writer.connection() as conn,
        ):
            conn.execute(change)


@pytest.mark.long
def test_two_thousand_random_pairs_open_nothing_and_look_alike(counter: Counter) -> None:
    counter.give()
    drawn, told = Random(2026), set()  # noqa: S311 - the same pairs in every run
    for nth in range(2_000):
        number = f"鹤劳调〔2026〕{drawn.randrange(200):04d}号"
        code = "".join(drawn.choice(ALPHABET) for _ in range(8))
        counter.pool.told.clear()
        at = NOW + timedelta(hours=nth)
        assert counter.ask(number, code, at=at, address=f"10.2.0.{nth}") is None
        told.add(tuple(counter.pool.told))
    assert len(told) == 1
    assert {outcome for _, outcome, _ in counter.lookups()} == {"refused"}


@pytest.mark.long
def test_two_visitors_cannot_tell_a_missing_case_from_a_wrong_code_by_time(
    counter: Counter,
) -> None:
    counter.give()
    took: dict[str, list[float]] = {"there": [], "missing": []}
    for nth in range(400):
        at, address = NOW + timedelta(hours=nth), f"10.1.{nth // 250}.{nth % 250}"
        for kind, number in (("there", NUMBER), ("missing", f"鹤劳调〔2026〕{nth + 100:04d}号")):
            begin = perf_counter()
            counter.ask(number, "2222-2222", at=at, address=f"{address}-{kind}")
            took[kind].append(perf_counter() - begin)
    there, missing = median(took["there"]), median(took["missing"])
    assert 0.7 < there / missing < 1.4
