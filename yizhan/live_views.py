"""Lets the wall follow a new calendar while everything runs: no restart (decision 19).

Fresh tables are filled under the new calendar while the old ones serve, swapped in, and the
runner of this process goes on with them. Another process rebuilds nothing twice: it waits for the
swap and adopts the same views.
"""

import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from application.jobs import Job, Tell
from projections import tracking
from projections.folding import Projection
from projections.helpers import Help
from projections.rebuild import Busy, Progress, rebuild, silent
from projections.runner import LeadingReader, Pool, Runner

LOOK = 5.0  # seconds between two looks at the calendar
RECKON = "reckon"  # the kind of the job
_log = logging.getLogger(__name__)


class LiveViews:
    """The views of one process, kept to the calendar in force."""

    def __init__(
        self,
        runner: Runner,
        reader: LeadingReader,
        pool: Pool,
        wanted: Callable[[], Sequence[Projection]],
        *,
        helped: Help | None = None,
    ) -> None:
        """Take the runner, the log, the projector's pool, and what makes the views of today."""
        self._runner, self._reader, self._pool, self._wanted = runner, reader, pool, wanted
        self._help = helped
        self._turn, self._ended = threading.Lock(), threading.Event()
        self._thread: threading.Thread | None = None

    def behind(self) -> bool:
        """Whether the views of this process are not those of the calendar in force."""
        return _versions(self._wanted()) != _versions(self._runner.projections)

    def follow(self, step: Progress = silent) -> bool:
        """Bring tables and runner to the calendar in force; False when nothing was to be done."""
        with self._turn:
            views = self._wanted()
            if _versions(views) == _versions(self._runner.projections):
                return False
            with self._pool.connection() as conn:
                known = tracking.tracked(conn)
            stale = [one for one in views if _version(known, one) != one.version]
            if stale:
                rebuild(self._runner, self._reader, self._pool, stale, step, helped=self._help)
            self._runner.adopt(views)
            return True

    def work(self, _job: Job, tell: Tell) -> Mapping[str, Any]:
        """Do it as a job, with progress."""

        def step(done: int, total: int, rate: float) -> None:
            tell("reckoning", done, total, rate)

        return {"moved": self.follow(step)}

    def start(self) -> None:
        """Look again and again in a thread of its own, for what other processes enter."""
        self._ended.clear()
        self._thread = threading.Thread(target=self._look, name="live views", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the thread."""
        self._ended.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _look(self) -> None:
        while not self._ended.wait(LOOK):
            try:
                self.follow()
            except Busy:
                continue  # another process fills the tables
            except Exception as error:  # noqa: BLE001 - whatever it is, look again
                _log.warning("The views are looked at again: %s", type(error).__name__)


def _version(known: Mapping[str, tracking.Tracked], one: Projection) -> str:
    found = known.get(one.name)
    return found.version if found else ""


def _versions(views: Sequence[Projection]) -> list[tuple[str, str]]:
    return [(one.name, one.version) for one in views]
