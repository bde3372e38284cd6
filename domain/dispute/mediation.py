"""Decisions of mediation: sessions, evidence, extension, proposal, failure."""

from collections.abc import Sequence
from datetime import date

from domain.dispute import facts
from domain.dispute.arithmetic import check_lines
from domain.dispute.checks import joint, known, mediator_of, no_clear_refusal, on_track, workers_of
from domain.dispute.records import MED, PAUSED, Session, Track
from domain.dispute.state import DisputeState
from domain.dispute.values import Line
from domain.kernel import N_, Event, Refused, Sealed, decides
from domain.money import Fen

IN_SESSION = frozenset({"ASSIGNED", "MEDIATING", "FAILED"})


class MediationPhase(DisputeState):
    """Sessions, proposals, the end of mediation."""

    @decides("D-00", IN_SESSION, also=(no_clear_refusal,))
    def schedule_session(
        self,
        *,
        mediator: str,
        on: date,
        from_at: str,
        to_at: str,
        place: str,
        room: str | None = None,
        unfit: str = "",
    ) -> list[Event]:
        """Invite to a session; books mediator and room (D-02, D-03, D-21). Times are HH:MM."""
        mediator_of(self, mediator, unfit)
        number = max(self.sessions, default=0) + 1
        self._free(Session(number, mediator, room, on, from_at, to_at))
        return [
            facts.SessionScheduled(
                session=number,
                mediator=mediator,
                room=room,
                on=on,
                from_at=from_at,
                to_at=to_at,
                place=place,
            )
        ]

    @decides("D-00", IN_SESSION)
    def postpone_session(
        self,
        *,
        session: int,
        on: date,
        from_at: str,
        to_at: str,
        reason: str,
        room: str | None = None,
    ) -> list[Event]:
        """Move a session to another day or hour (D-21)."""
        planned = self._planned(session)
        self._free(Session(session, planned.mediator, room, on, from_at, to_at))
        return [
            facts.SessionPostponed(
                session=session, room=room, on=on, from_at=from_at, to_at=to_at, reason=reason
            )
        ]

    @decides("D-00", PAUSED)
    def cancel_session(self, *, session: int, reason: str) -> list[Event]:
        """Cancel a session, also one entered in error."""
        self._planned(session)
        return [facts.SessionCancelled(session=session, reason=reason)]

    @decides("D-00", IN_SESSION, also=(no_clear_refusal,))
    def hold_session(
        self,
        *,
        occurred_on: date,
        mediator: str,
        present: Sequence[str],
        minutes: str,
        session: int | None = None,
        offer: Fen | None = None,
        unfit: str = "",
    ) -> list[Event]:
        """Record that the parties met. Basis: 人民调解法 17 (D-02), D-03."""
        mediator_of(self, mediator, unfit)
        if session is not None:
            self._planned(session)
        if self.accepted_on and occurred_on < self.accepted_on:
            raise Refused(
                rule="D-03",
                text=N_("调解日期不能早于受理日期{accepted_on}。"),
                field="occurred_on",
                accepted_on=self.accepted_on,
            )
        if offer is not None and offer < 0:
            raise Refused(rule="D-06", text=N_("金额不能为负数。"), field="offer")
        return [
            facts.SessionHeld(
                session=session or max(self.sessions, default=0) + 1,
                mediator=mediator,
                present=tuple(present),
                offer=offer,
                minutes=Sealed(self.subject, "minutes", minutes),
            )
        ]

    @decides("D-00", IN_SESSION)
    def miss_session(self, *, session: int, absent: Sequence[str]) -> list[Event]:
        """Record who did not come; gives mediator and room back."""
        self._planned(session)
        if not absent:
            raise Refused(rule="D-00", text=N_("请选择缺席的人或单位。"), field="absent")
        return [facts.SessionMissed(session=session, absent=tuple(absent))]

    @decides("D-00", PAUSED)
    def file_evidence(
        self, *, by: str, kind: str, sha256: str, note: str | None = None
    ) -> list[Event]:
        """File a document by its SHA-256 (64 hex digits)."""
        if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
            raise Refused(rule="D-00", text=N_("文件校验值不正确。"), field="sha256")
        sealed = Sealed(self.subject, "note", note) if note else None
        return [facts.EvidenceFiled(by=by, kind=kind, sha256=sha256, note=sealed)]

    @decides("D-00", MED)
    def request_employer_records(
        self, *, respondent: str, items: Sequence[str], due_on: date
    ) -> list[Event]:
        """Ask the employer for payroll and contracts (农民工条例 15, 50)."""
        known(respondent, self.respondents, "respondent")
        if not items:
            raise Refused(rule="D-00", text=N_("请至少列出一项材料。"), field="items")
        return [
            facts.EmployerRecordsRequested(respondent=respondent, items=tuple(items), due_on=due_on)
        ]

    @decides("D-00", {"MEDIATING"})
    def extend_mediation(self, *, days: int, consents: Sequence[str]) -> list[Event]:
        """Add days to the 15 of DL-03 with both sides' consent (D-18, DL-03b)."""
        if days <= 0:
            raise Refused(rule="D-18", text=N_("延长天数必须大于零。"), field="days")
        if not joint(self, consents, self.active):
            raise Refused(rule="D-18", text=N_("延长调解须经双方同意。"), field="consents")
        return [facts.MediationExtended(days=days, consents=tuple(consents))]

    @decides("D-00", {"MEDIATING"})
    def make_proposal(self, *, by: str, lines: Sequence[Line]) -> list[Event]:
        """Put a proposal before both sides (D-03)."""
        mediator_of(self, by, "")
        check_lines(lines)
        workers_of(self, lines)
        return [facts.ProposalMade(by=by, lines=tuple(lines))]

    @decides("D-00", MED)
    def fail_mediation(self, *, workers: Sequence[str], reason: str) -> list[Event]:
        """End mediation without result for the named workers; then the routes must be told."""
        on_track(self, workers, {Track.CLAIMED})
        return [facts.MediationFailed(workers=tuple(workers), reason=reason)]

    def check_reader(self, account: str) -> None:
        """Refuse to open minutes to staff outside the case (D-20)."""
        if account not in self.officers:
            raise Refused(rule="D-20", text=N_("调解笔录只对本案承办人员开放。"))

    def _planned(self, number: int) -> Session:
        session = self.sessions.get(number)
        if session is None or session.standing != "scheduled":
            raise Refused(
                rule="D-00",
                text=N_("第{session}次调解没有待办的安排。"),
                field="session",
                session=number,
            )
        return session

    def _free(self, wanted: Session) -> None:
        """Refuse an end before the start, and what overlaps in this case (D-21)."""
        if wanted.to_at <= wanted.from_at:
            raise Refused(rule="D-21", text=N_("结束时间应晚于开始时间。"), field="to_at")
        for other in self.sessions.values():
            same_hour = (
                other.on == wanted.on
                and other.from_at < wanted.to_at
                and wanted.from_at < other.to_at
            )
            shared = other.mediator == wanted.mediator or (
                wanted.room is not None and other.room == wanted.room
            )
            if other.no != wanted.no and other.standing == "scheduled" and same_hour and shared:
                raise Refused(
                    rule="D-21",
                    text=N_("调解员或调解室在{day} {start}至{end}已有安排。"),
                    field="from_at",
                    day=other.on,
                    start=other.from_at,
                    end=other.to_at,
                )
