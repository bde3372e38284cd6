"""An invented kind of case with facts of every sort that the log treats in its own way."""

import uuid
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from application.deciding import Rules
from application.log.mapper import LogMapper
from application.log.recorder import Pool
from application.log.store import PostgresStore
from application.store import Part, Stamp, Who
from domain.kernel import (
    Aggregate,
    Correction,
    Event,
    Sealed,
    Source,
    Voiding,
    applies,
    decides,
)
from domain.money import Fen
from domain.settings import Settings

TODAY = date(2026, 3, 2)
ME = Who(account="staff-wang", station="station-qiaonan", roles=frozenset({"station_manager"}))
THEY = Who(account="staff-li", station="station-qiaonan")
ANY = {"-", "active"}


class Noted(Event, frozen=True, kw_only=True):
    TOPIC = "trial.noted"

    text: str
    amount: Fen = Fen(0)
    note: Sealed | None = None


class Registered(Event, frozen=True, kw_only=True):
    TOPIC = "seeker.registered"

    person: str
    case_no: str
    serial: int


class Closed(Event, frozen=True, kw_only=True):
    TOPIC = "seeker.closed"

    reason: str = "no_will"


class Reopened(Event, frozen=True, kw_only=True):
    TOPIC = "seeker.reopened"

    reason: str = "returned"


class PaymentRecorded(Event, frozen=True, kw_only=True):
    TOPIC = "dispute.payment_recorded"

    payment: int
    payer: str
    voucher_no: str


class PaymentReversed(Event, frozen=True, kw_only=True):
    TOPIC = "dispute.payment_reversed"

    payment: int


class SessionScheduled(Event, frozen=True, kw_only=True):
    TOPIC = "dispute.session_scheduled"

    session: int
    mediator: str
    room: str | None
    on: date
    from_at: str
    to_at: str


class SessionPostponed(Event, frozen=True, kw_only=True):
    TOPIC = "dispute.session_postponed"

    session: int
    room: str | None
    on: date
    from_at: str
    to_at: str


class SessionCancelled(Event, frozen=True, kw_only=True):
    TOPIC = "dispute.session_cancelled"

    session: int


class FactVoided(Voiding, frozen=True, kw_only=True):
    TOPIC = "trial.fact_voided"


class RecordCorrected(Correction, frozen=True, kw_only=True):
    TOPIC = "trial.record_corrected"


KINDS: tuple[type[Event], ...] = (
    Noted,
    Registered,
    Closed,
    Reopened,
    PaymentRecorded,
    PaymentReversed,
    SessionScheduled,
    SessionPostponed,
    SessionCancelled,
    FactVoided,
    RecordCorrected,
)
CATALOGUE = {kind.TOPIC: kind for kind in KINDS}


class Trial(Aggregate):
    """A case that counts, and takes every fact there is."""

    texts: tuple[str, ...] = ()
    amount = Fen(0)

    @applies(Noted)
    def _noted(self, fact: Noted, on: date) -> None:
        self.texts = (*self.texts, fact.text)
        self.amount = self.amount + fact.amount

    @decides("X-00", ANY)
    def note(self, text: str, amount: int = 0) -> list[Event]:
        return [Noted(text=text, amount=Fen(amount))]


def _count_only(self: Any, fact: Event, on: date) -> None:
    """Take a fact that this kind only counts."""


Trial.APPLIERS = dict.fromkeys(KINDS, _count_only) | {Noted: Trial._noted}


def new_stream() -> str:
    return f"trial-{uuid.uuid4()}"


def stamp(who: Who = ME, on: date = TODAY, *, command: str = "", override: str = "") -> Stamp:
    return Stamp(who, command or str(uuid.uuid4()), on, override)


def part(stream: str, decision: Callable[[Trial], Sequence[Event]], right: str = "") -> Part[Trial]:
    return Part(Trial, stream, decision, right)


def noting(stream: str, text: str) -> Part[Trial]:
    return part(stream, lambda case: case.note(text))


def giving(stream: str, *facts: Event) -> Part[Trial]:
    return part(stream, lambda _: list(facts))


def source(identity: str) -> Source:
    return Source(batch="register", row=1, identity=identity)


def mark(subject: str, field: str, stream: str, version: int, value: object) -> dict[str, Any]:
    """Stand in for the key vault: the value is marked with the place it was sealed for."""
    return {"for": [subject, field, stream, version], "hex": str(value).encode().hex()}


def free(**changed: Any) -> Rules:
    """Give rules that allow everything on one day; every person has an ID number."""
    rules = Rules(
        allow=lambda *_: None, today=lambda: TODAY, settings=Settings, index_of=str.encode
    )
    return rules._replace(**changed)


def mapper() -> LogMapper:
    return LogMapper(CATALOGUE, mark)


def store(pool: Pool, **changed: Any) -> PostgresStore:
    return PostgresStore(pool, mapper(), free(**changed))
