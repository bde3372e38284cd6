"""Dated settings and the calendar of the place."""

from datetime import UTC, date, datetime

import psycopg
import pytest

from application.office_settings import OfficeSettings
from domain.calendar import Unit
from domain.kernel import Refused
from tests.database import Database

NEW_YEAR = date(2027, 1, 1)


def test_the_shipped_calendar_is_entered_once(database: Database) -> None:
    office = OfficeSettings(database.pools.writer)
    office.seed()
    version = office.calendar().version
    office.seed()
    assert OfficeSettings(database.pools.writer).calendar().version == version
    assert office.calendar().years == {2023, 2024, 2025, 2026}


def test_a_year_that_is_entered_makes_its_deadlines_certain(database: Database) -> None:
    office = OfficeSettings(database.pools.writer)
    office.seed()
    before = office.calendar().due(date(2026, 12, 31), 1, Unit.WORKING)
    assert (before.on, before.provisional) == (NEW_YEAR, True)
    office.enter_year(2027, {NEW_YEAR: False, date(2027, 1, 2): False}, by="staff-1")
    after = office.calendar().due(date(2026, 12, 31), 1, Unit.WORKING)
    assert (after.on, after.provisional) == (date(2027, 1, 4), False)


@pytest.mark.parametrize("days", [{date(2028, 1, 1): False}, {NEW_YEAR: True}])
def test_a_year_that_cannot_be_meant_is_refused(database: Database, days: dict[date, bool]) -> None:
    office = OfficeSettings(database.pools.writer)
    with pytest.raises(Refused, match="O-02"):
        office.enter_year(2027, days, by="staff-1")
    assert office.calendar().years == frozenset()


def test_a_setting_holds_from_its_day(database: Database) -> None:
    office = OfficeSettings(database.pools.writer)
    office.set_value("notice_days", date(2026, 7, 1), 5, by="staff-1")
    settings = OfficeSettings(database.pools.writer).settings()
    assert settings.value("notice_days", date(2026, 6, 30)) == 7
    assert settings.value("notice_days", date(2026, 7, 1)) == 5


def test_a_later_entry_for_the_day_supersedes_and_the_earlier_stays(database: Database) -> None:
    office, day = OfficeSettings(database.pools.writer), date(2026, 7, 1)
    for moment, value in (
        (datetime(2026, 6, 1, tzinfo=UTC), 5),
        (datetime(2026, 6, 9, tzinfo=UTC), 9),
    ):
        with psycopg.connect(database.access.owner, autocommit=True) as owner:
            owner.execute("SELECT log.set_clock(%s)", [moment])
        office.set_value("notice_days", day, value, by=f"staff-{value}")
    again = OfficeSettings(database.pools.writer)
    assert again.settings().value("notice_days", day) == 9
    assert again.settings(date(2026, 6, 8)).value("notice_days", day) == 5
    assert again.settings(date(2026, 5, 31)).value("notice_days", day) == 7
    assert [(one.dated.value, one.entered_by, one.superseded) for one in again.history()] == [
        (9, "staff-9", False),
        (5, "staff-5", True),
    ]
    preview = again.with_value("notice_days", day, 9)
    assert preview.mark(day) == again.settings().mark(day)


def test_an_unknown_or_negative_setting_is_refused(database: Database) -> None:
    office = OfficeSettings(database.pools.writer)
    with pytest.raises(Refused, match="O-01"):
        office.set_value("moon_phase", NEW_YEAR, 1, by="staff-1")
    with pytest.raises(Refused, match="O-01"):
        office.set_value("notice_days", NEW_YEAR, -1, by="staff-1")
