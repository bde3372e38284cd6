"""Which running time limits another calendar would move: shown before the calendar is entered.

Only cases with a limit that touches the year are folded, in pages; nothing is written.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple, Protocol

from domain.dispute import DisputeCase
from domain.kernel import Recorded
from domain.seeker import SeekerCase
from projections.clocks import Clocks, Running
from projections.ranges import CURRENT
from projections.runner import Pool

PAGE = 200  # cases folded at once
_TOUCHED = f"""
SELECT DISTINCT d.case_id, c.case_no FROM wall.deadlines d
JOIN wall.caseload c ON c.case_id = d.case_id AND c.{CURRENT}
WHERE d.{CURRENT} AND d.due_on >= %s AND coalesce(d.start_on, '-infinity') <= %s
ORDER BY 1
"""


class Moved(NamedTuple):
    """One time limit: of which case, and the day it moves from and to."""

    case: str
    case_no: str
    rule: str
    about: str
    before: date
    after: date
    provisional: bool


class Histories(Protocol):
    """The log."""

    def watermark(self) -> int:
        """Give the position up to which everyone reads."""
        ...

    def histories(self, streams: Sequence[str], upto: int) -> dict[str, list[Recorded]]:
        """Give the facts of each stream up to a position."""
        ...


def moved(
    pool: Pool, log: Histories, before: Clocks, after: Clocks, *, year: int, today: date
) -> Iterator[Moved]:
    """Compute every running limit that touches a year by both calendars; yield what differs."""
    with pool.connection() as conn:
        touched = conn.execute(_TOUCHED, [date(year, 1, 1), date(year, 12, 31)]).fetchall()
    numbers: dict[str, str] = {str(case): str(number) for case, number in touched}
    upto = log.watermark()
    cases = list(numbers)
    for first in range(0, len(cases), PAGE):
        some = cases[first : first + PAGE]
        for case, history in log.histories(some, upto).items():
            kind = DisputeCase if case.startswith("dispute-") else SeekerCase
            state = kind().fold((one.event, one.occurred_on) for one in history)
            if hasattr(state, "named"):
                state.named(case)
            old = {(one.rule, one.about): one for one in before.running(state, today)}
            for one in after.running(state, today):
                known = old.get((one.rule, one.about))
                if known and known.due_on != one.due_on:
                    yield _moved(case, numbers[case], known, one)


def _moved(case: str, number: str, old: Running, new: Running) -> Moved:
    return Moved(
        case, number, new.rule, new.about, old.due_on, new.due_on, provisional=new.provisional
    )
