"""Ratios of interleaved rounds: absolute rates belong to the machine and the hour."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

Ways = Mapping[str, Callable[[], float]]


@dataclass(frozen=True)
class Figure:
    """One measured ratio beside its floor (performance.md 9); `at_most` turns the floor round."""

    what: str
    base: str
    rates: Sequence[float]
    ratios: Sequence[float]
    floor: float
    at_most: bool = False

    @property
    def ratio(self) -> float:
        """The median of the ratios inside the same rounds."""
        return median(self.ratios)

    @property
    def reached(self) -> bool:
        """Say whether the floor holds."""
        return self.ratio <= self.floor if self.at_most else self.ratio >= self.floor

    def as_json(self) -> dict[str, object]:
        """Give the figure with all its rounds."""
        return {
            "what": self.what,
            "base": self.base,
            "rate": median(self.rates),
            "ratio": self.ratio,
            "ratios": list(self.ratios),
            "floor": self.floor,
            "reached": self.reached,
        }


def interleaved(ways: Ways, rounds: int) -> dict[str, list[float]]:
    """Measure every way once a round, in rotating order."""
    found: dict[str, list[float]] = {name: [] for name in ways}
    names = list(ways)
    for turn in range(rounds):
        at = turn % len(names)
        for name in names[at:] + names[:at]:
            found[name].append(ways[name]())
    return found


def against(base: str, found: Mapping[str, Sequence[float]], name: str) -> list[float]:
    """Give the ratios of one way to another, round by round."""
    return [one / other for one, other in zip(found[name], found[base], strict=True)]


def table(figures: Sequence[Figure]) -> str:
    """Write the figures as a plain table."""
    lines = [f"{'what':<44} {'base':<22} {'rate':>10} {'ratio':>7} {'floor':>7}"]
    for one in figures:
        bound = f"{'<=' if one.at_most else '>='}{one.floor:.2f}"
        word = "reached" if one.reached else "missed"
        lines.append(
            f"{one.what:<44} {one.base:<22} {median(one.rates):>10.0f} {one.ratio:>7.2f}"
            f" {bound:>7} {word}"
        )
    return "\n".join(lines)
