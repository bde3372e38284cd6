"""Decisions about agreements: signature, annulment, default, joint applications (D-04, D-10)."""

from collections.abc import Sequence
from datetime import date, timedelta

from domain.calendar import WorkCalendar
from domain.deadline_rules import CONFIRMATION, REVIEW
from domain.dispute import facts
from domain.dispute.arithmetic import check_instalments, check_lines, instalment_balance
from domain.dispute.checks import joint, mediator_of, on_track, workers_of
from domain.dispute.records import OPEN, Agreement, Track
from domain.dispute.state import DisputeState
from domain.dispute.values import Instalment, Line
from domain.kernel import N_, Event, Refused, Sealed, amended, decides
from domain.money import Fen
from domain.settings import Settings

DELIVERED = Settings()
OWING = frozenset({Track.AGREED, Track.DEFAULTED})


def closed_on_signature(state: DisputeState) -> None:
    """Refuse a closed case unless it was closed on signature and is followed up (D-00)."""
    if state.closed and state.outcome != "settled_pending":
        raise Refused(rule="D-00", text=N_("本案已结案，不能办理此事项。"))


class SettlementPhase(DisputeState):
    """What the parties agree on, and what becomes of it."""

    @decides("D-00", {"MEDIATING", "FAILED"})
    def sign_agreement(
        self,
        *,
        occurred_on: date,
        mediator: str,
        signed_by: Sequence[str],
        sealed: bool,
        lines: Sequence[Line],
        perform_by: date,
        terms: str,
        instalments: Sequence[Instalment] = (),
        waiver: str | None = None,
        excess_reason: str | None = None,
        unfit: str = "",
    ) -> list[Event]:
        """Record an agreement on the day the last signature and the seal are there.

        Without instalments the whole sum is one instalment, due at the end of the term.
        Basis: 调解仲裁法 14, 人民调解法 29 (D-03, D-04, D-05, D-06).
        """
        mediator_of(self, mediator, unfit)
        check_lines(lines)
        workers = workers_of(self, lines)
        on_track(self, sorted(workers), {Track.CLAIMED, Track.FAILED})
        self._signed(signed_by, workers, sealed=sealed)
        if perform_by < occurred_on:
            raise Refused(
                rule="D-06",
                text=N_("履行期限{last}不能早于签字日{signed}。"),
                field="perform_by",
                last=perform_by,
                signed=occurred_on,
            )
        plan = tuple(instalments) or (
            Instalment(no=1, due_on=perform_by, method="bank", lines=tuple(lines)),
        )
        check_instalments(lines, plan, signed_on=occurred_on, perform_by=perform_by)
        self._excess(lines, excess_reason)
        return [
            facts.AgreementSigned(
                agreement=max(self.agreements, default=0) + 1,
                mediator=mediator,
                signed_by=tuple(signed_by),
                sealed=sealed,
                lines=tuple(lines),
                perform_by=perform_by,
                instalments=plan,
                waiver=Sealed(self.subject, "waiver", waiver) if waiver else None,
                excess_reason=(
                    Sealed(self.subject, "excess_reason", excess_reason) if excess_reason else None
                ),
                terms=Sealed(self.subject, "terms", terms),
            )
        ]

    def _signed(self, signed_by: Sequence[str], workers: set[str], *, sealed: bool) -> None:
        """Ask for every worker or a representative, a respondent, and the seal (D-04)."""
        represented = not set(self.representatives).isdisjoint(signed_by)
        if not represented and not workers.issubset(signed_by):
            raise Refused(
                rule="D-04",
                text=N_("协议须由每名劳动者或其代表人签字。"),
                field="signed_by",
            )
        if set(self.respondents).isdisjoint(signed_by):
            raise Refused(rule="D-04", text=N_("协议须由被申请人签字或盖章。"), field="signed_by")
        if not sealed:
            raise Refused(rule="D-04", text=N_("协议须加盖调解组织印章。"), field="sealed")

    def _excess(self, lines: Sequence[Line], reason: str | None) -> None:
        for line in lines:
            if line.amount > self.claims[line.claim].claimed and not reason:
                raise Refused(
                    rule="D-05",
                    text=N_("第{claim}项请求协议金额{agreed}高于主张金额{claimed}，请说明理由。"),
                    field="excess_reason",
                    claim=line.claim,
                    agreed=line.amount,
                    claimed=Fen(self.claims[line.claim].claimed),
                )

    def unwaived(self, agreement: int) -> list[Refused]:
        """Warn of sums below the undisputed minimum that an agreement does not waive (D-05).

        Mediation may compromise, so nothing is refused; whoever reads the case is told.
        """
        signed = next(
            fact
            for fact, _ in amended(self.history)
            if isinstance(fact, facts.AgreementSigned) and fact.agreement == agreement
        )
        if signed.waiver:
            return []
        return [
            Refused(
                rule="D-05",
                text=N_(
                    "第{claim}项请求协议金额{agreed}低于无争议金额{floor}，协议没有写明放弃说明。"
                ),
                claim=no,
                agreed=Fen(agreed),
                floor=Fen(self.claims[no].undisputed),
            )
            for no, agreed in self.agreements[agreement].agreed.items()
            if no in self.claims and agreed < self.claims[no].undisputed
        ]

    @decides("D-00", OPEN)
    def void_agreement(self, *, agreement: int, body: str, reason: str) -> list[Event]:
        """Record that an agreement was annulled or is void (解释一 35)."""
        self._owing(agreement)
        return [facts.AgreementVoided(agreement=agreement, body=body, reason=reason)]

    @decides("D-00", OPEN | {"CLOSED"}, also=(closed_on_signature,))
    def record_default(
        self, *, agreement: int, instalment: int, occurred_on: date, settings: Settings = DELIVERED
    ) -> list[Event]:
        """Record default on an instalment, not before the day after due date and grace (D-11).

        The lines are the open balances of the instalment; its grace is the setting in force on
        the day it falls due (Q-17).
        """
        signed = self._owing(agreement)
        due = next((i.due_on for i in signed.instalments if i.no == instalment), None)
        if due is None:
            raise Refused(
                rule="D-11",
                text=N_("协议没有第{no}期。"),
                field="instalment",
                no=instalment,
            )
        first = due + timedelta(days=settings.value("grace_days", due) + 1)
        if occurred_on < first:
            raise Refused(
                rule="D-11",
                text=N_("第{no}期{due}到期，最早可在{first}登记逾期。"),
                field="occurred_on",
                no=instalment,
                due=due,
                first=first,
            )
        lines = tuple(
            line
            for line in instalment_balance(signed, instalment)
            if self.workers[self.claims[line.claim].worker].track in OWING
        )
        if not lines:
            raise Refused(
                rule="D-11",
                text=N_("第{no}期已付清，没有逾期金额。"),
                field="instalment",
                no=instalment,
            )
        return [facts.PerformanceDefaulted(agreement=agreement, instalment=instalment, lines=lines)]

    @decides("D-00", OPEN | {"CLOSED"}, also=(closed_on_signature,))
    def apply_review(
        self,
        *,
        agreement: int,
        by: Sequence[str],
        occurred_on: date,
        calendar: WorkCalendar,
        ref_no: str | None = None,
    ) -> list[Event]:
        """Apply for arbitration review: both sides, within 15 days (D-10, DL-04, 办案规则 74)."""
        signed = self._joint(agreement, by)
        due = REVIEW.due(signed.signed_on, calendar).on
        if occurred_on > due:
            raise Refused(
                rule="D-10",
                text=N_("逾期：仲裁审查申请应在{due}前提出；可申请支付令或仲裁。"),
                field="occurred_on",
                due=due,
            )
        return [facts.ArbitrationReviewApplied(agreement=agreement, by=tuple(by), ref_no=ref_no)]

    @decides("D-00", OPEN | {"CLOSED"}, also=(closed_on_signature,))
    def apply_confirmation(
        self,
        *,
        agreement: int,
        by: Sequence[str],
        occurred_on: date,
        calendar: WorkCalendar,
        ref_no: str | None = None,
    ) -> list[Event]:
        """Apply for judicial confirmation: both sides, within 30 days (D-10, DL-05, 民诉法 205)."""
        signed = self._joint(agreement, by)
        due = CONFIRMATION.due(signed.signed_on, calendar).on
        if occurred_on > due:
            raise Refused(
                rule="D-10",
                text=N_("逾期：司法确认申请应在{due}前提出；可申请支付令或仲裁。"),
                field="occurred_on",
                due=due,
            )
        return [facts.JudicialConfirmationApplied(agreement=agreement, by=tuple(by), ref_no=ref_no)]

    def _joint(self, agreement: int, by: Sequence[str]) -> Agreement:
        signed = self._owing(agreement)
        workers = workers_of(self, (Line(claim, Fen(0)) for claim in signed.agreed))
        if not joint(self, by, workers):
            raise Refused(rule="D-10", text=N_("须由双方共同申请。"), field="by")
        return signed

    def _owing(self, number: int) -> Agreement:
        """Find an agreement in force under which somebody is still owed money."""
        signed = self.agreements.get(number)
        if signed is None or signed.voided:
            raise Refused(
                rule="D-00",
                text=N_("本案没有生效的第{agreement}号协议。"),
                field="agreement",
                agreement=number,
            )
        if not any(r.agreement == number and r.track in OWING for r in self.workers.values()):
            raise Refused(
                rule="D-00",
                text=N_("第{agreement}号协议没有待履行的劳动者。"),
                field="agreement",
                agreement=number,
            )
        return signed
