"""Decisions about papers and the record: notes, links, documents, corrections, voids."""

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

from domain import attachments
from domain.amending import Amendable
from domain.dispute import facts
from domain.dispute.arithmetic import check_books
from domain.dispute.checks import has_attachment, on_track
from domain.dispute.closing import ClosingPhase
from domain.dispute.papers import PAPERS
from domain.dispute.records import ANY, Track
from domain.kernel import N_, Event, Refused, Sealed, decides
from domain.papers import paper

MONEY = (
    facts.PaymentRecorded,
    facts.PaidImmediately,
    facts.AwardPaid,
    facts.PaymentReversed,
    facts.AdvanceRecovered,
)


class FilingPhase(ClosingPhase, Amendable):
    """What the file itself says and unsays."""

    CORRECTED: ClassVar[type[Any]] = facts.RecordCorrected
    VOIDED: ClassVar[type[Any] | None] = facts.FactVoided

    @decides("D-00", ANY)
    def classify(self, *, scheme: str, value: str, reason: str | None = None) -> list[Event]:
        """Keep the category of a foreign register; no rule reads it."""
        return [facts.Classified(scheme=scheme, value=value, reason=reason)]

    @decides("D-00", ANY)
    def link_to_seeker(self, *, seeker: str, worker: str) -> list[Event]:
        """Link a worker's job-seeking case."""
        on_track(self, (worker,), set(Track))
        if seeker in self.seekers:
            raise Refused(rule="D-00", text=N_("该求职案卷已关联。"), field="seeker")
        return [facts.LinkedToSeeker(seeker=seeker, worker=worker)]

    @decides("D-00", ANY)
    def unlink_from_seeker(self, *, seeker: str, reason: str) -> list[Event]:
        """Undo a link."""
        if seeker not in self.seekers:
            raise Refused(rule="D-00", text=N_("该求职案卷没有关联。"), field="seeker")
        return [
            facts.UnlinkedFromSeeker(
                seeker=seeker, reason=Sealed(self.seekers[seeker], "reason", reason)
            )
        ]

    @decides("D-00", ANY)
    def add_note(self, *, note: str) -> list[Event]:
        """Write a note into the file."""
        if not note.strip():
            raise Refused(rule="D-00", text=N_("备注不能为空。"), field="note")
        return [facts.NoteAdded(note=Sealed(self.subject, "note", note))]

    @decides("D-00", ANY)
    def issue_documents(self, *, papers: Sequence[facts.DocumentIssued]) -> list[Event]:
        """Record papers: of each its template, engine, log position, salt, code and the PDF's hash.

        Whether a paper may be issued is asked of the case as it stood at the paper's position
        (`domain.papers.check`), which may be a past one.
        """
        for one in papers:
            paper(PAPERS, one.kind, "D-00")
            if one.document in self.documents:
                raise Refused(rule="D-00", text=N_("此文书已登记。"), field="document")
        return list(papers)

    @decides("D-00", ANY)
    def attach(
        self, *, files: Sequence[attachments.Offered], most: int, most_bytes: int
    ) -> list[Event]:
        """Keep files by their hashes (A-01, A-02); nothing for what is known."""
        for one in files:
            self.whose(one.about)
        wanted = attachments.fresh(self.attachments, files, most=most, most_bytes=most_bytes)
        return [facts.AttachmentAdded(**one.fields()) for one in wanted]

    def whose(self, about: str) -> str:
        """Say whose key seals a file: the claimant's whom it is about, else that of the case."""
        if not about:
            return self.subject
        if about not in self.workers:
            raise Refused(rule="A-01", text=N_("请选择本案的申请人。"), field="about")
        return about

    @decides("D-00", ANY, also=(has_attachment,))
    def withdraw_attachment(self, *, attachment: str, reason: str) -> list[Event]:
        """Offer a file no more, with the reason (A-04)."""
        sealed = attachments.why(self.attachments, attachment, reason)
        return [facts.AttachmentWithdrawn(attachment=attachment, reason=sealed)]

    @decides("D-00", ANY - {"INTAKE"})
    def give_access_code(self, *, worker: str, digest: str) -> list[Event]:
        """Hand a claimant a code for the progress page; an earlier one ends with it."""
        on_track(self, (worker,), set(Track))
        return [facts.AccessCodeGiven(worker=worker, digest=digest)]

    @decides("D-00", ANY)
    def deliver_document(self, *, document: str, to: str, method: str) -> list[Event]:
        """Record that a paper of this case reached somebody."""
        if document not in self.documents:
            raise Refused(rule="D-00", text=N_("本案没有这份文书。"), field="document")
        return [facts.DocumentDelivered(document=document, to=to, method=method)]

    def balanced(self) -> None:
        """Refuse a history that no longer adds up to the fen (D-06, D-07)."""
        check_books(self)

    @decides("D-00", ANY)
    def correct_record(
        self, *, version: int, field: str, value: object, reason: str | Sealed, occurred_on: date
    ) -> list[Event]:
        """Correct a field of an earlier fact; the old value stays readable (S-17, D-08)."""
        attachments.not_amended(self.history, version)
        self._no_money(version)
        return super().correct_record(
            version=version,
            field=field,
            value=value,
            reason=self._sealed(reason),
            occurred_on=occurred_on,
        )

    @decides("D-00", ANY)
    def void_fact(self, *, version: int, reason: str | Sealed, occurred_on: date) -> list[Event]:
        """Void an earlier fact; refused for money and where the rest would not add up (D-08)."""
        attachments.not_amended(self.history, version)
        self._no_money(version)
        return super().void_fact(
            version=version, reason=self._sealed(reason), occurred_on=occurred_on
        )

    def _sealed(self, reason: str | Sealed) -> Sealed | str:
        if isinstance(reason, Sealed) or not reason.strip():
            return reason
        return Sealed(self.subject, "reason", reason)

    def _no_money(self, version: int) -> None:
        """Refuse to change a payment: only reversal and a new entry do (D-08)."""
        if 0 < version <= len(self.history) and isinstance(self.history[version - 1][0], MONEY):
            raise Refused(
                rule="D-08", text=N_("付款记录不能改动，只能冲正后重新登记。"), field="version"
            )
