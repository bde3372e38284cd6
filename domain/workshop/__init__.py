"""Workshop orders 手工订单: material balances, piecework is paid once at its price (W-01 on)."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from domain.amending import Amendable
from domain.kernel import N_, Event, Refused, applies, decides
from domain.money import Fen, total
from domain.workshop.facts import (
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

_MONTH = re.compile(r"^\d{4}-(0[1-9]|1[0-2])$")


# State


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


class WorkshopOrder(Amendable):
    """An order with its material, its work and its wages."""

    CORRECTED, VOIDED = RecordCorrected, FactVoided

    state: str = "-"
    customer: str = ""
    quantity: int = 0
    prices: tuple[tuple[date, Fen], ...] = ()
    material: Mapping[str, Material] = MappingProxyType({})
    work: Mapping[Day, Work] = MappingProxyType({})
    payrolls: Mapping[str, tuple[PayLine, ...]] = MappingProxyType({})
    paid: Mapping[Paid, Fen] = MappingProxyType({})
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
            _check_checked(work)
        if self.misbilled:
            raise Refused(rule="W-02", text=N_("已结算的计件不能改变，须先作废结算。"))
        if self.repriced:
            _refuse_price()
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
        for day, did in self.work.items():
            if day[1].isoformat()[:7] <= fact.month:
                self._set_work(day, did._replace(settled=did.accepted))

    @applies(PieceworkPaid)
    def _piecework_paid(self, fact: PieceworkPaid, _on: date) -> None:
        paid = self.paid.get((fact.month, fact.worker), Fen(0)) + fact.amount
        self.paid = MappingProxyType({**self.paid, (fact.month, fact.worker): paid})

    @applies(OrderDelivered)
    def _order_delivered(self, fact: OrderDelivered, _on: date) -> None:
        self.state, self.delivered = "delivered", fact.quantity

    @applies(OrderCancelled)
    def _order_cancelled(self, _fact: OrderCancelled, _on: date) -> None:
        self.state = "cancelled"

    def _set_work(self, day: Day, work: Work) -> None:
        self.work = MappingProxyType({**self.work, day: work})

    # Decisions

    @decides("W-00", {"-"})
    def receive_order(self, *, terms: OrderReceived) -> list[Event]:
        """Take an order with a price for the workshop and one for the worker."""
        if terms.quantity < 1 or not terms.product.strip():
            raise Refused(rule="W-00", text=N_("请填写产品和数量。"), field="quantity")
        if terms.piece_price <= 0 or terms.unit_price < terms.piece_price:
            raise Refused(
                rule="W-00", text=N_("计件单价须大于零且不高于加工单价。"), field="piece_price"
            )
        if terms.payout_day is not None and not 1 <= terms.payout_day <= 31:
            raise Refused(rule="W-00", text=N_("发放日须在1至31之间。"), field="payout_day")
        return [terms]

    @decides("W-00", {"active"})
    def change_piece_price(self, *, piece_price: Fen, occurred_on: date) -> list[Event]:
        """Pay another price from this day on, for work not yet recorded (W-02)."""
        if piece_price <= 0:
            raise Refused(rule="W-02", text=N_("计件单价须大于零。"), field="piece_price")
        if any(day >= occurred_on for _, day in self.work):
            _refuse_price()
        return [PiecePriceChanged(piece_price=piece_price)]

    @decides("W-00", {"active"})
    def issue_material(self, *, worker: str, quantity: int) -> list[Event]:
        """Hand material out, counted in pieces."""
        _check_quantity(quantity)
        return [MaterialIssued(worker=worker, quantity=quantity)]

    @decides("W-00", {"active"})
    def return_material(self, *, worker: str, quantity: int) -> list[Event]:
        """Take material back that was not worked up (W-01)."""
        _check_quantity(quantity)
        had = self.material.get(worker, Material())
        self._check_material(worker, had._replace(returned=had.returned + quantity))
        return [MaterialReturned(worker=worker, quantity=quantity)]

    @decides("W-00", {"active"})
    def record_piecework(
        self, *, worker: str, quantity: int, minutes: int | None = None
    ) -> list[Event]:
        """Record the pieces of a day, out of material that was issued (W-01)."""
        _check_quantity(quantity)
        if minutes is not None and not 0 < minutes <= 24 * 60:
            raise Refused(rule="W-00", text=N_("工时须在1至1440分钟之间。"), field="minutes")
        self._check_material(worker, self.material.get(worker, Material()), quantity)
        return [PieceworkRecorded(worker=worker, quantity=quantity, minutes=minutes)]

    @decides("W-00", {"active"})
    def check_quality(
        self, *, worker: str, worked_on: date, accepted: int, rejected: int
    ) -> list[Event]:
        """Accept or reject pieces of a day of work (W-01)."""
        if accepted < 0 or rejected < 0 or accepted + rejected < 1:
            raise Refused(rule="W-01", text=N_("数量须至少为1。"), field="accepted")
        did = self.work.get((worker, worked_on), Work())
        _check_checked(
            did._replace(accepted=did.accepted + accepted, rejected=did.rejected + rejected)
        )
        return [
            QualityChecked(worker=worker, worked_on=worked_on, accepted=accepted, rejected=rejected)
        ]

    @decides("W-00", {"active", "delivered"})
    def close_payroll(self, *, month: str, pay_by: date, lines: Sequence[PayLine]) -> list[Event]:
        """Close a month with the lines that `payroll` computes, and no others (W-02, W-03)."""
        if not _MONTH.match(month) or month in self.payrolls:
            raise Refused(
                rule="W-03", text=N_("{month}不能结算或已结算。"), field="month", month=month
            )
        due = self.payroll(month)
        if not due or tuple(sorted(lines, key=lambda line: line.worker)) != due:
            raise Refused(
                rule="W-02", text=N_("结算须等于合格件数乘以当日计件单价。"), field="lines"
            )
        return [PayrollClosed(month=month, pay_by=pay_by, lines=due)]

    @decides("W-03", {"active", "delivered"})
    def pay_piecework(
        self, *, month: str, worker: str, amount: Fen, voucher_no: str
    ) -> list[Event]:
        """Pay a line of a closed payroll, once and whole (农民工条例 13; W-02, W-03)."""
        line = self._line(month, worker)
        if (month, worker) in self.paid:
            raise Refused(
                rule="W-03", text=N_("此人{month}的计件已发放。"), field="worker", month=month
            )
        if amount > line.amount:
            raise Refused(
                rule="W-03", text=N_("应发{due}，不能多发。"), field="amount", due=line.amount
            )
        if amount < line.amount:
            raise Refused(
                rule="W-02", text=N_("应发{due}，不能少发。"), field="amount", due=line.amount
            )
        return [PieceworkPaid(month=month, worker=worker, amount=amount, voucher_no=voucher_no)]

    @decides("W-00", {"active"})
    def deliver_order(self, *, quantity: int) -> list[Event]:
        """Deliver accepted pieces to the customer (W-04)."""
        _check_quantity(quantity)
        self._check_delivery(quantity)
        return [OrderDelivered(quantity=quantity)]

    @decides("W-00", {"active"})
    def cancel_order(self, *, reason: str) -> list[Event]:
        """Cancel an order that owes nobody; unpaid work becomes claim C14 (W-04)."""
        if (owed := self.unpaid()) > 0:
            raise Refused(
                rule="W-04", text=N_("还有{owed}计件工资未发放，不能取消订单。"), owed=owed
            )
        return [OrderCancelled(reason=reason)]


def _check_quantity(quantity: int) -> None:
    if quantity < 1:
        raise Refused(rule="W-01", text=N_("数量须至少为1。"), field="quantity")


def _check_checked(work: Work) -> None:
    """Refuse to check more pieces than were recorded that day (W-01)."""
    if work.accepted + work.rejected > work.recorded:
        raise Refused(
            rule="W-01",
            text=N_("验收合计不能多于当日计件{recorded}件。"),
            field="accepted",
            recorded=work.recorded,
        )


def _refuse_price() -> None:
    raise Refused(
        rule="W-02",
        text=N_("已登记的计件不能改价，新单价只适用于以后的工作。"),
        field="piece_price",
    )
