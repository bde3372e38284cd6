"""The state of a seeker's case, last part: referrals, placements, follow-ups and what is due."""

from collections.abc import Iterator, Mapping
from datetime import date

from domain.calendar import Due, Unit, WorkCalendar, add_months
from domain.kernel import applies
from domain.seeker import facts
from domain.seeker.records import (
    NOTHING,
    RETENTION_MONTHS,
    Agreed,
    Contact,
    FollowUp,
    Placement,
    Referral,
    changed,
)
from domain.seeker.serving_state import ServingState

AFTER_TRAINING_DAYS = 30
REACHED = frozenset({"reached", "retained", "lost"})


class SeekerState(ServingState):
    """The state of one seeker's case, and what each fact changes."""

    referrals: Mapping[int, Referral] = NOTHING
    placements: Mapping[int, Placement] = NOTHING
    contacts: tuple[Contact, ...] = ()
    agreed: tuple[Agreed, ...] = ()

    @property
    def running(self) -> tuple[Placement, ...]:
        """Placements without an end, of any kind."""
        return tuple(p for p in self.placements.values() if p.running)

    @property
    def open_referrals(self) -> tuple[Referral, ...]:
        """Referrals that something is still expected of."""
        return tuple(r for r in self.referrals.values() if r.open)

    def refusals(self, on: date, months: int = 6) -> int:
        """Count unjustified refusals of the months before a day: three raise a task (S-20, Q-25).

        Nothing follows from the number by itself; a cancellation is a human decision.
        """
        since = add_months(on, -months)
        return sum(since < day <= on for day in self._refused_on())

    def _refused_on(self) -> list[date]:
        """Give the days of unjustified refusals in their order."""
        return sorted(
            r.answered_on
            for r in self.referrals.values()
            if r.standing == "refused" and not r.justified and r.answered_on
        )

    def to_weigh(self, most: int = 3, months: int = 6) -> date | None:
        """Give the day since which a human must weigh refusals (S-20), or None.

        It is the day of the third refusal within the months; weighed is it by an assessment of the
        willingness on that day or later, or a cancelled recognition. Nothing follows by itself.
        """
        days = self._refused_on()
        third = [
            days[n]
            for n in range(most - 1, len(days))
            if days[n - most + 1] > add_months(days[n], -months)
        ]
        if not third:
            return None
        ended = [h.cancelled_on for h in self.hardships.values() if h.cancelled_on]
        weighed = [day for day in (self.weighed_on, *ended) if day]
        return third[-1] if all(day < third[-1] for day in weighed) else None

    def follow_ups_due(self, calendar: WorkCalendar) -> tuple[FollowUp, ...]:
        """List contacts not yet made, by their last day: retention, after training, agreed.

        Retention 1, 3 and 6 months after the first day of a placement that counts as employed,
        counted as calendar months and rolled (Q-15); 30 days after a completed class. A closed
        case keeps the retention of placements that run, a merged one nothing.
        """
        if self.merged_into or self.close_reason == "deceased":
            return ()
        due = [*self._retention_due(calendar)]
        if not self.closed_for:
            due += [*self._after_training_due(calendar), *self._agreed_due()]
        return tuple(sorted(due, key=lambda follow_up: follow_up.due.on))

    def _retention_due(self, calendar: WorkCalendar) -> Iterator[FollowUp]:
        for placement in self.placements.values():
            if not (placement.running and placement.employed):
                continue
            done = [
                contact.month or 0
                for contact in self.contacts
                if contact.placement == placement.no and contact.result in {"retained", "lost"}
            ]
            for month in RETENTION_MONTHS:
                if month > max(done, default=0):
                    on = calendar.due(placement.start_on, month, Unit.MONTH)
                    yield FollowUp("retention", on, placement.no, month)

    def _after_training_due(self, calendar: WorkCalendar) -> Iterator[FollowUp]:
        for enrolment in self.enrolments.values():
            completed = enrolment.completed_on
            if completed and not self._contact_since(completed, "after_training"):
                on = calendar.due(completed, AFTER_TRAINING_DAYS, Unit.CALENDAR)
                yield FollowUp("after_training", on, training=enrolment.training)

    def _agreed_due(self) -> Iterator[FollowUp]:
        for agreed in self.agreed:
            if not self._contact_since(agreed.agreed_on, agreed.purpose):
                yield FollowUp(agreed.purpose, Due(agreed.due_on))

    def _contact_since(self, day: date, purpose: str) -> bool:
        return any(
            contact.purpose == purpose and contact.on >= day and contact.result in REACHED
            for contact in self.contacts
        )

    @applies(facts.Referred)
    def _referred(self, fact: facts.Referred, on: date) -> None:
        proposed = Referral(
            fact.referral,
            fact.vacancy,
            fact.employer,
            on,
            consent=fact.consent,
            legal_basis=fact.legal_basis or "",
        )
        self.referrals = {**self.referrals, fact.referral: proposed}
        self._served("referral", on)

    @applies(facts.ReferralAnswered)
    def _referral_answered(self, fact: facts.ReferralAnswered, on: date) -> None:
        self.referrals = changed(
            self.referrals,
            fact.referral,
            lambda referral: referral._replace(
                standing="accepted" if fact.accepted else "refused",
                answered_on=on,
                reason=fact.reason or "",
                justified=fact.justified,
            ),
        )
        self._contacted(on)

    @applies(facts.InterviewHeld)
    def _interview_held(self, fact: facts.InterviewHeld, on: date) -> None:
        self.referrals = changed(
            self.referrals,
            fact.referral,
            lambda referral: referral._replace(standing="interviewed", interviewed_on=on),
        )

    @applies(facts.OfferMade)
    def _offer_made(self, fact: facts.OfferMade, on: date) -> None:
        self.referrals = changed(
            self.referrals,
            fact.referral,
            lambda referral: referral._replace(
                standing="offered", offered_on=on, start_on=fact.start_on
            ),
        )

    @applies(facts.ReferralEnded)
    def _referral_ended(self, fact: facts.ReferralEnded, _on: date) -> None:
        self.referrals = changed(
            self.referrals,
            fact.referral,
            lambda referral: referral._replace(standing=fact.outcome),
        )

    @applies(facts.ReferralSuspended)
    def _referral_suspended(self, fact: facts.ReferralSuspended, _on: date) -> None:
        self.referrals = changed(
            self.referrals,
            fact.referral,
            lambda referral: referral._replace(standing="suspended", reason=fact.reason),
        )

    @applies(facts.PlacementRecorded)
    def _placement_recorded(self, fact: facts.PlacementRecorded, on: date) -> None:
        """Internship, piecework and home work leave the state as it is (2.4)."""
        placement = Placement(
            no=fact.placement,
            kind=fact.kind,
            start_on=fact.start_on,
            recorded_on=on,
            employer=fact.employer,
            referral=fact.referral,
            training=fact.training,
            pay=fact.pay,
            licence_no=fact.licence_no,
            term_until=fact.term_until,
            overridden=fact.override is not None and fact.override.rule == "S-11",
        )
        self.placements = {**self.placements, fact.placement: placement}
        if fact.kind == "internship":
            self._served("training", on)
        if placement.employed:
            self.progress = "PLACED"

    @applies(facts.PlacementVerified)
    def _placement_verified(self, fact: facts.PlacementVerified, on: date) -> None:
        self.placements = changed(
            self.placements, fact.placement, lambda placement: placement._replace(verified_on=on)
        )

    @applies(facts.PlacementEnded)
    def _placement_ended(self, fact: facts.PlacementEnded, _on: date) -> None:
        """Go on in service, in the same case, when no other job runs."""
        self.placements = changed(
            self.placements,
            fact.placement,
            lambda placement: placement._replace(ended_on=fact.ended_on, end_reason=fact.reason),
        )
        employed = any(placement.employed for placement in self.running)
        if self.progress in {"PLACED", "STABLE"} and not employed:
            self.progress = "IN_SERVICE"

    @applies(facts.FollowUpAgreed)
    def _follow_up_agreed(self, fact: facts.FollowUpAgreed, on: date) -> None:
        self.agreed += (Agreed(fact.due_on, fact.purpose, on),)

    @applies(facts.FollowUpRecorded)
    def _follow_up_recorded(self, fact: facts.FollowUpRecorded, on: date) -> None:
        """Only a month-6 contact of a running placement makes stable (2.4)."""
        contact = Contact(
            on=on,
            purpose=fact.purpose,
            result=fact.result,
            channel=fact.channel,
            placement=fact.placement,
            month=fact.month,
            wage=fact.wage,
        )
        self.contacts += (contact,)
        if fact.result in REACHED:
            self._contacted(on)
        placement = self.placements.get(fact.placement or 0)
        held = placement is not None and placement.running and placement.employed
        if held and (fact.month, fact.result) == (6, "retained") and self.progress == "PLACED":
            self.progress = "STABLE"
