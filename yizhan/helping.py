"""How a helper of a rebuild opens the log and the wall, in a process of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from application.database.access import Access, Pools
from application.log.mapper import LogMapper
from application.log.reader import LogReader
from domain.catalogue import catalogue
from projections.folding import Reader
from projections.runner import Pool
from yizhan.memory import collect_seldom


@dataclass(frozen=True)
class Opened:
    """The log and the wall as the projector sees them, with no key to open personal values."""

    projector: str  # its connection string

    @contextmanager
    def __call__(self) -> Iterator[tuple[Reader, Pool]]:
        """Open both for as long as the block runs."""
        collect_seldom()
        with Pools(Access(writer="", projector=self.projector, reader="", keys="")) as pools:
            yield LogReader(pools.projector, LogMapper(catalogue())), pools.projector
