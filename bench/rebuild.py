"""Rebuilds: the pair of views by the product's runner against one SQL statement.

The ratio to one statement is for the pair alone, as decision 35 reads it; the real projections
(ranges, time limits, facts, registers) do more than any such statement: `imports` measures them.
"""

from statistics import median
from time import perf_counter
from typing import Any

import psycopg
from psycopg.rows import TupleRow

from application.database.access import Access, Pools
from application.log.mapper import LogMapper
from application.log.reader import LogReader
from bench.eventsourcing_runner import facts_a_second
from bench.kinds import CATALOGUE, log
from bench.report import Figure, ratio
from bench.rig import Rig, connect, seed, timed
from bench.views import PairView
from projections.rebuild import rebuild
from projections.runner import Runner

Connection = psycopg.Connection[TupleRow]

# The same caseload and the same daily facts, from the same rows, in one statement.
REFERENCE = """
WITH b AS MATERIALIZED (
    SELECT stream, version, type, data->>'station' st, data->>'by' o, (data->>'at')::date d,
           (data->>'amount')::bigint a
    FROM reference),
x AS (INSERT INTO one_cases
      SELECT stream, (array_agg(st ORDER BY version DESC))[1],
             (array_agg(o ORDER BY version DESC))[1], (array_agg(type ORDER BY version DESC))[1],
             min(d), max(d), count(*), sum(a) FROM b GROUP BY stream)
INSERT INTO one_days SELECT d, st, type, count(*), sum(a) FROM b GROUP BY 1, 2, 3
"""
TABLES = """
DROP TABLE IF EXISTS one_cases, one_days;
CREATE TABLE one_cases (stream text COLLATE "C" PRIMARY KEY, station text NOT NULL,
    officer text NOT NULL, status text NOT NULL, opened date NOT NULL, last date NOT NULL,
    events integer NOT NULL, amount bigint NOT NULL);
CREATE TABLE one_days (day date, station text, type text, n integer NOT NULL,
    amount bigint NOT NULL, PRIMARY KEY (day, station, type));
"""
# What stands in the log, as a plain client would have stored it.
COPIED = """
CREATE TABLE reference AS
SELECT notification_id AS position, originator_id AS stream, originator_version AS version,
       split_part(topic, '.', 2) AS type, convert_from(state, 'UTF8')::jsonb AS data
FROM log.events ORDER BY notification_id;
ALTER TABLE reference ADD PRIMARY KEY (position);
ANALYZE reference
"""
SUM = "SELECT md5(string_agg(t::text, '|' ORDER BY t::text COLLATE \"C\")) FROM {} t"
OF_ONE_STATEMENT, OF_THE_LIBRARY, LIVE = 0.15, 20.0, 0.1  # performance.md 9


def run(rig: Rig, *, count: int = 0, rounds: int = 0, box: float = 0) -> None:
    """Measure the pair over one log."""
    count = count or (20_000 if rig.quick else 200_000)
    with rig.database("bench_rebuild") as (access, pools):
        seed(access.owner, list(log(count, {})))
        _pair(rig, (access, pools), count, rounds or (3 if rig.quick else 5), box)


def _pair(rig: Rig, opened: tuple[Access, Pools], count: int, rounds: int, box: float) -> None:
    access, pools = opened
    reader = LogReader(pools.projector, LogMapper(CATALOGUE))
    pool, view = pools.projector, PairView()
    runner = Runner(reader, pool, [view], {})
    runner.prepare()
    rates: list[dict[str, float]] = []
    with connect(access.owner) as conn, connect(access.projector) as wall:
        conn.execute(COPIED)
        for _ in range(rounds):
            conn.execute(TABLES)
            statement = timed(conn.execute, REFERENCE)
            whole = timed(rebuild, runner, reader, pool, [view])
            rates.append({"statement": count / statement, "rebuild": count / whole})
        _compare(conn, wall)
        for rate in rates:
            rate["live"] = _live(wall, reader, pools)
        _compare(conn, wall)
        slow = facts_a_second(access.owner, box or (2.0 if rig.quick else 5.0))
    for way, floor in (("rebuild", OF_ONE_STATEMENT), ("live", LIVE)):
        pairs = [(rate[way], rate["statement"]) for rate in rates]
        note = f"{median(p[0] for p in pairs):,.0f} of {median(p[1] for p in pairs):,.0f} facts/s"
        what = f"pair by {way} / one SQL statement, {count:,} facts"
        rig.report.add(Figure("rebuild", what, ratio(pairs), floor=floor, note=note))
    of_slow = median(rate["rebuild"] for rate in rates) / slow
    note = f"library's runner {slow:,.0f} facts/s"
    what = "pair by rebuild / library's runner"
    rig.report.add(Figure("rebuild", what, of_slow, floor=OF_THE_LIBRARY, note=note))
    rig.runner_rate = slow


def _live(wall: Connection, reader: LogReader, pools: Pools) -> float:
    """Let the runner follow the log from its beginning, page by page."""
    wall.execute("TRUNCATE wall.bench_cases, wall.bench_days")
    wall.execute("UPDATE wall.tracking SET position = 0 WHERE projection = 'bench'")
    runner = Runner(reader, pools.projector, [PairView()], {})
    begin = perf_counter()
    position = runner.catch_up(within=600)
    return position / (perf_counter() - begin)


def _compare(conn: Connection, wall: Connection) -> None:
    """Check that both ways give the same rows; else the ratio means nothing."""
    for table in ("cases", "days"):
        sums: set[Any] = set()
        sums.add(conn.execute(SUM.format(f"one_{table}")).fetchone())
        sums.add(wall.execute(SUM.format(f"wall.bench_{table}")).fetchone())
        if len(sums) > 1:
            raise LookupError(f"The two ways differ in their {table}.")
