"""Facts of the opening of a dispute: intake, parties, claims, acceptance, officers."""

from datetime import date

from domain.dispute.values import Basis
from domain.kernel import Event, Sealed
from domain.money import Fen


class IntakeRecorded(Event, frozen=True, kw_only=True):
    """来访登记: a dispute reached the office by one channel under an intake number."""

    TOPIC = "dispute.intake_recorded"

    station: str
    applicant: str | None = None
    intake_no: str
    channel: str
    outer_no: str | None = None
    reply_due: date | None = None
    summary: Sealed | None = None  # an import leaves it out
    workshop_order: str | None = None  # the order whose pieces were not paid for (W-05)


class IntakeAttached(Event, frozen=True, kw_only=True):
    """并入来件: the same dispute reached us again by another channel."""

    TOPIC = "dispute.intake_attached"

    applicant: str | None = None
    intake_no: str
    channel: str
    outer_no: str | None = None
    reply_due: date | None = None
    summary: Sealed


class RouteChecked(Event, frozen=True, kw_only=True):
    """路径判断: what was answered at the counter, and the body that the answers lead to."""

    TOPIC = "dispute.route_checked"

    relation: str
    matter: str
    elsewhere: str
    body: str


class ReplySent(Event, frozen=True, kw_only=True):
    """回复来件: the sender of an intake was answered (kind `registered` or `final`)."""

    TOPIC = "dispute.reply_sent"

    intake_no: str
    kind: str


class ApplicationReceived(Event, frozen=True, kw_only=True):
    """收到申请: DL-03 counts from here (form `written` or `oral`)."""

    TOPIC = "dispute.application_received"

    form: str


class ClaimantAdded(Event, frozen=True, kw_only=True):
    """增加申请人: a worker joined the case with a track of the own."""

    TOPIC = "dispute.claimant_added"

    worker: str
    job: str | None = None
    hired_on: date | None = None


class ClaimantWithdrawn(Event, frozen=True, kw_only=True):
    """申请人撤回: by the worker or a representative with power (D-16)."""

    TOPIC = "dispute.claimant_withdrawn"

    worker: str
    by: str
    power: str
    reason: str


class RepresentativesChosen(Event, frozen=True, kw_only=True):
    """推选代表人: at most five, all of them claimants (D-14)."""

    TOPIC = "dispute.representatives_chosen"

    representatives: tuple[str, ...]


class RespondentAdded(Event, frozen=True, kw_only=True):
    """增加被申请人: an employer in one of seven roles."""

    TOPIC = "dispute.respondent_added"

    respondent: str
    role: str


class EmploymentEnded(Event, frozen=True, kw_only=True):
    """劳动关系终止: limitation for arrears runs from this day (DL-08d, 调解仲裁法 27(4))."""

    TOPIC = "dispute.employment_ended"

    worker: str
    ended_on: date
    reason: str


class ClaimStated(Event, frozen=True, kw_only=True):
    """提出请求: one claim line of one worker, of a code C01 to C99."""

    TOPIC = "dispute.claim_stated"

    claim: int
    worker: str
    code: str
    from_on: date
    to_on: date
    known_on: date | None = None
    basis: Basis
    amount: Fen
    undisputed: Fen | None = None
    facts: Sealed | None = None  # an import leaves it out


class ClaimAmended(Event, frozen=True, kw_only=True):
    """变更请求: the claimed amount reads otherwise from now on."""

    TOPIC = "dispute.claim_amended"

    claim: int
    amount: Fen
    reason: Sealed


class ClaimVerified(Event, frozen=True, kw_only=True):
    """核定金额: what the office found due, with the basis it was found on."""

    TOPIC = "dispute.claim_verified"

    claim: int
    amount: Fen
    basis: str


class MaterialsRequested(Event, frozen=True, kw_only=True):
    """一次性告知补正: everything that is missing, told at once.

    The lines are free text, so they are sealed in `listed`; older facts have them in `items`.
    """

    TOPIC = "dispute.materials_requested"

    due_on: date
    listed: Sealed | None = None
    items: tuple[str, ...] = ()


class MaterialsReceived(Event, frozen=True, kw_only=True):
    """收到材料: papers that had been asked for came in."""

    TOPIC = "dispute.materials_received"

    listed: Sealed | None = None
    items: tuple[str, ...] = ()


class Accepted(Event, frozen=True, kw_only=True):
    """受理: with the gapless number of county and year (domain.md 9.3)."""

    TOPIC = "dispute.accepted"

    case_no: str
    serial: int


class NotAccepted(Event, frozen=True, kw_only=True):
    """不予受理: closes the case; the applicant was told where to go."""

    TOPIC = "dispute.not_accepted"

    reason: str
    told_route: str


class TransferredOut(Event, frozen=True, kw_only=True):
    """移送: closes the case; another body has it now.

    Why is free text, sealed in `grounds`; older facts have it in `reason`.
    """

    TOPIC = "dispute.transferred_out"

    body: str
    grounds: Sealed | None = None
    reason: str = ""
    ref_no: str | None = None


class RespondentConsentRecorded(Event, frozen=True, kw_only=True):
    """被申请人意愿: whether the respondent agrees to mediation (人民调解法 17)."""

    TOPIC = "dispute.respondent_consent_recorded"

    respondent: str
    consents: bool


class RefusalNotified(Event, frozen=True, kw_only=True):
    """告知对方不同意调解: the workers were told in writing (DL-02)."""

    TOPIC = "dispute.refusal_notified"

    workers: tuple[str, ...]
    method: str


class MediatorAssigned(Event, frozen=True, kw_only=True):
    """指派调解员: as `owner` or `co_worker`; a change gives the reason."""

    TOPIC = "dispute.mediator_assigned"

    mediator: str
    role: str
    reason: str | None = None


class TransferOffered(Event, frozen=True, kw_only=True):
    """提出移交: the sender stays responsible until the receiver accepts."""

    TOPIC = "dispute.transfer_offered"

    to_station: str
    to_officer: str | None = None
    reason: Sealed


class TransferDeclined(Event, frozen=True, kw_only=True):
    """拒绝接收: the receiver gave the offer back."""

    TOPIC = "dispute.transfer_declined"

    reason: Sealed


class Transferred(Event, frozen=True, kw_only=True):
    """移交(已接收): the receiver accepted and is responsible from now on."""

    TOPIC = "dispute.transferred"

    to_station: str
    to_officer: str | None = None


class HoldPlaced(Event, frozen=True, kw_only=True):
    """暂缓: work waits until a day, at most 120 days ahead (D-22)."""

    TOPIC = "dispute.hold_placed"

    until: date
    reason: str


class HoldLifted(Event, frozen=True, kw_only=True):
    """取消暂缓: work goes on before the day of the hold."""

    TOPIC = "dispute.hold_lifted"


class MediatorUnassigned(Event, frozen=True, kw_only=True):
    """撤销指派: taken off the case, with the reason; may come back."""

    TOPIC = "dispute.mediator_unassigned"

    mediator: str
    reason: str


class MediatorRecused(Event, frozen=True, kw_only=True):
    """回避: party, relative or interested; no more acts of this mediator (D-03)."""

    TOPIC = "dispute.mediator_recused"

    mediator: str
    reason: str
