"""One embedded server in a temporary folder, databases upon it, and processes that measure."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from types import TracebackType
from typing import Any, Self

import msgspec
import psycopg
from psycopg.rows import TupleRow

from application.database.access import Access, Pools
from application.database.embedded import EmbeddedServer
from application.database.migrate import migrate
from application.log.mapper import LogMapper
from application.log.rows import Meta, Pending
from bench.kinds import CATALOGUE, DAY, Placed
from bench.report import Report

ROOT = Path(__file__).resolve().parent.parent
COPIED = (
    "COPY log.events (originator_id, originator_version, topic, state, notification_id,"
    " event_id, metadata) FROM STDIN"
)
COMMAND = "00000000-0000-4000-8000-000000000001"
METADATA = msgspec.json.encode(Meta(COMMAND, "bench", "station-bench", DAY)).decode()


@dataclass
class Rig:
    """What every part is given."""

    folder: Path
    server: EmbeddedServer
    report: Report
    quick: bool = False
    runner_rate: float = 0  # facts a second, once measured

    @contextmanager
    def database(self, name: str) -> Iterator[tuple[Access, Pools]]:
        """Make a database with the product's tables, for one part."""
        self.server.create_database(name)
        access = Access.embedded(self.server, name)
        migrate(access.owner, clock="system")
        try:
            with Pools(access) as pools:
                yield access, pools
        finally:
            self.server.drop_database(name)


@contextmanager
def rig(report: Report, *, quick: bool) -> Iterator[Rig]:
    """Start the server, and leave nothing behind."""
    folder = Path(tempfile.mkdtemp(prefix="yizhan-bench-"))
    folder.chmod(0o755)  # as root the server runs as another user
    try:
        with EmbeddedServer(folder / "pg") as server:
            yield Rig(folder, server, report, quick=quick)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class Child:
    """A process that prints "ready", then answers each line of JSON by one."""

    def __init__(self, module: str, *args: str) -> None:
        """Start it; `wait` takes its first line."""
        self._process = subprocess.Popen(  # our own interpreter and modules
            [sys.executable, "-m", module, *args],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )

    def wait(self) -> None:
        """Wait until it is ready."""
        if self.receive() != "ready":
            raise RuntimeError("A child of the bench did not start.")

    def send(self, question: object) -> None:
        """Ask without waiting."""
        if self._process.stdin is None:
            raise RuntimeError("No pipe.")
        self._process.stdin.write(json.dumps(question) + "\n")
        self._process.stdin.flush()

    def receive(self) -> Any:
        """Give the next answer."""
        line = self._process.stdout.readline() if self._process.stdout else ""
        if not line:
            raise RuntimeError("A child of the bench died; its error stands above.")
        return json.loads(line)

    def ask(self, question: object) -> Any:
        """Ask and wait."""
        self.send(question)
        return self.receive()

    def __enter__(self) -> Self:
        """Use until the end of the block."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        """Close its input, which ends it; else end it."""
        try:
            self._process.communicate(timeout=20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.communicate()


def connect(conninfo: str) -> psycopg.Connection[TupleRow]:
    """Connect as a plain client would: autocommit, statements prepared at once."""
    conn = psycopg.connect(conninfo, autocommit=True)
    conn.prepare_threshold = 1
    return conn


def seed(owner: str, placed: Sequence[Placed]) -> None:
    """Load facts into the log by COPY, in the Mapper's own form, settled up to the last one."""
    mapper = LogMapper(CATALOGUE)
    with connect(owner) as conn:
        with conn.cursor().copy(COPIED) as copy:
            for position, stream, version, fact in placed:
                row = mapper.to_stored_event(Pending(stream, version, fact))
                place = (stream, version, row.topic, row.state, position)
                copy.write_row((*place, row.event_id, METADATA))
        last = placed[-1].position
        conn.execute("SELECT setval('log.events_notification_id_seq', %s)", [last])
        conn.execute("UPDATE log.watermark SET position = %s", [last])
        conn.execute("ANALYZE log.events")


def timed(work: Any, *args: Any) -> float:
    """Give the seconds one call takes."""
    begin = perf_counter()
    work(*args)
    return perf_counter() - begin


def load() -> str:
    """Say how busy the machine is: absolute numbers belong to it and to the hour."""
    return f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
