"""What hangs on the wall about help: services given, placements, money, a row each with validity.

Persons are ids, no sealed field is read. Met, open and overdue are not stored: a reader says them
for a day (`assistance_reader.py`).
"""

from collections.abc import Iterable
from typing import Any

from domain.kernel import Correction, Recorded, Voiding
from domain.seeker import SeekerCase
from domain.seeker.standards import given, of_case
from projections.folding import Case, Follower, Put
from projections.ranges import CURRENT, NAME, Ranges, ranged
from projections.tables import Row

WORD = f"{NAME} NOT NULL"
SERVICES = ranged(
    "services",
    {"case_id": NAME},
    {
        "station": WORD,
        "owner": WORD,
        "person": WORD,
        "state": WORD,
        "standard": WORD,
        "start_on": "date",
        "given": "jsonb NOT NULL",
    },
    indexes=(f"(station, owner) WHERE {CURRENT}", f"(person) WHERE {CURRENT}"),
)
PLACEMENTS = ranged(
    "placements",
    {"case_id": NAME, "placement": "integer"},
    {
        "station": WORD,
        "person": WORD,
        "kind": WORD,
        "employer": WORD,
        "start_on": "date NOT NULL",
        "verified_on": "date",
        "ended_on": "date",
        "term_until": "date",
        "pay": "bigint",
    },
    indexes=(f"(person) WHERE {CURRENT}", f"(station, start_on) WHERE {CURRENT}"),
)
SUBSIDIES = ranged(
    "subsidies",
    {"case_id": NAME, "subsidy": "integer"},
    {
        "station": WORD,
        "owner": WORD,
        "person": WORD,
        "kind": WORD,
        "state": WORD,
        "applied_on": "date NOT NULL",
        "entered_by": WORD,
        "asked": "bigint NOT NULL",
        "approved": "bigint NOT NULL",
        "paid": "bigint NOT NULL",
        "recovered": "bigint NOT NULL",
        "months": "text[] NOT NULL",
        "paid_months": "text[] NOT NULL",
        "stopped_from": WORD,
    },
    indexes=(f"(station, applied_on, case_id) WHERE {CURRENT}",),
)
# Facts after which a table may read otherwise; amendments, merges and moves touch all of them.
ALWAYS = frozenset({"registered", "transferred", "assigned", "unassigned", "merged", "unmerged"})
SERVED = frozenset(
    """lead_recorded group_tagged group_untagged tier_assigned assistance_plan_made
    assistance_plan_revised visit_recorded guidance_given policy_explained activity_joined
    match_meeting_held referred training_enrolled placement_recorded placement_ended
    follow_up_recorded suspended resumed closed reopened needs_assessed""".split()  # noqa: SIM905 - a list of words reads best as text
)


class AssistanceView:
    """Services, placements and subsidies of every seeker's case."""

    name = "assistance"
    version = "2"
    tables = (SERVICES, PLACEMENTS, SUBSIDIES)

    def follow(self, stream: str, kind: str) -> Follower | None:  # noqa: ARG002 - for other views
        """Follow seekers."""
        return _Followed() if kind == "seeker" else None


class _Followed:
    def __init__(self) -> None:
        self._services, self._placements = Ranges(SERVICES), Ranges(PLACEMENTS)
        self._subsidies = Ranges(SUBSIDIES)

    def take(self, recorded: Recorded, case: Case) -> Iterable[Put]:
        """Show what a fact may have changed."""
        state, at = case.state, recorded.position
        tail = recorded.event.TOPIC.partition(".")[2]
        everything = tail in ALWAYS or isinstance(recorded.event, Correction | Voiding)
        if everything or tail in SERVED:
            yield from self._services.show(at, _service(case.stream, state))
        if everything or tail.startswith("placement_"):
            yield from self._placements.show(at, _placements(case.stream, state))
        if everything or tail.startswith("subsidy_"):
            yield from self._subsidies.show(at, _subsidies(case.stream, state))


def _service(stream: str, state: SeekerCase) -> dict[Row, Row]:
    due = of_case(state)
    if state.merged_into or due is None:
        return {}
    place = (state.station, state.owner, state.person, state.standing)
    return {(stream,): (*place, due.code, due.start_on, _days(state))}


def _days(state: SeekerCase) -> dict[str, list[str]]:
    return {kind: [day.isoformat() for day in days] for kind, days in given(state).items()}


def _placements(stream: str, state: SeekerCase) -> dict[Row, Row]:
    if state.merged_into:
        return {}
    found: dict[Row, Row] = {}
    for one in state.placements.values():
        row: tuple[Any, ...] = (
            state.station,
            state.person,
            one.kind,
            one.employer or "",
            one.start_on,
            one.verified_on,
            one.ended_on,
            one.term_until,
            int(one.pay) if one.pay is not None else None,
        )
        found[stream, one.no] = row
    return found


def _subsidies(stream: str, state: SeekerCase) -> dict[Row, Row]:
    if state.merged_into:
        return {}
    return {
        (stream, one.no): (
            state.station,
            state.owner,
            state.person,
            one.kind,
            one.standing,
            one.applied_on,
            one.entered_by,
            int(one.amount),
            int(one.approved),
            int(one.paid),
            int(one.recovered),
            list(one.months),
            list(one.paid_months),
            one.stopped_from,
        )
        for one in state.subsidies.values()
    }
