"""The rows of classes for pages, out of a store in memory."""

from collections.abc import Sequence
from typing import Any

from domain.training import TrainingClass
from tests.memory import MemoryStore


class Trades:
    """The rows of classes out of the streams."""

    def __init__(self, store: MemoryStore) -> None:
        self.store = store

    def classes(self, text: str = "") -> list[dict[str, Any]]:
        streams = sorted({r.stream for r in self.store.log if r.stream.startswith("training-")})
        found = [self._row(stream, self.store.load(TrainingClass, stream)) for stream in streams]
        return [row for row in found if text in row["title"]]

    def _row(self, stream: str, one: TrainingClass) -> dict[str, Any]:
        return {
            "training": stream, "state": one.standing, "title": one.title, "kind": one.kind,
            "mode": one.mode, "venue": one.venue, "next_on": None, "held": len(one.held),
            "planned": one.planned, "seats": len(one.seats), "capacity": one.capacity,
            "waiting": len(one.waiting),
        }  # fmt: skip

    def learners(self, cases: Sequence[str]) -> list[dict[str, Any]]:
        return []

    def demand(self) -> list[dict[str, Any]]:
        return []
