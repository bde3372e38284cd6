"""A second, plain reading of the machine of domain.md 2.4, to hold the fold against."""

from collections.abc import Sequence
from datetime import date

from domain.kernel import Dated, Event, Sealed, amended
from domain.seeker import facts
from domain.seeker.values import Wants

LEADS_TO_PLACED = {"formal", "part_time", "flexible", "public_welfare", "self_employed"}
SEALED = Sealed("person-1", "note", "note")


class Reading:
    """What a plain reader keeps in mind while reading a history."""

    def __init__(self) -> None:
        self.word, self.merged = "-", ""
        self.closed = self.resting = False
        self.known: set[str] = set()
        self.jobs: set[int] = set()

    def service(self, fact: Event) -> None:
        """Read what is about needs and services."""
        match fact:
            case facts.LeadRecorded():
                self.word = "LEAD"
            case facts.Registered():
                self.word = "REGISTERED"
            case facts.NeedsAssessed() | facts.TierAssigned():
                self.known.add(fact.TOPIC)
                if self.word == "REGISTERED" and len(self.known) == 2:
                    self.word = "ASSESSED"
            case facts.AssistancePlanMade() if self.word == "ASSESSED":
                self.word = "IN_SERVICE"
            case _:
                self.work(fact)

    def work(self, fact: Event) -> None:
        """Read what is about work."""
        match fact:
            case facts.PlacementRecorded(kind=kind) if kind in LEADS_TO_PLACED:
                self.jobs.add(fact.placement)
                self.word = "PLACED"
            case facts.PlacementEnded():
                self.jobs.discard(fact.placement)
                if self.word in {"PLACED", "STABLE"} and not self.jobs:
                    self.word = "IN_SERVICE"
            case facts.FollowUpRecorded(month=6, result="retained"):
                if fact.placement in self.jobs and self.word == "PLACED":
                    self.word = "STABLE"
            case _:
                self.file(fact)

    def file(self, fact: Event) -> None:
        """Read what is about the file."""
        match fact:
            case facts.Suspended() | facts.Resumed():
                self.resting = isinstance(fact, facts.Suspended)
            case facts.Closed():
                self.closed = True
            case facts.Reopened():
                self.word, self.closed, self.resting = "REGISTERED", False, False
                self.known.clear()
            case facts.Merged():
                self.merged = fact.into
            case facts.Unmerged() if fact.other == self.merged:
                self.merged = ""


def standing(history: Sequence[Dated]) -> str:
    """Read the state word off a history as it reads today."""
    reading = Reading()
    for fact, _ in amended(history):
        if fact is not None:
            reading.service(fact)
    if reading.closed or reading.merged:
        return "CLOSED"
    return "SUSPENDED" if reading.resting else reading.word


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
