"""The measured case: invented facts of about 300 bytes, and one writer process.

Run as `python -m bench.work WAY CONNINFO`: prints "ready", then answers each line
`{"seconds", "events"}` with the number of events it has appended.
"""

import json
import sys
import time
import uuid
from collections.abc import Callable
from datetime import date

import psycopg
from psycopg_pool import ConnectionPool

from application.deciding import Rules
from application.log.mapper import LogMapper
from application.log.store import PostgresStore
from application.store import Part, Stamp, Who
from domain.kernel import Aggregate, Event, applies, encode
from domain.settings import Settings

TODAY = date(2026, 3, 2)
WHO = Who("staff-bench", "station-bench")
CASE = 12  # appends to one case
PLAIN = """
CREATE TABLE IF NOT EXISTS bench.plain (
    position bigserial PRIMARY KEY, stream text NOT NULL, version int NOT NULL,
    topic text NOT NULL, data jsonb NOT NULL, UNIQUE (stream, version));
GRANT SELECT, INSERT ON bench.plain TO yizhan_writer;
GRANT USAGE ON SEQUENCE bench.plain_position_seq TO yizhan_writer;
"""
INSERT = "INSERT INTO bench.plain (stream, version, topic, data) VALUES (%s, %s, %s, %s::jsonb)"
INSERT_MANY = """
INSERT INTO bench.plain (stream, version, topic, data)
SELECT %s, %s + o, t, d FROM unnest(%s::text[], %s::jsonb[]) WITH ORDINALITY u(t, d, o)
"""


class NoteAdded(Event, frozen=True, kw_only=True):
    """A fact of the usual size."""

    TOPIC = "bench.note_added"

    by: str
    station: str
    amount: int
    note: str


class BenchCase(Aggregate):
    """A case that sums."""

    amount: int = 0

    @applies(NoteAdded)
    def _note_added(self, fact: NoteAdded, _on: date) -> None:
        self.amount += fact.amount


CATALOGUE = {NoteAdded.TOPIC: NoteAdded}


def facts(count: int) -> list[Event]:
    """Give facts of about 300 bytes."""
    note = "经调解员核对后双方同意于次月结清余款" * 4
    return [NoteAdded(by="cw001", station="荔湾3号驿站", amount=n, note=note) for n in range(count)]


def plain(conninfo: str) -> Callable[[int], None]:
    """Give the limit: one INSERT a transaction; UNIQUE is the check of the version."""
    conn = psycopg.connect(conninfo, autocommit=True)
    conn.prepare_threshold = 1
    place: list[str | int] = ["", 0]

    def append(count: int) -> None:
        stream, version = _next(place, count)
        bodies = [encode(fact).decode() for fact in facts(count)]
        if count == 1:
            conn.execute(INSERT, [stream, version + 1, NoteAdded.TOPIC, bodies[0]])
        else:
            conn.execute(INSERT_MANY, [stream, version, [NoteAdded.TOPIC] * count, bodies])

    return append


def product(conninfo: str) -> Callable[[int], None]:
    """Give the product's store: load, decide, append through Mapper and Recorder."""
    pool = ConnectionPool(conninfo, kwargs={"autocommit": True}, min_size=1, max_size=1)
    rules = Rules(lambda *_: None, lambda: TODAY, Settings, lambda _: None)
    store = PostgresStore(pool, LogMapper(CATALOGUE), rules)
    place: list[str | int] = ["", 0]

    def append(count: int) -> None:
        stream, _ = _next(place, count)
        stamp = Stamp(WHO, str(uuid.uuid4()), TODAY)
        store.decide(stamp, Part(BenchCase, stream, lambda _: facts(count)))

    return append


WAYS = {"plain": plain, "store": product}


def _next(place: list[str | int], count: int) -> tuple[str, int]:
    """Go on with the case, or begin the next one after 12 appends."""
    stream, version = str(place[0]), int(place[1])
    if not stream or version >= CASE * count:
        stream, version = f"bench-{uuid.uuid4()}", 0
    place[:] = [stream, version + count]
    return stream, version


def main(way: str, conninfo: str) -> None:
    """Answer the parent's lines until it closes them."""
    append = WAYS[way](conninfo)
    print('"ready"', flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        end, done = time.monotonic() + asked["seconds"], 0
        while time.monotonic() < end:
            append(asked["events"])
            done += asked["events"]
        print(json.dumps(done), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
