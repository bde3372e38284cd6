"""Many writers at once: nothing is lost, nothing is written twice (T10, T15, L3, L13)."""

import threading
from collections.abc import Callable, Iterator

import pytest
from psycopg_pool import ConnectionPool

from application.log.recorder import Pool
from application.store import Clash, Done
from domain.kernel import Event, Refused
from tests.application.log import trial
from tests.application.log.trial import (
    Noted,
    PaymentRecorded,
    Registered,
    SessionScheduled,
    giving,
    new_stream,
    noting,
    part,
    stamp,
)
from tests.database import Database


@pytest.fixture
def pool(database: Database) -> Iterator[Pool]:
    with ConnectionPool(
        database.conninfo("writer"), kwargs={"autocommit": True}, min_size=16, timeout=60
    ) as opened:
        yield opened


def together(count: int, work: Callable[[int], None]) -> None:
    """Start that many threads at one moment and wait for all."""
    barrier = threading.Barrier(count)
    failed: list[BaseException] = []

    def run(nth: int) -> None:
        barrier.wait()
        try:
            work(nth)
        except BaseException as error:  # noqa: BLE001 - told to the test's own thread
            failed.append(error)

    threads = [threading.Thread(target=run, args=(nth,)) for nth in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed, failed


def fifty_writers(pool: Pool, rounds: int) -> None:
    store, stream = trial.store(pool), new_stream()
    accepted: list[str] = []
    clashed: list[str] = []

    def work(nth: int) -> None:
        for round_ in range(rounds):
            text = f"{nth}/{round_}"

            def note(case: trial.Trial, text: str = text) -> list[Event]:
                return case.note(text, case.version + 1)

            try:
                store.decide(stamp(), part(stream, note))
            except Clash:
                clashed.append(text)
            else:
                accepted.append(text)

    together(50, work)
    case = store.load(trial.Trial, stream)
    assert len(accepted) + len(clashed) == 50 * rounds
    assert case.version == len(accepted)
    assert sorted(case.texts) == sorted(accepted)
    # Each was decided on the state it was written after: the sum of versions proves it.
    assert case.amount == sum(range(1, case.version + 1))


def test_fifty_writers_on_one_case_lose_no_update(pool: Pool) -> None:
    fifty_writers(pool, rounds=25)


@pytest.mark.long
def test_fifty_writers_lose_no_update_on_eight_cases_of_25_rounds(pool: Pool) -> None:
    for _ in range(8):
        fifty_writers(pool, rounds=25)


def test_ten_equal_submissions_have_one_effect_and_ten_equal_answers(pool: Pool) -> None:
    for _ in range(10):
        ten_submissions(pool)


@pytest.mark.long
def test_ten_equal_submissions_have_one_effect_each_of_a_hundred_times(pool: Pool) -> None:
    for _ in range(100):
        ten_submissions(pool)


def ten_submissions(pool: Pool) -> None:
    store, stream, asked = trial.store(pool), new_stream(), stamp()
    answers: list[Done] = []
    together(10, lambda _: answers.append(store.decide(asked, noting(stream, "a"))))
    assert len(answers) == 10
    assert len(set(answers)) == 1
    assert len(store.history(stream)) == 1


def test_numbers_drawn_together_have_no_gap_and_no_twin(pool: Pool) -> None:
    store = trial.store(pool)
    streams = [[new_stream() for _ in range(5)] for _ in range(8)]

    def draw(nth: int) -> None:
        for stream in streams[nth]:

            def register(_: trial.Trial, stream: str = stream) -> list[Registered]:
                number = store.next_serial("440784", 2026, "seeker")
                case_no = f"JS-440784-2026-{number:06}"
                return [Registered(person=stream, case_no=case_no, serial=number)]

            store.decide(stamp(), part(stream, register))

    together(8, draw)
    drawn = [store.history(s)[0].event for mine in streams for s in mine]
    numbers = sorted(fact.serial for fact in drawn if isinstance(fact, Registered))
    assert numbers == list(range(1, 41))


def test_one_voucher_is_taken_by_one_of_many(pool: Pool) -> None:
    store = trial.store(pool)
    taken: list[int] = []
    refused: list[str] = []

    def pay(nth: int) -> None:
        fact = PaymentRecorded(payment=1, payer="employer-1", voucher_no="2026-018")
        try:
            store.decide(stamp(), giving(new_stream(), fact))
        except Refused as no:
            refused.append(no.rule)
        else:
            taken.append(nth)

    together(10, pay)
    assert len(taken) == 1
    assert refused == ["D-07"] * 9


@pytest.mark.parametrize(
    ("mediators", "rooms"), [(1, 12), (12, 1)], ids=["one mediator", "one room"]
)
def test_one_hour_is_booked_by_one_of_many(pool: Pool, mediators: int, rooms: int) -> None:
    store = trial.store(pool)
    taken: list[int] = []
    refused: list[str] = []

    def book(nth: int) -> None:
        fact = SessionScheduled(
            session=1,
            mediator=f"staff-{nth % mediators}",
            room=f"station-1/room-{nth % rooms}",
            on=trial.TODAY,
            from_at=f"09:{nth:02}",
            to_at=f"10:{nth:02}",
        )
        try:
            store.decide(stamp(), giving(new_stream(), fact))
        except Refused as no:
            refused.append(no.rule)
        else:
            taken.append(nth)

    together(12, book)
    assert len(taken) == 1
    assert refused == ["D-21"] * 11
    with pool.connection() as conn:
        held = conn.execute("SELECT count(*) FROM guard.booking").fetchone()
    assert held == (2,)  # the mediator and the room of the one


def test_hours_beside_each_other_and_other_rooms_are_all_booked(pool: Pool) -> None:
    store = trial.store(pool)

    def book(nth: int) -> None:
        hour, who = divmod(nth, 3)
        fact = SessionScheduled(
            session=1,
            mediator=f"staff-{who}",
            room=f"station-1/room-{who}",
            on=trial.TODAY,
            from_at=f"{9 + hour:02}:00",
            to_at=f"{10 + hour:02}:00",
        )
        store.decide(stamp(), giving(new_stream(), fact))

    together(12, book)


def test_commands_over_the_same_two_streams_never_end_in_a_deadlock(pool: Pool) -> None:
    store = trial.store(pool)
    one, two = new_stream(), new_stream()
    done: list[Done] = []

    def link(nth: int) -> None:
        pair = (one, two) if nth % 2 else (two, one)
        for _ in range(5):
            try:
                done.append(store.decide(stamp(), *(noting(s, str(nth)) for s in pair)))
            except Clash:
                continue

    together(8, link)
    assert len(store.history(one)) == len(store.history(two)) == len(done) > 0


def test_a_command_of_two_megabytes_is_stored_whole(pool: Pool) -> None:
    store, stream = trial.store(pool), new_stream()
    texts = [f"{n:05}" + "工" * 3_300 for n in range(210)]
    done = store.decide(stamp(), giving(stream, *(Noted(text=text) for text in texts)))
    assert store.load(trial.Trial, stream).texts == tuple(texts)
    assert done.position == len(texts)


def test_a_command_of_more_than_eight_megabytes_is_refused_with_a_sentence(pool: Pool) -> None:
    store, stream = trial.store(pool), new_stream()
    with pytest.raises(Refused, match="9MB") as refused:
        store.decide(stamp(), giving(stream, *[Noted(text="a" * 2**20)] * 8))
    assert refused.value.rule == "L-01"
    assert store.history(stream) == []
