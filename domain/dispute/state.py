"""The state of one dispute: folded facts, and what is derived from them for a reader."""

from datetime import date
from typing import Self

from domain.calendar import add_months
from domain.dispute.outside_state import OutsideState
from domain.dispute.records import OPEN_TRACKS, Stage, Sums, Track
from domain.money import Fen

COLLECTIVE = 10  # 调解仲裁法 7: fixed by statute


class DisputeState(OutsideState):
    """Where a dispute stands. Nothing here is stored: stage, sums and flags follow the facts."""

    stream: str = ""

    def named(self, stream: str) -> Self:
        """Tell the state its stream, whose key seals free text about several people."""
        self.stream = stream
        return self

    @property
    def subject(self) -> str:
        """Whose key seals free text of the case: the only claimant's, else the stream's."""
        if len(self.workers) == 1:
            return next(iter(self.workers))
        return (self.applicant or self.stream) if not self.workers else self.stream

    @property
    def stage(self) -> Stage:
        """The least advanced open track decides, unless the case is closed or suspended."""
        if self.closed:
            return Stage.CLOSED
        if self.suspended_on:
            return Stage.SUSPENDED
        least = next((t for t in OPEN_TRACKS if self.tracks.get(t)), None)
        if least is Track.AGREED:
            return Stage.PERFORMING if self.performing else Stage.AGREED
        if least is None and self.tracks.get(Track.PERFORMED):
            return Stage.PERFORMED
        if least is None or least is Track.CLAIMED:
            return self.procedure
        return Stage[least.name]

    @property
    def standing(self) -> str:
        """The stage as the word that decisions are listed by; '-' before any fact."""
        return str(self.stage) if self.version else "-"

    @property
    def performing(self) -> bool:
        """Say whether money has come in under an agreement in force."""
        return any(
            any(agreement.paid.values())
            for agreement in self.agreements.values()
            if not agreement.voided
        )

    @property
    def officers(self) -> frozenset[str]:
        """The accounts that work on the case: owner and co-workers (S-16)."""
        return frozenset(self.mediators)

    @property
    def offered_to(self) -> str:
        """The station that the case was offered to, or ''."""
        return self.offered[0] if self.offered else ""

    @property
    def owner(self) -> str:
        """The responsible mediator, or '' before anybody is assigned."""
        return next((m for m, role in self.mediators.items() if role == "owner"), "")

    @property
    def active(self) -> frozenset[str]:
        """The claimants who have not withdrawn."""
        return frozenset(w for w, r in self.workers.items() if r.track is not Track.WITHDRAWN)

    @property
    def settled_on(self) -> date | None:
        """The day of the first agreement in force or settling payment (domain.md 10, Q-01)."""
        signed = [a.signed_on for a in self.agreements.values() if not a.voided]
        paid = [p.on for p in self.payments.values() if p.settles and not p.reversed_on]
        return min(signed + paid, default=None)

    @property
    def performed_on(self) -> date | None:
        """The day of the last payment, once nobody waits for a result or for money."""
        waiting = OPEN_TRACKS[:-1]
        if not self.tracks.get(Track.PERFORMED) or any(map(self.tracks.get, waiting)):
            return None
        return max((p.on for p in self.payments.values() if not p.reversed_on), default=None)

    @property
    def ever_defaulted(self) -> bool:
        """Say whether somebody waited in vain for money once, whatever came afterwards."""
        return any(
            record.track is Track.DEFAULTED or record.before is Track.DEFAULTED
            for record in self.workers.values()
        )

    @property
    def largest_group(self) -> int:
        """The number of active claimants with one common claim kind."""
        return max(map(len, self.groups.values()), default=0)

    @property
    def collective(self) -> bool:
        """Ten or more active claimants with a common claim 集体争议 (调解仲裁法 7)."""
        return self.largest_group >= COLLECTIVE

    def alarm(self, *, emergency: int = 30) -> str:
        """Name the alarm level: '' none, `county` same-day report, `emergency` plan (Q-19)."""
        if not self.collective:
            return ""
        return "emergency" if self.largest_group >= emergency else "county"

    def crime_threshold(self, *, single: int, group: int) -> bool:
        """Say whether arrears reach 拒不支付劳动报酬罪 (法释〔2013〕3号 art 3, 4).

        Only after a government order to pay that is not obeyed; `single` and `group` in fen are
        the settings of Q-07: one worker and three months, or ten workers together.
        """
        if not self.ordered_to_pay_on:
            return False
        open_by_worker = self.owed_by_worker()
        if len(open_by_worker) >= COLLECTIVE and sum(open_by_worker.values()) >= group:
            return True
        return any(
            due >= single and self._three_months(worker) for worker, due in open_by_worker.items()
        )

    def owed_by_worker(self) -> dict[str, int]:
        """Give what each worker who has not withdrawn is still owed: as found due, else claimed."""
        owed: dict[str, int] = {}
        for claim in self.claims.values():
            due = (claim.verified or claim.claimed) - claim.paid - claim.award_paid
            if due > 0 and self.workers[claim.worker].track is not Track.WITHDRAWN:
                owed[claim.worker] = owed.get(claim.worker, 0) + due
        return owed

    def _three_months(self, worker: str) -> bool:
        claims = [self.claims[no] for no in self.workers[worker].claims]
        first, last = min(c.from_on for c in claims), max(c.to_on for c in claims)
        return (last - add_months(first, 3)).days >= -1

    def sums(self, worker: str) -> Sums:
        """Give the sums of one worker."""
        return self._sums(self.workers[worker].claims)

    @property
    def totals(self) -> Sums:
        """The sums of the case; never typed in."""
        return self._sums(list(self.claims))

    def _sums(self, numbers: list[int]) -> Sums:
        claimed = verified = agreed = settled = paid = awarded = award_paid = 0
        for no in numbers:
            claim = self.claims[no]
            claimed += claim.claimed
            verified += claim.verified
            agreed += claim.agreed
            settled += claim.settled
            paid += claim.paid
            awarded += claim.awarded
            award_paid += claim.award_paid
        fen = (claimed, verified, agreed, settled, agreed - settled, paid, awarded, award_paid)
        return Sums(*map(Fen, fen))

    def paid_from(self, fund: str) -> Fen:
        """Sum the payments of one fund, reversals taken off (D-15 keeps the advance apart)."""
        return Fen(
            sum(
                int(line.amount)
                for p in self.payments.values()
                if p.fund == fund and p.door != "award" and not p.reversed_on
                for line in p.lines
            )
        )
