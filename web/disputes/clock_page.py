"""每个期限怎么算的: each time limit of a dispute with its whole arithmetic (F-53).

Start, calendar and its version, every pause and extension with its reason, the target, what is
left, the rule and its statute: drawn to scale, and written line by line beside it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from domain import codes_dispute as codes
from domain import deadlines
from domain.calendar import Unit
from domain.clock import Clock
from domain.codes import Code
from domain.deadline_rules import BY_ID
from domain.intervals import EXTENSION, INTERRUPTION, PAUSE, Interval
from domain.kernel import N_
from web import texts
from web.case_page import readers, settings_of
from web.disputes import figures, outside_acts
from web.disputes.reading import day_of, reading
from web.fact_words import FACTS
from web.pages import page

router = APIRouter()
WIDE = 640.0
BOTH_AGREE = N_("双方同意")
REASONS: Mapping[str, Code] = {
    **codes.SUSPENSIONS,
    **outside_acts.GROUNDS,
    **outside_acts.STANDSTILLS,
    **outside_acts.STEP_PROCEDURES,
}
WHAT = {PAUSE: N_("中止"), EXTENSION: N_("延长"), INTERRUPTION: N_("中断")}


class Piece(NamedTuple):
    """A piece of the drawn line: its look (run, pause, more, roll, over), from `x`, `w` wide."""

    look: str
    x: float
    w: float
    title: str


class Mark(NamedTuple):
    """A day on the line: where, its words, whether they stand at its left."""

    x: float
    text: str
    left: bool


# Days that a fact carries and a clock starts at, instead of the day of the fact.
DAYS: Mapping[str, str] = {
    "perform_by": N_("履行期限的最后一日"),
    "ended_on": N_("劳动关系终止之日"),
    "received_on": N_("收到结果之日"),
    "violation_ended_on": N_("违法行为终了之日"),
}


@dataclass(frozen=True)
class Card:
    """A time limit as the page shows it."""

    limit: figures.Limit
    begins: str
    intervals: Sequence[tuple[str, str, str, str]]
    pieces: Sequence[Piece]
    marks: Sequence[Mark]
    today: float | None

    @property
    def clock(self) -> Clock:
        """The time limit itself."""
        return self.limit.clock


@router.get("/disputes/{case}/limits")
def limits(request: Request, case: str) -> Response:
    """Show every time limit of a case and how it was reckoned."""
    read = reading(request, case)
    own, day = readers(request), day_of(request, read.shown)
    calendar = own.calendar()
    found = deadlines.clocks(
        read.shown.state, calendar, settings_of(request, read.shown.past, day), day
    )
    cards = [_card(one, day) for one in figures.limits(found, calendar, day)]
    return page(
        request,
        "disputes/clocks.html",
        case=case,
        place=f"/disputes/{case}",
        number=read.shown.state.case_no or texts.say(N_("未编号")),
        found=read.shown,
        replay=not read.shown.past.now,
        replayed_at=read.shown.history[-1],
        day=day,
        calendar=calendar,
        years=sorted(calendar.years),
        running=[one for one in cards if one.clock.done_on is None],
        done=[one for one in cards if one.clock.done_on],
    )


def _card(limit: figures.Limit, day: date) -> Card:
    clock = limit.clock
    scale = _Scale(clock, day)
    return Card(
        limit=limit,
        begins=_begins(clock),
        intervals=[_interval(one) for one in clock.intervals],
        pieces=list(_pieces(clock, scale)),
        marks=list(_marks(clock, scale)),
        today=scale.x(day) if clock.done_on is None and scale.first <= day <= scale.last else None,
    )


def _begins(clock: Clock) -> str:
    """Name what the clock starts at."""
    rule = BY_ID.get(clock.rule.replace("LP-03", "DL-03"))
    if rule is None:
        return ""
    if rule.start_on:
        return texts.say(DAYS[rule.start_on])
    tail = rule.start.partition(":")[0]
    return texts.label(FACTS[tail]) if tail in FACTS else ""


def _interval(one: Interval) -> tuple[str, str, str, str]:
    """Write what happened, when, how many days, and why."""
    why = texts.label(REASONS[one.reason]) if one.reason in REASONS else ""
    if one.reason == "consent":
        why = texts.say(BOTH_AGREE)
    when = one.on.isoformat()
    if one.what == PAUSE:
        until = texts.say(N_("至今")) if one.until is None else ""
        if one.until is not None:
            until = texts.say(N_("至 {day}"), day=one.until - timedelta(days=1))
        when = f"{when} {until}"
    days = texts.say(N_("{n} 天"), n=one.days) if one.what != INTERRUPTION else ""
    return texts.say(WHAT[one.what]), when, days, why


class _Scale:
    """Days to lengths: from the start to the last day that is drawn.

    A day that was agreed on lies ahead and has no length: it is drawn from today on.
    """

    def __init__(self, clock: Clock, day: date) -> None:
        self.first = min(clock.start_on, clock.done_on or day)
        last = max(clock.due, clock.done_on or clock.due)
        if clock.done_on is None and clock.due < day:
            last = min(day, clock.due + max(clock.due - self.first, timedelta(days=7)))
        self.passed = last > clock.due
        self.last = max(last, self.first + timedelta(days=1))

    def x(self, day: date) -> float:
        """Give the place of a day."""
        share = (day - self.first) / (self.last - self.first)
        return round(min(max(share, 0), 1) * WIDE, 1)


def _pieces(clock: Clock, scale: _Scale) -> list[Piece]:
    """Draw what ran, what stood still, what was added, and what a rest day moved."""
    raw = clock.raw_end or clock.due
    added = raw - timedelta(days=clock.extension if clock.unit is Unit.CALENDAR else 0)
    made = [_piece("run", scale.first, min(added, clock.due), scale, N_("期限内"))]
    if clock.extension and added < raw:
        made.append(_piece("more", added, raw, scale, N_("延长")))
    if raw < clock.due:
        made.append(_piece("roll", raw, clock.due, scale, N_("休息日顺延")))
    if scale.passed:
        look = "after" if clock.right else "over"
        made.append(_piece(look, clock.due, scale.last, scale, N_("超过到期日")))
    made += [
        _piece("pause", one.on, one.until or min(scale.last, clock.due), scale, N_("中止"))
        for one in clock.intervals
        if one.what == PAUSE
    ]
    return [one for one in made if one.w > 0]


def _piece(look: str, first: date, last: date, scale: _Scale, word: str) -> Piece:
    x = scale.x(first)
    return Piece(look, x, round(scale.x(last) - x, 1), f"{texts.say(word)} {first} – {last}")


def _marks(clock: Clock, scale: _Scale) -> list[Mark]:
    """Write the start and the target under the line."""
    due = Mark(
        scale.x(clock.due),
        texts.say(N_("到期 {day}"), day=clock.due),
        left=scale.x(clock.due) > WIDE / 4,
    )
    if clock.due - clock.start_on < (scale.last - scale.first) / 3:
        return [due]
    return [Mark(0, texts.say(N_("起 {day}"), day=clock.start_on), left=False), due]
