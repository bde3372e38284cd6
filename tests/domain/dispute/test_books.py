"""Paid + outstanding = agreed, per worker and in total, at any as-of day (F-57).

A mediator at random signs, pays in proportion, pays early and late, reverses, annuls, recovers,
closes and reopens. A model reads nothing but the facts: what the state says at the end, at every
position (as known then) and on every day (as now known about then) must be what the model adds up.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from random import Random

import pytest

from domain.dispute import DisputeCase, facts
from domain.dispute.arithmetic import agreement_balance, equal, shares
from domain.dispute.records import Track
from domain.dispute.values import Instalment, Line
from domain.kernel import Dated, Event, Refused
from domain.money import Fen
from tests import stories
from tests.stories import EMPLOYER, MEDIATOR, Play

FUNDS = ("employer", "general_contractor", "builder", "wage_deposit", "wage_account", "enforcement")
OUTCOMES = ("settled_performed", "settled_pending", "paid_immediately", "failed_escalated")
A_CASE = 120  # commands asked of one case before the next one begins


class Books:
    """Agreed and paid by worker, added up from facts alone."""

    def __init__(self, history: Iterable[Dated], owner: dict[int, str]) -> None:
        agreements: dict[int, Sequence[Line]] = {}
        payments: dict[int, tuple[int, Sequence[Line]]] = {}
        for fact, _ in history:
            match fact:
                case facts.AgreementSigned(agreement=no, lines=lines):
                    agreements[no] = lines
                case facts.AgreementVoided(agreement=no):
                    agreements.pop(no, None)
                case facts.PaymentRecorded(payment=no, agreement=under, lines=lines):
                    payments[no] = (under, lines)
                case facts.PaymentReversed(payment=no):
                    payments.pop(no, None)
        self.agreed = self._by_worker(agreements.values(), owner)
        live = [lines for under, lines in payments.values() if under in agreements]
        self.paid = self._by_worker(live, owner)

    @staticmethod
    def _by_worker(found: Iterable[Sequence[Line]], owner: dict[int, str]) -> dict[str, int]:
        sums: dict[str, int] = {}
        for lines in found:
            for line in lines:
                worker = owner[line.claim]
                sums[worker] = sums.get(worker, 0) + int(line.amount)
        return sums


class Mediator:
    """Asks random commands of one case."""

    def __init__(self, chance: Random, number: int) -> None:
        self.chance = chance
        self.workers = [f"person-{number}-{n}" for n in range(chance.randint(1, 6))]
        play = Play(f"dispute-{number}")
        rows = [
            stories.row(worker, code, Fen(chance.randint(1, 900_000)))
            for worker in self.workers
            for code in ("C01", "C03")[: chance.randint(1, 2)]
        ]
        stories.accept(stories.open_case(play, rows))
        self.case, self.day, self.vouchers = play.case, play.day, 0
        self.take(
            lambda: self.case.hold_session(
                occurred_on=self.day, mediator=MEDIATOR, present=(EMPLOYER,), minutes="x"
            )
        )
        self.owner = {no: claim.worker for no, claim in self.case.claims.items()}

    def take(self, decide: Callable[[], Sequence[Event]], on: date | None = None) -> bool:
        """Ask; what is decided happened on a day that may lie behind."""
        try:
            decided = decide()
        except Refused:
            return False
        for fact in decided:
            self.case.apply(fact, on or self.day)
        return bool(decided)

    def ask(self) -> None:
        """Ask one command."""
        if self.chance.random() < 0.2:
            self.day += timedelta(days=self.chance.randint(1, 9))
        self.chance.choice(
            (
                self.sign, self.sign, self.pay, self.pay, self.pay, self.pay, self.pay_a_line,
                self.pay_too_much, self.reverse, self.default, self.annul, self.advance,
                self.escalate, self.close, self.reopen,
            )
        )()  # fmt: skip

    def sign(self) -> None:
        chosen = [
            claim
            for claim in self.case.claims.values()
            if self.case.workers[claim.worker].track in {Track.CLAIMED, Track.FAILED}
            and self.chance.random() < 0.8
        ]
        lines = tuple(
            Line(c.no, Fen(max(1, c.claimed * self.chance.randint(1, 120) // 100))) for c in chosen
        )
        count = self.chance.randint(1, 6)
        days = sorted(self.day + timedelta(days=self.chance.randint(0, 60)) for _ in range(count))
        plan = tuple(
            Instalment(no=no, due_on=day, method="bank", lines=tuple(part))
            for no, (day, part) in enumerate(zip(days, equal(lines, count), strict=True), start=1)
            if part
        )
        self.take(
            lambda: self.case.sign_agreement(
                occurred_on=self.day,
                mediator=MEDIATOR,
                signed_by=(*self.workers, EMPLOYER),
                sealed=True,
                lines=lines,
                perform_by=days[-1],
                terms="x",
                instalments=plan if len(plan) == count else (),
                excess_reason="x",
            )
        )

    def pay(self) -> None:
        """Pay a random part of what is open, in proportion, perhaps some days ago."""
        agreement = self.chance.randint(1, max(1, len(self.case.agreements)))
        found = self.case.agreements.get(agreement)
        balance = agreement_balance(found) if found else ()
        whole = sum(int(line.amount) for line in balance)
        if not whole:
            return
        amount = Fen(self.chance.choice((whole, self.chance.randint(1, whole))))
        lines = [Line(s.claim, s.amount) for s in shares(amount, balance) if s.amount]
        assert sum(int(line.amount) for line in lines) == amount
        self.record(agreement, lines)

    def pay_a_line(self) -> None:
        claim = self.chance.randint(1, len(self.case.claims) + 1)
        self.record(self.chance.randint(1, 3), [Line(claim, Fen(self.chance.randint(-1, 90_000)))])

    def pay_too_much(self) -> None:
        for no, found in self.case.agreements.items():
            lines = [Line(x.claim, Fen(x.amount + 1)) for x in agreement_balance(found)]
            before = self.case.version
            self.record(no, lines)
            assert self.case.version == before

    def record(self, agreement: int, lines: Sequence[Line]) -> None:
        self.vouchers += self.chance.random() < 0.9
        on = self.day - timedelta(days=self.chance.choice((0, 0, 0, 1, 5)))
        self.take(
            lambda: self.case.record_payment(
                occurred_on=on,
                agreement=agreement,
                payer=EMPLOYER,
                fund=self.chance.choice(FUNDS),
                method="bank",
                voucher_no=f"V-{self.vouchers}",
                lines=lines,
            ),
            on,
        )

    def reverse(self) -> None:
        payment = self.chance.randint(1, max(1, len(self.case.payments)))
        self.take(lambda: self.case.reverse_payment(payment=payment, reason="x"))

    def default(self) -> None:
        no, part = self.chance.randint(1, 3), self.chance.randint(1, 6)
        self.take(
            lambda: self.case.record_default(agreement=no, instalment=part, occurred_on=self.day)
        )

    def annul(self) -> None:
        if self.chance.random() < 0.3:
            no = self.chance.randint(1, 3)
            self.take(lambda: self.case.void_agreement(agreement=no, body="court", reason="x"))

    def advance(self) -> None:
        """Let the emergency fund pay, and the employer give some of it back."""
        for no, found in self.case.agreements.items():
            if balance := agreement_balance(found):
                self.vouchers += 1
                self.take(
                    lambda no=no, line=balance[0]: self.case.record_payment(  # type: ignore[misc]  # bound at once
                        occurred_on=self.day,
                        agreement=no,
                        payer="employer-fund",
                        fund="emergency_fund",
                        method="bank",
                        voucher_no=f"V-{self.vouchers}",
                        lines=[line],
                    )
                )
        payment = self.chance.randint(1, max(1, len(self.case.payments)))
        amount = Fen(self.chance.randint(1, 5_000))
        self.take(lambda: self.case.recover_advance(payment=payment, amount=amount, voucher_no="R"))

    def escalate(self) -> None:
        worker = self.chance.choice(self.workers)
        self.take(
            lambda: self.case.explain_routes(workers=(worker,), routes=("court",), method="phone")
        )
        if self.case.workers[worker].track is Track.DEFAULTED:
            self.take(lambda: self.case.escalate(workers=(worker,), route="court", body="x"))

    def close(self) -> None:
        self.take(lambda: self.case.close(outcome=self.chance.choice(OUTCOMES)))

    def reopen(self) -> None:
        reason = self.chance.choice(("default_after_closure", "new_evidence"))
        self.take(lambda: self.case.reopen(reason=reason, workers=(self.workers[0],)))

    # What must hold

    def check(self, history: Sequence[Dated], state: DisputeCase) -> None:
        """Compare a state with what the facts add up to."""
        books = Books(history, self.owner)
        for worker in state.workers:
            sums = state.sums(worker)
            agreed, paid = books.agreed.get(worker, 0), books.paid.get(worker, 0)
            assert (int(sums.agreed), int(sums.settled)) == (agreed, paid)
            assert sums.settled + sums.outstanding == sums.agreed
        totals = state.totals
        assert totals.agreed == sum(books.agreed.values())
        assert totals.settled == sum(books.paid.values())
        assert totals.settled + totals.outstanding == totals.agreed

    @staticmethod
    def nobody_is_overpaid(state: DisputeCase) -> None:
        """Hold what was known at any moment to the balances; a day cut out of a longer story may
        show a payment beside the one that took its place once it was reversed."""
        assert all(state.sums(worker).outstanding >= 0 for worker in state.workers)

    def check_the_past(self) -> None:
        """Look at a position as known then, and at a day as now known about then."""
        history = self.case.history
        upto = self.chance.randint(1, len(history))
        then = DisputeCase().fold(history[:upto])
        self.check(history[:upto], then)
        self.nobody_is_overpaid(then)
        day = self.chance.choice(history)[1] + timedelta(days=self.chance.choice((-1, 0, 1)))
        known = [(fact, on) for fact, on in history if on <= day]
        self.check(known, DisputeCase().fold(known))


def play(operations: int, seed: int) -> int:
    """Ask commands of case after case; give how many facts came of them."""
    chance, made, done = Random(seed), 0, 0  # noqa: S311 - dice of a test, thrown alike each time
    while done < operations:
        mediator = Mediator(chance, done)
        for number in range(min(A_CASE, operations - done)):
            mediator.ask()
            mediator.check(mediator.case.history, mediator.case)
            mediator.nobody_is_overpaid(mediator.case)
            if number % 12 == 0:
                mediator.check_the_past()
            done += 1
        made += mediator.case.version
    return made


def test_paid_and_outstanding_make_agreed_at_any_day() -> None:
    assert play(2_400, seed=1) > 600


@pytest.mark.long
@pytest.mark.parametrize("seed", range(4))
def test_paid_and_outstanding_make_agreed_through_sixty_thousand_commands(seed: int) -> None:
    assert play(15_000, seed=100 + seed) > 4_000
