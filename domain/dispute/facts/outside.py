"""Facts of other bodies: arbitration, court, inspection, legal aid, police, limitation."""

from datetime import date

from domain.dispute.values import Line
from domain.kernel import Event, Sealed


class RoutesExplained(Event, frozen=True, kw_only=True):
    """告知救济途径: must be told on failure (人民调解法 26, D-17)."""

    TOPIC = "dispute.routes_explained"

    workers: tuple[str, ...]
    routes: tuple[str, ...]
    method: str


class Escalated(Event, frozen=True, kw_only=True):
    """转出: the named workers go to another body."""

    TOPIC = "dispute.escalated"

    workers: tuple[str, ...]
    route: str
    body: str
    ref_no: str | None = None


class ArbitrationReviewApplied(Event, frozen=True, kw_only=True):
    """申请仲裁审查: by both sides within 15 days (DL-04, D-10)."""

    TOPIC = "dispute.arbitration_review_applied"

    agreement: int
    by: tuple[str, ...]
    ref_no: str | None = None


class JudicialConfirmationApplied(Event, frozen=True, kw_only=True):
    """申请司法确认: by both sides within 30 days (DL-05, D-10)."""

    TOPIC = "dispute.judicial_confirmation_applied"

    agreement: int
    by: tuple[str, ...]
    ref_no: str | None = None


class PaymentOrderApplied(Event, frozen=True, kw_only=True):
    """申请支付令: after default (调解仲裁法 16, DL-07)."""

    TOPIC = "dispute.payment_order_applied"

    agreement: int
    court: str
    lines: tuple[Line, ...]
    reason: Sealed | None = None


class PaymentOrderIssued(Event, frozen=True, kw_only=True):
    """支付令发出: by the court (DL-07b)."""

    TOPIC = "dispute.payment_order_issued"

    ref_no: str


class PaymentOrderServed(Event, frozen=True, kw_only=True):
    """支付令送达: the debtor has 15 days (DL-07b)."""

    TOPIC = "dispute.payment_order_served"


class PaymentOrderObjected(Event, frozen=True, kw_only=True):
    """支付令异议: the order is void; suit is open (解释一 13(3))."""

    TOPIC = "dispute.payment_order_objected"

    reason: str


class ArbitrationFiled(Event, frozen=True, kw_only=True):
    """申请仲裁: ends limitation (DL-08); accepted within 5 working days (DL-09)."""

    TOPIC = "dispute.arbitration_filed"

    workers: tuple[str, ...]
    commission: str
    ref_no: str | None = None


class ArbitrationAccepted(Event, frozen=True, kw_only=True):
    """仲裁受理: the award is due in 45 days (DL-10)."""

    TOPIC = "dispute.arbitration_accepted"

    ref_no: str


class InspectionReferred(Event, frozen=True, kw_only=True):
    """移送监察: accepted within 5 working days (DL-12)."""

    TOPIC = "dispute.inspection_referred"

    workers: tuple[str, ...]
    body: str
    violation_ended_on: date | None = None


class InspectionFiled(Event, frozen=True, kw_only=True):
    """监察立案: investigated within 60 working days (DL-13)."""

    TOPIC = "dispute.inspection_filed"

    ref_no: str


class LegalAidReferred(Event, frozen=True, kw_only=True):
    """法律援助转介: decided within 7 days (DL-18, 法律援助法 43)."""

    TOPIC = "dispute.legal_aid_referred"

    workers: tuple[str, ...]
    centre: str


class LegalAidGranted(Event, frozen=True, kw_only=True):
    """给予援助: by the legal aid centre."""

    TOPIC = "dispute.legal_aid_granted"

    ref_no: str
    lawyer: Sealed | None = None


class PoliceTransferMade(Event, frozen=True, kw_only=True):
    """移送公安: suspicion of refusing to pay (刑法 276-1)."""

    TOPIC = "dispute.police_transfer_made"

    body: str
    ref_no: str | None = None
    workers: tuple[str, ...]


class EnforcementSought(Event, frozen=True, kw_only=True):
    """申请执行: of a title, within two years (DL-19, 民诉法 250)."""

    TOPIC = "dispute.enforcement_sought"

    court: str
    title: str
    workers: tuple[str, ...]


class ExternalStepRecorded(Event, frozen=True, kw_only=True):
    """外部程序进度: a step of a procedure elsewhere; `days` of an extension."""

    TOPIC = "dispute.external_step_recorded"

    procedure: str
    step: str
    workers: tuple[str, ...]
    days: int | None = None
    ref_no: str | None = None


class ExternalResultRecorded(Event, frozen=True, kw_only=True):
    """外部结果: how a procedure elsewhere ended, and what it awards."""

    TOPIC = "dispute.external_result_recorded"

    procedure: str
    result: str
    workers: tuple[str, ...]
    awards: tuple[Line, ...]
    received_on: date | None = None
    final: bool
    ref_no: str | None = None


class LimitationInterrupted(Event, frozen=True, kw_only=True):
    """时效中断: the year starts again (DL-08b, 调解仲裁法 27(2))."""

    TOPIC = "dispute.limitation_interrupted"

    workers: tuple[str, ...]
    ground: str


class LimitationSuspended(Event, frozen=True, kw_only=True):
    """时效中止: the year stands still (DL-08c, 调解仲裁法 27(3))."""

    TOPIC = "dispute.limitation_suspended"

    workers: tuple[str, ...]
    ground: str


class LimitationResumed(Event, frozen=True, kw_only=True):
    """时效恢复: the year runs on."""

    TOPIC = "dispute.limitation_resumed"

    workers: tuple[str, ...]
