"""Reading one's own writes: how long until the wall shows a fact, against the library's wait."""

from statistics import median
from time import perf_counter
from uuid import uuid4

from eventsourcing.projection import ProjectionRunner

from application.deciding import Rules
from application.log.mapper import LogMapper
from application.log.reader import LogReader
from application.log.store import PostgresStore
from application.store import Part, Stamp
from bench.eventsourcing_runner import TABLES, LibraryPair, LibraryView
from bench.kinds import CATALOGUE, DAY, WORD, BenchCase, facts
from bench.report import Figure, ratio
from bench.rig import Rig, connect
from bench.views import PairView
from bench.writer import LibraryCase, LibraryLog, Store, settings
from domain.settings import Settings
from projections.runner import Runner

FLOOR = 0.5  # performance.md 9
PAUSE = "The wall did not show the fact within two seconds."


def run(rig: Rig, *, rounds: int = 0) -> None:
    """Append and wait, ours and the library's in turn."""
    rounds = rounds or (15 if rig.quick else 60)
    with rig.database("bench_wait") as (access, pools), connect(access.owner) as conn:
        conn.execute(TABLES)
        reader = LogReader(pools.projector, LogMapper(CATALOGUE))
        runner = Runner(reader, pools.projector, [PairView()], {})
        runner.prepare()
        rules = Rules(lambda *_: None, lambda: DAY, Settings, str.encode)
        store = PostgresStore(
            pools.writer, LogMapper(CATALOGUE), rules, lambda _position: runner.hint()
        )
        fact = facts(12)[0]

        def ours() -> float:
            part = Part(BenchCase, f"{WORD}-{uuid4()}", lambda _: [fact], "")
            position = store.decide(Stamp(Store.WHO, str(uuid4()), DAY), part).position
            begin = perf_counter()
            if not runner.wait_for(position):
                raise TimeoutError(PAUSE)
            return perf_counter() - begin

        with ProjectionRunner(
            application_class=LibraryLog,
            projection_class=LibraryPair,
            view_class=LibraryView,
            env=settings(access.owner) | {"POSTGRES_POOL_SIZE": "4"},
        ) as slow:

            def theirs() -> float:
                body = {"station": fact.station, "by": fact.by, "at": fact.at, "amount": 1}
                case = LibraryCase(kind=fact.NAME, body=body)
                position = slow.app.save(case)[-1].notification.id
                begin = perf_counter()
                slow.wait(position, timeout=5)
                return perf_counter() - begin

            runner.start()
            try:
                pairs = [(ours(), theirs()) for _ in range(rounds)]
            finally:
                runner.stop()
    note = f"{1e3 * median(p[0] for p in pairs):.1f} of {1e3 * median(p[1] for p in pairs):.1f} ms"
    found = ratio(pairs)
    rig.report.add(
        Figure("wait", "read-your-writes / library's wait", found, "x", FLOOR, "less", note)
    )
