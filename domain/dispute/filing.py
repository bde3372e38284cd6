"""Decisions about papers and the record: notes, links, documents, corrections, voids."""

from typing import Any

import msgspec

from domain.dispute import facts
from domain.dispute.checks import on_track
from domain.dispute.closing import ClosingPhase
from domain.dispute.records import ANY, Track
from domain.kernel import N_, Correction, Event, Refused, Sealed, Voiding, decides

MONEY = (
    facts.PaymentRecorded,
    facts.PaidImmediately,
    facts.AwardPaid,
    facts.PaymentReversed,
    facts.AdvanceRecovered,
)


class FilingPhase(ClosingPhase):
    """What the file itself says and unsays."""

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
    def issue_document(
        self,
        *,
        document: str,
        kind: str,
        template: str,
        engine: str,
        at_position: int,
        salt: str,
        sha256: str,
    ) -> list[Event]:
        """Record a paper: its template, engine, log position, salt and the PDF's hash."""
        return [
            facts.DocumentIssued(
                document=document,
                kind=kind,
                template=template,
                engine=engine,
                at_position=at_position,
                salt=salt,
                sha256=sha256,
            )
        ]

    @decides("D-00", ANY)
    def deliver_document(self, *, document: str, to: str, method: str) -> list[Event]:
        """Record that a paper of this case reached somebody."""
        if document not in self.documents:
            raise Refused(rule="D-00", text=N_("本案没有这份文书。"), field="document")
        return [facts.DocumentDelivered(document=document, to=to, method=method)]

    @decides("D-00", ANY)
    def correct_record(self, *, version: int, field: str, value: Any, reason: str) -> list[Event]:
        """Correct a field of an earlier fact; the old value stays readable (S-17, D-08)."""
        fact = self._changeable(version)
        if field not in {*fact.__struct_fields__, "occurred_on"} - {"source", "override"}:
            raise Refused(rule="D-00", text=N_("该记录没有可更正的这一项。"), field="field")
        held = getattr(fact, field, None)
        sealed = Sealed(held.subject, held.field, value) if isinstance(held, Sealed) else None
        change = facts.RecordCorrected(
            version=version,
            field=field,
            value=None if sealed else value,
            sealed_value=sealed,
            reason=Sealed(self.subject, "reason", reason),
        )
        try:
            self._trial([change])
        except (msgspec.ValidationError, ValueError, TypeError) as wrong:
            raise Refused(
                rule="D-00", text=N_("更正后的值不符合该项的格式。"), field="value"
            ) from wrong
        return [change]

    @decides("D-00", ANY)
    def void_fact(self, *, version: int, reason: str) -> list[Event]:
        """Void an earlier fact; refused for money and where the rest would not add up (D-08)."""
        self._changeable(version)
        if version == 1:
            raise Refused(rule="D-00", text=N_("案件的第一条记录不能作废。"), field="version")
        change = facts.FactVoided(version=version, reason=Sealed(self.subject, "reason", reason))
        self._trial([change])
        return [change]

    def _changeable(self, version: int) -> Event:
        """Find a fact that may still be changed: in the history, no money, not voided (D-08)."""
        if not 0 < version <= self.version:
            raise Refused(rule="D-00", text=N_("没有这条记录。"), field="version")
        fact = self.history[version - 1][0]
        if isinstance(fact, MONEY):
            raise Refused(
                rule="D-08", text=N_("付款记录不能改动，只能冲正后重新登记。"), field="version"
            )
        voided = {f.version for f, _ in self.history if isinstance(f, Voiding)}
        if isinstance(fact, Correction | Voiding) or version in voided:
            raise Refused(rule="D-00", text=N_("更正和作废本身不能再改动。"), field="version")
        return fact
