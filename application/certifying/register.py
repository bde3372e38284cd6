"""What a register is asked and what it answers; one of them stands for each criterion (F-47)."""

from datetime import date
from typing import NamedTuple, Protocol


class Answer(NamedTuple):
    """What a register says: a code of `ANSWERS`, its number of the entry, what came back, its day.

    `returned` is JSON text without the ID number that was asked about.
    """

    answer: str
    reference: str = ""
    returned: str = "{}"
    as_of: date | None = None


class Register(Protocol):
    """A register of another office, behind an adapter."""

    @property
    def name(self) -> str:
        """The words by which people know it."""
        ...

    @property
    def criteria(self) -> frozenset[str]:
        """The categories of hardship that it can tell about."""
        ...

    def ask(self, id_number: str, category: str, on: date) -> Answer:
        """Say whether a person meets a criterion on a day; never raises, never takes long."""
        ...


class Asking(NamedTuple):
    """A register and the category that it is to be asked about."""

    register: Register
    category: str

    @property
    def name(self) -> str:
        """The words for the register."""
        return self.register.name

    def ask(self, id_number: str, on: date) -> Answer:
        """Ask about a person."""
        return self.register.ask(id_number, self.category, on)


def unavailable(why: str) -> Answer:
    """Answer for a register that did not, with a plain word for why."""
    return Answer("unavailable", returned=f'{{"problem": "{why}"}}')
