"""Who works on a dispute, and the file itself 承办与卷宗."""

from collections.abc import Sequence

from application.custody import Custody
from application.dispute_desk import Desk
from application.store import Done, Part, Stamp
from domain.attachments import MEGABYTE, Offered
from domain.dispute import DisputeCase
from domain.dispute.facts import DocumentIssued
from domain.kernel import Event, Sealed


class DisputeFile(Desk, Custody):
    """Who works on a dispute, and the file itself 承办与卷宗."""

    KIND, EDIT = DisputeCase, "dispute.edit"

    def assign_mediator(
        self,
        case: str,
        *,
        mediator: str,
        stamp: Stamp,
        role: str = "owner",
        reason: str | None = None,
    ) -> Done:
        """Assign a mediator; to change the owner takes the right to reassign."""
        change = role == "owner" and bool(self._store.load(DisputeCase, case).owner)
        return self._take(
            case,
            stamp,
            "case.reassign" if change else "dispute.edit",
            DisputeCase.assign_mediator,
            mediator=mediator,
            role=role,
            reason=reason,
            unfit=self._outside.unfit(mediator, case),
        )

    def unassign_mediator(self, case: str, *, mediator: str, reason: str, stamp: Stamp) -> Done:
        """Take somebody off the case; a return stays open."""
        return self._take(
            case,
            stamp,
            "case.reassign",
            DisputeCase.unassign_mediator,
            mediator=mediator,
            reason=reason,
        )

    def recuse_mediator(self, case: str, *, mediator: str, reason: str, stamp: Stamp) -> Done:
        """Take a mediator off the case for good (D-03)."""
        return self._take(
            case,
            stamp,
            "dispute.edit",
            DisputeCase.recuse_mediator,
            mediator=mediator,
            reason=reason,
        )

    def suspend(self, case: str, *, reason: str, resume_when: str, stamp: Stamp) -> Done:
        """Suspend mediation; pauses DL-03 and local promises only."""
        return self._take(
            case, stamp, "dispute.edit", DisputeCase.suspend, reason=reason, resume_when=resume_when
        )

    def close(self, case: str, *, outcome: str, stamp: Stamp, note: str | None = None) -> Done:
        """Close the case once every claimant has a result (D-09)."""
        return self._take(
            case, stamp, "dispute.edit", DisputeCase.close, outcome=outcome, note=note
        )

    def reopen(self, case: str, *, reason: str, workers: Sequence[str], stamp: Stamp) -> Done:
        """Reopen: agreed workers are in default, or the named ones claim again."""
        return self._take(
            case, stamp, "case.reopen", DisputeCase.reopen, reason=reason, workers=workers
        )

    def merge(self, case: str, *, into: str, stamp: Stamp) -> Done:
        """Merge a case into another one, which states again what it lacks, in one append."""

        def absorb(survivor: DisputeCase) -> list[Event]:
            brought = self._store.load(DisputeCase, case).copies(survivor)
            return survivor.named(into).absorb(case=case, copies=brought)

        return self._store.decide(
            stamp,
            Part(DisputeCase, into, absorb, "dispute.edit"),
            Part(DisputeCase, case, lambda c: c.named(case).merge(into=into), "dispute.edit"),
        )

    def unmerge(self, case: str, *, other: str, reason: str, stamp: Stamp) -> Done:
        """Undo a merge on both cases in one append."""

        def undo(dispute: DisputeCase, stream: str, twin: str) -> list[Event]:
            return dispute.named(stream).unmerge(other=twin, reason=reason)

        return self._store.decide(
            stamp,
            Part(DisputeCase, case, lambda c: undo(c, case, other), "dispute.edit"),
            Part(DisputeCase, other, lambda c: undo(c, other, case), "dispute.edit"),
        )

    def classify(
        self, case: str, *, scheme: str, value: str, stamp: Stamp, reason: str | None = None
    ) -> Done:
        """Keep the category of a foreign register; no rule reads it."""
        return self._take(
            case,
            stamp,
            "dispute.edit",
            DisputeCase.classify,
            scheme=scheme,
            value=value,
            reason=reason,
        )

    def link_to_seeker(self, case: str, *, seeker: str, worker: str, stamp: Stamp) -> Done:
        """Link a worker's job-seeking case."""
        return self._take(
            case, stamp, "dispute.edit", DisputeCase.link_to_seeker, seeker=seeker, worker=worker
        )

    def unlink_from_seeker(self, case: str, *, seeker: str, reason: str, stamp: Stamp) -> Done:
        """Undo a link."""
        return self._take(
            case,
            stamp,
            "dispute.edit",
            DisputeCase.unlink_from_seeker,
            seeker=seeker,
            reason=reason,
        )

    def add_note(self, case: str, *, note: str, stamp: Stamp) -> Done:
        """Write a note into the file."""
        return self._take(case, stamp, "dispute.edit", DisputeCase.add_note, note=note)

    def issue_documents(self, case: str, *, papers: Sequence[DocumentIssued], stamp: Stamp) -> Done:
        """Record papers that were set and hashed (`application.documents`), in one append."""
        return self._take(case, stamp, "dispute.edit", DisputeCase.issue_documents, papers=papers)

    def attach(self, case: str, *, files: Sequence[Offered], stamp: Stamp) -> Done:
        """Record files that were checked and sealed (`application.attachments`), in one append."""
        return self._take(
            case,
            stamp,
            "dispute.intake",
            DisputeCase.attach,
            files=files,
            most=self._setting("attachments_per_case", stamp),
            most_bytes=self._setting("attachment_megabytes", stamp) * MEGABYTE,
        )

    def withdraw_attachment(self, case: str, *, attachment: str, reason: str, stamp: Stamp) -> Done:
        """Offer a file no more."""
        return self._take(
            case,
            stamp,
            "dispute.edit",
            DisputeCase.withdraw_attachment,
            attachment=attachment,
            reason=reason,
        )

    def give_access_code(self, case: str, *, worker: str, digest: str, stamp: Stamp) -> Done:
        """Record that a claimant was handed a code for the progress page."""
        return self._take(
            case,
            stamp,
            "dispute.intake",
            DisputeCase.give_access_code,
            worker=worker,
            digest=digest,
        )

    def deliver_document(
        self, case: str, *, document: str, to: str, method: str, stamp: Stamp
    ) -> Done:
        """Record that a paper of this case reached somebody."""
        return self._take(
            case,
            stamp,
            "dispute.edit",
            DisputeCase.deliver_document,
            document=document,
            to=to,
            method=method,
        )

    def correct_record(
        self,
        case: str,
        *,
        version: int,
        field: str,
        value: object,
        reason: str | Sealed,
        stamp: Stamp,
    ) -> Done:
        """Correct a field of an earlier fact; the old value stays readable (S-17, D-08)."""
        return self._take(
            case,
            stamp,
            "dispute.edit",
            DisputeCase.correct_record,
            version=version,
            field=field,
            value=value,
            reason=reason,
            occurred_on=stamp.occurred_on,
        )

    def void_fact(self, case: str, *, version: int, reason: str | Sealed, stamp: Stamp) -> Done:
        """Void an earlier fact; refused for money and where the rest would not add up (D-08)."""
        return self._take(
            case,
            stamp,
            "dispute.edit",
            DisputeCase.void_fact,
            version=version,
            reason=reason,
            occurred_on=stamp.occurred_on,
        )
