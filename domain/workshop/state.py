"""The state of a workshop order: material, work, payrolls and payments, folded from facts."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from domain.amending import Amendable
from domain.kernel import N_, Refused, applies
from domain.money import Fen, total
from domain.workshop.facts import (
    DisputeOpened,
    FactVoided,
    MaterialIssued,
    MaterialReturned,
    OrderCancelled,
    OrderDelivered,
    OrderReceived,
    PayLine,
    PayrollClosed,
    PiecePriceChanged,
    PieceworkPaid,
    PieceworkRecorded,
    QualityChecked,
    RecordCorrected,
)


class Work(NamedTuple):
    """What one worker made on one day, and what the check and the payrolls said of it."""

    recorded: int = 0
    minutes: int = 0
    accepted: int = 0
    rejected: int = 0
    settled: int = 0


class Material(NamedTuple):
    """Pieces of material that a worker got and gave back."""

    issued: int = 0
    returned: int = 0


Day = tuple[str, date]
Paid = tuple[str, str]


class WorkshopState(Amendable):
    """An order with its material, its work and its wages."""

    CORRECTED, VOIDED = RecordCorrected, FactVoided

    state: str = "-"
    customer: str = ""
    product: str = ""
    unit_price: Fen = Fen(0)
    due_on: date | None = None
    payout_day: int | None = None
    quantity: int = 0
    prices: tuple[tuple[date, Fen], ...] = ()
    material: Mapping[str, Material] = MappingProxyType({})
    work: Mapping[Day, Work] = MappingProxyType({})
    payrolls: Mapping[str, tuple[PayLine, ...]] = MappingProxyType({})
    paid: Mapping[Paid, Fen] = MappingProxyType({})
    pay_by: Mapping[str, date] = MappingProxyType({})
    disputes: tuple[DisputeOpened, ...] = ()
    delivered: int = 0
    repriced: bool = False
    misbilled: bool = False

    @property
    def standing(self) -> str:
        """`-`, active, delivered or cancelled."""
        return self.state

    @property
    def accepted(self) -> int:
        """Count the accepted pieces of everybody."""
        return sum(work.accepted for work in self.work.values())

    def price_on(self, day: date) -> Fen:
        """Give the piece price of a day."""
        price = self.prices[0][1]
        for from_on, changed in self.prices[1:]:
            if from_on <= day:
                price = changed
        return price

    def recorded(self, worker: str) -> int:
        """Count the pieces a worker made."""
        return sum(work.recorded for (who, _), work in self.work.items() if who == worker)

    def payroll(self, month: str) -> tuple[PayLine, ...]:
        """Compute the lines of a month: accepted pieces up to it, in no payroll yet (W-02)."""
        pieces: dict[str, int] = {}
        wages: dict[str, Fen] = {}
        for (worker, day), work in self.work.items():
            open_pieces = work.accepted - work.settled
            if open_pieces and day.isoformat()[:7] <= month:
                pieces[worker] = pieces.get(worker, 0) + open_pieces
                wages[worker] = wages.get(worker, Fen(0)) + self.price_on(day) * open_pieces
        return tuple(PayLine(worker=w, accepted=pieces[w], amount=wages[w]) for w in sorted(pieces))

    def unpaid(self) -> Fen:
        """Sum what was earned and not paid: it becomes claim C14 of a dispute."""
        earned = total(self.price_on(day) * work.accepted for (_, day), work in self.work.items())
        return earned - total(self.paid.values())

    @property
    def workers(self) -> tuple[str, ...]:
        """Everybody who got material or made pieces, in the order they came."""
        return tuple(dict.fromkeys((*self.material, *(who for who, _ in self.work))))

    def made(self, worker: str) -> Work:
        """Sum what one worker made, over all days."""
        own = [work for (who, _), work in self.work.items() if who == worker]
        return Work(*(sum(part) for part in zip(*own, strict=True))) if own else Work()

    def earned(self, worker: str) -> Fen:
        """Sum what one worker earned, paid or not."""
        return total(
            self.price_on(day) * work.accepted
            for (who, day), work in self.work.items()
            if who == worker
        )

    def overdue(self, worker: str, on: date) -> dict[str, PayLine]:
        """Give the lines of one worker that should have been paid before a day, by month."""
        return {
            month: line
            for month, lines in self.payrolls.items()
            for line in lines
            if line.worker == worker
            and (month, worker) not in self.paid
            and self.pay_by.get(month, on) < on
        }

    def disputed(self, worker: str) -> frozenset[str]:
        """Give the months of one worker that a dispute is about."""
        return frozenset(m for one in self.disputes if one.worker == worker for m in one.months)

    def hourly_pay(self, worker: str) -> Fen | None:
        """Give the effective pay an hour over the days with minutes; a signal of welfare."""
        timed = [(d, w) for (who, d), w in self.work.items() if who == worker and w.minutes]
        minutes = sum(work.minutes for _, work in timed)
        wage = total(self.price_on(day) * work.accepted for day, work in timed)
        return Fen(wage * 60 // minutes) if minutes else None

    def balanced(self) -> None:
        """Refuse amended facts that break balance, price or payment (W-01 - W-04)."""
        for worker, material in self.material.items():
            self._check_material(worker, material)
        for worker, _ in self.work:
            self._check_material(worker, self.material.get(worker, Material()))
        for work in self.work.values():
            check_checked(work)
        if self.misbilled:
            raise Refused(rule="W-02", text=N_("已结算的计件不能改变，须先作废结算。"))
        if self.repriced:
            refuse_price()
        for (month, worker), amount in self.paid.items():
            if amount != self._line(month, worker).amount:
                raise Refused(rule="W-03", text=N_("发放金额与结算行不符。"), field="amount")
        self._check_delivery(self.delivered)

    def _check_material(self, worker: str, material: Material, more: int = 0) -> None:
        """Refuse more pieces made or given back than material was issued (W-01)."""
        recorded = self.recorded(worker) + more
        if recorded + material.returned > material.issued:
            raise Refused(
                rule="W-01",
                text=N_("发料{issued}件，计件{recorded}件加退料{returned}件超出。"),
                field="quantity",
                issued=material.issued,
                recorded=recorded,
                returned=material.returned,
            )

    def _check_delivery(self, quantity: int) -> None:
        """Refuse to deliver more than was accepted (W-04)."""
        if quantity > self.accepted:
            raise Refused(
                rule="W-04",
                text=N_("交付数量不能多于验收合格的{accepted}件。"),
                field="quantity",
                accepted=self.accepted,
            )

    def _line(self, month: str, worker: str) -> PayLine:
        """Find the line of a worker in a closed payroll (W-03)."""
        for line in self.payrolls.get(month, ()):
            if line.worker == worker:
                return line
        raise Refused(
            rule="W-03", text=N_("{month}尚未结算此人的计件。"), field="month", month=month
        )

    @applies(OrderReceived)
    def _order_received(self, fact: OrderReceived, on: date) -> None:
        self.state, self.customer, self.quantity = "active", fact.customer, fact.quantity
        self.product, self.unit_price = fact.product, fact.unit_price
        self.due_on, self.payout_day = fact.due_on, fact.payout_day
        self.prices = ((on, fact.piece_price),)

    @applies(PiecePriceChanged)
    def _piece_price_changed(self, fact: PiecePriceChanged, on: date) -> None:
        self.repriced = self.repriced or any(day >= on for _, day in self.work)
        changed = (*self.prices, (on, fact.piece_price))
        self.prices = tuple(sorted(changed, key=lambda price: price[0]))

    @applies(MaterialIssued)
    def _material_issued(self, fact: MaterialIssued, _on: date) -> None:
        had = self.material.get(fact.worker, Material())
        had = had._replace(issued=had.issued + fact.quantity)
        self.material = MappingProxyType({**self.material, fact.worker: had})

    @applies(MaterialReturned)
    def _material_returned(self, fact: MaterialReturned, _on: date) -> None:
        had = self.material.get(fact.worker, Material())
        had = had._replace(returned=had.returned + fact.quantity)
        self.material = MappingProxyType({**self.material, fact.worker: had})

    @applies(PieceworkRecorded)
    def _piecework_recorded(self, fact: PieceworkRecorded, on: date) -> None:
        did = self.work.get((fact.worker, on), Work())
        self._set_work(
            (fact.worker, on),
            did._replace(
                recorded=did.recorded + fact.quantity, minutes=did.minutes + (fact.minutes or 0)
            ),
        )

    @applies(QualityChecked)
    def _quality_checked(self, fact: QualityChecked, _on: date) -> None:
        did = self.work.get((fact.worker, fact.worked_on), Work())
        self._set_work(
            (fact.worker, fact.worked_on),
            did._replace(
                accepted=did.accepted + fact.accepted, rejected=did.rejected + fact.rejected
            ),
        )

    @applies(PayrollClosed)
    def _payroll_closed(self, fact: PayrollClosed, _on: date) -> None:
        self.misbilled = self.misbilled or fact.lines != self.payroll(fact.month)
        self.payrolls = MappingProxyType({**self.payrolls, fact.month: fact.lines})
        self.pay_by = MappingProxyType({**self.pay_by, fact.month: fact.pay_by})
        for day, did in self.work.items():
            if day[1].isoformat()[:7] <= fact.month:
                self._set_work(day, did._replace(settled=did.accepted))

    @applies(PieceworkPaid)
    def _piecework_paid(self, fact: PieceworkPaid, _on: date) -> None:
        paid = self.paid.get((fact.month, fact.worker), Fen(0)) + fact.amount
        self.paid = MappingProxyType({**self.paid, (fact.month, fact.worker): paid})

    @applies(DisputeOpened)
    def _dispute_opened(self, fact: DisputeOpened, _on: date) -> None:
        self.disputes = (*self.disputes, fact)

    @applies(OrderDelivered)
    def _order_delivered(self, fact: OrderDelivered, _on: date) -> None:
        self.state, self.delivered = "delivered", fact.quantity

    @applies(OrderCancelled)
    def _order_cancelled(self, _fact: OrderCancelled, _on: date) -> None:
        self.state = "cancelled"

    def _set_work(self, day: Day, work: Work) -> None:
        self.work = MappingProxyType({**self.work, day: work})


def check_checked(work: Work) -> None:
    """Refuse to check more pieces than were recorded that day (W-01)."""
    if work.accepted + work.rejected > work.recorded:
        raise Refused(
            rule="W-01",
            text=N_("验收合计不能多于当日计件{recorded}件。"),
            field="accepted",
            recorded=work.recorded,
        )


def refuse_price() -> None:
    """Refuse another price for work already recorded (W-02)."""
    raise Refused(
        rule="W-02",
        text=N_("已登记的计件不能改价，新单价只适用于以后的工作。"),
        field="piece_price",
    )
