"""Caseload and deadlines: a row a case, and a row a running time limit, each with its validity.

No personal value stands here: persons are ids, sealed fields are never read. Overdue is never
stored; it follows from the due day and the day of reading.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from domain.calendar import CHINA
from domain.dispute import DisputeCase
from domain.kernel import Recorded
from domain.seeker import SeekerCase
from projections.clocks import Clocks, Running
from projections.folding import Case, Follower, Put
from projections.ranges import CURRENT, NAME, Ranges, ranged
from projections.tables import Row

KINDS = frozenset({"seeker", "dispute"})
WORD = f"{NAME} NOT NULL"
WORDS = "text[] NOT NULL"
FEN = "bigint NOT NULL"

CASELOAD = ranged(
    "caseload",
    {"case_id": NAME},
    {
        "kind": WORD,
        "case_no": WORD,
        "station": WORD,
        "offered_to": WORD,
        "owner": WORD,
        "assigned_on": "date",
        "officers": WORDS,
        "person": WORD,
        "claimants": "integer NOT NULL",
        "respondents": WORDS,
        "state": WORD,
        "tier": WORD,
        "tags": WORDS,
        "next_step": WORD,
        "due_on": "date",
        "provisional": "boolean NOT NULL",
        "opened_on": "date",
        "last_on": "date",
        "last_verb": WORD,
        "contacted_on": "date",
        "hold_until": "date",
        "claimed": FEN,
        "agreed": FEN,
        "paid": FEN,
        "outstanding": FEN,
        "settled_on": "date",
        "closed_on": "date",
        "outcome": WORD,
        "merged_into": WORD,
    },
    indexes=(
        # With what its filters count, so that a station's list is counted without its rows.
        f"(station, due_on, case_no, case_id) INCLUDE (kind, state, tags) WHERE {CURRENT}",
        f"(owner, due_on, case_no, case_id) WHERE {CURRENT}",
        f"USING gin (officers) WITH (fastupdate = off) WHERE {CURRENT}",
        f"USING gin (respondents) WITH (fastupdate = off) WHERE {CURRENT}",
        f"(offered_to) WHERE {CURRENT} AND offered_to <> ''",
        "(station, from_position, to_position)",
    ),
)
DEADLINES = ranged(
    "deadlines",
    {"case_id": NAME, "rule": NAME, "about": NAME},
    {
        "start_on": "date",
        "due_on": "date NOT NULL",
        "unit": WORD,
        "provisional": "boolean NOT NULL",
        "stopped": "boolean NOT NULL",
        "arithmetic": "jsonb NOT NULL",
        "calendar": "integer NOT NULL",
    },
    indexes=(f"(due_on, case_id) WHERE {CURRENT}",),
)


class CaseloadView:
    """The row of each seeker's case and each dispute."""

    name = "caseload"
    tables = (CASELOAD,)

    def __init__(self, clocks: Clocks) -> None:
        """Take the clocks: the next step is the most pressing time limit."""
        self._clocks = clocks
        self.version = f"5{clocks.version}"

    def follow(self, stream: str, kind: str) -> Follower | None:  # noqa: ARG002 - for other views
        """Follow both kinds of case."""
        return _CaseRow(self._clocks) if kind in KINDS else None


class DeadlinesView:
    """The rows of the running time limits, with their arithmetic."""

    name = "deadlines"
    tables = (DEADLINES,)

    def __init__(self, clocks: Clocks) -> None:
        """Take the clocks; another calendar or setting gives another version."""
        self._clocks = clocks
        self.version = f"3{clocks.version}"

    def follow(self, stream: str, kind: str) -> Follower | None:  # noqa: ARG002 - for other views
        """Follow both kinds of case."""
        return _Deadlines(self._clocks) if kind in KINDS else None


class _CaseRow:
    def __init__(self, clocks: Clocks) -> None:
        self._clocks = clocks
        self._ranges = Ranges(CASELOAD)
        self._owner = ""
        self._assigned_on: date | None = None

    def take(self, recorded: Recorded, case: Case) -> Iterable[Put]:
        """Show the case as it stands after a command."""
        state = case.state
        if state.owner != self._owner:
            self._owner = state.owner
            self._assigned_on = recorded.occurred_on if state.owner else None
        if recorded.more:
            return
        running = self._clocks.of(case, recorded)
        following = running[0] if running and not running[0].stopped else None
        row = (
            case.kind,
            state.case_no,
            state.station,
            state.offered_to,
            state.owner,
            self._assigned_on,
            sorted(_officers(state)),
            *_parties(state),
            state.standing,
            state.tier if isinstance(state, SeekerCase) else "",
            sorted(self._tags(state, recorded)),
            *_next(following),
            _opened_on(state),
            recorded.occurred_on,
            recorded.event.TOPIC.partition(".")[2],
            state.contacted_on if isinstance(state, SeekerCase) else None,
            state.hold_until,
            *_money(state),
        )
        yield from self._ranges.put(recorded.position, (case.stream,), row)

    def _tags(self, state: Any, recorded: Recorded) -> set[str]:
        """Name what lists filter by: of a dispute its claim codes and alarms as of this fact."""
        if not isinstance(state, DisputeCase):
            return _groups_of(state)
        codes = {claim.code for claim in state.claims.values()}
        on = recorded.recorded_at.astimezone(CHINA).date()
        return codes | self._clocks.alarms(state, on)


def _officers(state: Any) -> set[str]:
    """Name who is on a case: its officers, and of a lead the informant who told of it."""
    told = isinstance(state, SeekerCase) and state.standing == "LEAD" and state.informant
    return set(state.officers) | ({state.informant} if told else set())


def _next(following: Running | None) -> Row:
    if following is None:
        return "", None, False
    return following.rule, following.due_on, following.provisional


def _parties(state: Any) -> Row:
    """Give person (of a dispute the only or first claimant), number of claimants, respondents."""
    if isinstance(state, DisputeCase):
        workers = list(state.workers)
        first = workers[0] if workers else state.applicant or ""
        return first, len(workers), sorted(state.respondents)
    return state.person, 0, []


def _opened_on(state: Any) -> date | None:
    """Give the day that a case counts from: of receipt or registration, else its first fact."""
    day: date | None = (
        state.applied_on if isinstance(state, DisputeCase) else state.registered_on
    ) or state.first_on
    return day


def _groups_of(state: SeekerCase) -> set[str]:
    """Name what lists of seekers filter by: key groups, recognised hardship."""
    hardship = {"hardship", state.recognised.group} if state.recognised else set()
    return set(state.groups) | hardship


def _money(state: Any) -> Row:
    """Give claimed, agreed, paid, outstanding in fen; day of settling and closing, outcome."""
    if isinstance(state, DisputeCase):
        sums = state.totals
        return (
            int(sums.claimed),
            int(sums.agreed),
            int(sums.paid),
            int(sums.outstanding),
            state.settled_on,
            state.closed_on,
            state.outcome,
            state.merged_into,
        )
    return 0, 0, 0, 0, None, state.closed_on, state.close_reason, state.merged_into


class _Deadlines:
    def __init__(self, clocks: Clocks) -> None:
        self._clocks = clocks
        self._ranges = Ranges(DEADLINES)
        self._shown: tuple[Running, ...] = ()

    def take(self, recorded: Recorded, case: Case) -> Iterable[Put]:
        """Show what runs after a command; the arithmetic is written only for what changed."""
        if recorded.more:
            return
        running = self._clocks.of(case, recorded)
        if running == self._shown:
            return
        shown = set(self._shown)
        keys = {(case.stream, one.rule, one.about) for one in running}
        for old in self._shown:
            if (key := (case.stream, old.rule, old.about)) not in keys:
                yield from self._ranges.drop(recorded.position, key)
        for one in running:
            if one not in shown:
                key = (case.stream, one.rule, one.about)
                yield from self._ranges.put(recorded.position, key, self._content(one))
        self._shown = running

    def _content(self, one: Running) -> Row:
        return (
            one.start_on,
            one.due_on,
            one.unit,
            one.provisional,
            one.stopped,
            one.arithmetic,
            self._clocks.calendar.version,
        )
