"""The door to the log: who asks, what is asked of which stream, and the answer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from domain.kernel import Aggregate, Dated, Event

A = TypeVar("A", bound=Aggregate)


@dataclass(frozen=True)
class Who:
    """A member of staff who asks: account, home station, roles of the day, stations served."""

    account: str
    station: str
    roles: frozenset[str] = frozenset()
    stations: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Stamp:
    """Who asks for a command, under which id, and when the thing happened."""

    who: Who
    command_id: str
    occurred_on: date
    override: str = ""

    @property
    def actor(self) -> str:
        """The account that stands in the metadata of every fact."""
        return self.who.account

    @property
    def station(self) -> str:
        """The station that stands in the metadata of every fact."""
        return self.who.station


class Part(NamedTuple, Generic[A]):
    """What one command asks of one stream, and the right it takes (`rights.py`)."""

    kind: type[A]
    stream: str
    decision: Callable[[A], Sequence[Event]]
    right: str = ""


@dataclass(frozen=True)
class Done:
    """The answer to a command: the position to wait for (0: nothing to append), the streams."""

    position: int
    streams: tuple[str, ...] = field(default_factory=tuple)


class History(NamedTuple):
    """Facts of one stream out of an old register, for `append_history`."""

    stream: str
    facts: Sequence[Dated]


class Store(Protocol):
    """Load, decide, append; decide again when another writer was first."""

    def decide(self, stamp: Stamp, *parts: Part[Any]) -> Done:
        """Append what all decisions return in one statement, or nothing.

        A known `command_id` answers with what is stored. On a version conflict everything is
        loaded and decided again, at most 3 times; on *serial moved* at most 20 times.
        Raises `Refused`: of the decisions, of the rights, of a guard row, S-19 of the day.
        """
        ...

    def load(self, kind: type[A], stream: str) -> A:
        """Fold one stream; an unknown stream is an aggregate of version 0."""
        ...

    def next_serial(self, county: str, year: int, kind: str) -> int:
        """Read `last + 1` of a gapless number; call it inside a decision, so that it is re-read."""
        ...

    def append_history(self, who: Who, batch: str, chunk: int, rows: Sequence[History]) -> Done:
        """Append imported facts of up to 1,000 streams or 128 KB of state in one transaction."""
        ...
