"""What the page of a dispute shows, computed once: rows, sums, instalments, time limits.

The template only writes it down, so that a case of 300 workers is drawn quickly.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from domain.calendar import WorkCalendar
from domain.clock import Chip, Clock, chip
from domain.codes_dispute import PAYMENT_SOURCES
from domain.dispute import DisputeCase
from domain.dispute.arithmetic import instalment_balances
from domain.dispute.records import Agreement, Track
from domain.dispute.values import Line
from domain.kernel import N_, Refused
from web import texts
from web.words import Word

TRACKS: Mapping[Track, Word] = {
    Track.CLAIMED: Word(N_("已提出"), "s1"),
    Track.FAILED: Word(N_("调解不成"), "x", "off"),
    Track.DEFAULTED: Word(N_("逾期"), "alert", "bad"),
    Track.AGREED: Word(N_("已达成协议"), "seal"),
    Track.ESCALATED: Word(N_("已转出"), "right"),
    Track.PERFORMED: Word(N_("付清"), "check", "ok"),
    Track.WITHDRAWN: Word(N_("已撤回"), "out", "off"),
}
FIRST = (
    Track.DEFAULTED,
    Track.FAILED,
    Track.CLAIMED,
    Track.AGREED,
    Track.ESCALATED,
    Track.PERFORMED,
    Track.WITHDRAWN,
)
DASH = "—"


class Instalment(NamedTuple):
    """One instalment with what came in; `state` is paid, overdue or open."""

    no: int
    due_on: date
    planned: int
    paid: int
    state: str
    days: int

    @property
    def open(self) -> int:
        """What is left of it, in fen."""
        return self.planned - self.paid


@dataclass(frozen=True)
class Signed:
    """An agreement with its instalments and sums, in fen."""

    no: int
    signed_on: date
    perform_by: date
    people: int
    agreed: int
    paid: int
    voided: bool
    review_on: date | None
    confirmation_on: date | None
    titled: bool
    instalments: Sequence[Instalment]
    warnings: Sequence[Refused]


def agreements(state: DisputeCase, day: date) -> list[Signed]:
    """Write every agreement, the youngest first."""
    return [_signed(state, one, day) for one in reversed([*state.agreements.values()])]


def _signed(state: DisputeCase, one: Agreement, day: date) -> Signed:
    workers = {state.claims[no].worker for no in one.agreed if no in state.claims}
    balances = instalment_balances(one)
    return Signed(
        no=one.no,
        signed_on=one.signed_on,
        perform_by=one.perform_by,
        people=len(workers),
        agreed=sum(one.agreed.values()),
        paid=sum(one.paid.values()),
        voided=one.voided,
        review_on=one.review_on,
        confirmation_on=one.confirmation_on,
        titled=one.titled,
        instalments=[_instalment(part, balances[part.no], day) for part in one.instalments],
        warnings=() if one.voided else state.unwaived(one.no),
    )


def _instalment(part: Any, open_lines: Sequence[Line], day: date) -> Instalment:
    planned = sum(int(line.amount) for line in part.lines)
    left = sum(int(line.amount) for line in open_lines)
    state = "paid" if not left else "overdue" if day > part.due_on else "open"
    return Instalment(
        part.no, part.due_on, planned, planned - left, state, (day - part.due_on).days
    )


class Segment(NamedTuple):
    """A part of the bar of instalments: `x w` of the whole, `pw` of what was paid (0 to 588)."""

    one: Instalment
    x: float
    w: float
    pw: float


BAR, GAP = 588.0, 3.0


def bar(found: Sequence[Signed]) -> list[Segment]:
    """Lay out the instalments of the agreement in force as one bar."""
    signed = next((one for one in found if not one.voided), None)
    if signed is None or not signed.agreed or len(signed.instalments) > 12:
        return []
    room = BAR - GAP * (len(signed.instalments) - 1)
    segments, x = [], 0.0
    for one in signed.instalments:
        w = one.planned / signed.agreed * room
        paid = one.paid / one.planned * w if one.planned else 0
        segments.append(Segment(one, round(x, 1), round(w, 1), round(paid, 1)))
        x += w + GAP
    return segments


class Fund(NamedTuple):
    """What came in from one source, in fen; `share` of the largest, 0 to 100."""

    name: str
    amount: int
    apart: bool
    share: float


def funds(state: DisputeCase) -> list[Fund]:
    """Sum the money by its source, reversals taken off; advance and award stand apart (D-15)."""
    sums: dict[tuple[str, bool], int] = {}
    for one in state.payments.values():
        if not one.reversed_on:
            key = one.fund, one.door == "award" or one.fund == "emergency_fund"
            sums[key] = sums.get(key, 0) + sum(int(line.amount) for line in one.lines)
    most = max(sums.values(), default=0) or 1
    return [
        Fund(
            texts.label(PAYMENT_SOURCES[fund]) if fund in PAYMENT_SOURCES else fund,
            amount,
            apart,
            round(100 * amount / most, 1),
        )
        for (fund, apart), amount in sorted(sums.items(), key=lambda pair: (pair[0][1], -pair[1]))
    ]


class Paid(NamedTuple):
    """One line of the ledger, the amount in fen."""

    no: int
    on: date
    amount: int
    fund: str
    voucher: str
    people: int
    door: str
    reversed_on: date | None
    recovered: int


def ledger(state: DisputeCase, *, award: bool) -> list[Paid]:
    """Write the payments, youngest first; money from awards stands apart."""
    return [
        Paid(
            no=one.no,
            on=one.on,
            amount=sum(int(line.amount) for line in one.lines),
            fund=texts.label(PAYMENT_SOURCES[one.fund]) if one.fund in PAYMENT_SOURCES else "",
            voucher=one.voucher_no[-4:],
            people=len(
                {state.claims[x.claim].worker for x in one.lines if x.claim in state.claims}
            ),
            door=one.door,
            reversed_on=one.reversed_on,
            recovered=one.recovered,
        )
        for one in sorted(state.payments.values(), key=lambda p: (p.on, p.no), reverse=True)
        if (one.door == "award") == award
    ]


class Limit(NamedTuple):
    """A time limit as the page shows it; the same one of several workers is one limit."""

    clock: Clock
    chip: Chip
    about: str
    workers: int
    why: Sequence[str]

    @property
    def tone(self) -> str:
        """The tone of the chip: bad, warn, prov or none."""
        if self.chip.level == "overdue":
            return "bad"
        if self.chip.level in {"today", "soon"}:
            return "warn"
        return "prov" if self.chip.provisional else ""


def limits(clocks: Sequence[Clock], calendar: WorkCalendar, day: date) -> list[Limit]:
    """Write the time limits: running ones by their day, then those that are done."""
    alike: dict[tuple[Any, ...], list[Clock]] = {}
    for one in clocks:
        key = (one.rule, one.start_on, one.due, one.done_on, one.agreement, one.instalment)
        alike.setdefault((*key, one.intake, one.paused, one.extension), []).append(one)
    made = [
        Limit(
            same[0],
            chip(same[0], calendar, day),
            _about(same[0]),
            len({one.worker for one in same if one.worker}),
            [texts.say(step.text, **step.values) for step in same[0].steps],
        )
        for same in alike.values()
    ]
    return sorted(made, key=lambda one: (one.clock.done_on is not None, one.clock.due))


def _about(clock: Clock) -> str:
    if clock.instalment:
        return texts.say(N_("第 {no} 期"), no=clock.instalment)
    if clock.agreement:
        return texts.say(N_("第 {no} 号协议"), no=clock.agreement)
    return clock.intake
