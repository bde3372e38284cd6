"""What is counted about a dispute as a whole: profile, ends, performance of instalments.

These rows follow from the state of the case; each stands once and reads otherwise when the state
does. The profile is what figures are broken down by: causes, channel, size, respondents.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from domain.calendar import WorkCalendar
from domain.dispute import DisputeCase, facts
from domain.dispute.arithmetic import by_claim
from domain.dispute.records import Agreement
from domain.kernel import Recorded
from domain.mediation_end import mediation_end
from projections.book import Book, Key

AMENDED = frozenset({facts.RecordCorrected, facts.FactVoided})
PROFILED = AMENDED | {
    facts.IntakeRecorded,
    facts.IntakeAttached,
    facts.ApplicationReceived,
    facts.ClaimStated,
    facts.ClaimantAdded,
    facts.ClaimantWithdrawn,
    facts.RespondentAdded,
}
MONEY = AMENDED | {
    facts.AgreementSigned,
    facts.AgreementVoided,
    facts.PaymentRecorded,
    facts.PaymentReversed,
}
ENDING = MONEY | {
    facts.Accepted,
    facts.PaidImmediately,
    facts.AwardPaid,
    facts.MediationFailed,
    facts.ClaimantWithdrawn,
    facts.Escalated,
    facts.PerformanceDefaulted,
    facts.Closed,
    facts.TransferredOut,
    facts.Reopened,
}
Content = tuple[date, str, int, int, dict[str, Any]]  # day, person, quantity, amount, dimensions


class CourseBook:
    """Keeps the rows that follow from the state in the book of a dispute."""

    def __init__(self, book: Book, calendar: WorkCalendar) -> None:
        """Take the book to write in."""
        self._book, self._calendar = book, calendar
        self._rows: dict[tuple[Any, ...], tuple[Key, Content]] = {}
        self._profiled: Recorded | None = None

    def stand(self, state: DisputeCase, source: Recorded) -> None:
        """Show the rows as they follow from the state after a fact.

        The profile tells how the case stands, and is shown after a command, never inside one.
        """
        fact = type(source.event)
        if fact in PROFILED:
            self._profiled = source
        if self._profiled and not source.more:
            self._show("profile", _profile(state), self._profiled)
            self._profiled = None
        if fact in ENDING:
            self._show("ended", _ends(state, self._calendar), source)
        if fact in MONEY:
            self._show("due", _due(state), source)

    def _show(self, part: str, wanted: Mapping[tuple[Any, ...], Content], source: Recorded) -> None:
        """Write what is new or reads otherwise, and drop what is no more."""
        for key in [key for key in self._rows if key[0] == part and key not in wanted]:
            self._book.drop(self._rows.pop(key)[0])
        for key, content in wanted.items():
            known = self._rows.get(key)
            if known and known[1] == content:
                continue
            if known:
                self._book.drop(known[0])
            day, person, quantity, amount, dims = content
            self._rows[key] = (
                self._book.add(
                    key[1], day, source, person=person, quantity=quantity, amount=amount, **dims
                ),
                content,
            )


def _profile(state: DisputeCase) -> dict[tuple[Any, ...], Content]:
    """Say what the case is broken down by; it counts on the day of receipt."""
    if state.applied_on is None:
        return {}
    first = next(iter(state.intakes.values()), None)
    groups = sorted(f"cause:{code}" for code, workers in state.groups.items() if workers)
    groups += [f"channel:{first.channel}"] if first else []
    groups += ["collective"] if state.collective else ["single"]
    dims = {
        "groups": groups,
        "collective": state.collective,
        "employers": sorted(state.respondents),
    }
    return {("profile", "profile"): (state.applied_on, "", len(state.active), 0, dims)}


def _ends(state: DisputeCase, calendar: WorkCalendar) -> dict[tuple[Any, ...], Content]:
    """Give the day of each end: by signature, by performance, and of mediation with its limit."""
    found: dict[tuple[Any, ...], Content] = {}
    settled, performed = state.settled_on, state.performed_on
    closed = state.closed_on if state.closed else None
    since = state.applied_on
    if performed and state.agreements and since:
        days = (performed - since).days
        found["ended", "performed"] = (performed, "", days, 0, {})
    if state.accepted_on:
        signature = min((day for day in (settled, closed) if day), default=None)
        if signature:
            found["ended", "ended_signature"] = (signature, "", 1, 0, {})
        last = performed if settled else closed
        if last and (performed or closed):
            found["ended", "ended_performance"] = (last, "", 1, 0, {})
    if end := mediation_end(state, calendar):
        over, due = end
        found["ended", "mediated"] = (over, "", 1, 0, {"on_time": over <= due})
    if settled and not state.accepted_on and since:
        found["ended", "settled_outside"] = (settled, "", 1, 0, {})
    return found


def _due(state: DisputeCase) -> dict[tuple[Any, ...], Content]:
    """Give each instalment on its due day: its lines, and what was paid of them by then.

    One row an instalment, whatever the number of workers: a payment of 300 changes six rows.
    """
    found: dict[tuple[Any, ...], Content] = {}
    for agreement in state.agreements.values():
        if not agreement.voided:
            found |= _instalments(state, agreement)
    return found


def _instalments(state: DisputeCase, agreement: Agreement) -> dict[tuple[Any, ...], Content]:
    found: dict[tuple[Any, ...], Content] = {}
    covered: dict[int, int] = {}
    paid_by = _paid_by(state, agreement)
    for part in agreement.instalments:
        paid = paid_by[part.due_on]
        sums = by_claim(part.lines)
        on_time = paid_on_time = 0
        for claim, amount in sums.items():
            before = covered.get(claim, 0)
            timely = max(0, min(paid.get(claim, 0) - before, amount))
            on_time += timely == amount
            paid_on_time += timely
            covered[claim] = before + amount
        dims = {
            "agreement": agreement.no,
            "instalment": part.no,
            "on_time": on_time == len(sums),
            "lines": len(sums),
            "lines_on_time": on_time,
            "paid_on_time": paid_on_time,
        }
        key = ("due", "instalment", agreement.no, part.no)
        found[key] = (part.due_on, "", 1, sum(sums.values()), dims)
    return found


def _paid_by(state: DisputeCase, agreement: Agreement) -> dict[date, dict[int, int]]:
    """Sum by claim what was paid up to each due day, reading every payment once."""
    payments = [
        one
        for one in sorted(state.payments.values(), key=lambda one: one.on, reverse=True)
        if one.agreement == agreement.no and not one.reversed_on
    ]
    paid: dict[int, int] = {}
    found: dict[date, dict[int, int]] = {}
    for day in sorted({part.due_on for part in agreement.instalments}):
        while payments and payments[-1].on <= day:
            for line in payments.pop().lines:
                paid[line.claim] = paid.get(line.claim, 0) + int(line.amount)
        found[day] = dict(paid)
    return found
