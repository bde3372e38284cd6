"""What other bodies do 转出与外部程序, and limitation 时效."""

from collections.abc import Sequence
from datetime import date

from application.dispute_desk import Desk
from application.store import Done, Stamp
from domain.dispute import DisputeCase
from domain.dispute.values import Line


class Escalation(Desk):
    """What other bodies do 转出与外部程序, and limitation 时效."""

    def explain_routes(
        self, case: str, *, workers: Sequence[str], routes: Sequence[str], method: str, stamp: Stamp
    ) -> Done:
        """Tell workers their other routes. Basis: 人民调解法 26 (D-17)."""
        return self._take(
            case,
            stamp,
            "dispute.edit",
            DisputeCase.explain_routes,
            workers=workers,
            routes=routes,
            method=method,
        )

    def escalate(
        self,
        case: str,
        *,
        workers: Sequence[str],
        route: str,
        body: str,
        stamp: Stamp,
        ref_no: str | None = None,
    ) -> Done:
        """Lead workers to another body, after they were told their routes (D-17)."""
        return self._take(
            case,
            stamp,
            "dispute.edit",
            DisputeCase.escalate,
            workers=workers,
            route=route,
            body=body,
            ref_no=ref_no,
        )

    def apply_payment_order(
        self,
        case: str,
        *,
        agreement: int,
        court: str,
        stamp: Stamp,
        lines: Sequence[Line] = (),
        reason: str | None = None,
    ) -> Done:
        """Apply for a payment order after default (D-11, DL-07, 调解仲裁法 16)."""
        return self._take(
            case,
            stamp,
            "dispute.edit",
            DisputeCase.apply_payment_order,
            agreement=agreement,
            court=court,
            lines=lines,
            reason=reason,
        )

    def issue_payment_order(self, case: str, *, ref_no: str, stamp: Stamp) -> Done:
        """Record that the court issued the order (DL-07b)."""
        return self._take(
            case, stamp, "dispute.edit", DisputeCase.issue_payment_order, ref_no=ref_no
        )

    def serve_payment_order(self, case: str, *, stamp: Stamp) -> Done:
        """Record that the debtor received the order; 15 days to object (DL-07b)."""
        return self._take(case, stamp, "dispute.edit", DisputeCase.serve_payment_order)

    def object_payment_order(self, case: str, *, reason: str, stamp: Stamp) -> Done:
        """Record the debtor's objection: the order is void (解释一 13(3))."""
        return self._take(
            case, stamp, "dispute.edit", DisputeCase.object_payment_order, reason=reason
        )

    def file_arbitration(
        self,
        case: str,
        *,
        workers: Sequence[str],
        commission: str,
        stamp: Stamp,
        ref_no: str | None = None,
    ) -> Done:
        """Record an application to the arbitration commission (DL-08 ends, DL-09 starts)."""
        return self._take(
            case,
            stamp,
            "dispute.edit",
            DisputeCase.file_arbitration,
            workers=workers,
            commission=commission,
            ref_no=ref_no,
        )

    def accept_arbitration(self, case: str, *, ref_no: str, stamp: Stamp) -> Done:
        """Record that the commission accepted; the award is due in 45 days (DL-10)."""
        return self._take(
            case, stamp, "dispute.edit", DisputeCase.accept_arbitration, ref_no=ref_no
        )

    def refer_inspection(
        self,
        case: str,
        *,
        workers: Sequence[str],
        body: str,
        stamp: Stamp,
        violation_ended_on: date | None = None,
        takes_over: bool = False,
    ) -> Done:
        """Refer to labour inspection; mediation of the same claims ends with it (D-13)."""
        return self._take(
            case,
            stamp,
            "dispute.edit",
            DisputeCase.refer_inspection,
            workers=workers,
            body=body,
            violation_ended_on=violation_ended_on,
            takes_over=takes_over,
            mediating_elsewhere=self._outside.mediating(case),
        )

    def file_inspection(self, case: str, *, ref_no: str, stamp: Stamp) -> Done:
        """Record that inspection filed the case 立案 (DL-13 starts)."""
        return self._take(case, stamp, "dispute.edit", DisputeCase.file_inspection, ref_no=ref_no)

    def refer_legal_aid(
        self, case: str, *, workers: Sequence[str], centre: str, stamp: Stamp
    ) -> Done:
        """Refer to legal aid (DL-18)."""
        return self._take(
            case, stamp, "dispute.edit", DisputeCase.refer_legal_aid, workers=workers, centre=centre
        )

    def grant_legal_aid(
        self, case: str, *, ref_no: str, stamp: Stamp, lawyer: str | None = None
    ) -> Done:
        """Record the centre's decision to help (DL-18)."""
        return self._take(
            case, stamp, "dispute.edit", DisputeCase.grant_legal_aid, ref_no=ref_no, lawyer=lawyer
        )

    def transfer_to_police(
        self,
        case: str,
        *,
        workers: Sequence[str],
        body: str,
        stamp: Stamp,
        ref_no: str | None = None,
    ) -> Done:
        """Hand suspicion of 拒不支付劳动报酬罪 to the police; moves no track."""
        return self._take(
            case,
            stamp,
            "dispute.edit",
            DisputeCase.transfer_to_police,
            workers=workers,
            body=body,
            ref_no=ref_no,
        )

    def seek_enforcement(
        self, case: str, *, court: str, title: str, workers: Sequence[str], stamp: Stamp
    ) -> Done:
        """Apply for enforcement of a title (DL-19, 民诉法 250)."""
        return self._take(
            case,
            stamp,
            "dispute.edit",
            DisputeCase.seek_enforcement,
            court=court,
            title=title,
            workers=workers,
        )

    def record_step(
        self,
        case: str,
        *,
        procedure: str,
        step: str,
        workers: Sequence[str],
        stamp: Stamp,
        days: int | None = None,
        ref_no: str | None = None,
    ) -> Done:
        """Record a step elsewhere; an extension carries its days (added to the raw length)."""
        return self._take(
            case,
            stamp,
            "dispute.edit",
            DisputeCase.record_step,
            procedure=procedure,
            step=step,
            workers=workers,
            days=days,
            ref_no=ref_no,
        )

    def record_result(
        self,
        case: str,
        *,
        procedure: str,
        result: str,
        workers: Sequence[str],
        final: bool,
        stamp: Stamp,
        awards: Sequence[Line] = (),
        received_on: date | None = None,
        ref_no: str | None = None,
    ) -> Done:
        """Record how a procedure elsewhere ended, and what it awards claim by claim."""
        return self._take(
            case,
            stamp,
            "dispute.edit",
            DisputeCase.record_result,
            procedure=procedure,
            result=result,
            workers=workers,
            final=final,
            awards=awards,
            received_on=received_on,
            ref_no=ref_no,
        )

    def interrupt_limitation(
        self, case: str, *, workers: Sequence[str], ground: str, stamp: Stamp
    ) -> Done:
        """Record an interruption: the year starts again from this day (DL-08b)."""
        return self._take(
            case,
            stamp,
            "dispute.edit",
            DisputeCase.interrupt_limitation,
            workers=workers,
            ground=ground,
        )

    def suspend_limitation(
        self, case: str, *, workers: Sequence[str], ground: str, stamp: Stamp
    ) -> Done:
        """Record that the year stands still (DL-08c)."""
        return self._take(
            case,
            stamp,
            "dispute.edit",
            DisputeCase.suspend_limitation,
            workers=workers,
            ground=ground,
        )

    def resume_limitation(self, case: str, *, workers: Sequence[str], stamp: Stamp) -> Done:
        """Record that the year runs on (DL-08c)."""
        return self._take(
            case, stamp, "dispute.edit", DisputeCase.resume_limitation, workers=workers
        )
