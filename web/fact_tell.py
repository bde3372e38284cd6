"""Facts in words: what a fact says beside its name, field by field; and as it is stored.

A trade describes its fields as data (`Teller`); sealed texts come opened for officers of the case
and stay closed for everybody else. `stored` writes a fact as the log holds it, sealed parts sealed.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any, get_args

import msgspec

from domain.codes import Code, CodeList
from domain.kernel import N_, Correction, Envelope, Event, Recorded, Redacted, Sealed, to_plain
from domain.money import Fen
from web import texts
from web.fact_words import FACTS
from web.money import money

PAIR, GAP = N_("{label}：{value}"), N_("；")
CLOSED, GONE = N_("限制查看"), N_("已依法删除")
FRAME = frozenset({"source", "override"})


@dataclass(frozen=True)
class Names:
    """Who and what ids stand for: staff, station, employer, and others by `entry`."""

    staff: Callable[[str], str]
    station: Callable[[str], str]
    employer: Callable[[str], str]
    entry: Callable[[str], str]


@dataclass(frozen=True)
class Teller:
    """How a trade's facts are told.

    `labels` name fields; `lists` hold their codes, `tail.field` before `field` (the tail is the
    topic behind the dot); `kinds` say staff, station, employer or entry for ids; `special` writes
    values of own types; `hidden` fields (`tail.field` or `field`) are not told; `facts` names the
    facts themselves.
    """

    labels: Mapping[str, str]
    lists: Mapping[str, Mapping[str, Code | str]]
    kinds: Mapping[str, str] = field(default_factory=dict)
    special: Mapping[type, Callable[[Any], str]] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()
    facts: CodeList = field(default_factory=lambda: FACTS)

    def name(self, event: Event) -> str:
        """Give the words of a fact."""
        tail = event.TOPIC.partition(".")[2]
        return texts.label(self.facts[tail]) if tail in self.facts else tail

    def label(self, name: str) -> str:
        """Give the words of a field."""
        return texts.translate(self.labels.get(name, name))

    def tell(self, event: Event, names: Names, opened: Mapping[int, object]) -> str:
        """Say what a fact holds; `opened` has the clear values of sealed fields by their id."""
        told = []
        for name in event.__struct_fields__:
            value = getattr(event, name)
            if self._untold(event, name) or value in (None, "", ()):
                continue
            if text := self._text(event, name, value, names, opened):
                told.append(texts.say(PAIR, label=self._label(event, name), value=text))
        if event.override:
            told.append(self._override(event, opened))
        return texts.translate(GAP).join(told)

    def _label(self, event: Event, name: str) -> str:
        """Give the words of a field of this kind of fact (`tail.field`), or of every kind."""
        key = f"{event.TOPIC.partition('.')[2]}.{name}"
        return self.label(key if key in self.labels else name)

    def _untold(self, event: Event, name: str) -> bool:
        """Whether a field is not told: of every fact, or of this kind (`tail.field`)."""
        return bool({name, f"{event.TOPIC.partition('.')[2]}.{name}"} & (FRAME | self.hidden))

    def _text(
        self, event: Event, name: str, value: Any, names: Names, opened: Mapping[int, object]
    ) -> str:
        """Write one field; a correction names a field and holds a value of that field."""
        if isinstance(event, Correction) and name == "field":
            return self.label(value)
        if isinstance(event, Correction) and name in {"value", "sealed_value"}:
            return self._value(event.field, event.field, value, names, opened)
        key = f"{event.TOPIC.partition('.')[2]}.{name}"
        return self._value(key, name, value, names, opened)

    def _override(self, event: Event, opened: Mapping[int, object]) -> str:
        passed = event.override
        reason = _opened(passed.reason, opened) if passed else ""
        rule = passed.rule if passed else ""
        return texts.say(N_("站长特批（规则 {rule}）：{reason}"), rule=rule, reason=reason)

    def _value(
        self, key: str, name: str, value: Any, names: Names, opened: Mapping[int, object]
    ) -> str:
        if isinstance(value, Sealed):
            value = _opened(value, opened)
        if isinstance(value, tuple | frozenset):
            return texts.translate(N_("、")).join(
                self._value(key, name, one, names, opened) for one in value
            )
        if type(value) in self.special:
            return self.special[type(value)](value)
        codes = self.lists.get(key, self.lists.get(name, {}))
        if isinstance(value, str) and value in codes:
            return texts.label(codes[value])
        kind = self.kinds.get(key, self.kinds.get(name, ""))
        return str(getattr(names, kind)(value)) if kind else _plain(value)


def _plain(value: Any) -> str:
    """Write a value that stands for itself."""
    if isinstance(value, bool):
        return texts.translate(N_("是") if value else N_("否"))
    if isinstance(value, Fen):
        return money(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def _opened(sealed: Sealed, opened: Mapping[int, object]) -> Any:
    """Give a sealed value as the reader may see it: the text, or a word for why not."""
    value = opened.get(id(sealed), texts.translate(CLOSED))
    return texts.translate(GONE) if isinstance(value, Redacted) else value


def sealed_of(history: Sequence[Recorded]) -> list[Sealed]:
    """List the sealed values of some facts, to be opened in one go."""
    found: list[Sealed] = []
    for one in history:
        event = one.event
        values = [getattr(event, name) for name in _may_be_sealed(type(event))]
        if event.override:
            values.append(event.override.reason)
        found += [value for value in values if isinstance(value, Sealed)]
    return found


@cache
def _may_be_sealed(kind: type[Event]) -> tuple[str, ...]:
    """Name the fields of a kind of fact that can hold a personal value."""
    return tuple(
        one.name
        for one in msgspec.structs.fields(kind)
        if one.type is Any or Sealed in {one.type, *get_args(one.type)}
    )


def opened_by(
    history: Sequence[Recorded], open_many: Callable[[Sequence[Sealed]], Sequence[object]]
) -> dict[int, object]:
    """Open all sealed values of some facts; the key is the identity of the sealed value."""
    sealed = sealed_of(history)
    return {id(one): value for one, value in zip(sealed, open_many(sealed), strict=True)}


def stored(event: Event) -> tuple[str, str]:
    """Write a fact as the log holds it, for the eye, and the SHA-256 of its stored bytes."""
    state = msgspec.json.encode(event, enc_hook=_sealed)
    shown = msgspec.json.format(state, indent=2).decode()
    return shown, hashlib.sha256(state).hexdigest()


def _sealed(value: object) -> object:
    """Write a personal value by its place and its sealed form, never in clear."""
    if not isinstance(value, Sealed):
        return to_plain(value)
    place = {"subject": value.subject, "field": value.field}
    sealed = value.value.sealed if isinstance(value.value, Envelope) else None
    return place | {"sealed": sealed}
