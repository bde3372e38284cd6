"""Between facts and stored bytes: a closed catalogue, versions, and personal values sealed.

`state` is plain JSON. A fact of version 1 is stored bare; a later version begins with its number,
`{"_v":2,...`, and older ones are brought up to date on the raw dict before they are typed. A
personal value is stored as `{"subject", "field", "sealed"}`; one that was copied from another
place keeps that place, as its cipher is bound to it.
"""

import threading
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

import msgspec
from eventsourcing.domain import DomainEventProtocol
from eventsourcing.persistence import JSONTranscoder, Mapper, StoredEvent

from application.ids import uuid7
from application.log.rows import Columns, Loaded, Meta, Pending, Row
from domain.kernel import (
    Dated,
    Envelope,
    Event,
    Recorded,
    Redacted,
    Sealed,
    Unreadable,
    from_plain,
    to_plain,
)

Seal = Callable[[str, str, str, int, object], dict[str, Any]]
Upcast = Callable[[dict[str, Any]], dict[str, Any]]
Upcasters = Mapping[str, Mapping[int, Upcast]]

_VERSIONED = b'{"_v":'
_NO_META = Meta("", "", "", date.min)


class _Place(threading.local):
    """The stream and version being decoded: the hook of a cached decoder is told nothing else."""

    at: tuple[str, int] = ("", 0)


class Failure(Exception):
    """A fact that cannot be read stands in the way of a decision."""


class LogMapper(Mapper[str]):
    """Encode, seal and decode the facts of one closed catalogue."""

    def __init__(
        self,
        catalogue: Mapping[str, type[Event]],
        seal: Seal | None = None,
        upcasters: Upcasters | None = None,
    ) -> None:
        """Take topic -> class, how to seal (None: read only), topic -> version -> upcast."""
        super().__init__(JSONTranscoder())
        self._kinds = dict(catalogue)
        self._seal, self._upcasters = seal, upcasters or {}
        self._place = _Place()
        self._decoders = {
            topic: msgspec.json.Decoder(kind, dec_hook=self._read)
            for topic, kind in catalogue.items()
        }
        # A kind that never changed is read at once; the others look at the stored version first.
        self._current: dict[str, Callable[[bytes], Event]] = {
            topic: self._decoders[topic].decode
            for topic, kind in catalogue.items()
            if kind.VERSION == 1
        }
        self._version = msgspec.json.Decoder(_Versioned)
        self._meta = msgspec.json.Decoder(Meta)

    def to_stored_event(self, domain_event: DomainEventProtocol[str]) -> Row:
        """Write one pending fact: seal its personal values for its place, encode it."""
        if not isinstance(domain_event, Pending):
            raise TypeError(f"Not a pending fact: {type(domain_event).__name__}")
        stream, version, fact = domain_event
        if self._kinds.get(fact.TOPIC) is not type(fact):
            raise LookupError(f"Not in the catalogue: {fact.TOPIC}")

        def plain(value: object) -> object:
            return self._write(value, stream, version)

        state = msgspec.json.encode(fact, enc_hook=plain)
        if fact.VERSION > 1:
            state = b'{"_v":%d,%b' % (fact.VERSION, state[1:])
        return Row(stream, version, fact.TOPIC, state, uuid7())

    def to_domain_event(self, stored_event: StoredEvent) -> Loaded:
        """Read one stored fact of a case that is to be decided on."""
        if not isinstance(stored_event, Row):
            raise TypeError(f"Not a row of the log: {type(stored_event).__name__}")
        recorded = self.recorded(stored_event.columns)
        return Loaded(recorded.stream, recorded.version, recorded)

    def with_ids(self, rows: Iterable[Columns], event_ids: Iterable[str]) -> list[Recorded]:
        """Read rows for a page, which names each fact by its id."""
        return [
            msgspec.structs.replace(one, event_id=event_id)
            for one, event_id in zip(self.page(rows), event_ids, strict=True)
        ]

    def recorded(self, columns: Columns) -> Recorded:
        """Read one row; what cannot be read becomes `Unreadable` and never an import."""
        return self.page((columns,))[0]

    def page(self, rows: Iterable[Columns]) -> list[Recorded]:
        """Read rows as `recorded` does; what a row needs is looked up once a page."""
        place, current, meta_of = self._place, self._current.get, self._meta.decode
        known, meta = "", _NO_META
        page = []
        for stream, version, topic, state, metadata, position, recorded_at in rows:
            event: Event
            try:
                if metadata != known:  # the facts of one command follow each other
                    meta, known = meta_of(metadata), metadata
                place.at = (stream, version)
                decode = current(topic)
                if decode is None or state.startswith(_VERSIONED):
                    event = self._upcast(topic, state)
                else:
                    event = decode(state)
            except Exception as error:  # noqa: BLE001 - upcasters may fail in any way; it is parked
                event = Unreadable(topic=topic, error=f"{type(error).__name__}: {error}")
                if metadata != known:
                    meta, known = _NO_META, ""
            page.append(
                Recorded(
                    position=position,
                    stream=stream,
                    version=version,
                    event=event,
                    command_id=meta.command_id,
                    actor=meta.actor,
                    station=meta.station,
                    occurred_on=meta.occurred_on,
                    recorded_at=recorded_at,
                    on_behalf=meta.on_behalf,
                    more=meta.more,
                )
            )
        return page

    def dated(self, stream: str, rows: Iterable[tuple[int, str, bytes, str]]) -> list[Dated]:
        """Read a stream for a decision: facts with their days and nothing else.

        Raises `Failure` at a row that cannot be read: no decision may be taken past it.
        """
        decode, day = self._decode, date.fromisoformat
        found: list[Dated] = []
        for version, topic, state, occurred_on in rows:
            try:
                found.append((decode(stream, version, topic, state), day(occurred_on)))
            except Exception as error:
                raise Failure(f"{stream} v{version}: {type(error).__name__}: {error}") from error
        return found

    def _decode(self, stream: str, version: int, topic: str, state: bytes) -> Event:
        self._place.at = (stream, version)
        decode = self._current.get(topic)
        if decode is None or state.startswith(_VERSIONED):
            return self._upcast(topic, state)
        return decode(state)

    def _upcast(self, topic: str, state: bytes) -> Event:
        """Read a fact that has, or could have, an older version."""
        kind = self._kinds[topic]
        stored = self._version.decode(state).v if state.startswith(_VERSIONED) else 1
        if stored == kind.VERSION:
            fact: Event = self._decoders[topic].decode(state)
            return fact
        if stored > kind.VERSION:
            raise ValueError(f"version {stored} is newer than this program's {kind.VERSION}")
        raw: dict[str, Any] = msgspec.json.decode(state)
        for step in range(stored, kind.VERSION):
            raw = self._upcasters[topic][step](raw)
        return msgspec.convert(raw, kind, dec_hook=self._read)

    def _write(self, value: object, stream: str, version: int) -> object:
        if not isinstance(value, Sealed):
            return to_plain(value)
        place = {"subject": value.subject, "field": value.field}
        match value.value:
            case Envelope() as old:
                return place | {"sealed": old.sealed, "at": [old.stream, old.version]}
            case Redacted():
                return place | {"sealed": None}
        if self._seal is None:
            raise PermissionError("This log is open for reading only: it has no keys.")
        sealed = self._seal(value.subject, value.field, stream, version, value.value)
        return place | {"sealed": sealed}

    def _read(self, kind: type, value: object) -> object:
        if kind is not Sealed or not isinstance(value, dict):
            return from_plain(kind, value)
        sealed = value["sealed"]
        if sealed is None:
            return Sealed(value["subject"], value["field"], Redacted())
        stream, version = value.get("at") or self._place.at
        return Sealed(value["subject"], value["field"], Envelope(sealed, stream, version))


class _Versioned(msgspec.Struct):
    v: int = msgspec.field(name="_v")
