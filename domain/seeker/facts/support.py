"""Facts of support by decision: hardship recognition and subsidies, with their four-eyes steps."""

from datetime import date

from domain.kernel import Event, Sealed
from domain.money import Fen
from domain.seeker.values import RestsOn


class HardshipApplied(Event, frozen=True, kw_only=True):
    """困难认定申请: group in clear for the measures, the exact category sealed (2.2).

    `also` are the groups of further categories, `job_category` (worker, cadre) decides on a woman's
    retirement age, `proof_until` is the last day of the proof.
    """

    TOPIC = "seeker.hardship_applied"

    hardship: int
    group: str
    category: Sealed
    proofs: Sealed
    entered_by: str
    also: tuple[str, ...] = ()
    job_category: str = "worker"
    proof_until: date | None = None


class HardshipNoticePosted(Event, frozen=True, kw_only=True):
    """公示: the application hangs out from the first to the last day named."""

    TOPIC = "seeker.hardship_notice_posted"

    hardship: int
    notice_from: date
    notice_to: date


class HardshipRecognised(Event, frozen=True, kw_only=True):
    """认定: the person is in hardship by one version of the criteria.

    `certification` is the answer of a register that the decision cites; without one `certify_by` is
    the last day of the grace in which it stands on the paper; `despite` says why a no was passed.
    """

    TOPIC = "seeker.hardship_recognised"

    hardship: int
    criteria: str
    valid_until: date | None = None
    certification: int | None = None
    certify_by: date | None = None
    despite: Sealed | None = None


class HardshipRefused(Event, frozen=True, kw_only=True):
    """不予认定: refused, with reason and article."""

    TOPIC = "seeker.hardship_refused"

    hardship: int
    criteria: str
    reason: str
    basis: str
    certification: int | None = None


class HardshipCertified(Event, frozen=True, kw_only=True):
    """登记库核验: what a register answered when it was asked whether a criterion is met.

    `answer` is met, not_met, unknown or unavailable; `certification` numbers the answers about an
    application; `as_of` is the day of the register's data; `reference` its number of the entry and
    `returned` everything it gave back, as JSON text.
    """

    TOPIC = "seeker.hardship_certified"

    hardship: int
    certification: int
    register: str
    answer: str
    as_of: date | None = None
    reference: Sealed
    returned: Sealed


class HardshipUpheld(Event, frozen=True, kw_only=True):
    """维持认定: a human lets it stand after a register said no, or said nothing in time.

    `certification` is the answer that was weighed, `certify_by` the end of a further grace.
    """

    TOPIC = "seeker.hardship_upheld"

    hardship: int
    reason: Sealed
    certification: int | None = None
    certify_by: date | None = None


class HardshipCancelled(Event, frozen=True, kw_only=True):
    """取消认定: one of the ten grounds of 粤人社规〔2019〕7号 applies; always a human decision."""

    TOPIC = "seeker.hardship_cancelled"

    hardship: int
    reason: str


class SubsidyApplied(Event, frozen=True, kw_only=True):
    """补贴申请: money asked for, and the facts that it rests on (S-12)."""

    TOPIC = "seeker.subsidy_applied"

    subsidy: int
    kind: str
    rests_on: RestsOn
    months: tuple[str, ...] = ()
    amount: Fen
    entered_by: str


class SubsidyChecked(Event, frozen=True, kw_only=True):
    """补贴审核: what the check of the papers found."""

    TOPIC = "seeker.subsidy_checked"

    subsidy: int
    findings: tuple[str, ...] = ()


class SubsidyApproved(Event, frozen=True, kw_only=True):
    """补贴批准: by somebody else than who entered the application (S-06)."""

    TOPIC = "seeker.subsidy_approved"

    subsidy: int
    amount: Fen


class SubsidyRefused(Event, frozen=True, kw_only=True):
    """补贴不予批准: refused, with reason and article."""

    TOPIC = "seeker.subsidy_refused"

    subsidy: int
    reason: str
    basis: str


class SubsidyPaid(Event, frozen=True, kw_only=True):
    """补贴发放: money left, for these months, with this voucher."""

    TOPIC = "seeker.subsidy_paid"

    subsidy: int
    amount: Fen
    months: tuple[str, ...] = ()
    voucher_no: str


class SubsidyStopped(Event, frozen=True, kw_only=True):
    """补贴停发: nothing is paid for this month and later ones."""

    TOPIC = "seeker.subsidy_stopped"

    subsidy: int
    from_month: str
    reason: str


class SubsidyRecovered(Event, frozen=True, kw_only=True):
    """补贴追回: money came back."""

    TOPIC = "seeker.subsidy_recovered"

    subsidy: int
    amount: Fen
    voucher_no: str


class InsuranceTaken(Event, frozen=True, kw_only=True):
    """就业意外伤害保险: an accident insurance covers these days."""

    TOPIC = "seeker.insurance_taken"

    insurer: str
    cover_from: date
    cover_to: date
    amount: Fen
