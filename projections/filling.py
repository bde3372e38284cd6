"""Filling fresh tables with whole cases, one share of the streams after the other."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import NamedTuple

from domain.kernel import Aggregate, Recorded
from projections.folding import Folder, Outcome, Parked, Projection, Reader
from projections.runner import Pool
from projections.tables import NEXT, Connection


class Share(NamedTuple):
    """The streams behind one and up to another."""

    after: str
    last: str


Told = Callable[[int, Sequence[Parked]], None]  # facts of a share, and what it set aside
Check = Callable[[Connection], None]


def anyway(_conn: Connection) -> None:
    """Ask nothing before a share is written for good."""


class Filler:
    """Folds shares of the log into the fresh tables of some projections."""

    def __init__(
        self,
        reader: Reader,
        pool: Pool,
        projections: Sequence[Projection],
        kinds: Mapping[str, type[Aggregate]],
        *,
        check: Check = anyway,
    ) -> None:
        """Take the log, the projector's pool, the views, and what is asked before each commit."""
        self._reader, self._pool, self._check = reader, pool, check
        self._folder = Folder(reader, projections, kinds)

    def fill(self, shares: Iterable[Share], upto: int, told: Told) -> None:
        """Fold one share while the next is read and the one before is written.

        The server works on both meanwhile, on another core; two shares at most are in memory.
        """
        left = iter(shares)
        with ThreadPoolExecutor(2, "rebuild") as hands:

            def read() -> Future[list[Recorded]] | None:
                share = next(left, None)
                return share and hands.submit(self._reader.read_streams, *share, upto)

            following, written = read(), None
            while following is not None:
                page = following.result()
                following = read()
                out = self._folder.whole(page, {})
                if written is not None:
                    written.result()
                written = hands.submit(self._write, out)
                told(len(page), out.parked)
            if written is not None:
                written.result()

    def _write(self, out: Outcome) -> None:
        """Copy rows; what is summed comes last and in one order, as others wait for such rows."""
        with self._pool.connection() as conn, conn.transaction():
            summed = []
            for table, rows in out.rows.items():
                if table.added:
                    summed.append((table.name, table, [rows[key] for key in sorted(rows)]))
                else:
                    table.copy(conn, rows.values(), NEXT)
            for _, table, ordered in sorted(summed, key=lambda one: one[0]):
                table.upsert(conn, ordered, NEXT)
            self._check(conn)
