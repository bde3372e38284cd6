"""What a request saw of the log when it asked who reads: the last facts about people and places.

A process keeps names, staff and stations in memory (ADR 0032). Whether they still stand is told by
the positions that come with the session, by the statement that is asked at every page anyway.
Where nobody looked (a command line, a job, a request that has written since) nothing is known,
and memory is followed first.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from time import monotonic
from typing import NamedTuple

LASTS = 5.0  # seconds; a stream of events outlives what its request saw


class Seen(NamedTuple):
    """Positions of the last facts that were committed, 0 without one; `at` is monotonic seconds."""

    persons: int
    directory: int
    at: float


# The part of the statement that gives both; each is the end of an index of its own (0030, 0134).
POSITIONS = """
coalesce((SELECT max(notification_id) FROM log.events WHERE topic LIKE 'person.%%'), 0),
coalesce((SELECT max(notification_id) FROM log.events
          WHERE topic LIKE 'staff.%%' OR topic LIKE 'station.%%'), 0)"""

_seen: ContextVar[Seen | None] = ContextVar("seen", default=None)


@contextmanager
def looking(seen: Seen | None) -> Iterator[None]:
    """Say what was seen, until the block ends."""
    before = _seen.set(seen)
    try:
        yield
    finally:
        _seen.reset(before)


def forget() -> None:
    """Say that what was seen is over: this request has written itself."""
    _seen.set(None)


def seen() -> Seen | None:
    """Give what this request saw, if it looked a moment ago."""
    found = _seen.get()
    return found if found is not None and monotonic() - found.at < LASTS else None


def directory() -> int | None:
    """Give the last fact about staff or stations that this request saw."""
    found = seen()
    return found.directory if found else None
