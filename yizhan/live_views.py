"""Lets the wall follow a new calendar while everything runs: no restart (decision 19).

Fresh tables are filled under the new calendar while the old ones serve, swapped in, and the
runner of this process goes on with them. Another process rebuilds nothing twice: it waits for the
swap and adopts the same views.
"""

import threading
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from application.jobs import Job, Tell
from application.lookout import Lookout
from projections import tracking
from projections.folding import Projection
from projections.helpers import Help
from projections.rebuild import Busy, Progress, rebuild, silent
from projections.runner import LeadingReader, Pool, Runner

LOOK = 5.0  # seconds between two looks at the calendar
RECKON = "reckon"  # the kind of the job


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
        self._turn = threading.Lock()
        self._lookout = Lookout("live views", LOOK, self.follow, Busy)  # another fills the tables

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
        self._lookout.start()

    def stop(self) -> None:
        """End the thread."""
        self._lookout.stop()


def _version(known: Mapping[str, tracking.Tracked], one: Projection) -> str:
    found = known.get(one.name)
    return found.version if found else ""


def _versions(views: Sequence[Projection]) -> list[tuple[str, str]]:
    return [(one.name, one.version) for one in views]
