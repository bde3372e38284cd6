"""Lists of a past day as we know it now 现在所知: the scope's cases folded again up to that day.

Validity ranges show what was known then 当时所知 (decision 31). What was entered late, corrected or
voided since is seen only by reading the history as it reads today, up to the day that it happened.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import msgspec

from domain.dispute.arithmetic import taken_back
from domain.kernel import N_, Aggregate, Recorded, Refused, amended
from projections.caseload import CASELOAD, CaseloadView
from projections.clocks import Clocks
from projections.folding import Case
from projections.lists import DUE, CaseLine, Page, Query
from projections.runner import Pool

MOST = 2_000  # cases that one question folds again
SHOWN = ("case_id", *CASELOAD.names[2:-1])
Histories = Callable[[Sequence[str], int], Mapping[str, Sequence[Recorded]]]


class Hindsight:
    """The reader of lists as we know them now."""

    def __init__(
        self,
        pool: Pool,
        histories: Histories,
        watermark: Callable[[], int],
        clocks: Callable[[], Clocks],
        kinds: Mapping[str, type[Aggregate]],
    ) -> None:
        """Take the readers' pool, the log, the clocks in force, and the kinds of case."""
        self._pool, self._histories, self._watermark = pool, histories, watermark
        self._clocks, self._kinds = clocks, kinds

    def page(self, query: Query, day: date) -> Page:
        """Give the list of a day as it reads today; all of it, without further pages."""
        lines = self._lines(self._scope(query), day)
        asked = [line for line in lines if _matches(line, query, without="")]
        asked.sort(key=lambda line: (line.due_on or date.max, line.case_no, line.case_id))
        counts = {
            "due": _count(lines, query, "due", lambda line: [bucket(line.due_on, query.today)]),
            "kind": _count(lines, query, "kind", lambda line: [line.kind]),
            "state": _count(lines, query, "state", lambda line: [line.state]),
            "tag": _count(lines, query, "tag", lambda line: line.tags),
        }
        return Page(asked, len(asked), counts)

    def _scope(self, query: Query) -> list[str]:
        """Give the cases that were ever of the stations or the officer asked for."""
        with self._pool.connection() as conn:
            rows = conn.execute(
                "SELECT DISTINCT case_id FROM wall.caseload"
                " WHERE (%(stations)s::text[] IS NULL OR station = ANY(%(stations)s))"
                " AND (%(officer)s = '' OR officers @> ARRAY[%(officer)s])"
                " AND opened_on <= %(day)s ORDER BY case_id LIMIT %(most)s",
                {
                    "stations": list(query.stations) if query.stations is not None else None,
                    "officer": query.officer,
                    "day": query.today,
                    "most": MOST + 1,
                },
            ).fetchall()
        if len(rows) > MOST:
            raise Refused(
                rule="F-00",
                text=N_("“现在所知”一次最多重算{most}件，请选一个站点或只看我的。"),
                most=MOST,
            )
        return [case for (case,) in rows]

    def _lines(self, cases: Sequence[str], day: date) -> list[CaseLine]:
        found, clocks = [], self._clocks()
        for stream, history in self._histories(cases, self._watermark()).items():
            if line := self._line(clocks, stream, history, day):
                found.append(line)
        return found

    def _line(
        self, clocks: Clocks, stream: str, history: Sequence[Recorded], day: date
    ) -> CaseLine | None:
        """Fold one case up to a day, and give its row."""
        kind = stream.partition("-")[0]
        follower = CaseloadView(clocks).follow(stream, kind)
        if follower is None:
            return None
        case, row = Case(stream, kind, self._kinds[kind]()), None
        reads = amended([(one.event, one.occurred_on) for one in history])
        never = taken_back(event for event, _ in reads)
        counted = [
            (event, on, recorded)
            for (event, on), recorded in zip(reads, history, strict=True)
            if event is not None
            and not event.AMENDS
            and on <= day
            and getattr(event, "payment", None) not in never
        ]
        for nth, (event, on, recorded) in enumerate(counted, start=1):
            case.state.apply(event, on)
            case.history.append(recorded)
            # The day may end within a command (an import's): its last fact by then shows the case.
            last = msgspec.structs.replace(recorded, more=nth < len(counted))
            for _, put in follower.take(last, case):
                row = put
        if row is None:
            return None
        values = dict(zip(CASELOAD.names, row, strict=True))
        plain: dict[str, Any] = {
            name: tuple(value) if isinstance(value := values[name], list) else value
            for name in SHOWN
        }
        return CaseLine(**plain)


def bucket(due_on: date | None, today: date) -> str:
    """Name the group of a due day, as `list_statements.BUCKET` does in SQL."""
    if due_on is None:
        return "none"
    if due_on < today:
        return "overdue"
    if due_on <= today + timedelta(days=1):
        return DUE[1 + (due_on - today).days]
    return "week" if due_on <= today + timedelta(days=6 - today.weekday()) else "later"


def _count(
    lines: Iterable[CaseLine],
    query: Query,
    name: str,
    codes: Callable[[CaseLine], Iterable[str]],
) -> dict[str, int]:
    counted: dict[str, int] = {}
    for line in lines:
        if _matches(line, query, without=name):
            for code in codes(line):
                counted[code] = counted.get(code, 0) + 1
    return dict(sorted(counted.items()))


def _matches(line: CaseLine, query: Query, *, without: str) -> bool:
    """Hold a row against the filters of a list, as `lists` does in SQL."""
    asked: list[tuple[Any, bool]] = [
        (query.stations is not None, line.station in (query.stations or ())),
        (query.officer, query.officer in line.officers),
        (query.owner, line.owner == query.owner),
        (query.kinds and without != "kind", line.kind in query.kinds),
        (query.states and without != "state", line.state in query.states),
        (query.due and without != "due", bucket(line.due_on, query.today) in query.due),
        (query.tags and without != "tag", bool(set(line.tags) & set(query.tags))),
        (query.offered_to, line.offered_to == query.offered_to),
        (
            query.silent_since,
            (line.contacted_on or line.last_on or date.max) < (query.silent_since or date.min),
        ),
        (
            query.assigned_since,
            line.assigned_on is not None and line.assigned_on >= (query.assigned_since or date.min),
        ),
        (not query.closed and "CLOSED" not in query.states, line.state != "CLOSED"),
    ]
    return all(holds for wanted, holds in asked if wanted)
