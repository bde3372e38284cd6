"""Loading one case and reading the whole log, against SELECT + typed decode of the same rows."""

from statistics import median
from time import perf_counter

import msgspec

from application.database.access import Pools
from application.deciding import Rules
from application.log.mapper import LogMapper
from application.log.reader import LogReader
from application.log.store import PostgresStore
from bench.kinds import CATALOGUE, DAY, KINDS, BenchCase, log
from bench.report import Figure, ratio, spread
from bench.rig import Rig, connect, seed, timed
from domain.settings import Settings

LENGTHS = (12, 100, 1_500)
DECODERS = {kind.TOPIC: msgspec.json.Decoder(kind).decode for kind in KINDS}
STREAM = "SELECT topic, state FROM log.events WHERE originator_id = %s ORDER BY originator_version"
KEYSET = (
    "SELECT originator_id, originator_version, topic, state, notification_id FROM log.events"
    " WHERE notification_id > %s ORDER BY notification_id LIMIT %s"
)
PAGE = 10_000
NO_MORE_THAN, AT_LEAST = 3.0, 0.6  # performance.md 9: load, log read


def run(rig: Rig, *, count: int = 0, rounds: int = 0) -> None:
    """Measure both over one log."""
    count = count or (20_000 if rig.quick else 200_000)
    long = {f"bench-long-{n}-{nth}": n for n in LENGTHS for nth in range(3)}
    with rig.database("bench_load") as (access, pools):
        seed(access.owner, list(log(count, long)))
        with connect(access.reader) as conn:
            rules = Rules(lambda *_: None, lambda: DAY, Settings, str.encode)
            store = PostgresStore(pools.writer, LogMapper(CATALOGUE), rules)

            def raw(stream: str) -> None:
                amount = 0
                for topic, state in conn.execute(STREAM, [stream], binary=True).fetchall():
                    amount += DECODERS[topic](state).amount
                if not amount:
                    raise LookupError(stream)

            def ours(stream: str) -> None:
                if not store.load(BenchCase, stream).amount:
                    raise LookupError(stream)

            for length in LENGTHS:
                streams = [name for name, n in long.items() if n == length]
                times = max(1, (600 if rig.quick else 3_000) // length)
                pairs = []
                for _ in range(rounds or (7 if rig.quick else 15)):
                    both = [median(timed(way, s) for s in streams * times) for way in (ours, raw)]
                    pairs.append((both[0], both[1]))
                note = f"{1e3 * median(p[0] for p in pairs):.2f} ms"
                found = Figure("load", f"Store.load / raw fold, {length} facts", ratio(pairs))
                rig.report.add(_least(found, NO_MORE_THAN, note, pairs))
            _read(rig, pools, count, rounds or (3 if rig.quick else 7))


def _least(found: Figure, floor: float, note: str, pairs: list[tuple[float, float]]) -> Figure:
    """Give a ratio that must stay below its floor."""
    note = f"{note}, {spread([a / b for a, b in pairs])}"
    return Figure(found.part, found.what, found.value, "x", floor, "less", note)


def _read(rig: Rig, pools: Pools, count: int, rounds: int) -> None:
    """Read the log in its order, decoded."""
    reader = LogReader(pools.reader, LogMapper(CATALOGUE))

    def ours() -> float:
        begin, done = perf_counter(), 0
        while page := reader.read(done, PAGE):
            done = page[-1].position
        return _checked(done, count) / (perf_counter() - begin)

    def keyset() -> float:
        begin, done = perf_counter(), 0
        with pools.reader.connection() as conn:
            while rows := conn.execute(KEYSET, [done, PAGE], binary=True).fetchall():
                for row in rows:
                    DECODERS[row[2]](row[3])
                done = rows[-1][4]
        return _checked(done, count) / (perf_counter() - begin)

    pairs = [(ours(), keyset()) for _ in range(rounds)]
    note = f"{median(p[0] for p in pairs):,.0f} facts/s"
    rig.report.add(
        Figure("read", "log read / keyset + msgspec", ratio(pairs), floor=AT_LEAST, note=note)
    )


def _checked(done: int, count: int) -> int:
    if done != count:
        raise LookupError(f"{done} of {count} facts were read.")
    return count
