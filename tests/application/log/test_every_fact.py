"""Every fact of the domain can be stored and read back, with every personal value sealed."""

import types
import typing
from datetime import UTC, date, datetime
from typing import Any

import msgspec
import pytest

from application.log.mapper import LogMapper
from application.log.rows import Pending
from domain.catalogue import catalogue
from domain.kernel import Envelope, Event, Sealed
from domain.money import Fen
from tests.application.log.trial import mark

PLAIN: dict[Any, Any] = {
    str: "文字",
    int: 7,
    bool: True,
    date: date(2026, 2, 28),
    datetime: datetime(2026, 2, 28, 21, 30, tzinfo=UTC),
    Fen: Fen(800_000),
    Any: "2026-02-28",
}
HIDDEN = "不可见"
MAPPER = LogMapper(catalogue(), mark)


def example(kind: Any) -> Any:
    """Make up a value of a type, with everything optional filled in."""
    if kind in PLAIN:
        return PLAIN[kind]
    if kind is Sealed:
        return Sealed("person-1", "note", HIDDEN)
    arguments = [a for a in typing.get_args(kind) if a not in (type(None), Ellipsis)]
    origin = typing.get_origin(kind)
    if origin in (types.UnionType, typing.Union):
        return example(arguments[0])
    if origin is tuple:
        return tuple(example(argument) for argument in arguments)
    if origin is dict:
        return {example(arguments[0]): example(arguments[1])}
    assert isinstance(kind, type), kind
    assert issubclass(kind, msgspec.Struct), kind
    return kind(**{f.name: example(f.type) for f in msgspec.structs.fields(kind)})


def opened(value: Any) -> Any:
    """Give a value as it was before it was sealed."""
    if isinstance(value, Sealed):
        assert isinstance(value.value, Envelope)
        return Sealed(value.subject, value.field, bytes.fromhex(value.value.sealed["hex"]).decode())
    if isinstance(value, msgspec.Struct):
        names = [field.name for field in msgspec.structs.fields(value)]
        return type(value)(**{name: opened(getattr(value, name)) for name in names})
    if isinstance(value, tuple):
        return tuple(opened(one) for one in value)
    return value


@pytest.mark.parametrize("topic", sorted(catalogue()))
def test_a_fact_survives_the_log(topic: str) -> None:
    fact: Event = example(catalogue()[topic])
    row = MAPPER.to_stored_event(Pending("stream-1", 3, fact))
    assert HIDDEN.encode() not in row.state
    metadata = '{"command_id":"","actor":"","station":"","occurred_on":"2026-03-02"}'
    now = datetime(2026, 3, 2, tzinfo=UTC)
    read = MAPPER.recorded(("stream-1", 3, row.topic, row.state, metadata, 1, now))
    assert opened(read.event) == fact
