"""The projection runner: reads the log in pages and writes the wall, knowing no view itself.

One transaction a page: it locks the tracking rows, writes every table by one set-based statement,
and moves the tracking rows. So a fact counts once however often it is delivered, and a crash at
any point leaves rows and position as they were together.
"""

import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from time import monotonic
from typing import NamedTuple, Protocol

import psycopg_pool

from domain.kernel import Aggregate
from projections import tracking
from projections.folding import TRIES, Folder, Outcome, Parked, Projection, Reader
from projections.tables import Connection
from projections.tracking import Tracked

Pool = psycopg_pool.ConnectionPool[Connection]

LIVE, MOST = 500, 10_000  # facts in a page: as they come, and when catching up
BUSY, IDLE = 0.005, 0.5  # seconds between two looks at the log
AGAIN = 5.0  # the longest pause after an error, in seconds
BEHIND = 5_000  # a projection further behind than this is rebuilt by whole cases

_log = logging.getLogger(__name__)


class LeadingReader(Reader, Protocol):
    """The log with its leader's lock."""

    def leadership(self, name: str = "log") -> AbstractContextManager[bool]:
        """Try to lead; True while the block runs if nobody else does."""
        ...


REACH = """
SELECT coalesce(min(t.position), 0) AS position, (SELECT position FROM log.watermark) AS mark
FROM wall.tracking t
JOIN unnest(%(views)s::text[], %(versions)s::text[]) AS mine(name, version)
  ON t.projection = mine.name AND t.version = mine.version
"""


class Reach(NamedTuple):
    """The position that every table has reached, and how many facts the log is ahead."""

    position: int
    lag: int

    @classmethod
    def of(cls, position: int, mark: int) -> "Reach":
        """Hold a position against the watermark, which may have been read a moment earlier."""
        return cls(position, max(mark - position, 0))


class Again(Exception):
    """A page came to a poisoned fact and is tried once more before the case is set aside."""


def nothing(_point: str) -> None:
    """Stand where a test looks in on the runner: read, folded, written, moved, committed."""


class Runner:
    """Keeps a set of projections up to the watermark, by hand (`tick`) or in a thread (`start`)."""

    def __init__(
        self,
        reader: LeadingReader,
        pool: Pool,
        projections: Sequence[Projection],
        kinds: Mapping[str, type[Aggregate]],
        *,
        at: Callable[[str], None] = nothing,
    ) -> None:
        """Take the log, the projector's pool, the views and the classes of the cases."""
        self._reader, self._pool, self._at = reader, pool, at
        self.projections, self.kinds = tuple(projections), kinds
        self._folder = Folder(reader, projections, kinds)
        self._limit, self._tries, self._unplanned = LIVE, 0, 0
        self._hint, self._ended = threading.Event(), threading.Event()
        self._moved = threading.Condition()
        self._position = 0
        self._thread: threading.Thread | None = None
        self.leads = False
        self.trouble = ""

    def prepare(self) -> list[Projection]:
        """Make what is missing; give the projections whose rows must be rebuilt.

        A projection of another version, or one far behind, goes on as it is until its rebuild.
        """
        mark = self._reader.watermark()
        stale: list[Projection] = []
        with self._pool.connection() as conn, conn.transaction():
            conn.execute("SELECT pg_advisory_xact_lock(%s)", [tracking.TIDY])
            conn.execute(tracking.TABLES)
            known = tracking.tracked(conn)
            for projection in self.projections:
                found = known.get(projection.name)
                if found is None:
                    self._make(conn, projection)
                    found = Tracked(projection.version, 0)
                if found.version != projection.version or mark - found.position > BEHIND:
                    stale.append(projection)
        return stale

    def _make(self, conn: Connection, projection: Projection) -> None:
        for table in projection.tables:
            conn.execute(table.create())
            for statement in table.index():
                conn.execute(statement)
        tracking.place(conn, projection.name, projection.version, 0)

    def tick(self) -> int:
        """Bring one page to the wall; give the number of facts, 0 when there is nothing to do."""
        mark = self._reader.drain()
        with self._pool.connection() as conn:
            behind = min(
                (t.position for t in self._mine(tracking.tracked(conn)).values()), default=mark
            )
        page = self._reader.read(behind, self._limit) if behind < mark else []
        self._at("read")
        if not page:
            self._limit = LIVE
            self._note(self._pass_over(behind, mark))
            return 0
        try:
            with self._pool.connection() as conn, conn.transaction():
                mine = self._mine(tracking.tracked(conn, lock=True))
                done = {name: at.position for name, at in mine.items()}
                parked = {(one.projection, one.stream) for one in tracking.parked(conn)}
                parked |= {
                    (p.name, r.stream) for p in self.projections for r in page if p.name not in mine
                }
                out = self._folder.page(page, done, parked)
                self._at("folded")
                self._try_again(out)
                self.write(conn, out)
                self._at("written")
                tracking.move(conn, list(mine), page[-1].position)
                self._at("moved")
        except BaseException:
            self._folder.forget()
            raise
        self._at("committed")
        self._tries = 0
        self._limit = min(self._limit * 4, MOST) if len(page) == self._limit else LIVE
        self._note(page[-1].position)
        self._plan(len(page))
        return len(page)

    def _plan(self, count: int) -> None:
        """Let the planner know the tables when many facts came, as after an import.

        The server would do so up to a minute later, and plan figures over empty tables until then.
        """
        self._unplanned += count
        if self._unplanned < MOST or self._limit > LIVE:
            return
        self._unplanned = 0
        with self._pool.connection() as conn:
            for projection in self.projections:
                for table in projection.tables:
                    conn.execute(table.analyze())

    def _pass_over(self, behind: int, mark: int) -> int:
        """Move over positions that were given up at the end of the log: nothing stands there."""
        if behind >= mark:
            return behind
        with self._pool.connection() as conn, conn.transaction():
            mine = self._mine(tracking.tracked(conn, lock=True))
            tracking.move(conn, list(mine), mark)
        return mark

    def _try_again(self, out: Outcome) -> None:
        """Set nothing aside before the third time: what broke may have been passing."""
        if out.parked and self._tries < TRIES - 1:
            self._tries += 1
            raise Again

    def write(self, conn: Connection, out: Outcome) -> None:
        """Write rows and parked cases."""
        for table, rows in out.rows.items():
            table.upsert(conn, rows.values())
        if out.parked:
            tracking.park(conn, out.parked)

    def catch_up(self, *, within: float = 60.0) -> int:
        """Tick until nothing is left; give the position reached. For tests, imports and the CLI."""
        end = monotonic() + within
        while monotonic() < end:
            try:
                if not self.tick():
                    break
            except Again:
                continue
        return self._position

    def _mine(self, known: Mapping[str, Tracked]) -> dict[str, Tracked]:
        """Leave out what another version of the program wrote: its tables are not ours."""
        return {
            p.name: known[p.name]
            for p in self.projections
            if p.name in known and known[p.name].version == p.version
        }

    def adopt(self, projections: Sequence[Projection]) -> None:
        """Go on with views of another version, whose tables stand already: a new calendar."""
        self._folder = Folder(self._reader, projections, self.kinds)
        self.projections = tuple(projections)
        self.hint()

    def unpark(self, one: Parked) -> bool:
        """Take a case up again, from the fact that broke it; False when it breaks once more."""
        with self._pool.connection() as conn, conn.transaction():
            at = tracking.tracked(conn, lock=True)[one.projection].position
            history = self._reader.histories([one.stream], at)[one.stream]
            views = [p for p in self.projections if p.name == one.projection]
            folder = Folder(self._reader, views, self.kinds)
            out = folder.whole(history, {one.projection: one.position - 1})
            if out.parked:
                return False
            self.write(conn, out)
            tracking.unpark(conn, one)
        self._folder.forget()
        return True

    def health(self) -> "Health":
        """Say how far each projection is, what is parked, and how far the log goes."""
        with self._pool.connection() as conn:
            known, parked = tracking.tracked(conn), tracking.parked(conn)
        positions = {name: at.position for name, at in known.items()}
        return Health(self._reader.watermark(), positions, tuple(parked), self.leads, self.trouble)

    def reach(self) -> Reach:
        """Say how far the wall is, by one query: every page shows it."""
        with self._pool.connection() as conn:
            row = conn.execute(REACH, self.versions(), prepare=True).fetchone()
        return Reach.of(*(row or (0, 0)))

    def versions(self) -> dict[str, list[str]]:
        """Give the values of `REACH`: which views of this program are asked for."""
        return {
            "views": [one.name for one in self.projections],
            "versions": [one.version for one in self.projections],
        }

    def hint(self) -> None:
        """Say that something was appended: the runner looks at once."""
        self._hint.set()

    def wait_for(self, position: int, timeout: float = 2.0) -> bool:
        """Wait until the wall shows a position: read your own writes. False when time is up."""
        self.hint()
        end = monotonic() + timeout
        while not self._reached(position):
            left = end - monotonic()
            if left <= 0:
                return False
            with self._moved:
                if self._position < position:
                    self._moved.wait(min(left, 0.1 if self.leads else 2 * BUSY))
        return True

    def _reached(self, position: int) -> bool:
        if self._position >= position:
            return True
        if self.leads:
            return False
        with self._pool.connection() as conn:
            known = self._mine(tracking.tracked(conn))
        return min((at.position for at in known.values()), default=0) >= position

    def _note(self, position: int) -> None:
        with self._moved:
            self._position = max(self._position, position)
            self._moved.notify_all()

    def start(self) -> None:
        """Run in a thread of its own until `stop`."""
        self._ended.clear()
        self._thread = threading.Thread(target=self._supervise, name="projections", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the thread after its page."""
        self._ended.set()
        self._hint.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _supervise(self) -> None:
        """Lead whenever nobody else does; after an error try again, later and later."""
        pause = BUSY
        while not self._ended.is_set():
            try:
                with self._reader.leadership() as leads:
                    self.leads = leads
                    if leads:
                        self._lead()
                    pause = IDLE if not leads else BUSY
            except Again:
                pause = BUSY
            except Exception as error:  # noqa: BLE001 - whatever it is, the thread goes on
                self.trouble = f"{type(error).__name__}: {error}"
                _log.exception("The projections stopped and start again.")
                pause = min(max(2 * pause, 0.1), AGAIN)
            finally:
                self.leads = False
            self._ended.wait(pause)

    def _lead(self) -> None:
        pause = BUSY
        while not self._ended.is_set():
            self._hint.clear()
            count = self.tick()
            self.trouble = ""
            if count >= LIVE:
                continue
            pause = BUSY if count else min(2 * pause, IDLE)
            self._hint.wait(pause)


class Health:
    """What `doctor`, `readyz` and the page of the projections show."""

    def __init__(
        self,
        watermark: int,
        positions: Mapping[str, int],
        parked: tuple[Parked, ...],
        leads: bool,
        trouble: str,
    ) -> None:
        """Keep what was read."""
        self.watermark, self.positions, self.parked = watermark, positions, parked
        self.leads, self.trouble = leads, trouble

    @property
    def position(self) -> int:
        """The position that every table has reached."""
        return min(self.positions.values(), default=0)

    @property
    def lag(self) -> int:
        """How many positions the slowest table is behind the log."""
        return max(self.watermark - self.position, 0)
