"""Long work 任务: imports, rebuilds; one row of `office.jobs` each, one worker thread a process.

A job is `waiting`, `running`, then `done`, `failed` or `cancelled`. Its process holds an advisory
lock while it runs, so that a process that died is noticed: the job is `interrupted` 中断, and can
be told to go on. A cancel takes effect where the work asks `tell`, at the border of a batch.
"""

import logging
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from time import monotonic
from typing import Any

from psycopg.types.json import Jsonb
from psycopg_pool import ConnectionPool

from application.ids import uuid7
from domain.kernel import N_, Refused

LOOK = 1.0  # seconds between two looks at the table when nobody rings
TELL = 0.5  # seconds between two notes of the progress
OPEN = ("waiting", "running", "cancelling")
AGAIN = frozenset({"interrupted", "cancelled", "failed"})
_COLUMNS = (
    "id, kind, account, state, phase, done, total, rate, params, result, created_at, updated_at"
)
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Job:
    """A job as its row says; `rate` is in `done` a second, `total` may not be known yet."""

    id: str
    kind: str
    account: str
    state: str
    phase: str
    done: int
    total: int | None
    rate: float | None
    params: Mapping[str, Any]
    result: Mapping[str, Any] | None
    created_at: datetime
    updated_at: datetime

    @property
    def open(self) -> bool:
        """Say whether something is still to come."""
        return self.state in OPEN

    @property
    def left(self) -> float | None:
        """Guess the seconds that are left."""
        if not self.rate or self.total is None:
            return None
        return max(self.total - self.done, 0) / self.rate


# What a job tells: phase, done, total, rate; the answer False asks it to end at this border.
Tell = Callable[[str, int, int, float], bool]
# Does a job and gives its result as JSON has it; raises `Refused` for what its owner can change.
Work = Callable[[Job, Tell], Mapping[str, Any]]


class Jobs:
    """The jobs of the office, and the worker that does them one after another."""

    def __init__(self, pool: ConnectionPool) -> None:
        """Take the writer's pool; kinds of work are added by `does`."""
        self._pool = pool
        self._works: dict[str, Work] = {}
        self._bell, self._ended = threading.Event(), threading.Event()
        self._thread: threading.Thread | None = None

    def does(self, kind: str, work: Work) -> None:
        """Say who does a kind of job."""
        self._works[kind] = work

    # What pages ask

    def begin(self, kind: str, account: str, params: Mapping[str, Any], *, job: str = "") -> str:
        """Put a job into the queue and give its id; an id that is known is not queued again."""
        job = job or str(uuid7())
        with self._pool.connection() as conn:
            conn.execute(
                "INSERT INTO office.jobs (id, kind, account, state, params, created_at, updated_at)"
                " VALUES (%s, %s, %s, 'waiting', %s, log.now(), log.now())"
                " ON CONFLICT (id) DO NOTHING",
                [job, kind, account, Jsonb(dict(params))],
            )
        self._bell.set()
        return job

    def find(self, job: str) -> Job | None:
        """Give one job."""
        return self.several([job]).get(job)

    def several(self, jobs: Iterable[str]) -> dict[str, Job]:
        """Give several jobs by one question."""
        with self._pool.connection() as conn:
            rows = conn.execute(
                f"SELECT {_COLUMNS} FROM office.jobs WHERE id = ANY(%s)", [list(jobs)]
            ).fetchall()
        return {row[0]: Job(*row) for row in rows}

    def latest(self, account: str = "", *, kinds: Iterable[str] = (), most: int = 50) -> list[Job]:
        """List jobs, youngest first; "" lists everybody's."""
        with self._pool.connection() as conn:
            rows = conn.execute(
                f"SELECT {_COLUMNS} FROM office.jobs WHERE (%(account)s = '' OR account ="
                " %(account)s) AND (%(kinds)s::text[] = '{}' OR kind = ANY(%(kinds)s))"
                " ORDER BY created_at DESC, id DESC LIMIT %(most)s",
                {"account": account, "kinds": list(kinds), "most": most},
            ).fetchall()
        return [Job(*row) for row in rows]

    def cancel(self, job: str) -> None:
        """Ask a job to end at its next border; one that has not begun ends at once."""
        with self._pool.connection() as conn:
            conn.execute(
                "UPDATE office.jobs SET updated_at = log.now(), state ="
                " CASE state WHEN 'running' THEN 'cancelling' ELSE 'cancelled' END"
                " WHERE id = %s AND state IN ('waiting', 'running')",
                [job],
            )

    def go_on(self, job: str) -> None:
        """Let a job that was interrupted, cancelled or has failed run again from what stands.

        Raises `Refused` O-03 for a job that is open or done.
        """
        with self._pool.connection() as conn:
            moved = conn.execute(
                "UPDATE office.jobs SET state = 'waiting', result = NULL, updated_at = log.now()"
                " WHERE id = %s AND state = ANY(%s)",
                [job, sorted(AGAIN)],
            ).rowcount
        if not moved:
            raise Refused(rule="O-03", text=N_("这项任务正在进行或已经完成，不能再继续。"))
        self._bell.set()

    # The worker

    def start(self) -> None:
        """Work in a thread of its own until `stop`."""
        self._ended.clear()
        self._thread = threading.Thread(target=self._live, name="jobs", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End after the border of the batch at hand; the job is left to go on later."""
        self._ended.set()
        self._bell.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def run_all(self) -> int:
        """Do everything that waits, here and now; for tests and the command line."""
        count = 0
        while self._run_next():
            count += 1
        return count

    def sweep(self) -> int:
        """Mark the jobs whose process is gone; give their number."""
        count = 0
        with self._pool.connection() as conn:
            rows = conn.execute(
                "SELECT id FROM office.jobs WHERE state IN ('running', 'cancelling')"
            ).fetchall()
            for (job,) in rows:
                with conn.transaction():
                    free = conn.execute(
                        "SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 1))", [job]
                    ).fetchone()
                    if free and free[0]:
                        count += conn.execute(
                            "UPDATE office.jobs SET updated_at = log.now(), state ="
                            " CASE state WHEN 'running' THEN 'interrupted' ELSE 'cancelled' END"
                            " WHERE id = %s AND state IN ('running', 'cancelling')",
                            [job],
                        ).rowcount
        return count

    def _live(self) -> None:
        while not self._ended.is_set():
            self._bell.clear()
            try:
                self.sweep()
                self.run_all()
            except Exception as error:  # noqa: BLE001 - whatever it is, the thread goes on
                _log.warning("The worker looks again: %s", type(error).__name__)
            self._bell.wait(LOOK)

    def _run_next(self) -> bool:
        """Take the oldest job that waits, hold its lock, and do it."""
        if self._ended.is_set():
            return False
        with self._pool.connection() as conn:
            row = conn.execute(
                "SELECT id FROM office.jobs WHERE state = 'waiting' AND kind = ANY(%s)"
                " ORDER BY created_at LIMIT 1",
                [sorted(self._works)],
            ).fetchone()
            if row is None:
                return False
            lock = "hashtextextended(%s, 1)"
            taken = conn.execute(f"SELECT pg_try_advisory_lock({lock})", row).fetchone()
            if not (taken and taken[0]):
                return False  # another process was faster
            try:
                moved = conn.execute(
                    f"UPDATE office.jobs SET state = 'running', updated_at = log.now()"
                    f" WHERE id = %s AND state = 'waiting' RETURNING {_COLUMNS}",
                    row,
                ).fetchone()
                if moved is not None:
                    self._do(Job(*moved))
            finally:
                conn.execute(f"SELECT pg_advisory_unlock({lock})", row)
        return True

    def _do(self, job: Job) -> None:
        note = _Note(self._pool, job.id, self._ended)
        try:
            result = self._works[job.kind](job, note.tell)
        except Refused as refused:
            self._end(job, "failed", _told(refused))
        except Exception as error:  # noqa: BLE001 - a job that breaks must not take others along
            # The kind of error only: its text may be about a person.
            _log.error("Job %s of kind %s: %s", job.id, job.kind, type(error).__name__)
            self._end(job, "failed", {"error": type(error).__name__})
        else:
            self._end(job, note.ending, result)

    def _end(self, job: Job, state: str, result: Mapping[str, Any]) -> None:
        with self._pool.connection() as conn:
            conn.execute(
                "UPDATE office.jobs SET state = %s, result = %s, updated_at = log.now()"
                " WHERE id = %s",
                [state, Jsonb(dict(result)), job.id],
            )


class _Note:
    """Writes how far a job is, and hears whether it shall end."""

    def __init__(self, pool: ConnectionPool, job: str, ended: threading.Event) -> None:
        self._pool, self._job, self._ended = pool, job, ended
        self._at, self._phase = -TELL, ""
        self.ending = "done"

    def tell(self, phase: str, done: int, total: int, rate: float) -> bool:
        """Note the progress now and then; False when the job shall end here."""
        if self._ended.is_set():
            self.ending = "interrupted"
        if monotonic() - self._at >= TELL or phase != self._phase or done >= total:
            self._at, self._phase = monotonic(), phase
            with self._pool.connection() as conn:
                row = conn.execute(
                    "UPDATE office.jobs SET phase = %s, done = %s, total = %s, rate = %s,"
                    " updated_at = log.now() WHERE id = %s RETURNING state",
                    [phase, done, total, rate, self._job],
                ).fetchone()
            if row and row[0] == "cancelling" and done < total:
                self.ending = "cancelled"
        return self.ending == "done"


def _told(refused: Refused) -> dict[str, Any]:
    """Keep a refusal so that the page can say it in its reader's language."""
    values = {name: str(value) for name, value in refused.values.items()}
    return {"rule": refused.rule, "text": refused.text, "values": values}
