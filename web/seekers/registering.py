"""What the page of registration asks of others: persons, who may be the same, the queue."""

from typing import Any, NamedTuple, Protocol

from application.people.views import PersonView
from application.persons import Duplicates, Papers
from application.store import Done, Stamp, Who


class Persons(Protocol):
    """The service of persons; `application.persons.Persons` is one, in `extra["persons"]`."""

    def register(
        self, papers: Papers, *, domicile: str, phone: str = "", address: str = "", stamp: Stamp
    ) -> Done:
        """Open a file."""
        ...

    def correct_identity(
        self, person: str, papers: Papers, *, domicile: str, reason: str, stamp: Stamp
    ) -> Done:
        """Put the identity right."""
        ...

    def change_contact(self, person: str, *, phone: str, address: str, stamp: Stamp) -> Done:
        """Take phone and address."""
        ...

    def duplicates(self, **about: Any) -> Duplicates:
        """Look for the same human being."""
        ...

    def tell_apart(self, person: str, *, other: str, reason: str, stamp: Stamp) -> Done:
        """Record that two are not one."""
        ...


class Taken(Protocol):
    """Closes the entry of a terminal that a case came from; `extra["taken"]` is one."""

    def __call__(self, who: Who, application: str, case: str) -> None:
        """Note the case."""
        ...


class Twin(NamedTuple):
    """Somebody who may be the same: as the reader may see them, and why."""

    person: str
    view: PersonView
    why: str


class Found(NamedTuple):
    """What stands in the way: the same number with its case, or people alike."""

    person: str = ""
    case: str = ""
    readable: bool = False
    number: str = ""
    station: str = ""
    twins: tuple[Twin, ...] = ()
