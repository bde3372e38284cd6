"""What hangs on the wall about seekers, read from streams in memory: criteria, standards, money."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from application.store import Stamp
from domain.household import Household
from domain.seeker import SeekerCase
from domain.seeker.criteria import SHIPPED, kinds
from domain.seeker.criteria import Criteria as CriteriaVersion
from domain.seeker.standards import SHIPPED as SHIPPED_STANDARDS
from domain.seeker.standards import Standard, checked, given, in_force, of_case, read, worst
from projections.assistance_reader import Desk, Home, Job, Mark, Money, Sums
from tests.memory import MemoryStore


class Criteria:
    """Versions of the criteria, in memory."""

    def __init__(self) -> None:
        self.known = list(SHIPPED)

    def versions(self) -> Sequence[CriteriaVersion]:
        return self.known

    def enter(self, **entered: Any) -> CriteriaVersion:
        made = CriteriaVersion(
            entered["version"],
            entered["from_on"],
            "44",
            kinds(entered["categories"]),
            {1: 1, 2: entered["enough"]},
            entered["source"],
        )
        self.known.append(made)
        return made


class Standards:
    """The standards as shipped, and what a test enters."""

    def __init__(self) -> None:
        self.entered: list[Standard] = []

    def standards(self) -> Sequence[Standard]:
        return (*SHIPPED_STANDARDS, *self.entered)

    def enter(self, *, stamp: Stamp, items: Sequence[tuple[str, int]], **entered: Any) -> Standard:
        made = checked(Standard(items=tuple(items), **entered))
        self.entered.append(made)
        return made


class Help:
    """The tables of help, read from the streams in memory."""

    def __init__(self, store: MemoryStore) -> None:
        self.store = store

    def marks(self, cases: Collection[str], today: date) -> dict[str, Mark]:
        found = {}
        for case in cases:
            state = self.store.load(SeekerCase, case)
            if due := of_case(state):
                standard = in_force(SHIPPED_STANDARDS, due.code, due.start_on)
                readings = read(standard, due.start_on, given(state), today) if standard else []
                found[case] = Mark(case, state.owner, due.code, worst(readings), readings)
        return found

    def cases(self) -> list[str]:
        return sorted({r.stream for r in self.store.log if r.stream.startswith("seeker-")})

    def ledger(
        self, stations: Sequence[str] | None, *, kind: str = "", state: str = "", **_more: Any
    ) -> tuple[list[Money], Sums]:
        rows = []
        for case in self.cases():
            held = self.store.load(SeekerCase, case)
            rows += [
                Money(
                    case, one.no, held.station, held.owner, held.person, one.kind,
                    one.standing, one.applied_on, int(one.amount), int(one.approved),
                    int(one.paid), int(one.recovered), one.months, one.paid_months,
                    one.stopped_from,
                )
                for one in held.subsidies.values()
                if kind in {"", one.kind} and state in {"", one.standing}
            ]  # fmt: skip
        return rows, Sums(
            len(rows),
            len({row.person for row in rows}),
            sum(row.asked for row in rows),
            sum(row.approved for row in rows),
            sum(row.paid for row in rows),
            sum(row.recovered for row in rows),
        )

    def jobs(self, persons: Collection[str]) -> list[Job]:
        return [
            Job(held.person, case, one.no, one.kind, one.start_on, one.verified_on,
                one.ended_on, int(one.pay) if one.pay else None)
            for case in self.cases()
            for held in [self.store.load(SeekerCase, case)]
            for one in held.placements.values()
            if held.person in persons and one.employed
        ]  # fmt: skip

    def working(self, persons: Collection[str]) -> set[str]:
        return {job.person for job in self.jobs(persons) if job.ended_on is None}

    def cases_of(self, persons: Collection[str]) -> dict[str, str]:
        found = {self.store.load(SeekerCase, case).person: case for case in self.cases()}
        return {person: case for person, case in found.items() if person in persons}

    def household_of(self, person: str) -> str:
        return next((home.stream for home in self.households(None) if person in home.members), "")

    def households(self, stations: Sequence[str] | None, limit: int = 500) -> list[Home]:
        found = []
        for stream in sorted({r.stream for r in self.store.log if r.stream[:10] == "household-"}):
            home = self.store.load(Household, stream)
            detail = {
                "kind": home.kind,
                "seeking": sorted(home.seeking),
                "declared_on": home.declared_on,
                "cleared_on": home.cleared_on,
            }
            members = sorted(home.persons)
            found.append(Home(stream, home.standing, home.domicile, members, home.clear_by, detail))
        return found

    def standing(
        self, stations: Sequence[str] | None, today: date, *, owner: str = "", state: str = ""
    ) -> list[Mark]:
        marks = self.marks(self.cases(), today).values()
        return [m for m in marks if owner in {"", m.owner} and state in {"", m.state}]

    def desks(self, stations: Sequence[str] | None, today: date) -> list[Desk]:
        found: dict[str, Desk] = {}
        for mark in self.standing(stations, today):
            desk = found.setdefault(mark.owner, Desk(mark.owner))
            desk.cases += 1
            desk.states[mark.state] += 1
        return list(found.values())
