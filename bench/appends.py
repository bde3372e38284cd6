"""Appends of 1 and 8 writers, 1 and 5 events, against a plain INSERT per transaction."""

import json
import subprocess
import sys
from functools import partial

from application.database.access import Access
from application.database.embedded import EmbeddedServer
from application.database.migrate import connect, migrate
from bench.measure import Figure, against, interleaved
from bench.work import PLAIN, WAYS

FLOORS = {1: 0.35, 5: 0.30}  # performance.md 9, by events in a transaction
WRITERS = (1, 8)


class Writers:
    """Writer processes of one way."""

    def __init__(self, way: str, conninfo: str, count: int) -> None:
        """Start them and wait until each is connected."""
        command = [sys.executable, "-m", "bench.work", way, conninfo]
        self._all = [
            subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            for _ in range(count)
        ]
        for one in self._all:
            self._answer(one)

    def rate(self, count: int, events: int, seconds: float) -> float:
        """Let some of them append; give the events a second of all together."""
        asked = json.dumps({"seconds": seconds, "events": events}) + "\n"
        for one in self._all[:count]:
            assert one.stdin is not None  # noqa: S101 - a pipe was asked for
            one.stdin.write(asked)
            one.stdin.flush()
        return sum(self._answer(one) for one in self._all[:count]) / seconds

    def close(self) -> None:
        """End them."""
        for one in self._all:
            one.communicate()

    def _answer(self, one: "subprocess.Popen[str]") -> float:
        assert one.stdout is not None  # noqa: S101 - a pipe was asked for
        line = one.stdout.readline()
        if not line:
            raise ChildProcessError("A writer ended before its answer.")
        said = json.loads(line)
        return 0.0 if said == "ready" else float(said)


def measure(
    server: EmbeddedServer, *, rounds: int, seconds: float, writers: tuple[int, ...] = WRITERS
) -> list[Figure]:
    """Measure in a database of its own."""
    server.create_database("bench_appends")
    access = Access.embedded(server, "bench_appends")
    migrate(access.owner, clock="system")
    owner = server.conninfo("bench_appends", "yizhan_owner")
    with connect(owner) as conn:
        conn.execute("CREATE SCHEMA IF NOT EXISTS bench")
        conn.execute(PLAIN)
        conn.execute("GRANT USAGE ON SCHEMA bench TO yizhan_writer")
    all_of = {way: Writers(way, access.writer, max(writers)) for way in WAYS}
    figures = []
    try:
        for count in writers:
            for events, floor in FLOORS.items():
                ways = {n: partial(w.rate, count, events, seconds) for n, w in all_of.items()}
                found = interleaved(ways, rounds)
                figures.append(
                    Figure(
                        f"append, {count} writers, {events} events",
                        "plain INSERT",
                        found["store"],
                        against("plain", found, "store"),
                        floor,
                    )
                )
    finally:
        for one in all_of.values():
            one.close()
    return figures
