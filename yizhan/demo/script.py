"""The script of the demo: who asks what of which stream, at which moment; and its playing.

Nothing is written past the office's door: each entry is a decision of `Store.decide`, with rights,
rules and guard rows, at the moment that the test clock is set to. A refusal ends the filling.
"""

import uuid
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import groupby
from time import monotonic
from typing import Any, NamedTuple, Protocol, TypeVar

import psycopg

from application.store import Done, History, Part, Stamp, Store, Who
from domain.calendar import shipped
from domain.identity import check_identity
from domain.kernel import Aggregate, Event
from domain.person import Person
from yizhan.clock import CHINA
from yizhan.demo.people import Someone

A = TypeVar("A", bound=Aggregate)
Tell = Callable[[int, int, float], None]

NAMESPACE = uuid.UUID("7d0f7a1e-5a4b-5c63-9d7b-59495a48414e")
END = str(uuid.uuid5(NAMESPACE, "end"))
MOST_PARTS = 80
HOURS = (("09:00", "10:00"), ("10:10", "11:10"), ("14:30", "15:30"), ("15:40", "16:40"))
CALENDAR = shipped()


class Entry(NamedTuple):
    """One decision asked at a moment; `serial` draws a gapless number and stands alone."""

    moment: datetime
    who: Who
    on: date
    order: int
    part: Part[Any]
    serial: bool = False


class Imported(NamedTuple):
    """Rows of an old register that are taken over at a moment."""

    moment: datetime
    who: Who
    batch: str
    rows: Sequence[History]


class Clock(Protocol):
    """The clock of the office, which follows the database's."""

    def refresh(self) -> None:
        """Look again."""
        ...


def at(day: date, hour: int = 9) -> datetime:
    """Give a moment at the office."""
    return datetime.combine(day, time(hour), CHINA)


def working(day: date, after: int = 0) -> date:
    """Give the working day on or after a day, or some working days later."""
    return CALENDAR.add_working(CALENDAR.roll(day), after)


class Script:
    """Entries in any order; played in the order of their moments."""

    def __init__(self) -> None:
        """Begin with nothing to tell."""
        self.entries: list[Entry] = []
        self.imports: list[Imported] = []
        self._registered: set[str] = set()
        self._booked: dict[tuple[str, date], int] = {}
        self._store: Store | None = None

    def ask(
        self,
        who: Who,
        moment: datetime,
        kind: type[A],
        stream: str,
        decision: Callable[[A], Sequence[Event]],
        right: str,
        *,
        on: date | None = None,
        serial: bool = False,
    ) -> None:
        """Ask a decision of a stream; `on` is the day it happened, where not that of the moment."""
        part = Part(kind, stream, decision, right)
        day = on or moment.date()
        self.entries.append(Entry(moment, who, day, len(self.entries), part, serial))

    def open_file(
        self, who: Who, moment: datetime, someone: Someone, domicile: str = "440784"
    ) -> str:
        """Register a person, once; give the person's stream."""
        if someone.id not in self._registered:
            self._registered.add(someone.id)
            identity = check_identity(
                name=someone.name, sex=someone.sex, id_no=someone.id_no, occurred_on=moment.date()
            )
            self.ask(
                who,
                moment,
                Person,
                someone.id,
                lambda person: person.register(
                    person=someone.id,
                    identity=identity,
                    domicile=domicile,
                    phone=someone.phone,
                    address=someone.address,
                ),
                "person.edit",
            )
        return someone.id

    def next_serial(self, county: str, year: int, kind: str) -> int:
        """Read the next gapless number, inside a decision that is being played."""
        if self._store is None:
            raise LookupError("A number is drawn while the script is played.")
        return self._store.next_serial(county, year, kind)

    def slot(self, mediator: str, day: date) -> tuple[date, str, str]:
        """Give the next free hour of a mediator on or after a day (D-21)."""
        day = working(day)
        while (taken := self._booked.get((mediator, day), 0)) == len(HOURS):
            day = working(day, 1)
        self._booked[mediator, day] = taken + 1
        return day, *HOURS[taken]

    def cases(self, kind: str) -> set[str]:
        """Name the streams of a kind that the script writes to."""
        return {e.part.stream for e in self.entries if e.part.stream.startswith(f"{kind}-")}

    # Playing

    def commands(self) -> list[tuple[str, Sequence[Entry] | Imported]]:
        """Put entries of one moment, person and day together; each command has a fixed id."""
        made: list[tuple[datetime, Sequence[Entry] | Imported]] = [
            (imported.moment, imported) for imported in self.imports
        ]
        ordered = sorted(self.entries, key=_place)
        for _, entries in groupby(ordered, key=lambda e: _place(e)[:-1]):
            made += [(chunk[0].moment, chunk) for chunk in _chunks(entries)]
        made.sort(key=lambda command: command[0])
        ids = [str(uuid.uuid5(NAMESPACE, str(number))) for number in range(len(made) - 1)]
        return [(name, command) for name, (_, command) in zip([*ids, END], made, strict=True)]

    def play(self, store: Store, clock: Clock, owner: str, tell: Tell) -> None:
        """Play what the log does not hold yet; the clock moves with it, and the caller sets it."""
        self._store = store
        commands, began, done = self.commands(), monotonic(), 0
        total = len(self.entries) + len(self.imports)
        with psycopg.connect(owner, autocommit=True) as conn:
            known = {str(row[0]) for row in conn.execute("SELECT command_id FROM log.commands")}
            today: datetime | None = None
            for name, command in commands:
                size = 1 if isinstance(command, Imported) else len(command)
                if name not in known:
                    moment = command.moment if isinstance(command, Imported) else command[0].moment
                    if moment != today:
                        conn.execute("SELECT log.set_clock(%s)", [moment])
                        if today is None or moment.date() != today.date():
                            clock.refresh()
                        today = moment
                    _send(store, name, command)
                done += size
                tell(done, total, done / max(monotonic() - began, 0.001))


def set_clock(owner: str, clock: Clock, moment: datetime) -> None:
    """Let the demo's clock stand at a moment."""
    with psycopg.connect(owner, autocommit=True) as conn:
        conn.execute("SELECT log.set_clock(%s)", [moment])
    clock.refresh()


def is_filled(owner: str) -> bool:
    """Say whether the last command of the script stands in the log."""
    with psycopg.connect(owner, autocommit=True) as conn:
        found = conn.execute("SELECT 1 FROM log.commands WHERE command_id = %s", [END]).fetchone()
    return found is not None


def _send(store: Store, name: str, command: Sequence[Entry] | Imported) -> Done:
    if isinstance(command, Imported):
        return store.append_history(command.who, command.batch, 0, command.rows)
    first = command[0]
    stamp = Stamp(first.who, name, first.on)
    return store.decide(stamp, *(entry.part for entry in command))


def _place(entry: Entry) -> tuple[datetime, str, str, date, int]:
    """Sort by moment; what one person enters at one moment stands together."""
    return entry.moment, entry.who.account, entry.who.station, entry.on, entry.order


def _chunks(entries: Iterator[Entry]) -> Iterator[list[Entry]]:
    """Cut to size, with at most one gapless number a command."""
    chunk: list[Entry] = []
    drawn = False
    for entry in entries:
        if chunk and (len(chunk) >= MOST_PARTS or (entry.serial and drawn)):
            yield chunk
            chunk, drawn = [], False
        drawn = drawn or entry.serial
        chunk.append(entry)
    if chunk:
        yield chunk


def days_between(first: date, last: date) -> list[date]:
    """List the working days of a span, both ends included."""
    span = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return [day for day in span if CALENDAR.is_working(day)]
