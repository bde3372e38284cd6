"""What the fold of a dispute keeps: words for stage and track, and one compact record a thing.

Only appliers change a record. Amounts inside records are plain whole fen (a fold of 300 workers
adds them tens of thousands of times); whoever reads the state gets `Fen`.
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any, NamedTuple

import msgspec

from domain.dispute.values import Basis, Instalment, Line
from domain.money import Fen

NOTHING: Mapping[Any, Any] = MappingProxyType({})


class Stage(StrEnum):
    """Where the case stands 阶段 (domain.md 3.5); the value is the word of all tables."""

    INTAKE = "INTAKE"
    RECEIVED = "RECEIVED"
    ACCEPTED = "ACCEPTED"
    ASSIGNED = "ASSIGNED"
    MEDIATING = "MEDIATING"
    FAILED = "FAILED"
    DEFAULTED = "DEFAULTED"
    AGREED = "AGREED"
    PERFORMING = "PERFORMING"
    ESCALATED = "ESCALATED"
    PERFORMED = "PERFORMED"
    SUSPENDED = "SUSPENDED"
    CLOSED = "CLOSED"


class Track(StrEnum):
    """Where one claimant stands; in the order of rank, least advanced first."""

    CLAIMED = "claimed"
    FAILED = "failed"
    DEFAULTED = "defaulted"
    AGREED = "agreed"
    ESCALATED = "escalated"
    PERFORMED = "performed"
    WITHDRAWN = "withdrawn"


PRE = frozenset({"INTAKE", "RECEIVED"})
MED = frozenset({"ACCEPTED", "ASSIGNED", "MEDIATING"})
POST = frozenset({"FAILED", "DEFAULTED", "AGREED", "PERFORMING", "ESCALATED", "PERFORMED"})
OPEN = PRE | MED | POST
PAUSED = OPEN | {"SUSPENDED"}
ANY = PAUSED | {"CLOSED"}
# Tracks that stand between a claimant and a result, and those with a result.
OPEN_TRACKS = (Track.CLAIMED, Track.FAILED, Track.DEFAULTED, Track.AGREED, Track.ESCALATED)


class Claim(msgspec.Struct, gc=False):
    """One claim line: what was claimed, found, agreed, awarded and paid, in fen.

    `agreed` and `settled` (paid) count agreements in force only; `paid` counts the money of
    payments and immediate payments whatever became of the agreement.
    """

    no: int
    worker: str
    code: str
    from_on: date
    to_on: date
    known_on: date | None = None
    undisputed: int = 0
    claimed: int = 0
    verified: int = 0
    agreed: int = 0
    settled: int = 0
    paid: int = 0
    awarded: int = 0
    award_paid: int = 0
    basis: Basis | None = None


class Worker(msgspec.Struct):
    """One claimant: track, the track before it was performed, claim numbers, live agreement."""

    track: Track = Track.CLAIMED
    before: Track = Track.CLAIMED
    claims: list[int] = []
    agreement: int | None = None
    told: bool = False
    route: str = ""
    ended_on: date | None = None


class Agreement(msgspec.Struct):
    """One agreement: agreed and paid by claim in fen, instalments, and what became of it."""

    no: int
    signed_on: date
    perform_by: date
    mediator: str
    instalments: tuple[Instalment, ...]
    agreed: dict[int, int]
    paid: dict[int, int]
    voided: bool = False
    review_on: date | None = None
    confirmation_on: date | None = None
    titled: bool = False
    ordered_on: date | None = None


class Payment(msgspec.Struct):
    """One payment by one of the three doors `agreement`, `immediate`, `award`."""

    no: int
    on: date
    door: str
    payer: str
    fund: str
    voucher_no: str
    lines: tuple[Line, ...]
    agreement: int | None = None
    instalment: int | None = None
    settles: bool = False
    imported: bool = False
    reversed_on: date | None = None
    recovered: int = 0


class Intake(msgspec.Struct):
    """One way in which the dispute reached us, and whether it was answered."""

    no: str
    on: date
    channel: str
    outer_no: str | None
    reply_due: date | None
    replies: tuple[str, ...] = ()


class Session(msgspec.Struct):
    """One mediation session: its booking, and `scheduled`, `held`, `missed` or `cancelled`."""

    no: int
    mediator: str
    room: str | None
    on: date
    from_at: str
    to_at: str
    standing: str = "scheduled"


class Sums(NamedTuple):
    """Sums of a worker or of the case: paid under agreements + outstanding = agreed.

    `paid` is all money of payments and immediate payments (any source); awards stand apart.
    """

    claimed: Fen
    verified: Fen
    agreed: Fen
    settled: Fen
    outstanding: Fen
    paid: Fen
    awarded: Fen
    award_paid: Fen
