"""Geometry of the charts: numbers in, boxes and points out; `macros/charts.html` draws them.

Every chart starts at zero, writes its values at the marks, links each mark to its rows and has
a table twin with the same numbers. Lengths are in user units of the SVG (400 wide).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

WIDTH = 400.0
ROW, ROW_BAR = 24.0, 16.0
TEXT = 7.0  # about the width of a Latin digit at 12 px


@dataclass(frozen=True)
class Mark:
    """One value: label, number, how it is written, where it leads, whether it is the chosen one.

    `part` of the value is drawn hatched (overdue) with `part_text` beside it.
    """

    label: str
    value: float
    text: str
    href: str = ""
    chosen: bool = False
    part: float = 0
    part_text: str = ""


@dataclass(frozen=True)
class Box:
    """A drawn mark: `x y w h` of the bar, `px pw` of its hatched part, `tx` of its text."""

    mark: Mark
    x: float
    y: float
    w: float
    h: float
    tx: float
    px: float = 0
    pw: float = 0


@dataclass(frozen=True)
class Bars:
    """Horizontal bars."""

    boxes: Sequence[Box]
    axis: float
    height: float
    width: float = WIDTH


def bars(marks: Sequence[Mark], *, label_width: float = 76) -> Bars:
    """Lay out horizontal bars, plain or with a hatched part (stacked)."""
    most = max((m.value for m in marks), default=0) or 1
    beside = max((_length(m.text) + _length(m.part_text) for m in marks), default=0)
    room = WIDTH - label_width - beside - 20
    boxes = []
    for n, m in enumerate(marks):
        w = m.value / most * room
        pw = m.part / most * room
        boxes.append(
            Box(
                mark=m,
                x=label_width,
                y=n * ROW + 8,
                w=round(w - pw, 1),
                h=ROW_BAR,
                tx=round(label_width + w + 6, 1),
                px=round(label_width + w - pw, 1),
                pw=round(pw, 1),
            )
        )
    return Bars(boxes, label_width, len(marks) * ROW + 8)


@dataclass(frozen=True)
class Step(Box):
    """A step of a funnel with its share of the step before, and the slope that leads to it."""

    share: str = ""
    slope: str = ""


def funnel(marks: Sequence[Mark], *, label_width: float = 44) -> Bars:
    """Lay out a funnel: each step a bar, a wash between, the share of the step before."""
    most = max((m.value for m in marks), default=0) or 1
    room, high, gap = WIDTH - label_width - 110, 24.0, 22.0
    steps: list[Step] = []
    for n, m in enumerate(marks):
        y, w = n * (high + gap) + 10, round(m.value / most * room, 1)
        share = slope = ""
        if n:
            before = marks[n - 1].value
            # Steps counted each in the period are not one group of people: no share above all.
            share = f"{m.value / before:.1%}" if before and m.value <= before else ""
            x0, x1, y0 = label_width, label_width + steps[-1].w, y - gap
            slope = f"M{x0} {y0}H{x1}L{label_width + w} {y}H{x0}Z"
        tx = label_width + w + 6
        steps.append(Step(m, label_width, y, w, high, tx, share=share, slope=slope))
    return Bars(steps, label_width, len(marks) * (high + gap) + 4)


@dataclass(frozen=True)
class Line:
    """A line of a chart: its name, its marks in the order of the ticks, its look (two, prev)."""

    name: str
    marks: Sequence[Mark]
    look: str = ""
    points: Sequence[tuple[float, float]] = ()

    @property
    def polyline(self) -> str:
        """The points as SVG writes them."""
        return " ".join(f"{x:g},{y:g}" for x, y in self.points)


@dataclass(frozen=True)
class Lines:
    """A line chart: lines with points, ticks of both axes."""

    lines: Sequence[Line]
    ticks: Sequence[tuple[float, str]] = ()
    grid: Sequence[tuple[float, str]] = ()
    left: float = 40
    right: float = 324
    base: float = 212
    height: float = 240
    width: float = WIDTH
    names: Sequence[tuple[float, Line]] = field(default_factory=tuple)


def lines(given: Sequence[Line], ticks: Sequence[str]) -> Lines:
    """Lay out lines over common ticks, from zero to a round number above the largest."""
    left, right, base, top = 40.0, 324.0, 212.0, 12.0
    most = max((m.value for one in given for m in one.marks), default=0)
    step = nice_step(most)
    full = step * max(1, math.ceil(most / step))
    across = (right - left) / max(1, len(ticks) - 1)

    def y(value: float) -> float:
        return round(base - value / full * (base - top), 1)

    drawn = [
        Line(
            one.name,
            one.marks,
            one.look,
            [(round(left + n * across, 1), y(m.value)) for n, m in enumerate(one.marks)],
        )
        for one in given
    ]
    grid = [(y(n * step), f"{n * step:g}") for n in range(int(full / step) + 1)]
    places = _apart([one.points[-1][1] if one.points else base for one in drawn], 15)
    every = max(1, math.ceil(len(ticks) / 8))
    return Lines(
        drawn,
        [(round(left + n * across, 1), t) for n, t in enumerate(ticks) if n % every == 0],
        grid,
        names=list(zip(places, drawn, strict=True)),
    )


def spark(values: Sequence[float], *, height: float = 24, bar: float = 11) -> list[Box]:
    """Lay out the small bars under a figure; the last one is the chosen."""
    most = max(values, default=0) or 1
    boxes = []
    for n, value in enumerate(values):
        h = round(value / most * (height - 2), 1)
        mark = Mark("", value, "", chosen=n == len(values) - 1)
        boxes.append(Box(mark, n * (bar + 3), round(height - h, 1), bar, h, 0))
    return boxes


def nice_step(most: float) -> float:
    """Give a step of 1, 2 or 5 times a power of ten with at most five lines."""
    if most <= 0:
        return 1
    raw = most / 4
    power = 10 ** math.floor(math.log10(raw))
    step = next(n * power for n in (1, 2, 5, 10) if n * power >= raw)
    return float(max(step, 1))


def beside(marks: Sequence[Mark], *, most: float = 200) -> float:
    """Give the room that the longest label needs at the left of its bar."""
    longest = max((_length(mark.label) for mark in marks), default=0)
    return min(most, max(76, round(longest + 10)))


def _length(text: str) -> float:
    """Estimate how wide a text is drawn at 12 px."""
    return sum(12 if ord(letter) > 0x2E7F else TEXT for letter in text)


def _apart(wanted: Sequence[float], least: float) -> list[float]:
    """Move labels apart, downwards, so that none covers another."""
    places = list(wanted)
    order = sorted(range(len(places)), key=places.__getitem__)
    for before, one in pairwise(order):
        places[one] = max(places[one], places[before] + least)
    return places
