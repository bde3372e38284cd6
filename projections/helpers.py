"""Filling the tables of a rebuild by several processes: folding is Python, one core a process.

Each process takes the next share of streams when it is done with its last one; rows of a case
depend on that case alone, so that it does not matter who folds it. The process that rebuilds folds
too, and helpers are started for a long log only, as each takes a second to begin.

A helper outlives a process that was killed by as much as its last share, and writes none of it: the
rebuild holds an advisory lock with a number of its own, and a helper that could have it goes.
"""

import os
import secrets
import signal
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection as Pipe
from multiprocessing.connection import wait
from multiprocessing.context import SpawnProcess
from multiprocessing.sharedctypes import Synchronized
from types import TracebackType
from typing import Any, Self

from domain.kernel import Aggregate
from projections.filling import Filler, Share, Told
from projections.folding import Parked, Projection, Reader
from projections.runner import Pool
from projections.tables import Connection

EACH = 40_000  # facts in the log for each helper
MOST = 3  # helpers; a process holds about 100 MB
ENDED = 5.0  # seconds for a helper to end when it is told to
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
    """What a helper is sent."""

    opening: Opening
    projections: Sequence[Projection]
    kinds: Mapping[str, type[Aggregate]]
    shares: Sequence[Share]
    upto: int
    lock: int


class Helpers:
    """Processes that fold shares beside this one, for as long as a block runs."""

    def __init__(self, count: int, work: Work, conn: Connection) -> None:
        """Take how many, what to do, and a connection that holds the lock of this rebuild."""
        self._count, self._work, self._conn = count, work, conn
        context = get_context("spawn")
        self._turn: Synchronized[int] = context.Value("q", 0)
        self._context = context
        self._running: dict[Pipe, SpawnProcess] = {}

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
        ours, theirs = self._context.Pipe(duplex=False)
        process = self._context.Process(
            target=_help, args=(self._work, self._turn, theirs), daemon=True
        )
        process.start()
        theirs.close()
        self._running[ours] = process

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
        for process in self._running.values():
            process.terminate()
        for process in self._running.values():
            process.join(ENDED)
        self._conn.execute("SELECT pg_advisory_unlock(%s)", [self._work.lock])

    def shares(self) -> Iterator[Share]:
        """Give the shares that nobody has taken yet."""
        return _turns(self._work.shares, self._turn)

    def heard(self, told: Told, *, until_done: bool = False) -> None:
        """Pass on what the helpers have told so far, or all until they are done."""
        while self._running:
            ready = wait(list(self._running), None if until_done else 0)
            if not ready:
                return
            for pipe in ready:
                if isinstance(pipe, Pipe):
                    self._hear(pipe, told)

    def _hear(self, pipe: Pipe, told: Told) -> None:
        try:
            said: tuple[int, Sequence[Parked]] | str = pipe.recv()
        except EOFError:
            said = "killed"
        if isinstance(said, tuple):
            told(*said)
            return
        process = self._running.pop(pipe)
        process.join(ENDED)
        if said:
            raise Lost(said)


def number() -> int:
    """Draw the number of a rebuild's lock."""
    return secrets.randbits(62)


def _turns(shares: Sequence[Share], turn: "Synchronized[int]") -> Iterator[Share]:
    while True:
        with turn.get_lock():
            nth = turn.value
            turn.value = nth + 1
        if nth >= len(shares):
            return
        yield shares[nth]


def _help(work: Work, turn: "Synchronized[int]", pipe: Pipe) -> None:
    """Be a helper: the main function of its process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the rebuild is interrupted, and ends it
    help_with(work, turn, pipe)


def help_with(work: Work, turn: "Synchronized[int]", pipe: Pipe) -> None:
    """Fold shares until none is left, and tell of each; the last word is why it ended."""

    def check(conn: Connection) -> None:
        row = conn.execute("SELECT pg_try_advisory_xact_lock_shared(%s)", [work.lock]).fetchone()
        if row and row[0]:
            raise Orphaned

    def told(*said: Any) -> None:
        pipe.send(said)

    end = ""
    try:
        with work.opening() as (reader, pool):
            filler = Filler(reader, pool, work.projections, work.kinds, check=check)
            filler.fill(_turns(work.shares, turn), work.upto, told)
    except Exception as error:  # noqa: BLE001 - told to the process that rebuilds, which raises
        end = f"{type(error).__name__}: {error}"
    pipe.send(end)
