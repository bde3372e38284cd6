"""The state of a seeker's case, second part: plan and services, training, hardship, subsidies."""

from collections.abc import Mapping
from datetime import date

from domain.kernel import applies
from domain.money import Fen
from domain.seeker import facts
from domain.seeker.opening_state import OpeningState
from domain.seeker.records import (
    NOTHING,
    Certification,
    Enrolment,
    Hardship,
    Plan,
    Progress,
    Service,
    Subsidy,
    changed,
)

# A month later than any that money is paid for.
NEVER = "9999-12"


class ServingState(OpeningState):
    """What was promised and given, learnt, recognised and paid."""

    plan: Plan | None = None
    services: tuple[Service, ...] = ()
    contacted_on: date | None = None
    enrolments: Mapping[str, Enrolment] = NOTHING
    certificates: tuple[tuple[str, str], ...] = ()
    hardships: Mapping[int, Hardship] = NOTHING
    subsidies: Mapping[int, Subsidy] = NOTHING
    insured_until: date | None = None

    @property
    def recognised(self) -> Hardship | None:
        """The hardship recognition in force, if any."""
        return next((h for h in self.hardships.values() if h.standing == "recognised"), None)

    def in_hardship(self, on: date) -> bool:
        """Say whether the person was recognised on a day: not before, and not after its end."""
        return any(
            h.decided_on is not None
            and h.standing in {"recognised", "cancelled"}
            and h.decided_on <= on
            and (h.cancelled_on is None or on < h.cancelled_on)
            and (h.valid_until is None or on <= h.valid_until)
            for h in self.hardships.values()
        )

    def plan_progress(self) -> tuple[Progress, ...]:
        """Say for each item of the plan how many services of its kind were given since it began."""
        if self.plan is None:
            return ()
        since = self.plan.made_on
        kinds = [service.kind for service in self.services if service.on >= since]
        return tuple(Progress(item, kinds.count(item.kind)) for item in self.plan.items)

    def _served(self, kind: str, on: date) -> None:
        """Count a service; what is given to the person is a contact with the person."""
        self.services += (Service(kind, on),)
        self._contacted(on)

    def _contacted(self, on: date) -> None:
        self.contacted_on = max(on, self.contacted_on or on)

    @applies(facts.AssistancePlanMade)
    def _assistance_plan_made(self, fact: facts.AssistancePlanMade, on: date) -> None:
        self.plan = Plan(fact.standard, fact.officer, fact.items, on)
        if self.progress == "ASSESSED":
            self.progress = "IN_SERVICE"

    @applies(facts.AssistancePlanRevised)
    def _assistance_plan_revised(self, fact: facts.AssistancePlanRevised, on: date) -> None:
        plan = self.plan or Plan("", "", (), on)
        self.plan = plan._replace(items=fact.items)

    @applies(facts.VisitRecorded)
    def _visit_recorded(self, fact: facts.VisitRecorded, on: date) -> None:
        self.services += (Service("visit", on),)
        if fact.kind != "employer" and fact.found != "absent":
            self._contacted(on)

    @applies(facts.GuidanceGiven)
    def _guidance_given(self, _fact: facts.GuidanceGiven, on: date) -> None:
        self._served("guidance", on)

    @applies(facts.PolicyExplained)
    def _policy_explained(self, _fact: facts.PolicyExplained, on: date) -> None:
        self._served("policy", on)

    @applies(facts.ActivityJoined)
    def _activity_joined(self, _fact: facts.ActivityJoined, on: date) -> None:
        self._served("activity", on)

    @applies(facts.MatchMeetingHeld)
    def _match_meeting_held(self, _fact: facts.MatchMeetingHeld, on: date) -> None:
        self._served("match_meeting", on)

    @applies(facts.TrainingEnrolled)
    def _training_enrolled(self, fact: facts.TrainingEnrolled, on: date) -> None:
        self.enrolments = {**self.enrolments, fact.training: Enrolment(fact.training, on)}
        self._served("training", on)

    @applies(facts.TrainingCompleted)
    def _training_completed(self, fact: facts.TrainingCompleted, on: date) -> None:
        self.enrolments = changed(
            self.enrolments,
            fact.training,
            lambda enrolment: enrolment._replace(
                standing="completed" if fact.passed else "failed",
                planned=fact.planned,
                attended=fact.attended,
                completed_on=on,
            ),
        )

    @applies(facts.TrainingDropped)
    def _training_dropped(self, fact: facts.TrainingDropped, _on: date) -> None:
        self.enrolments = changed(
            self.enrolments, fact.training, lambda enrolment: enrolment._replace(standing="dropped")
        )

    @applies(facts.CertificateObtained)
    def _certificate_obtained(self, fact: facts.CertificateObtained, on: date) -> None:
        self.certificates += ((fact.kind, fact.level or ""),)
        if fact.training:
            self.enrolments = changed(
                self.enrolments,
                fact.training,
                lambda enrolment: enrolment._replace(standing="certified", certified_on=on),
            )

    @applies(facts.HardshipApplied)
    def _hardship_applied(self, fact: facts.HardshipApplied, on: date) -> None:
        applied = Hardship(
            fact.hardship,
            fact.group,
            fact.entered_by,
            on,
            also=fact.also,
            job_category=fact.job_category,
            proof_until=fact.proof_until,
        )
        self.hardships = {**self.hardships, fact.hardship: applied}

    @applies(facts.HardshipNoticePosted)
    def _hardship_notice_posted(self, fact: facts.HardshipNoticePosted, _on: date) -> None:
        self.hardships = changed(
            self.hardships,
            fact.hardship,
            lambda hardship: hardship._replace(
                standing="on_notice", notice_from=fact.notice_from, notice_to=fact.notice_to
            ),
        )

    @applies(facts.HardshipRecognised)
    def _hardship_recognised(self, fact: facts.HardshipRecognised, on: date) -> None:
        self.hardships = changed(
            self.hardships,
            fact.hardship,
            lambda hardship: hardship._replace(
                standing="recognised",
                decided_on=on,
                valid_until=fact.valid_until,
                criteria=fact.criteria,
                certify_by=fact.certify_by,
                weighed=fact.certification or 0,
            ),
        )

    @applies(facts.HardshipCertified)
    def _hardship_certified(self, fact: facts.HardshipCertified, on: date) -> None:
        said = Certification(fact.certification, fact.register, fact.answer, on, fact.as_of)
        self.hardships = changed(
            self.hardships,
            fact.hardship,
            lambda hardship: hardship._replace(certifications=(*hardship.certifications, said)),
        )

    @applies(facts.HardshipUpheld)
    def _hardship_upheld(self, fact: facts.HardshipUpheld, _on: date) -> None:
        self.hardships = changed(
            self.hardships,
            fact.hardship,
            lambda hardship: hardship._replace(
                certify_by=fact.certify_by, weighed=fact.certification or hardship.weighed
            ),
        )

    @applies(facts.HardshipRefused)
    def _hardship_refused(self, fact: facts.HardshipRefused, on: date) -> None:
        self.hardships = changed(
            self.hardships,
            fact.hardship,
            lambda hardship: hardship._replace(
                standing="refused", decided_on=on, reason=fact.reason, criteria=fact.criteria
            ),
        )

    @applies(facts.HardshipCancelled)
    def _hardship_cancelled(self, fact: facts.HardshipCancelled, on: date) -> None:
        self.hardships = changed(
            self.hardships,
            fact.hardship,
            lambda hardship: hardship._replace(
                standing="cancelled", cancelled_on=on, reason=fact.reason
            ),
        )

    @applies(facts.SubsidyApplied)
    def _subsidy_applied(self, fact: facts.SubsidyApplied, on: date) -> None:
        applied = Subsidy(
            no=fact.subsidy,
            kind=fact.kind,
            rests_on=fact.rests_on,
            months=fact.months,
            amount=fact.amount,
            entered_by=fact.entered_by,
            applied_on=on,
        )
        self.subsidies = {**self.subsidies, fact.subsidy: applied}

    @applies(facts.SubsidyChecked)
    def _subsidy_checked(self, fact: facts.SubsidyChecked, _on: date) -> None:
        self.subsidies = changed(
            self.subsidies,
            fact.subsidy,
            lambda subsidy: subsidy._replace(standing="checked", findings=fact.findings),
        )

    @applies(facts.SubsidyApproved)
    def _subsidy_approved(self, fact: facts.SubsidyApproved, _on: date) -> None:
        self.subsidies = changed(
            self.subsidies,
            fact.subsidy,
            lambda subsidy: subsidy._replace(standing="approved", approved=fact.amount),
        )

    @applies(facts.SubsidyRefused)
    def _subsidy_refused(self, fact: facts.SubsidyRefused, _on: date) -> None:
        self.subsidies = changed(
            self.subsidies, fact.subsidy, lambda subsidy: subsidy._replace(standing="refused")
        )

    @applies(facts.SubsidyPaid)
    def _subsidy_paid(self, fact: facts.SubsidyPaid, _on: date) -> None:
        self.subsidies = changed(
            self.subsidies,
            fact.subsidy,
            lambda subsidy: subsidy._replace(
                standing="stopped" if subsidy.stopped_from else "paid",
                paid=subsidy.paid + fact.amount,
                paid_months=subsidy.paid_months + fact.months,
                vouchers=(*subsidy.vouchers, fact.voucher_no),
            ),
        )

    @applies(facts.SubsidyStopped)
    def _subsidy_stopped(self, fact: facts.SubsidyStopped, _on: date) -> None:
        self.subsidies = changed(
            self.subsidies,
            fact.subsidy,
            lambda subsidy: subsidy._replace(
                standing="stopped", stopped_from=min(fact.from_month, subsidy.stopped_from or NEVER)
            ),
        )

    @applies(facts.SubsidyRecovered)
    def _subsidy_recovered(self, fact: facts.SubsidyRecovered, _on: date) -> None:
        self.subsidies = changed(
            self.subsidies,
            fact.subsidy,
            lambda subsidy: subsidy._replace(
                standing="recovered",
                recovered=subsidy.recovered + fact.amount,
                vouchers=(*subsidy.vouchers, fact.voucher_no),
            ),
        )

    @applies(facts.InsuranceTaken)
    def _insurance_taken(self, fact: facts.InsuranceTaken, _on: date) -> None:
        self.insured_until = max(fact.cover_to, self.insured_until or fact.cover_to)

    def paid_subsidies(self) -> Fen:
        """Sum what was paid and not recovered, in fen."""
        return Fen(sum(int(s.paid) - int(s.recovered) for s in self.subsidies.values()))
