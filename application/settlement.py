"""Agreements and money 协议与付款."""

from collections.abc import Sequence
from datetime import date

from application.dispute_desk import Desk
from application.store import Done, Stamp
from domain.dispute import DisputeCase
from domain.dispute.values import Instalment, Line
from domain.money import Fen


class Settlement(Desk):
    """Agreements and money 协议与付款."""

    def sign_agreement(
        self,
        case: str,
        *,
        mediator: str,
        signed_by: Sequence[str],
        sealed: bool,
        lines: Sequence[Line],
        perform_by: date,
        terms: str,
        stamp: Stamp,
        instalments: Sequence[Instalment] = (),
        waiver: str | None = None,
        excess_reason: str | None = None,
    ) -> Done:
        """Record an agreement on the day the last signature and the seal are there."""
        return self._take(
            case,
            stamp,
            "dispute.settle",
            DisputeCase.sign_agreement,
            occurred_on=stamp.occurred_on,
            mediator=mediator,
            signed_by=signed_by,
            sealed=sealed,
            lines=lines,
            perform_by=perform_by,
            terms=terms,
            instalments=instalments,
            waiver=waiver,
            excess_reason=excess_reason,
            unfit=self._outside.unfit(mediator, case),
        )

    def void_agreement(
        self, case: str, *, agreement: int, body: str, reason: str, stamp: Stamp
    ) -> Done:
        """Record that an agreement was annulled or is void (解释一 35)."""
        return self._take(
            case,
            stamp,
            "dispute.settle",
            DisputeCase.void_agreement,
            agreement=agreement,
            body=body,
            reason=reason,
        )

    def record_default(self, case: str, *, agreement: int, instalment: int, stamp: Stamp) -> Done:
        """Record default on an instalment, not before the day after due date and grace (D-11)."""
        return self._take(
            case,
            stamp,
            "dispute.settle",
            DisputeCase.record_default,
            agreement=agreement,
            instalment=instalment,
            occurred_on=stamp.occurred_on,
            settings=self._outside.settings(),
        )

    def apply_review(
        self,
        case: str,
        *,
        agreement: int,
        by: Sequence[str],
        stamp: Stamp,
        ref_no: str | None = None,
    ) -> Done:
        """Apply for arbitration review: both sides, within 15 days (D-10, DL-04, 办案规则 74)."""
        return self._take(
            case,
            stamp,
            "dispute.settle",
            DisputeCase.apply_review,
            agreement=agreement,
            by=by,
            occurred_on=stamp.occurred_on,
            calendar=self._outside.calendar(),
            ref_no=ref_no,
        )

    def apply_confirmation(
        self,
        case: str,
        *,
        agreement: int,
        by: Sequence[str],
        stamp: Stamp,
        ref_no: str | None = None,
    ) -> Done:
        """Apply for judicial confirmation: both sides, within 30 days (D-10, DL-05, 民诉法 205)."""
        return self._take(
            case,
            stamp,
            "dispute.settle",
            DisputeCase.apply_confirmation,
            agreement=agreement,
            by=by,
            occurred_on=stamp.occurred_on,
            calendar=self._outside.calendar(),
            ref_no=ref_no,
        )

    def record_payment(
        self,
        case: str,
        *,
        agreement: int,
        payer: str,
        fund: str,
        method: str,
        voucher_no: str,
        lines: Sequence[Line],
        stamp: Stamp,
        instalment: int | None = None,
    ) -> Done:
        """Record money under an agreement; who has got everything is `performed` (D-07)."""
        return self._take(
            case,
            stamp,
            "dispute.settle",
            DisputeCase.record_payment,
            occurred_on=stamp.occurred_on,
            agreement=agreement,
            payer=payer,
            fund=fund,
            method=method,
            voucher_no=voucher_no,
            lines=lines,
            instalment=instalment,
        )

    def pay_immediately(
        self,
        case: str,
        *,
        payer: str,
        fund: str,
        method: str,
        voucher_no: str,
        lines: Sequence[Line],
        settles: bool,
        stamp: Stamp,
    ) -> Done:
        """Record money before any agreement; `settles` leads the workers to `performed`."""
        return self._take(
            case,
            stamp,
            "dispute.settle",
            DisputeCase.pay_immediately,
            payer=payer,
            fund=fund,
            method=method,
            voucher_no=voucher_no,
            lines=lines,
            settles=settles,
        )

    def pay_award(
        self,
        case: str,
        *,
        payer: str,
        fund: str,
        method: str,
        voucher_no: str,
        lines: Sequence[Line],
        stamp: Stamp,
    ) -> Done:
        """Record money from an award, judgment or order; counted apart from `paid`."""
        return self._take(
            case,
            stamp,
            "dispute.settle",
            DisputeCase.pay_award,
            payer=payer,
            fund=fund,
            method=method,
            voucher_no=voucher_no,
            lines=lines,
        )

    def reverse_payment(self, case: str, *, payment: int, reason: str, stamp: Stamp) -> Done:
        """Take a payment back; it stays readable, and its voucher may be entered again (D-08)."""
        return self._take(
            case,
            stamp,
            "dispute.settle",
            DisputeCase.reverse_payment,
            payment=payment,
            reason=reason,
        )

    def recover_advance(
        self, case: str, *, payment: int, amount: Fen, voucher_no: str, stamp: Stamp
    ) -> Done:
        """Record that the employer gave an emergency-fund advance back (D-15, 农民工条例 63)."""
        return self._take(
            case,
            stamp,
            "dispute.settle",
            DisputeCase.recover_advance,
            payment=payment,
            amount=amount,
            voucher_no=voucher_no,
        )
