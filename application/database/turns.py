"""Who uses the embedded server, counted by the kernel: a lock ends with its process."""

import fcntl
import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from weakref import WeakSet

from application.database.problem import DatabaseProblem

_TURN_SECONDS = 660  # one start may wait 600 s for a long recovery


class Turns:
    """`.boot` lets one process at a time start or stop; `.users` is held by all who use it."""

    def __init__(self, folder: Path) -> None:
        """Keep the lock files in this folder."""
        self._folder = folder
        self._users: int | None = None
        _LIVE.add(self)

    @contextmanager
    def boot(self) -> Iterator[None]:
        """Hold the right to start or stop."""
        descriptor = os.open(self._folder / ".boot", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            until = time.monotonic() + _TURN_SECONDS
            while not _locked(descriptor, fcntl.LOCK_EX):
                if time.monotonic() > until:
                    raise DatabaseProblem(
                        f"Another process has been starting the database in {self._folder} for "
                        "ten minutes: look at server.log there."
                    )
                time.sleep(0.02)
            yield
        finally:
            os.close(descriptor)

    def enter(self) -> None:
        """Be counted as a user."""
        if self._users is None:
            self._users = os.open(self._folder / ".users", os.O_RDWR | os.O_CREAT, 0o600)
            fcntl.flock(self._users, fcntl.LOCK_SH)

    def leave(self) -> bool:
        """Stop being counted; tell whether this was the last user. Asked inside `boot()`."""
        if self._users is None:
            return False
        last = _locked(self._users, fcntl.LOCK_EX)
        self.forget()
        return last

    def forget(self) -> None:
        """Close the lock without asking; after a fork the parent's lock stays."""
        if self._users is not None:
            os.close(self._users)
            self._users = None

    @property
    def entered(self) -> bool:
        """Whether this process is counted."""
        return self._users is not None


def end_gently() -> None:
    """Let SIGTERM end this process with its clean-up, so that the last user stops the server."""
    main = threading.current_thread() is threading.main_thread()
    if main and signal.getsignal(signal.SIGTERM) is signal.SIG_DFL:
        signal.signal(signal.SIGTERM, _leave)


def _leave(number: int, _frame: FrameType | None) -> None:
    raise SystemExit(128 + number)


def _locked(descriptor: int, kind: int) -> bool:
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


_LIVE: WeakSet[Turns] = WeakSet()


def _in_child() -> None:
    # A fork shares the lock: a child that outlives its parent would count as a user for ever.
    for turns in _LIVE:
        turns.forget()


os.register_at_fork(after_in_child=_in_child)
