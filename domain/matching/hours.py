"""Working hours as they are written, read as minutes of a day 工时与可工作时段.

A shift is when a post is worked, a window when a person can work; both are spans of minutes from
midnight, a night's span ends on the next day. What cannot be read says nothing: it limits nobody.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from domain.codes import table
from domain.kernel import N_, Refused

DAY, HALF_DAY, SHORT = 24 * 60, 4 * 60, 5 * 60
FULL_DAY = 8 * 60
HOURS = table("""full_time | 全天 | full time
part_time | 半天或计时 | part time
night | 可上夜班 | nights
weekend | 可上周末班 | weekends
flexible | 时间灵活 | flexible
at_home | 在家做工 | at home""")
_TIME = r"(\d{1,2})(?:[:：](\d{2})|[点时](?:(\d{1,2})分?|(半))?)?"
_SPAN = re.compile(rf"{_TIME}\s*(?:[-–—~～至到]|to)\s*(?:次日)?{_TIME}")
_AFTER = re.compile(rf"(?:after\s+|晚于){_TIME}|{_TIME}\s*(?:以后|之后|后)")
_BEFORE = re.compile(rf"(?:before\s+|早于){_TIME}|{_TIME}\s*(?:以前|之前|前)")
_GROUPS = 4  # of one time of day


class Span(NamedTuple):
    """Minutes from midnight: the first, and the one after the last."""

    start: int
    end: int


# A shift that can be put anywhere in the day, and at home: it fits into every window.
ANYWHERE = Span(0, 0)
NIGHT, DAYTIME = Span(22 * 60, DAY + 6 * 60), Span(6 * 60, 22 * 60)
NIGHTS = Span(18 * 60, DAY + 8 * 60)
ALWAYS = Span(-DAY, 2 * DAY)


class Shifts(NamedTuple):
    """When a post is worked: any one of the shifts; `shortest` in minutes, None where unknown."""

    spans: tuple[Span, ...] = ()
    shortest: int | None = None


class Window(NamedTuple):
    """When a person can work: inside one of the spans (None: any time), `most` minutes a day."""

    spans: tuple[Span, ...] | None = None
    most: int | None = None


def shifts(words: Iterable[str]) -> Shifts:
    """Read the hours of a post: spans of time, or the codes of the form."""
    spans: list[Span] = []
    lengths: list[int] = []
    for word in words:
        match word:
            case "night":
                spans.append(NIGHT)
            case "flexible" | "at_home":
                spans.append(ANYWHERE)
            case "full_time":
                lengths.append(FULL_DAY)
            case "part_time":
                lengths.append(HALF_DAY)
            case _:
                spans += _spans(word)
    lengths += [span.end - span.start for span in spans]
    return Shifts(tuple(sorted(set(spans))), min(lengths, default=None))


def window(words: Iterable[str]) -> Window:
    """Read when a person can work: spans, "after 8:30, before 16:30", or the codes of the form.

    Who wants a whole day's work and names a window wants it inside the window.
    """
    spans: list[Span] = []
    whole: list[Span] = []
    most: int | None = None
    for word in words:
        match word:
            case "night":
                spans.append(NIGHTS)
            case "flexible":
                spans.append(ALWAYS)
            case "full_time":
                whole.append(DAYTIME)
            case "part_time":
                most = SHORT
            case _:
                spans += _spans(word) or _bounds(word)
    spans = spans or whole
    if not spans:
        return Window(None, most)
    # A night's window holds the early hours of the same date too.
    early = [Span(span.start - DAY, span.end - DAY) for span in spans if span.end > DAY]
    return Window(_merged(spans + early), most)


def free_window(after: str, before: str) -> tuple[str, ...]:
    """Write "after 8:30, before 16:30" as wishes keep it; a side left open runs to midnight."""
    if not after and not before:
        return ()
    if after == before:
        raise Refused(
            rule="S-00", text=N_("能做的时段要有开始和结束，两个时间不能相同。"), field="free_until"
        )
    return (f"{after or '00:00'}-{before or '24:00'}",)


def bounds(words: Iterable[str]) -> tuple[str, str]:
    """Give the first window among wishes as its two times, "" for a side that is open."""
    spans = [span for word in words if word not in HOURS for span in _spans(word) or _bounds(word)]
    if not spans:
        return "", ""
    start, end = spans[0]
    last = "" if end == DAY else f"{end % DAY // 60:02d}:{end % 60:02d}"
    return f"{start // 60:02d}:{start % 60:02d}" if start else "", last


def fits(free: Window, worked: Shifts) -> bool:
    """Say whether one of the shifts lies inside one of the spans, and is no longer than wished."""
    return (free.spans is None or inside(free, worked) is not None) and not too_long(free, worked)


def inside(free: Window, worked: Shifts) -> tuple[Span, Span] | None:
    """Give the first shift that lies inside a span, and the span."""
    return next(
        (
            (shift, span)
            for shift in worked.spans
            for span in free.spans or ()
            if shift == ANYWHERE or (span.start <= shift.start and shift.end <= span.end)
        ),
        None,
    )


def touches(free: Window, worked: Shifts) -> bool:
    """Say whether a shift and a window have a minute in common."""
    return free.spans is None or any(
        span.start < shift.end and shift.start < span.end
        for span in free.spans
        for shift in worked.spans
    )


def told(spans: Iterable[Span]) -> str:
    """Write spans of the clock as they are read: 8:30-16:30; none where any time will do."""
    read = [span for span in spans if 0 < span.end - span.start <= DAY]
    return ", ".join(dict.fromkeys(f"{_clock(one.start)}-{_clock(one.end, 1)}" for one in read))


def too_long(free: Window, worked: Shifts) -> bool:
    """Say whether even the shortest shift takes longer than the person wishes."""
    return free.most is not None and worked.shortest is not None and worked.shortest > free.most


def _spans(word: str) -> list[Span]:
    found = []
    for match in _SPAN.finditer(word):
        parts = match.groups()
        start, end = _minutes(parts[:_GROUPS]), _minutes(parts[_GROUPS:])
        if start is not None and end is not None and start != end:
            found.append(Span(start, end if end > start else end + DAY))
    return found


def _bounds(word: str) -> list[Span]:
    after, before = _bound(_AFTER, word), _bound(_BEFORE, word)
    if after is None and before is None:
        return []
    start, end = after or 0, DAY if before is None else before
    return [Span(start, end)] if start < end else []


def _bound(pattern: re.Pattern[str], word: str) -> int | None:
    match = pattern.search(word)
    if match is None:
        return None
    parts = match.groups()
    return _minutes(parts[:_GROUPS] if parts[0] else parts[_GROUPS:])


def _minutes(parts: tuple[str | None, ...]) -> int | None:
    hour, colon, minute, half = parts
    found = int(hour or 0) * 60 + (30 if half else int(colon or minute or 0))
    return found if 0 <= found <= DAY and int(colon or minute or 0) < 60 else None


def _clock(minutes: int, last: int = 0) -> str:
    """Write a time of day; the end of a span is 24:00 where a start would be 0:00."""
    hour, minute = divmod((minutes - last) % DAY + last, 60)
    return f"{hour}:{minute:02d}"


def _merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Join spans that touch, as a shift may run over the seam."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)
