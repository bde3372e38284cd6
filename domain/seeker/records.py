"""What the fold of a seeker's case keeps: state words, and one immutable record a thing."""

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar

from domain.calendar import Due
from domain.money import Fen
from domain.seeker.values import PlanItem, RestsOn

K = TypeVar("K")
R = TypeVar("R")

NOTHING: Mapping[Any, Any] = MappingProxyType({})

# State words 状态 (domain.md 2.4), as the tables list commands by them.
LEAD = frozenset({"LEAD"})
OPEN = frozenset({"REGISTERED", "ASSESSED", "IN_SERVICE", "PLACED", "STABLE"})
SUSPENDED = frozenset({"SUSPENDED"})
CLOSED = frozenset({"CLOSED"})
NEW = frozenset({"-"})
PAUSED = OPEN | SUSPENDED  # open, or resting
KEPT = LEAD | PAUSED  # everything that an officer is responsible for
ANY = KEPT | CLOSED

# Placement kinds (2.5): all of the fact; those that count as employed and lead to PLACED.
PLACEMENT_KINDS = (
    "formal",
    "part_time",
    "flexible",
    "piecework",
    "home_work",
    "public_welfare",
    "self_employed",
    "internship",
)
EMPLOYED = frozenset({"formal", "part_time", "flexible", "public_welfare", "self_employed"})

REFERRAL_OPEN = frozenset({"proposed", "accepted", "interviewed", "offered"})
RETENTION_MONTHS = (1, 3, 6)


class Referral(NamedTuple):
    """One referral 岗位推荐: proposed, accepted, refused, interviewed, offered, suspended, or end.

    The words of the end are started, not_hired, no_show, withdrawn and revoked.
    """

    no: int
    vacancy: str
    employer: str
    on: date
    standing: str = "proposed"
    answered_on: date | None = None
    reason: str = ""
    justified: bool | None = None
    interviewed_on: date | None = None
    offered_on: date | None = None
    start_on: date | None = None
    consent: bool = False
    legal_basis: str = ""

    @property
    def open(self) -> bool:
        """Say whether something is still expected of it."""
        return self.standing in REFERRAL_OPEN


class Placement(NamedTuple):
    """One placement 就业: kind, days, what it rests on, verification and end."""

    no: int
    kind: str
    start_on: date
    recorded_on: date
    employer: str | None = None
    referral: int | None = None
    training: str | None = None
    pay: Fen | None = None
    licence_no: str | None = None
    term_until: date | None = None
    verified_on: date | None = None
    ended_on: date | None = None
    end_reason: str = ""
    overridden: bool = False  # S-11 was passed by a station manager's reason

    @property
    def running(self) -> bool:
        """Say whether no end is recorded."""
        return self.ended_on is None

    @property
    def employed(self) -> bool:
        """Say whether its kind counts as employed (2.5)."""
        return self.kind in EMPLOYED


class Enrolment(NamedTuple):
    """One enrolment 报名: enrolled, completed, failed, dropped or certified."""

    training: str
    on: date
    standing: str = "enrolled"
    planned: int = 0
    attended: int = 0
    completed_on: date | None = None
    certified_on: date | None = None


class Certification(NamedTuple):
    """One answer of a register: met, not_met, unknown or unavailable."""

    no: int
    register: str
    answer: str
    on: date
    as_of: date | None = None


class Hardship(NamedTuple):
    """One application for recognition: applied, on_notice, recognised, refused or cancelled.

    `certify_by` ends the grace of a recognition, `weighed` numbers the answer of a register that
    the last human decision took into account.
    """

    no: int
    group: str
    entered_by: str
    applied_on: date
    standing: str = "applied"
    notice_from: date | None = None
    notice_to: date | None = None
    decided_on: date | None = None
    valid_until: date | None = None
    cancelled_on: date | None = None
    reason: str = ""
    also: tuple[str, ...] = ()
    job_category: str = "worker"
    proof_until: date | None = None
    criteria: str = ""
    certifications: tuple[Certification, ...] = ()
    certify_by: date | None = None
    weighed: int = 0

    @property
    def certified(self) -> Certification | None:
        """The latest answer that says yes or no; an unknown person or a dead line says nothing."""
        said = (one for one in reversed(self.certifications) if one.answer in {"met", "not_met"})
        return next(said, None)

    @property
    def awaited_until(self) -> date | None:
        """The end of the grace of a recognition in force that no register has confirmed."""
        said = self.certified
        confirmed = said is not None and said.answer == "met"
        return self.certify_by if self.standing == "recognised" and not confirmed else None

    @property
    def denied(self) -> Certification | None:
        """The answer no about a recognition in force that no human has weighed yet."""
        said = self.certified
        new = said is not None and said.answer == "not_met" and said.no > self.weighed
        return said if self.standing == "recognised" and new else None


class Subsidy(NamedTuple):
    """One subsidy 补贴: applied, checked, approved, refused, paid, stopped or recovered.

    Amounts are whole fen: asked for, approved, paid so far, and recovered.
    """

    no: int
    kind: str
    rests_on: RestsOn
    months: tuple[str, ...]
    amount: Fen
    entered_by: str
    applied_on: date
    standing: str = "applied"
    approved: Fen = Fen(0)
    paid: Fen = Fen(0)
    paid_months: tuple[str, ...] = ()
    vouchers: tuple[str, ...] = ()
    stopped_from: str = ""
    recovered: Fen = Fen(0)
    findings: tuple[str, ...] = ()

    @property
    def owed(self) -> bool:
        """Say whether it was approved and is not yet paid in full nor stopped (S-14)."""
        return bool(self.approved) and self.paid < self.approved and not self.stopped_from

    @property
    def live(self) -> bool:
        """Say whether it stands in the way of the same subsidy again."""
        return self.standing != "refused"


class Contact(NamedTuple):
    """One follow-up 回访 as it was recorded."""

    on: date
    purpose: str
    result: str
    channel: str
    placement: int | None = None
    month: int | None = None
    wage: Fen | None = None


class Agreed(NamedTuple):
    """One extra call that was agreed."""

    due_on: date
    purpose: str
    agreed_on: date


class FollowUp(NamedTuple):
    """One contact that is due 待回访; `month` 1, 3 or 6 for retention."""

    purpose: str
    due: Due
    placement: int | None = None
    month: int | None = None
    training: str = ""


class Service(NamedTuple):
    """One service given on a day, by the kinds that plans and standards count (2.3)."""

    kind: str
    on: date


class Progress(NamedTuple):
    """How far one item of the plan has come."""

    item: PlanItem
    done: int

    @property
    def open(self) -> int:
        """Say how many are missing."""
        return max(self.item.count - self.done, 0)


class Plan(NamedTuple):
    """The assistance plan in force."""

    standard: str
    officer: str
    items: tuple[PlanItem, ...]
    made_on: date


class Pause(NamedTuple):
    """One suspension 暂停: reason, first day, planned end, actual end (the day of resumption)."""

    reason: str
    from_on: date
    until: date | None = None
    ended_on: date | None = None


class Unemployment(NamedTuple):
    """One unemployment registration 失业登记 and its end."""

    on: date
    lost_on: date
    reason: str
    cancelled_on: date | None = None


def changed(table: Mapping[K, R], key: K, change: Callable[[R], R]) -> Mapping[K, R]:
    """Give a table with one record changed; a number that is not there changes nothing.

    A fact about a voided or never imported thing is no reason to fail: history always loads.
    """
    found = table.get(key)
    return table if found is None else {**table, key: change(found)}
