"""Opening hours 开放时间 as they stand on the door: read where they follow the usual writing.

"周一至周五 08:30-12:00，14:00-17:30；周六 09:00-12:00" is what S3 asks a station to publish. What
is written otherwise is shown as it is, and nobody says whether the place is open now.
"""

import re
from datetime import datetime, time
from typing import NamedTuple

from domain.calendar import WorkCalendar

_DAYS = "一二三四五六日天"
_SPAN = re.compile(r"(\d{1,2}):(\d{2})\s*[-—–~至]\s*(\d{1,2}):(\d{2})")
_RANGE = re.compile(rf"(?:周|星期)([{_DAYS}])\s*[至到\-—–~]\s*(?:周|星期)?([{_DAYS}])")
_ONE = re.compile(rf"(?:周|星期)([{_DAYS}]+(?:、[{_DAYS}])*)")
_EVERY = ("每天", "每日", "天天", "全周")
_WORKING = ("工作日",)
_ALWAYS = ("24小时", "全天")


class Slot(NamedTuple):
    """One span of a weekday (0 Monday); `working` follows the calendar, not the week."""

    weekday: int
    start: time
    end: time
    working: bool = False


class Hours(NamedTuple):
    """The week of a place."""

    slots: tuple[Slot, ...]

    def open_at(self, moment: datetime, calendar: WorkCalendar) -> bool:
        """Say whether it is open; on a public holiday what opens on working days stays closed."""
        day, now = moment.date(), moment.time()
        for slot in self.slots:
            on = calendar.is_working(day) if slot.working else slot.weekday == day.weekday()
            if on and slot.start <= now < slot.end:
                return True
        return False


def read_hours(text: str) -> Hours | None:
    """Read a text; None where it does not follow the usual writing."""
    slots: list[Slot] = []
    for part in re.split(r"[；;。\n]", _plain(text)):
        if not part.strip():
            continue
        read = _part(part)
        if read is None:
            return None
        slots += read
    return Hours(tuple(dict.fromkeys(slots))) if slots else None


def _plain(text: str) -> str:
    """Write digits, colons and brackets one way."""
    for odd, plain in (("：", ":"), ("（", "("), ("）", ")"), ("－", "-"), ("～", "~")):
        text = text.replace(odd, plain)
    return re.sub(r"\([^)]*\)", "", text)


def _part(text: str) -> list[Slot] | None:
    """Read the days and the spans of one part."""
    spans = [_span(*found.groups()) for found in _SPAN.finditer(text)]
    if not spans and any(word in text for word in _ALWAYS):
        spans = [(time(0), time.max)]
    days, working = _weekdays(text)
    if not spans or None in spans or not days:
        return None
    return [Slot(day, *span, working) for day in days for span in spans if span]


def _span(hour: str, minute: str, to_hour: str, to_minute: str) -> tuple[time, time] | None:
    """Give a span of one day; None for a time that no clock shows, or an end before the start."""
    try:
        start = time(int(hour), int(minute))
        end = time.max if to_hour == "24" else time(int(to_hour), int(to_minute))
    except ValueError:
        return None
    return (start, end) if start < end else None


def _weekdays(text: str) -> tuple[list[int], bool]:
    """Give the weekdays a part names; Monday to Friday and 工作日 follow the working calendar."""
    if any(word in text for word in _WORKING):
        return list(range(5)), True
    if any(word in text for word in _EVERY):
        return list(range(7)), False
    if found := _RANGE.search(text):
        first, last = (_number(day) for day in found.groups())
        days = list(range(first, last + 1)) if first <= last else []
        return days, days == list(range(5))
    if one := _ONE.search(text):
        return sorted({_number(day) for day in one[1].replace("、", "")}), False
    if _SPAN.match(text.strip()) or any(word in text for word in _ALWAYS):
        return list(range(7)), False
    return [], False


def _number(day: str) -> int:
    return min(_DAYS.index(day), 6)
