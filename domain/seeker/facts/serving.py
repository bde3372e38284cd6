"""Facts of service: plan, visits, guidance, training."""

from domain.kernel import Event, Sealed
from domain.seeker.values import PlanItem


class AssistancePlanMade(Event, frozen=True, kw_only=True):
    """就业援助计划: what the office promises by when, by a service standard (2.3)."""

    TOPIC = "seeker.assistance_plan_made"

    standard: str
    officer: str
    items: tuple[PlanItem, ...]


class AssistancePlanRevised(Event, frozen=True, kw_only=True):
    """计划调整: the promises read otherwise from now on."""

    TOPIC = "seeker.assistance_plan_revised"

    items: tuple[PlanItem, ...]
    reason: Sealed


class VisitRecorded(Event, frozen=True, kw_only=True):
    """走访: an officer went to see the person, the employer, or was seen."""

    TOPIC = "seeker.visit_recorded"

    kind: str
    found: str
    note: Sealed | None = None


class GuidanceGiven(Event, frozen=True, kw_only=True):
    """职业指导: guidance of one kind, in whole minutes where measured."""

    TOPIC = "seeker.guidance_given"

    kind: str
    minutes: int | None = None


class PolicyExplained(Event, frozen=True, kw_only=True):
    """政策解读: one policy was explained."""

    TOPIC = "seeker.policy_explained"

    policy: str


class ActivityJoined(Event, frozen=True, kw_only=True):
    """参加活动: the person took part in something that leads towards work."""

    TOPIC = "seeker.activity_joined"

    kind: str
    job_fair: str | None = None


class MatchMeetingHeld(Event, frozen=True, kw_only=True):
    """一对一洽谈: person and employer met; an intent is not a placement (2.5)."""

    TOPIC = "seeker.match_meeting_held"

    employer: str
    vacancy: str | None = None
    intent: bool


class TrainingEnrolled(Event, frozen=True, kw_only=True):
    """报名培训: appended together with the seat taken in the class."""

    TOPIC = "seeker.training_enrolled"

    training: str


class TrainingCompleted(Event, frozen=True, kw_only=True):
    """结业: sessions planned and attended, as the class recorded them."""

    TOPIC = "seeker.training_completed"

    training: str
    planned: int
    attended: int
    passed: bool


class TrainingDropped(Event, frozen=True, kw_only=True):
    """退训: appended together with the seat given back."""

    TOPIC = "seeker.training_dropped"

    training: str
    reason: str


class CertificateObtained(Event, frozen=True, kw_only=True):
    """取得证书: kind and level are counted, the number is sealed."""

    TOPIC = "seeker.certificate_obtained"

    training: str | None = None
    kind: str
    level: str | None = None
    number: Sealed
