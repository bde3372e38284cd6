"""The ways out: what an adapter answers, and the dry one that is there before any other.

An adapter hands a message to a channel and says what is certain. It never raises for what a
channel does, and no address or text stands in what it answers.
"""

from dataclasses import dataclass
from typing import NamedTuple, Protocol


class Parcel(NamedTuple):
    """A message on its way out; `id` is the same at every try, for a channel that knows ids."""

    id: str
    channel: str
    address: str
    subject: str
    body: str


@dataclass(frozen=True)
class Accepted:
    """The channel has it, under its own reference."""

    reference: str = ""


@dataclass(frozen=True)
class Rejected:
    """The channel certainly does not have it; `passing` says that another try may go better."""

    reason: str
    passing: bool
    detail: str = ""


@dataclass(frozen=True)
class Uncertain:
    """It may have it or not: the connection broke after the message had left."""

    reason: str


@dataclass(frozen=True)
class Written:
    """There is no channel: the message was written down and nobody was told."""


@dataclass(frozen=True)
class Told:
    """What a channel says of a message: known or not, and delivered, failed or neither yet."""

    known: bool
    reference: str = ""
    delivered: bool | None = None
    detail: str = ""


Answer = Accepted | Rejected | Uncertain | Written


class Adapter(Protocol):
    """A way out for one channel."""

    @property
    def name(self) -> str:
        """Name it, for the facts and for `doctor`."""
        ...

    def hand_over(self, parcel: Parcel) -> Answer:
        """Hand a message over, once, and say what is certain."""
        ...

    def ask(self, message: str) -> Told | None:
        """Ask what became of a message by its id; None when that cannot be known now or ever."""
        ...

    @property
    def answers(self) -> bool:
        """Say whether `ask` can ever know anything."""
        ...


class Dry:
    """The adapter before any is configured 演练: it writes down that nobody was told."""

    name = "dry"
    answers = True

    def hand_over(self, parcel: Parcel) -> Answer:  # noqa: ARG002 - nothing leaves
        """Let the message stay where it is."""
        return Written()

    def ask(self, message: str) -> Told | None:  # noqa: ARG002 - nothing ever left
        """Say that no channel has it."""
        return Told(known=False)
