"""A case as at a position of the log, with the names and texts that its papers print."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol, TypeVar

from domain.dispute import DisputeCase
from domain.employer import Employer
from domain.kernel import Aggregate, Event, Recorded, Redacted, Sealed, amended
from domain.person import Person
from domain.staff import StaffAccount
from domain.station import Station

ERASED = "（已依法删除）"
Block = dict[str, Any]
A = TypeVar("A", bound=Aggregate)


class Log(Protocol):
    """Reads histories; `application.log.reader.LogReader` is one."""

    def history(self, stream: str) -> list[Recorded]:
        """Give all facts of a stream in order."""
        ...

    def histories(self, streams: Sequence[str], upto: int) -> dict[str, list[Recorded]]:
        """Give the facts of each stream up to a position."""
        ...


Opened = Callable[[Sequence[Sealed]], Sequence[object]]


@dataclass(frozen=True)
class Scene:
    """What a paper is made from; `on` is the day of issue out of the fact."""

    case: DisputeCase
    on: date
    names: Mapping[str, str]
    opened: Opened

    def name(self, stream: str | None) -> str:
        """Give the name of a party or officer as at the position; an unknown one has its id."""
        return self.names.get(stream, stream) if stream else ""

    def said(self, values: Iterable[Sealed | None]) -> list[str]:
        """Open free texts in one call; what was erased says so."""
        sealed = [value for value in values if value is not None]
        return [ERASED if isinstance(o, Redacted) else str(o) for o in self.opened(sealed)]

    @property
    def facts(self) -> list[tuple[Event, date]]:
        """The facts that count, with their corrections in place."""
        return [(fact, on) for fact, on in amended(self.case.history) if fact is not None]


def scene(
    log: Log,
    opened: Opened,
    stream: str,
    *,
    at_position: int,
    on: date,
) -> Scene:
    """Fold a case up to a position, and everybody it names as they were called then."""
    case = _fold(DisputeCase().named(stream), log.histories([stream], at_position)[stream])
    employers = [*case.respondents, *(s for s in _mentioned(case) if s.startswith("employer"))]
    staff = [s for s in _mentioned(case) if s.startswith("staff")]
    histories = log.histories([*employers, *staff, case.station], at_position)
    names = {one: _fold(Employer(), histories[one]).name or one for one in employers}
    names[case.station] = _fold(Station(), histories[case.station]).official_name or case.station
    accounts = {one: _fold(StaffAccount(), histories[one]).person for one in staff}
    persons = dict.fromkeys([*case.workers, *filter(None, [case.applicant]), *accounts.values()])
    people = _people(log, opened, [p for p in persons if p], at_position)
    names |= people | {one: people.get(person, one) for one, person in accounts.items()}
    return Scene(case, on, names, opened)


def _fold(state: A, history: Sequence[Recorded]) -> A:
    return state.fold((one.event, one.occurred_on) for one in history)


def _mentioned(case: DisputeCase) -> set[str]:
    """List the officers and parties that facts name."""
    found = set(case.mediators) | {a.mediator for a in case.agreements.values()}
    found |= {p.payer for p in case.payments.values()}
    for fact, _on in case.history:
        found |= set(getattr(fact, "present", ())) | {str(getattr(fact, "mediator", ""))}
    return found - {""}


def _people(log: Log, opened: Opened, persons: Sequence[str], upto: int) -> dict[str, str]:
    """Open the names of persons as they were at a position."""
    histories = log.histories(persons, upto)
    sealed = {
        person: identity
        for person in persons
        if (identity := _fold(Person(), histories[person]).identity) is not None
    }
    records = zip(sealed, opened(list(sealed.values())), strict=True)
    return {
        person: str(record["name"]) if isinstance(record, Mapping) else ERASED
        for person, record in records
    }


# How values are written on papers.


def day(on: date | None) -> str:
    """Write a day, as 2026年3月6日."""
    return f"{on.year}年{on.month}月{on.day}日" if on else "—"


def yuan(fen: int) -> str:
    """Write an amount, as 4,800.00; nothing is rounded."""
    whole, rest = divmod(abs(int(fen)), 100)
    return f"{'-' if fen < 0 else ''}{whole:,}.{rest:02d}"


# The blocks that `templates/paper.typ` draws.


def para(text: str) -> Block:
    """Make a paragraph with an indent of two characters."""
    return {"kind": "para", "text": text}


def heading(text: str) -> Block:
    """Make a heading."""
    return {"kind": "heading", "text": text}


def pairs(*rows: tuple[str, str]) -> Block:
    """Make a table of labels and values; values of nothing are left out."""
    return {"kind": "facts", "rows": [list(row) for row in rows if row[1]]}


def grid(
    columns: Sequence[tuple[str, int, str]],
    rows: Iterable[Sequence[str]],
    total: Sequence[str] = (),
) -> Block:
    """Make a table; a column is (name, share of the width, `l` or `r`)."""
    return {
        "kind": "table",
        "columns": [name for name, _, _ in columns],
        "widths": [width for _, width, _ in columns],
        "align": [side for _, _, side in columns],
        "rows": [list(row) for row in rows],
        "total": list(total),
    }


def signatures(*places: str) -> Block:
    """Make places to sign."""
    return {"kind": "signatures", "places": list(places)}
