"""Foresight 预演: what lists, time limits and figures would read after facts not yet recorded.

The views of the wall follow the case through its history and then through the facts in question;
what they put is compared. Nothing is written (F-43).
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from domain.kernel import Aggregate, Event, Recorded
from projections.caseload import CASELOAD, DEADLINES, CaseloadView, DeadlinesView
from projections.clocks import Clocks
from projections.facts import FACTS, FactsView
from projections.folding import Case, Follower
from projections.ranges import FOREVER
from projections.tables import Row, Table

# Columns that say when something was last touched, not how the case stands.
QUIET = frozenset({"last_on", "last_verb", "from_position", "to_position"})


class Change(NamedTuple):
    """One column of the case's row in every list: before and after."""

    column: str
    before: Any
    after: Any


class Foreseen(NamedTuple):
    """What would change: columns of the row, time limits that end or begin, counted facts.

    `recounted` are facts that count otherwise: another person, kind, amount or dimension.
    """

    row: Sequence[Change]
    ended: Sequence[Mapping[str, Any]]
    begun: Sequence[Mapping[str, Any]]
    uncounted: Sequence[Mapping[str, Any]]
    counted: Sequence[Mapping[str, Any]]
    recounted: Sequence[Mapping[str, Any]]


class _Wall:
    """What the followers of one case have put, as it stands now."""

    def __init__(self, clocks: Clocks, case: Case) -> None:
        views = (CaseloadView(clocks), DeadlinesView(clocks), FactsView(clocks.calendar))
        found = (view.follow(case.stream, case.kind) for view in views)
        self._followers: list[Follower] = [one for one in found if one is not None]
        self._case = case
        self.rows: dict[Table, dict[Row, Row]] = {CASELOAD: {}, DEADLINES: {}, FACTS: {}}

    def take(self, recorded: Recorded) -> None:
        """Follow one fact."""
        self._case.history.append(recorded)
        self._case.state.apply(recorded.event, recorded.occurred_on)
        for follower in self._followers:
            for table, row in follower.take(recorded, self._case):
                self.rows[table][row[: table.keys]] = row

    def current(self, table: Table) -> dict[Row, Mapping[str, Any]]:
        """Give the rows of a table that hold now, by their key without the position."""
        return {
            row[: table.keys - 1]: dict(zip(table.names, row, strict=True))
            for row in self.rows[table].values()
            if row[-1] == FOREVER
        }


def foresee(
    clocks: Clocks,
    kind: type[Aggregate],
    history: Sequence[Recorded],
    new: Sequence[Event],
    *,
    on: date,
    at: datetime,
) -> Foreseen:
    """Say what would change if these facts followed this history."""
    stream = history[-1].stream
    wall = _Wall(clocks, Case(stream, stream.partition("-")[0], kind()))
    for recorded in history:
        wall.take(recorded)
    before = {table: wall.current(table) for table in (CASELOAD, DEADLINES, FACTS)}
    last = history[-1]
    for number, fact in enumerate(new, start=1):
        wall.take(
            Recorded(
                position=last.position + number,
                stream=stream,
                version=last.version + number,
                event=fact,
                command_id="",
                actor="",
                station=last.station,
                occurred_on=on,
                recorded_at=at,
            )
        )
    after = {table: wall.current(table) for table in before}
    return Foreseen(
        _changes(before[CASELOAD], after[CASELOAD]),
        _gone(before[DEADLINES], after[DEADLINES]),
        _gone(after[DEADLINES], before[DEADLINES]),
        [row for key, row in before[FACTS].items() if key not in after[FACTS]],
        [row for key, row in after[FACTS].items() if key not in before[FACTS]],
        [row for row in _gone(after[FACTS], before[FACTS]) if _key(row) in before[FACTS]],
    )


def _changes(
    before: Mapping[Row, Mapping[str, Any]], after: Mapping[Row, Mapping[str, Any]]
) -> list[Change]:
    old: Mapping[str, Any] = next(iter(before.values()), {})
    new: Mapping[str, Any] = next(iter(after.values()), {})
    return [
        Change(name, old.get(name), new.get(name))
        for name in CASELOAD.names
        if name not in QUIET and old.get(name) != new.get(name)
    ]


def _gone(
    before: Mapping[Row, Mapping[str, Any]], after: Mapping[Row, Mapping[str, Any]]
) -> list[Mapping[str, Any]]:
    """Give the rows that are there before and not, or otherwise, after."""
    return [row for key, row in before.items() if _plain(after.get(key)) != _plain(row)]


def _key(row: Mapping[str, Any]) -> Row:
    return tuple(row[name] for name in FACTS.names[: FACTS.keys - 1])


def _plain(row: Mapping[str, Any] | None) -> dict[str, Any]:
    return {name: value for name, value in (row or {}).items() if name not in QUIET}
