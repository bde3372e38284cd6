"""Who is responsible for a seeker's case, and the file itself 承办与案卷."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from application.assistance_desk import Desk, over
from application.custody import Custody
from application.store import Done, Part, Stamp
from domain import codes
from domain.attachments import MEGABYTE, Offered
from domain.dispute import DisputeCase
from domain.seeker import SeekerCase
from domain.seeker.facts import DocumentIssued
from domain.seeker.values import Caps


class CaseFile(Desk, Custody):
    """Who is responsible for a seeker's case, and the file itself 承办与案卷."""

    KIND, EDIT = SeekerCase, "seeker.edit"

    def assign(
        self, case: str, *, officer: str, stamp: Stamp, role: str = "owner", note: str = ""
    ) -> Done:
        """Put an officer on the case; to change the owner takes the right to reassign."""
        change = role == "owner" and bool(self._store.load(SeekerCase, case).owner)
        return self._take(
            case,
            stamp,
            "case.reassign" if change else "seeker.edit",
            SeekerCase.assign,
            officer=officer,
            role=role,
            note=note,
        )

    def unassign(self, case: str, *, officer: str, reason: str, stamp: Stamp) -> Done:
        """Take an officer off the case."""
        return self._take(
            case, stamp, "case.reassign", SeekerCase.unassign, officer=officer, reason=reason
        )

    def caps(self, reason: str, stamp: Stamp) -> Caps:
        """Give the maxima of a suspension for a reason (S-21)."""
        codes.known(reason, codes.SUSPEND_REASONS, "reason")
        kinds = ("single", "total", "back")
        return Caps(*(self._setting(f"suspend_{kind}_{reason}", stamp) for kind in kinds))

    def suspend(self, case: str, *, reason: str, until: date, stamp: Stamp) -> Done:
        """Let the case rest (S-21)."""
        return self._take(
            case,
            stamp,
            over(stamp),
            SeekerCase.suspend,
            occurred_on=stamp.occurred_on,
            today=self._outside.today(),
            reason=reason,
            until=until,
            caps=self.caps(reason, stamp),
            override=stamp.override,
        )

    def prolong_suspension(self, case: str, *, reason: str, until: date, stamp: Stamp) -> Done:
        """Let the case rest for longer (S-21)."""
        return self._take(
            case,
            stamp,
            over(stamp),
            SeekerCase.prolong_suspension,
            reason=reason,
            until=until,
            caps=self.caps(reason, stamp),
            override=stamp.override,
        )

    def close(self, case: str, *, reason: str, stamp: Stamp) -> Done:
        """End the case (S-14, S-20)."""
        linked = self._store.load(SeekerCase, case).disputes
        standing = {dispute: self._store.load(DisputeCase, dispute).standing for dispute in linked}
        return self._take(
            case,
            stamp,
            over(stamp),
            SeekerCase.close,
            occurred_on=stamp.occurred_on,
            reason=reason,
            open_disputes=sorted(d for d, word in standing.items() if word != "CLOSED"),
            override=stamp.override,
        )

    def reopen(self, case: str, *, reason: str, stamp: Stamp) -> Done:
        """Go on in the same case."""
        return self._take(case, stamp, "case.reopen", SeekerCase.reopen, reason=reason)

    def merge(self, case: str, *, into: str, stamp: Stamp) -> Done:
        """Let a duplicate go on in another case; both streams in one append."""
        return self._store.decide(
            stamp,
            Part(
                SeekerCase, case, lambda seeker: seeker.merge(case=case, into=into), "seeker.edit"
            ),
            Part(SeekerCase, into, lambda seeker: seeker.absorb(case=case), "seeker.edit"),
        )

    def unmerge(self, case: str, *, other: str, reason: str, stamp: Stamp) -> Done:
        """Undo a merge on both streams; both stand as before."""
        return self._store.decide(
            stamp,
            Part(SeekerCase, case, lambda s: s.unmerge(other=other, reason=reason), "seeker.edit"),
            Part(SeekerCase, other, lambda s: s.unmerge(other=case, reason=reason), "seeker.edit"),
        )

    def link_to_dispute(self, case: str, *, dispute: str, stamp: Stamp) -> Done:
        """Link case and dispute of one person, on both streams."""
        worker = self._store.load(SeekerCase, case).person
        return self._store.decide(
            stamp,
            Part(SeekerCase, case, lambda s: s.link_to_dispute(dispute=dispute), "seeker.edit"),
            Part(DisputeCase, dispute, lambda d: d.link_to_seeker(seeker=case, worker=worker)),
        )

    def unlink_from_dispute(self, case: str, *, dispute: str, reason: str, stamp: Stamp) -> Done:
        """Take the link off, on both streams."""
        return self._store.decide(
            stamp,
            Part(
                SeekerCase,
                case,
                lambda s: s.unlink_from_dispute(dispute=dispute, reason=reason),
                "seeker.edit",
            ),
            Part(DisputeCase, dispute, lambda d: d.unlink_from_seeker(seeker=case, reason=reason)),
        )

    def add_note(self, case: str, *, note: str, stamp: Stamp) -> Done:
        """Add free text."""
        return self._take(case, stamp, "seeker.edit", SeekerCase.add_note, note=note)

    def issue_documents(self, case: str, *, papers: Sequence[DocumentIssued], stamp: Stamp) -> Done:
        """Record papers that were set and hashed (`application.documents`), in one append."""
        return self._take(case, stamp, "seeker.edit", SeekerCase.issue_documents, papers=papers)

    def attach(self, case: str, *, files: Sequence[Offered], stamp: Stamp) -> Done:
        """Record files that were checked and sealed (`application.attachments`), in one append."""
        return self._take(
            case,
            stamp,
            "seeker.visit",
            SeekerCase.attach,
            files=files,
            most=self._setting("attachments_per_case", stamp),
            most_bytes=self._setting("attachment_megabytes", stamp) * MEGABYTE,
        )

    def withdraw_attachment(self, case: str, *, attachment: str, reason: str, stamp: Stamp) -> Done:
        """Offer a file no more."""
        return self._take(
            case,
            stamp,
            "seeker.edit",
            SeekerCase.withdraw_attachment,
            attachment=attachment,
            reason=reason,
        )

    def give_access_code(self, case: str, *, digest: str, stamp: Stamp) -> Done:
        """Record that the person was handed a code for the progress page."""
        return self._take(case, stamp, "seeker.edit", SeekerCase.give_access_code, digest=digest)

    def correct_record(
        self, case: str, *, version: int, field: str, value: Any, reason: str, stamp: Stamp
    ) -> Done:
        """Read a field of an earlier fact otherwise (S-17)."""
        return self._take(
            case,
            stamp,
            "seeker.edit",
            SeekerCase.correct_record,
            version=version,
            field=field,
            value=value,
            reason=reason,
            occurred_on=stamp.occurred_on,
        )

    def void_fact(self, case: str, *, version: int, reason: str, stamp: Stamp) -> Done:
        """Let an earlier fact count no more (S-17)."""
        return self._take(
            case,
            stamp,
            "seeker.edit",
            SeekerCase.void_fact,
            version=version,
            reason=reason,
            occurred_on=stamp.occurred_on,
        )
