"""Decisions of training 培训 inside a seeker's case (S-10); the class itself is an own stream."""

from datetime import date

from domain import codes
from domain.codes import known
from domain.kernel import N_, Event, Refused, Sealed, decides
from domain.seeker import facts
from domain.seeker.checks import has_enrolment, written
from domain.seeker.records import CLOSED, OPEN, PAUSED, Enrolment
from domain.seeker.referral import ReferralPhase
from domain.seeker.values import Course


class TrainingPhase(ReferralPhase):
    """Enrolment, completion, certificate."""

    @decides("S-00", OPEN)
    def enrol(self, *, occurred_on: date, course: Course) -> list[Event]:
        """Enrol in a class that has not started and has a seat (S-10)."""
        if self.enrolments.get(course.training, _NOBODY).standing != "dropped":
            raise Refused(rule="S-10", text=N_("已报名过此培训班。"), field="training")
        if course.state != "planned" or occurred_on > course.starts_on:
            raise Refused(
                rule="S-10", text=N_("培训班已开课、结束或取消，不能报名。"), field="training"
            )
        if course.seats < 1:
            raise Refused(rule="S-10", text=N_("培训班已满，可登记候补。"), field="training")
        return [facts.TrainingEnrolled(training=course.training)]

    @decides("S-00", OPEN, also=(has_enrolment,))
    def complete_training(
        self, *, training: str, planned: int, attended: int, passed: bool, percent: int
    ) -> list[Event]:
        """Complete a class, with the attendance minimum in percent (S-10, Q-14)."""
        self._enrolled(training)
        if not 0 <= attended <= planned or planned < 1:
            raise Refused(rule="S-10", text=N_("出勤次数须在0与课次总数之间。"), field="attended")
        if passed and attended * 100 < planned * percent:
            raise Refused(
                rule="S-10",
                text=N_("出勤{attended}/{planned}次，低于{percent}%，不能结业。"),
                field="attended",
                attended=attended,
                planned=planned,
                percent=percent,
            )
        return [
            facts.TrainingCompleted(
                training=training, planned=planned, attended=attended, passed=passed
            )
        ]

    @decides("S-00", PAUSED, also=(has_enrolment,))
    def drop_training(self, *, training: str, reason: str) -> list[Event]:
        """Leave a class; appended together with the seat given back."""
        known(reason, codes.DROP_REASONS, "reason")
        self._enrolled(training)
        return [facts.TrainingDropped(training=training, reason=reason)]

    @decides("S-00", OPEN | CLOSED)
    def obtain_certificate(
        self, *, kind: str, number: str, training: str = "", level: str = ""
    ) -> list[Event]:
        """Record a certificate; of a class only after its completion (S-10)."""
        known(kind, codes.CERTIFICATES, "kind")
        standing = self.enrolments.get(training, _NOBODY).standing
        if training and standing != "completed":
            raise Refused(
                rule="S-10", text=N_("尚未结业或已登记证书，不能登记证书。"), field="training"
            )
        return [
            facts.CertificateObtained(
                training=training or None,
                kind=kind,
                level=level or None,
                number=Sealed(self.person, "number", written(number, "number")),
            )
        ]

    def _enrolled(self, training: str) -> None:
        if self.enrolments.get(training, _NOBODY).standing != "enrolled":
            raise Refused(rule="S-10", text=N_("此人未在该培训班就读。"), field="training")


_NOBODY = Enrolment("", date.min, standing="dropped")
