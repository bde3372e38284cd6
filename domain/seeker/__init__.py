"""Seekers 求职帮扶: facts, state, decisions by phase, and the case that is all of them."""

from domain.kernel import N_, Refused
from domain.seeker.subsidy import SubsidyPhase


class SeekerCase(SubsidyPhase):
    """One seeker's case: a state (`state.py`) and what may be asked of it in each phase.

    The phases build on one another in the order of the office's work: registration,
    responsibility, keeping, hardship, certifying, service, referral, training, placement, subsidy.
    """

    def balanced(self) -> None:
        """Refuse an amendment that leaves numbers without their records, or sums broken (S-17)."""
        for fact, _ in self.facts_in_force():
            for field, table in (
                ("referral", self.referrals),
                ("placement", self.placements),
                ("hardship", self.hardships),
                ("subsidy", self.subsidies),
            ):
                no = getattr(fact, field, None)
                if no is not None and no not in table:
                    raise Refused(
                        rule="S-17",
                        text=N_("后面的记录仍依据第{no}号记录，不能这样更正或作废。"),
                        field="version",
                        no=no,
                    )
        paid = any(s.paid > s.approved or s.recovered > s.paid for s in self.subsidies.values())
        days = any(p.ended_on and p.ended_on < p.start_on for p in self.placements.values())
        seats = any(e.attended > e.planned for e in self.enrolments.values())
        if paid or days or seats:
            raise Refused(rule="S-17", text=N_("更正或作废后数字或日期前后矛盾。"), field="version")
