"""Staff and stations in the memory of a process, held against the log at every page (ADR 0032).

Every page names them: whose stations, whose colleague is away, who may be chosen. They change a few
times a day. What is kept says how far the wall was when it was read; a request that saw a later
fact about staff or stations has it read anew, until the wall shows that fact.
"""

import threading
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from time import monotonic

from projections.directory_reader import DirectoryReader, Entry, stands_in
from projections.runner import Pool

# A rebuilt or repaired table moves no position; seconds after which it is looked at all the same.
OLDEST = 30.0


@dataclass(frozen=True)
class Known:
    """Staff and stations by name, as the wall had them at a position."""

    position: int
    read_at: float
    entries: Sequence[Entry]

    @cached_property
    def by_stream(self) -> Mapping[str, Entry]:
        """Each entry by its stream."""
        return {one.stream: one for one in self.entries}

    @cached_property
    def network(self) -> Sequence[tuple[str, str]]:
        """Every station with its parent, closed ones too."""
        return [(one.stream, one.parent) for one in self.entries if one.kind == "station"]

    @cached_property
    def _lent(self) -> Sequence[Entry]:
        return [one for one in self.entries if one.detail.get("delegations")]

    def absent_for(self, account: str, day: date) -> list[str]:
        """Give the colleagues whom an account stands in for on a day (F-80)."""
        return [one.stream for one in self._lent if stands_in(one, account, day)]

    def active(self, kind: str) -> list[Entry]:
        """List staff or stations in use, by name."""
        return [one for one in self.entries if one.kind == kind and one.state == "active"]


class KeptDirectory(DirectoryReader):
    """The reader of the directory, with the one `Known` of a process.

    Where nobody looked at the log, it asks the database as any reader does.
    """

    def __init__(self, pool: Pool, seen: Callable[[], int | None]) -> None:
        """Take the pool, and what gives the last fact that this request saw, None if it did not.

        Nothing is read yet.
        """
        super().__init__(pool)
        self._seen, self._turn = seen, threading.Lock()
        self._known = Known(-1, -OLDEST, ())

    def now(self) -> Known:
        """Give staff and stations with every fact that this request has seen, if the wall has."""
        if self._stands():
            return self._known
        with self._turn:
            if not self._stands():  # another thread read them meanwhile
                at = monotonic()
                position, entries = self.staff_and_stations()
                self._known = Known(position, at, entries)
            return self._known

    def network(self) -> list[tuple[str, str]]:
        """Give every station with its parent, closed ones too."""
        return super().network() if self._seen() is None else list(self.now().network)

    def absent_for(self, account: str, day: date) -> list[str]:
        """Give the colleagues whom an account stands in for on a day (F-80)."""
        if self._seen() is None:
            return super().absent_for(account, day)
        return self.now().absent_for(account, day)

    def known(self, streams: Collection[str]) -> dict[str, tuple[str, str]]:
        """Give name and, of staff, the person of some streams; what is not kept is looked up."""
        kept = {} if self._seen() is None else self.now().by_stream
        found = {
            one: (entry.name, entry.members[0] if entry.members else "")
            for one in streams
            if (entry := kept.get(one)) is not None
        }
        return found | super().known([one for one in streams if one not in found])

    def _stands(self) -> bool:
        last, known = self._seen(), self._known
        if last is None or monotonic() - known.read_at > OLDEST:
            return False
        return last <= known.position
