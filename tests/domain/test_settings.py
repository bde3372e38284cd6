"""Dated settings: the value of a day, and the mark of what limits and alarms are reckoned by."""

from datetime import date

from domain.codes_settings import SETTINGS
from domain.settings import DEFAULTS, Dated, Settings

MAY = date(2026, 5, 1)


def test_a_value_holds_from_its_day_on_and_a_later_entry_for_the_day_replaces_it() -> None:
    held = Settings([Dated("grace_days", MAY, 3)])
    assert [held.value("grace_days", date(2026, d, 1)) for d in (4, 5)] == [0, 3]
    assert held.entered(Dated("grace_days", MAY, 5)).value("grace_days", MAY) == 5
    assert held.value("grace_days", MAY) == 3


def test_the_mark_changes_with_what_limits_are_reckoned_by_whenever_it_holds() -> None:
    delivered = Settings().mark(MAY)
    assert delivered == ""
    later = Settings([Dated("grace_days", date(2027, 1, 1), 3)])
    assert later.mark(MAY) not in {"", later.entered(Dated("grace_days", MAY, 1)).mark(MAY)}
    assert Settings([Dated("back_days", MAY, 3)]).mark(MAY) == ""


def test_the_mark_changes_with_an_alarm_on_the_day_it_holds_from() -> None:
    held = Settings([Dated("emergency_workers", MAY, 20)])
    assert held.mark(date(2026, 4, 30)) == ""
    assert held.mark(MAY) != ""


def test_every_setting_is_named_in_both_languages() -> None:
    assert list(SETTINGS) == list(DEFAULTS)
    assert all(one.zh and one.en for one in SETTINGS.values())
