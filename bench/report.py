"""Figures beside their floors: medians of ratios inside rounds, a table, JSON."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median, quantiles
from typing import Any, Literal

from rich.console import Console
from rich.table import Table


@dataclass(frozen=True)
class Figure:
    """One measured value; without a floor it is printed for knowledge alone."""

    part: str
    what: str
    value: float
    unit: str = "x"
    floor: float | None = None
    better: Literal["more", "less"] = "more"
    note: str = ""

    @property
    def reached(self) -> bool | None:
        """Say whether the floor holds; None where there is none."""
        if self.floor is None:
            return None
        return self.value >= self.floor if self.better == "more" else self.value <= self.floor

    @property
    def limit(self) -> str:
        """Give the floor as it is printed."""
        if self.floor is None:
            return ""
        return f"{'≥' if self.better == 'more' else '≤'} {_shown(self.floor)}"


@dataclass
class Report:
    """The figures of a run, each printed as soon as it is known."""

    figures: list[Figure] = field(default_factory=list)
    console: Console = field(default_factory=Console)

    def add(self, *figures: Figure) -> None:
        """Keep figures and print them."""
        for figure in figures:
            self.figures.append(figure)
            held = {True: "reached", False: "MISSED", None: ""}[figure.reached]
            self.console.print(
                f"{figure.part:<9}{figure.what}: {_shown(figure.value)} {figure.unit}"
                f"  {figure.limit} {held}  {figure.note}".rstrip(),
                highlight=False,
                soft_wrap=True,
            )

    def table(self) -> None:
        """Print everything once more as a table."""
        table = Table("part", "what", "value", "floor", "", "note", box=None)
        for f in self.figures:
            held = {True: "reached", False: "MISSED", None: ""}[f.reached]
            table.add_row(f.part, f.what, f"{_shown(f.value)} {f.unit}", f.limit, held, f.note)
        self.console.print(table)

    def plain(self) -> list[dict[str, Any]]:
        """Give the figures for JSON."""
        return [
            {
                "part": f.part,
                "what": f.what,
                "value": f.value,
                "unit": f.unit,
                "floor": f.floor,
                "better": f.better,
                "reached": f.reached,
                "note": f.note,
            }
            for f in self.figures
        ]


def ratio(rounds: Iterable[tuple[float, float]]) -> float:
    """Give the median over rounds of first / second, both measured in the same round."""
    return median(one / other for one, other in rounds)


def spread(values: Sequence[float]) -> str:
    """Give the interquartile range as text."""
    if len(values) < 2:
        return ""
    low, _, high = quantiles(values, n=4)
    return f"IQR {low:.2f}-{high:.2f}"


def p95(values: Sequence[float]) -> float:
    """Give the 95th percentile by rank."""
    return sorted(values)[min(len(values) - 1, int(len(values) * 0.95))]


def _shown(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 1_000 else f"{value:.3g}"
