"""The book of one case: the rows that count now, by the fact that they come from."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from domain.kernel import Event, Recorded

Key = tuple[int, int]
Line = tuple[str, date, datetime, str, str, int | str, int, dict[str, Any]]


class Book:
    """Rows of kind, day, moment of recording, station, person, quantity, amount, dimensions."""

    def __init__(self, stream: str) -> None:
        """Begin empty."""
        self.stream, self.station = stream, ""
        self.merged = ""
        self._rows: dict[Key, Line] = {}
        self._ordinals: dict[int, int] = {}
        self._touched: set[Key] = set()

    @property
    def rows(self) -> Mapping[Key, Line]:
        """The rows that count; none while the case is merged into another."""
        return {} if self.merged else self._rows

    def changes(self) -> dict[Key, Line | None]:
        """Give what reads otherwise since the last call; None for a row that counts no more."""
        if not self._touched:
            return {}
        rows = self.rows
        changed = {key: rows.get(key) for key in self._touched}
        self._touched.clear()
        return changed

    def take(self, event: Event, on: date, source: Recorded) -> None:
        """Book one fact as it reads today."""
        raise NotImplementedError

    def stand(self, state: Any, source: Recorded) -> None:
        """Book what follows from the state of the case after a fact; most books need none."""

    def add(
        self,
        kind: str,
        on: date,
        source: Recorded,
        *,
        person: str = "",
        quantity: int | str = 1,
        amount: int = 0,
        **dims: Any,
    ) -> Key:
        """Add a row and give its key."""
        ordinal = self._ordinals.get(source.position, 0)
        self._ordinals[source.position] = ordinal + 1
        key = (source.position, ordinal)
        station = self.station or source.station
        self._rows[key] = (
            kind,
            on,
            source.recorded_at,
            station,
            person,
            quantity,
            int(amount),
            dims,
        )
        self._touched.add(key)
        return key

    def change(
        self, key: Key, *, on: date | None = None, amount: int | None = None, **dims: Any
    ) -> None:
        """Let a row read otherwise."""
        kind, day, at, station, person, quantity, old, own = self._rows[key]
        new = old if amount is None else int(amount)
        self._rows[key] = (
            kind,
            on or day,
            at,
            station,
            person,
            quantity,
            new,
            {**own, **dims},
        )
        self._touched.add(key)

    def day(self, key: Key) -> date:
        """Give the day that a row counts on."""
        return self._rows[key][1]

    def replace(self, old: Mapping[Key, Line], new: Mapping[Key, Line]) -> None:
        """Let some rows read otherwise, or count no more."""
        for key in old:
            self._rows.pop(key, None)
        self._rows.update(new)
        self._touched.update(old, new)

    def drop(self, key: Key) -> None:
        """Let a row count no more."""
        if self._rows.pop(key, None) is not None:
            self._touched.add(key)

    def merge(self, into: str) -> None:
        """Count nothing, or with '' everything again."""
        self.merged = into
        self._touched.update(self._rows)
