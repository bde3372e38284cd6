"""Months as a strip 月份条: which were asked for, approved and paid, and which cannot be."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from domain.calendar import add_months
from domain.codes import table
from domain.seeker import SeekerCase
from domain.seeker.checks import month_of
from domain.seeker.placement import welfare_months
from domain.seeker.records import Placement, Subsidy
from domain.seeker.subsidy import MONTHLY

CELLS = table("""paid | 已发 | paid
approved | 已批未发 | approved
applied | 已申请 | asked for
free | 可申请 | may be asked for
later | 未到 | not yet
stopped | 已停发 | stopped
off | 期外 | outside""")
WIDE, HIGH = 22, 18


class Cell(NamedTuple):
    """One month of a strip, and where it is drawn."""

    month: str
    state: str
    x: int
    y: int


class Strip(NamedTuple):
    """The months of one kind of subsidy, a line a year."""

    kind: str
    years: Sequence[tuple[str, int]]
    cells: Sequence[Cell]
    paid: int
    width: int
    height: int

    def states(self) -> list[str]:
        """Name the states that occur, in the order of the legend."""
        return [code for code in CELLS if any(cell.state == code for cell in self.cells)]


def strips(case: SeekerCase, today: date) -> list[Strip]:
    """Draw every monthly subsidy of a case; one that nothing runs for is left out."""
    found = []
    for kind in MONTHLY:
        jobs = [p for p in case.placements.values() if p.kind in MONTHLY[kind]]
        asked = [s for s in case.subsidies.values() if s.kind == kind and s.live]
        if jobs and (asked or kind != "flexible_insurance"):
            found.append(_strip(kind, jobs, asked, today))
    return found


def _strip(kind: str, jobs: Sequence[Placement], asked: Sequence[Subsidy], today: date) -> Strip:
    first = min(job.start_on for job in jobs)
    last = max(job.ended_on or job.term_until or today for job in jobs)
    years = range(first.year, max(last, today).year + 1)
    cells = [
        Cell(
            f"{year}-{month:02}",
            _state(f"{year}-{month:02}", jobs, asked, today),
            48 + (month - 1) * WIDE,
            4 + n * HIGH,
        )
        for n, year in enumerate(years)
        for month in range(1, 13)
    ]
    paid = sum(cell.state == "paid" for cell in cells)
    lines = [(str(year), 16 + n * HIGH) for n, year in enumerate(years)]
    return Strip(kind, lines, cells, paid, 48 + 12 * WIDE, 8 + len(lines) * HIGH)


def _state(month: str, jobs: Iterable[Placement], asked: Iterable[Subsidy], today: date) -> str:
    for one in asked:
        if month in one.paid_months:
            return "paid"
        if one.stopped_from and month >= one.stopped_from and month in one.months:
            return "stopped"
        if month in one.months:
            return "approved" if one.approved else "applied"
    inside = any(
        month_of(job.start_on) <= month <= month_of(job.ended_on or job.term_until or today)
        for job in jobs
    )
    if not inside:
        return "off"
    return "later" if month > month_of(today) else "free"


class Used(NamedTuple):
    """Months of public-welfare posts used, the most there are, and the last day."""

    months: int
    most: int
    until: date | None
    begun: int


def welfare(case: SeekerCase, most: int, today: date) -> Used | None:
    """Say how much of the public-welfare term is agreed and begun (S-11); None without a post."""
    posts = [p for p in case.placements.values() if p.kind == "public_welfare"]
    if not posts:
        return None
    begun = [p._replace(term_until=min(p.term_until or today, today)) for p in posts]
    until = max((p.ended_on or p.term_until or today for p in posts), default=None)
    return Used(welfare_months(posts, today), most, until, welfare_months(begun, today))


def leaving_plan(used: Used) -> date | None:
    """Give the day by which the way out of a post is to be planned: three months before its end."""
    return add_months(used.until, -3) if used.until else None
