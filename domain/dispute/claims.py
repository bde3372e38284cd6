"""Decisions about claims: stated one by one or as a wage table, amended, verified."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

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
    ended_on: date | None = None

    @property
    def key(self) -> "Key":
        """What makes a claim the same one again."""
        return self.worker, self.code, self.from_on, self.to_on


Key = tuple[str, str, date, date]


def product(basis: Basis) -> Fen | None:
    """Give rate x quantity, rounded half up to whole fen; None where one of them is missing."""
    if basis.rate is None or basis.quantity is None:
        return None
    exact = Decimal(int(basis.rate)) * Decimal(basis.quantity)
    return Fen(int(exact.quantize(Decimal(1), ROUND_HALF_UP)))


def check_row(row: ClaimRow, place: int, on: date | None = None) -> None:
    """Refuse a claim that cannot be: kind, amount, period, arithmetic (D-00, D-06).

    `place` is the row's number in its table and stands in the sentence; `on` the day it is
    stated on: wages of a time that has not begun are not owed.
    """
    known(row.code, codes.CLAIMS, "code")
    if row.amount <= 0 or (row.undisputed or 0) < 0:
        raise Refused(rule="D-06", text=N_("第{row}行金额必须大于零。"), field="amount", row=place)
    if row.to_on < row.from_on:
        raise Refused(
            rule="D-06",
            text=N_("第{row}行止期{last}早于起期{first}。"),
            field="to_on",
            row=place,
            last=row.to_on,
            first=row.from_on,
        )
    if on is not None and row.from_on > on:
        raise Refused(
            rule="D-06",
            text=N_("第{row}行期间从{first}开始，还没有到。"),
            field="from_on",
            row=place,
            first=row.from_on,
        )
    worked_out = product(row.basis)
    if worked_out is not None and worked_out != row.amount:
        raise Refused(
            rule="D-06",
            text=N_("第{row}行数量{quantity}乘单价{rate}为{worked}，与金额{amount}不符。"),
            field="amount",
            row=place,
            quantity=row.basis.quantity or "",
            rate=row.basis.rate or Fen(0),
            worked=worked_out,
            amount=row.amount,
        )


def twice(claims: Iterable[Claim]) -> dict[Key, int]:
    """Give the number of each claim by what makes it the same again."""
    return {(one.worker, one.code, one.from_on, one.to_on): one.no for one in claims}


class ClaimsPhase(DisputeState):
    """What the workers ask for."""

    @decides("D-00", PRE | MED)
    def state_claim(self, *, row: ClaimRow, occurred_on: date | None = None) -> list[Event]:
        """State one claim of a claimant."""
        on_track(self, (row.worker,), {Track.CLAIMED, Track.FAILED})
        check_row(row, 1, occurred_on)
        self._new(row, twice(self.claims.values()), 1)
        return [_stated(max(self.claims, default=0) + 1, row)]

    @decides("D-00", PRE | MED)
    def state_claims_table(
        self, *, rows: Sequence[ClaimRow], occurred_on: date | None = None
    ) -> list[Event]:
        """Take a whole wage table in one command: unknown workers are added with their claims.

        Where the table says when somebody left, that starts the limitation (DL-08d).
        """
        if not rows:
            raise Refused(rule="D-00", text=N_("工资表没有任何行。"), field="rows")
        added: set[str] = set()
        stated: list[Event] = []
        there = twice(self.claims.values())
        number = max(self.claims, default=0)
        for place, row in enumerate(rows, start=1):
            if row.worker not in added:
                added.add(row.worker)
                stated += self._claimant(row)
            check_row(row, place, occurred_on)
            self._new(row, there, place)
            number += 1
            there[row.key] = number
            stated.append(_stated(number, row))
        return stated

    def _claimant(self, row: ClaimRow) -> list[Event]:
        """Add a worker whom the case does not know, and note the day on which one left."""
        found: list[Event] = []
        if row.worker in self.workers:
            on_track(self, (row.worker,), {Track.CLAIMED, Track.FAILED})
        else:
            found.append(facts.ClaimantAdded(worker=row.worker, job=row.job, hired_on=row.hired_on))
        known_end = self.workers[row.worker].ended_on if row.worker in self.workers else None
        if row.ended_on and row.ended_on != known_end:
            found.append(
                facts.EmploymentEnded(worker=row.worker, ended_on=row.ended_on, reason="not_stated")
            )
        return found

    def _new(self, row: ClaimRow, there: dict[Key, int], place: int) -> None:
        """Refuse the same claim of the same worker for the same time twice (D-12)."""
        if row.key in there:
            raise Refused(
                rule="D-12",
                text=N_("第{row}行与第{claim}项请求相同：同一劳动者、类别和期间。"),
                field="rows",
                row=place,
                claim=there[row.key],
            )

    @decides("D-00", PRE | MED)
    def amend_claim(self, *, claim: int, amount: Fen, reason: str) -> list[Event]:
        """Change the claimed amount while there is no result."""
        stated = self._claim(claim)
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
        self._claim(claim)
        if amount < 0:
            raise Refused(rule="D-06", text=N_("金额不能为负数。"), field="amount")
        return [facts.ClaimVerified(claim=claim, amount=amount, basis=basis)]

    def _claim(self, claim: int) -> Claim:
        found = self.claims.get(claim)
        if found is None:
            raise Refused(
                rule="D-00", text=N_("本案没有第{claim}项请求。"), field="claim", claim=claim
            )
        return found


def _stated(number: int, row: ClaimRow) -> facts.ClaimStated:
    """Write a checked row as its fact."""
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
