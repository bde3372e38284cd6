"""Rooms by station and number, and the free hours of a day at their boundaries (F-55)."""

import pytest

from domain.dispute.rooms import Hours, free, number_of, rooms


def test_rooms_are_named_by_their_station_so_that_no_two_stations_share_one() -> None:
    assert rooms("station-a", 2) == ["station-a/room-1", "station-a/room-2"]
    assert not set(rooms("station-a", 2)) & set(rooms("station-b", 2))
    assert number_of("station-a/room-2") == "2"
    assert number_of("三楼会议室") == "三楼会议室"


@pytest.mark.parametrize(
    ("booked", "left"),
    [
        ([], [("08:30", "17:30")]),
        ([("08:30", "09:30")], [("09:30", "17:30")]),
        ([("16:30", "17:30")], [("08:30", "16:30")]),
        ([("10:00", "11:00"), ("09:00", "10:00")], [("08:30", "09:00"), ("11:00", "17:30")]),
        ([("09:00", "12:00"), ("10:00", "11:00")], [("08:30", "09:00"), ("12:00", "17:30")]),
        ([("07:00", "08:45")], [("08:45", "17:30")]),
        ([("17:00", "19:00")], [("08:30", "17:00")]),
        ([("18:00", "19:00")], [("08:30", "17:30")]),
        ([("08:00", "18:00")], []),
    ],
)
def test_what_no_booking_takes_is_free(
    booked: list[tuple[str, str]], left: list[tuple[str, str]]
) -> None:
    assert free(Hours(*one) for one in booked) == left
