"""Mediation rooms of a station, and the hours between bookings that are free (F-55).

A room is named by its station and its number, so that no two stations share one in the guard.
"""

from collections.abc import Iterable
from typing import NamedTuple

MARK = "/room-"
OPENS, CLOSES = "08:30", "17:30"  # the office's day; hours are HH:MM, which sort as text


class Hours(NamedTuple):
    """From one time to another, HH:MM."""

    from_at: str
    to_at: str


def rooms(station: str, count: int) -> list[str]:
    """Name the rooms of a station (setting `mediation_rooms`)."""
    return [f"{station}{MARK}{number}" for number in range(1, count + 1)]


def number_of(room: str) -> str:
    """Give the number of a room; what is none of ours stays as it was written."""
    return room.rpartition(MARK)[2]


def free(booked: Iterable[Hours], *, opens: str = OPENS, closes: str = CLOSES) -> list[Hours]:
    """Give the hours of a day that no booking takes."""
    found: list[Hours] = []
    since = opens
    for one in sorted(booked):
        if one.from_at > since:
            found.append(Hours(since, min(one.from_at, closes)))
        since = max(since, one.to_at)
        if since >= closes:
            return [hours for hours in found if hours.from_at < hours.to_at]
    return [hours for hours in (*found, Hours(since, closes)) if hours.from_at < hours.to_at]
