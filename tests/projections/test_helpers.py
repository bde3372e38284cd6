"""A rebuild by several processes: same rows, a lost helper is noticed, an orphan writes nothing."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import Pipe
from pathlib import Path

import pytest
from psycopg_pool import ConnectionPool

from application.log.mapper import LogMapper
from application.log.reader import LogReader
from projections import rebuild as rebuilding
from projections.filling import Share
from projections.folding import Reader
from projections.helpers import Help, Lost, Orphaned, Work, help_with, number
from projections.rebuild import rebuild
from projections.runner import Pool, Runner
from projections.tables import NEXT
from tests.database import Database
from tests.projections.test_live_log import CATALOGUE, Tills, name, reader_of, runner, wall
from tests.projections.trial import KINDS, Paid, TillView, rows

TILLS, EACH = 40, 5  # tills, and facts of each
ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Opening:
    """What a helper opens; `dies` kills it instead."""

    conninfo: str
    dies: bool = False

    @contextmanager
    def __call__(self) -> Iterator[tuple[Reader, Pool]]:
        if self.dies:
            os.kill(os.getpid(), signal.SIGKILL)
        with ConnectionPool(self.conninfo, kwargs={"autocommit": True}) as pool:
            yield LogReader(pool, LogMapper(CATALOGUE)), pool


class Two(Help):
    """Two helpers, whatever the machine and the log."""

    def count(self, facts: int) -> int:
        return 2


@pytest.fixture
def filled(database: Database, monkeypatch: pytest.MonkeyPatch) -> Database:
    """A log of some tills, cut into many shares, with the wall that the live runner made."""
    monkeypatch.setattr(rebuilding, "PAGE", 10)
    tills = Tills(database.pools)
    for till in range(TILLS):
        tills.open(till)
        tills.append(till, *[Paid(amount=till)] * (EACH - 1))
    runner(database.pools).catch_up()
    return database


def again(database: Database, view: TillView, helped: Help | None) -> dict[str, bytes]:
    made = runner(database.pools)
    rebuild(made, reader_of(database.pools), database.pools.projector, [view], helped=helped)
    return wall(database.pools)


def test_helpers_give_byte_for_byte_what_the_live_runner_gave(filled: Database) -> None:
    live = wall(filled.pools)
    assert live["trial_tills"].count(b"\n") == TILLS
    assert again(filled, TillView(), Two(Opening(filled.access.projector))) == live


def test_what_a_helper_sets_aside_is_parked(filled: Database) -> None:
    broken = {name(till) for till in range(TILLS)}
    again(filled, TillView("2", broken), Two(Opening(filled.access.projector)))
    parked = rows(filled.pools.projector, "SELECT stream FROM wall.parked ORDER BY 1")
    assert [stream for (stream,) in parked] == sorted(broken)


def test_a_lost_helper_ends_the_rebuild_and_the_old_tables_serve_on(filled: Database) -> None:
    live = wall(filled.pools)
    with pytest.raises(Lost):
        again(filled, TillView(), Two(Opening(filled.access.projector, dies=True)))
    assert wall(filled.pools) == live
    assert again(filled, TillView(), None) == live, "and the next rebuild begins anew"


def test_a_helper_without_its_rebuild_writes_nothing(filled: Database) -> None:
    ours, theirs = Pipe()
    with filled.pools.projector.connection() as conn:
        for table in TillView.tables:
            conn.execute(table.create(NEXT))
    opening = Opening(filled.access.projector)
    ours.send(Share("", "z"))
    ours.send(None)
    help_with(Work(opening, [TillView()], KINDS, TILLS * EACH, number()), theirs)
    assert [ours.recv(), ours.recv()] == [None, None]  # it asks ahead
    assert ours.recv() == (TILLS * EACH, [])
    assert ours.recv().startswith(Orphaned.__name__)
    assert rows(filled.pools.projector, f"SELECT count(*) FROM wall.trial_tills{NEXT}") == [(0,)]


def test_a_rebuild_killed_beside_its_helpers_can_be_begun_again_at_once(filled: Database) -> None:
    live = wall(filled.pools)
    killed = subprocess.run(
        [sys.executable, "-m", "tests.projections.test_helpers", filled.access.projector],
        cwd=ROOT,
        check=False,
        timeout=60,
    )
    assert killed.returncode == -signal.SIGKILL
    assert again(filled, TillView(), Two(Opening(filled.access.projector))) == live


@pytest.mark.parametrize(
    ("facts", "most", "helpers"), [(0, 3, 0), (39_999, 3, 0), (10**9, 0, 0), (10**9, 3, None)]
)
def test_only_a_long_log_is_helped_with(facts: int, most: int, helpers: int | None) -> None:
    cores = len(os.sched_getaffinity(0))
    wanted = min(cores - 1, most) if helpers is None else helpers
    assert Help(Opening(""), most=most).count(facts) == wanted


def main(conninfo: str) -> None:
    """Begin a rebuild with two helpers, and die by SIGKILL when the first share is told of."""
    setattr(rebuilding, "PAGE", 10)  # noqa: B010 - as the fixture does

    def die(_done: int, _total: int, _rate: float) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    with ConnectionPool(conninfo, kwargs={"autocommit": True}) as pool:
        reader = LogReader(pool, LogMapper(CATALOGUE))
        made = Runner(reader, pool, [TillView()], KINDS)
        rebuild(made, reader, pool, [TillView()], die, helped=Two(Opening(conninfo)))


if __name__ == "__main__":
    main(sys.argv[1])
