"""The library's own projection runner over its own log: one transaction a fact, time-boxed.

It writes the pair of tables of the rebuild's bench, or the product's whole set of projections.
"""

import time
from typing import Any

from eventsourcing.persistence import Tracking
from eventsourcing.postgres import PostgresTrackingRecorder
from eventsourcing.projection import Projection, ProjectionRunner

from bench.kinds import facts
from bench.rig import connect
from bench.writer import LibraryCase, LibraryLog, library, settings
from domain.kernel import Recorded
from projections.folding import Folder
from yizhan.wiring import Office

TABLES = """
DROP TABLE IF EXISTS library_cases, library_days;
CREATE TABLE library_cases (stream text PRIMARY KEY, station text, officer text, status text,
    opened date, last date, events integer, amount bigint);
CREATE TABLE library_days (day date, station text, type text, n integer, amount bigint,
    PRIMARY KEY (day, station, type))
"""
ONE_CASE = """
INSERT INTO library_cases AS t VALUES (%s, %s, %s, %s, %s, %s, 1, %s)
ON CONFLICT (stream) DO UPDATE SET station = excluded.station, officer = excluded.officer,
    status = excluded.status, opened = least(t.opened, excluded.opened),
    last = greatest(t.last, excluded.last), events = t.events + 1,
    amount = t.amount + excluded.amount
"""
ONE_DAY = """
INSERT INTO library_days AS t VALUES (%s, %s, %s, 1, %s)
ON CONFLICT (day, station, type) DO UPDATE SET n = t.n + 1, amount = t.amount + excluded.amount
"""
COUNT = "SELECT coalesce(sum(events), 0)::bigint FROM library_cases"
BESIDE = "__library"  # its copies of the wall's tables
CASES = 10  # saved at once, twelve facts each; a much larger save hangs in its pipeline


class LibraryView(PostgresTrackingRecorder):
    """The pair of tables in the library's manner: rows and tracking in one transaction a fact."""

    def take(self, fact: Any, tracking: Tracking) -> None:
        """Write one fact."""
        b = fact.body
        case = (str(fact.originator_id), b["station"], b["by"], fact.kind, b["at"], b["at"])
        with self.datastore.transaction(commit=True) as cursor:
            self._insert_tracking(cursor, tracking)
            cursor.execute(ONE_CASE, (*case, b["amount"]), prepare=True)
            day = (b["at"], b["station"], fact.kind, b["amount"])
            cursor.execute(ONE_DAY, day, prepare=True)


class LibraryPair(Projection[LibraryView]):
    """The projection that the library's runner drives."""

    name = "librarypair"

    def process_event(self, domain_event: Any, tracking: Tracking) -> None:
        """Hand a fact on."""
        self.view.take(domain_event, tracking)


def facts_a_second(conninfo: str, box: float) -> float:
    """Fill the library's log with more than it can project in the time, and let its runner run."""
    _fill(conninfo, int(2_000 * (box + 1)))
    with connect(conninfo) as conn:
        conn.execute(TABLES)
        with ProjectionRunner(
            application_class=LibraryLog,
            projection_class=LibraryPair,
            view_class=LibraryView,
            env=settings(conninfo),
        ):
            time.sleep(0.3)
            before, begin = _count(conn), time.perf_counter()
            time.sleep(box)
            return max(_count(conn) - before, 1) / (time.perf_counter() - begin)


def whole_set_a_second(conninfo: str, office: Office, box: float) -> float:
    """Let the library's runner write the product's own projections, into tables beside the wall's.

    It is handed the facts decoded and the cases folded, which favours it; what it does by itself is
    reading its log, calling the projection and a transaction of rows and tracking for each fact.
    """
    facts = office.leader.read(0, int(1_500 * (box + 1)))
    views = office.runner.projections
    folder = Folder(office.leader, views, office.runner.kinds)

    class Wall(PostgresTrackingRecorder):
        done = 0

        def take(self, recorded: Recorded, tracking: Tracking) -> None:
            out = folder.page([recorded], {}, set())
            with self.datastore.transaction(commit=True) as cursor:
                self._insert_tracking(cursor, tracking)
                for table, rows in out.rows.items():
                    table.upsert(cursor.connection, rows.values(), BESIDE)
            Wall.done += 1

    class Whole(Projection[Wall]):
        name = "librarywhole"

        def process_event(self, domain_event: Any, tracking: Tracking) -> None:
            self.view.take(facts[domain_event.body["at"]], tracking)

    _number(conninfo, len(facts))
    with connect(conninfo) as conn:
        for table in (table for view in views for table in view.tables):
            conn.execute(f"DROP TABLE IF EXISTS wall.{table.name}{BESIDE}")
            for statement in (table.create(BESIDE), *table.index(BESIDE)):
                conn.execute(statement)
    with ProjectionRunner(
        application_class=LibraryLog,
        projection_class=Whole,
        view_class=Wall,
        env=settings(conninfo),
    ):
        time.sleep(0.3)
        before, begin = Wall.done, time.perf_counter()
        time.sleep(box)
        return max(Wall.done - before, 1) / (time.perf_counter() - begin)


def _number(conninfo: str, count: int) -> None:
    """Fill the library's log with the places of as many facts."""
    app = library(conninfo)
    for start in range(0, count, 12 * CASES):
        cases = []
        for first in range(start, min(start + 12 * CASES, count), 12):
            case = LibraryCase(kind="", body={"station": "", "amount": 0, "at": first})
            for at in range(first + 1, min(first + 12, count)):
                case.record(kind="", body={"station": "", "amount": 0, "at": at})
            cases.append(case)
        app.save(*cases)
    app.close()


def _fill(conninfo: str, count: int) -> None:
    app, pool = library(conninfo), facts()
    for start in range(0, count, 12 * CASES):
        cases = [_case(pool, start + 12 * nth) for nth in range(CASES)]
        app.save(*cases)
    app.close()


def _case(pool: list[Any], start: int) -> LibraryCase:
    case: LibraryCase | None = None
    for nth in range(12):
        fact = pool[(start + nth) % len(pool)]
        body = {name: getattr(fact, name) for name in ("by", "station", "at", "amount", "note")}
        if case is None:
            case = LibraryCase(kind=fact.NAME, body=body)
        else:
            case.record(kind=fact.NAME, body=body)
    if case is None:
        raise LookupError("no fact")
    return case


def _count(conn: Any) -> int:
    return int(conn.execute(COUNT).fetchone()[0])
