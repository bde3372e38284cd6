"""given / when / then over facts: the language of the domain's tests."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Generic, TypeVar

from domain.kernel import Aggregate, Dated, Event, Refused, decode, encode

A = TypeVar("A", bound=Aggregate)


class Outcome(Generic[A]):
    """What a decision came to: new facts, or a refusal."""

    def __init__(self, state: A, on: date, facts: Sequence[Event], refusal: Refused | None) -> None:
        self._state, self._on, self._facts, self._refusal = state, on, list(facts), refusal

    def then(self, *facts: Event) -> A:
        """Expect exactly these facts, each of which can be stored, read back and applied."""
        assert self._refusal is None, f"refused: {self._refusal}"
        assert self._facts == list(facts)
        return self.stored()

    def stored(self) -> A:
        """Expect facts that survive storage, and give the state after them."""
        assert self._refusal is None, f"refused: {self._refusal}"
        for fact in self._facts:
            assert decode(type(fact), encode(fact)) == fact
        return self._state.fold((fact, self._on) for fact in self._facts)

    def refused(self, *, rule: str, because: str = "", field: str = "") -> None:
        """Expect no fact, and a sentence of this rule, at this field, that names the reason."""
        assert self._refusal is not None, f"not refused: {self._facts}"
        assert (self._refusal.rule, self._refusal.field) == (rule, field), str(self._refusal)
        assert because in str(self._refusal)


class Scenario(Generic[A]):
    """A history, a day, and then one decision."""

    def __init__(self, state: A, on: date) -> None:
        self._state, self._day = state, on

    def on(self, day: date) -> "Scenario[A]":
        """Say on which day the decision is asked for."""
        return Scenario(self._state, day)

    def when(self, decision: Callable[[A, date], Sequence[Event]]) -> Outcome[A]:
        """Ask for one decision and keep its facts or its refusal."""
        try:
            return Outcome(self._state, self._day, decision(self._state, self._day), None)
        except Refused as refused:
            return Outcome(self._state, self._day, [], refused)


def given(kind: type[A], history: Iterable[Dated] = ()) -> Scenario[A]:
    """Fold a history of one aggregate."""
    return Scenario(kind().fold(history), date(2026, 3, 2))
