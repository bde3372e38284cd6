"""Plans, services, hardship recognition and subsidies of seekers 帮扶、认定与补贴."""

from collections.abc import Sequence
from datetime import date

from application.assistance_desk import Desk
from application.store import Done, Stamp
from domain.money import Fen
from domain.seeker import SeekerCase
from domain.seeker.criteria import Criteria, in_force
from domain.seeker.placement import Terms
from domain.seeker.subsidy import Limits
from domain.seeker.values import PlanItem, RestsOn


class Support(Desk):
    """Plans, services, hardship recognition and subsidies of seekers 帮扶、认定与补贴."""

    def make_plan(
        self, case: str, *, standard: str, items: Sequence[PlanItem], stamp: Stamp
    ) -> Done:
        """Promise services by days; the officer who asks stands for them."""
        return self._take(
            case,
            stamp,
            "seeker.edit",
            SeekerCase.make_plan,
            standard=standard,
            officer=stamp.actor,
            items=items,
        )

    def revise_plan(
        self, case: str, *, items: Sequence[PlanItem], reason: str, stamp: Stamp
    ) -> Done:
        """Promise otherwise from now on."""
        return self._take(
            case, stamp, "seeker.edit", SeekerCase.revise_plan, items=items, reason=reason
        )

    def record_visit(
        self, case: str, *, kind: str, found: str, stamp: Stamp, note: str = ""
    ) -> Done:
        """Record a visit."""
        return self._take(
            case,
            stamp,
            "seeker.visit",
            SeekerCase.record_visit,
            kind=kind,
            found=found,
            note=note,
        )

    def give_guidance(
        self, case: str, *, kind: str, stamp: Stamp, minutes: int | None = None
    ) -> Done:
        """Record guidance."""
        return self._take(
            case, stamp, "seeker.edit", SeekerCase.give_guidance, kind=kind, minutes=minutes
        )

    def explain_policy(self, case: str, *, policy: str, stamp: Stamp) -> Done:
        """Record that a policy was explained."""
        return self._take(case, stamp, "seeker.edit", SeekerCase.explain_policy, policy=policy)

    def join_activity(self, case: str, *, kind: str, stamp: Stamp, job_fair: str = "") -> Done:
        """Record that the person took part in something."""
        return self._take(
            case, stamp, "seeker.edit", SeekerCase.join_activity, kind=kind, job_fair=job_fair
        )

    def hold_match_meeting(
        self, case: str, *, employer: str, intent: bool, stamp: Stamp, vacancy: str = ""
    ) -> Done:
        """Record that person and employer met."""
        return self._take(
            case,
            stamp,
            "seeker.edit",
            SeekerCase.hold_match_meeting,
            employer=employer,
            intent=intent,
            vacancy=vacancy,
        )

    def take_insurance(
        self,
        case: str,
        *,
        insurer: str,
        cover_from: date,
        cover_to: date,
        amount: Fen,
        stamp: Stamp,
    ) -> Done:
        """Record an accident insurance."""
        return self._take(
            case,
            stamp,
            "seeker.edit",
            SeekerCase.take_insurance,
            insurer=insurer,
            cover_from=cover_from,
            cover_to=cover_to,
            amount=amount,
        )

    # Hardship ---------------------------------------------------------------------------------

    def apply_for_hardship(
        self,
        case: str,
        *,
        category: str,
        proofs: str,
        stamp: Stamp,
        job_category: str = "worker",
        also: Sequence[str] = (),
        proof_until: date | None = None,
    ) -> Done:
        """Take an application (S-05, S-18); who asks has entered it."""
        return self._take(
            case,
            stamp,
            "seeker.edit",
            SeekerCase.apply_for_hardship,
            occurred_on=stamp.occurred_on,
            category=category,
            proofs=proofs,
            entered_by=stamp.actor,
            birth=self._birth_of_case(case),
            criteria=self._criteria(stamp),
            job_category=job_category,
            also=also,
            proof_until=proof_until,
        )

    def _criteria(self, stamp: Stamp) -> Criteria:
        """Give the criteria in force on the day of a decision (F-30)."""
        return in_force(self._outside.criteria(), stamp.occurred_on)

    def post_hardship_notice(
        self, case: str, *, hardship: int, notice_from: date, notice_to: date, stamp: Stamp
    ) -> Done:
        """Hang the application out (S-06)."""
        return self._take(
            case,
            stamp,
            "seeker.edit",
            SeekerCase.post_hardship_notice,
            hardship=hardship,
            notice_from=notice_from,
            notice_to=notice_to,
            notice_days=self._setting("notice_days", stamp),
        )

    def recognise_hardship(
        self,
        case: str,
        *,
        hardship: int,
        stamp: Stamp,
        valid_until: date | None = None,
        despite: str = "",
    ) -> Done:
        """Recognise (S-05, S-06); without a register's word in a grace that ends (F-47)."""
        register = self._outside.register(self._store.load(SeekerCase, case), hardship)
        grace = self._setting("certification_grace_days", stamp) if register else None
        return self._take(
            case,
            stamp,
            "hardship.decide",
            SeekerCase.recognise_hardship,
            occurred_on=stamp.occurred_on,
            hardship=hardship,
            officer=stamp.actor,
            criteria=self._criteria(stamp),
            birth=self._birth_of_case(case),
            valid_until=valid_until,
            grace=grace,
            despite=despite,
        )

    def refuse_hardship(
        self,
        case: str,
        *,
        hardship: int,
        reason: str,
        basis: str,
        stamp: Stamp,
    ) -> Done:
        """Refuse the recognition, with reason and article (S-06)."""
        return self._take(
            case,
            stamp,
            "hardship.decide",
            SeekerCase.refuse_hardship,
            occurred_on=stamp.occurred_on,
            hardship=hardship,
            officer=stamp.actor,
            criteria=self._criteria(stamp),
            reason=reason,
            basis=basis,
        )

    def cancel_hardship(self, case: str, *, hardship: int, reason: str, stamp: Stamp) -> Done:
        """Cancel the recognition, always a human decision (S-20)."""
        return self._take(
            case,
            stamp,
            "hardship.decide",
            SeekerCase.cancel_hardship,
            hardship=hardship,
            reason=reason,
        )

    # Subsidies --------------------------------------------------------------------------------

    def apply_for_subsidy(
        self,
        case: str,
        *,
        kind: str,
        rests_on: RestsOn,
        amount: Fen,
        stamp: Stamp,
        months: Sequence[str] = (),
    ) -> Done:
        """Take an application (S-12); who asks has entered it."""
        return self._take(
            case,
            stamp,
            "seeker.edit",
            SeekerCase.apply_for_subsidy,
            occurred_on=stamp.occurred_on,
            kind=kind,
            rests_on=rests_on,
            amount=amount,
            entered_by=stamp.actor,
            months=months,
            limits=self._limits(case, stamp),
        )

    def _limits(self, case: str, stamp: Stamp) -> Limits:
        """Give the limits of the day; without a known birth nothing is asked about age."""
        birth = self._outside.birth(self._store.load(SeekerCase, case).person)
        near = self._setting("near_retirement_months", stamp)
        welfare = self._setting("public_welfare_months", stamp)
        terms = Terms(welfare, birth, near_months=near) if birth else None
        return Limits(
            months_most=self._setting("subsidy_months_most", stamp),
            startup_months=self._setting("startup_months", stamp),
            insured_months=self._setting("startup_insured_months", stamp),
            age_women=self._setting("startup_age_women", stamp),
            age_men=self._setting("startup_age_men", stamp),
            terms=terms,
        )

    def check_subsidy(
        self, case: str, *, subsidy: int, stamp: Stamp, findings: Sequence[str] = ()
    ) -> Done:
        """Record what the check of the papers found."""
        return self._take(
            case,
            stamp,
            "seeker.edit",
            SeekerCase.check_subsidy,
            subsidy=subsidy,
            findings=findings,
        )

    def approve_subsidy(self, case: str, *, subsidy: int, amount: Fen, stamp: Stamp) -> Done:
        """Approve, by somebody else than who entered it (S-06)."""
        return self._take(
            case,
            stamp,
            "subsidy.decide",
            SeekerCase.approve_subsidy,
            subsidy=subsidy,
            amount=amount,
            officer=stamp.actor,
        )

    def refuse_subsidy(
        self, case: str, *, subsidy: int, reason: str, basis: str, stamp: Stamp
    ) -> Done:
        """Refuse, with reason and article (S-06)."""
        return self._take(
            case,
            stamp,
            "subsidy.decide",
            SeekerCase.refuse_subsidy,
            subsidy=subsidy,
            reason=reason,
            basis=basis,
            officer=stamp.actor,
        )

    def pay_subsidy(
        self,
        case: str,
        *,
        subsidy: int,
        amount: Fen,
        voucher_no: str,
        stamp: Stamp,
        months: Sequence[str] = (),
    ) -> Done:
        """Record money that left (S-12)."""
        return self._take(
            case,
            stamp,
            "subsidy.decide",
            SeekerCase.pay_subsidy,
            subsidy=subsidy,
            amount=amount,
            voucher_no=voucher_no,
            months=months,
        )

    def stop_subsidy(
        self, case: str, *, subsidy: int, from_month: str, reason: str, stamp: Stamp
    ) -> Done:
        """Pay nothing from a month on."""
        return self._take(
            case,
            stamp,
            "subsidy.decide",
            SeekerCase.stop_subsidy,
            subsidy=subsidy,
            from_month=from_month,
            reason=reason,
        )

    def recover_subsidy(
        self, case: str, *, subsidy: int, amount: Fen, voucher_no: str, stamp: Stamp
    ) -> Done:
        """Record money that came back (S-12)."""
        return self._take(
            case,
            stamp,
            "subsidy.decide",
            SeekerCase.recover_subsidy,
            subsidy=subsidy,
            amount=amount,
            voucher_no=voucher_no,
        )
