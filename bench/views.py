"""The pair of views that one SQL statement also computes: caseload and daily facts, no ranges."""

from collections.abc import Iterable

from bench.kinds import WORD, BenchFact
from domain.kernel import Recorded
from projections.folding import Case, Follower, Put
from projections.tables import Table

CASES = Table(
    "bench_cases",
    {
        "stream": 'text COLLATE "C"',
        "station": "text NOT NULL",
        "officer": "text NOT NULL",
        "status": "text NOT NULL",
        "opened": "date NOT NULL",
        "last": "date NOT NULL",
        "events": "integer NOT NULL",
        "amount": "bigint NOT NULL",
    },
    keys=1,
)
DAYS = Table(
    "bench_days",
    {
        "day": "date",
        "station": "text",
        "type": "text",
        "n": "integer NOT NULL",
        "amount": "bigint NOT NULL",
    },
    keys=3,
    added=frozenset({"n", "amount"}),
)


class PairView:
    """A row a case, and a row a day, station and kind."""

    name = "bench"
    version = "1"
    tables = (CASES, DAYS)

    def follow(self, stream: str, kind: str) -> Follower | None:  # noqa: ARG002 - for other views
        """Follow every case of the bench."""
        return _Pair() if kind == WORD else None


class _Pair:
    def __init__(self) -> None:
        self._first = self._last = ""
        self._events = self._amount = 0

    def take(self, recorded: Recorded, case: Case) -> Iterable[Put]:
        """Count a fact in both tables."""
        fact = recorded.event
        if not isinstance(fact, BenchFact):
            return ()
        at = fact.at
        if not self._events or at < self._first:
            self._first = at
        self._last = max(self._last, at)
        self._events += 1
        self._amount += fact.amount
        return (
            (
                CASES,
                (
                    case.stream,
                    fact.station,
                    fact.by,
                    fact.NAME,
                    self._first,
                    self._last,
                    self._events,
                    self._amount,
                ),
            ),
            (DAYS, (at, fact.station, fact.NAME, 1, fact.amount)),
        )
