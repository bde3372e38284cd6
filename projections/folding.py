"""Folding facts into cases and handing each fact, with the case after it, to every projection.

A projection follows each case by an object of its own, whose state is a function of the facts of
that case alone. So the rows of a case do not depend on pages, restarts or other cases, and a
rebuild by whole cases gives what the live runner gave.
"""

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple, Protocol

from domain.kernel import Aggregate, Event, Recorded, Unreadable
from projections.tables import Row, Table

TRIES = 3
MOST_KEPT = 200_000  # facts of cases kept in memory between two pages


class Reader(Protocol):
    """What the runner asks of the log (application/log/reader.py)."""

    def watermark(self) -> int:
        """Give the position up to which nothing can appear any more."""
        ...

    def drain(self) -> int:
        """Move the watermark as far as it can be known, and give it; for the leader alone."""
        ...

    def read(self, after: int, limit: int) -> list[Recorded]:
        """Give the next facts in order, up to the watermark."""
        ...

    def histories(self, streams: Sequence[str], upto: int) -> dict[str, list[Recorded]]:
        """Give the facts of each stream up to a position."""
        ...

    def stream_ends(self, size: int) -> list[str]:
        """Give the stream of every `size`-th fact and the last one, in order."""
        ...

    def read_streams(self, after: str, last: str, upto: int) -> list[Recorded]:
        """Give whole streams in their order, behind one and up to another."""
        ...


@dataclass
class Case:
    """A case after its facts so far; `state` is None where the runner knows no such kind."""

    stream: str
    kind: str
    state: Any
    history: list[Recorded] = field(default_factory=list)
    memo: dict[str, Any] = field(default_factory=dict)  # what several followers compute but once

    @property
    def version(self) -> int:
        """How many facts were taken."""
        return len(self.history)


Put = tuple[Table, Row]


class Follower(Protocol):
    """What a projection keeps of one case."""

    def take(self, recorded: Recorded, case: Case) -> Iterable[Put]:
        """Give the rows that a fact adds or changes; `case` is the state after the fact."""
        ...


class Projection(Protocol):
    """A view of the wall: a name, a version, its tables, and how it follows a case.

    The version changes whenever the rows of the same facts would: the runner then rebuilds.
    """

    @property
    def name(self) -> str:
        """The name in `wall.tracking`."""
        ...

    @property
    def version(self) -> str:
        """The version of its tables and rules."""
        ...

    @property
    def tables(self) -> Sequence[Table]:
        """The tables it writes, and nobody else does."""
        ...

    def follow(self, stream: str, kind: str) -> Follower | None:
        """Begin to follow a case; None for a kind of case that it does not show."""
        ...


class Parked(NamedTuple):
    """A case set aside by one projection, from the position of the fact that broke it."""

    projection: str
    stream: str
    position: int
    topic: str
    error: str


class Poisoned(Exception):
    """A fact that the catalogue cannot read."""


@dataclass
class Followed:
    """A case with the followers of all projections that show it."""

    case: Case
    followers: dict[str, Follower]
    broken: dict[str, Exception] = field(default_factory=dict)


@dataclass
class Outcome:
    """What a page of facts came to: rows by table, and cases set aside."""

    rows: dict[Table, dict[Row, Row]]
    parked: list[Parked]


class Folder:
    """Folds pages; keeps recently used cases, so that a live page reads no history."""

    def __init__(
        self,
        reader: Reader,
        projections: Sequence[Projection],
        kinds: Mapping[str, type[Aggregate]],
    ) -> None:
        """Take the log, the views, and the class of each kind of case by its topics' first word."""
        self._reader, self._projections, self._kinds = reader, projections, kinds
        self._kept: OrderedDict[str, Followed] = OrderedDict()
        self._weight = 0

    def forget(self) -> None:
        """Drop what is kept: after a write that did not happen."""
        self._kept.clear()
        self._weight = 0

    def page(
        self, page: Sequence[Recorded], done: Mapping[str, int], parked: set[tuple[str, str]]
    ) -> Outcome:
        """Fold a page in the order of the log; `done` says how far each projection is.

        A parked case is passed over by its projection; what breaks anew is added to `parked`.
        """
        out = Outcome({}, [])
        by_stream: dict[str, list[Recorded]] = {}
        for recorded in page:
            by_stream.setdefault(recorded.stream, []).append(recorded)
        missing = [
            stream
            for stream, facts in by_stream.items()
            if facts[0].version > 1 and not self._has(stream, facts[0].version)
        ]
        before = self._reader.histories(missing, page[0].position - 1) if missing else {}
        for stream, facts in by_stream.items():
            followed = self._kept.get(stream)
            if followed is None or stream in before:
                history = before.get(stream, ())
                followed = self._begin(history[0] if history else facts[0])
                self._replay(followed, history, parked)
            self._take_all(followed, facts, done, parked, out)
            self._keep(stream, followed, parked)
        return out

    def whole(self, page: Sequence[Recorded], done: Mapping[str, int]) -> Outcome:
        """Fold whole cases one after the other, and keep none."""
        out = Outcome({}, [])
        parked: set[tuple[str, str]] = set()
        for _, facts in groupby(page, key=attrgetter("stream")):
            history = list(facts)
            self._take_all(self._begin(history[0]), history, done, parked, out)
        return out

    def _has(self, stream: str, version: int) -> bool:
        followed = self._kept.get(stream)
        return followed is not None and followed.case.version >= version - 1

    def _begin(self, first: Recorded) -> Followed:
        stream = first.stream
        kind = _topic(first.event).partition(".")[0]
        aggregate = self._kinds.get(kind)
        state: Any = aggregate() if aggregate else None
        if hasattr(state, "named"):
            state.named(stream)
        followers = {
            projection.name: follower
            for projection in self._projections
            if (follower := projection.follow(stream, kind)) is not None
        }
        return Followed(Case(stream, kind, state), followers)

    def _replay(
        self, followed: Followed, history: Sequence[Recorded], parked: set[tuple[str, str]]
    ) -> None:
        """Bring a case to where its rows already are; what broke before stays parked."""
        self._take_all(followed, history, {}, parked, None)

    def _take_all(  # noqa: C901 - every fact passes here for every view; a call less is felt
        self,
        followed: Followed,
        facts: Sequence[Recorded],
        done: Mapping[str, int],
        parked: set[tuple[str, str]],
        out: Outcome | None,
    ) -> None:
        case, broken, followers = followed.case, followed.broken, followed.followers.items()
        for recorded in facts:
            if recorded.version <= case.version:
                continue
            error = self._fold(case, recorded)
            for name, follower in followers:
                if parked and (name, case.stream) in parked:
                    continue
                if error is not None:
                    broken.setdefault(name, error)
                puts: Iterable[Put] = ()
                if name not in broken:
                    try:
                        if puts := follower.take(recorded, case):
                            puts = list(puts)
                    except Exception as raised:  # noqa: BLE001 - whatever it is, the rest flows on
                        broken[name], puts = raised, ()
                if not puts and not broken:
                    continue  # most facts change nothing in most views
                if out is None or recorded.position <= done.get(name, 0):
                    continue
                if name in broken:
                    parked.add((name, case.stream))
                    out.parked.append(_note(name, recorded, broken[name]))
                for table, row in puts:
                    table.merge(out.rows.setdefault(table, {}), row)

    def _fold(self, case: Case, recorded: Recorded) -> Exception | None:
        case.history.append(recorded)
        if isinstance(recorded.event, Unreadable):
            return Poisoned(recorded.event.error)
        if case.state is not None:
            try:
                case.state.apply(recorded.event, recorded.occurred_on)
            except Exception as raised:  # noqa: BLE001 - as above
                return raised
        return None

    def _keep(self, stream: str, followed: Followed, parked: set[tuple[str, str]]) -> None:
        """Keep a case, unless a projection has set it aside: it may be taken up again elsewhere."""
        if followed.broken or any((name, stream) in parked for name in followed.followers):
            self._kept.pop(stream, None)
            return
        if self._kept.get(stream) is not followed:
            self._kept[stream] = followed
        self._kept.move_to_end(stream)
        self._weight = self._weight + 1
        if self._weight > MOST_KEPT // 10:
            self._shrink()

    def _shrink(self) -> None:
        """Let go of the cases used longest ago; counted now and then, not at every fact."""
        self._weight = 0
        total = sum(kept.case.version for kept in self._kept.values())
        while total > MOST_KEPT and self._kept:
            total -= self._kept.popitem(last=False)[1].case.version


def _note(name: str, recorded: Recorded, error: Exception) -> Parked:
    topic = _topic(recorded.event)
    text = f"{type(error).__name__}: {error}"
    return Parked(name, recorded.stream, recorded.position, topic, text)


def _topic(event: Event) -> str:
    return event.topic if isinstance(event, Unreadable) else event.TOPIC
