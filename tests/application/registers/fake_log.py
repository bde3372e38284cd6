"""A log in memory that an import can ask and append to."""

from collections.abc import Sequence

from application.store import Done, History, Who
from domain.kernel import Event


class FakeLog:
    """Keeps histories, identities and streams; can be told to die before an append."""

    def __init__(self) -> None:
        self.histories: dict[str, list[Event]] = {}
        self.identities: set[str] = set()
        self.dies_at = -1
        self.appends = 0

    def append_history(self, who: Who, batch: str, chunk: int, rows: Sequence[History]) -> Done:
        if self.appends == self.dies_at:
            raise ConnectionError
        self.appends += 1
        for row in rows:
            assert row.stream not in self.histories
            self.histories[row.stream] = [fact for fact, _ in row.facts]
            for fact, _ in row.facts:
                assert fact.source is not None
                self.identities.add(fact.source.identity)
        return Done(self.appends, ())

    def known_sources(self, identities: Sequence[str]) -> set[str]:
        return self.identities & set(identities)

    def known_streams(self, streams: Sequence[str]) -> set[str]:
        return self.histories.keys() & set(streams)

    def facts(self, topic: str) -> list[Event]:
        return [f for facts in self.histories.values() for f in facts if topic == f.TOPIC]
