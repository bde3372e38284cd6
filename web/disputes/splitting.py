"""Money split for a form: equal instalments, one payment over many balances; lines stay editable.

What is filled in is a proposal, shown before anything is saved; the service counts again to the
fen (D-06, D-07).
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from starlette.requests import Request

from application.store import Stamp
from domain.calendar import add_months
from domain.dispute import DisputeCase
from domain.dispute.arithmetic import (
    Share,
    agreement_balance,
    equal,
    instalment_balances,
    shares,
)
from domain.dispute.records import Agreement, Track
from domain.dispute.values import Instalment, Line
from domain.kernel import N_, Refused
from domain.money import Fen
from web import dates
from web.acts import Grid
from web.disputes.inputs import plain, start_mediator, typed_lines
from web.money import fen, money, yuan

MOST = 36  # instalments that the form offers to split into
DASH = "—"
MOST_INPUTS = 400  # rows of a grid; more come as lines, and a form has room for a thousand fields


class Part(NamedTuple):
    """One typed line of an instalment; without claim and amount it is an equal part of all."""

    no: int
    due_on: date
    method: str = "bank"
    claim: int | None = None
    amount: Fen | None = None


def instalments(_request: Request, _stamp: Stamp, values: dict[str, Any]) -> dict[str, Any]:
    """Gather the lines of each instalment; those that name days only share every amount equally."""
    parts: Sequence[Part] = values["instalments"]
    if not parts:
        return values
    detailed = [part for part in parts if part.claim is not None and part.amount is not None]
    if detailed and len(detailed) < len(parts):
        raise Refused(
            rule="D-06",
            text=N_("各期要么都只写日期，要么每行都写请求和金额。"),
            field="instalments",
        )
    if not detailed:
        return values | {"instalments": _evenly(parts, values["lines"])}
    plan: dict[int, list[Part]] = {}
    for part in detailed:
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
            lines=tuple(Line(part.claim or 0, part.amount or Fen(0)) for part in found),
        )
        for no, found in sorted(plan.items())
    )
    return values | {"instalments": made}


def _evenly(parts: Sequence[Part], lines: Sequence[Line]) -> tuple[Instalment, ...]:
    """Share every amount of an agreement over the days that were typed."""
    ordered = sorted(parts)
    return tuple(
        Instalment(no=part.no, due_on=part.due_on, method=part.method, lines=tuple(share))
        for part, share in zip(ordered, equal(lines, len(ordered)), strict=True)
    )


def filled(lines: Sequence[Line]) -> dict[str, str]:
    """Fill amounts into the inputs of a grid, or as lines where there are too many."""
    if len(lines) > MOST_INPUTS:
        return {"lines": typed_lines(lines)}
    return {f"lines.{line.claim}": plain(line.amount) for line in lines}


def grid_of_claims(state: DisputeCase) -> Grid:
    """Show what was claimed and found due beside the amount that is agreed."""
    lines = open_lines(state)
    if len(lines) > MOST_INPUTS:
        return Grid((), {})
    claims = [state.claims[line.claim] for line in lines]
    return Grid(
        (N_("主张额"), N_("认可额"), N_("无争议额")),
        {
            str(one.no): (
                yuan(one.claimed),
                yuan(one.verified) if one.verified else DASH,
                yuan(one.undisputed) if one.undisputed else DASH,
            )
            for one in claims
        },
    )


def grid_of_balances(state: DisputeCase) -> Grid:
    """Show what is open of the instalment and of the agreement beside the amount that is paid."""
    signed = payable(state)
    balances = agreement_balance(signed) if signed else ()
    if signed is None or len(balances) > MOST_INPUTS:
        return Grid((), {})
    now = {line.claim: line.amount for line in next_open(signed)[1]}
    return Grid(
        (N_("本期未付"), N_("全部未付")),
        {
            str(line.claim): (yuan(now.get(line.claim, Fen(0))), yuan(line.amount))
            for line in balances
        },
    )


def open_lines(state: DisputeCase) -> tuple[Line, ...]:
    """Give the claims that have no result yet, as found due, else as claimed."""
    waiting = {w for w, r in state.workers.items() if r.track in {Track.CLAIMED, Track.FAILED}}
    return tuple(
        Line(claim.no, Fen(claim.verified or claim.claimed))
        for claim in state.claims.values()
        if claim.worker in waiting
    )


def start_agreement(request: Request, state: DisputeCase) -> Mapping[str, Any]:
    """Fill in the open claims, and the days of equal instalments when `?split=` asks for them."""
    asked = request.query_params
    lines = open_lines(state)
    given: dict[str, Any] = {**start_mediator(request, state), **filled(lines)}
    count = asked.get("split", "")
    if not (count.isascii() and count.isdigit() and 1 <= int(count) <= MOST):
        return given
    first = dates.day(asked.get("first", ""), field="instalments")
    days = [add_months(first, place) for place in range(int(count))]
    parts = equal(lines, int(count))
    given["perform_by"] = days[-1].isoformat()
    given["instalments"] = "\n".join(f"{no}\t{day}" for no, day in enumerate(days, start=1))
    given["plan"] = [
        (no, day, money(sum(int(line.amount) for line in part)), len(part))
        for no, (day, part) in enumerate(zip(days, parts, strict=True), start=1)
    ]
    return given


class Preview(NamedTuple):
    """What a payment will do, before it is saved: sums, the fen left over, who is then paid up."""

    amount: str
    left_over: int
    paid_up: int
    still_open: int
    open_after: str
    parts: int
    extra: str


def start_payment(request: Request, state: DisputeCase) -> Mapping[str, Any]:
    """Fill in what is open of the next instalment, or `?amount=` in proportion to the balances."""
    agreement = payable(state)
    if agreement is None:
        return {}
    number, balance = next_open(agreement)
    given: dict[str, Any] = {"agreement": str(agreement.no), "fund": "employer", "method": "bank"}
    if len(state.respondents) == 1:
        given["payer"] = next(iter(state.respondents))
    if number is not None:
        given["instalment"] = str(number)
    if typed := request.query_params.get("amount", ""):
        amount = fen(typed, field="lines")
        whole = sum(int(line.amount) for line in balance)
        source = balance if amount <= whole else agreement_balance(agreement)
        found = shares(amount, source)
        balance = tuple(Line(one.claim, one.amount) for one in found if one.amount > 0)
        given["preview"] = preview(state, agreement, amount, found)
    return given | filled(balance)


def preview(
    state: DisputeCase, agreement: Agreement, amount: Fen, found: Sequence[Share]
) -> Preview:
    """Say what the shares of a payment come to."""
    paid = {one.claim: int(one.amount) for one in found}
    after: dict[str, int] = {}
    for line in agreement_balance(agreement):
        worker = state.claims[line.claim].worker
        after[worker] = after.get(worker, 0) + int(line.amount) - paid.get(line.claim, 0)
    still = [left for left in after.values() if left]
    return Preview(
        amount=money(amount),
        left_over=sum(one.extra for one in found),
        paid_up=len(after) - len(still),
        still_open=len(still),
        open_after=money(sum(still)),
        parts=len(found),
        extra=", ".join(str(one.claim) for one in found if one.extra),
    )


def payable(state: DisputeCase) -> Agreement | None:
    """Choose the agreement in force that a payment is for: the first with something open."""
    signed = [one for one in state.agreements.values() if not one.voided]
    return next((one for one in signed if agreement_balance(one)), signed[0] if signed else None)


def next_open(agreement: Agreement) -> tuple[int | None, Sequence[Line]]:
    """Find the first instalment with something open, and what is open of it."""
    for no, balance in instalment_balances(agreement).items():
        if balance:
            return no, balance
    return None, agreement_balance(agreement)
