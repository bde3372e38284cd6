"""Workshop orders: material, piecework, payroll, payment."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

import msgspec
import pytest

from domain.kernel import Dated, Event
from domain.money import Fen
from domain.workshop import DayLine, WorkshopOrder
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
)
from tests.scenario import Outcome, given

MONDAY, TUESDAY = date(2026, 3, 2), date(2026, 3, 3)
PAY_BY = date(2026, 4, 10)
HUANG = "person-huang"
TERMS = OrderReceived(
    customer="employer-1",
    product="伞面",
    quantity=1_000,
    unit_price=Fen(80),
    piece_price=Fen(50),
    due_on=date(2026, 3, 31),
    quality_rule="缝线直",
)
ORDER: Dated = (TERMS, MONDAY)
ISSUED = [ORDER, (MaterialIssued(worker=HUANG, quantity=100), MONDAY)]
WORKED = [*ISSUED, (PieceworkRecorded(worker=HUANG, quantity=60, minutes=120), MONDAY)]
CHECKED = [
    *WORKED,
    (QualityChecked(worker=HUANG, worked_on=MONDAY, accepted=50, rejected=10), TUESDAY),
]
LINE = PayLine(worker=HUANG, accepted=50, amount=Fen(2_500))
CLOSED = [*CHECKED, (PayrollClosed(month="2026-03", pay_by=PAY_BY, lines=(LINE,)), TUESDAY)]
PAYMENT = PieceworkPaid(month="2026-03", worker=HUANG, amount=Fen(2_500), voucher_no="V1")
PAID = [*CLOSED, (PAYMENT, TUESDAY)]


def ask(
    history: Sequence[Dated], decision: Callable[[WorkshopOrder], list[Event]], on: date = TUESDAY
) -> Outcome[WorkshopOrder]:
    return given(WorkshopOrder, history).on(on).when(lambda order, _: decision(order))


def outcome(asked: Outcome[WorkshopOrder], rule: str, field: str = "") -> None:
    if rule:
        asked.refused(rule=rule, field=field)
    else:
        asked.stored()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({}, ""),
        ({"quantity": 0}, "quantity"),
        ({"product": " "}, "quantity"),
        ({"piece_price": Fen(0)}, "piece_price"),
        ({"piece_price": Fen(81)}, "piece_price"),
        ({"piece_price": Fen(80)}, ""),
        ({"payout_day": 0}, "payout_day"),
        ({"payout_day": 31}, ""),
    ],
)
def test_an_order_names_product_quantity_and_prices(changes: dict[str, Any], field: str) -> None:
    terms = msgspec.structs.replace(TERMS, **changes)
    asked = given(WorkshopOrder).when(lambda o, _: o.receive_order(terms=terms))
    outcome(asked, "W-00" if field else "", field)


@pytest.mark.parametrize(("pieces", "rule"), [(100, ""), (101, "W-01"), (120, "W-01"), (0, "W-01")])
def test_no_more_is_made_than_material_was_issued(pieces: int, rule: str) -> None:
    asked = ask(ISSUED, lambda o: o.record_piecework(worker=HUANG, quantity=pieces))
    outcome(asked, rule, "quantity")


@pytest.mark.parametrize(("pieces", "rule"), [(40, ""), (41, "W-01"), (-1, "W-01")])
def test_no_more_is_given_back_than_was_left(pieces: int, rule: str) -> None:
    asked = ask(WORKED, lambda o: o.return_material(worker=HUANG, quantity=pieces))
    outcome(asked, rule, "quantity")


def test_what_was_given_back_is_not_worked_up() -> None:
    back = [*WORKED, (MaterialReturned(worker=HUANG, quantity=40), TUESDAY)]
    asked = ask(back, lambda o: o.record_piecework(worker=HUANG, quantity=1))
    asked.refused(rule="W-01", field="quantity", because="退料40件")


def test_another_workers_material_does_not_count() -> None:
    ask(ISSUED, lambda o: o.record_piecework(worker="person-he", quantity=1)).refused(
        rule="W-01", field="quantity"
    )
    ask(ISSUED, lambda o: o.issue_material(worker="person-he", quantity=0)).refused(
        rule="W-01", field="quantity"
    )


@pytest.mark.parametrize(("minutes", "rule"), [(1, ""), (1_440, ""), (0, "W-00"), (1_441, "W-00")])
def test_minutes_fit_a_day(minutes: int, rule: str) -> None:
    asked = ask(ISSUED, lambda o: o.record_piecework(worker=HUANG, quantity=1, minutes=minutes))
    outcome(asked, rule, "minutes")


@pytest.mark.parametrize(
    ("day", "accepted", "rejected", "rule"),
    [
        (MONDAY, 50, 10, ""),
        (MONDAY, 51, 10, "W-01"),
        (MONDAY, 0, 60, ""),
        (MONDAY, 0, 0, "W-01"),
        (MONDAY, -1, 5, "W-01"),
        (TUESDAY, 1, 0, "W-01"),
    ],
)
def test_no_more_is_checked_than_was_made_that_day(
    day: date, accepted: int, rejected: int, rule: str
) -> None:
    asked = ask(
        WORKED,
        lambda o: o.check_quality(
            worker=HUANG, worked_on=day, accepted=accepted, rejected=rejected
        ),
    )
    outcome(asked, rule, "accepted")


@pytest.mark.parametrize(("on", "rule"), [(MONDAY, "W-02"), (TUESDAY, "")])
def test_a_price_changes_for_later_work_only(on: date, rule: str) -> None:
    asked = ask(WORKED, lambda o: o.change_piece_price(piece_price=Fen(60), occurred_on=on), on)
    outcome(asked, rule, "piece_price")
    ask(WORKED, lambda o: o.change_piece_price(piece_price=Fen(0), occurred_on=TUESDAY)).refused(
        rule="W-02", field="piece_price"
    )


def test_pay_is_accepted_pieces_at_the_price_of_the_day_of_work() -> None:
    history = [
        *CHECKED,
        (PiecePriceChanged(piece_price=Fen(60)), TUESDAY),
        (PieceworkRecorded(worker=HUANG, quantity=10), TUESDAY),
        (QualityChecked(worker=HUANG, worked_on=TUESDAY, accepted=10, rejected=0), TUESDAY),
    ]
    order = WorkshopOrder().fold(history)
    assert order.payroll("2026-03") == (
        PayLine(worker=HUANG, accepted=60, amount=Fen(50 * 50 + 10 * 60)),
    )
    assert order.payroll("2026-02") == ()
    assert order.unpaid() == Fen(3_100)


@pytest.mark.parametrize(
    ("month", "line", "rule", "field"),
    [
        ("2026-03", LINE, "", ""),
        ("2026-03", PayLine(worker=HUANG, accepted=50, amount=Fen(2_501)), "W-02", "lines"),
        ("2026-03", PayLine(worker=HUANG, accepted=51, amount=Fen(2_550)), "W-02", "lines"),
        ("2026-02", LINE, "W-02", "lines"),
        ("2026-13", LINE, "W-03", "month"),
    ],
)
def test_a_payroll_closes_with_the_computed_lines(
    month: str, line: PayLine, rule: str, field: str
) -> None:
    asked = ask(CHECKED, lambda o: o.close_payroll(month=month, pay_by=PAY_BY, lines=[line]))
    outcome(asked, rule, field)


def test_a_month_closes_once_and_late_pieces_go_into_the_next() -> None:
    ask(CLOSED, lambda o: o.close_payroll(month="2026-03", pay_by=PAY_BY, lines=[LINE])).refused(
        rule="W-03", field="month"
    )
    late = [
        *CLOSED,
        (PieceworkRecorded(worker=HUANG, quantity=4), MONDAY),
        (QualityChecked(worker=HUANG, worked_on=MONDAY, accepted=4, rejected=0), TUESDAY),
    ]
    assert WorkshopOrder().fold(late).payroll("2026-04") == (
        PayLine(worker=HUANG, accepted=4, amount=Fen(200)),
    )


@pytest.mark.parametrize(
    ("history", "amount", "rule", "field"),
    [
        (CLOSED, 2_500, "", ""),
        (CLOSED, 2_501, "W-03", "amount"),
        (CLOSED, 2_499, "W-02", "amount"),
        (CHECKED, 2_500, "W-03", "month"),
        (PAID, 2_500, "W-03", "worker"),
    ],
)
def test_a_line_is_paid_once_and_whole(
    history: list[Dated], amount: int, rule: str, field: str
) -> None:
    asked = ask(
        history,
        lambda o: o.pay_piecework(
            month="2026-03", worker=HUANG, amount=Fen(amount), voucher_no="V1"
        ),
    )
    outcome(asked, rule, field)


@pytest.mark.parametrize(("pieces", "rule"), [(50, ""), (51, "W-04"), (0, "W-01")])
def test_only_accepted_pieces_are_delivered(pieces: int, rule: str) -> None:
    outcome(ask(CHECKED, lambda o: o.deliver_order(quantity=pieces)), rule, "quantity")


def test_wages_are_settled_and_paid_after_delivery_too() -> None:
    delivered = [*CHECKED, (OrderDelivered(quantity=50), TUESDAY)]
    closing = ask(
        delivered, lambda o: o.close_payroll(month="2026-03", pay_by=PAY_BY, lines=[LINE])
    )
    assert closing.stored().standing == "delivered"
    asked = ask(
        [*CLOSED, (OrderDelivered(quantity=50), TUESDAY)],
        lambda o: o.pay_piecework(
            month="2026-03", worker=HUANG, amount=Fen(2_500), voucher_no="V1"
        ),
    )
    asked.then(PAYMENT)


@pytest.mark.parametrize(("history", "rule"), [(CHECKED, "W-04"), (PAID, ""), (WORKED, "")])
def test_an_order_that_owes_wages_is_not_cancelled(history: list[Dated], rule: str) -> None:
    asked = ask(history, lambda o: o.cancel_order(reason="customer"))
    if rule:
        asked.refused(rule=rule, because="2500")
    else:
        assert asked.then(OrderCancelled(reason="customer")).standing == "cancelled"


def test_effective_hourly_pay_counts_the_days_with_minutes() -> None:
    order = WorkshopOrder().fold(CHECKED)
    assert order.hourly_pay(HUANG) == Fen(1_250)
    assert order.hourly_pay("person-he") is None


@pytest.mark.parametrize(
    ("history", "version", "rule", "field"),
    [
        (CHECKED, 2, "W-01", "quantity"),
        (CHECKED, 3, "W-01", "accepted"),
        (PAID, 5, "W-03", "month"),
        (PAID, 4, "W-02", ""),
        (CHECKED, 4, "", ""),
        (PAID, 6, "", ""),
    ],
)
def test_nothing_is_voided_that_later_facts_rest_on(
    history: list[Dated], version: int, rule: str, field: str
) -> None:
    asked = ask(history, lambda o: o.void_fact(version=version, reason="x", occurred_on=TUESDAY))
    if rule:
        asked.refused(rule=rule, field=field)
    else:
        asked.then(FactVoided(version=version, reason="x"))


def test_a_corrected_day_does_not_reprice_recorded_work() -> None:
    history = [*WORKED, (PiecePriceChanged(piece_price=Fen(60)), TUESDAY)]
    ask(
        history,
        lambda o: o.correct_record(
            version=4, field="occurred_on", value=MONDAY, reason="x", occurred_on=TUESDAY
        ),
    ).refused(rule="W-02", field="piece_price")


@pytest.mark.parametrize(("on", "rule"), [(PAY_BY, "W-05"), (PAY_BY + timedelta(1), "")])
def test_unpaid_work_becomes_a_dispute_the_day_after_it_was_due(on: date, rule: str) -> None:
    asked = ask(CLOSED, lambda o: o.open_dispute(worker=HUANG, dispute="d-1", occurred_on=on), on)
    if rule:
        asked.refused(rule=rule, field="worker")
        return
    fact = DisputeOpened(worker=HUANG, dispute="d-1", months=("2026-03",), amount=Fen(2_500))
    assert asked.then(fact).disputed(HUANG) == {"2026-03"}


@pytest.mark.parametrize("history", [PAID, CHECKED])
def test_paid_or_unsettled_work_is_no_dispute(history: list[Dated]) -> None:
    late = PAY_BY + timedelta(30)
    ask(
        history, lambda o: o.open_dispute(worker=HUANG, dispute="d-1", occurred_on=late), late
    ).refused(rule="W-05", field="worker")


def test_a_month_is_disputed_once() -> None:
    late = PAY_BY + timedelta(30)
    opened = DisputeOpened(worker=HUANG, dispute="d-1", months=("2026-03",), amount=Fen(2_500))
    ask(
        [*CLOSED, (opened, late)],
        lambda o: o.open_dispute(worker=HUANG, dispute="d-2", occurred_on=late),
        late,
    ).refused(rule="W-05", field="worker", because="2026-03")


def test_a_sheet_takes_all_lines_or_none_and_names_the_cell() -> None:
    other = [*ISSUED, (MaterialIssued(worker="person-2", quantity=10), MONDAY)]
    good = [DayLine(HUANG, 100, 60), DayLine("person-2", 10)]
    ask(other, lambda o: o.record_day(lines=good)).then(
        PieceworkRecorded(worker=HUANG, quantity=100, minutes=60),
        PieceworkRecorded(worker="person-2", quantity=10),
    )
    ask(other, lambda o: o.record_day(lines=[DayLine(HUANG, 1), DayLine("person-2", 11)])).refused(
        rule="W-01", field="quantity-person-2"
    )
    twice = [DayLine(HUANG, 1), DayLine(HUANG, 1)]
    ask(other, lambda o: o.record_day(lines=[])).refused(rule="W-01", field="quantity")
    ask(other, lambda o: o.record_day(lines=twice)).refused(rule="W-01", field="quantity")
    ask(WORKED, lambda o: o.check_day(worked_on=MONDAY, lines=[DayLine(HUANG, 60, 1)])).refused(
        rule="W-01", field=f"accepted-{HUANG}"
    )
