"""A second, plain reading of the machine of domain.md 2.4, to hold the fold against."""

from collections.abc import Sequence
from datetime import date

from domain.kernel import Dated, Event, Sealed, amended
from domain.seeker import facts
from domain.seeker.values import Wants

LEADS_TO_PLACED = {"formal", "part_time", "flexible", "public_welfare", "self_employed"}
SEALED = Sealed("person-1", "note", "note")


def standing(history: Sequence[Dated]) -> str:
    """Read the state word off a history as it reads today."""
    word, closed, resting, merged = "-", False, False, ""
    known: set[str] = set()
    jobs: dict[int, str] = {}
    read: list[tuple[Event | None, date]] = amended(history)
    for fact, _ in read:
        match fact:
            case facts.LeadRecorded():
                word = "LEAD"
            case facts.Registered():
                word = "REGISTERED"
            case facts.NeedsAssessed() | facts.TierAssigned():
                known.add(type(fact).__name__)
                word = "ASSESSED" if word == "REGISTERED" and len(known) == 2 else word
            case facts.AssistancePlanMade() if word == "ASSESSED":
                word = "IN_SERVICE"
            case facts.PlacementRecorded(kind=kind) if kind in LEADS_TO_PLACED:
                jobs[fact.placement] = kind
                word = "PLACED"
            case facts.PlacementEnded():
                jobs.pop(fact.placement, None)
                word = "IN_SERVICE" if word in {"PLACED", "STABLE"} and not jobs else word
            case facts.FollowUpRecorded(month=6, result="retained") if fact.placement in jobs:
                word = "STABLE" if word == "PLACED" else word
            case facts.Suspended():
                resting = True
            case facts.Resumed():
                resting = False
            case facts.Closed():
                closed = True
            case facts.Reopened():
                word, closed, resting = "REGISTERED", False, False
                known.clear()
            case facts.Merged():
                merged = fact.into
            case facts.Unmerged() if fact.other == merged:
                merged = ""
            case _:
                pass
    if closed or merged:
        return "CLOSED"
    return "SUSPENDED" if resting else word


def way_to(state: str) -> list[Event]:
    """Give facts that lead to a state."""
    registered = facts.Registered(
        person="person-1",
        station="station-xingye",
        case_no="JS-440784-2024-000001",
        serial=1,
        channel="walk_in",
        birth_year=1990,
        sex="female",
        domicile="440784",
        activity="jobless",
        wants=Wants(),
        legal_basis="consent",
        notice_version="1",
        valid_until=date(2099, 12, 31),
    )
    assessed: list[Event] = [
        facts.NeedsAssessed(needs=("job",), barriers=()),
        facts.TierAssigned(tier="B", reason=SEALED),
    ]
    plan = facts.AssistancePlanMade(standard="131", officer="staff-1", items=())
    job = facts.PlacementRecorded(placement=1, kind="formal", start_on=date(2024, 1, 2))
    held = facts.FollowUpRecorded(
        purpose="retention", placement=1, month=6, channel="phone", result="retained"
    )
    lead = facts.LeadRecorded(
        person="person-1", station="station-xingye", channel="visit", note=SEALED
    )
    ways: dict[str, list[Event]] = {
        "-": [],
        "LEAD": [lead],
        "REGISTERED": [registered],
        "ASSESSED": [registered, *assessed],
        "IN_SERVICE": [registered, *assessed, plan],
        "PLACED": [registered, job],
        "STABLE": [registered, job, held],
        "SUSPENDED": [registered, facts.Suspended(reason="ill", until=date(2024, 9, 1))],
        "CLOSED": [registered, facts.Closed(reason="moved")],
    }
    return ways[state]
