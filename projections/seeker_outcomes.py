"""What is counted from the state of a seeker's case: in service, at work, trained, after the exit.

These rows follow from the whole case and not from one fact alone, so they are written again after
every fact; each still names the fact that it comes from.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from domain.calendar import add_months
from domain.kernel import Recorded
from domain.seeker import SeekerCase
from domain.seeker.records import Placement
from domain.seeker.standards import MET, Standard, in_force, of_case, read
from domain.seeker.standards import given as services_given

TRAINED_DAYS = 180  # 培训就业率, decisions.md 18
# Closures that WIOA leaves out: death, health, active duty, institution.
EXCLUDED = frozenset({"deceased", "incapacity", "military", "sentenced"})
# A place of its own for each kind of row beside those that a fact makes by itself.
KINDS = (
    "in_service",
    "standard",
    "employment",
    "trained",
    "completion",
    "sessions_attended",
    "sessions_planned",
    "hardship",
    "exit",
    "exit_wage",
)
FIRST = 500

Sources = Mapping[tuple[str, object], Recorded]


class Derived(NamedTuple):
    """One row, and the fact that it comes from."""

    kind: str
    on: date
    source: Recorded
    quantity: int | str = 1
    dims: Mapping[str, Any] = {}


def outcomes(
    state: SeekerCase, sources: Sources, standards: Sequence[Standard]
) -> Iterator[Derived]:
    """Give the rows of a case as it stands."""
    registered = sources.get(("registered", None))
    if registered is None or state.registered_on is None:
        return
    yield _span(state, registered)
    yield from _standard(state, registered, standards)
    yield from _employments(state, sources)
    yield from _trained(state, sources)
    yield from _hardships(state, sources)
    yield from _exit(state, sources)


def _span(state: SeekerCase, source: Recorded) -> Derived:
    """Say how long the person is served, and until when a valid seeker without work."""
    working = min((p.start_on for p in state.running if p.employed), default=None)
    return Derived(
        "in_service",
        state.registered_on or date.min,
        source,
        dims={
            "left_on": state.closed_on,
            "valid_until": state.valid_until,
            "work_from": working,
        },
    )


def _standard(
    state: SeekerCase, source: Recorded, standards: Sequence[Standard]
) -> Iterator[Derived]:
    """Say on the last day of a standard whether every item was given in time."""
    due = of_case(state)
    standard = in_force(standards, due.code, due.start_on) if due else None
    if due is None or standard is None:
        return
    last = due.start_on + timedelta(days=standard.within_days)
    readings = read(standard, due.start_on, services_given(state), last)
    left = state.closed_on is not None and state.closed_on <= last
    done = all(one.state == MET for one in readings)
    if done or not left:
        yield Derived("standard", last, source, dims={"standard": due.code, "in_time": done})


def _employments(state: SeekerCase, sources: Sources) -> Iterator[Derived]:
    """Give each verified placement that counts as employed, and who it was."""
    for one in state.placements.values():
        source = sources.get(("placement_recorded", one.no))
        if source is None or not one.employed or one.verified_on is None:
            continue
        yield Derived(
            "employment",
            one.start_on,
            source,
            dims={
                "placement": one.kind,
                "market": one.kind != "public_welfare",
                "hardship": state.in_hardship(one.start_on),
                "unemployed": any(
                    u.on <= one.start_on
                    and (u.cancelled_on is None or u.cancelled_on >= one.start_on)
                    for u in state.unemployments
                ),
                "ended_on": one.ended_on,
            },
        )


def _trained(state: SeekerCase, sources: Sources) -> Iterator[Derived]:
    """Give each completer, and whether work began within 180 days of the completion."""
    for one in state.enrolments.values():
        source = sources.get(("training_completed", one.training))
        if source is None or one.completed_on is None:
            continue
        done = one.completed_on
        if one.standing in {"completed", "certified"}:
            until = done + timedelta(days=TRAINED_DAYS)
            jobs = [p for p in state.placements.values() if p.employed and p.verified_on]
            placed = any(done <= p.start_on <= until for p in jobs)
            at_work = any(
                p.start_on < one.on and (p.ended_on is None or p.ended_on >= one.on) for p in jobs
            )
            dims = {"placed": placed, "at_work": at_work}
            yield Derived("trained", until, source, dims=dims)
            yield Derived("completion", done, source, dims={"certified": bool(one.certified_on)})
        yield Derived("sessions_attended", done, source, one.attended)
        yield Derived("sessions_planned", done, source, one.planned)


def _hardships(state: SeekerCase, sources: Sources) -> Iterator[Derived]:
    """Give each recognition from its day on."""
    for one in state.hardships.values():
        source = sources.get(("hardship_recognised", one.no))
        if source is not None and one.decided_on:
            ended = min((day for day in (one.cancelled_on, one.valid_until) if day), default=None)
            yield Derived("hardship", one.decided_on, source, dims={"ended_on": ended})


def _exit(state: SeekerCase, sources: Sources) -> Iterator[Derived]:
    """Give the exit with what was found in the second and fourth quarter after its own (WIOA)."""
    source = sources.get(("closed", None))
    if (
        source is None
        or state.closed_on is None
        or state.close_reason in {"not_registered", "moved"}
    ):
        return
    second, fourth = _quarter(state.closed_on, 2), _quarter(state.closed_on, 4)
    job_2, job_4 = _job(state, *second), _job(state, *fourth)
    classes = [e for e in state.enrolments.values() if e.on <= state.closed_on]
    credential = any(
        e.certified_on and e.certified_on <= add_months(state.closed_on, 12) for e in classes
    )
    yield Derived(
        "exit",
        state.closed_on,
        source,
        dims={
            "reason": state.close_reason,
            "excluded": state.close_reason in EXCLUDED,
            "second_until": second[1],
            "fourth_until": fourth[1],
            "employed_second": job_2 is not None,
            "employed_fourth": job_4 is not None,
            "same_employer": bool(job_2 and job_4 and job_2.employer == job_4.employer),
            "trained": bool(classes),
            "credential": credential,
            "credential_until": add_months(state.closed_on, 12),
        },
    )
    wage = _wage(state, job_2, *second) if job_2 else None
    if wage is not None and state.close_reason not in EXCLUDED:
        yield Derived("exit_wage", state.closed_on, source, wage, dims={"second_until": second[1]})


def _quarter(day: date, after: int) -> tuple[date, date]:
    """Give first and last day of the n-th quarter after that of a day."""
    first = date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
    begins = add_months(first, 3 * after)
    return begins, add_months(begins, 3) - timedelta(days=1)


def _job(state: SeekerCase, begins: date, ends: date) -> Placement | None:
    """Give an unsubsidised job of a quarter that somebody confirmed in it or later."""
    for one in state.placements.values():
        if not one.employed or one.kind == "public_welfare" or one.start_on > ends:
            continue
        if one.ended_on is not None and one.ended_on < begins:
            continue
        confirmed = [one.verified_on] if one.verified_on else []
        confirmed += [
            c.on for c in state.contacts if c.placement == one.no and c.result == "retained"
        ]
        if any(day >= begins for day in confirmed):
            return one
    return None


def _wage(state: SeekerCase, job: Placement, begins: date, ends: date) -> int | None:
    """Give the monthly wage told of a quarter, else what was agreed, in fen."""
    told = [
        c.wage
        for c in state.contacts
        if c.placement == job.no and c.wage is not None and begins <= c.on <= ends
    ]
    wage = told[-1] if told else job.pay
    return int(wage) if wage is not None else None
