"""Rebuilding projections into fresh tables while the old ones serve, then swapping them.

Whole cases are read in their order and loaded by COPY; a secondary index is made when its table
is full, and the planner is told what the table holds. The swap stands under the locks of the
tracking rows, at the position the live tables had reached, so that no reader is ever led back.
"""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from time import monotonic

from projections import tracking
from projections.folding import Folder, Outcome, Parked, Projection
from projections.runner import LeadingReader, Pool, Runner
from projections.tables import NEXT, Connection, Table

PAGE = 5_000  # facts read at once
LEFT = 500  # facts that may be left for the moment of the swap
Progress = Callable[[int, int, float], None]


class Busy(Exception):
    """Another process rebuilds this version already."""


def silent(_done: int, _total: int, _rate: float) -> None:
    """Show no progress."""


def rebuild(
    runner: Runner,
    reader: LeadingReader,
    pool: Pool,
    projections: Sequence[Projection],
    progress: Progress = silent,
) -> int:
    """Fill fresh tables of these projections and swap them in; give the position reached.

    `progress` is told the facts done, the facts in all, and facts a second.
    """
    name = ",".join(sorted(f"{p.name}/{p.version}" for p in projections))
    with reader.leadership(f"rebuild {name}") as free:
        if not free:
            raise Busy(name)
        return _Rebuild(runner, reader, pool, projections, progress).run()


class _Rebuild:
    def __init__(
        self,
        runner: Runner,
        reader: LeadingReader,
        pool: Pool,
        projections: Sequence[Projection],
        progress: Progress,
    ) -> None:
        self._reader, self._pool, self._progress = reader, pool, progress
        self._projections = projections
        self._folder = Folder(reader, projections, runner.kinds)
        self._parked: dict[tuple[str, str], Parked] = {}
        self._began, self._done = monotonic(), 0

    @property
    def _tables(self) -> list[Table]:
        return [table for projection in self._projections for table in projection.tables]

    def run(self) -> int:
        upto = self._reader.watermark()
        with self._pool.connection() as conn:
            for table in self._tables:
                conn.execute(f"DROP TABLE IF EXISTS wall.{table.name}{NEXT}")
                conn.execute(table.create(NEXT))
        self._load(upto)
        with self._pool.connection() as conn:
            for table in self._tables:
                for statement in (*table.index(NEXT), table.analyze(NEXT)):
                    conn.execute(statement)
        while (mark := self._reader.watermark()) - upto > LEFT:
            upto = self._follow(upto, mark, None)
        return self._swap(upto)

    def _load(self, upto: int) -> None:
        """Fold one page while the next is read and the one before is written.

        The server works on both meanwhile, on another core; two pages at most are in memory.
        """
        with ThreadPoolExecutor(2, "rebuild") as hands:
            page = self._reader.read_by_stream("", PAGE, upto)
            written: Future[None] | None = None
            while page:
                following = hands.submit(self._reader.read_by_stream, page[-1].stream, PAGE, upto)
                out = self._folder.whole(page, {})
                if written is not None:
                    written.result()
                written = hands.submit(self._copy, out)
                self._note(out, len(page), upto)
                page = following.result()
            if written is not None:
                written.result()

    def _copy(self, out: Outcome) -> None:
        with self._pool.connection() as conn, conn.transaction():
            for table, rows in out.rows.items():
                load = table.upsert if table.added else table.copy
                load(conn, rows.values(), NEXT)

    def _follow(self, after: int, mark: int, conn: Connection | None) -> int:
        """Bring the fresh tables from one position to another, in the order of the log."""
        done = dict.fromkeys((p.name for p in self._projections), after)
        while after < mark:
            page = [r for r in self._reader.read(after, PAGE) if r.position <= mark]
            if not page:
                break
            out = self._folder.page(page, done, set(self._parked))
            if conn is not None:
                self._write(conn, out)
            else:
                with self._pool.connection() as own, own.transaction():
                    self._write(own, out)
            self._note(out, len(page), mark)
            after = page[-1].position
        return max(after, mark)

    def _write(self, conn: Connection, out: Outcome) -> None:
        for table, rows in out.rows.items():
            table.upsert(conn, rows.values(), NEXT)

    def _note(self, out: Outcome, count: int, total: int) -> None:
        self._parked |= {(one.projection, one.stream): one for one in out.parked}
        self._done += count
        self._progress(self._done, total, self._done / max(monotonic() - self._began, 1e-6))

    def _swap(self, upto: int) -> int:
        names = [projection.name for projection in self._projections]
        with self._pool.connection() as conn, conn.transaction():
            conn.execute("SELECT pg_advisory_xact_lock(%s)", [tracking.TIDY])
            known: Mapping[str, tracking.Tracked] = tracking.tracked(conn, lock=True)
            reached = max([upto, *(known[name].position for name in names if name in known)])
            upto = self._follow(upto, reached, conn)
            for table in self._tables:
                conn.execute(f"DROP TABLE IF EXISTS wall.{table.name}")
                conn.execute(f"ALTER TABLE wall.{table.name}{NEXT} RENAME TO {table.name}")
            conn.execute("DELETE FROM wall.parked WHERE projection = ANY(%s)", [names])
            tracking.park(conn, self._parked.values())
            for projection in self._projections:
                tracking.place(conn, projection.name, projection.version, upto)
        return upto
