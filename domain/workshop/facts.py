"""Facts of a workshop order 手工订单 (domain.md 4.8)."""

from datetime import date

import msgspec

from domain.kernel import Correction, Event, Voiding
from domain.money import Fen


class PayLine(msgspec.Struct, frozen=True, kw_only=True):
    """What one worker earned: accepted pieces, at the price of the day they were made."""

    worker: str
    accepted: int
    amount: Fen


class OrderReceived(Event, frozen=True, kw_only=True):
    """接单."""

    TOPIC = "workshop.order_received"

    customer: str
    product: str
    quantity: int
    unit_price: Fen
    piece_price: Fen
    due_on: date
    quality_rule: str
    payout_day: int | None = None


class PiecePriceChanged(Event, frozen=True, kw_only=True):
    """计件单价变更: for work from this day on."""

    TOPIC = "workshop.piece_price_changed"

    piece_price: Fen


class MaterialIssued(Event, frozen=True, kw_only=True):
    """发料."""

    TOPIC = "workshop.material_issued"

    worker: str
    quantity: int


class MaterialReturned(Event, frozen=True, kw_only=True):
    """退料."""

    TOPIC = "workshop.material_returned"

    worker: str
    quantity: int


class PieceworkRecorded(Event, frozen=True, kw_only=True):
    """计件登记: pieces made on this day."""

    TOPIC = "workshop.piecework_recorded"

    worker: str
    quantity: int
    minutes: int | None = None


class QualityChecked(Event, frozen=True, kw_only=True):
    """验收: accepted pieces are paid at the price of the day they were made."""

    TOPIC = "workshop.quality_checked"

    worker: str
    worked_on: date
    accepted: int
    rejected: int


class PayrollClosed(Event, frozen=True, kw_only=True):
    """计件结算: every accepted piece worked up to this month and in no payroll before."""

    TOPIC = "workshop.payroll_closed"

    month: str
    pay_by: date
    lines: tuple[PayLine, ...]


class PieceworkPaid(Event, frozen=True, kw_only=True):
    """计件发放."""

    TOPIC = "workshop.piecework_paid"

    month: str
    worker: str
    amount: Fen
    voucher_no: str


class OrderDelivered(Event, frozen=True, kw_only=True):
    """交付."""

    TOPIC = "workshop.order_delivered"

    quantity: int


class OrderCancelled(Event, frozen=True, kw_only=True):
    """取消."""

    TOPIC = "workshop.order_cancelled"

    reason: str


class DisputeOpened(Event, frozen=True, kw_only=True):
    """欠付转争议: pieces that a worker was not paid for became a dispute (claim C14)."""

    TOPIC = "workshop.dispute_opened"

    worker: str
    dispute: str
    months: tuple[str, ...]
    amount: Fen


class RecordCorrected(Correction, frozen=True, kw_only=True):
    """更正."""

    TOPIC = "workshop.record_corrected"

    reason: str


class FactVoided(Voiding, frozen=True, kw_only=True):
    """作废."""

    TOPIC = "workshop.fact_voided"

    reason: str
