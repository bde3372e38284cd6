"""Matching: the twenty best of 5,000 posts for a seeker, and of 50,000 seekers for a post."""

from collections.abc import Callable, Sequence
from datetime import date
from time import perf_counter

import psycopg
from psycopg.rows import TupleRow

from bench.report import Figure, p95
from bench.rig import Rig
from projections.directory import DIRECTORY
from projections.directory_reader import DirectoryReader
from projections.matching import POSTS, REFUSALS, SEEKERS, TRAINED
from projections.matching_reader import Fit, MatchingReader

Ask = Callable[[int], Sequence[Fit]]
MOST_MS = 200.0  # issue 4: top 20 for one, p95
DAY = date(2026, 3, 2)
STATIONS = """
INSERT INTO wall.directory
SELECT 'station-' || n, 'station', 'active', 'station ' || n, '',
       CASE WHEN n = 0 THEN '' WHEN n <= 40 THEN 'station-0' ELSE 'station-' || n % 40 + 1 END,
       '44' || lpad((n % 9)::text, 2, '0') || lpad((n % 7)::text, 2, '0'), 0,
       NULL::date, '{}'::text[], '{}'::jsonb
FROM generate_series(0, %(stations)s) AS n
UNION ALL
SELECT 'employer-' || n, 'employer', CASE WHEN n % 50 = 0 THEN 'stopped' ELSE 'active' END,
       'employer ' || n, '', '', '', 0, NULL, '{}', '{}'
FROM generate_series(0, 999) AS n
"""
OFFERED = """
INSERT INTO wall.matching_posts
SELECT 'vacancy-' || n, 'published', 'station-' || n % %(stations)s, 'employer-' || n % 1000,
       'post ' || n, 'trade-' || n % 15, '44' || lpad((n % 9)::text, 2, '0') || '00',
       ARRAY['08:30-17:30'],
       ARRAY[int4range(420 + n % 8 * 30, 900 + n % 8 * 30), int4range(1320, 1800)], 480,
       300000 + n % 40 * 10000, 380000 + n % 40 * 10000, 300000, 380000, 'month', 1 + n % 5,
       DATE '2026-03-10' + n % 60, 16 + n % 3, (CASE WHEN n % 20 = 0 THEN '{heavy}' ELSE '{}' END)
       ::text[], 5, DATE '2026-02-01', 0
FROM generate_series(1, %(posts)s) AS n
"""
SOUGHT = """
INSERT INTO wall.matching_seekers
SELECT 'seeker-' || n, 'person-' || n, (ARRAY['REGISTERED', 'ASSESSED', 'IN_SERVICE'])[n % 3 + 1],
       'station-' || n % %(stations)s, 'staff-' || n % 400, 'JS-' || n,
       DATE '2025-01-01' + n % 400, 1965 + n % 43, (ARRAY['female', 'male'])[n % 2 + 1],
       ARRAY['trade-' || n % 15, 'trade-' || n % 4],
       ARRAY['44' || lpad((n % 9)::text, 2, '0') || '00'],
       ARRAY['44' || lpad((n % 9)::text, 2, '0')], ARRAY['08:30-16:30'],
       CASE WHEN n % 3 > 0 THEN int4multirange(int4range(510, 990 + n % 9 * 30)) END,
       CASE WHEN n % 10 = 0 THEN 300 END, CASE WHEN n % 4 > 0 THEN 350000 + n % 20 * 10000 END,
       jsonb_build_object('trade-' || n % 15, n % 3 * 3), '{}', '{}', false,
       CASE WHEN n % 9 = 0 THEN ARRAY['training-' || n % 300] ELSE '{}' END,
       CASE WHEN n % 6 = 0 THEN ARRAY['vacancy-' || n % 5000] ELSE '{}' END, '{}'
FROM generate_series(1, %(seekers)s) AS n
"""
REFUSED = """
INSERT INTO wall.matching_refusals
SELECT 'seeker-' || n, no, 'vacancy-' || (n * 7 + no) % %(posts)s + 1, 'employer-' || n % 1000,
       (ARRAY['trade', 'pay', 'hours', 'distance', 'care', 'other'])[(n + no) % 6 + 1],
       DATE '2026-02-20' - n % 500, true
FROM generate_series(1, %(seekers)s, 2) AS n, generate_series(1, 2) AS no
"""
LEARNT = """
INSERT INTO wall.matching_trained
SELECT 'seeker-' || n, 'training-' || n % 300, 'trade-' || n % 15, true
FROM generate_series(1, %(seekers)s, 3) AS n
"""
TABLES = (DIRECTORY, POSTS, SEEKERS, REFUSALS, TRAINED)


def run(
    rig: Rig,
    *,
    seekers: int = 50_000,
    posts: int = 5_000,
    stations: int = 1_600,
    rounds: int = 0,
) -> None:
    """Rank for one after the other, through the reader that the pages use."""
    often = rounds or (30 if rig.quick else 200)
    with rig.database("bench_matching") as (access, pools):
        with psycopg.connect(access.owner, autocommit=True) as conn:
            _fill(conn, {"seekers": seekers, "posts": posts, "stations": stations})
        reader = MatchingReader(pools.reader, DirectoryReader(pools.reader).placed)
        asks: tuple[tuple[str, Ask], ...] = (
            (f"top 20 of {posts:,} posts", lambda n: reader.posts_for(f"seeker-{n}", DAY)),
            (f"top 20 of {seekers:,} seekers", lambda n: reader.seekers_for(f"vacancy-{n}", DAY)),
        )
        for what, ask in asks:
            taken = []
            for turn in range(often + 3):
                begin = perf_counter()
                found = ask(1 + turn * 37 % posts)
                taken.append(1e3 * (perf_counter() - begin))
                if not found:
                    raise LookupError("Nothing was ranked.")
            note = f"median {sorted(taken[3:])[often // 2]:.0f} ms"
            rig.report.add(Figure("matching", what, p95(taken[3:]), "ms", MOST_MS, "less", note))


def _fill(conn: psycopg.Connection[TupleRow], sizes: dict[str, int]) -> None:
    """Put a large town on the wall: posts with two shifts, every second seeker with refusals."""
    conn.execute("SET ROLE yizhan_projector")
    for table in TABLES:
        conn.execute(table.create())
        for index in table.index():
            conn.execute(index)
    for fill in (STATIONS, OFFERED, SOUGHT, REFUSED, LEARNT):
        conn.execute(fill.replace("% ", "%% ").encode(), sizes)
    for table in TABLES:
        conn.execute(table.analyze())
