"""What another calendar or setting would move: shown before it is entered.

Only cases with a limit or an alarm that it can touch are folded, in pages; nothing is written.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple, Protocol

from domain.dispute import DisputeCase
from domain.kernel import Recorded
from domain.seeker import SeekerCase
from projections.clocks import Clocks
from projections.ranges import CURRENT
from projections.runner import Pool

PAGE = 200  # cases folded at once
_LIMITS = f"""
SELECT DISTINCT d.case_id, c.case_no FROM wall.deadlines d
JOIN wall.caseload c ON c.case_id = d.case_id AND c.{CURRENT}
WHERE d.{CURRENT} AND """
_IN_A_YEAR = f"""{_LIMITS}
d.due_on >= %(first)s AND coalesce(d.start_on, '-infinity') <= %(last)s ORDER BY 1
"""
_OF_RULES = f"{_LIMITS} d.rule = ANY(%(rules)s) ORDER BY 1"
_ALARMED = f"""
SELECT case_id, case_no FROM wall.caseload WHERE {CURRENT} AND tags && %(tags)s::text[] ORDER BY 1
"""
# The limits that a setting moves. A promise beside mediation begins where the statute's runs.
RULES: Mapping[str, Sequence[str]] = {
    "grace_days": ["DL-06"],
    "mediation_promise_working_days": ["DL-03", "LP-03"],
    "workorder_working_days": ["DL-20"],
    "review_working_days": ["refusals"],
    **{f"contact_days_{tier}": ["contact"] for tier in "abcd"},
}
# The alarms that a case may have already when a setting raises or ends another one.
TAGS: Mapping[str, Sequence[str]] = {
    "emergency_workers": ["collective"],
    "crime_single_fen": ["crime", "ordered"],
    "crime_group_fen": ["crime", "ordered"],
}


class Touched(NamedTuple):
    """The cases that a change can move: the query that finds them, its values, since when."""

    query: str
    values: Mapping[str, Any]
    on: date = date.min


class Moved(NamedTuple):
    """One time limit of a case: the day it moves from and to; None where it does not run."""

    case: str
    case_no: str
    rule: str
    about: str
    before: date | None
    after: date | None
    provisional: bool


class Raised(NamedTuple):
    """One alarm of a case that a change raises or ends."""

    case: str
    case_no: str
    level: str
    raised: bool


Change = Moved | Raised


class Histories(Protocol):
    """The log."""

    def watermark(self) -> int:
        """Give the position up to which everyone reads."""
        ...

    def histories(self, streams: Sequence[str], upto: int) -> dict[str, list[Recorded]]:
        """Give the facts of each stream up to a position."""
        ...


def by_year(year: int) -> Touched:
    """Find cases with a running limit that touches a year."""
    return Touched(_IN_A_YEAR, {"first": date(year, 1, 1), "last": date(year, 12, 31)})


def by_setting(code: str, from_on: date) -> Touched:
    """Find cases with a running limit or an alarm that a setting has a part in."""
    if code in TAGS:
        return Touched(_ALARMED, {"tags": TAGS[code]}, from_on)
    return Touched(_OF_RULES, {"rules": RULES[code]})


def moved(
    pool: Pool, log: Histories, before: Clocks, after: Clocks, touched: Touched
) -> Iterator[Change]:
    """Reckon every case that is touched by both; yield what differs."""
    with pool.connection() as conn:
        found = conn.execute(touched.query, touched.values).fetchall()
    numbers: dict[str, str] = {str(case): str(number) for case, number in found}
    upto = log.watermark()
    cases = list(numbers)
    for first in range(0, len(cases), PAGE):
        some = cases[first : first + PAGE]
        for case, history in log.histories(some, upto).items():
            kind = DisputeCase if case.startswith("dispute-") else SeekerCase
            state = kind().fold((one.event, one.occurred_on) for one in history)
            if isinstance(state, DisputeCase):
                state.named(case)
                yield from _alarms(state, numbers[case], before, after)
            yield from _limits(state, case, numbers[case], before, after)


def _limits(
    state: object, case: str, number: str, before: Clocks, after: Clocks
) -> Iterator[Change]:
    old = {(one.rule, one.about): one for one in before.running(state, before.today)}
    new = {(one.rule, one.about): one for one in after.running(state, after.today)}
    for rule, about in sorted(old | new):
        was, will = old.get((rule, about)), new.get((rule, about))
        days = (was and was.due_on, will and will.due_on)
        if days[0] != days[1]:
            provisional = will is not None and will.provisional
            yield Moved(case, number, rule, about, *days, provisional=provisional)


def _alarms(state: DisputeCase, number: str, before: Clocks, after: Clocks) -> Iterator[Change]:
    old, new = before.alarms(state, before.today), after.alarms(state, after.today)
    for level in sorted(old ^ new):
        yield Raised(state.stream, number, level, level in new)
