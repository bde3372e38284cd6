"""Facts of mediation, agreement and money.

`fund` is where the money of a payment comes from (资金来源, the enumeration of domain.md 3.6);
`source` of every fact is the row of an import.
"""

from datetime import date

from domain.dispute.values import Instalment, Line
from domain.kernel import Event, Sealed
from domain.money import Fen


class SessionScheduled(Event, frozen=True, kw_only=True):
    """通知调解: books mediator and room (D-21)."""

    TOPIC = "dispute.session_scheduled"

    session: int
    mediator: str
    room: str | None = None
    on: date
    from_at: str
    to_at: str
    place: str


class SessionPostponed(Event, frozen=True, kw_only=True):
    """改期: the same session on another day or hour."""

    TOPIC = "dispute.session_postponed"

    session: int
    room: str | None = None
    on: date
    from_at: str
    to_at: str
    reason: str


class SessionCancelled(Event, frozen=True, kw_only=True):
    """取消(含误排): gives mediator and room back."""

    TOPIC = "dispute.session_cancelled"

    session: int
    reason: str


class SessionHeld(Event, frozen=True, kw_only=True):
    """举行调解: the parties met; the first one leads to MEDIATING."""

    TOPIC = "dispute.session_held"

    session: int
    mediator: str
    present: tuple[str, ...]
    offer: Fen | None = None
    minutes: Sealed


class SessionMissed(Event, frozen=True, kw_only=True):
    """缺席调解: somebody invited did not come."""

    TOPIC = "dispute.session_missed"

    session: int
    absent: tuple[str, ...]


class EvidenceFiled(Event, frozen=True, kw_only=True):
    """提交证据: a file known by its SHA-256."""

    TOPIC = "dispute.evidence_filed"

    by: str
    kind: str
    sha256: str
    note: Sealed | None = None


class EmployerRecordsRequested(Event, frozen=True, kw_only=True):
    """调取用人单位记录: payroll is kept three years (农民工条例 15)."""

    TOPIC = "dispute.employer_records_requested"

    respondent: str
    items: tuple[str, ...]
    due_on: date


class MediationExtended(Event, frozen=True, kw_only=True):
    """延长调解: days added to the raw 15 of DL-03 with both consents (D-18)."""

    TOPIC = "dispute.mediation_extended"

    days: int
    consents: tuple[str, ...]


class ProposalMade(Event, frozen=True, kw_only=True):
    """调解方案: what the mediator put before both parties."""

    TOPIC = "dispute.proposal_made"

    by: str
    lines: tuple[Line, ...]


class AgreementSigned(Event, frozen=True, kw_only=True):
    """达成协议(签字盖章生效): both parties, mediator and seal (调解仲裁法 14)."""

    TOPIC = "dispute.agreement_signed"

    agreement: int
    mediator: str
    signed_by: tuple[str, ...]
    sealed: bool
    lines: tuple[Line, ...]
    perform_by: date
    instalments: tuple[Instalment, ...]
    waiver: Sealed | None = None
    excess_reason: Sealed | None = None
    terms: Sealed


class AgreementVoided(Event, frozen=True, kw_only=True):
    """协议撤销或无效: its workers stand at `claimed` again."""

    TOPIC = "dispute.agreement_voided"

    agreement: int
    body: str
    reason: str


class PaymentRecorded(Event, frozen=True, kw_only=True):
    """付款: money under an agreement (D-07)."""

    TOPIC = "dispute.payment_recorded"

    payment: int
    agreement: int
    instalment: int | None = None
    payer: str
    fund: str
    method: str
    voucher_no: str
    lines: tuple[Line, ...]


class PaidImmediately(Event, frozen=True, kw_only=True):
    """即时支付: money before any agreement; `settles` ends the claim."""

    TOPIC = "dispute.paid_immediately"

    payment: int
    payer: str
    fund: str
    method: str
    voucher_no: str
    lines: tuple[Line, ...]
    settles: bool


class AwardPaid(Event, frozen=True, kw_only=True):
    """裁决款到账: money from an award, judgment or order; counted apart."""

    TOPIC = "dispute.award_paid"

    payment: int
    payer: str
    fund: str
    method: str
    voucher_no: str
    lines: tuple[Line, ...]


class PaymentReversed(Event, frozen=True, kw_only=True):
    """冲正: a payment never happened as entered (D-08)."""

    TOPIC = "dispute.payment_reversed"

    payment: int
    reason: Sealed


class AdvanceRecovered(Event, frozen=True, kw_only=True):
    """周转金追回: an emergency-fund advance came back (农民工条例 63)."""

    TOPIC = "dispute.advance_recovered"

    payment: int
    amount: Fen
    voucher_no: str


class PerformanceDefaulted(Event, frozen=True, kw_only=True):
    """逾期未履行: the open balances of one instalment (D-11)."""

    TOPIC = "dispute.performance_defaulted"

    agreement: int
    instalment: int
    lines: tuple[Line, ...]


class MediationFailed(Event, frozen=True, kw_only=True):
    """调解不成: for the named workers."""

    TOPIC = "dispute.mediation_failed"

    workers: tuple[str, ...]
    reason: str
