"""The calendar of rooms and mediators: what it shows, who may see it, and booking from a case."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from domain.dispute.rooms import rooms
from projections.sessions import Booking
from tests.web.dispute_office import Office, words

STATION = "station-hc"


class Sessions:
    """Bookings kept in a list."""

    def __init__(self, *rows: Booking) -> None:
        self.rows = rows
        self.asked: list[tuple[Sequence[str], date, date, int | None]] = []

    def between(
        self, stations: Sequence[str], first: date, last: date, *, position: int | None = None
    ) -> Sequence[Any]:
        self.asked.append((stations, first, last, position))
        return [r for r in self.rows if first <= r.held_on <= last]


def booking(standing: str, room: str, from_at: str, to_at: str) -> Booking:
    return Booking(
        "dispute-1", 1, "鹤劳调〔2026〕0001号", STATION, "staff-mediator", room,
        date(2026, 1, 28), from_at, to_at, standing,
    )  # fmt: skip


def site(*found: Booking) -> tuple[Office, Sessions]:
    office, sessions = Office(), Sessions(*found)
    office.parts.extra["sessions"] = sessions  # type: ignore[index]  # a dict in tests
    return office, sessions


def test_the_week_shows_what_is_booked_and_what_is_free() -> None:
    office, _ = site(booking("scheduled", rooms(STATION, 1)[0], "09:00", "10:30"))
    page = words(office.browser().get("/sessions"))
    assert "09:00–10:30 鹤劳调〔2026〕0001号" in page
    assert "空 08:30–09:00 10:30–17:30" in page
    assert "1 号调解室" in page
    assert "2 号调解室" in page
    assert "全天空" in page
    assert "休息日" in page


def test_a_cancelled_session_takes_no_hours_and_stays_in_the_list() -> None:
    office, _ = site(booking("cancelled", rooms(STATION, 1)[0], "09:00", "10:30"))
    page = words(office.browser().get("/sessions"))
    assert "已取消" in page
    assert "10:30–17:30" not in page


def test_another_week_is_asked_by_its_monday() -> None:
    office, sessions = site()
    page = words(office.browser().get("/sessions?day=2026-02-05"))
    assert "这一周还没有约调解" in page
    assert sessions.asked[-1][1:3] == (date(2026, 2, 2), date(2026, 2, 8))


def test_a_day_that_is_none_is_said() -> None:
    office, _ = site()
    assert office.browser().get("/sessions?day=tomorrow").status_code == 409


def test_an_admin_reads_no_cases_and_no_bookings() -> None:
    office, _ = site()
    assert office.browser("admin").get("/sessions").status_code == 403
