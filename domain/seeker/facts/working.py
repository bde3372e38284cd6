"""Facts of the way into work: referral, interview, offer, placement, follow-up."""

from datetime import date

from domain.kernel import Event
from domain.money import Fen


class Referred(Event, frozen=True, kw_only=True):
    """岗位推荐: a verified vacancy was proposed; data goes to the employer by consent or law."""

    TOPIC = "seeker.referred"

    referral: int
    vacancy: str
    employer: str
    consent: bool
    legal_basis: str | None = None


class ReferralAnswered(Event, frozen=True, kw_only=True):
    """求职者答复: yes or no; `justified` says whether a no counts for S-20."""

    TOPIC = "seeker.referral_answered"

    referral: int
    accepted: bool
    reason: str | None = None
    justified: bool | None = None


class InterviewHeld(Event, frozen=True, kw_only=True):
    """面试: person and employer met about the post."""

    TOPIC = "seeker.interview_held"

    referral: int
    result: str


class OfferMade(Event, frozen=True, kw_only=True):
    """录用意向: the employer offers the post; `direct_hire` means without interview."""

    TOPIC = "seeker.offer_made"

    referral: int
    start_on: date | None = None
    pay: Fen | None = None
    direct_hire: bool


class ReferralEnded(Event, frozen=True, kw_only=True):
    """推荐结束: started, not_hired, no_show or withdrawn."""

    TOPIC = "seeker.referral_ended"

    referral: int
    outcome: str


class ReferralSuspended(Event, frozen=True, kw_only=True):
    """推荐中止(虚假岗位): the post proved false or was withdrawn."""

    TOPIC = "seeker.referral_suspended"

    referral: int
    reason: str


class PlacementRecorded(Event, frozen=True, kw_only=True):
    """就业登记: work of one of the kinds of 2.5 began, begins, or counts as preparation."""

    TOPIC = "seeker.placement_recorded"

    placement: int
    kind: str
    start_on: date
    employer: str | None = None
    referral: int | None = None
    training: str | None = None
    pay: Fen | None = None
    licence_no: str | None = None
    term_until: date | None = None


class PlacementVerified(Event, frozen=True, kw_only=True):
    """就业核实: by call, visit, insurance record, contract or ledger."""

    TOPIC = "seeker.placement_verified"

    placement: int
    method: str


class PlacementEnded(Event, frozen=True, kw_only=True):
    """离岗: the last day of work; the same case goes on."""

    TOPIC = "seeker.placement_ended"

    placement: int
    ended_on: date
    reason: str


class FollowUpAgreed(Event, frozen=True, kw_only=True):
    """约定回访: an extra call; the statutory ones are derived from facts."""

    TOPIC = "seeker.follow_up_agreed"

    due_on: date
    purpose: str


class FollowUpRecorded(Event, frozen=True, kw_only=True):
    """回访: a contact (or an attempt) and what it found; `worked_share` is a percentage."""

    TOPIC = "seeker.follow_up_recorded"

    purpose: str
    placement: int | None = None
    month: int | None = None
    channel: str
    result: str
    wage: Fen | None = None
    worked_share: str | None = None
    satisfaction: int | None = None
