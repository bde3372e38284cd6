"""Facts of the opening of a case: lead, registration, consents, groups, assessment, officers."""

from datetime import date

from domain.kernel import Event, Sealed
from domain.seeker.values import Wants


class LeadRecorded(Event, frozen=True, kw_only=True):
    """线索登记: somebody told of a person; no ID number, in no figure of persons."""

    TOPIC = "seeker.lead_recorded"

    person: str
    station: str
    channel: str
    group: str | None = None
    informant: str | None = None
    note: Sealed


class Registered(Event, frozen=True, kw_only=True):
    """求职登记: a person looks for work; no legal status follows from it (2.1)."""

    TOPIC = "seeker.registered"

    person: str
    station: str
    case_no: str
    serial: int
    channel: str
    birth_year: int | None = None  # left out by imports only
    sex: str
    domicile: str
    activity: str
    wants: Wants
    legal_basis: str
    notice_version: str
    valid_until: date


class RegistrationRenewed(Event, frozen=True, kw_only=True):
    """登记续期: the registration is valid for longer (Q-12)."""

    TOPIC = "seeker.registration_renewed"

    valid_until: date


class WishesChanged(Event, frozen=True, kw_only=True):
    """求职意向变更: what the person looks for from now on; the earlier wishes stay readable."""

    TOPIC = "seeker.wishes_changed"

    wants: Wants


class ConsentGiven(Event, frozen=True, kw_only=True):
    """同意: the person agreed to one purpose, having read one version of the notice."""

    TOPIC = "seeker.consent_given"

    purpose: str
    notice_version: str


class ConsentWithdrawn(Event, frozen=True, kw_only=True):
    """撤回同意: the person withdrew the consent to one purpose (PIPL 15)."""

    TOPIC = "seeker.consent_withdrawn"

    purpose: str


class UnemploymentRegistered(Event, frozen=True, kw_only=True):
    """失业登记: the legal status begins; one year of it is category H07."""

    TOPIC = "seeker.unemployment_registered"

    lost_on: date
    reason: str
    promise: bool


class UnemploymentCancelled(Event, frozen=True, kw_only=True):
    """注销失业登记: the legal status ends."""

    TOPIC = "seeker.unemployment_cancelled"

    reason: str


class GroupTagged(Event, frozen=True, kw_only=True):
    """重点群体标记: the person belongs to a key group that measures count."""

    TOPIC = "seeker.group_tagged"

    group: str


class GroupUntagged(Event, frozen=True, kw_only=True):
    """取消重点群体标记: the person belongs to a key group no longer."""

    TOPIC = "seeker.group_untagged"

    group: str
    reason: Sealed


class AbilityAssessed(Event, frozen=True, kw_only=True):
    """职业能力测评: what the person can do in one area, and how well."""

    TOPIC = "seeker.ability_assessed"

    area: str
    level: str
    note: Sealed | None = None


class WillingnessAssessed(Event, frozen=True, kw_only=True):
    """就业意愿评估: how much the person wants to work (low, middle, high)."""

    TOPIC = "seeker.willingness_assessed"

    level: str
    note: Sealed | None = None


class NeedsAssessed(Event, frozen=True, kw_only=True):
    """需求评估: what the person needs and what stands in the way."""

    TOPIC = "seeker.needs_assessed"

    needs: tuple[str, ...]
    barriers: tuple[str, ...]
    activity: str | None = None
    note: Sealed | None = None


class TierAssigned(Event, frozen=True, kw_only=True):
    """分级: the tier A to D decides on interval of contacts and service promise (2.3)."""

    TOPIC = "seeker.tier_assigned"

    tier: str
    reason: Sealed


class Assigned(Event, frozen=True, kw_only=True):
    """指派专员: an officer owns the case (one) or works on it (any number)."""

    TOPIC = "seeker.assigned"

    officer: str
    role: str
    note: Sealed | None = None


class Unassigned(Event, frozen=True, kw_only=True):
    """撤销指派: an officer works on the case no longer."""

    TOPIC = "seeker.unassigned"

    officer: str
    reason: Sealed


class TransferOffered(Event, frozen=True, kw_only=True):
    """提出移交: another station is asked to take the case over."""

    TOPIC = "seeker.transfer_offered"

    to_station: str
    to_officer: str | None = None
    reason: Sealed


class TransferDeclined(Event, frozen=True, kw_only=True):
    """拒绝接收: the case stays where it is."""

    TOPIC = "seeker.transfer_declined"

    reason: Sealed


class Transferred(Event, frozen=True, kw_only=True):
    """移交(已接收): the receiver accepted; until then the sender was responsible."""

    TOPIC = "seeker.transferred"

    to_station: str
    to_officer: str | None = None


class HoldPlaced(Event, frozen=True, kw_only=True):
    """暂缓: a task of the case waits until a day (F-41)."""

    TOPIC = "seeker.hold_placed"

    until: date
    reason: str


class HoldLifted(Event, frozen=True, kw_only=True):
    """取消暂缓: the tasks of the case are due again."""

    TOPIC = "seeker.hold_lifted"
