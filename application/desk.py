"""What the services about thin aggregates share: one decision asked of one stream."""

from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from application.store import Done, Part, Stamp, Store
from domain.kernel import Aggregate, Event

A = TypeVar("A", bound=Aggregate)
P = ParamSpec("P")


class Desk:
    """A service on the store."""

    def __init__(self, store: Store) -> None:
        """Take the door to the log."""
        self._store = store

    def _take(
        self,
        place: tuple[type[A], str],
        stamp: Stamp,
        right: str,
        decision: Callable[Concatenate[A, P], list[Event]],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Done:
        """Ask one decision of one stream; `place` is its kind and its id."""
        kind, stream = place
        return self._store.decide(
            stamp, Part(kind, stream, lambda state: decision(state, *args, **kwargs), right)
        )
