"""Service standards 服务标准 as dated data: what is promised, how often, within which days (2.3).

`131`, `1131` and `311` are names met in the field; what they mean here is data, and a place enters
later values (`application/standards.py`). Nothing that depends on today is stored: a reading
says on a day what is met, open or overdue.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from domain import codes
from domain.calendar import add_months
from domain.codes import known
from domain.kernel import N_, Refused
from domain.seeker.state import SeekerState

MET, OPEN, OVERDUE = "met", "open", "overdue"
# The states in which a case is held to its standard: who works is followed up instead.
HELD = ("REGISTERED", "ASSESSED", "IN_SERVICE")


class Standard(NamedTuple):
    """One standard from a day on; a `yearly` one begins again each year from its first day."""

    code: str
    from_on: date
    items: tuple[tuple[str, int], ...]
    within_days: int
    yearly: bool = False


class Due(NamedTuple):
    """The standard that a case is held to, and from which day."""

    code: str
    start_on: date


class Reading(NamedTuple):
    """One item on a day: how often promised and given, until when, and how it stands."""

    kind: str
    wanted: int
    given: int
    due_on: date
    state: str
    met_on: date | None = None


_SINCE = date(2020, 1, 1)
# Q-04; the free-training notice of 311 is a policy talk.
SHIPPED = (
    Standard("131", _SINCE, (("guidance", 1), ("referral", 3), ("training", 1)), 30),
    Standard(
        "1131", _SINCE, (("policy", 1), ("guidance", 1), ("referral", 3), ("training", 1)), 30
    ),
    Standard("311", _SINCE, (("referral", 3), ("guidance", 1), ("policy", 1)), 365, yearly=True),
)


def of_case(state: SeekerState) -> Due | None:
    """Say which standard a case is held to: its plan's, else by group and tier (Q-04)."""
    if state.registered_on is None:
        return None
    if state.plan and state.plan.standard != "own":
        return Due(state.plan.standard, state.plan.made_on)
    if "graduate" in state.groups:
        return Due("1131", state.registered_on)
    if state.tier == "B" and state.tier_on:
        return Due("131", state.tier_on)
    return Due("311", state.registered_on)


def in_force(standards: Iterable[Standard], code: str, on: date) -> Standard | None:
    """Give the values of a standard on a day; None for one that nobody has defined."""
    rows = sorted((s for s in standards if s.code == code), key=lambda s: s.from_on)
    return next((row for row in reversed(rows) if row.from_on <= on), None)


def read(
    standard: Standard, start_on: date, given: Mapping[str, Sequence[date]], on: date
) -> list[Reading]:
    """Say of every item how it stands on a day; services before the start do not count."""
    begins = _begins(standard, start_on, on)
    due_on = begins + timedelta(days=standard.within_days)
    found = []
    for kind, wanted in standard.items:
        days = sorted(day for day in given.get(kind, ()) if begins <= day <= on)
        met_on = days[wanted - 1] if len(days) >= wanted else None
        state = MET if met_on else OVERDUE if on > due_on else OPEN
        found.append(Reading(kind, wanted, len(days), due_on, state, met_on))
    return found


def worst(readings: Iterable[Reading]) -> str:
    """Give the state of a whole standard: overdue before open before met."""
    states = {one.state for one in readings}
    return next((state for state in (OVERDUE, OPEN) if state in states), MET)


def _begins(standard: Standard, start_on: date, on: date) -> date:
    """Give the first day of the period that a day lies in."""
    if not standard.yearly or on < start_on:
        return start_on
    years = on.year - start_on.year
    if add_months(start_on, 12 * years) > on:
        years -= 1
    return add_months(start_on, 12 * years)


def checked(standard: Standard) -> Standard:
    """Refuse a standard that promises nothing, or what nobody counts."""
    known(standard.code, codes.STANDARDS, "code")
    if not standard.items or standard.within_days < 1:
        raise Refused(rule="S-00", text=N_("服务标准至少要有一项服务和一天期限。"), field="items")
    for kind, count in standard.items:
        known(kind, codes.SERVICE_KINDS, "items")
        if count < 1:
            raise Refused(rule="S-00", text=N_("次数至少为1。"), field="items")
    return standard


def given(state: SeekerState) -> dict[str, list[date]]:
    """Put the days of services by their kind."""
    found: dict[str, list[date]] = {}
    for service in state.services:
        found.setdefault(service.kind, []).append(service.on)
    return found
