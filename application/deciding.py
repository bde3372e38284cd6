"""How a command is decided: load, rights, the day, the decision, append; then perhaps again.

What loads and appends is left to the store (PostgreSQL, or memory in tests).
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from contextvars import ContextVar
from dataclasses import replace
from datetime import date
from random import SystemRandom
from time import sleep
from typing import Any, NamedTuple, TypeVar

import msgspec

from application import guards
from application.store import Clash, Done, Part, Stamp, Unavailable, Who
from domain.kernel import Aggregate, Event, Override, Recorded, Refused, Sealed, check_day
from domain.settings import Settings

A = TypeVar("A", bound=Aggregate)
# Refuses, or gives the absent colleague whom the asker stands in for ("" as a rule).
Allow = Callable[[Who, str, Aggregate, str], str | None]
MOST_CONFLICTS, MOST_MOVES = 3, 20
CHANCE = SystemRandom()

# The numbers that the decisions of one attempt asked for.
_asked: ContextVar[list[guards.Serial]] = ContextVar("asked")


class VersionConflict(Exception):
    """Somebody else appended to one of the streams after it was loaded."""


class SerialMoved(Exception):
    """Somebody else took the gapless number that this command was about to take."""


class Known(Exception):
    """The command is in the log already; this is its answer."""

    def __init__(self, done: Done) -> None:
        """Keep the stored answer."""
        super().__init__(done.position)
        self.done = done


class Addition(NamedTuple):
    """One fact at its place in its stream, on the way into the log."""

    stream: str
    version: int
    fact: Event
    occurred_on: date


class Rules(NamedTuple):
    """What a store asks of the rest: rights, today, settings, a person's index and open cases."""

    allow: Allow
    today: Callable[[], date]
    settings: Callable[[], Settings]
    index_of: guards.IndexOf
    open_cases: Callable[[str], Sequence[str]] = lambda _person: ()


class Deciding(ABC):
    """Everything of `application.store.Store.decide` but reading and writing."""

    def __init__(self, rules: Rules) -> None:
        """Take the rules that hold for every command."""
        self._rules = rules

    def decide(self, stamp: Stamp, *parts: Part[Any]) -> Done:
        """Append what all decisions return in one statement, or nothing (see `Store`)."""
        conflicts = moves = 0
        seen: dict[str, int] = {}
        while True:
            try:
                return self._attempt(stamp, parts, seen)
            except Known as known:
                return known.done
            except SerialMoved as moved:
                moves += 1
                if moves > MOST_MOVES:
                    raise Unavailable("every number was taken by others") from moved
                # Who lost waits a chance moment, or the luckier ones would starve it.
                sleep(CHANCE.uniform(0, 0.001 * moves))
            except VersionConflict as conflict:
                conflicts += 1
                if conflicts > MOST_CONFLICTS:
                    raise Clash(self._since(seen)) from conflict

    def known(self, stamp: Stamp) -> Done | None:
        """Give the answer to a command that this actor has sent before, or None."""
        return self._known(stamp)

    @abstractmethod
    def load(self, kind: type[A], stream: str) -> A:
        """Fold one stream; an unknown stream is an aggregate of version 0."""

    @abstractmethod
    def next_serial(self, county: str, year: int, kind: str) -> int:
        """Read `last + 1` of a gapless number (see `Store`)."""

    @abstractmethod
    def _append(
        self, stamp: Stamp, additions: Sequence[Addition], changes: Sequence[guards.Change]
    ) -> Done:
        """Write facts, command and guards at once, or raise and write nothing."""

    @abstractmethod
    def _known(self, stamp: Stamp) -> Done | None:
        """Look up the answer to a command that this actor has sent before."""

    @abstractmethod
    def _since(self, versions: dict[str, int]) -> list[Recorded]:
        """Read what was appended to streams after these versions."""

    def _attempt(self, stamp: Stamp, parts: Sequence[Part[Any]], seen: dict[str, int]) -> Done:
        token = _asked.set([])
        try:
            stamp, additions, changes = self._ask(stamp, parts, seen)
            self._check_numbers(changes)
        except Refused:
            # What the first sending of this very command did may be why the second is refused.
            if done := self._known(stamp):
                return done
            raise
        finally:
            _asked.reset(token)
        if not additions:
            return self._known(stamp) or Done(0)
        return self._append(stamp, additions, guards.ordered(changes))

    def _ask(
        self, stamp: Stamp, parts: Sequence[Part[Any]], seen: dict[str, int]
    ) -> tuple[Stamp, list[Addition], list[guards.Change]]:
        states: dict[str, Aggregate] = {}
        additions: list[Addition] = []
        changes: list[guards.Change] = []
        for part in parts:
            aggregate = states.get(part.stream)
            if aggregate is None:
                aggregate = part.kind() if part.fresh else self.load(part.kind, part.stream)
                states[part.stream] = aggregate
                seen.setdefault(part.stream, aggregate.version)
            before = list(aggregate.history)
            absent, facts = self._decide_part(stamp, part, aggregate)
            if absent and not stamp.on_behalf:
                stamp = replace(stamp, on_behalf=absent)
            for fact in facts:
                aggregate.apply(fact, stamp.occurred_on)
                additions.append(
                    Addition(part.stream, len(aggregate.history), fact, stamp.occurred_on)
                )
            index_of = self._rules.index_of
            changes += guards.changes(part.stream, before, facts, index_of)
            changes += guards.rekeyed(part.stream, facts, index_of, self._rules.open_cases)
        return stamp, additions, changes

    def _decide_part(
        self, stamp: Stamp, part: Part[Any], aggregate: Aggregate
    ) -> tuple[str, list[Event]]:
        """Ask one part: for whom it is done ("" as a rule), and its facts."""
        absent = ""
        if part.right:
            absent = self._rules.allow(stamp.who, part.right, aggregate, part.stream) or ""
        overridden = self._check_day(stamp, part, aggregate)
        facts = list(part.decision(aggregate))
        if overridden:
            facts = [_overridden(f, stamp, part, aggregate) for f in facts]
        return absent, facts

    def _check_day(self, stamp: Stamp, part: Part[Any], aggregate: Aggregate) -> bool:
        """Hold the day against S-19; say whether a station manager's reason let it pass."""
        today = self._rules.today()
        back_days = self._rules.settings().value("back_days", today)
        first_on, on = aggregate.first_on, stamp.occurred_on
        try:
            check_day(first_on, on, today, back_days=back_days, reason=False)
        except Refused:
            check_day(first_on, on, today, back_days=back_days, reason=bool(stamp.override))
            self._rules.allow(stamp.who, "override", aggregate, part.stream)
            return True
        return False

    def _check_numbers(self, changes: Sequence[guards.Change]) -> None:
        """Find a number that was not asked for: it could never be moved to."""
        asked = _asked.get()
        for what, *key in changes:
            if what == "move_serial" and guards.Serial(*key) not in asked:  # type: ignore[arg-type]  # a change is flat
                raise LookupError(f"No decision asked `next_serial` for {key}.")

    def _note(self, serial: guards.Serial) -> int:
        """Remember a number that a decision asked for."""
        asked = _asked.get(None)
        if asked is not None:
            asked.append(serial)
        return serial.number


def _overridden(fact: Event, stamp: Stamp, part: Part[Any], aggregate: Aggregate) -> Event:
    """Write down that S-19 was passed, and why; a rule that the decision names stands."""
    if fact.override is not None:
        return fact
    subject = getattr(aggregate, "person", "") or part.stream
    reason = Sealed(subject, "override", stamp.override)
    return msgspec.structs.replace(fact, override=Override(rule="S-19", reason=reason))
