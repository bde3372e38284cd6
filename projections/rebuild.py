"""Rebuilding projections into fresh tables while the old ones serve, then swapping them.

Whole cases are read in their order and loaded by COPY, a long log by several processes; a secondary
index is made when its table is full, and the planner is told what the table holds. The swap stands
under the locks of the tracking rows, at the position the live tables had reached, so that no reader
is ever led back.
"""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from time import monotonic

from projections import tracking
from projections.filling import Filler, Share
from projections.folding import Folder, Outcome, Parked, Projection
from projections.helpers import Help, Helpers, Work, number
from projections.runner import LeadingReader, Pool, Runner
from projections.tables import NEXT, Connection, Table

PAGE = 5_000  # facts in a share, and read at once
FINISHING = 2  # tables whose indexes are made at once
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
    *,
    helped: Help | None = None,
) -> int:
    """Fill fresh tables of these projections and swap them in; give the position reached.

    `progress` is told the facts done, the facts in all, and facts a second; with `helped` several
    processes fill the tables when the log is long.
    """
    name = ",".join(sorted(f"{p.name}/{p.version}" for p in projections))
    with reader.leadership(f"rebuild {name}") as free:
        if not free:
            raise Busy(name)
        return _Rebuild(runner, reader, pool, projections, (progress, helped)).run()


class _Rebuild:
    def __init__(
        self,
        runner: Runner,
        reader: LeadingReader,
        pool: Pool,
        projections: Sequence[Projection],
        way: tuple[Progress, Help | None],
    ) -> None:
        self._reader, self._pool = reader, pool
        self._projections, self._kinds = projections, runner.kinds
        self._progress, self._help = way
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
        with ThreadPoolExecutor(FINISHING, "indexes") as hands:
            list(hands.map(self._finish, self._tables))
        while (mark := self._reader.watermark()) - upto > LEFT:
            upto = self._follow(upto, mark, None)
        return self._swap(upto)

    def _load(self, upto: int) -> None:
        """Fill by this process, and for a long log by others beside it."""
        shares = [Share(*ends) for ends in pairwise(["", *self._reader.stream_ends(PAGE)])]
        filler = Filler(self._reader, self._pool, self._projections, self._kinds)

        def told(count: int, parked: Sequence[Parked]) -> None:
            self._note(parked, count, upto)

        if self._help is None or not (count := self._help.count(upto)):
            filler.fill(shares, upto, told)
            return
        opening, lock = self._help.opening, number()
        work = Work(opening, self._projections, dict(self._kinds), upto, lock)
        with self._pool.connection() as conn, Helpers(count, work, shares, conn) as helpers:

            def told_both(count: int, parked: Sequence[Parked]) -> None:
                told(count, parked)
                helpers.heard(told)

            filler.fill(helpers.shares(), upto, told_both)
            helpers.heard(told, until_done=True)

    def _finish(self, table: Table) -> None:
        with self._pool.connection() as conn:
            for statement in (*table.index(NEXT), table.analyze(NEXT)):
                conn.execute(statement)

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
            self._note(out.parked, len(page), mark)
            after = page[-1].position
        return max(after, mark)

    def _write(self, conn: Connection, out: Outcome) -> None:
        for table, rows in out.rows.items():
            table.upsert(conn, rows.values(), NEXT)

    def _note(self, parked: Sequence[Parked], count: int, total: int) -> None:
        self._parked |= {(one.projection, one.stream): one for one in parked}
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
