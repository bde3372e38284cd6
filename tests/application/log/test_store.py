"""What every store does: one set of sentences, held against memory and against PostgreSQL."""

from datetime import date, timedelta

import pytest

from application.log.store import PostgresStore
from application.store import Clash, Done, History, Unavailable, Who, chunked
from domain.kernel import Aggregate, Event, Recorded, Refused, Sealed
from domain.money import Fen
from tests.application.log import trial
from tests.application.log.trial import (
    ME,
    THEY,
    TODAY,
    Closed,
    FactVoided,
    Noted,
    PaymentRecorded,
    PaymentReversed,
    Registered,
    Reopened,
    SessionCancelled,
    SessionPostponed,
    SessionScheduled,
    Trial,
    giving,
    new_stream,
    noting,
    part,
    source,
    stamp,
)
from tests.database import Database
from tests.memory import MemoryStore

AnyStore = MemoryStore | PostgresStore


@pytest.fixture(params=["memory", "postgres"])
def store(request: pytest.FixtureRequest) -> AnyStore:
    if request.param == "memory":
        return MemoryStore(TODAY, allow=lambda *_: None)
    database: Database = request.getfixturevalue("database")
    return trial.store(database.pools.writer)


def texts(store: AnyStore, stream: str) -> tuple[str, ...]:
    return store.load(Trial, stream).texts


def refusal(store: AnyStore, *facts: Event) -> Refused:
    with pytest.raises(Refused) as refused:
        store.decide(stamp(), giving(new_stream(), *facts))
    return refused.value


def registering(store: AnyStore, person: str = "person-1", county: str = "440784") -> list[Event]:
    number = store.next_serial(county, 2026, "seeker")
    return [Registered(person=person, case_no=f"JS-{county}-2026-{number:06}", serial=number)]


def session(nth: int, from_at: str, to_at: str, *, mediator: str = "staff-li") -> SessionScheduled:
    return SessionScheduled(
        session=nth, mediator=mediator, room="room-1", on=TODAY, from_at=from_at, to_at=to_at
    )


class TestDeciding:
    def test_a_stream_that_nobody_wrote_is_version_0(self, store: AnyStore) -> None:
        assert store.load(Trial, "trial-unknown").version == 0

    def test_facts_come_back_with_who_and_when(self, store: AnyStore) -> None:
        stream, asked = new_stream(), stamp(on=TODAY - timedelta(days=3))
        done = store.decide(asked, part(stream, lambda case: case.note("来访", 800_000)))
        (recorded,) = store.history(stream)
        assert isinstance(recorded, Recorded)
        assert done == Done(recorded.position, (stream,))
        assert (recorded.version, recorded.command_id) == (1, asked.command_id)
        assert (recorded.actor, recorded.station) == (ME.account, ME.station)
        assert recorded.occurred_on == TODAY - timedelta(days=3)
        assert recorded.event == Noted(text="来访", amount=Fen(800_000))
        assert len(recorded.event_id) == 36

    def test_a_fact_says_whether_its_command_goes_on_in_its_stream(self, store: AnyStore) -> None:
        one, two = new_stream(), new_stream()
        many = part(one, lambda _: [Noted(text=text) for text in ("a", "b", "c")])
        store.decide(stamp(), many, noting(two, "d"))
        store.decide(stamp(), noting(one, "e"))
        assert [recorded.more for recorded in store.history(one)] == [True, True, False, False]
        assert [recorded.more for recorded in store.history(two)] == [False]

    def test_all_streams_of_a_command_are_written_or_none(self, store: AnyStore) -> None:
        one, two = new_stream(), new_stream()
        done = store.decide(stamp(), noting(one, "a"), noting(two, "b"))
        assert done.streams == (one, two)

        def refuse(_: Aggregate) -> list[Event]:
            raise Refused(rule="X-01", text="no")

        with pytest.raises(Refused):
            store.decide(stamp(), noting(one, "c"), part(two, refuse))
        assert (texts(store, one), texts(store, two)) == (("a",), ("b",))

    def test_a_second_part_on_the_same_stream_sees_the_first(self, store: AnyStore) -> None:
        stream = new_stream()
        store.decide(
            stamp(),
            noting(stream, "a"),
            part(stream, lambda case: [*case.note("b"), *case.note(str(case.version))]),
        )
        assert texts(store, stream) == ("a", "b", "1")

    def test_nothing_to_append_is_position_0(self, store: AnyStore) -> None:
        assert store.decide(stamp(), giving(new_stream())) == Done(0)

    def test_the_right_is_asked_with_the_case_and_its_stream(self) -> None:
        asked: list[tuple[object, ...]] = []
        memory = MemoryStore(TODAY, allow=lambda *words: asked.append(words))
        memory.decide(stamp(), part("trial-1", lambda case: case.note("a"), "seeker.edit"))
        assert asked[0][:2] == (ME, "seeker.edit")
        assert asked[0][3] == "trial-1"

    def test_a_known_command_has_one_effect_and_one_answer(self, store: AnyStore) -> None:
        stream, asked = new_stream(), stamp()
        first = store.decide(asked, noting(stream, "a"))
        assert store.decide(asked, noting(stream, "a")) == first
        assert texts(store, stream) == ("a",)

    def test_a_known_command_is_answered_though_its_decision_refuses_now(
        self, store: AnyStore
    ) -> None:
        stream, asked = new_stream(), stamp()

        def once(case: Trial) -> list[Event]:
            if case.version:
                raise Refused(rule="X-01", text="no")
            return case.note("a")

        first = store.decide(asked, part(stream, once))
        assert store.decide(asked, part(stream, once)) == first
        with pytest.raises(Refused):
            store.decide(stamp(THEY, command=asked.command_id), part(stream, once))

    def test_a_conflict_is_decided_again_on_what_the_others_wrote(self, store: AnyStore) -> None:
        stream = new_stream()
        times = iter(range(9))

        def slow(case: Trial) -> list[Event]:
            if next(times) < 3:
                store.decide(stamp(THEY), noting(stream, "theirs"))
            return case.note(f"mine after {case.version}")

        store.decide(stamp(), part(stream, slow))
        assert texts(store, stream) == ("theirs", "theirs", "theirs", "mine after 3")

    def test_after_the_third_conflict_the_facts_of_the_others_are_shown(
        self, store: AnyStore
    ) -> None:
        stream = new_stream()

        def overtaken(case: Trial) -> list[Event]:
            store.decide(stamp(THEY), noting(stream, f"theirs {case.version}"))
            return case.note("mine")

        with pytest.raises(Clash) as clash:
            store.decide(stamp(), part(stream, overtaken))
        assert [r.actor for r in clash.value.facts] == [THEY.account] * 4
        assert texts(store, stream) == ("theirs 0", "theirs 1", "theirs 2", "theirs 3")


class TestTheDay:
    def test_tomorrow_is_refused(self, store: AnyStore) -> None:
        with pytest.raises(Refused, match="S-19"):
            store.decide(stamp(on=TODAY + timedelta(days=1)), noting(new_stream(), "a"))

    @pytest.mark.parametrize(("days", "passes"), [(30, True), (31, False)])
    def test_a_day_before_the_case_passes_within_the_setting(
        self, store: AnyStore, days: int, passes: bool
    ) -> None:
        stream = new_stream()
        store.decide(stamp(), noting(stream, "a"))
        early = stamp(on=TODAY - timedelta(days=days))
        if passes:
            store.decide(early, noting(stream, "b"))
        else:
            with pytest.raises(Refused, match="S-19"):
                store.decide(early, noting(stream, "b"))

    def test_a_reason_lets_it_pass_and_stands_in_the_fact(self, store: AnyStore) -> None:
        stream = new_stream()
        store.decide(stamp(), noting(stream, "a"))
        store.decide(
            stamp(on=date(2026, 1, 1), override="补录"), noting(stream, "b"), giving(new_stream())
        )
        plain, passed = (recorded.event for recorded in store.history(stream))
        assert plain.override is None
        assert passed.override is not None
        assert passed.override.rule == "S-19"
        assert isinstance(passed.override.reason, Sealed)

    def test_a_reason_takes_the_right_to_override(self) -> None:
        memory = MemoryStore(TODAY)
        memory.decide(stamp(), noting("trial-1", "a"))
        with pytest.raises(Refused, match="P-05"):
            memory.decide(stamp(THEY, date(2026, 1, 1), override="补录"), noting("trial-1", "b"))


class TestNumbers:
    def test_numbers_have_no_gaps_when_a_command_is_refused(self, store: AnyStore) -> None:
        store.decide(stamp(), part(new_stream(), lambda _: registering(store, "person-1")))
        with pytest.raises(Refused, match="S-02"):
            store.decide(stamp(), part(new_stream(), lambda _: registering(store, "person-1")))
        stream = new_stream()
        store.decide(stamp(), part(stream, lambda _: registering(store, "person-2")))
        (recorded,) = store.history(stream)
        assert isinstance(recorded.event, Registered)
        assert recorded.event.case_no == "JS-440784-2026-000002"

    def test_a_number_taken_meanwhile_is_read_again(self, store: AnyStore) -> None:
        people = (f"person-{n}" for n in range(30))
        stream = new_stream()

        def overtaken(_: Trial) -> list[Event]:
            facts = registering(store, "person-mine")
            if (person := next(people)) != "person-15":
                store.decide(stamp(), part(new_stream(), lambda _: registering(store, person)))
            return facts

        store.decide(stamp(), part(stream, overtaken))
        (recorded,) = store.history(stream)
        assert isinstance(recorded.event, Registered)
        assert recorded.event.serial == 16

    def test_after_twenty_moves_it_gives_up(self, store: AnyStore) -> None:
        people = (f"person-{n}" for n in range(30))

        def overtaken(_: Trial) -> list[Event]:
            facts = registering(store, "person-mine")
            person = next(people)
            store.decide(stamp(), part(new_stream(), lambda _: registering(store, person)))
            return facts

        with pytest.raises(Unavailable):
            store.decide(stamp(), part(new_stream(), overtaken))
        assert next(people) == "person-21"

    def test_a_number_that_was_not_asked_for_is_a_mistake_of_the_program(
        self, store: AnyStore
    ) -> None:
        fact = Registered(person="person-1", case_no="JS-440784-2026-000001", serial=1)
        with pytest.raises(LookupError, match="next_serial"):
            store.decide(stamp(), giving(new_stream(), fact))


class TestOneOpenCase:
    def test_a_second_case_opens_after_the_first_is_closed(self, store: AnyStore) -> None:
        first, second = new_stream(), new_stream()
        store.decide(stamp(), part(first, lambda _: registering(store)))
        with pytest.raises(Refused, match="S-02"):
            store.decide(stamp(), part(second, lambda _: registering(store)))
        store.decide(stamp(), giving(first, Closed()))
        store.decide(stamp(), part(second, lambda _: registering(store)))
        with pytest.raises(Refused, match="S-02"):
            store.decide(stamp(), giving(first, Reopened()))

    def test_a_voided_closure_takes_the_row_again(self, store: AnyStore) -> None:
        first = new_stream()
        store.decide(stamp(), part(first, lambda _: registering(store)))
        store.decide(stamp(), giving(first, Closed()))
        store.decide(stamp(), giving(first, FactVoided(version=2)))
        with pytest.raises(Refused, match="S-02"):
            store.decide(stamp(), part(new_stream(), lambda _: registering(store)))


class TestVouchers:
    def test_a_voucher_stands_for_one_payment(self, store: AnyStore) -> None:
        paid = PaymentRecorded(payment=1, payer="employer-1", voucher_no="2026-018")
        store.decide(stamp(), giving(new_stream(), paid))
        refused = refusal(store, paid)
        assert (refused.rule, refused.field) == ("D-07", "voucher_no")
        other = PaymentRecorded(payment=1, payer="employer-2", voucher_no="2026-018")
        store.decide(stamp(), giving(new_stream(), other))

    def test_a_reversal_gives_the_voucher_back(self, store: AnyStore) -> None:
        stream = new_stream()
        paid = PaymentRecorded(payment=1, payer="employer-1", voucher_no="2026-018")
        store.decide(stamp(), giving(stream, paid))
        again = PaymentRecorded(payment=2, payer="employer-1", voucher_no="2026-018")
        store.decide(stamp(), giving(stream, PaymentReversed(payment=1), again))
        assert refusal(store, paid).rule == "D-07"


class TestBookings:
    @pytest.mark.parametrize(
        ("from_at", "to_at", "free"),
        [("10:00", "11:00", True), ("09:59", "10:30", False), ("08:00", "09:00", True)],
    )
    def test_a_mediator_is_in_one_place_at_a_time(
        self, store: AnyStore, from_at: str, to_at: str, free: bool
    ) -> None:
        store.decide(stamp(), giving(new_stream(), session(1, "09:00", "10:00")))
        if free:
            store.decide(stamp(), giving(new_stream(), session(1, from_at, to_at)))
        else:
            assert refusal(store, session(1, from_at, to_at)).rule == "D-21"

    def test_a_room_is_booked_whoever_mediates(self, store: AnyStore) -> None:
        store.decide(stamp(), giving(new_stream(), session(1, "09:00", "10:00")))
        other = session(1, "09:30", "10:00", mediator="staff-zhao")
        assert refusal(store, other).field == "on"

    def test_a_postponed_session_may_overlap_its_own_old_time(self, store: AnyStore) -> None:
        stream = new_stream()
        store.decide(stamp(), giving(stream, session(1, "09:00", "10:00")))
        later = SessionPostponed(session=1, room="room-1", on=TODAY, from_at="09:30", to_at="10:30")
        store.decide(stamp(), giving(stream, later))
        store.decide(stamp(), giving(new_stream(), session(1, "09:00", "09:30")))
        assert refusal(store, session(1, "10:00", "11:00")).rule == "D-21"

    def test_a_cancelled_session_gives_its_time_back(self, store: AnyStore) -> None:
        stream = new_stream()
        store.decide(stamp(), giving(stream, session(1, "09:00", "10:00")))
        store.decide(stamp(), giving(stream, SessionCancelled(session=1)))
        store.decide(stamp(), giving(new_stream(), session(1, "09:00", "10:00")))


class TestImports:
    def test_a_chunk_sent_twice_is_answered_and_adds_nothing(self, store: AnyStore) -> None:
        rows = [History(new_stream(), [(Noted(text="a", source=source("r1")), date(1999, 1, 1))])]
        first = store.append_history(ME, "batch", 1, rows)
        second = store.append_history(ME, "batch", 1, rows)
        assert (first.skipped, second.skipped) == ((), ("r1",))
        (recorded,) = store.history(rows[0].stream)
        assert recorded.occurred_on == date(1999, 1, 1)
        assert first == Done(recorded.position, (rows[0].stream,))

    def test_other_chunks_of_the_same_rows_add_only_what_is_new(self, store: AnyStore) -> None:
        def row(identity: str, stream: str) -> History:
            facts = [(Noted(text=t, source=source(identity)), TODAY) for t in ("a", "b")]
            return History(stream, facts)

        person, one, two = new_stream(), new_stream(), new_stream()
        store.append_history(ME, "batch", 1, [row("r1", one), row("r1", person)])
        done = store.append_history(ME, "again", 1, [row("r1", one), row("r2", two)])
        assert (done.skipped, done.streams) == (("r1",), (two,))
        assert [len(store.history(s)) for s in (one, person, two)] == [2, 2, 2]
        assert [recorded.more for recorded in store.history(one)] == [True, False]

    def test_a_stream_that_exists_goes_on_where_it_ends(self, store: AnyStore) -> None:
        stream = new_stream()
        store.decide(stamp(), noting(stream, "a"))
        fact = Noted(text="b", source=source("r1"))
        store.append_history(ME, "batch", 1, [History(stream, [(fact, TODAY)])])
        assert texts(store, stream) == ("a", "b")

    def test_imports_stand_outside_vouchers_and_take_only_a_free_case(
        self, store: AnyStore
    ) -> None:
        paid = PaymentRecorded(payment=1, payer="e", voucher_no="1", source=source("r1"))
        old = Registered(person="p", case_no="JS-440784-2026-000009", serial=9, source=source("r2"))
        twin = Registered(person="p", case_no="A/12", serial=0, source=source("r3"))
        rows = [History(new_stream(), [(fact, TODAY)]) for fact in (paid, old, twin)]
        store.append_history(ME, "batch", 1, rows)
        store.decide(
            stamp(), giving(new_stream(), PaymentRecorded(payment=1, payer="e", voucher_no="1"))
        )
        assert store.next_serial("440784", 2026, "seeker") == 10
        with pytest.raises(Refused, match="S-02"):
            store.decide(stamp(), part(new_stream(), lambda _: registering(store, "p")))


def test_a_register_is_cut_by_streams_and_by_bytes() -> None:
    def rows(count: int, text: str) -> list[History]:
        return [History(new_stream(), [(Noted(text=text), TODAY)]) for _ in range(count)]

    assert [len(chunk) for chunk in chunked(rows(0, "a"))] == []
    assert [len(chunk) for chunk in chunked(rows(2, "a" * 200_000))] == [1, 1]
    assert sum(len(chunk) for chunk in chunked(rows(2_500, ""))) == 2_500
    assert max(len(chunk) for chunk in chunked(rows(2_500, ""))) <= 1_000


def test_an_import_takes_the_right() -> None:
    clerk = Who("staff-li", "station-qiaonan", frozenset({"caseworker"}))
    with pytest.raises(Refused, match="P-05"):
        MemoryStore(TODAY).append_history(clerk, "batch", 1, [])
