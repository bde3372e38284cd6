"""What is counted about households: zero employment found, cleared, and after how many days."""

from datetime import date

from domain.household import (
    ZeroEmploymentCleared,
    ZeroEmploymentDeclared,
    ZeroEmploymentWithdrawn,
)
from domain.kernel import Event, Recorded
from projections.book import Book, Key


class HouseholdBook(Book):
    """The book of a household."""

    def __init__(self, stream: str) -> None:
        """Begin empty."""
        super().__init__(stream)
        self._declared: tuple[Key, date] | None = None

    def take(self, event: Event, on: date, source: Recorded) -> None:
        """Book one fact as it reads today; a declaration withdrawn was none."""
        match event:
            case ZeroEmploymentDeclared():
                self._declared = (self.add("zero_household", on, source, ended_on=None), on)
            case ZeroEmploymentCleared() if self._declared:
                key, since = self._declared
                self.change(key, ended_on=on)
                self.add("zero_cleared", on, source, quantity=(on - since).days)
                self._declared = None
            case ZeroEmploymentWithdrawn() if self._declared:
                self.drop(self._declared[0])
                self._declared = None
