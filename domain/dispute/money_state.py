"""The state of a dispute, second part: sessions, agreements, and money by its three doors."""

from collections.abc import Iterable, Mapping
from datetime import date

from domain.dispute import facts
from domain.dispute.opening_state import OpeningState
from domain.dispute.records import NOTHING, Agreement, Payment, Session, Stage, Track, Worker
from domain.dispute.values import Line
from domain.kernel import applies
from domain.money import Fen

OWING = frozenset({Track.AGREED, Track.DEFAULTED})


class MoneyState(OpeningState):
    """What mediation and payments leave behind."""

    sessions: Mapping[int, Session] = NOTHING
    best_offer: Fen | None = None
    extension_days: int = 0
    agreements: Mapping[int, Agreement] = NOTHING
    payments: Mapping[int, Payment] = NOTHING
    vouchers: Mapping[tuple[str, str], int] = NOTHING

    def open_balance(self, worker: str) -> Fen:
        """Give agreed - paid of the worker's agreement, else awarded - paid from the award."""
        record = self.workers[worker]
        return Fen(self._open_balance(record))

    def _open_balance(self, record: Worker) -> int:
        claims = self.claims
        if record.agreement is None:
            return sum(c.awarded - c.award_paid for c in map(claims.__getitem__, record.claims))
        agreement = self.agreements[record.agreement]
        paid = agreement.paid
        return sum(
            agreement.agreed[no] - paid.get(no, 0) for no in record.claims if no in agreement.agreed
        )

    def _workers_of(self, lines: Iterable[Line]) -> dict[str, Worker]:
        """Find whom lines are about; a line of an unknown claim is about nobody."""
        names = (self.claims[line.claim].worker for line in lines if line.claim in self.claims)
        return {name: self._worker(name) for name in names}

    def _session(self, fact: facts.SessionScheduled) -> Session:
        return Session(fact.session, fact.mediator, fact.room, fact.on, fact.from_at, fact.to_at)

    @applies(facts.SessionScheduled)
    def _session_scheduled(self, fact: facts.SessionScheduled, _on: date) -> None:
        self._own("sessions")[fact.session] = self._session(fact)

    @applies(facts.SessionPostponed)
    def _session_postponed(self, fact: facts.SessionPostponed, _on: date) -> None:
        session = self.sessions.get(fact.session)
        if session:
            session.room, session.on = fact.room, fact.on
            session.from_at, session.to_at = fact.from_at, fact.to_at

    @applies(facts.SessionCancelled)
    def _session_cancelled(self, fact: facts.SessionCancelled, _on: date) -> None:
        if fact.session in self.sessions:
            self.sessions[fact.session].standing = "cancelled"

    @applies(facts.SessionHeld)
    def _session_held(self, fact: facts.SessionHeld, on: date) -> None:
        session = self.sessions.get(fact.session) or Session(
            fact.session, fact.mediator, None, on, "", ""
        )
        session.standing = "held"
        self._own("sessions")[fact.session] = session
        offers = [offer for offer in (self.best_offer, fact.offer) if offer is not None]
        self.best_offer = max(offers, default=None)
        if self.procedure in {Stage.ACCEPTED, Stage.ASSIGNED}:
            self.procedure = Stage.MEDIATING

    @applies(facts.SessionMissed)
    def _session_missed(self, fact: facts.SessionMissed, _on: date) -> None:
        if fact.session in self.sessions:
            self.sessions[fact.session].standing = "missed"

    @applies(facts.EvidenceFiled)
    def _evidence_filed(self, _fact: facts.EvidenceFiled, _on: date) -> None:
        """Keep nothing: the file lists it from the history."""

    @applies(facts.EmployerRecordsRequested)
    def _records_requested(self, _fact: facts.EmployerRecordsRequested, _on: date) -> None:
        """Keep nothing: no rule reads it."""

    @applies(facts.MediationExtended)
    def _mediation_extended(self, fact: facts.MediationExtended, _on: date) -> None:
        self.extension_days += fact.days

    @applies(facts.ProposalMade)
    def _proposal_made(self, _fact: facts.ProposalMade, _on: date) -> None:
        """Keep nothing: a proposal binds nobody."""

    @applies(facts.AgreementSigned)
    def _agreement_signed(self, fact: facts.AgreementSigned, on: date) -> None:
        agreed: dict[int, int] = {}
        for line in fact.lines:
            agreed[line.claim] = agreed.get(line.claim, 0) + int(line.amount)
        self._own("agreements")[fact.agreement] = Agreement(
            fact.agreement, on, fact.perform_by, fact.mediator, fact.instalments, agreed, {}
        )
        for no, amount in agreed.items():
            if no in self.claims:
                self.claims[no].agreed += amount
        for record in self._workers_of(fact.lines).values():
            record.agreement = fact.agreement
            self._move(record, Track.AGREED)

    @applies(facts.AgreementVoided)
    def _agreement_voided(self, fact: facts.AgreementVoided, _on: date) -> None:
        agreement = self.agreements.get(fact.agreement)
        if agreement is None or agreement.voided:
            return
        agreement.voided = True
        for no, amount in agreement.agreed.items():
            if no in self.claims:
                self.claims[no].agreed -= amount
                self.claims[no].settled -= agreement.paid.get(no, 0)
        for record in self.workers.values():
            if record.agreement == fact.agreement:
                record.agreement = None
                if record.track in {Track.AGREED, Track.DEFAULTED}:
                    self._move(record, Track.CLAIMED)

    @applies(facts.PaymentRecorded)
    def _payment_recorded(self, fact: facts.PaymentRecorded, on: date) -> None:
        payment = self._enter("agreement", fact, on)
        payment.agreement, payment.instalment = fact.agreement, fact.instalment
        self._book(payment, 1)
        self._perform(fact.lines)

    @applies(facts.PaidImmediately)
    def _paid_immediately(self, fact: facts.PaidImmediately, on: date) -> None:
        payment = self._enter("immediate", fact, on)
        payment.settles = fact.settles
        self._book(payment, 1)
        if fact.settles:
            for record in self._workers_of(fact.lines).values():
                self._performed(record)

    @applies(facts.AwardPaid)
    def _award_paid(self, fact: facts.AwardPaid, on: date) -> None:
        self._book(self._enter("award", fact, on), 1)
        for record in self._workers_of(fact.lines).values():
            claims = [self.claims[no] for no in record.claims]
            awarded = sum(c.awarded for c in claims)
            if 0 < awarded <= sum(c.award_paid for c in claims):
                self._performed(record)

    @applies(facts.PaymentReversed)
    def _payment_reversed(self, fact: facts.PaymentReversed, on: date) -> None:
        payment = self.payments.get(fact.payment)
        if payment is None or payment.reversed_on:
            return
        payment.reversed_on = on
        self._own("vouchers").pop((payment.payer, payment.voucher_no), None)
        self._book(payment, -1)
        if payment.door == "immediate" and not payment.settles:
            return
        for record in self._workers_of(payment.lines).values():
            if record.track is Track.PERFORMED:
                annulled = record.before in OWING and record.agreement is None
                self._move(record, Track.CLAIMED if annulled else record.before)

    @applies(facts.AdvanceRecovered)
    def _advance_recovered(self, fact: facts.AdvanceRecovered, _on: date) -> None:
        if fact.payment in self.payments:
            self.payments[fact.payment].recovered += int(fact.amount)

    @applies(facts.PerformanceDefaulted)
    def _performance_defaulted(self, fact: facts.PerformanceDefaulted, _on: date) -> None:
        for record in self._workers_of(fact.lines).values():
            if record.track is Track.AGREED:
                self._move(record, Track.DEFAULTED)

    @applies(facts.MediationFailed)
    def _mediation_failed(self, fact: facts.MediationFailed, _on: date) -> None:
        for worker in fact.workers:
            self._move(self._worker(worker), Track.FAILED)

    def _enter(
        self,
        door: str,
        fact: facts.PaymentRecorded | facts.PaidImmediately | facts.AwardPaid,
        on: date,
    ) -> Payment:
        """Keep a payment; one of an old register stands outside the unique voucher number."""
        payment = Payment(
            fact.payment, on, door, fact.payer, fact.fund, fact.voucher_no, fact.lines
        )
        payment.imported = fact.source is not None
        self._own("payments")[fact.payment] = payment
        if not payment.imported:
            self._own("vouchers")[fact.payer, fact.voucher_no] = fact.payment
        return payment

    def _book(self, payment: Payment, sign: int) -> None:
        """Add the lines of a payment to claims and agreement, or take them off again."""
        agreement = self.agreements.get(payment.agreement or 0)
        for line in payment.lines:
            claim, amount = self.claims.get(line.claim), sign * int(line.amount)
            if claim is None:
                continue
            if payment.door == "award":
                claim.award_paid += amount
                continue
            claim.paid += amount
            if agreement and line.claim in agreement.agreed:
                agreement.paid[line.claim] = agreement.paid.get(line.claim, 0) + amount
                claim.settled += 0 if agreement.voided else amount

    def _perform(self, lines: Iterable[Line]) -> None:
        """Lead to `performed` whoever has got everything that was agreed.

        Who still waits for money of one of the lines is passed over at once: most payments to
        300 workers perform nobody.
        """
        claims, agreements = self.claims, self.agreements
        paid_up: dict[str, Worker] = {}
        waiting: set[str] = set()
        for line in lines:
            claim = claims.get(line.claim)
            if claim is None or claim.worker in waiting:
                continue
            record = self._worker(claim.worker)
            agreement = agreements.get(record.agreement or 0)
            if agreement is None:
                continue
            if agreement.paid.get(line.claim, 0) < agreement.agreed.get(line.claim, 0):
                waiting.add(claim.worker)
            else:
                paid_up[claim.worker] = record
        for worker, record in paid_up.items():
            if worker not in waiting and self._open_balance(record) == 0:
                self._performed(record)

    def _performed(self, record: Worker) -> None:
        if record.track not in {Track.PERFORMED, Track.WITHDRAWN}:
            record.before = record.track
            self._move(record, Track.PERFORMED)
