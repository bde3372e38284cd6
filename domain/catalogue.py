"""The closed catalogue of facts: topic -> class, collected from the domain, and its two pages.

Only what stands in here can be read from the log; a topic from elsewhere is never imported.
`python -m domain.catalogue` writes docs/events.md and docs/states.md.
"""

import functools
import importlib
import pkgutil
import sys
import types
import typing
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import msgspec

import domain
from domain.kernel import Aggregate, Ask, Event, Unreadable

DOCS = Path(__file__).parent.parent / "docs"
ENVELOPE = ("source", "override")
HEADER = "Written by `make events` from the code; do not edit.\n"


@functools.cache
def catalogue() -> Mapping[str, type[Event]]:
    """Give every fact of the domain by its topic; refuse one topic for two classes."""
    _import_all()
    found: dict[str, type[Event]] = {}
    for kind in _subclasses(Event):
        topic = vars(kind).get("TOPIC")
        if topic is None or kind is Unreadable:
            continue
        if topic in found:
            raise TypeError(f"{topic} is the topic of {found[topic]} and {kind}.")
        found[topic] = kind
    return types.MappingProxyType(dict(sorted(found.items())))


@functools.cache
def aggregates() -> Mapping[str, type[Aggregate]]:
    """Give the kind of case by the first word of its topics: "seeker" -> SeekerCase."""
    _import_all()
    found: dict[str, type[Aggregate]] = {}
    for kind in _subclasses(Aggregate):
        if _subclasses(kind) or kind.__name__.endswith("Phase"):
            continue  # a phase, or a base of several
        for word in {_word(fact.TOPIC) for fact in kind.APPLIERS}:
            if word in found:
                raise TypeError(f"{found[word]} and {kind} both apply {word}.*")
            found[word] = kind
    return types.MappingProxyType(dict(sorted(found.items())))


def unapplied() -> list[str]:
    """Give the topics that no aggregate applies: a stored one would break its case for ever."""
    kinds = aggregates()
    return [
        topic
        for topic, fact in catalogue().items()
        if _word(topic) not in kinds or fact not in kinds[_word(topic)].APPLIERS
    ]


def events_page() -> str:
    """Write the catalogue as a page: a table of facts for each kind of case, then their records."""
    lines = ["# Facts", "", HEADER]
    records: dict[str, type[msgspec.Struct]] = {}
    groups: dict[str, list[type[Event]]] = {}
    for topic, fact in catalogue().items():
        groups.setdefault(_word(topic), []).append(fact)
    for word, facts in groups.items():
        kind = aggregates().get(word)
        lines += [f"## {word}" + (f": `{kind.__name__}`" if kind else ""), ""]
        lines += ["| Topic | Version | Class | 中文 | Fields |", "|---|---|---|---|---|"]
        lines += [_event_row(fact, records) for fact in facts]
        lines.append("")
    lines += ["## Records inside facts", "", "| Record | Fields |", "|---|---|"]
    shown: dict[str, str] = {}
    while waiting := sorted(records.keys() - shown.keys()):
        shown |= {name: _fields(records[name], records) for name in waiting}
    lines += [f"| {name} | {fields} |" for name, fields in sorted(shown.items())]
    return "\n".join(lines) + "\n"


def states_page() -> str:
    """Write which decision is asked in which state; the rules say what else it needs."""
    lines = ["# States and decisions", "", HEADER]
    lines += ["`-` is a stream without facts; ● the decision may be asked for in this state.", ""]
    for kind in dict.fromkeys(aggregates().values()):
        if not kind.ASKS:
            continue
        states = _states(kind.ASKS.values())
        lines += [f"## {kind.__name__}", "", f"| Decision | Rule | {' | '.join(states)} |"]
        lines.append("|---|---|" + "---|" * len(states))
        for verb, ask in sorted(kind.ASKS.items()):
            marks = " | ".join("●" if state in ask.states else " " for state in states)
            lines.append(f"| {verb} | {ask.rule} | {marks} |")
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def main() -> int:
    """Write both pages; end with 1 when a fact has no applier."""
    DOCS.mkdir(exist_ok=True)
    (DOCS / "events.md").write_text(events_page(), "utf-8")
    (DOCS / "states.md").write_text(states_page(), "utf-8")
    missing = unapplied()
    if missing:
        sys.stderr.write(f"No aggregate applies: {', '.join(missing)}\n")
    return 1 if missing else 0


def _import_all() -> None:
    """Import every module of the domain, so that no class is missing."""
    for module in pkgutil.walk_packages(domain.__path__, "domain."):
        importlib.import_module(module.name)


def _subclasses(kind: type[Any]) -> dict[type[Any], None]:
    """Give all descendants in the domain, each once, in the order of their definition."""
    found: dict[type[Any], None] = {}
    for child in kind.__subclasses__():
        if child.__module__.startswith("domain."):
            found |= {child: None} | _subclasses(child)
    return found


def _word(topic: str) -> str:
    return topic.partition(".")[0]


def _states(asks: Iterable[Ask]) -> list[str]:
    """Give all states, those that most decisions are asked in first, but '-' before all."""
    counted: dict[str, int] = {}
    for ask in asks:
        for state in ask.states:
            counted[state] = counted.get(state, 0) + 1
    return sorted(counted, key=lambda state: (state != "-", -counted[state], state))


def _event_row(fact: type[Event], records: dict[str, type[msgspec.Struct]]) -> str:
    title = (fact.__doc__ or "").strip().splitlines()[0] if fact.__doc__ else ""
    shown = _fields(fact, records)
    return f"| {fact.TOPIC} | {fact.VERSION} | {fact.__name__} | {title} | {shown} |"


def _fields(kind: type[msgspec.Struct], records: dict[str, type[msgspec.Struct]]) -> str:
    shown = [
        f"{field.name}: {_shown(field.type, records)}"
        for field in msgspec.structs.fields(kind)
        if field.name not in ENVELOPE
    ]
    return ", ".join(shown) or "-"


def _shown(kind: Any, records: dict[str, type[msgspec.Struct]]) -> str:
    """Write a type as domain.md does: `T?` optional, `[T]` a list."""
    arguments: Sequence[Any] = typing.get_args(kind)
    origin = typing.get_origin(kind)
    if origin in (types.UnionType, typing.Union):
        inner = " or ".join(_shown(a, records) for a in arguments if a is not type(None))
        return inner + ("?" if type(None) in arguments else "")
    if origin in (tuple, list, frozenset, Sequence):
        return f"[{_shown(arguments[0], records)}]"
    if origin is not None:
        return str(kind)
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        records.setdefault(kind.__name__, kind)
    if kind in (str, int, bool, date, datetime):
        return str(kind.__name__)
    return str(getattr(kind, "__name__", kind))


if __name__ == "__main__":
    sys.exit(main())
