"""The state of a dispute, third part: other bodies, and what became of the file itself."""

from collections.abc import Mapping
from datetime import date

from domain.attachments import Attachments, added, withdrawn
from domain.dispute import facts
from domain.dispute.money_state import MoneyState
from domain.dispute.records import NOTHING, Stage, Track
from domain.kernel import applies
from domain.papers import Issued


class OutsideState(MoneyState):
    """What other bodies, pauses, closing and merging leave behind.

    Days of outside procedures are not kept here: `domain.deadlines` reads them in the history.
    """

    ordered_to_pay_on: date | None = None
    order_applied_on: date | None = None
    order_issued_on: date | None = None
    filed: frozenset[str] = frozenset()
    suspended_on: date | None = None
    limitation_paused: frozenset[str] = frozenset()
    taken_over: frozenset[str] = frozenset()
    merged_into: str = ""
    absorbed: frozenset[str] = frozenset()
    seekers: Mapping[str, str] = NOTHING
    documents: Mapping[str, Issued] = NOTHING
    attachments: Attachments = NOTHING
    access: Mapping[str, str] = NOTHING

    @applies(facts.RoutesExplained)
    def _routes_explained(self, fact: facts.RoutesExplained, _on: date) -> None:
        for worker in fact.workers:
            self._worker(worker).told = True

    @applies(facts.Escalated)
    def _escalated(self, fact: facts.Escalated, _on: date) -> None:
        for worker in fact.workers:
            record = self._worker(worker)
            record.route = fact.route
            self._move(record, Track.ESCALATED)

    @applies(facts.ArbitrationReviewApplied)
    def _review_applied(self, fact: facts.ArbitrationReviewApplied, on: date) -> None:
        if fact.agreement in self.agreements:
            self.agreements[fact.agreement].review_on = on

    @applies(facts.JudicialConfirmationApplied)
    def _confirmation_applied(self, fact: facts.JudicialConfirmationApplied, on: date) -> None:
        if fact.agreement in self.agreements:
            self.agreements[fact.agreement].confirmation_on = on

    @applies(facts.PaymentOrderApplied)
    def _order_applied(self, fact: facts.PaymentOrderApplied, on: date) -> None:
        self.order_applied_on, self.order_issued_on = on, None
        if fact.agreement in self.agreements:
            self.agreements[fact.agreement].ordered_on = on

    @applies(facts.PaymentOrderIssued)
    def _order_issued(self, _fact: facts.PaymentOrderIssued, on: date) -> None:
        self.order_issued_on = on

    @applies(facts.PaymentOrderServed)
    def _order_served(self, _fact: facts.PaymentOrderServed, _on: date) -> None:
        """Keep nothing: only DL-07b reads it, from the history."""

    @applies(facts.PaymentOrderObjected)
    def _order_objected(self, _fact: facts.PaymentOrderObjected, _on: date) -> None:
        self.order_applied_on = self.order_issued_on = None

    @applies(facts.ArbitrationFiled)
    def _arbitration_filed(self, fact: facts.ArbitrationFiled, _on: date) -> None:
        self.filed |= set(fact.workers)

    @applies(facts.ArbitrationAccepted)
    def _arbitration_accepted(self, _fact: facts.ArbitrationAccepted, _on: date) -> None:
        """Keep nothing: DL-10 reads it from the history."""

    @applies(facts.InspectionReferred)
    def _inspection_referred(self, fact: facts.InspectionReferred, _on: date) -> None:
        self.taken_over |= set(fact.workers)

    @applies(facts.InspectionFiled)
    def _inspection_filed(self, _fact: facts.InspectionFiled, _on: date) -> None:
        """Keep nothing: DL-13 reads it from the history."""

    @applies(facts.LegalAidReferred)
    def _legal_aid_referred(self, _fact: facts.LegalAidReferred, _on: date) -> None:
        """Keep nothing: DL-18 reads it from the history."""

    @applies(facts.LegalAidGranted)
    def _legal_aid_granted(self, _fact: facts.LegalAidGranted, _on: date) -> None:
        """Keep nothing: DL-18 reads it from the history."""

    @applies(facts.PoliceTransferMade)
    def _police_transfer(self, _fact: facts.PoliceTransferMade, _on: date) -> None:
        """Keep nothing: it leaves every track where it stands."""

    @applies(facts.EnforcementSought)
    def _enforcement_sought(self, _fact: facts.EnforcementSought, _on: date) -> None:
        """Keep nothing: a track stays where it stands until it is paid in full."""

    @applies(facts.ExternalStepRecorded)
    def _external_step(self, _fact: facts.ExternalStepRecorded, _on: date) -> None:
        """Keep nothing: the deadlines read it from the history."""

    @applies(facts.ExternalResultRecorded)
    def _external_result(self, fact: facts.ExternalResultRecorded, on: date) -> None:
        for line in fact.awards:
            if line.claim in self.claims:
                self.claims[line.claim].awarded = int(line.amount)
        if (fact.procedure, fact.result) == ("inspection", "ordered_to_pay"):
            self.ordered_to_pay_on = on
        if fact.procedure in {"arbitration_review", "judicial_confirmation"}:
            titled = fact.result in {"confirmed", "awarded", "settled_there"}
            for agreement in self.agreements.values():
                asked = fact.procedure == "arbitration_review" and agreement.review_on
                if asked or (
                    fact.procedure == "judicial_confirmation" and agreement.confirmation_on
                ):
                    agreement.titled = titled

    @applies(facts.LimitationInterrupted)
    def _limitation_interrupted(self, _fact: facts.LimitationInterrupted, _on: date) -> None:
        """Keep nothing: DL-08b reads it from the history."""

    @applies(facts.LimitationSuspended)
    def _limitation_suspended(self, fact: facts.LimitationSuspended, _on: date) -> None:
        self.limitation_paused |= set(fact.workers)

    @applies(facts.LimitationResumed)
    def _limitation_resumed(self, fact: facts.LimitationResumed, _on: date) -> None:
        self.limitation_paused -= set(fact.workers)

    @applies(facts.Suspended)
    def _suspended(self, _fact: facts.Suspended, on: date) -> None:
        self.suspended_on = on

    @applies(facts.Resumed)
    def _resumed(self, _fact: facts.Resumed, _on: date) -> None:
        self.suspended_on = None

    @applies(facts.Closed)
    def _closed(self, fact: facts.Closed, on: date) -> None:
        self._shut(fact.outcome, on)

    @applies(facts.Reopened)
    def _reopened(self, fact: facts.Reopened, _on: date) -> None:
        self.closed, self.outcome, self.closed_on, self.suspended_on = False, "", None, None
        if fact.reason == "new_evidence":
            self.procedure = Stage.ASSIGNED if self.accepted_on else self.procedure
            for worker in fact.workers:
                record = self._worker(worker)
                record.agreement, record.told = None, False
                self._move(record, Track.CLAIMED)
                for claim in map(self.claims.__getitem__, record.claims):
                    self._own("groups").setdefault(claim.code, set()).add(worker)
            return
        for name, record in self.workers.items():
            if record.track is Track.AGREED and (not fact.workers or name in fact.workers):
                self._move(record, Track.DEFAULTED)

    @applies(facts.Merged)
    def _merged(self, fact: facts.Merged, on: date) -> None:
        self.merged_into = fact.into
        self._shut("merged", on)

    @applies(facts.Absorbed)
    def _absorbed(self, fact: facts.Absorbed, _on: date) -> None:
        self.absorbed |= {fact.case}

    @applies(facts.Unmerged)
    def _unmerged(self, fact: facts.Unmerged, _on: date) -> None:
        if self.merged_into == fact.other:
            self.merged_into, self.closed, self.outcome, self.closed_on = "", False, "", None
        self.absorbed -= {fact.other}

    @applies(facts.Classified)
    def _classified(self, _fact: facts.Classified, _on: date) -> None:
        """Keep nothing: no rule reads the category of a foreign register."""

    @applies(facts.LinkedToSeeker)
    def _linked(self, fact: facts.LinkedToSeeker, _on: date) -> None:
        self._own("seekers")[fact.seeker] = fact.worker

    @applies(facts.UnlinkedFromSeeker)
    def _unlinked(self, fact: facts.UnlinkedFromSeeker, _on: date) -> None:
        self._own("seekers").pop(fact.seeker, None)

    @applies(facts.NoteAdded)
    def _note_added(self, _fact: facts.NoteAdded, _on: date) -> None:
        """Keep nothing: the file lists it from the history."""

    @applies(facts.DocumentIssued)
    def _document_issued(self, fact: facts.DocumentIssued, on: date) -> None:
        self._own("documents")[fact.document] = Issued(fact.kind, fact.about, fact.worker, on)

    @applies(facts.AccessCodeGiven)
    def _access_code_given(self, fact: facts.AccessCodeGiven, _on: date) -> None:
        self._own("access")[fact.worker] = fact.digest

    @applies(facts.DocumentDelivered)
    def _document_delivered(self, _fact: facts.DocumentDelivered, _on: date) -> None:
        """Keep nothing: the file lists it from the history."""

    @applies(facts.AttachmentAdded)
    def _attachment_added(self, fact: facts.AttachmentAdded, on: date) -> None:
        self.attachments = added(self.attachments, fact, on)

    @applies(facts.AttachmentWithdrawn)
    def _attachment_withdrawn(self, fact: facts.AttachmentWithdrawn, on: date) -> None:
        self.attachments = withdrawn(self.attachments, fact, on)
