"""A process that projects one page and kills itself at a point; started by test_kill.py."""

import os
import signal
import sys

from psycopg_pool import ConnectionPool

from projections.runner import Runner
from tests.projections.trial import KINDS, FakeLog, TillView, some_facts


def main(conninfo: str, point: str, cases: int) -> None:
    """Project the facts of some cases and die by SIGKILL at the point."""

    def die(at: str) -> None:
        if at == point:
            os.kill(os.getpid(), signal.SIGKILL)

    log = some_facts(FakeLog(), cases)
    with ConnectionPool(conninfo, kwargs={"autocommit": True}) as pool:
        runner = Runner(log, pool, [TillView()], KINDS, at=die)
        runner.prepare()
        runner.tick()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
