"""One running time limit of one case, the steps of its arithmetic, and the chip on a page."""

from datetime import date, timedelta
from typing import NamedTuple

import msgspec

from domain.calendar import Unit, WorkCalendar
from domain.intervals import Interval
from domain.kernel import N_, Value

SOON = 3  # 3日内到期


class Step(NamedTuple):
    """One line of the arithmetic, as a catalogue text with its values."""

    text: str
    values: dict[str, Value]


class Clock(msgspec.Struct, frozen=True, kw_only=True):
    """A time limit with its start, raw end, due day and what ended it; nothing is stored.

    `paused` and `extension` are days of the rule's unit, the sums of `intervals`; `stopped`: a
    pause is open, the due day counts it up to today; `right`: passing it takes or gives a right, it
    is nobody's missed duty; `worker`, `agreement`, `instalment`, `intake` name what it is about.
    """

    rule: str
    name: str
    statute: str
    unit: Unit
    length: int
    start_on: date
    due: date
    raw_end: date | None = None
    paused: int = 0
    extension: int = 0
    intervals: tuple[Interval, ...] = ()
    provisional: bool = False
    stopped: bool = False
    right: bool = False
    done_on: date | None = None
    worker: str = ""
    agreement: int | None = None
    instalment: int | None = None
    intake: str = ""

    @property
    def steps(self) -> list[Step]:
        """The arithmetic line by line, for whoever wants to count along."""
        if self.unit is Unit.DATE:
            return self._agreed
        lines = [Step(N_("起算日{start}，当日不计"), {"start": self.start_on})]
        match self.unit:
            case Unit.WORKING:
                lines.append(Step(N_("{days}个工作日"), {"days": self.length}))
            case Unit.CALENDAR:
                lines.append(Step(N_("{days}天（自然日）"), {"days": self.length}))
            case _:
                lines.append(Step(N_("{years}年"), {"years": self.length}))
        if self.extension:
            lines.append(Step(N_("延长{days}天，加在原期限上"), {"days": self.extension}))
        if self.paused:
            lines.append(Step(N_("中止{days}天，顺延"), {"days": self.paused}))
        if self.raw_end and self.raw_end != self.due:
            lines.append(Step(N_("期满日{raw}为休息日，顺延"), {"raw": self.raw_end}))
        lines.append(Step(N_("到期日{due}"), {"due": self.due}))
        if self.provisional:
            lines.append(Step(N_("日历未公布，暂定"), {}))
        return lines

    @property
    def _agreed(self) -> list[Step]:
        """The arithmetic of a day that somebody set: it stands, whatever the calendar says."""
        lines = [Step(N_("约定日期{day}，遇休息日不顺延"), {"day": self.start_on})]
        if self.length:
            lines.append(Step(N_("宽限{days}天"), {"days": self.length}))
        lines.append(Step(N_("到期日{due}"), {"due": self.due}))
        if self.provisional:
            lines.append(Step(N_("日历未公布，暂定"), {}))
        return lines


class Chip(NamedTuple):
    """What stands beside a due day: level for the colour, text, values, provisional 暂定."""

    level: str
    text: str
    values: dict[str, Value]
    provisional: bool


def chip(clock: Clock, calendar: WorkCalendar, today: date) -> Chip:
    """Say what is left on a day; levels done, paused, passed, overdue, today, soon, normal.

    A duty that was missed is 已超期; a right that ran out, or DL-03, has only passed (9.4).
    """
    if clock.done_on:
        late = clock.done_on > clock.due
        text = N_("已超期办结") if late else N_("已办结")
        return Chip("done", text, {}, provisional=False)
    if clock.stopped:
        return Chip("paused", N_("中止"), {}, clock.provisional)
    if today > clock.due:
        days = (today - clock.due).days
        if clock.right:
            return Chip("passed", N_("期限已过 {days} 天"), {"days": days}, clock.provisional)
        return Chip("overdue", N_("已超期 {days} 天"), {"days": days}, clock.provisional)
    if today == clock.due:
        return Chip("today", N_("今日到期"), {}, clock.provisional)
    if clock.unit is Unit.WORKING:
        left = working_days(calendar, today, clock.due)
        text = N_("剩 {days} 个工作日")
    else:
        left = (clock.due - today).days
        text = N_("剩 {days} 天")
    level = "soon" if left <= SOON else "normal"
    return Chip(level, text, {"days": left}, clock.provisional)


def working_days(calendar: WorkCalendar, after: date, until: date) -> int:
    """Count the working days after one day up to and with another."""
    days = (after + timedelta(days=n) for n in range(1, (until - after).days + 1))
    return sum(map(calendar.is_working, days))
