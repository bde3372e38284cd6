"""The Store on PostgreSQL: loading through the library, appending in one statement."""

import uuid
from collections.abc import Callable, Sequence
from typing import TypeVar, cast

from application import guards
from application.deciding import MOST_CONFLICTS, Addition, Deciding, Known, Rules, VersionConflict
from application.log.mapper import LogMapper
from application.log.recorder import LogRecorder, Pool, RowTaken
from application.log.rows import Meta, Pending, Row
from application.log.seams import LogApplication, LogRepository
from application.store import (
    MOST_BYTES,
    MOST_STREAMS,
    Done,
    History,
    Stamp,
    Unavailable,
    Who,
)
from domain.kernel import Aggregate, Event, Recorded

A = TypeVar("A", bound=Aggregate)

TOO_MUCH = "Too much for one transaction: cut the rows with `chunked`."
IMPORTS = uuid.UUID("6f1c6d0a-6c1b-5d0e-9a4b-59495a48494d")


class PostgresStore(Deciding):
    """Load, decide, append (see `application.store.Store`)."""

    def __init__(
        self,
        pool: Pool,
        mapper: LogMapper,
        rules: Rules,
        appended: Callable[[int], None] = lambda _position: None,
    ) -> None:
        """Take the writer's pool, the Mapper with keys, the rules, and who is woken by a fact."""
        super().__init__(rules)
        self._mapper, self._appended = mapper, appended
        self._app = LogApplication(pool, mapper)
        self._recorder = cast("LogRecorder", self._app.recorder)
        self._repository = cast("LogRepository", self._app.repository)

    def load(self, kind: type[A], stream: str) -> A:
        """Fold one stream; an unknown stream is an aggregate of version 0."""
        return self._repository.load(kind, stream)

    def next_serial(self, county: str, year: int, kind: str) -> int:
        """Read `last + 1` of a gapless number; call it inside a decision, so that it is re-read."""
        found = self._recorder.rows(
            "SELECT last FROM guard.serial WHERE county = %s AND year = %s AND kind = %s",
            [county, year, kind],
        )
        return self._note(guards.Serial(county, year, kind, found[0][0] + 1 if found else 1))

    def history(self, stream: str, after: int = 0) -> list[Recorded]:
        """Read the facts of one stream after a version, each with its event id."""
        stored = self._recorder.select_events(stream, gt=after)
        rows = [row for row in stored if isinstance(row, Row)]
        return self._mapper.with_ids(
            (row.columns for row in rows), (str(row.event_id) for row in rows)
        )

    def append_history(self, who: Who, batch: str, chunk: int, rows: Sequence[History]) -> Done:
        """Append imported facts in one transaction (see `application.store.Store`)."""
        if len(rows) > MOST_STREAMS:
            raise ValueError(TOO_MUCH)
        self._rules.allow(who, "import", Aggregate(), batch)
        command = str(uuid.uuid5(IMPORTS, f"{batch}/{chunk}"))
        for _ in range(MOST_CONFLICTS):
            try:
                return self._import(who, command, rows)
            except Known as known:
                return known.done
            except (RowTaken, VersionConflict):
                continue  # another import has committed: look the rows up again
        raise Unavailable("another import writes the same rows")

    def _import(self, who: Who, command: str, rows: Sequence[History]) -> Done:
        skipped = self._present(rows)
        existing = self._existing([row.stream for row in rows])
        additions: list[Addition] = []
        changes: list[guards.Change] = []
        for stream, facts in rows:
            new = [(f, on) for f, on in facts if _identity(f) not in skipped]
            before = [(r.event, r.occurred_on) for r in existing.get(stream, ())]
            additions += [
                Addition(stream, nth, fact, on)
                for nth, (fact, on) in enumerate(new, start=len(before) + 1)
            ]
            changes += guards.changes(stream, before, [f for f, _ in new], self._rules.index_of)
        if not additions:
            return Done(0, (), tuple(sorted(skipped)))
        meta = Meta(command, who.account, who.station, additions[0].occurred_on)
        done = self._write(meta, additions, _once(changes), dated=True)
        return Done(done.position, done.streams, tuple(sorted(skipped)))

    def _present(self, rows: Sequence[History]) -> set[str]:
        """Look up which rows of the register are in the log."""
        identities = sorted({_identity(fact) for row in rows for fact, _ in row.facts})
        found = self._recorder.rows(
            "SELECT identity FROM guard.source_row WHERE identity = ANY(%s)", [identities]
        )
        return {identity for (identity,) in found}

    def _existing(self, streams: Sequence[str]) -> dict[str, list[Recorded]]:
        """Read those of the streams that began before."""
        found = self._recorder.rows(
            "SELECT originator_id FROM log.events"
            " WHERE originator_id = ANY(%s) AND originator_version = 1",
            [list(streams)],
        )
        return {stream: self.history(stream) for (stream,) in found}

    def _append(
        self, stamp: Stamp, additions: Sequence[Addition], changes: Sequence[guards.Change]
    ) -> Done:
        meta = Meta(
            stamp.command_id, stamp.actor, stamp.station, stamp.occurred_on, stamp.on_behalf
        )
        return self._write(meta, additions, changes, dated=False)

    def _write(
        self,
        meta: Meta,
        additions: Sequence[Addition],
        changes: Sequence[guards.Change],
        *,
        dated: bool,
    ) -> Done:
        # As EventStore.put does, but for the objects it makes of each fact and nobody reads.
        stored = [
            self._mapper.to_stored_event(Pending(a.stream, a.version, a.fact)) for a in additions
        ]
        streams = tuple(dict.fromkeys(a.stream for a in additions))
        days = [a.occurred_on.isoformat() for a in additions] if dated else None
        if dated and len(streams) > 1 and sum(len(row.state) for row in stored) > MOST_BYTES:
            raise ValueError(TOO_MUCH)
        position = self._recorder.insert_events(
            stored, meta=meta, answer=streams, changes=changes, days=days
        )[-1]
        self._appended(position)
        return Done(position, streams)

    def _known(self, stamp: Stamp) -> Done | None:
        found = self._recorder.rows(
            "SELECT c.positions, c.result FROM log.commands c JOIN log.events e"
            " ON e.notification_id = c.positions[1]"
            " WHERE c.command_id = %s AND e.metadata->>'actor' = %s",
            [uuid.UUID(stamp.command_id), stamp.actor],
        )
        return Done(max(found[0][0]), tuple(found[0][1])) if found else None

    def _since(self, versions: dict[str, int]) -> list[Recorded]:
        facts = [r for stream, version in versions.items() for r in self.history(stream, version)]
        return sorted(facts, key=lambda recorded: recorded.position)


def _identity(fact: Event) -> str:
    """Give the row of the old register that a fact comes from."""
    if fact.source is None:
        raise ValueError(f"An imported fact names its source: {fact.TOPIC}")
    return fact.source.identity


def _once(changes: Sequence[guards.Change]) -> list[guards.Change]:
    """Order the changes, and take a row once, though its facts stand in several streams."""
    taken: set[object] = set()
    kept = []
    for change in guards.ordered(changes):
        if change[0] != "take_row" or change[1] not in taken:
            kept.append(change)
        if change[0] == "take_row":
            taken.add(change[1])
    return kept
