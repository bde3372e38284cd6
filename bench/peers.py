"""The adapter for the peers' harness: `python -m bench.peers append|seed|read|project|http|tail`.

It uses the product's Mapper, Recorder, LogReader and Runner unchanged; what it brings is the bench
catalogue. The protocol is that of the harness: one line of JSON in, one out, "ready" first.
"""

import json
import os
import random
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from select import select
from typing import Any, cast

import msgspec
import psycopg
from psycopg.rows import TupleRow

from application.database.access import Access, Pools
from application.deciding import Rules
from application.log.mapper import LogMapper
from application.log.reader import LogReader
from application.log.recorder import Pool
from application.log.seams import SETTINGS
from application.log.store import PostgresStore
from bench import peers_http
from bench.kinds import BY_NAME, CATALOGUE, DAY, BenchCase, BenchFact, Placed, facts
from bench.peers_access import access
from bench.rig import connect, seed
from bench.views import PairView
from bench.writer import APPENDS, Log
from domain.settings import Settings
from projections.rebuild import rebuild
from projections.runner import Runner

SHARE, LONGEST = 0.05, 0.05  # of jittered transactions; seconds one dawdles
QUIET = 0.5  # seconds without a new fact after which the tail has read to the end
LIVE = 5_000  # a batch from here on is a rebuild
STAGED = "SELECT n, s, v, k, b FROM stage ORDER BY n"
CASES = "SELECT stream, station, status, events, amount FROM wall.bench_cases"
DAYS = "SELECT day, station, type, n, amount FROM wall.bench_days"


class OneConnection:
    """A pool of one connection that commits nothing: the jittered writer ends its transactions."""

    def __init__(self, conninfo: str) -> None:
        """Connect."""
        self.conn = connect(conninfo)

    @contextmanager
    def connection(self) -> Iterator[psycopg.Connection[TupleRow]]:
        """Lend it."""
        yield self.conn

    def check(self) -> None:
        """Do nothing."""


class Jittered(Log):
    """The writer of the gap test: some transactions dawdle before COMMIT, some roll back."""

    def __init__(self, conninfo: str) -> None:
        """Take one connection."""
        self._one = OneConnection(conninfo)
        super().__init__(conninfo, cast("Pool", self._one))

    def append(self, new: Sequence[BenchFact]) -> None:
        """Append in a transaction that may come to nothing."""
        version, draw = self.version, random.random()  # noqa: S311 - when to dawdle
        with self._one.conn.transaction():
            super().append(new)
            if draw < SHARE:
                time.sleep(random.uniform(0.001, LONGEST))  # noqa: S311 - as above
            if draw > 1 - SHARE:
                self.version = version
                raise psycopg.Rollback


def append(given: Access) -> None:
    """Append for a time, k facts a transaction, to fresh cases."""
    log = Jittered(given.writer) if os.environ.get("PEERS_JITTER") else Log(given.writer)
    pool = facts()
    at, count = 37 * int(os.environ.get("PEERS_WORKER", "0")), 0
    log.start()
    for ask in lines():
        taken: list[int] = []
        end = time.perf_counter() + ask["t"]
        while time.perf_counter() < end:
            if count % APPENDS == 0:
                log.start()
            count += 1
            new = [pool[(at + nth) % len(pool)] for nth in range(ask["k"])]
            at += ask["k"]
            begin = time.perf_counter()
            log.append(new)
            taken.append(int((time.perf_counter() - begin) * 1e6))
        reply(n=len(taken) * ask["k"], lat=taken)


def fill(given: Access) -> None:
    """Copy the harness's log into ours, at the same positions."""
    with connect(os.environ["PEERS_DSN"]) as conn:
        staged = conn.execute(STAGED).fetchall()
    seed(
        given.owner,
        [Placed(n, s, v, msgspec.json.decode(b, type=BY_NAME[k])) for n, s, v, k, b in staged],
    )


def read(given: Access) -> None:
    """Load cases, or read the log in order."""
    pools = Pools(given)
    mapper = LogMapper(CATALOGUE)
    rules = Rules(lambda *_: None, lambda: DAY, Settings, str.encode)
    store, reader = PostgresStore(pools.writer, mapper, rules), LogReader(pools.reader, mapper)
    for ask in lines():
        begin = time.perf_counter()
        if ask["op"] == "load":
            taken = []
            for stream in ask["ids"]:
                begin = time.perf_counter()
                if not store.load(BenchCase, stream).amount:
                    raise LookupError(stream)
                taken.append(int((time.perf_counter() - begin) * 1e6))
            reply(lat=taken)
            continue
        done = 0
        while done < ask["limit"] and (page := reader.read(done, ask["batch"])):
            done = page[-1].position
        reply(n=done, s=time.perf_counter() - begin)


def project(given: Access) -> None:
    """Rebuild the pair of views by whole cases, or follow the log as the live runner does."""
    pools, view = Pools(given), PairView()
    reader = LogReader(pools.projector, LogMapper(CATALOGUE))
    Runner(reader, pools.projector, [view], {}).prepare()
    for ask in lines():
        with pools.projector.connection() as conn:
            conn.execute("TRUNCATE wall.bench_cases, wall.bench_days")
            conn.execute("UPDATE wall.tracking SET position = 0 WHERE projection = 'bench'")
        runner = Runner(reader, pools.projector, [view], {})
        begin = time.perf_counter()
        if ask["batch"] >= LIVE:
            done = rebuild(runner, reader, pools.projector, [view])
        else:
            done = runner.catch_up(within=ask["box"] or 600)
        took = time.perf_counter() - begin
        reply(n=done, s=took, caseload_sql=CASES, daily_sql=DAYS)


def tail(given: Access) -> None:
    """Follow the log as its leader, from the end as it is now."""
    leader = LogReader(Pools(given).projector, LogMapper(CATALOGUE))
    with connect(given.reader) as conn:
        start = last = _end(conn)
        while leader.drain() < start:
            time.sleep(0.05)
        seen: list[int] = []
        print('"ready"', flush=True)
        stopped, quiet = False, time.monotonic()
        while not stopped or time.monotonic() - quiet < QUIET:
            leader.drain()
            if page := leader.read(last, 10_000):
                seen += [recorded.position for recorded in page]
                last, quiet = seen[-1], time.monotonic()
            elif not stopped and select([sys.stdin], [], [], 0.005)[0]:
                sys.stdin.readline()
                stopped, quiet = True, time.monotonic()
        rows = conn.execute(
            "SELECT notification_id FROM log.events WHERE notification_id > %s", [start]
        ).fetchall()
        reply(seen=seen, stored=[row[0] for row in rows])


def _end(conn: psycopg.Connection[TupleRow]) -> int:
    row = conn.execute("SELECT coalesce(max(notification_id), 0) FROM log.events").fetchone()
    return int(row[0]) if row else 0


def lines() -> Iterator[dict[str, Any]]:
    """Say that we are ready, then give what is asked."""
    print('"ready"', flush=True)
    for line in sys.stdin:
        yield json.loads(line)


def reply(**answer: object) -> None:
    """Answer by one line."""
    print(json.dumps(answer), flush=True)


WORK: dict[str, Callable[[Access], None]] = {
    "append": append,
    "seed": fill,
    "read": read,
    "project": project,
    "tail": tail,
}

if __name__ == "__main__":
    for name in SETTINGS:  # the harness runs the library too, with settings of its own
        os.environ.pop(name, None)
    if sys.argv[1] == "http":
        peers_http.serve()
    else:
        WORK[sys.argv[1]](access())
