"""The calendar of bookings: what stands in it after each fact, now and as of a position."""

from datetime import date

from domain.dispute import facts
from domain.dispute.rooms import rooms
from projections.sessions import SESSIONS, SessionsReader
from tests.database import Database
from tests.domain.dispute import cases
from tests.projections.played import on_the_wall, tell
from tests.projections.trial import FakeLog, dump
from tests.stories import MEDIATOR, STATION, Play

MONDAY, SUNDAY = date(2026, 3, 9), date(2026, 3, 15)
ROOM = rooms(STATION, 1)[0]


def booked() -> Play:
    play = cases.assigned().on(3, 4)
    play.record(
        play.case.schedule_session(
            mediator=MEDIATOR,
            on=date(2026, 3, 10),
            from_at="09:00",
            to_at="10:00",
            place="x",
            room=ROOM,
        )
    )
    return play


def postponed() -> Play:
    play = booked().on(3, 5)
    return play.record(
        play.case.postpone_session(
            session=1, on=date(2026, 3, 12), from_at="14:00", to_at="15:00", reason="x", room=ROOM
        )
    )


def test_a_session_stands_with_its_room_hours_and_mediator(database: Database) -> None:
    log = FakeLog()
    tell(log, "dispute-1", booked().history)
    on_the_wall(database, log)
    (one,) = SessionsReader(database.pools.reader).between([STATION], MONDAY, SUNDAY)
    assert (one.room, one.mediator, one.from_at, one.to_at) == (ROOM, MEDIATOR, "09:00", "10:00")
    assert (one.held_on, one.standing) == (date(2026, 3, 10), "scheduled")
    reader = SessionsReader(database.pools.reader)
    assert reader.between(["station-elsewhere"], MONDAY, SUNDAY) == []
    assert reader.between([STATION], date(2026, 3, 11), SUNDAY) == []


def test_a_postponed_session_moves_and_stays_readable_as_it_was(database: Database) -> None:
    log = FakeLog()
    play = postponed()
    tell(log, "dispute-1", play.history)
    made = on_the_wall(database, log)
    reader = SessionsReader(database.pools.reader)
    (now,) = reader.between([STATION], MONDAY, SUNDAY)
    assert (now.held_on, now.from_at) == (date(2026, 3, 12), "14:00")
    before = len(play.history) - 1
    (then,) = reader.between([STATION], MONDAY, SUNDAY, position=before)
    assert (then.held_on, then.from_at) == (date(2026, 3, 10), "09:00")
    assert made.health().parked == ()


def test_a_cancelled_and_a_voided_session_give_their_hours_back(database: Database) -> None:
    cancelled, voided = booked().on(3, 6), booked().on(3, 6)
    cancelled.record(cancelled.case.cancel_session(session=1, reason="scheduled_in_error"))
    version = next(
        n
        for n, (fact, _) in enumerate(voided.history, 1)
        if isinstance(fact, facts.SessionScheduled)
    )
    voided.record(voided.case.void_fact(version=version, reason="x", occurred_on=voided.day))
    log = FakeLog()
    tell(log, "dispute-1", cancelled.history)
    tell(log, "dispute-2", voided.history)
    on_the_wall(database, log)
    (one,) = SessionsReader(database.pools.reader).between([STATION], MONDAY, SUNDAY)
    assert (one.case_id, one.standing) == ("dispute-1", "cancelled")
    assert dump(database.pools.projector, (SESSIONS,))
