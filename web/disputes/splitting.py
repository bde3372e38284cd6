"""Money split for a form: equal instalments, one payment over many balances; lines stay editable.

What is filled in is a proposal; the service counts again to the fen (D-06, D-07).
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from starlette.requests import Request

from application.store import Stamp
from domain.calendar import add_months
from domain.dispute import DisputeCase
from domain.dispute.arithmetic import agreement_balance, allocate, instalment_balance
from domain.dispute.records import Agreement, Track
from domain.dispute.values import Instalment, Line
from domain.kernel import N_, Refused
from domain.money import Fen
from web import dates
from web.disputes.inputs import plain, start_mediator, typed_lines
from web.money import fen

MOST = 36  # instalments that the form offers to split into


class Part(NamedTuple):
    """One typed line of an instalment."""

    no: int
    due_on: date
    method: str
    claim: int
    amount: Fen


def instalments(_request: Request, _stamp: Stamp, values: dict[str, Any]) -> dict[str, Any]:
    """Gather the lines of each instalment; all lines of one have the same day and method."""
    plan: dict[int, list[Part]] = {}
    for part in values["instalments"]:
        plan.setdefault(part.no, []).append(part)
    for no, found in plan.items():
        if len({(part.due_on, part.method) for part in found}) > 1:
            raise Refused(
                rule="D-06",
                text=N_("第{no}期各行的到期日和付款方式应相同。"),
                field="instalments",
                no=no,
            )
    made = tuple(
        Instalment(
            no=no,
            due_on=found[0].due_on,
            method=found[0].method,
            lines=tuple(Line(part.claim, part.amount) for part in found),
        )
        for no, found in sorted(plan.items())
    )
    return values | {"instalments": made}


def equal(lines: Iterable[Line], count: int) -> list[list[Line]]:
    """Split every amount into equal parts; fen that are left over go to the first parts."""
    parts_of: list[list[Line]] = [[] for _ in range(count)]
    for line in lines:
        share, rest = divmod(int(line.amount), count)
        for place in range(count):
            amount = share + (place < rest)
            if amount:
                parts_of[place].append(Line(line.claim, Fen(amount)))
    return parts_of


def open_lines(state: DisputeCase) -> tuple[Line, ...]:
    """Give the claims that have no result yet, as found due, else as claimed."""
    waiting = {w for w, r in state.workers.items() if r.track in {Track.CLAIMED, Track.FAILED}}
    return tuple(
        Line(claim.no, Fen(claim.verified or claim.claimed))
        for claim in state.claims.values()
        if claim.worker in waiting
    )


def start_agreement(request: Request, state: DisputeCase) -> Mapping[str, Any]:
    """Fill in the open claims, and equal instalments when `?split=` asks for them."""
    asked = request.query_params
    lines = open_lines(state)
    filled: dict[str, Any] = {**start_mediator(request, state), "lines": typed_lines(lines)}
    count = asked.get("split", "")
    if not (count.isascii() and count.isdigit() and 1 <= int(count) <= MOST):
        return filled
    first = dates.day(asked.get("first", ""), field="instalments")
    days = [add_months(first, place) for place in range(int(count))]
    filled["perform_by"] = days[-1].isoformat()
    filled["instalments"] = "\n".join(
        f"{no}\t{day}\tbank\t{line.claim}\t{plain(line.amount)}"
        for no, (day, part) in enumerate(zip(days, equal(lines, int(count)), strict=True), start=1)
        for line in part
    )
    return filled


def start_payment(request: Request, state: DisputeCase) -> Mapping[str, Any]:
    """Fill in what is open of the next instalment, or `?amount=` in proportion to the balances."""
    asked = request.query_params
    signed = [one for one in state.agreements.values() if not one.voided]
    if not signed:
        return {}
    agreement = next((one for one in signed if agreement_balance(one)), signed[0])
    number, balance = next_open(agreement)
    filled: dict[str, Any] = {"agreement": str(agreement.no), "fund": "employer"}
    if len(state.respondents) == 1:
        filled["payer"] = next(iter(state.respondents))
    if number is not None:
        filled["instalment"] = str(number)
    if typed := asked.get("amount", ""):
        amount = fen(typed, field="lines")
        whole = sum(int(line.amount) for line in balance)
        source = balance if amount <= whole else agreement_balance(agreement)
        balance = allocate(amount, source)
    return filled | {"lines": typed_lines(balance)}


def next_open(agreement: Agreement) -> tuple[int | None, Sequence[Line]]:
    """Find the first instalment with something open, and what is open of it."""
    for one in agreement.instalments:
        if balance := instalment_balance(agreement, one.no):
            return one.no, balance
    return None, agreement_balance(agreement)
