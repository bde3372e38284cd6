"""Decisions that lead out of mediation: routes told, escalation, payment order, referrals."""

from collections.abc import Sequence
from datetime import date

from domain import codes_dispute as codes
from domain.dispute import facts
from domain.dispute.arithmetic import agreement_balance
from domain.dispute.checks import TITLES, known, on_track
from domain.dispute.records import MED, OPEN, OPEN_TRACKS, PAUSED, POST, Agreement, Track
from domain.dispute.state import DisputeState
from domain.dispute.values import Line
from domain.kernel import N_, Event, Refused, Sealed, decides

# Claim kinds that a payment order covers (调解仲裁法 16); C04 only with a stated reason.
ORDERED = frozenset({"C01", "C02", "C03", "C05", "C06", "C10", "C13"})
ELSEWHERE = frozenset({Track.DEFAULTED, Track.ESCALATED})


def order_is_applied(state: DisputeState) -> None:
    """Refuse a step of a payment order that nobody applied for (D-11)."""
    if state.order_applied_on is None:
        raise Refused(rule="D-11", text=N_("尚未申请支付令，或支付令已因异议失效。"))


def arbitration_is_filed(state: DisputeState) -> None:
    """Refuse an acceptance by a commission that nobody applied to (D-00)."""
    if not state.filed:
        raise Refused(rule="D-00", text=N_("尚未登记申请仲裁。"))


def inspection_is_referred(state: DisputeState) -> None:
    """Refuse a filing by an inspection that has not got the case (D-00)."""
    if not state.taken_over:
        raise Refused(rule="D-00", text=N_("尚未移送劳动监察。"))


def has_title(state: DisputeState) -> None:
    """Refuse enforcement where nothing can be enforced: an agreement alone is a contract (D-11)."""
    titled = any(one.titled and not one.voided for one in state.agreements.values())
    awarded = any(claim.awarded for claim in state.claims.values())
    if not (titled or awarded or state.order_issued_on):
        raise Refused(
            rule="D-11",
            text=N_("协议只有合同效力：没有司法确认、仲裁调解书、裁决或支付令，不能申请强制执行。"),
        )


class EscalationPhase(DisputeState):
    """What follows when mediation fails or money does not come."""

    @decides("D-00", MED | POST)
    def explain_routes(
        self, *, workers: Sequence[str], routes: Sequence[str], method: str
    ) -> list[Event]:
        """Tell workers their other routes. Basis: 人民调解法 26 (D-17)."""
        on_track(self, workers, OPEN_TRACKS)
        if not routes:
            raise Refused(rule="D-17", text=N_("请至少告知一条途径。"), field="routes")
        for route in routes:
            known(route, codes.ROUTES, "routes")
        return [facts.RoutesExplained(workers=tuple(workers), routes=tuple(routes), method=method)]

    @decides("D-00", MED | POST)
    def escalate(
        self, *, workers: Sequence[str], route: str, body: str, ref_no: str | None = None
    ) -> list[Event]:
        """Lead workers to another body, after they were told their routes (D-17)."""
        known(route, codes.ROUTES, "route")
        on_track(self, workers, {Track.CLAIMED, Track.FAILED, Track.DEFAULTED})
        for worker in workers:
            if not self.workers[worker].told:
                raise Refused(
                    rule="D-17",
                    text=N_("转出前须先告知{worker}救济途径。"),
                    field="workers",
                    worker=worker,
                )
        return [facts.Escalated(workers=tuple(workers), route=route, body=body, ref_no=ref_no)]

    @decides("D-00", OPEN)
    def apply_payment_order(
        self,
        *,
        agreement: int,
        court: str,
        lines: Sequence[Line] = (),
        reason: str | None = None,
    ) -> list[Event]:
        """Apply for a payment order after default (D-11, DL-07, 调解仲裁法 16).

        Without lines: everything open of the workers in default. C04 needs a reason (Q-22).
        """
        signed = self._agreement(agreement)
        if signed.titled:
            raise Refused(rule="D-11", text=N_("协议已经仲裁审查或司法确认，应申请强制执行。"))
        behind = tuple(
            line
            for line in agreement_balance(signed)
            if self.workers[self.claims[line.claim].worker].track in ELSEWHERE
        )
        if not behind:
            raise Refused(rule="D-11", text=N_("须先登记逾期未履行，才能申请支付令。"))
        asked = tuple(lines) or behind
        most = {line.claim: line.amount for line in behind}
        for line in asked:
            code = self.claims[line.claim].code if line.claim in self.claims else ""
            if not 0 < line.amount <= most.get(line.claim, 0):
                raise Refused(
                    rule="D-11",
                    text=N_("第{claim}项请求的金额超过逾期未付余额。"),
                    field="lines",
                    claim=line.claim,
                )
            if code not in ORDERED and not (code == "C04" and reason):
                raise Refused(
                    rule="D-11",
                    text=N_("{code}类请求不能申请支付令；二倍工资须写明理由。"),
                    field="reason" if code == "C04" else "lines",
                    code=code,
                )
        sealed = Sealed(self.subject, "reason", reason) if reason else None
        return [
            facts.PaymentOrderApplied(agreement=agreement, court=court, lines=asked, reason=sealed)
        ]

    def _agreement(self, number: int) -> Agreement:
        signed = self.agreements.get(number)
        if signed is None or signed.voided:
            raise Refused(
                rule="D-11",
                text=N_("本案没有生效的第{agreement}号协议。"),
                field="agreement",
                agreement=number,
            )
        return signed

    @decides("D-00", PAUSED | {"CLOSED"}, also=(order_is_applied,))
    def issue_payment_order(self, *, ref_no: str) -> list[Event]:
        """Record that the court issued the order (DL-07b)."""
        return [facts.PaymentOrderIssued(ref_no=ref_no)]

    @decides("D-00", PAUSED | {"CLOSED"}, also=(order_is_applied,))
    def serve_payment_order(self) -> list[Event]:
        """Record that the debtor received the order; 15 days to object (DL-07b)."""
        return [facts.PaymentOrderServed()]

    @decides("D-00", PAUSED | {"CLOSED"}, also=(order_is_applied,))
    def object_payment_order(self, *, reason: str) -> list[Event]:
        """Record the debtor's objection: the order is void (解释一 13(3))."""
        return [facts.PaymentOrderObjected(reason=reason)]

    @decides("D-00", OPEN | {"CLOSED"})
    def file_arbitration(
        self, *, workers: Sequence[str], commission: str, ref_no: str | None = None
    ) -> list[Event]:
        """Record an application to the arbitration commission (DL-08 ends, DL-09 starts)."""
        on_track(self, workers, ELSEWHERE)
        return [
            facts.ArbitrationFiled(workers=tuple(workers), commission=commission, ref_no=ref_no)
        ]

    @decides("D-00", OPEN | {"CLOSED"}, also=(arbitration_is_filed,))
    def accept_arbitration(self, *, ref_no: str) -> list[Event]:
        """Record that the commission accepted; the award is due in 45 days (DL-10)."""
        return [facts.ArbitrationAccepted(ref_no=ref_no)]

    @decides("D-00", OPEN)
    def refer_inspection(
        self,
        *,
        workers: Sequence[str],
        body: str,
        violation_ended_on: date | None = None,
        takes_over: bool = False,
        mediating_elsewhere: str = "",
    ) -> list[Event]:
        """Refer to labour inspection; mediation of the same claims ends with it (D-13).

        `takes_over` records that inspection takes the claims over: who still mediates has failed
        mediation for that reason. From outside: another case that still mediates them.
        """
        on_track(self, workers, OPEN_TRACKS)
        mediating = tuple(w for w in workers if self.workers[w].track is Track.CLAIMED)
        if mediating_elsewhere or (mediating and not (takes_over and self.accepted_on)):
            raise Refused(
                rule="D-13",
                text=N_("同一请求仍在调解，请先结束调解或注明由监察接管。"),
                field="takes_over",
            )
        moved: list[Event] = []
        if mediating:
            moved.append(facts.MediationFailed(workers=mediating, reason="inspection_takes_over"))
        return [
            *moved,
            facts.InspectionReferred(
                workers=tuple(workers), body=body, violation_ended_on=violation_ended_on
            ),
        ]

    @decides("D-00", OPEN, also=(inspection_is_referred,))
    def file_inspection(self, *, ref_no: str) -> list[Event]:
        """Record that inspection filed the case 立案 (DL-13 starts)."""
        return [facts.InspectionFiled(ref_no=ref_no)]

    @decides("D-00", PAUSED)
    def refer_legal_aid(self, *, workers: Sequence[str], centre: str) -> list[Event]:
        """Refer to legal aid (DL-18)."""
        on_track(self, workers, set(Track))
        return [facts.LegalAidReferred(workers=tuple(workers), centre=centre)]

    @decides("D-00", PAUSED)
    def grant_legal_aid(self, *, ref_no: str, lawyer: str | None = None) -> list[Event]:
        """Record the centre's decision to help (DL-18)."""
        sealed = Sealed(self.subject, "lawyer", lawyer) if lawyer else None
        return [facts.LegalAidGranted(ref_no=ref_no, lawyer=sealed)]

    @decides("D-00", PAUSED)
    def transfer_to_police(
        self, *, workers: Sequence[str], body: str, ref_no: str | None = None
    ) -> list[Event]:
        """Hand suspicion of 拒不支付劳动报酬罪 to the police; moves no track."""
        on_track(self, workers, set(Track))
        return [facts.PoliceTransferMade(body=body, ref_no=ref_no, workers=tuple(workers))]

    @decides("D-00", OPEN | {"CLOSED"}, also=(has_title,))
    def seek_enforcement(self, *, court: str, title: str, workers: Sequence[str]) -> list[Event]:
        """Apply for enforcement of a title that each worker holds (D-11, DL-19, 民诉法 250)."""
        known(title, TITLES, "title")
        on_track(self, workers, ELSEWHERE)
        for worker in workers:
            if not self._holds(worker, title):
                raise Refused(
                    rule="D-11",
                    text=N_("{worker}没有所选的执行依据。"),
                    field="title",
                    worker=worker,
                )
        return [facts.EnforcementSought(court=court, title=title, workers=tuple(workers))]

    def _holds(self, worker: str, title: str) -> bool:
        """Say whether a worker has a title of this kind."""
        record = self.workers[worker]
        if title == "payment_order":
            return self.order_issued_on is not None
        if title in {"award", "judgment"}:
            return any(self.claims[no].awarded for no in record.claims)
        signed = self.agreements.get(record.agreement or 0)
        return signed is not None and signed.titled and not signed.voided
