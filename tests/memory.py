"""A store without a database: the same decisions, the same guards, kept in dicts."""

import uuid
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time
from typing import TypeVar

from application import guards, rights
from application.deciding import (
    Addition,
    Allow,
    Deciding,
    Known,
    Rules,
    SerialMoved,
    VersionConflict,
)
from application.store import Done, History, Stamp, Who
from domain.kernel import Aggregate, Event, Recorded, decode, encode
from domain.settings import Settings

A = TypeVar("A", bound=Aggregate)


def own_index(person: str) -> bytes | None:
    """Give every person an ID number of their own."""
    return person.encode()


class MemoryStore(Deciding):
    """`application.store.Store` and the log reader in memory; personal values stay in clear."""

    def __init__(
        self,
        today: date = date(2026, 3, 2),
        *,
        allow: Allow = rights.check,
        settings: Settings | None = None,
        index_of: Callable[[str], bytes | None] = own_index,
    ) -> None:
        """Start with an empty log; `today` can be set to move on."""
        chosen = settings or Settings()
        super().__init__(Rules(allow, lambda: self.today, lambda: chosen, index_of))
        self.today = today
        self.log: list[Recorded] = []
        self.rows: dict[tuple[object, ...], tuple[object, ...]] = {}
        self._answers: dict[uuid.UUID, tuple[str, Done]] = {}

    def load(self, kind: type[A], stream: str) -> A:
        """Fold one stream."""
        return kind().fold((r.event, r.occurred_on) for r in self.history(stream))

    def next_serial(self, county: str, year: int, kind: str) -> int:
        """Read `last + 1`."""
        (last,) = self.rows.get(("serial", county, year, kind), (0,))
        return self._note(guards.Serial(county, year, kind, int(str(last)) + 1))

    def append_history(self, who: Who, batch: str, chunk: int, rows: Sequence[History]) -> Done:
        """Append imported facts."""
        self._rules.allow(who, "import", Aggregate(), batch)
        skipped = set()
        additions: list[Addition] = []
        changes: list[guards.Change] = []
        for stream, facts in rows:
            before = [(r.event, r.occurred_on) for r in self.history(stream)]
            new = []
            for fact, on in facts:
                assert fact.source is not None, f"An imported fact names its source: {fact.TOPIC}"
                if ("row", fact.source.identity) in self.rows:
                    skipped.add(fact.source.identity)
                else:
                    new.append(fact)
                    version = len(before) + len(new)
                    additions.append(Addition(stream, version, fact, on))
            changes += guards.changes(stream, before, new, self._rules.index_of)
        command = str(uuid.uuid5(uuid.NAMESPACE_OID, f"{batch}/{chunk}"))
        done = Done(0)
        if additions:
            stamp = Stamp(who, command, self.today)
            rowless = [c for c in changes if c[0] != "take_row"]
            rowless += [("try_row", *c[1:]) for c in changes if c[0] == "take_row"]
            try:
                done = self._append(stamp, additions, guards.ordered(rowless))
            except Known as known:
                done = known.done
        return Done(done.position, done.streams, tuple(sorted(skipped)))

    def history(self, stream: str) -> list[Recorded]:
        """Give the facts of one stream."""
        return [recorded for recorded in self.log if recorded.stream == stream]

    def watermark(self) -> int:
        """Give the last position: nobody writes at the same time."""
        return len(self.log)

    drain = watermark

    def read(self, after: int, limit: int) -> list[Recorded]:
        """Give the next facts in order."""
        return self.log[after : after + limit]

    def histories(self, streams: Sequence[str], upto: int) -> dict[str, list[Recorded]]:
        """Give the facts of each stream up to a position."""
        return {s: [r for r in self.history(s) if r.position <= upto] for s in streams}

    def stream_ends(self, size: int) -> list[str]:
        """Give the stream of every so many facts and the last one, in order."""
        streams = sorted(recorded.stream for recorded in self.log)
        return sorted({*streams[size - 1 :: size], *streams[-1:]})

    def read_streams(self, after: str, last: str, upto: int) -> list[Recorded]:
        """Give whole streams in their order, behind one and up to another."""
        streams = sorted({r.stream for r in self.log if after < r.stream <= last})
        found = self.histories(streams, upto)
        return [recorded for stream in streams for recorded in found[stream]]

    def facts(self, stream: str) -> list[Event]:
        """Give the bare facts of one stream."""
        return [recorded.event for recorded in self.history(stream)]

    def _append(
        self, stamp: Stamp, additions: Sequence[Addition], changes: Sequence[guards.Change]
    ) -> Done:
        command = uuid.UUID(stamp.command_id)
        if command in self._answers:
            raise Known(self._answers[command][1])
        for addition in additions:
            if addition.version <= len(self.history(addition.stream)):
                raise VersionConflict(addition.stream)
        self.rows = changed(self.rows, changes)
        following = [addition.stream for addition in additions[1:]] + [""]
        for (stream, version, fact, on), next_stream in zip(additions, following, strict=True):
            self.log.append(
                Recorded(
                    position=len(self.log) + 1,
                    stream=stream,
                    version=version,
                    event=decode(type(fact), encode(fact)),
                    command_id=stamp.command_id,
                    actor=stamp.actor,
                    station=stamp.station,
                    occurred_on=on,
                    recorded_at=datetime.combine(self.today, time(9), UTC),
                    event_id=str(uuid.uuid4()),
                    on_behalf=stamp.on_behalf,
                    more=next_stream == stream,
                )
            )
        done = Done(len(self.log), tuple(dict.fromkeys(a.stream for a in additions)))
        self._answers[command] = (stamp.actor, done)
        return done

    def _known(self, stamp: Stamp) -> Done | None:
        actor, done = self._answers.get(uuid.UUID(stamp.command_id), ("", None))
        return done if actor == stamp.actor else None

    def _since(self, versions: dict[str, int]) -> list[Recorded]:
        return [r for r in self.log if r.version > versions.get(r.stream, r.version)]


Rows = dict[tuple[object, ...], tuple[object, ...]]


def changed(rows: Rows, changes: Sequence[guards.Change]) -> Rows:
    """Give the guard rows after a list of changes, as `guard.change` leaves them."""
    rows = dict(rows)
    for change in changes:
        what, *values = change
        action, table = str(what).split("_")
        if action == "drop":
            own = tuple(values)
            rows = {k: v for k, v in rows.items() if k[0] != table or v[: len(own)] != own}
        elif table == "serial":
            _number(rows, action, change)
        else:
            key, value = _row(table, values)
            clash = key in rows if table != "booking" else _overlaps(rows, key)
            if not clash:
                rows[key] = value
            elif action == "take":
                raise guards.taken({"case": "open_case"}.get(table, table))
    return rows


def _row(table: str, values: list[str | int]) -> tuple[tuple[object, ...], tuple[object, ...]]:
    split = {"case": 1, "voucher": 2, "booking": 3, "row": 1}[table]
    return (table, *values[:split]), tuple(values[split:])


def _overlaps(rows: Rows, key: tuple[object, ...]) -> bool:
    _, resource, start, end = key
    return any(
        k[0] == "booking" and k[1] == resource and str(k[2]) < str(end) and str(start) < str(k[3])
        for k in rows
    )


def _number(rows: Rows, action: str, change: guards.Change) -> None:
    _, county, year, kind, number = change
    key = ("serial", county, year, kind)
    last = int(str(rows.get(key, (0,))[0]))
    if action == "move" and last != int(number) - 1:
        raise SerialMoved(str(key))
    rows[key] = (max(last, int(number)),)
