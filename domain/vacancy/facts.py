"""Facts of a vacancy 岗位 (domain.md 4.8)."""

from datetime import date
from typing import Any

from domain.kernel import Correction, Event, Sealed, Voiding
from domain.money import Fen


class Drafted(Event, frozen=True, kw_only=True):
    """岗位草拟: what 人力资源市场条例 33 asks for; `place` is a district code."""

    TOPIC = "vacancy.drafted"

    employer: str
    occupation: str
    title: str
    headcount: int
    conditions: str
    work: str
    place: str
    pay_from: Fen
    pay_to: Fen
    pay_unit: str
    hours: tuple[str, ...] = ()
    valid_until: date
    external_id: str | None = None
    age_from: int = 16
    hazards: tuple[str, ...] = ()


class Submitted(Event, frozen=True, kw_only=True):
    """提交."""

    TOPIC = "vacancy.submitted"


class Verified(Event, frozen=True, kw_only=True):
    """探岗核实: on a published post it is the re-check of Q-16."""

    TOPIC = "vacancy.verified"

    method: str
    findings: tuple[str, ...] = ()
    photo_sha256: str | None = None


class Rejected(Event, frozen=True, kw_only=True):
    """不予发布."""

    TOPIC = "vacancy.rejected"

    reason: str


class Published(Event, frozen=True, kw_only=True):
    """发布."""

    TOPIC = "vacancy.published"


class Paused(Event, frozen=True, kw_only=True):
    """暂停."""

    TOPIC = "vacancy.paused"

    reason: str


class Resumed(Event, frozen=True, kw_only=True):
    """恢复."""

    TOPIC = "vacancy.resumed"


class Renewed(Event, frozen=True, kw_only=True):
    """续期."""

    TOPIC = "vacancy.renewed"

    valid_until: date


class Revised(Event, frozen=True, kw_only=True):
    """变更: of pay, place or work leads back to submitted."""

    TOPIC = "vacancy.revised"

    field: str
    value: Any


class SeatFilled(Event, frozen=True, kw_only=True):
    """到岗: by which placement of which seeker."""

    TOPIC = "vacancy.seat_filled"

    seeker: str
    placement: int


class ComplaintFiled(Event, frozen=True, kw_only=True):
    """岗位投诉."""

    TOPIC = "vacancy.complaint_filed"

    person: str | None = None
    reason: str
    summary: Sealed


class QuickMatched(Event, frozen=True, kw_only=True):
    """日结对接: counted, without case or seat (F-49)."""

    TOPIC = "vacancy.quick_matched"

    day: date
    count: int
    person: str | None = None


class Withdrawn(Event, frozen=True, kw_only=True):
    """撤下: employer, false_post or filled_elsewhere."""

    TOPIC = "vacancy.withdrawn"

    reason: str


class RecordCorrected(Correction, frozen=True, kw_only=True):
    """更正."""

    TOPIC = "vacancy.record_corrected"

    reason: str


class FactVoided(Voiding, frozen=True, kw_only=True):
    """作废."""

    TOPIC = "vacancy.fact_voided"

    reason: str
