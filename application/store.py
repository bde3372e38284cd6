"""The door to the log: who asks, what is asked of which stream, and the answer."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from domain.kernel import Aggregate, Dated, Event, Recorded, encode

A = TypeVar("A", bound=Aggregate)


@dataclass(frozen=True)
class Who:
    """A member of staff who asks: account, home station, roles of the day, stations served.

    `stands_in` are the absent colleagues whose rights are lent on this day (F-80).
    """

    account: str
    station: str
    roles: frozenset[str] = frozenset()
    stations: frozenset[str] = frozenset()
    stands_in: tuple["Who", ...] = ()

    @property
    def accounts(self) -> frozenset[str]:
        """The accounts whose cases are one's own today: the own one, and those stood in for."""
        return frozenset({self.account, *(one.account for one in self.stands_in)})


@dataclass(frozen=True)
class Stamp:
    """Who asks for a command, under which id, and when the thing happened.

    `on_behalf` is set by the store: the colleague whose right let the command pass (F-80).
    """

    who: Who
    command_id: str
    occurred_on: date
    override: str = ""
    on_behalf: str = ""

    @property
    def actor(self) -> str:
        """The account that stands in the metadata of every fact."""
        return self.who.account

    @property
    def station(self) -> str:
        """The station that stands in the metadata of every fact."""
        return self.who.station


class Part(NamedTuple, Generic[A]):
    """What one command asks of one stream, and the right it takes (`rights.py`).

    `fresh` says that the stream's id was made for this command, so that nothing is read.
    """

    kind: type[A]
    stream: str
    decision: Callable[[A], Sequence[Event]]
    right: str = ""
    fresh: bool = False


@dataclass(frozen=True)
class Done:
    """The answer to a command: the position to wait for (0: nothing to append), the streams.

    `skipped` names the rows of an old register that stood in the log before (`append_history`).
    """

    position: int
    streams: tuple[str, ...] = field(default_factory=tuple)
    skipped: tuple[str, ...] = field(default_factory=tuple)


class Clash(Exception):
    """Other people were faster each time; `facts` is what they recorded meanwhile.

    The page shows these facts in a sentence and keeps what was typed. Nothing was appended.
    """

    def __init__(self, facts: Sequence[Recorded]) -> None:
        """Keep the facts of the others."""
        super().__init__(f"{len(facts)} facts were recorded meanwhile")
        self.facts = tuple(facts)


class Unavailable(Exception):
    """The log cannot be written now; the page answers 503 and says when to try again."""

    RETRY_AFTER = 5  # seconds


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

    def known(self, stamp: Stamp) -> Done | None:
        """Give the answer to a command that this actor has sent before, or None."""
        ...

    def next_serial(self, county: str, year: int, kind: str) -> int:
        """Read `last + 1` of a gapless number; call it inside a decision, so that it is re-read.

        `county` and `year` are those in the printed number, `kind` is "seeker" or "dispute":
        ("440784", 2026, "seeker") for JS-440784-2026-000123, ("鹤", 2026, "dispute") for
        鹤劳调〔2026〕0159号 (`guards.serial_of` reads them back from `case_no`).
        """
        ...

    def append_history(self, who: Who, batch: str, chunk: int, rows: Sequence[History]) -> Done:
        """Append imported facts of up to 1,000 streams or 128 KB of state in one transaction.

        The command id is derived from batch and chunk, so that a chunk sent twice is answered
        with what is stored. Every fact has a `source`. Facts of a row whose identity is in the
        log already are left out and the identity is reported in `Done.skipped`, so that a second
        run with other chunks adds nothing; all facts of one row belong in one call. A stream that
        exists goes on where it ends. `chunked(rows)` cuts a register to size.
        """
        ...


MOST_STREAMS, MOST_BYTES = 1_000, 128 * 1024


# What an envelope adds to a value: algorithm, key, subject, nonce, and base64 of the cipher text.
_SUBJECT, _ENVELOPE, _VERSION = b'"subject":', 256, 10


def weight(history: History) -> int:
    """Give a bound of the stored bytes of one history, before anything is sealed."""
    size = 0
    for fact, _ in history.facts:
        body = encode(fact)
        size += len(body) + _VERSION
        if sealed := body.count(_SUBJECT):
            size += sealed * _ENVELOPE + len(body) // 3
    return size


def chunked(rows: Iterable[History]) -> Iterator[list[History]]:
    """Cut histories into calls of `append_history`, in order; one history is never cut."""
    chunk: list[History] = []
    size = 0
    for row in rows:
        own = weight(row)
        if chunk and (len(chunk) == MOST_STREAMS or size + own > MOST_BYTES):
            yield chunk
            chunk, size = [], 0
        chunk.append(row)
        size += own
    if chunk:
        yield chunk
