"""Decisions about claims: stated one by one or as a pasted wage table, amended, verified."""

from collections.abc import Sequence
from datetime import date

import msgspec

from domain import codes_dispute as codes
from domain.dispute import facts
from domain.dispute.checks import known, on_track
from domain.dispute.records import MED, POST, PRE, Claim, Track
from domain.dispute.state import DisputeState
from domain.dispute.values import Basis
from domain.kernel import N_, Event, Refused, Sealed, decides
from domain.money import Fen


class ClaimRow(msgspec.Struct, frozen=True, kw_only=True):
    """One row of a wage table: a worker and one claim; a new worker becomes a claimant."""

    worker: str
    code: str
    from_on: date
    to_on: date
    amount: Fen
    basis: Basis
    text: str = ""
    known_on: date | None = None
    undisputed: Fen | None = None
    job: str | None = None
    hired_on: date | None = None


class ClaimsPhase(DisputeState):
    """What the workers ask for."""

    @decides("D-00", PRE | MED)
    def state_claim(self, *, row: ClaimRow) -> list[Event]:
        """State one claim of a claimant."""
        on_track(self, (row.worker,), {Track.CLAIMED, Track.FAILED})
        return [self._claim(max(self.claims, default=0) + 1, row, 1)]

    @decides("D-00", PRE | MED)
    def state_claims_table(self, *, rows: Sequence[ClaimRow]) -> list[Event]:
        """Take a whole wage table in one command: unknown workers are added with their claims."""
        if not rows:
            raise Refused(rule="D-00", text=N_("工资表没有任何行。"), field="rows")
        added: set[str] = set()
        stated: list[Event] = []
        number = max(self.claims, default=0)
        for place, row in enumerate(rows, start=1):
            if row.worker in self.workers:
                on_track(self, (row.worker,), {Track.CLAIMED, Track.FAILED})
            elif row.worker not in added:
                added.add(row.worker)
                stated.append(
                    facts.ClaimantAdded(worker=row.worker, job=row.job, hired_on=row.hired_on)
                )
            number += 1
            stated.append(self._claim(number, row, place))
        return stated

    @decides("D-00", PRE | MED)
    def amend_claim(self, *, claim: int, amount: Fen, reason: str) -> list[Event]:
        """Change the claimed amount while there is no result."""
        stated = self._stated(claim)
        on_track(self, (stated.worker,), {Track.CLAIMED, Track.FAILED})
        if amount <= 0:
            raise Refused(rule="D-06", text=N_("金额必须大于零。"), field="amount")
        return [
            facts.ClaimAmended(
                claim=claim, amount=amount, reason=Sealed(stated.worker, "reason", reason)
            )
        ]

    @decides("D-00", MED | POST)
    def verify_claim(self, *, claim: int, amount: Fen, basis: str) -> list[Event]:
        """Record what the office found due; nothing due is a finding too."""
        self._stated(claim)
        if amount < 0:
            raise Refused(rule="D-06", text=N_("金额不能为负数。"), field="amount")
        return [facts.ClaimVerified(claim=claim, amount=amount, basis=basis)]

    def _stated(self, claim: int) -> Claim:
        found = self.claims.get(claim)
        if found is None:
            raise Refused(
                rule="D-00", text=N_("本案没有第{claim}项请求。"), field="claim", claim=claim
            )
        return found

    def _claim(self, number: int, row: ClaimRow, place: int) -> facts.ClaimStated:
        """Check one row and give its fact; the row's place stands in the sentence."""
        known(row.code, codes.CLAIMS, "code")
        if row.amount <= 0 or (row.undisputed or 0) < 0:
            raise Refused(
                rule="D-06", text=N_("第{row}行金额必须大于零。"), field="amount", row=place
            )
        if row.to_on < row.from_on:
            raise Refused(
                rule="D-06",
                text=N_("第{row}行止期{last}早于起期{first}。"),
                field="to_on",
                row=place,
                last=row.to_on,
                first=row.from_on,
            )
        return facts.ClaimStated(
            claim=number,
            worker=row.worker,
            code=row.code,
            from_on=row.from_on,
            to_on=row.to_on,
            known_on=row.known_on,
            basis=row.basis,
            amount=row.amount,
            undisputed=row.undisputed,
            facts=Sealed(row.worker, "facts", row.text) if row.text else None,
        )
