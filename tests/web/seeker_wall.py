"""What hangs on the wall about seekers, read from streams in memory: criteria, standards, money."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from application.store import Stamp
from domain.seeker import SeekerCase
from domain.seeker.criteria import SHIPPED, kinds
from domain.seeker.criteria import Criteria as CriteriaVersion
from domain.seeker.standards import SHIPPED as SHIPPED_STANDARDS
from domain.seeker.standards import Standard, checked, given, in_force, of_case, read, worst
from projections.assistance_reader import Desk, Mark, Money, Sums
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
