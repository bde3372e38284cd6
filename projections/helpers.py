"""Filling the tables of a rebuild by several processes: folding is Python, one core a process.

Each process takes the next share of streams when it is done with its last one; rows of a case
depend on that case alone, so that it does not matter who folds it. The process that rebuilds folds
too, and helpers are started for a long log only, as each takes half a second to begin.

A helper outlives a process that was killed by as much as its last share, and writes none of it: the
rebuild holds an advisory lock with a number of its own, and a helper that could have it goes.
"""

import os
import secrets
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from multiprocessing import Pipe
from multiprocessing.connection import Connection as Line
from queue import SimpleQueue
from types import TracebackType
from typing import Any, Self

from domain.kernel import Aggregate
from projections.filling import Filler, Share, Told
from projections.folding import Parked, Projection, Reader
from projections.runner import Pool
from projections.tables import Connection

EACH = 40_000  # facts in the log for each helper
MOST = 3  # helpers; a process holds about 150 MB
ENDED = 5.0  # seconds for a helper to end when it is told to
# Not a child by `multiprocessing`, which would load again whatever program began the rebuild.
PROGRAM = "import sys; from projections.helpers import main; main(int(sys.argv[1]))"
Opening = Callable[[], AbstractContextManager[tuple[Reader, Pool]]]


class Lost(Exception):
    """A helper ended before its work did."""


class Orphaned(Exception):
    """The process that rebuilds is gone: what a helper has folded is not wanted any more."""


@dataclass(frozen=True)
class Help:
    """How another process opens log and wall (it is sent there), and how many may help."""

    opening: Opening
    each: int = EACH
    most: int = MOST

    def count(self, facts: int) -> int:
        """Say how many processes help with a log: the cores but one, none for a short log."""
        cores = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
        return min(cores - 1, self.most, facts // self.each)


@dataclass(frozen=True)
class Work:
    """What a helper is sent; `lock` is the number of the rebuild's own lock."""

    opening: Opening
    projections: Sequence[Projection]
    kinds: Mapping[str, type[Aggregate]]
    upto: int
    lock: int


class Helpers:
    """Processes that fold shares beside this one, for as long as a block runs."""

    def __init__(self, count: int, work: Work, shares: Sequence[Share], conn: Connection) -> None:
        """Take how many, what to do, and a connection that holds the lock of this rebuild."""
        self._count, self._work, self._left, self._conn = count, work, deque(shares), conn
        self._said: SimpleQueue[tuple[int, Sequence[Parked]] | str] = SimpleQueue()
        self._running: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> Self:
        """Take the lock and start."""
        self._conn.execute("SELECT pg_advisory_lock(%s)", [self._work.lock])
        try:
            for _ in range(self._count):
                self._begin()
        except BaseException:
            self._end()
            raise
        return self

    def _begin(self) -> None:
        ours, theirs = Pipe()
        with theirs:
            number = theirs.fileno()
            process = subprocess.Popen(  # noqa: S603 - our own program, no shell
                [sys.executable, "-c", PROGRAM, str(number)],
                pass_fds=[number],
                stdin=subprocess.DEVNULL,
                start_new_session=True,  # an interrupt is for the rebuild, which ends its helpers
            )
        self._running.append(process)
        ours.send(sys.path)
        ours.send(self._work)
        threading.Thread(target=self._serve, args=[ours], name="helper", daemon=True).start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        """End."""
        self._end()

    def _end(self) -> None:
        """Stop who still runs, after an error, and give the lock back."""
        for process in self._running:
            process.terminate()
        for process in self._running:
            process.wait(ENDED)
        self._conn.execute("SELECT pg_advisory_unlock(%s)", [self._work.lock])

    def shares(self) -> Iterator[Share]:
        """Give the shares that nobody has taken yet."""
        while share := self._next():
            yield share

    def _next(self) -> Share | None:
        with suppress(IndexError):
            return self._left.popleft()
        return None

    def _serve(self, line: Line) -> None:
        """Give a helper its shares and keep what it tells, until its last word."""
        said: tuple[int, Sequence[Parked]] | str | None
        with line:
            try:
                while not isinstance(said := line.recv(), str):
                    if said is None:
                        line.send(self._next())
                    else:
                        self._said.put(said)
            except (EOFError, OSError):
                said = "killed"
        self._said.put(said)

    def heard(self, told: Told, *, until_done: bool = False) -> None:
        """Pass on what the helpers have told so far, or all until they are done."""
        while self._count and (until_done or not self._said.empty()):
            said = self._said.get()
            if isinstance(said, tuple):
                told(*said)
                continue
            self._count -= 1
            if said:
                raise Lost(said)


def number() -> int:
    """Draw the number of a rebuild's lock."""
    return secrets.randbits(62)


def main(line: int) -> None:
    """Be a helper: read the work from a line that was inherited, and do it."""
    with Line(line) as open_line, suppress(EOFError, OSError):  # nobody is there to be told
        sys.path[:] = open_line.recv()
        help_with(open_line.recv(), open_line)


def help_with(work: Work, line: Line) -> None:
    """Fold shares until none is left, and tell of each; the last word is why it ended."""

    def shares() -> Iterator[Share]:
        line.send(None)
        while share := line.recv():
            yield share
            line.send(None)

    def check(conn: Connection) -> None:
        row = conn.execute("SELECT pg_try_advisory_xact_lock_shared(%s)", [work.lock]).fetchone()
        if row and row[0]:
            raise Orphaned

    def told(*said: Any) -> None:
        line.send(said)

    end = ""
    try:
        with work.opening() as (reader, pool):
            filler = Filler(reader, pool, work.projections, work.kinds, check=check)
            filler.fill(shares(), work.upto, told)
    except Exception as error:  # noqa: BLE001 - told to the process that rebuilds, which raises
        end = f"{type(error).__name__}: {error}"
    line.send(end)
