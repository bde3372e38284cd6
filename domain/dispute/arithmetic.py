"""The arithmetic of a dispute to the fen: lines, instalments, balances, one payment for many."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from domain.dispute.facts import PaymentReversed
from domain.dispute.records import Agreement
from domain.dispute.state import DisputeState
from domain.dispute.values import Instalment, Line
from domain.kernel import N_, Event, Refused
from domain.money import Fen, total


def by_claim(lines: Iterable[Line]) -> dict[int, int]:
    """Sum lines by claim number, in fen."""
    sums: dict[int, int] = {}
    for line in lines:
        sums[line.claim] = sums.get(line.claim, 0) + int(line.amount)
    return sums


def taken_back(facts: Iterable[Event | None]) -> frozenset[int]:
    """Name the payments that were reversed: with hindsight they never came (D-08).

    A reversal says that an entry was wrong, and what came instead is often entered for a day
    before it; counting both until the day of the reversal would show more paid than agreed.
    """
    return frozenset(fact.payment for fact in facts if isinstance(fact, PaymentReversed))


def check_lines(lines: Sequence[Line], field: str = "lines") -> None:
    """Refuse no lines, a claim twice, and amounts that are not above zero (D-06)."""
    if not lines:
        raise Refused(rule="D-06", text=N_("请至少填写一行金额。"), field=field)
    seen = set()
    for line in lines:
        if line.amount <= 0:
            raise Refused(
                rule="D-06",
                text=N_("第{claim}项请求的金额必须大于零。"),
                field=field,
                claim=line.claim,
            )
        if line.claim in seen:
            raise Refused(
                rule="D-06",
                text=N_("第{claim}项请求重复出现。"),
                field=field,
                claim=line.claim,
            )
        seen.add(line.claim)


def check_instalments(
    lines: Sequence[Line], instalments: Sequence[Instalment], *, signed_on: date, perform_by: date
) -> None:
    """Refuse instalments that do not sum up claim by claim, or fall due outside the term (D-06)."""
    planned: dict[int, int] = {}
    for place, instalment in enumerate(instalments, start=1):
        if instalment.no != place:
            raise Refused(
                rule="D-06",
                text=N_("分期编号应从1起连续编排，第{place}期编号为{no}。"),
                field="instalments",
                place=place,
                no=instalment.no,
            )
        check_lines(instalment.lines, "instalments")
        if not signed_on <= instalment.due_on <= perform_by:
            raise Refused(
                rule="D-06",
                text=N_("第{no}期到期日{due}应在签字日{signed}至履行期限{last}之间。"),
                field="instalments",
                no=instalment.no,
                due=instalment.due_on,
                signed=signed_on,
                last=perform_by,
            )
        if place > 1 and instalment.due_on < instalments[place - 2].due_on:
            raise Refused(
                rule="D-06",
                text=N_("第{no}期到期日早于上一期。"),
                field="instalments",
                no=instalment.no,
            )
        for claim, amount in by_claim(instalment.lines).items():
            planned[claim] = planned.get(claim, 0) + amount
    for claim in sorted(planned.keys() | by_claim(lines).keys()):
        agreed = by_claim(lines).get(claim, 0)
        if planned.get(claim, 0) != agreed:
            raise Refused(
                rule="D-06",
                text=N_("第{claim}项请求分期合计{planned}不等于协议金额{agreed}。"),
                field="instalments",
                claim=claim,
                planned=Fen(planned.get(claim, 0)),
                agreed=Fen(agreed),
            )


def instalment_balances(agreement: Agreement) -> dict[int, tuple[Line, ...]]:
    """Give what is open of each instalment; money covers the oldest instalment of a claim first."""
    left = dict(agreement.paid)
    found: dict[int, tuple[Line, ...]] = {}
    for instalment in agreement.instalments:
        gaps = []
        for line in instalment.lines:
            whole = int(line.amount)
            paid = left.get(line.claim, 0)
            if paid >= whole:
                left[line.claim] = paid - whole
                continue
            left[line.claim] = 0
            gaps.append(Line(line.claim, Fen(whole - paid)) if paid else line)
        found[instalment.no] = tuple(gaps)
    return found


def instalment_balance(agreement: Agreement, no: int) -> tuple[Line, ...]:
    """Give what is open of one instalment; nothing of one that the agreement does not have."""
    return instalment_balances(agreement).get(no, ())


def agreement_balance(agreement: Agreement) -> tuple[Line, ...]:
    """Give what is open under an agreement, claim by claim."""
    return tuple(
        Line(claim, Fen(amount - agreement.paid.get(claim, 0)))
        for claim, amount in agreement.agreed.items()
        if amount > agreement.paid.get(claim, 0)
    )


class Share(NamedTuple):
    """The part of one balance in a payment; `extra`: it got one of the fen that were left over."""

    claim: int
    balance: Fen
    amount: Fen
    extra: bool


def shares(amount: Fen, balances: Sequence[Line]) -> tuple[Share, ...]:
    """Split one payment over open balances in proportion, exact to the fen.

    Everybody gets the whole fen of the proportional share; what is left goes fen by fen to the
    largest remainders, the earlier line first where they are equal. Nobody gets more than the
    balance, and the parts sum to the amount (D-06, D-07).
    """
    whole = int(total(line.amount for line in balances))
    if not 0 < amount <= whole:
        raise Refused(
            rule="D-07",
            text=N_("付款{amount}应大于零且不超过未付余额{open}。"),
            field="amount",
            amount=amount,
            open=Fen(whole),
        )
    parts = [divmod(int(amount) * int(line.amount), whole) for line in balances]
    left = int(amount) - sum(share for share, _ in parts)
    order = sorted(range(len(parts)), key=lambda place: (-parts[place][1], place))
    lucky = set(order[:left])
    return tuple(
        Share(line.claim, line.amount, Fen(parts[place][0] + (place in lucky)), place in lucky)
        for place, line in enumerate(balances)
    )


def allocate(amount: Fen, balances: Sequence[Line]) -> tuple[Line, ...]:
    """Give the shares of a payment as its lines; lines of nothing are left out."""
    return tuple(Line(s.claim, s.amount) for s in shares(amount, balances) if s.amount > 0)


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


def check_balance(agreement: Agreement, lines: Iterable[Line]) -> None:
    """Refuse money outside an agreement or above its open balance (D-07)."""
    for line in lines:
        agreed = agreement.agreed.get(line.claim)
        if agreed is None:
            raise Refused(
                rule="D-07",
                text=N_("第{claim}项请求不在第{agreement}号协议内。"),
                field="lines",
                claim=line.claim,
                agreement=agreement.no,
            )
        open_balance = agreed - agreement.paid.get(line.claim, 0)
        if line.amount > open_balance:
            raise Refused(
                rule="D-07",
                text=N_("第{claim}项请求付款{amount}超过未付余额{open}。"),
                field="lines",
                claim=line.claim,
                amount=line.amount,
                open=Fen(open_balance),
            )


def check_books(state: DisputeState) -> None:
    """Refuse a state that a correction or void has put out of order (D-06, D-07)."""
    for agreement in state.agreements.values():
        _check_agreement(state, agreement)
    for payment in state.payments.values():
        if payment.agreement is not None:
            _check_signed(state, payment.on, payment.agreement)
        if any(line.claim not in state.claims for line in payment.lines):
            raise Refused(rule="D-07", text=N_("已有付款的请求不能去掉，请先冲正付款。"))
    if any(claim.claimed < 0 for claim in state.claims.values()):
        raise Refused(rule="D-06", text=N_("请求金额不能为负数。"))


def _check_agreement(state: DisputeState, agreement: Agreement) -> None:
    lines = tuple(Line(claim, Fen(amount)) for claim, amount in agreement.agreed.items())
    check_lines(lines)
    if agreement.instalments:
        check_instalments(
            lines,
            agreement.instalments,
            signed_on=agreement.signed_on,
            perform_by=agreement.perform_by,
        )
    for claim in agreement.agreed:
        if claim not in state.claims:
            raise Refused(
                rule="D-06", text=N_("第{claim}项请求已用于协议，不能去掉。"), claim=claim
            )
    if any(paid > agreement.agreed[no] for no, paid in agreement.paid.items()):
        raise Refused(rule="D-07", text=N_("改动后已付金额将超过协议金额。"))


def _check_signed(state: DisputeState, paid_on: date, number: int) -> None:
    agreement = state.agreements.get(number)
    if agreement is None:
        raise Refused(rule="D-07", text=N_("已有付款的协议不能作废，请先冲正付款。"))
    if paid_on < agreement.signed_on:
        raise Refused(rule="D-07", text=N_("改动后付款日期将早于协议签字日期。"))
