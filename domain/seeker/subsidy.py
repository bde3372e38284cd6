"""Decisions of subsidies 补贴: what they rest on, who decides, what may be paid (S-06, S-12)."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from domain import codes
from domain.calendar import add_months
from domain.codes import known
from domain.identity import FEMALE, age_on, retirement_date
from domain.kernel import N_, Event, Refused, decides
from domain.money import Fen
from domain.seeker import facts
from domain.seeker.checks import (
    a_month,
    found,
    has_subsidy,
    month_of,
    months_before,
    numbered,
    positive,
    written,
)
from domain.seeker.placement import PlacementPhase, Terms, near_retirement
from domain.seeker.records import ANY, CLOSED, OPEN, PAUSED, Placement, Subsidy
from domain.seeker.values import RestsOn

ONCE = frozenset({"startup_once", "hiring_once"})
# Subsidies of a month, the placement kinds they rest on; those for people in hardship only.
MONTHLY = {
    "flexible_insurance": frozenset({"flexible", "part_time"}),
    "post": frozenset({"public_welfare"}),
    "post_insurance": frozenset({"public_welfare"}),
}
# What the check of the papers may find that no approval stands beside, by kind (2.6).
BARRED = {
    "startup_once": frozenset({"abnormal_list", "no_group", "paper_missing", "doubtful"}),
    "flexible_insurance": frozenset({"owner_of_business", "paper_missing", "doubtful"}),
}
BARRED_ALWAYS = frozenset({"paper_missing", "doubtful"})
# Closures after which no later month is paid for.
FINAL = frozenset({"deceased", "retired", "emigrated", "incapacity", "sentenced", "fraud"})


class Limits(NamedTuple):
    """The limits of 2.6, dated settings of the place; `terms` where the birth is known."""

    months_most: int = 36
    startup_months: int = 6
    insured_months: int = 3
    age_women: int = 55
    age_men: int = 60
    terms: Terms | None = None


LIMITS = Limits()


class SubsidyPhase(PlacementPhase):
    """Money asked for, checked, decided by somebody else, paid, stopped, recovered."""

    @decides("S-00", OPEN)
    def apply_for_subsidy(
        self,
        *,
        occurred_on: date,
        kind: str,
        rests_on: RestsOn,
        amount: Fen,
        entered_by: str,
        months: Sequence[str] = (),
        limits: Limits = LIMITS,
    ) -> list[Event]:
        """Take an application that rests on facts of this case (S-12)."""
        known(kind, codes.SUBSIDIES, "kind")
        positive(amount)
        if kind in ONCE and any(s.kind == kind and s.live for s in self.subsidies.values()):
            raise Refused(rule="S-12", text=N_("此项补贴每人只能享受一次。"), field="kind")
        if kind in MONTHLY:
            self._check_months(kind, rests_on, months, occurred_on, limits)
        elif kind == "startup_once":
            self._check_startup(rests_on, occurred_on, limits)
        elif kind == "training":
            self._check_training(rests_on)
        elif kind == "loan_interest":
            self._business(rests_on)
        return [
            facts.SubsidyApplied(
                subsidy=numbered(self.subsidies),
                kind=kind,
                rests_on=rests_on,
                months=tuple(months),
                amount=amount,
                entered_by=entered_by,
            )
        ]

    def _check_startup(self, rests_on: RestsOn, on: date, limits: Limits) -> None:
        """Six months in business, employees insured in the three months before, of age (2.6)."""
        business = self._business(rests_on)
        earliest = add_months(business.start_on, limits.startup_months)
        if on < earliest:
            raise Refused(
                rule="S-12",
                text=N_("登记经营须满{months}个月，最早{earliest}可以申请。"),
                field="rests_on",
                months=limits.startup_months,
                earliest=earliest,
            )
        most = limits.age_women if self.sex == FEMALE else limits.age_men
        if limits.terms and age_on(limits.terms.birth, on) > most:
            raise Refused(
                rule="S-12",
                text=N_("申请一次性创业资助时年龄不能超过{most}周岁。"),
                field="kind",
                most=most,
            )
        if not set(months_before(on, limits.insured_months)) <= set(rests_on.insured):
            raise Refused(
                rule="S-12",
                text=N_("申请前须连续{months}个月为员工缴纳社会保险。"),
                field="insured",
                months=limits.insured_months,
            )

    def _business(self, rests_on: RestsOn) -> Placement:
        """Give the running business with the licence named, or refuse (S-12)."""
        for placement in self.running:
            named = rests_on.placement in {None, placement.no}
            same = placement.licence_no == rests_on.licence_no
            if placement.kind == "self_employed" and named and same:
                return placement
        raise Refused(rule="S-12", text=N_("没有与营业执照号相符的创业登记。"), field="rests_on")

    def _check_training(self, rests_on: RestsOn) -> None:
        """Completed with a certificate, and not paid for already (Q-26)."""
        enrolment = self.enrolments.get(rests_on.training or "")
        if enrolment is None or enrolment.standing != "certified":
            raise Refused(
                rule="S-12", text=N_("须结业并取得证书，才能申请培训补贴。"), field="rests_on"
            )
        for other in self.subsidies.values():
            same = other.rests_on.training == rests_on.training
            if other.kind == "training" and other.live and same:
                raise Refused(rule="S-12", text=N_("此培训已申请过补贴。"), field="rests_on")

    def _check_months(
        self, kind: str, rests_on: RestsOn, months: Sequence[str], on: date, limits: Limits
    ) -> None:
        """Hold each month against placement, recognition and what was asked before (S-12)."""
        if rests_on.placement is None:
            raise Refused(rule="S-12", text=N_("须选择所依据的就业登记。"), field="rests_on")
        placement = found(self.placements, rests_on.placement, "rests_on")
        if placement.kind not in MONTHLY[kind]:
            raise Refused(rule="S-12", text=N_("此就业形式不能享受该项补贴。"), field="rests_on")
        if kind == "flexible_insurance" and any(p.kind == "self_employed" for p in self.running):
            raise Refused(
                rule="S-12", text=N_("名下有经营主体，不能享受灵活就业社保补贴。"), field="kind"
            )
        if not months or len(set(months)) < len(months):
            raise Refused(rule="S-12", text=N_("请填写补贴月份，且不能重复。"), field="months")
        for month in months:
            self._check_month(kind, placement, month, on)
        if limits.terms:
            self._before_retirement(max(months), on, limits.terms)
        self._not_too_many(kind, placement, months, limits)

    def _before_retirement(self, last: str, on: date, terms: Terms) -> None:
        """Refuse a month after the person reached the retirement age (S-12)."""
        retires_on = retirement_date(terms.birth, self.sex, terms.job_category, on)
        if last > month_of(retires_on):
            raise Refused(
                rule="S-12",
                text=N_("{retires_on}达到退休年龄，不能申请以后月份的补贴。"),
                field="months",
                retires_on=retires_on,
            )

    def _not_too_many(
        self, kind: str, placement: Placement, months: Sequence[str], limits: Limits
    ) -> None:
        """Refuse more months in all than 36, but near retirement or on a second stay (2.6)."""
        asked = {m for s in self.subsidies.values() if s.kind == kind and s.live for m in s.months}
        if len(asked | set(months)) <= limits.months_most or placement.overridden:
            return
        posts = [p.start_on for p in self.placements.values() if p.kind == placement.kind]
        if limits.terms and near_retirement(limits.terms, self.sex, min(posts)):
            return
        raise Refused(
            rule="S-12",
            text=N_("此项补贴累计不得超过{most}个月。"),
            field="months",
            most=limits.months_most,
        )

    def _check_month(self, kind: str, placement: Placement, month: str, on: date) -> None:
        """Hold one month against placement, today, recognition and earlier applications (S-12)."""
        self._within(placement, a_month(month, "months"))
        if month > month_of(on):
            raise Refused(
                rule="S-12",
                text=N_("不能申请{month}以后月份的补贴。"),
                field="months",
                month=month_of(on),
            )
        if not self._hardship_in(month):
            raise Refused(
                rule="S-12",
                text=N_("{month}不在就业困难人员认定有效期内。"),
                field="months",
                month=month,
            )
        for other in self.subsidies.values():
            if other.kind == kind and other.live and month in other.months:
                raise Refused(
                    rule="S-12",
                    text=N_("{month}已申请过此项补贴。"),
                    field="months",
                    month=month,
                )

    def _within(self, placement: Placement, month: str) -> None:
        """Refuse a month before the start or after the end of a placement (S-12)."""
        last = min(placement.ended_on or date.max, placement.term_until or date.max)
        if not month_of(placement.start_on) <= month <= month_of(last):
            raise Refused(
                rule="S-12",
                text=N_("{month}不在该就业登记的起止期间内。"),
                field="months",
                month=month,
            )

    def _hardship_in(self, month: str) -> bool:
        """Say whether a recognition was in force on a day of a month."""
        return any(
            month_of(h.decided_on)
            <= month
            <= month_of(min(h.cancelled_on or date.max, h.valid_until or date.max))
            for h in self.hardships.values()
            if h.decided_on and h.standing in {"recognised", "cancelled"}
        )

    @decides("S-00", PAUSED, also=(has_subsidy,))
    def check_subsidy(self, *, subsidy: int, findings: Sequence[str] = ()) -> list[Event]:
        """Record what the check of the papers found."""
        self._subsidy(subsidy, "applied", "checked")
        for finding in findings:
            known(finding, codes.CHECK_FINDINGS, "findings")
        return [facts.SubsidyChecked(subsidy=subsidy, findings=tuple(findings))]

    @decides("S-00", PAUSED, also=(has_subsidy,))
    def approve_subsidy(self, *, subsidy: int, amount: Fen, officer: str) -> list[Event]:
        """Approve up to what was asked, by somebody else than who entered it (S-06)."""
        record = self._decided_by(subsidy, officer)
        barred = BARRED.get(record.kind, BARRED_ALWAYS)
        if barred.intersection(record.findings):
            raise Refused(rule="S-12", text=N_("核查发现不符合条件，不能批准。"), field="subsidy")
        if positive(amount) > record.amount:
            raise Refused(
                rule="S-12",
                text=N_("批准金额不能超过申请金额{amount}。"),
                field="amount",
                amount=record.amount,
            )
        return [facts.SubsidyApproved(subsidy=subsidy, amount=amount)]

    @decides("S-00", PAUSED, also=(has_subsidy,))
    def refuse_subsidy(self, *, subsidy: int, reason: str, basis: str, officer: str) -> list[Event]:
        """Refuse, with reason and article, by somebody else than who entered it (S-06)."""
        self._decided_by(subsidy, officer)
        known(reason, codes.REFUSAL_GROUNDS, "reason")
        return [facts.SubsidyRefused(subsidy=subsidy, reason=reason, basis=written(basis, "basis"))]

    @decides("S-00", PAUSED | CLOSED, also=(has_subsidy,))
    def pay_subsidy(
        self, *, subsidy: int, amount: Fen, voucher_no: str, months: Sequence[str] = ()
    ) -> list[Event]:
        """Record money that left, within approval, months and stop (S-12)."""
        record = self._subsidy(subsidy, "approved", "paid", "stopped")
        if positive(amount) > record.approved - record.paid:
            raise Refused(
                rule="S-12",
                text=N_("发放金额不能超过未发余额{rest}。"),
                field="amount",
                rest=record.approved - record.paid,
            )
        for month in months:
            self._check_paid_month(record, month)
        if record.stopped_from and not months:
            raise Refused(rule="S-12", text=N_("此项补贴已停发，须写明月份。"), field="months")
        if voucher_no in record.vouchers:
            raise Refused(rule="S-12", text=N_("此凭证号已登记。"), field="voucher_no")
        return [
            facts.SubsidyPaid(
                subsidy=subsidy,
                amount=amount,
                months=tuple(months),
                voucher_no=written(voucher_no, "voucher_no"),
            )
        ]

    def _check_paid_month(self, record: Subsidy, month: str) -> None:
        """Refuse a month not asked for, paid already, stopped, or after the end (S-12)."""
        if month not in record.months or month in record.paid_months:
            raise Refused(
                rule="S-12",
                text=N_("{month}不在申请月份内，或已发放。"),
                field="months",
                month=month,
            )
        if record.stopped_from and month >= record.stopped_from:
            raise Refused(
                rule="S-12",
                text=N_("自{month}起已停发。"),
                field="months",
                month=record.stopped_from,
            )
        if placement := self.placements.get(record.rests_on.placement or 0):
            self._within(placement, month)
        if self.closed_for in FINAL and self.closed_on and month > month_of(self.closed_on):
            raise Refused(
                rule="S-12",
                text=N_("案卷已于{closed_on}退出，不能发放以后月份。"),
                field="months",
                closed_on=self.closed_on,
            )

    @decides("S-00", PAUSED | CLOSED, also=(has_subsidy,))
    def stop_subsidy(self, *, subsidy: int, from_month: str, reason: str) -> list[Event]:
        """Pay nothing for this month and later ones."""
        known(reason, codes.STOP_REASONS, "reason")
        self._subsidy(subsidy, "approved", "paid")
        a_month(from_month, "from_month")
        return [facts.SubsidyStopped(subsidy=subsidy, from_month=from_month, reason=reason)]

    @decides("S-00", ANY, also=(has_subsidy,))
    def recover_subsidy(self, *, subsidy: int, amount: Fen, voucher_no: str) -> list[Event]:
        """Record money that came back, never more than was paid (S-12)."""
        record = found(self.subsidies, subsidy, "subsidy")
        if positive(amount) > record.paid - record.recovered:
            raise Refused(
                rule="S-12",
                text=N_("追回金额不能超过已发未追回的{rest}。"),
                field="amount",
                rest=record.paid - record.recovered,
            )
        return [
            facts.SubsidyRecovered(
                subsidy=subsidy, amount=amount, voucher_no=written(voucher_no, "voucher_no")
            )
        ]

    def _decided_by(self, subsidy: int, officer: str) -> Subsidy:
        """Refuse a decision before the check, or on an own entry (S-06)."""
        record = self._subsidy(subsidy, "checked")
        if officer == record.entered_by:
            raise Refused(
                rule="S-06", text=N_("经办人不能对本人录入的补贴申请作出决定。"), field="officer"
            )
        return record

    def _subsidy(self, subsidy: int, *standings: str) -> Subsidy:
        record = found(self.subsidies, subsidy, "subsidy")
        if record.standing not in standings:
            raise Refused(
                rule="S-12",
                text=N_("第{no}号补贴的状态为“{standing}”，不能办理此事项。"),
                field="subsidy",
                no=subsidy,
                standing=record.standing,
            )
        return record
