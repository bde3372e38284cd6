"""Countable facts: what every figure is counted from, one row a thing, with its validity.

A row says where it comes from (`case_id`, `source_position`), on which day it counts and since
which position it was known. A correction, a void, a merge or a verification closes rows and opens
others, so that an earlier figure can be counted again as it was known then.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Protocol

from domain.calendar import WorkCalendar
from domain.kernel import Recorded, amended
from domain.seeker.standards import SHIPPED, Standard
from projections.book import Book
from projections.dispute_facts import DisputeBook
from projections.folding import Case, Follower, Put
from projections.household_facts import HouseholdBook
from projections.ranges import CURRENT, NAME, Ranges, ranged
from projections.seeker_facts import SeekerBook
from projections.thin_facts import ThinBook

FACTS = ranged(
    "facts",
    {"case_id": NAME, "source_position": "bigint", "ordinal": "integer"},
    {
        "kind": f"{NAME} NOT NULL",
        "occurred_on": "date NOT NULL",
        "recorded_at": "timestamptz NOT NULL",
        "station": f"{NAME} NOT NULL",
        "person": f"{NAME} NOT NULL",
        "quantity": "numeric NOT NULL",
        "amount": "bigint NOT NULL",
        "dims": "jsonb NOT NULL",
    },
    indexes=(
        "(kind, occurred_on)",
        f"(station, kind, occurred_on) WHERE {CURRENT}",
        f"(case_id, kind) WHERE {CURRENT}",  # what came later in the same case
    ),
)


class Making(Protocol):
    """How a book of one kind of case is begun."""

    def __call__(self, stream: str) -> Book:
        """Begin a book."""
        ...


class FactsView:
    """The countable facts of all kinds of case."""

    name = "facts"
    tables = (FACTS,)

    def __init__(self, calendar: WorkCalendar, standards: Sequence[Standard] = SHIPPED) -> None:
        """Take the calendar, which rolls the due days of retention, and the service standards."""
        self.version = f"9e{calendar.version}s{len(standards)}"
        self._books: Mapping[str, Making] = {
            "dispute": partial(DisputeBook, calendar=calendar),
            "seeker": partial(SeekerBook, calendar=calendar, standards=standards),
            "vacancy": ThinBook,
            "station": ThinBook,
            "employer": ThinBook,
            "household": HouseholdBook,
        }

    def follow(self, stream: str, kind: str) -> Follower | None:
        """Keep a book of every kind of case that measures count."""
        making = self._books.get(kind)
        return _Booked(stream, making) if making else None


class _Booked:
    def __init__(self, stream: str, making: Making) -> None:
        self._stream, self._making = stream, making
        self._book = making(stream)
        self._ranges = Ranges(FACTS)

    def take(self, recorded: Recorded, case: Case) -> Iterable[Put]:
        """Book a fact; an amendment books the whole case again and shows the difference."""
        position = recorded.position
        if recorded.event.AMENDS:
            return self._again(recorded, case)
        self._book.take(recorded.event, recorded.occurred_on, recorded)
        self._book.stand(case.state, recorded)
        puts: list[Put] = []
        for key, row in self._book.changes().items():
            named = (self._stream, *key)
            puts += (
                self._ranges.drop(position, named)
                if row is None
                else self._ranges.put(position, named, row)
            )
        return puts

    def _again(self, recorded: Recorded, case: Case) -> Iterable[Put]:
        """Book the whole case as it reads after an amendment."""
        self._book = self._making(self._stream)
        history = case.history
        reads = amended([(r.event, r.occurred_on) for r in history])
        for (event, on), source in zip(reads, history, strict=True):
            if event is not None:
                self._book.take(event, on, source)
        self._book.stand(case.state, recorded)
        self._book.changes()
        rows = {(self._stream, *key): row for key, row in self._book.rows.items()}
        return self._ranges.show(recorded.position, rows)
