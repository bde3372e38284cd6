"""A log in memory that holds the stories of domain.md 8, and the product's views over them."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time

from domain.calendar import shipped
from domain.catalogue import aggregates
from domain.kernel import Dated, Recorded
from domain.settings import Settings
from projections.catalogue import views
from projections.folding import Projection
from projections.runner import Runner
from tests.database import Database
from tests.projections.trial import FakeLog


def views_now() -> list[Projection]:
    """All views, by the shipped calendar and the default settings."""
    return views(shipped(), Settings(), TODAY)


def tell(log: FakeLog, stream: str, history: Sequence[Dated]) -> int:
    """Append a history; what happened on a day is recorded that day, never before the last fact."""
    for fact, on in history:
        position = log.append(stream, fact, on)
        before = log.facts[position - 2].recorded_at if position > 1 else None
        at = datetime.combine(on, time(9), UTC)
        log.facts[-1] = _at(log.facts[-1], max(at, before) if before else at)
    return log.watermark()


def _at(recorded: Recorded, at: datetime) -> Recorded:
    return Recorded(
        **{f: getattr(recorded, f) for f in recorded.__struct_fields__} | {"recorded_at": at}
    )


def on_the_wall(database: Database, log: FakeLog) -> Runner:
    """Bring a log to the wall with all views."""
    made = Runner(log, database.pools.projector, views_now(), aggregates())
    made.prepare()
    made.catch_up()
    assert made.health().parked == ()
    return made


TODAY = date(2026, 3, 2)
