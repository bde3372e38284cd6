"""Workshop orders 手工订单: material, pieces, checks, wages."""

from collections.abc import Sequence
from datetime import date

from application.desk import Desk
from application.ids import new_stream
from application.store import Done, Stamp
from domain.money import Fen
from domain.workshop import DayLine, WorkshopOrder
from domain.workshop.facts import OrderReceived, PayLine

RIGHT = "training.edit"


class Workshop(Desk):
    """What may be asked about orders; the workshop is run by those who run the classes."""

    def receive_order(self, *, terms: OrderReceived, stamp: Stamp, order: str = "") -> Done:
        """Take an order; `Done.streams` names it."""
        return self._take(
            (WorkshopOrder, order or new_stream("workshop")),
            stamp,
            RIGHT,
            WorkshopOrder.receive_order,
            terms=terms,
        )

    def change_piece_price(self, order: str, *, piece_price: Fen, stamp: Stamp) -> Done:
        """Pay another price from this day on (W-02)."""
        return self._take(
            (WorkshopOrder, order),
            stamp,
            RIGHT,
            WorkshopOrder.change_piece_price,
            piece_price=piece_price,
            occurred_on=stamp.occurred_on,
        )

    def issue_material(self, order: str, *, worker: str, quantity: int, stamp: Stamp) -> Done:
        """Hand material out."""
        return self._take(
            (WorkshopOrder, order),
            stamp,
            RIGHT,
            WorkshopOrder.issue_material,
            worker=worker,
            quantity=quantity,
        )

    def return_material(self, order: str, *, worker: str, quantity: int, stamp: Stamp) -> Done:
        """Take material back (W-01)."""
        return self._take(
            (WorkshopOrder, order),
            stamp,
            RIGHT,
            WorkshopOrder.return_material,
            worker=worker,
            quantity=quantity,
        )

    def record_piecework(
        self,
        order: str,
        *,
        worker: str,
        quantity: int,
        stamp: Stamp,
        minutes: int | None = None,
    ) -> Done:
        """Record the pieces of a day (W-01)."""
        return self._take(
            (WorkshopOrder, order),
            stamp,
            RIGHT,
            WorkshopOrder.record_piecework,
            worker=worker,
            quantity=quantity,
            minutes=minutes,
        )

    def record_day(self, order: str, *, lines: Sequence[DayLine], stamp: Stamp) -> Done:
        """Record what everybody made on a day, in one append (W-01)."""
        return self._take(
            (WorkshopOrder, order), stamp, RIGHT, WorkshopOrder.record_day, lines=lines
        )

    def check_day(
        self, order: str, *, worked_on: date, lines: Sequence[DayLine], stamp: Stamp
    ) -> Done:
        """Accept or reject what everybody made on a day, in one append (W-01)."""
        return self._take(
            (WorkshopOrder, order),
            stamp,
            RIGHT,
            WorkshopOrder.check_day,
            worked_on=worked_on,
            lines=lines,
        )

    def check_quality(
        self,
        order: str,
        *,
        worker: str,
        worked_on: date,
        accepted: int,
        rejected: int,
        stamp: Stamp,
    ) -> Done:
        """Accept or reject pieces of a day (W-01)."""
        return self._take(
            (WorkshopOrder, order),
            stamp,
            RIGHT,
            WorkshopOrder.check_quality,
            worker=worker,
            worked_on=worked_on,
            accepted=accepted,
            rejected=rejected,
        )

    def payroll(self, order: str, month: str) -> tuple[PayLine, ...]:
        """Compute the lines that a month would be closed with."""
        return self._store.load(WorkshopOrder, order).payroll(month)

    def close_payroll(
        self,
        order: str,
        *,
        month: str,
        pay_by: date,
        stamp: Stamp,
        lines: Sequence[PayLine] | None = None,
    ) -> Done:
        """Close a month with the lines shown; without them with those that are due (W-02, W-03)."""
        return self._take(
            (WorkshopOrder, order),
            stamp,
            RIGHT,
            lambda o: o.close_payroll(
                month=month, pay_by=pay_by, lines=o.payroll(month) if lines is None else lines
            ),
        )

    def pay_piecework(
        self,
        order: str,
        *,
        month: str,
        worker: str,
        amount: Fen,
        voucher_no: str,
        stamp: Stamp,
    ) -> Done:
        """Pay a line once and whole (W-02, W-03)."""
        return self._take(
            (WorkshopOrder, order),
            stamp,
            RIGHT,
            WorkshopOrder.pay_piecework,
            month=month,
            worker=worker,
            amount=amount,
            voucher_no=voucher_no,
        )

    def deliver_order(self, order: str, *, quantity: int, stamp: Stamp) -> Done:
        """Deliver accepted pieces (W-04)."""
        return self._take(
            (WorkshopOrder, order), stamp, RIGHT, WorkshopOrder.deliver_order, quantity=quantity
        )

    def cancel_order(self, order: str, *, reason: str, stamp: Stamp) -> Done:
        """Cancel an order that owes nobody (W-04)."""
        return self._take(
            (WorkshopOrder, order), stamp, RIGHT, WorkshopOrder.cancel_order, reason=reason
        )
