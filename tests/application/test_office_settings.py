"""Dated settings and the calendar of the place."""

from datetime import date

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


def test_an_unknown_or_negative_setting_is_refused(database: Database) -> None:
    office = OfficeSettings(database.pools.writer)
    with pytest.raises(Refused, match="O-01"):
        office.set_value("moon_phase", NEW_YEAR, 1, by="staff-1")
    with pytest.raises(Refused, match="O-01"):
        office.set_value("notice_days", NEW_YEAR, -1, by="staff-1")
