"""Unpaid piecework 计件欠付: becomes a dispute, linked with the order and the worker's case."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from application.desk import Desk
from application.dispute_desk import intake_number
from application.ids import new_stream
from application.store import Done, Part, Stamp, Store
from domain.calendar import add_months
from domain.dispute import DisputeCase
from domain.dispute.claims import ClaimRow
from domain.dispute.values import Basis
from domain.kernel import Event
from domain.money import Fen
from domain.seeker import SeekerCase
from domain.workshop import WorkshopOrder

RIGHT = "dispute.intake"
CLAIM = "C14"  # pay for work without a labour relation


class UnpaidWork(Desk):
    """What may be asked about pieces that were not paid for by their day."""

    def __init__(self, store: Store, *, case_of: Callable[[str], str]) -> None:
        """Take the store, and what gives a person's open case of job seeking, or ""."""
        super().__init__(store)
        self._case_of = case_of

    def open_dispute(self, order: str, *, worker: str, summary: str, stamp: Stamp) -> Done:
        """Open a dispute with a claim a month, in one append with the links both ways (W-05, C14).

        `Done.streams` begins with the order and names the dispute second. The customer of the
        order answers; as there is no labour relation the route is people's mediation.
        """
        state = self._store.load(WorkshopOrder, order)
        dispute, case, on = new_stream("dispute"), self._case_of(worker), stamp.occurred_on
        rows = claims(state, worker, on)

        def intake(found: DisputeCase) -> list[Event]:
            return found.record_intake(
                station=stamp.station,
                intake_no=intake_number(stamp),
                channel="walk_in",
                summary=summary,
                applicant=worker,
                workshop_order=order,
            )

        parts: list[Part[Any]] = [
            Part(
                WorkshopOrder,
                order,
                lambda o: o.open_dispute(worker=worker, dispute=dispute, occurred_on=on),
                RIGHT,
            ),
            Part(DisputeCase, dispute, intake, RIGHT),
            Part(DisputeCase, dispute, lambda d: d.state_claims_table(rows=rows, occurred_on=on)),
            Part(
                DisputeCase,
                dispute,
                lambda d: d.add_respondent(respondent=state.customer, role="employer"),
            ),
        ]
        if case:
            parts += _linked(dispute, case, worker)
        return self._store.decide(stamp, *parts)


def _linked(dispute: str, case: str, worker: str) -> list[Part[Any]]:
    """Link the dispute with the worker's case of job seeking, on both sides."""

    def of_dispute(found: DisputeCase) -> list[Event]:
        return found.link_to_seeker(seeker=case, worker=worker)

    def of_seeker(found: SeekerCase) -> list[Event]:
        return found.link_to_dispute(dispute=dispute)

    return [Part(DisputeCase, dispute, of_dispute), Part(SeekerCase, case, of_seeker)]


def claims(state: WorkshopOrder, worker: str, on: date) -> list[ClaimRow]:
    """Write a claim for each month that was not paid by its day, worked out as pieces x price."""
    rows = []
    for month, line in sorted(state.overdue(worker, on).items()):
        first = date.fromisoformat(f"{month}-01")
        last = add_months(first, 1) - timedelta(days=1)
        price = line.amount // line.accepted if line.accepted else 0
        even = price * line.accepted == line.amount
        basis = (
            Basis(kind="pieces", rate=Fen(price), quantity=str(line.accepted))
            if even
            else Basis(kind="pieces")
        )
        rows.append(
            ClaimRow(
                worker=worker,
                code=CLAIM,
                from_on=first,
                to_on=min(last, on),
                amount=line.amount,
                basis=basis,
                text=f"{month} {state.product}",
                known_on=state.pay_by[month],
            )
        )
    return rows
