"""Decisions about money, by its three doors, and back (D-07, D-08, D-15)."""

from collections.abc import Sequence
from datetime import date

from domain import codes_dispute as codes
from domain.dispute import facts
from domain.dispute.arithmetic import check_balance, check_lines
from domain.dispute.checks import known, on_track, workers_of
from domain.dispute.records import ANY, MED, Payment, Track
from domain.dispute.state import DisputeState
from domain.dispute.values import Line
from domain.kernel import N_, Event, Refused, Sealed, decides
from domain.money import Fen


def money_is_due(state: DisputeState) -> None:
    """Refuse a payment under an agreement where none is in force, or the case is done (D-07)."""
    if not any(not agreement.voided for agreement in state.agreements.values()):
        raise Refused(rule="D-07", text=N_("本案没有生效的协议，请登记即时支付或裁决款。"))
    settled = state.outcome == "settled_performed" and state.totals.outstanding > 0
    if state.closed and state.outcome != "settled_pending" and not settled:
        raise Refused(rule="D-00", text=N_("本案已结案，不能办理此事项。"))


def has_award(state: DisputeState) -> None:
    """Refuse award money before anything was awarded (D-00)."""
    if not any(claim.awarded for claim in state.claims.values()):
        raise Refused(rule="D-00", text=N_("请先登记裁决、判决或决定的金额。"))


class PaymentsPhase(DisputeState):
    """What was paid, to whom, from which fund."""

    @decides("D-00", ANY, also=(money_is_due,))
    def record_payment(
        self,
        *,
        occurred_on: date,
        agreement: int,
        payer: str,
        fund: str,
        method: str,
        voucher_no: str,
        lines: Sequence[Line],
        instalment: int | None = None,
    ) -> list[Event]:
        """Record money under an agreement; who has got everything is `performed` (D-07)."""
        signed = self.agreements.get(agreement)
        if signed is None or signed.voided:
            raise Refused(
                rule="D-07",
                text=N_("本案没有生效的第{agreement}号协议。"),
                field="agreement",
                agreement=agreement,
            )
        if instalment is not None and all(i.no != instalment for i in signed.instalments):
            raise Refused(
                rule="D-07", text=N_("协议没有第{no}期。"), field="instalment", no=instalment
            )
        if occurred_on < signed.signed_on:
            raise Refused(
                rule="D-07",
                text=N_("付款日期不能早于协议签字日{signed}，请登记即时支付。"),
                field="occurred_on",
                signed=signed.signed_on,
            )
        check_lines(lines)
        workers = workers_of(self, lines)
        check_balance(signed, lines)
        on_track(self, sorted(workers), {Track.AGREED, Track.DEFAULTED, Track.ESCALATED})
        self._voucher(payer, fund, voucher_no)
        return [
            facts.PaymentRecorded(
                payment=self._next_payment(),
                agreement=agreement,
                instalment=instalment,
                payer=payer,
                fund=fund,
                method=method,
                voucher_no=voucher_no,
                lines=tuple(lines),
            )
        ]

    @decides("D-00", MED)
    def pay_immediately(
        self,
        *,
        payer: str,
        fund: str,
        method: str,
        voucher_no: str,
        lines: Sequence[Line],
        settles: bool,
    ) -> list[Event]:
        """Record money before any agreement; `settles` leads the workers to `performed`."""
        check_lines(lines)
        on_track(self, sorted(workers_of(self, lines)), {Track.CLAIMED})
        self._voucher(payer, fund, voucher_no)
        return [
            facts.PaidImmediately(
                payment=self._next_payment(),
                payer=payer,
                fund=fund,
                method=method,
                voucher_no=voucher_no,
                lines=tuple(lines),
                settles=settles,
            )
        ]

    @decides("D-00", ANY, also=(has_award,))
    def pay_award(
        self, *, payer: str, fund: str, method: str, voucher_no: str, lines: Sequence[Line]
    ) -> list[Event]:
        """Record money from an award, judgment or order; counted apart from `paid`."""
        check_lines(lines)
        on_track(self, sorted(workers_of(self, lines)), {Track.ESCALATED})
        for line in lines:
            if not self.claims[line.claim].awarded:
                raise Refused(
                    rule="D-07",
                    text=N_("第{claim}项请求没有裁决金额。"),
                    field="lines",
                    claim=line.claim,
                )
        self._voucher(payer, fund, voucher_no)
        return [
            facts.AwardPaid(
                payment=self._next_payment(),
                payer=payer,
                fund=fund,
                method=method,
                voucher_no=voucher_no,
                lines=tuple(lines),
            )
        ]

    @decides("D-00", ANY)
    def reverse_payment(self, *, payment: int, reason: str) -> list[Event]:
        """Take a payment back; it stays readable, and its voucher may be entered again (D-08)."""
        self._paid(payment)
        return [
            facts.PaymentReversed(payment=payment, reason=Sealed(self.subject, "reason", reason))
        ]

    @decides("D-00", ANY)
    def recover_advance(self, *, payment: int, amount: Fen, voucher_no: str) -> list[Event]:
        """Record that the employer gave an emergency-fund advance back (D-15, 农民工条例 63)."""
        paid = self._paid(payment)
        if paid.fund != "emergency_fund":
            raise Refused(rule="D-15", text=N_("只有应急周转金垫付才能追回。"), field="payment")
        open_advance = sum(int(line.amount) for line in paid.lines) - paid.recovered
        if not 0 < amount <= open_advance:
            raise Refused(
                rule="D-15",
                text=N_("追回金额{amount}应大于零且不超过垫付余额{open}。"),
                field="amount",
                amount=amount,
                open=Fen(open_advance),
            )
        return [facts.AdvanceRecovered(payment=payment, amount=amount, voucher_no=voucher_no)]

    def _next_payment(self) -> int:
        return max(self.payments, default=0) + 1

    def _paid(self, number: int) -> Payment:
        payment = self.payments.get(number)
        if payment is None:
            raise Refused(
                rule="D-08",
                text=N_("本案没有第{payment}笔付款。"),
                field="payment",
                payment=number,
            )
        if payment.reversed_on:
            raise Refused(
                rule="D-08",
                text=N_("第{payment}笔付款已于{day}冲正。"),
                field="payment",
                payment=number,
                day=payment.reversed_on,
            )
        return payment

    def _voucher(self, payer: str, fund: str, voucher_no: str) -> None:
        """Refuse a voucher of the same payer twice (D-07), and an advance paid by the employer."""
        known(fund, codes.PAYMENT_SOURCES, "fund")
        if fund == "emergency_fund" and payer in self.respondents:
            raise Refused(
                rule="D-15", text=N_("应急周转金由政府垫付，不能记为被申请人付款。"), field="fund"
            )
        if not voucher_no:
            raise Refused(rule="D-07", text=N_("请填写凭证号。"), field="voucher_no")
        if (payer, voucher_no) in self.vouchers:
            raise Refused(
                rule="D-07",
                text=N_("该付款方的凭证号{voucher}已登记为第{payment}笔付款。"),
                field="voucher_no",
                voucher=voucher_no,
                payment=self.vouchers[payer, voucher_no],
            )
