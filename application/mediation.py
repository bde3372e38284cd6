"""Mediation 调解: sessions, evidence, proposals, failure."""

from collections.abc import Sequence
from datetime import date

from application.dispute_desk import Desk
from application.store import Done, Stamp
from domain.dispute import DisputeCase
from domain.dispute.values import Line
from domain.money import Fen


class Mediation(Desk):
    """Mediation 调解: sessions, evidence, proposals, failure."""

    def schedule_session(
        self,
        case: str,
        *,
        mediator: str,
        on: date,
        from_at: str,
        to_at: str,
        place: str,
        stamp: Stamp,
        room: str | None = None,
    ) -> Done:
        """Invite to a session; books mediator and room (D-02, D-03, D-21). Times are HH:MM."""
        return self._take(
            case,
            stamp,
            "dispute.edit",
            DisputeCase.schedule_session,
            mediator=mediator,
            on=on,
            from_at=from_at,
            to_at=to_at,
            place=place,
            room=room,
            unfit=self._outside.unfit(mediator, case),
        )

    def postpone_session(
        self,
        case: str,
        *,
        session: int,
        on: date,
        from_at: str,
        to_at: str,
        reason: str,
        stamp: Stamp,
        room: str | None = None,
    ) -> Done:
        """Move a session to another day or hour (D-21)."""
        return self._take(
            case,
            stamp,
            "dispute.edit",
            DisputeCase.postpone_session,
            session=session,
            on=on,
            from_at=from_at,
            to_at=to_at,
            reason=reason,
            room=room,
        )

    def cancel_session(self, case: str, *, session: int, reason: str, stamp: Stamp) -> Done:
        """Cancel a session, also one entered in error."""
        return self._take(
            case, stamp, "dispute.edit", DisputeCase.cancel_session, session=session, reason=reason
        )

    def hold_session(
        self,
        case: str,
        *,
        mediator: str,
        present: Sequence[str],
        minutes: str,
        stamp: Stamp,
        session: int | None = None,
        offer: Fen | None = None,
    ) -> Done:
        """Record that the parties met. Basis: 人民调解法 17 (D-02), D-03."""
        return self._take(
            case,
            stamp,
            "dispute.edit",
            DisputeCase.hold_session,
            occurred_on=stamp.occurred_on,
            mediator=mediator,
            present=present,
            minutes=minutes,
            session=session,
            offer=offer,
            unfit=self._outside.unfit(mediator, case),
        )

    def miss_session(self, case: str, *, session: int, absent: Sequence[str], stamp: Stamp) -> Done:
        """Record who did not come; gives mediator and room back."""
        return self._take(
            case, stamp, "dispute.edit", DisputeCase.miss_session, session=session, absent=absent
        )

    def file_evidence(
        self, case: str, *, by: str, kind: str, sha256: str, stamp: Stamp, note: str | None = None
    ) -> Done:
        """File a document by its SHA-256 (64 hex digits)."""
        return self._take(
            case,
            stamp,
            "dispute.edit",
            DisputeCase.file_evidence,
            by=by,
            kind=kind,
            sha256=sha256,
            note=note,
        )

    def request_employer_records(
        self, case: str, *, respondent: str, items: Sequence[str], due_on: date, stamp: Stamp
    ) -> Done:
        """Ask the employer for payroll and contracts (农民工条例 15, 50)."""
        return self._take(
            case,
            stamp,
            "dispute.edit",
            DisputeCase.request_employer_records,
            respondent=respondent,
            items=items,
            due_on=due_on,
        )

    def extend_mediation(
        self, case: str, *, days: int, consents: Sequence[str], stamp: Stamp
    ) -> Done:
        """Add days to the 15 of DL-03 with both sides' consent (D-18, DL-03b)."""
        return self._take(
            case, stamp, "dispute.edit", DisputeCase.extend_mediation, days=days, consents=consents
        )

    def make_proposal(self, case: str, *, by: str, lines: Sequence[Line], stamp: Stamp) -> Done:
        """Put a proposal before both sides (D-03)."""
        return self._take(
            case, stamp, "dispute.edit", DisputeCase.make_proposal, by=by, lines=lines
        )

    def fail_mediation(
        self, case: str, *, workers: Sequence[str], reason: str, stamp: Stamp
    ) -> Done:
        """End mediation without result for the named workers; then the routes must be told."""
        return self._take(
            case, stamp, "dispute.edit", DisputeCase.fail_mediation, workers=workers, reason=reason
        )
