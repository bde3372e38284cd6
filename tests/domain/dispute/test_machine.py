"""A dispute under random commands, against a model that a child could keep with coins.

At every step: no exception but `Refused`; the stored facts fold to the same state; paid under
agreements + outstanding = agreed, per worker and in total; why_not says what the decision does.
"""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from domain.calendar import shipped
from domain.dispute import DisputeCase, facts
from domain.dispute.records import OPEN_TRACKS, Stage, Track
from domain.dispute.values import Line
from domain.kernel import Event, Refused, decode, encode
from domain.money import Fen
from tests import stories
from tests.stories import EMPLOYER, MEDIATOR

WORKERS = tuple(f"person-m{number}" for number in range(4))
CALENDAR = shipped()
some_workers = st.lists(st.sampled_from(WORKERS), min_size=1, max_size=3, unique=True)
amounts = st.integers(-5, 3_000)
some_lines = st.lists(
    st.builds(lambda claim, amount: Line(claim, Fen(amount)), st.integers(1, 7), amounts),
    min_size=1,
    max_size=4,
)


def answer(decide: Callable[[], Sequence[Event]]) -> tuple[Sequence[Event], Refused | None]:
    try:
        return decide(), None
    except Refused as refused:
        return (), refused


class Disputes(RuleBasedStateMachine):
    """One case; the model knows coins per claim and nothing of tracks."""

    def __init__(self) -> None:
        super().__init__()
        self.case = DisputeCase().named("dispute-m")
        self.day = date(2026, 1, 5)
        self.agreed: dict[int, dict[int, int]] = {}  # agreement -> claim -> fen
        self.money: dict[int, tuple[int, dict[int, int]]] = {}  # payment -> agreement, lines
        self.vouchers = 0

    def ask(self, verb: str, decide: Callable[[], Sequence[Event]]) -> Sequence[Event]:
        """Ask for a decision; a refusal by state must have been foretold by `why_not`."""
        foretold = self.case.why_not(verb)
        decided, refusal = answer(decide)
        if refusal is not None:
            assert refusal.rule.startswith(("D-", "S-17", "S-19")), refusal
            assert foretold is None or str(foretold) == str(refusal)
            return ()
        assert foretold is None, f"{verb} was foretold to be refused: {foretold}"
        for fact in decided:
            self.case.apply(decode(type(fact), encode(fact)), self.day)
        return decided

    @initialize(signed=st.booleans())
    def come_in(self, signed: bool) -> None:
        play = stories.Play("dispute-m")
        rows = [stories.row(w, "C01", Fen(1_000 + 10 * n)) for n, w in enumerate(WORKERS[:3])]
        stories.accept(stories.open_case(play, rows))
        self.case, self.day = play.case, play.day
        self.meet()
        if signed:
            self.agree(list(WORKERS[:3]), 2, 90)

    @rule(days=st.integers(0, 12))
    def wait(self, days: int) -> None:
        self.day += timedelta(days=days)

    @rule(worker=st.sampled_from(WORKERS), code=st.sampled_from(("C01", "C04")), amount=amounts)
    def claim(self, worker: str, code: str, amount: int) -> None:
        row = stories.row(worker, code, Fen(amount))
        self.ask("state_claims_table", lambda: self.case.state_claims_table(rows=[row]))

    @rule(claim=st.integers(1, 5), amount=amounts)
    def amend(self, claim: int, amount: int) -> None:
        self.ask(
            "amend_claim",
            lambda: self.case.amend_claim(claim=claim, amount=Fen(amount), reason="x"),
        )

    @rule()
    def meet(self) -> None:
        self.ask(
            "hold_session",
            lambda: self.case.hold_session(
                occurred_on=self.day, mediator=MEDIATOR, present=(EMPLOYER,), minutes="x"
            ),
        )

    @rule(lines=some_lines, term=st.integers(-1, 20))
    def agree_on(self, lines: list[Line], term: int) -> None:
        self.sign(tuple(lines), term)

    @rule(workers=some_workers, term=st.integers(0, 9), share=st.integers(1, 100))
    def agree(self, workers: list[str], term: int, share: int) -> None:
        lines = tuple(
            Line(claim.no, Fen(max(1, claim.claimed * share // 100)))
            for claim in self.case.claims.values()
            if claim.worker in workers
            and self.case.workers[claim.worker].track in {Track.CLAIMED, Track.FAILED}
        )
        self.sign(lines, term)

    def sign(self, lines: tuple[Line, ...], term: int) -> None:
        for fact in self.ask(
            "sign_agreement",
            lambda: self.case.sign_agreement(
                occurred_on=self.day,
                mediator=MEDIATOR,
                signed_by=(*WORKERS, EMPLOYER),
                sealed=True,
                lines=lines,
                perform_by=self.day + timedelta(days=term),
                terms="x",
                excess_reason="x",
            ),
        ):
            assert isinstance(fact, facts.AgreementSigned)
            self.agreed[fact.agreement] = {line.claim: int(line.amount) for line in fact.lines}

    @rule(pick=st.integers(0, 9), never=st.integers(0, 3))
    def annul(self, pick: int, never: int) -> None:
        agreement = self.pick(pick) if not never else 9
        if self.ask(
            "void_agreement",
            lambda: self.case.void_agreement(agreement=agreement, body="法院", reason="fraud"),
        ):
            del self.agreed[agreement]

    @rule(agreement=st.integers(1, 3), lines=some_lines, again=st.booleans())
    def pay(self, agreement: int, lines: list[Line], again: bool) -> None:
        self.vouchers += not again
        self.take(agreement, tuple(lines))

    @rule(pick=st.integers(0, 9), whole=st.booleans())
    def pay_what_is_open(self, pick: int, whole: bool) -> None:
        self.vouchers += 1
        agreement = self.pick(pick)
        sums = self.agreed.get(agreement, {})
        lines = [
            Line(claim, Fen(amount - self.paid(agreement, claim)))
            for claim, amount in sums.items()
            if amount > self.paid(agreement, claim)
        ]
        self.take(agreement, tuple(lines if whole else lines[:1]))

    def take(self, agreement: int, lines: tuple[Line, ...]) -> None:
        for fact in self.ask(
            "record_payment",
            lambda: self.case.record_payment(
                occurred_on=self.day,
                agreement=agreement,
                payer=EMPLOYER,
                fund="employer",
                method="bank",
                voucher_no=f"V-{self.vouchers}",
                lines=lines,
            ),
        ):
            assert isinstance(fact, facts.PaymentRecorded)
            paid = {line.claim: int(line.amount) for line in fact.lines}
            self.money[fact.payment] = (agreement, paid)

    @rule(lines=some_lines, settles=st.booleans())
    def pay_now(self, lines: list[Line], settles: bool) -> None:
        self.vouchers += 1
        for fact in self.ask(
            "pay_immediately",
            lambda: self.case.pay_immediately(
                payer=EMPLOYER,
                fund="employer",
                method="cash",
                voucher_no=f"V-{self.vouchers}",
                lines=lines,
                settles=settles,
            ),
        ):
            assert isinstance(fact, facts.PaidImmediately)
            self.money[fact.payment] = (0, {line.claim: int(line.amount) for line in fact.lines})

    @rule(payment=st.integers(1, 6))
    def reverse(self, payment: int) -> None:
        if self.ask(
            "reverse_payment", lambda: self.case.reverse_payment(payment=payment, reason="x")
        ):
            del self.money[payment]

    @rule(pick=st.integers(0, 9), days=st.integers(0, 9))
    def default(self, pick: int, days: int) -> None:
        agreement = self.pick(pick)
        self.day += timedelta(days=days)
        self.ask(
            "record_default",
            lambda: self.case.record_default(
                agreement=agreement, instalment=1, occurred_on=self.day
            ),
        )

    @rule(workers=some_workers)
    def fail(self, workers: list[str]) -> None:
        workers = self.on(workers, Track.CLAIMED)
        self.ask(
            "fail_mediation", lambda: self.case.fail_mediation(workers=workers, reason="days_over")
        )

    @rule(workers=some_workers)
    def tell(self, workers: list[str]) -> None:
        self.ask(
            "explain_routes",
            lambda: self.case.explain_routes(workers=workers, routes=("court",), method="phone"),
        )

    @rule(workers=some_workers)
    def escalate(self, workers: list[str]) -> None:
        workers = self.on(workers, Track.FAILED, Track.DEFAULTED)
        self.ask(
            "escalate",
            lambda: self.case.escalate(workers=workers, route="arbitration", body="仲裁委"),
        )

    @rule(worker=st.sampled_from(WORKERS), never=st.integers(0, 9))
    def withdraw(self, worker: str, never: int) -> None:
        if never:
            return
        self.ask(
            "withdraw_claimant",
            lambda: self.case.withdraw_claimant(
                worker=worker, by=worker, power="self", reason="gave_up"
            ),
        )

    @rule(pause=st.booleans())
    def pause(self, pause: bool) -> None:
        if pause:
            self.ask("suspend", lambda: self.case.suspend(reason="other_case", resume_when="x"))
        else:
            self.ask("resume", self.case.resume)

    @rule(outcome=st.sampled_from(("settled_performed", "settled_pending", "failed_escalated")))
    def close(self, outcome: str) -> None:
        self.ask("close", lambda: self.case.close(outcome=outcome))

    @rule(reason=st.sampled_from(("default_after_closure", "new_evidence")), workers=some_workers)
    def reopen(self, reason: str, workers: list[str]) -> None:
        self.ask("reopen", lambda: self.case.reopen(reason=reason, workers=workers))

    @rule(version=st.integers(0, 30))
    def void(self, version: int) -> None:
        """Void anything that is no agreement nor claim: those the model would have to unlearn."""
        kept = (
            facts.AgreementSigned,
            facts.AgreementVoided,
            facts.ClaimStated,
            facts.ClaimantAdded,
        )
        if isinstance(dict(enumerate(self.case.history, 1)).get(version, (None,))[0], kept):
            return
        self.ask(
            "void_fact",
            lambda: self.case.void_fact(version=version, reason="x", occurred_on=self.day),
        )

    def on(self, workers: list[str], *tracks: Track) -> list[str]:
        """Prefer workers who stand where the command is lawful."""
        fitting = [w for w, record in self.case.workers.items() if record.track in tracks]
        return fitting[: len(workers)] or workers

    def pick(self, number: int) -> int:
        live = sorted(self.agreed)
        return live[number % len(live)] if live else 1

    def paid(self, agreement: int, claim: int) -> int:
        return sum(sums.get(claim, 0) for made, sums in self.money.values() if made == agreement)

    @invariant()
    def money_adds_up_per_worker_and_in_total(self) -> None:
        live = [(no, claim, sum_) for no, of in self.agreed.items() for claim, sum_ in of.items()]
        for worker in self.case.workers:
            sums = self.case.sums(worker)
            mine = {claim for claim, c in self.case.claims.items() if c.worker == worker}
            assert sums.agreed == sum(amount for _, claim, amount in live if claim in mine)
            assert sums.settled == sum(
                self.paid(no, claim) for no, claim, _ in live if claim in mine
            )
            assert sums.settled + sums.outstanding == sums.agreed
            assert sums.outstanding >= 0
        totals = self.case.totals
        assert totals.settled + totals.outstanding == totals.agreed
        assert totals.paid == sum(sum(of.values()) for _, of in self.money.values())

    @invariant()
    def what_is_stored_folds_to_the_same_state(self) -> None:
        again = DisputeCase().fold(self.case.history)
        assert again.version == self.case.version == len(self.case.history)
        assert (again.standing, again.tracks, again.totals) == (
            self.case.standing,
            self.case.tracks,
            self.case.totals,
        )

    @invariant()
    def the_stage_follows_the_tracks(self) -> None:
        counted = {track: count for track, count in self.case.tracks.items() if count}
        assert sum(counted.values()) == len(self.case.workers)
        if self.case.stage is Stage.PERFORMED:
            assert counted.get(Track.PERFORMED)
            assert not counted.keys() & set(OPEN_TRACKS)


def test_random_commands_keep_the_books() -> None:
    run_state_machine_as_test(
        Disputes,
        settings=settings(
            max_examples=45,
            stateful_step_count=40,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.long
def test_twenty_thousand_random_commands_keep_the_books() -> None:
    run_state_machine_as_test(
        Disputes,
        settings=settings(
            max_examples=420,
            stateful_step_count=80,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
