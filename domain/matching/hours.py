"""Working hours as they are written, read as minutes of a day 工时与可工作时段.

A shift is when a post is worked, a window when a person can work; both are spans of minutes from
midnight, a night's span ends on the next day. What cannot be read says nothing: it limits nobody.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

DAY, HALF_DAY, SHORT = 24 * 60, 4 * 60, 5 * 60
FULL_DAY = 8 * 60
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
    """Read when a person can work: spans, "after 8:30, before 16:30", or the codes of the form."""
    spans: list[Span] = []
    most: int | None = None
    for word in words:
        match word:
            case "night":
                spans.append(NIGHTS)
            case "flexible":
                spans.append(ALWAYS)
            case "full_time":
                spans.append(DAYTIME)
            case "part_time":
                most = SHORT
            case _:
                spans += _spans(word) or _bounds(word)
    if not spans:
        return Window(None, most)
    # A night's window holds the early hours of the same date too.
    early = [Span(span.start - DAY, span.end - DAY) for span in spans if span.end > DAY]
    return Window(_merged(spans + early), most)


def fits(free: Window, worked: Shifts) -> bool:
    """Say whether one of the shifts lies inside one of the spans, and is no longer than wished."""
    inside = free.spans is None or any(
        shift == ANYWHERE or (span.start <= shift.start and shift.end <= span.end)
        for span in free.spans
        for shift in worked.spans
    )
    return inside and not too_long(free, worked)


def touches(free: Window, worked: Shifts) -> bool:
    """Say whether a shift and a window have a minute in common."""
    return free.spans is None or any(
        span.start < shift.end and shift.start < span.end
        for span in free.spans
        for shift in worked.spans
    )


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


def _merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Join spans that touch, as a shift may run over the seam."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)
