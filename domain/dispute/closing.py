"""Decisions about the file as a whole: pause, closing, reopening, merging."""

from collections.abc import Sequence
from typing import Self

from domain import codes_dispute as codes
from domain.dispute import facts
from domain.dispute.arithmetic import check_books
from domain.dispute.checks import OUTCOMES, known, on_track
from domain.dispute.records import MED, OPEN, PAUSED, POST, Claim, Track
from domain.dispute.state import DisputeState
from domain.dispute.values import Basis
from domain.kernel import N_, Event, Refused, Sealed, decides
from domain.money import Fen


class Copies(tuple[Event, ...]):
    """Claimants and claims that another case brings along, as facts for the survivor."""

    __slots__ = ()


def may_reopen(state: DisputeState) -> None:
    """Refuse to reopen a merged case: the merge is undone instead (D-00)."""
    if state.outcome == "merged":
        raise Refused(rule="D-00", text=N_("本案已并入其他案件，请撤销并案。"))


class ClosingPhase(DisputeState):
    """How a case pauses, ends, comes back and joins another one."""

    @decides("D-00", MED | POST)
    def suspend(self, *, reason: str, resume_when: str) -> list[Event]:
        """Suspend mediation; pauses DL-03 and local promises only."""
        known(reason, codes.SUSPENSIONS, "reason")
        return [
            facts.Suspended(
                reason=reason, resume_when=Sealed(self.subject, "resume_when", resume_when)
            )
        ]

    @decides("D-00", {"SUSPENDED"})
    def resume(self) -> list[Event]:
        """Go on at the derived stage."""
        return [facts.Resumed()]

    @decides("D-00", PAUSED)
    def close(self, *, outcome: str, note: str | None = None) -> list[Event]:
        """Close the case once every claimant has a result (D-09).

        Results: performed, withdrawn, escalated with routes explained; `settled_pending` also
        takes agreed; `settled_performed` needs every balance under an agreement to be 0.
        """
        known(outcome, OUTCOMES, "outcome")
        self._results(pending=outcome == "settled_pending")
        performed = bool(self.tracks.get(Track.PERFORMED))
        balance = self.totals.outstanding
        if outcome == "settled_performed" and balance > 0:
            raise Refused(
                rule="D-09",
                text=N_("协议未付余额{open}，不能按履行完毕结案。"),
                field="outcome",
                open=balance,
            )
        fitting = {
            "settled_performed": performed and self.settled_on is not None,
            "settled_pending": any(not a.voided for a in self.agreements.values()),
            "paid_immediately": performed
            and any(p.settles and not p.reversed_on for p in self.payments.values()),
            "withdrawn": not self.active,
            "failed_escalated": any(r.route for r in self.workers.values()),
        }
        if not fitting[outcome]:
            raise Refused(rule="D-09", text=N_("所选结案方式与本案结果不符。"), field="outcome")
        sealed = Sealed(self.subject, "note", note) if note else None
        return [facts.Closed(outcome=outcome, note=sealed)]

    def _results(self, *, pending: bool) -> None:
        done = {Track.PERFORMED, Track.WITHDRAWN} | ({Track.AGREED} if pending else set())
        for worker, record in self.workers.items():
            if record.track in done or (record.track is Track.ESCALATED and record.told):
                continue
            raise Refused(
                rule="D-09",
                text=N_("{worker}的进度为“{track}”，尚无结果，不能结案。"),
                field="outcome",
                worker=worker,
                track=record.track.value,
            )

    @decides("D-00", {"CLOSED"}, also=(may_reopen,))
    def reopen(self, *, reason: str, workers: Sequence[str]) -> list[Event]:
        """Reopen: agreed workers are in default, or the named ones claim again."""
        known(reason, codes.DISPUTE_REOPENINGS, "reason")
        if reason == "new_evidence":
            on_track(self, workers, set(Track))
        else:
            on_track(self, workers, {Track.AGREED})
        return [facts.Reopened(reason=reason, workers=tuple(workers))]

    @decides("D-00", OPEN)
    def merge(self, *, into: str) -> list[Event]:
        """End this case as a part of another one; its own history stays."""
        if not into or into == self.stream:
            raise Refused(rule="D-12", text=N_("请选择要并入的另一案件。"), field="into")
        if self.agreements or self.payments:
            raise Refused(
                rule="D-12", text=N_("已有协议或付款的案件不能并入其他案件。"), field="into"
            )
        return [facts.Merged(into=into)]

    def copies(self, survivor: DisputeState) -> Copies:
        """Give what the survivor lacks: claimants and claims that are not withdrawn here."""
        number = max(survivor.claims, default=0)
        there = {(c.worker, c.code, c.from_on, c.to_on) for c in survivor.claims.values()}
        brought: list[Event] = [
            facts.ClaimantAdded(worker=worker)
            for worker in self.workers
            if worker in self.active and worker not in survivor.workers
        ]
        for claim in self.claims.values():
            key = (claim.worker, claim.code, claim.from_on, claim.to_on)
            if claim.worker in self.active and key not in there:
                number += 1
                brought.append(self._copy(number, claim))
        return Copies(brought)

    def _copy(self, number: int, claim: Claim) -> facts.ClaimStated:
        """State a claim again; its text stays in the file that it was written in."""
        return facts.ClaimStated(
            claim=number,
            worker=claim.worker,
            code=claim.code,
            from_on=claim.from_on,
            to_on=claim.to_on,
            known_on=claim.known_on,
            basis=Basis(kind="merged"),
            amount=Fen(claim.claimed),
            undisputed=Fen(claim.undisputed) if claim.undisputed else None,
        )

    @decides("D-00", OPEN)
    def absorb(self, *, case: str, copies: Copies) -> list[Event]:
        """Take another case in, with what it brings along."""
        if case in self.absorbed:
            raise Refused(rule="D-12", text=N_("该案已并入本案。"), field="case")
        return [facts.Absorbed(case=case, copies=len(copies)), *copies]

    @decides("D-00", OPEN | {"CLOSED"})
    def unmerge(self, *, other: str, reason: str) -> list[Event]:
        """Undo a merge, on both cases; the survivor voids what it had taken over."""
        if other not in self.absorbed and other != self.merged_into:
            raise Refused(rule="D-12", text=N_("两案没有并案关系。"), field="other")
        sealed = Sealed(self.subject, "reason", reason)
        undone: list[Event] = [
            facts.FactVoided(version=version, reason=sealed) for version in self.copied_from(other)
        ]
        if undone:
            self._trial(undone)
        return [*undone, facts.Unmerged(other=other, reason=sealed)]

    def copied_from(self, other: str) -> range:
        """Give the versions that the last absorption of a case brought along."""
        found = range(0)
        for version, (fact, _) in enumerate(self.history, start=1):
            if isinstance(fact, facts.Absorbed) and fact.case == other:
                found = range(version + 1, version + 1 + fact.copies)
        return found

    def _trial(self, changes: Sequence[Event]) -> Self:
        """Fold the history with changes and refuse what breaks the books (D-06, D-07)."""
        day = self.last_on or self.history[-1][1]
        trial = type(self)().fold([*self.history, *((change, day) for change in changes)])
        check_books(trial)
        return trial
