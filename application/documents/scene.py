"""A case as at a position of the log, with the names and texts that its papers print."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple, Protocol, TypeVar

from domain.dispute import DisputeCase
from domain.employer import Employer
from domain.identity import last_four
from domain.kernel import Aggregate, Event, Recorded, Redacted, Sealed, as_it_reads
from domain.person import Person
from domain.seeker import SeekerCase
from domain.staff import StaffAccount
from domain.station import Station
from domain.training import TrainingClass
from domain.vacancy import Vacancy

ERASED = "（已依法删除）"
SEXES = {"male": "男", "female": "女"}
A = TypeVar("A", bound=Aggregate)
KINDS: Mapping[str, type[Aggregate]] = {
    "employer": Employer,
    "station": Station,
    "staff": StaffAccount,
    "vacancy": Vacancy,
    "training": TrainingClass,
}
Opened = Callable[[Sequence[Sealed]], Sequence[object]]


class Log(Protocol):
    """Reads histories; `application.log.reader.LogReader` is one."""

    def watermark(self) -> int:
        """Give the position up to which nothing can appear any more."""
        ...

    def history(self, stream: str) -> list[Recorded]:
        """Give all facts of a stream in order."""
        ...

    def histories(self, streams: Sequence[str], upto: int) -> dict[str, list[Recorded]]:
        """Give the facts of each stream up to a position."""
        ...


class Party(NamedTuple):
    """A person as papers name them."""

    name: str
    id_no: str = ""
    last4: str = ""
    sex: str = ""
    birth: str = ""
    phone: str = ""
    address: str = ""


@dataclass(frozen=True)
class Scene:
    """What a paper is made from; `on` is the day of issue out of the fact.

    `about` is the number that the paper is about, `worker` whose own copy it is; `states` holds
    what the case names (employers, stations, officers, posts, classes) as at the position.
    """

    case: Any
    history: Sequence[Recorded]
    on: date
    opened: Opened
    people: Mapping[str, Party] = field(default_factory=dict)
    states: Mapping[str, Aggregate] = field(default_factory=dict)
    about: str = ""
    worker: str = ""
    inputs: Mapping[str, Any] = field(default_factory=dict)

    @property
    def station(self) -> str:
        """The name of the station of the case."""
        return self.name(self.case.station)

    def name(self, stream: str | None) -> str:
        """Give the name of a party, officer or thing as at the position."""
        if not stream:
            return ""
        state = self.states.get(stream)
        person = state.person if isinstance(state, StaffAccount) else stream
        if person in self.people:
            return self.people[person].name
        return _title(state) or stream

    def party(self, person: str) -> Party:
        """Give a person of the case."""
        return self.people.get(person) or Party(person)

    def firm(self, stream: str) -> Employer:
        """Give an employer as at the position."""
        found = self.states.get(stream)
        return found if isinstance(found, Employer) else Employer()

    def said(self, values: Iterable[Sealed | None]) -> list[str]:
        """Open free texts in one call; what was erased says so."""
        sealed = [value for value in values if value is not None]
        return [ERASED if isinstance(o, Redacted) else str(o) for o in self.opened(sealed)]

    def text(self, value: Sealed | None) -> str:
        """Open one free text; nothing gives nothing."""
        return next(iter(self.said([value])), "")

    @property
    def facts(self) -> Sequence[tuple[Event, date]]:
        """The facts that count, with their corrections in place."""
        return as_it_reads(self.case.history)

    def of(self, *kinds: type[Event]) -> list[tuple[Any, date]]:
        """Give the facts of some kinds that count, in their order."""
        return [(fact, on) for fact, on in self.facts if isinstance(fact, kinds)]

    def last(self, *kinds: type[Event]) -> tuple[Any, date] | None:
        """Give the youngest fact of some kinds that counts."""
        found = self.of(*kinds)
        return found[-1] if found else None


def _title(state: Aggregate | None) -> str:
    """Give the name that a thing has by itself."""
    match state:
        case Station():
            return state.official_name
        case Employer():
            return state.name
        case TrainingClass():
            return state.title
        case Vacancy(terms=terms) if terms:
            return terms.title
    return ""


def folded(stream: str, history: Sequence[Recorded]) -> Any:
    """Fold a dispute or a seeker's case."""
    if stream.startswith("dispute-"):
        return _fold(DisputeCase().named(stream), history)
    return _fold(SeekerCase(), history)


def scene(
    log: Log,
    opened: Opened,
    stream: str,
    *,
    at_position: int,
    on: date,
    about: str = "",
    worker: str = "",
    inputs: Mapping[str, Any] | None = None,
) -> Scene:
    """Fold a case up to a position, and everybody it names as they were called then."""
    history = log.histories([stream], at_position)[stream]
    case = folded(stream, history)
    named = {one for one in _mentioned(case.history) if one.partition("-")[0] in KINDS}
    named |= {case.station} | {one.station for one in history} - {""}
    actors = {one.actor for one in history if one.actor.startswith("staff")}
    states = _states(log, named | actors, at_position)
    posts = {s.employer for s in states.values() if isinstance(s, Vacancy) and s.employer}
    states |= _states(log, posts - set(states), at_position)
    accounts = {s.person for s in states.values() if isinstance(s, StaffAccount)}
    persons = {one for one in _mentioned(case.history) if one.startswith("person")}
    people = _people(log, opened, sorted(persons | accounts - {""}), at_position)
    return Scene(
        case, history, on, opened, people, states, about=about, worker=worker, inputs=inputs or {}
    )


def _states(log: Log, streams: Iterable[str], upto: int) -> dict[str, Aggregate]:
    wanted = sorted(one for one in streams if one.partition("-")[0] in KINDS)
    histories = log.histories(wanted, upto)
    return {one: _fold(KINDS[one.partition("-")[0]](), histories[one]) for one in wanted}


def _fold(state: A, history: Sequence[Recorded]) -> A:
    return state.fold((one.event, one.occurred_on) for one in history)


def _mentioned(history: Iterable[tuple[Event, date]]) -> set[str]:
    """List every id that the facts of a case name."""
    return {one for fact, _ in history for one in _ids(fact)}


def _ids(fact: Event) -> Iterator[str]:
    for name in fact.__struct_fields__:
        value = getattr(fact, name)
        if isinstance(value, str):
            yield value
        elif isinstance(value, tuple):
            yield from (one for one in value if isinstance(one, str))


def _people(log: Log, opened: Opened, persons: Sequence[str], upto: int) -> dict[str, Party]:
    """Open the names of persons as they were at a position; nobody is known by a bare id only."""
    histories = log.histories(persons, upto)
    states = {one: _fold(Person(), histories[one]) for one in persons}
    known = [one for one, state in states.items() if state.identity and state.contact]
    sealed = [s for one in known for s in (states[one].identity, states[one].contact) if s]
    records = list(opened(sealed))
    return {
        one: _party(states[one], records[2 * n], records[2 * n + 1]) for n, one in enumerate(known)
    }


def _party(state: Person, identity: object, contact: object) -> Party:
    if not isinstance(identity, Mapping):
        return Party(ERASED)
    reached: Mapping[str, Any] = contact if isinstance(contact, Mapping) else {}
    number = str(identity.get("id_no") or "")
    return Party(
        str(identity["name"]),
        number,
        last_four(number),
        SEXES.get(state.sex, ""),
        str(identity.get("birth") or ""),
        str(reached.get("phone") or ""),
        str(reached.get("address") or ""),
    )
