"""What is counted about disputes: receipt, acceptance, claims, agreements, money, closing."""

from datetime import date
from typing import Any

from domain.calendar import WorkCalendar
from domain.dispute import facts
from domain.dispute.values import Line
from domain.kernel import Event, Recorded
from projections.book import Book, Key
from projections.dispute_course import CourseBook

EMERGENCY = "emergency_fund"


def exact(event: Event) -> bool:
    """Say whether the day of a fact is its own day, and no year or other day of a register."""
    return event.source is None or event.source.precision == "day"


class DisputeBook(Book):
    """The book of a dispute. Money stands per worker and line; a reversal is a row below zero."""

    def __init__(self, stream: str, calendar: WorkCalendar) -> None:
        """Begin empty; the calendar says whether mediation ended in time."""
        super().__init__(stream)
        self._course = CourseBook(self, calendar)
        self._received: date | None = None
        self._accepted = False
        self._opened: date | None = None
        self._claims: dict[int, tuple[Recorded, str, str, int]] = {}
        self._claimed: dict[int, Key] = {}
        self._verified: dict[int, tuple[Recorded, int]] = {}
        self._verified_rows: dict[int, Key] = {}
        self._respondents: dict[str, tuple[Recorded, Key | None]] = {}
        self._agreed: dict[int, list[Key]] = {}
        self._settling: dict[tuple[str, int], tuple[date, Recorded]] = {}
        self._settled: Key | None = None
        self._payments: dict[int, tuple[str, tuple[Line, ...], dict[str, Any], list[Key]]] = {}
        self._imported: set[int] = set()

    def stand(self, state: Any, source: Recorded) -> None:
        """Book what follows from the case as a whole: profile, performance, both ends."""
        self._course.stand(state, source)

    def take(self, event: Event, on: date, source: Recorded) -> None:  # noqa: C901, PLR0912 - one branch a fact
        """Book one fact as it reads today."""
        match event:
            case facts.IntakeRecorded(station=station):
                self.station = station
            case facts.Transferred(to_station=station):
                self.station = station
            case facts.ApplicationReceived():
                self._receive(on, source)
            case facts.RespondentAdded(respondent=respondent):
                key = self._respondent(respondent, source)
                self._respondents.setdefault(respondent, (source, key))
            case facts.ClaimStated() | facts.ClaimAmended() | facts.ClaimVerified():
                self._claim(event, source)
            case facts.Accepted():
                self._accepted = True
                self._opened = self._opened or (on if exact(event) else None)
                self.add("accepted", on, source)
            case facts.Closed(outcome=outcome):
                self._close(event, on, source, outcome)
            case facts.TransferredOut():
                self._close(event, on, source, "transferred")
            case facts.Reopened():
                self.add("reopened", on, source, accepted=self._accepted)
            case facts.Merged(into=into):
                self.merge(into)
            case facts.Unmerged(other=other) if other == self.merged:
                self.merge("")
            case facts.Classified(scheme=scheme, value=value):
                self.add("classified", on, source, scheme=scheme, value=value)
            case _:
                self._money(event, on, source)

    def _money(self, event: Event, on: date, source: Recorded) -> None:
        match event:
            case facts.AgreementSigned(agreement=no, lines=lines):
                self._agreed[no] = self._lines("agreed", lines, on, source, {"agreement": no})
                claimed = sum(self._claims[x.claim][3] for x in lines if x.claim in self._claims)
                self._agreed[no].append(self.add("signed_claim", on, source, amount=claimed))
                self._settle(("agreement", no), on, source)
            case facts.AgreementVoided(agreement=no):
                for key in self._agreed.pop(no, []):
                    self.drop(key)
                self._unsettle(("agreement", no))
            case facts.PaymentRecorded() | facts.PaidImmediately() | facts.AwardPaid():
                self._pay(event, on, source)
            case facts.PaymentReversed(payment=no):
                self._reverse(no, on, source)
            case facts.AdvanceRecovered(amount=amount):
                self.add("advance_recovered", on, source, amount=int(amount))

    def _receive(self, on: date, source: Recorded) -> None:
        """Count a receipt; amounts and respondents count on its day, whenever they were stated."""
        if self._received is not None:
            return
        self._received = on
        self.add("received", on, source)
        for no in self._claims:
            self._show_claim(no)
        for no in self._verified:
            self._show_verified(no)
        for name, (origin, _) in list(self._respondents.items()):
            self._respondents[name] = (origin, self._respondent(name, origin))

    def _respondent(self, name: str, source: Recorded) -> Key | None:
        if self._received is None or (name in self._respondents and self._respondents[name][1]):
            return None
        return self.add("respondent", self._received, source, employer=name)

    def _claim(
        self, event: facts.ClaimStated | facts.ClaimAmended | facts.ClaimVerified, source: Recorded
    ) -> None:
        no = event.claim
        if isinstance(event, facts.ClaimStated):
            self._claims[no] = (source, event.worker, event.code, int(event.amount))
            self._show_claim(no)
        elif isinstance(event, facts.ClaimVerified):
            self._verified[no] = (source, int(event.amount))
            self._show_verified(no)
        elif no in self._claims:
            origin, worker, code, _ = self._claims[no]
            self._claims[no] = (origin, worker, code, int(event.amount))
            self._show_claim(no)

    def _show_claim(self, no: int) -> None:
        source, worker, code, amount = self._claims[no]
        if self._received is None:
            return
        if no in self._claimed:
            self.change(self._claimed[no], amount=amount)
        else:
            self._claimed[no] = self.add(
                "claimed", self._received, source, person=worker, amount=amount, code=code
            )

    def _show_verified(self, no: int) -> None:
        source, amount = self._verified[no]
        if self._received is None or no not in self._claims:
            return
        if no in self._verified_rows:
            self.drop(self._verified_rows[no])
        _, worker, code, _ = self._claims[no]
        self._verified_rows[no] = self.add(
            "verified", self._received, source, person=worker, amount=amount, code=code
        )

    def _close(self, event: Event, on: date, source: Recorded, outcome: str) -> None:
        """Count a closing; an imported one from its opening, if both days are known as days."""
        since = self._received
        if event.source is not None:
            since = self._opened if exact(event) else None
        days = (on - since).days if since else 0
        self.add(
            "closed",
            on,
            source,
            quantity=days,
            outcome=outcome,
            accepted=self._accepted,
            received=since is not None,
        )

    def _settle(self, by: tuple[str, int], on: date, source: Recorded) -> None:
        """Keep one row a case: the first agreement in force, or payment that settles."""
        self._settling[by] = (on, source)
        self._show_settled()

    def _unsettle(self, by: tuple[str, int]) -> None:
        if self._settling.pop(by, None):
            self._show_settled()

    def _show_settled(self) -> None:
        if self._settled:
            self.drop(self._settled)
            self._settled = None
        if self._settling:
            on, source = min(self._settling.values(), key=lambda one: (one[0], one[1].position))
            days = (on - self._received).days if self._received else 0
            known = self._received is not None
            self._settled = self.add("settled", on, source, quantity=days, received=known)

    def _pay(
        self,
        event: facts.PaymentRecorded | facts.PaidImmediately | facts.AwardPaid,
        on: date,
        source: Recorded,
    ) -> None:
        kind = "paid_emergency_fund" if event.fund == EMERGENCY else "paid"
        if isinstance(event, facts.AwardPaid):
            kind = "award_paid"
        dims: dict[str, Any] = {"fund": event.fund, "payment": event.payment, "repeat": False}
        if event.source is not None and kind == "paid":
            whole = sum(int(line.amount) for line in event.lines)
            dims["repeat"] = whole in self._imported
            self._imported.add(whole)
        self._lines(kind, event.lines, on, source, dims)
        settled: list[Key] = []
        if isinstance(event, facts.PaidImmediately) and event.settles:
            settled = self._lines("agreed", event.lines, on, source, {"payment": event.payment})
            self._settle(("payment", event.payment), on, source)
        self._payments[event.payment] = (kind, event.lines, dims, settled)

    def _reverse(self, no: int, on: date, source: Recorded) -> None:
        found = self._payments.pop(no, None)
        if found is None:
            return
        kind, lines, dims, settled = found
        self._lines(kind, lines, on, source, dims | {"reversal": True}, sign=-1)
        for key in settled:
            self.drop(key)
        self._unsettle(("payment", no))

    def _lines(
        self,
        kind: str,
        lines: tuple[Line, ...],
        on: date,
        source: Recorded,
        dims: dict[str, Any],
        *,
        sign: int = 1,
    ) -> list[Key]:
        keys = []
        for line in lines:
            _, worker, code, _ = self._claims.get(line.claim, (source, "", "", 0))
            amount = sign * int(line.amount)
            keys.append(self.add(kind, on, source, person=worker, amount=amount, code=code, **dims))
        return keys
