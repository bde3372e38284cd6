"""The read log as auditors read it: how long something was looked at (F-67)."""

from datetime import UTC, datetime, timedelta

import psycopg

from application.people.read_list import ReadList, Wanted
from application.people.reads import ReadLog
from application.store import Who
from tests.database import Database

NINE = datetime(2026, 3, 2, 1, tzinfo=UTC)
DESK, OTHER = (Who(f"staff-{n}", "station-1", frozenset({"caseworker"})) for n in (1, 2))


def test_a_look_lasts_until_the_next_one_of_the_same_account(database: Database) -> None:
    log = ReadLog(database.pools.writer)
    for who, stream, minutes in (
        (DESK, "seeker-1", 0),
        (OTHER, "seeker-1", 1),
        (DESK, "seeker-2", 4),
        (DESK, "seeker-3", 40),
    ):
        with psycopg.connect(database.access.owner, autocommit=True) as owner:
            owner.execute("SELECT log.set_clock(%s)", [NINE + timedelta(minutes=minutes)])
        log.write("view", who, stream=stream, field_class="case")
    rows = ReadList(database.pools.reader).page(Wanted())
    assert [(row.who, row.stream, row.lasted) for row in rows] == [
        ("staff-1", "seeker-3", None),
        ("staff-1", "seeker-2", None),  # half an hour later nobody looks any more
        ("staff-2", "seeker-1", None),
        ("staff-1", "seeker-1", timedelta(minutes=4)),
    ]
