"""Disputes at the counter: intake, parties, claims, acceptance 来访与受理."""

from collections.abc import Sequence
from datetime import date

from application.dispute_desk import Desk, case_number, intake_number
from application.ids import new_stream
from application.store import Done, Stamp
from domain.dispute import DisputeCase
from domain.dispute.claims import ClaimRow
from domain.kernel import Event
from domain.money import Fen


class Intake(Desk):
    """Disputes at the counter: intake, parties, claims, acceptance 来访与受理."""

    def record_intake(
        self,
        *,
        channel: str,
        summary: str,
        stamp: Stamp,
        applicant: str | None = None,
        outer_no: str | None = None,
        reply_due: date | None = None,
    ) -> Done:
        """Open a dispute at the asker's station: a new stream with an intake number of its own."""
        case = new_stream("dispute")
        return self._take(
            case,
            stamp,
            "dispute.intake",
            DisputeCase.record_intake,
            station=stamp.station,
            intake_no=intake_number(stamp),
            channel=channel,
            summary=summary,
            applicant=applicant,
            outer_no=outer_no,
            reply_due=reply_due,
        )

    def attach_intake(
        self,
        case: str,
        *,
        channel: str,
        summary: str,
        stamp: Stamp,
        applicant: str | None = None,
        outer_no: str | None = None,
        reply_due: date | None = None,
    ) -> Done:
        """Record that the same dispute came in by another channel, under a number of its own."""
        return self._take(
            case,
            stamp,
            "dispute.intake",
            DisputeCase.attach_intake,
            intake_no=intake_number(stamp),
            channel=channel,
            summary=summary,
            applicant=applicant,
            outer_no=outer_no,
            reply_due=reply_due,
        )

    def check_route(
        self, case: str, *, relation: str, matter: str, elsewhere: str, stamp: Stamp
    ) -> Done:
        """Record the answers that decide which body is right."""
        return self._take(
            case,
            stamp,
            "dispute.intake",
            DisputeCase.check_route,
            relation=relation,
            matter=matter,
            elsewhere=elsewhere,
        )

    def send_reply(self, case: str, *, intake_no: str, kind: str, stamp: Stamp) -> Done:
        """Record an answer to an intake: `registered` or `final` (DL-15, DL-16, DL-20)."""
        return self._take(
            case, stamp, "dispute.intake", DisputeCase.send_reply, intake_no=intake_no, kind=kind
        )

    def receive_application(self, case: str, *, form: str, stamp: Stamp) -> Done:
        """Receive the application, written or oral; DL-01 and DL-03 count from its day."""
        return self._take(case, stamp, "dispute.intake", DisputeCase.receive_application, form=form)

    def add_claimant(
        self,
        case: str,
        *,
        worker: str,
        stamp: Stamp,
        job: str | None = None,
        hired_on: date | None = None,
    ) -> Done:
        """Add a worker with a track of the own."""
        return self._take(
            case,
            stamp,
            "dispute.intake",
            DisputeCase.add_claimant,
            worker=worker,
            job=job,
            hired_on=hired_on,
        )

    def withdraw_claimant(
        self, case: str, *, worker: str, by: str, power: str, reason: str, stamp: Stamp
    ) -> Done:
        """Withdraw one worker; the last one to withdraw closes the case with it (D-16)."""
        return self._take(
            case,
            stamp,
            "dispute.edit",
            DisputeCase.withdraw_claimant,
            worker=worker,
            by=by,
            power=power,
            reason=reason,
        )

    def choose_representatives(
        self, case: str, *, representatives: Sequence[str], stamp: Stamp
    ) -> Done:
        """Name at most five claimants who speak for the others (D-14, 信访工作条例 20)."""
        return self._take(
            case,
            stamp,
            "dispute.edit",
            DisputeCase.choose_representatives,
            representatives=representatives,
        )

    def add_respondent(self, case: str, *, respondent: str, role: str, stamp: Stamp) -> Done:
        """Name an employer that answers, in one of seven roles."""
        return self._take(
            case,
            stamp,
            "dispute.intake",
            DisputeCase.add_respondent,
            respondent=respondent,
            role=role,
        )

    def end_employment(
        self, case: str, *, worker: str, ended_on: date, reason: str, stamp: Stamp
    ) -> Done:
        """Record the end of employment; arrears lapse one year after it (DL-08d)."""
        return self._take(
            case,
            stamp,
            "dispute.intake",
            DisputeCase.end_employment,
            worker=worker,
            ended_on=ended_on,
            reason=reason,
        )

    def request_materials(
        self, case: str, *, items: Sequence[str], due_on: date, stamp: Stamp
    ) -> Done:
        """Tell everything that is missing, at once."""
        return self._take(
            case,
            stamp,
            "dispute.intake",
            DisputeCase.request_materials,
            items=items,
            due_on=due_on,
            occurred_on=stamp.occurred_on,
        )

    def receive_materials(self, case: str, *, items: Sequence[str], stamp: Stamp) -> Done:
        """Record papers that came in."""
        return self._take(case, stamp, "dispute.intake", DisputeCase.receive_materials, items=items)

    def accept(self, case: str, *, stamp: Stamp) -> Done:
        """Accept for mediation under the next number of county and year, without gaps."""
        year = stamp.occurred_on.year

        def decision(dispute: DisputeCase) -> list[Event]:
            county = self._outside.county(dispute.station)
            serial = self._store.next_serial(county, year, "dispute")
            return dispute.accept(
                case_no=case_number(county, year, serial),
                serial=serial,
                open_elsewhere=self._outside.open_twin(case),
                awarded_elsewhere=self._outside.awarded(case),
            )

        return self._take(case, stamp, "dispute.edit", decision)

    def not_accept(self, case: str, *, reason: str, told_route: str, stamp: Stamp) -> Done:
        """Refuse the application and say where to go; closes the case."""
        return self._take(
            case,
            stamp,
            "dispute.edit",
            DisputeCase.not_accept,
            reason=reason,
            told_route=told_route,
        )

    def transfer_out(
        self, case: str, *, body: str, reason: str, stamp: Stamp, ref_no: str | None = None
    ) -> Done:
        """Hand the whole case to another body; closes it (D-09)."""
        return self._take(
            case,
            stamp,
            "dispute.edit",
            DisputeCase.transfer_out,
            body=body,
            reason=reason,
            ref_no=ref_no,
        )

    def record_consent(self, case: str, *, respondent: str, consents: bool, stamp: Stamp) -> Done:
        """Record whether a respondent agrees to mediation; a refusal starts DL-02 (D-02)."""
        return self._take(
            case,
            stamp,
            "dispute.edit",
            DisputeCase.record_consent,
            respondent=respondent,
            consents=consents,
        )

    def notify_refusal(
        self, case: str, *, workers: Sequence[str], method: str, stamp: Stamp
    ) -> Done:
        """Tell the workers that the respondent refuses mediation (DL-02)."""
        return self._take(
            case, stamp, "dispute.edit", DisputeCase.notify_refusal, workers=workers, method=method
        )

    def state_claim(self, case: str, *, row: ClaimRow, stamp: Stamp) -> Done:
        """State one claim of a claimant."""
        return self._take(
            case,
            stamp,
            "dispute.intake",
            DisputeCase.state_claim,
            row=row,
            occurred_on=stamp.occurred_on,
        )

    def state_claims_table(self, case: str, *, rows: Sequence[ClaimRow], stamp: Stamp) -> Done:
        """Take a whole wage table in one command: unknown workers are added with their claims."""
        return self._take(
            case,
            stamp,
            "dispute.intake",
            DisputeCase.state_claims_table,
            rows=rows,
            occurred_on=stamp.occurred_on,
        )

    def amend_claim(self, case: str, *, claim: int, amount: Fen, reason: str, stamp: Stamp) -> Done:
        """Change the claimed amount while there is no result."""
        return self._take(
            case,
            stamp,
            "dispute.edit",
            DisputeCase.amend_claim,
            claim=claim,
            amount=amount,
            reason=reason,
        )

    def verify_claim(self, case: str, *, claim: int, amount: Fen, basis: str, stamp: Stamp) -> Done:
        """Record what the office found due; nothing due is a finding too."""
        return self._take(
            case,
            stamp,
            "dispute.edit",
            DisputeCase.verify_claim,
            claim=claim,
            amount=amount,
            basis=basis,
        )
