"""Workshop orders 手工订单: material balances, piecework is paid once at its price (W-01 on)."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

from domain.kernel import N_, Event, Refused, decides
from domain.money import Fen, total
from domain.workshop.facts import (
    DisputeOpened,
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
)
from domain.workshop.state import Material, Work, WorkshopState, check_checked, refuse_price

_MONTH = re.compile(r"^\d{4}-(0[1-9]|1[0-2])$")


class DayLine(NamedTuple):
    """What one worker made (pieces, minutes), or what the check said of it (accepted, rejected)."""

    worker: str
    first: int
    second: int | None = None


class WorkshopOrder(WorkshopState):
    """An order with its material, its work and its wages."""

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
            refuse_price()
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
    def record_day(self, *, lines: Sequence[DayLine]) -> list[Event]:
        """Record what everybody made on a day; a refusal stands at the worker's cell (W-01)."""
        return _each(
            lines,
            "quantity",
            lambda one: self.record_piecework(
                worker=one.worker, quantity=one.first, minutes=one.second
            ),
        )

    @decides("W-00", {"active"})
    def check_day(self, *, worked_on: date, lines: Sequence[DayLine]) -> list[Event]:
        """Accept or reject what everybody made on a day (W-01)."""
        return _each(
            lines,
            "accepted",
            lambda one: self.check_quality(
                worker=one.worker,
                worked_on=worked_on,
                accepted=one.first,
                rejected=one.second or 0,
            ),
        )

    @decides("W-00", {"active"})
    def check_quality(
        self, *, worker: str, worked_on: date, accepted: int, rejected: int
    ) -> list[Event]:
        """Accept or reject pieces of a day of work (W-01)."""
        if accepted < 0 or rejected < 0 or accepted + rejected < 1:
            raise Refused(rule="W-01", text=N_("数量须至少为1。"), field="accepted")
        did = self.work.get((worker, worked_on), Work())
        check_checked(
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

    @decides("W-05", {"active", "delivered"})
    def open_dispute(self, *, worker: str, dispute: str, occurred_on: date) -> list[Event]:
        """Turn lines that were not paid by their day into a dispute, once (W-05, C14)."""
        owed = self.overdue(worker, occurred_on)
        if not owed:
            raise Refused(rule="W-05", text=N_("此人没有到期未付的计件工资。"), field="worker")
        if repeated := sorted(self.disputed(worker) & set(owed)):
            raise Refused(
                rule="W-05",
                text=N_("{month}的计件工资已转为争议案件。"),
                field="worker",
                month=repeated[0],
            )
        amount = total(line.amount for line in owed.values())
        months = tuple(sorted(owed))
        return [DisputeOpened(worker=worker, dispute=dispute, months=months, amount=amount)]

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


def _each(
    lines: Sequence[DayLine], cell: str, decision: Callable[[DayLine], list[Event]]
) -> list[Event]:
    """Ask a decision for every line of a sheet, of which each worker has one (W-01)."""
    if not lines or len({one.worker for one in lines}) < len(lines):
        raise Refused(rule="W-01", text=N_("请至少填一人，每人一行。"), field="quantity")
    facts: list[Event] = []
    for one in lines:
        try:
            facts += decision(one)
        except Refused as refused:
            refused.field = f"{cell}-{one.worker}"
            raise
    return facts
