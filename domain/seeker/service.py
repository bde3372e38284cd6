"""Decisions of service: plan, visits, guidance, activities, insurance."""

from collections.abc import Sequence
from datetime import date

from domain import codes
from domain.codes import known
from domain.kernel import N_, Event, Refused, Sealed, decides
from domain.money import Fen
from domain.seeker import facts
from domain.seeker.certifying import CertifyingPhase
from domain.seeker.checks import has_plan, positive, written
from domain.seeker.records import KEPT, OPEN
from domain.seeker.values import PlanItem


class ServicePhase(CertifyingPhase):
    """What the office promises and gives."""

    @decides("S-00", OPEN)
    def make_plan(self, *, standard: str, officer: str, items: Sequence[PlanItem]) -> list[Event]:
        """Promise services by days, by a service standard (2.3); from ASSESSED into service."""
        known(standard, codes.STANDARDS, "standard")
        return [
            facts.AssistancePlanMade(standard=standard, officer=officer, items=_promised(items))
        ]

    @decides("S-00", OPEN, also=(has_plan,))
    def revise_plan(self, *, items: Sequence[PlanItem], reason: str) -> list[Event]:
        """Promise otherwise from now on, with the reason."""
        sealed = Sealed(self.person, "reason", written(reason, "reason"))
        return [facts.AssistancePlanRevised(items=_promised(items), reason=sealed)]

    @decides("S-00", KEPT)
    def record_visit(self, *, kind: str, found: str, note: str = "") -> list[Event]:
        """Record a visit and what was found."""
        known(kind, codes.VISIT_KINDS, "kind")
        known(found, codes.VISIT_FINDINGS, "found")
        return [facts.VisitRecorded(kind=kind, found=found, note=self._note(note))]

    @decides("S-00", OPEN)
    def give_guidance(self, *, kind: str, minutes: int | None = None) -> list[Event]:
        """Record guidance of one kind, in whole minutes where measured."""
        known(kind, codes.GUIDANCE_KINDS, "kind")
        if minutes is not None and minutes <= 0:
            raise Refused(rule="S-00", text=N_("时长须大于零。"), field="minutes")
        return [facts.GuidanceGiven(kind=kind, minutes=minutes)]

    @decides("S-00", OPEN)
    def explain_policy(self, *, policy: str) -> list[Event]:
        """Record that a policy was explained."""
        known(policy, codes.POLICIES, "policy")
        return [facts.PolicyExplained(policy=policy)]

    @decides("S-00", OPEN)
    def join_activity(self, *, kind: str, job_fair: str = "") -> list[Event]:
        """Record that the person took part in something."""
        known(kind, codes.JOINED_KINDS, "kind")
        return [facts.ActivityJoined(kind=kind, job_fair=job_fair or None)]

    @decides("S-00", OPEN)
    def hold_match_meeting(self, *, employer: str, intent: bool, vacancy: str = "") -> list[Event]:
        """Record that person and employer met; an intent is not a placement (2.5)."""
        return [
            facts.MatchMeetingHeld(
                employer=written(employer, "employer"), vacancy=vacancy or None, intent=intent
            )
        ]

    @decides("S-00", OPEN)
    def take_insurance(
        self, *, insurer: str, cover_from: date, cover_to: date, amount: Fen
    ) -> list[Event]:
        """Record an accident insurance and the days it covers."""
        if cover_to < cover_from:
            raise Refused(rule="S-00", text=N_("保险止期不能早于起期。"), field="cover_to")
        return [
            facts.InsuranceTaken(
                insurer=written(insurer, "insurer"),
                cover_from=cover_from,
                cover_to=cover_to,
                amount=positive(amount),
            )
        ]


def _promised(items: Sequence[PlanItem]) -> tuple[PlanItem, ...]:
    """Refuse a plan that promises nothing, or a service that nobody counts."""
    if not items or any(item.count < 1 for item in items):
        raise Refused(rule="S-00", text=N_("计划至少要有一项服务，次数至少为1。"), field="items")
    for item in items:
        known(item.kind, codes.SERVICE_KINDS, "items")
    return tuple(items)
