"""Days and months as they are typed and shown: ISO, read leniently, never guessed."""

import re
from datetime import date, datetime

from domain.calendar import CHINA
from domain.kernel import N_, Refused

WEEKDAYS = (
    N_("周一"),
    N_("周二"),
    N_("周三"),
    N_("周四"),
    N_("周五"),
    N_("周六"),
    N_("周日"),
)
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_TIME = re.compile(r"(\d{1,2})(?:[:：](\d{2})|[点时](?:(\d{1,2})分?|(半))?)?")
_LAST_HOUR, _MINUTES = 24, 60
_MONTH = re.compile(r"(\d{4})[-/.年](\d{1,2})月?")


def day(text: str, *, field: str) -> date:
    """Read a day: 2026-03-02, 2026/3/2 or 2026年3月2日 (S-19)."""
    found = _DAY.fullmatch(text.strip())
    try:
        if found:
            return date(*(int(part) for part in found.groups()))
    except ValueError:  # a day that the calendar does not have
        found = None
    raise Refused(
        rule="S-19",
        text=N_("“{typed}”不是日期：请按 2026-03-02 的样子填写。"),
        field=field,
        typed=text,
    )


def month(text: str, *, field: str) -> date:
    """Read a month as its first day: 2026-03, 2026年3月 (S-19)."""
    found = _MONTH.fullmatch(text.strip())
    if found and 1 <= int(found[2]) <= 12:
        return date(int(found[1]), int(found[2]), 1)
    raise Refused(
        rule="S-19",
        text=N_("“{typed}”不是月份：请按 2026-03 的样子填写。"),
        field=field,
        typed=text,
    )


def time(text: str, *, field: str) -> str:
    """Read a time of day as HH:MM: 8:30, 08：30, 8点半, or a bare hour (F-00)."""
    found = _TIME.fullmatch(text.strip())
    if found:
        hour, minute = int(found[1]), 30 if found[4] else int(found[2] or found[3] or 0)
        if hour * _MINUTES + minute <= _LAST_HOUR * _MINUTES and minute < _MINUTES:
            return f"{hour:02d}:{minute:02d}"
    raise Refused(
        rule="F-00",
        text=N_("“{typed}”不是时间：请按 08:30 的样子填写。"),
        field=field,
        typed=text,
    )


def local(moment: datetime) -> datetime:
    """Give a moment in the time of the office."""
    return moment.astimezone(CHINA)


def clock(moment: datetime) -> str:
    """Write the time of day of a moment: 14:03."""
    return local(moment).strftime("%H:%M")


def minute(moment: datetime) -> str:
    """Write a moment to the minute: 2026-04-16 14:03."""
    return local(moment).strftime("%Y-%m-%d %H:%M")


def days_late(occurred_on: date, recorded_at: datetime) -> int:
    """Count the days between a fact and its record 补录; 0 on the same day."""
    return (local(recorded_at).date() - occurred_on).days
