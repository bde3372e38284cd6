"""The way into work 推荐、培训与就业: referrals, classes, placements, follow-ups."""

from datetime import date

from application.assistance_desk import Desk, over
from application.store import Done, Part, Stamp
from domain.employer import Employer
from domain.identity import age_on
from domain.kernel import Event
from domain.money import Fen
from domain.seeker import SeekerCase
from domain.seeker.placement import Terms
from domain.seeker.values import Course, Post
from domain.training import TrainingClass
from domain.vacancy import Vacancy

RUNNING = frozenset({"planned", "full", "running"})


class Placements(Desk):
    """The way into work 推荐、培训与就业: referrals, classes, placements, follow-ups."""

    def refer(
        self, case: str, *, vacancy: str, consent: bool, stamp: Stamp, legal_basis: str = ""
    ) -> Done:
        """Propose a vacancy as it stands now (S-07, S-08, V-08)."""
        birth, on = self._birth_of_case(case), stamp.occurred_on

        def decision(seeker: SeekerCase) -> list[Event]:
            post = self._store.load(Vacancy, vacancy)
            post.check_fit(sex=seeker.sex, age=age_on(birth, on))
            return seeker.refer(
                occurred_on=on,
                post=self._post(vacancy, post),
                consent=consent,
                legal_basis=legal_basis,
            )

        return self._store.decide(stamp, Part(SeekerCase, case, decision, "seeker.edit"))

    def _post(self, stream: str, vacancy: Vacancy) -> Post:
        """Say of a vacancy what a referral needs to know."""
        employer = self._store.load(Employer, vacancy.employer)
        return Post(
            vacancy=stream,
            employer=vacancy.employer,
            state=vacancy.standing,
            verified=vacancy.verified_on is not None,
            valid_until=vacancy.valid_until or date.min,
            seats=vacancy.seats_left,
            employer_stopped=employer.standing in {"stopped", "closed"},
        )

    def answer_referral(
        self,
        case: str,
        *,
        referral: int,
        accepted: bool,
        stamp: Stamp,
        reason: str = "",
        justified: bool | None = None,
    ) -> Done:
        """Record yes or no (S-20)."""
        return self._take(
            case,
            stamp,
            "seeker.edit",
            SeekerCase.answer_referral,
            referral=referral,
            accepted=accepted,
            reason=reason,
            justified=justified,
        )

    def hold_interview(self, case: str, *, referral: int, result: str, stamp: Stamp) -> Done:
        """Record an interview (S-09)."""
        return self._take(
            case,
            stamp,
            "seeker.edit",
            SeekerCase.hold_interview,
            occurred_on=stamp.occurred_on,
            referral=referral,
            result=result,
        )

    def make_offer(
        self,
        case: str,
        *,
        referral: int,
        stamp: Stamp,
        direct_hire: bool = False,
        start_on: date | None = None,
        pay: Fen | None = None,
    ) -> Done:
        """Record an offer (S-09)."""
        return self._take(
            case,
            stamp,
            "seeker.edit",
            SeekerCase.make_offer,
            occurred_on=stamp.occurred_on,
            referral=referral,
            direct_hire=direct_hire,
            start_on=start_on,
            pay=pay,
        )

    def end_referral(self, case: str, *, referral: int, outcome: str, stamp: Stamp) -> Done:
        """End a referral."""
        return self._take(
            case,
            stamp,
            "seeker.edit",
            SeekerCase.end_referral,
            referral=referral,
            outcome=outcome,
        )

    def suspend_referral(self, case: str, *, referral: int, reason: str, stamp: Stamp) -> Done:
        """Stop a referral to a false or withdrawn post."""
        return self._take(
            case,
            stamp,
            "seeker.edit",
            SeekerCase.suspend_referral,
            referral=referral,
            reason=reason,
        )

    # Training ---------------------------------------------------------------------------------

    def enrol(self, case: str, *, training: str, stamp: Stamp) -> Done:
        """Enrol and take the seat, in one append (S-10, K-01)."""
        on = stamp.occurred_on

        def decision(seeker: SeekerCase) -> list[Event]:
            course = _course(training, self._store.load(TrainingClass, training))
            return seeker.enrol(occurred_on=on, course=course)

        return self._store.decide(
            stamp,
            Part(SeekerCase, case, decision, "seeker.edit"),
            Part(TrainingClass, training, lambda c: c.take_seat(seeker=case, occurred_on=on)),
        )

    def complete_training(self, case: str, *, training: str, passed: bool, stamp: Stamp) -> Done:
        """Complete, with the attendance that the class recorded (S-10)."""
        percent = self._setting("attendance_percent", stamp)

        def decision(seeker: SeekerCase) -> list[Event]:
            course = self._store.load(TrainingClass, training)
            return seeker.complete_training(
                training=training,
                planned=course.planned,
                attended=course.attended(case),
                passed=passed,
                percent=percent,
            )

        return self._store.decide(stamp, Part(SeekerCase, case, decision, "seeker.edit"))

    def drop_training(self, case: str, *, training: str, reason: str, stamp: Stamp) -> Done:
        """Leave a class and give the seat back, in one append."""

        def release(course: TrainingClass) -> list[Event]:
            held = case in course.seats and course.standing in RUNNING
            return course.release_seat(seeker=case, reason=reason) if held else []

        return self._store.decide(
            stamp,
            Part(
                SeekerCase,
                case,
                lambda seeker: seeker.drop_training(training=training, reason=reason),
                "seeker.edit",
            ),
            Part(TrainingClass, training, release),
        )

    def obtain_certificate(
        self,
        case: str,
        *,
        kind: str,
        number: str,
        stamp: Stamp,
        training: str = "",
        level: str = "",
    ) -> Done:
        """Record a certificate (S-10)."""
        return self._take(
            case,
            stamp,
            "seeker.edit",
            SeekerCase.obtain_certificate,
            kind=kind,
            number=number,
            training=training,
            level=level,
        )

    # Placement --------------------------------------------------------------------------------

    def place(
        self,
        case: str,
        *,
        kind: str,
        start_on: date,
        stamp: Stamp,
        employer: str = "",
        referral: int | None = None,
        training: str = "",
        pay: Fen | None = None,
        licence_no: str = "",
        term_until: date | None = None,
        job_category: str = "worker",
    ) -> Done:
        """Record that work begins; on a referral the seat of its vacancy is filled with it."""
        welfare = self._setting("public_welfare_months", stamp)
        near = self._setting("near_retirement_months", stamp)
        terms = Terms(welfare, self._birth_of_case(case), job_category, near)
        ahead = self._setting("start_ahead_days", stamp)
        today, numbers = self._outside.today(), list[int]()

        def decision(seeker: SeekerCase) -> list[Event]:
            numbers[:] = [max(seeker.placements, default=0) + 1]
            return seeker.place(
                today=today,
                kind=kind,
                start_on=start_on,
                terms=terms,
                ahead_days=ahead,
                employer=employer,
                referral=referral,
                training=training,
                pay=pay,
                licence_no=licence_no,
                term_until=term_until,
                override=stamp.override,
            )

        placed = Part(SeekerCase, case, decision, over(stamp))
        referred = self._store.load(SeekerCase, case).referrals.get(referral or 0)
        if referred is None:
            return self._store.decide(stamp, placed)
        seat = Part(
            Vacancy,
            referred.vacancy,
            lambda vacancy: vacancy.fill_seat(seeker=case, placement=numbers[0]),
        )
        return self._store.decide(stamp, placed, seat)

    def verify_placement(self, case: str, *, placement: int, method: str, stamp: Stamp) -> Done:
        """Verify that the person works."""
        return self._take(
            case,
            stamp,
            "seeker.edit",
            SeekerCase.verify_placement,
            occurred_on=stamp.occurred_on,
            placement=placement,
            method=method,
        )

    def end_placement(
        self, case: str, *, placement: int, ended_on: date, reason: str, stamp: Stamp
    ) -> Done:
        """Record the last day of work."""
        return self._take(
            case,
            stamp,
            "seeker.edit",
            SeekerCase.end_placement,
            occurred_on=stamp.occurred_on,
            placement=placement,
            ended_on=ended_on,
            reason=reason,
        )

    def agree_follow_up(self, case: str, *, due_on: date, purpose: str, stamp: Stamp) -> Done:
        """Agree on an extra call."""
        return self._take(
            case,
            stamp,
            "seeker.edit",
            SeekerCase.agree_follow_up,
            occurred_on=stamp.occurred_on,
            due_on=due_on,
            purpose=purpose,
        )

    def record_follow_up(
        self,
        case: str,
        *,
        purpose: str,
        channel: str,
        result: str,
        stamp: Stamp,
        placement: int | None = None,
        month: int | None = None,
        wage: Fen | None = None,
        worked_share: str = "",
        satisfaction: int | None = None,
    ) -> Done:
        """Record a contact (S-13)."""
        return self._take(
            case,
            stamp,
            "seeker.edit",
            SeekerCase.record_follow_up,
            occurred_on=stamp.occurred_on,
            purpose=purpose,
            channel=channel,
            result=result,
            placement=placement,
            month=month,
            wage=wage,
            worked_share=worked_share,
            satisfaction=satisfaction,
        )


def _course(stream: str, course: TrainingClass) -> Course:
    """Say of a class what an enrolment needs to know."""
    standing = [lesson.on for lesson in course.lessons if lesson.no not in course.cancelled]
    state = "planned" if course.standing == "full" else course.standing
    seats = course.capacity - len(course.seats)
    return Course(stream, state, min(standing, default=date.min), seats)
