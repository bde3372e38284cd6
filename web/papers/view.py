"""What the pages of papers show: what can be issued and why not, and what was issued."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from application.documents.kinds import Kind, kinds_of
from domain import codes
from domain.dispute.facts import DocumentDelivered
from domain.dispute.facts import DocumentIssued as DisputeIssued
from domain.kernel import N_, Recorded, Refused
from domain.papers import why_not
from domain.seeker.facts import DocumentIssued as SeekerIssued
from web import texts
from web.money import money

Issued = DisputeIssued | SeekerIssued


class Offer(NamedTuple):
    """A kind of paper on the page of a case: what it can be about, or why it cannot be issued."""

    kind: str
    title: str
    refused: Refused | None
    abouts: Sequence[tuple[str, str]]
    each: int


@dataclass(frozen=True)
class Line:
    """One issued paper, as the list shows it."""

    document: str
    kind: str
    title: str
    about: str
    worker: str
    on: date
    recorded_at: datetime
    actor: str
    code: str
    position: int
    at_position: int
    delivered: Sequence[str]
    void: bool


def offers(case: Any, stream: str) -> list[Offer]:
    """List every kind of paper of a case in the order of the office's work."""
    return [_offer(kind, case, stream) for kind in kinds_of(stream).values()]


def _offer(kind: Kind, case: Any, stream: str) -> Offer:
    paper = kind.paper
    abouts = [(one, about_word(case, stream, paper.kind, one)) for one in paper.about(case)]
    each = max((len(paper.each(case, one)) for one, _ in abouts), default=0)
    return Offer(paper.kind, paper.title, why_not(paper, case), abouts, each)


def issued(
    history: Sequence[Recorded],
    case: Any,
    stream: str,
    *,
    name: Callable[[str], str],
    staff: Callable[[str], str],
) -> list[Line]:
    """List the papers of a case, youngest first."""
    told: dict[str, list[str]] = {}
    for one in history:
        if isinstance(one.event, DocumentDelivered):
            told.setdefault(one.event.document, []).append(
                f"{one.occurred_on} {name(one.event.to)}"
            )
    kinds = kinds_of(stream)
    return [
        _line(one, one.event, case, stream, name, staff, told)
        for one in reversed(history)
        if isinstance(one.event, Issued) and one.event.kind in kinds
    ]


def _line(  # noqa: PLR0917 - one row out of one fact
    one: Recorded,
    fact: Issued,
    case: Any,
    stream: str,
    name: Callable[[str], str],
    staff: Callable[[str], str],
    told: Mapping[str, Sequence[str]],
) -> Line:
    worker = getattr(fact, "worker", "")
    return Line(
        document=fact.document,
        kind=fact.kind,
        title=kinds_of(stream)[fact.kind].paper.title,
        about=about_word(case, stream, fact.kind, fact.about) if fact.about else "",
        worker=name(worker) if worker else "",
        on=one.occurred_on,
        recorded_at=one.recorded_at,
        actor=staff(one.actor),
        code=fact.code,
        position=one.position,
        at_position=fact.at_position,
        delivered=told.get(fact.document, ()),
        void=fact.document not in case.documents,
    )


def about_word(case: Any, stream: str, kind: str, about: str) -> str:
    """Say what a paper is about: which session, payment, agreement, application …"""
    if not about:
        return ""
    words = _dispute_word if stream.startswith("dispute-") else _seeker_word
    return words(case, kind, about)


def _dispute_word(case: Any, kind: str, about: str) -> str:
    if kind in {"summons", "minutes"}:
        session = case.sessions[int(about)]
        return texts.say(N_("第 {no} 次调解会 {on}"), no=session.no, on=session.on)
    if kind == "receipt":
        paid = case.payments[int(about)]
        amount = money(sum(int(line.amount) for line in paid.lines))
        return texts.say(N_("第 {no} 笔付款 {on} {amount}"), no=paid.no, on=paid.on, amount=amount)
    if kind == "petition_reply":
        return texts.say(N_("来件 {no}"), no=about)
    return texts.say(N_("第 {no} 号协议"), no=about)


def _seeker_word(case: Any, kind: str, about: str) -> str:
    if kind.startswith("hardship"):
        found = case.hardships[int(about)]
        return texts.say(N_("第 {no} 次申请 {on}"), no=found.no, on=found.applied_on)
    if kind.startswith("subsidy"):
        found = case.subsidies[int(about)]
        word = texts.label(codes.SUBSIDIES[found.kind]) if found.kind in codes.SUBSIDIES else ""
        return texts.say(N_("第 {no} 次申请 {on}"), no=found.no, on=found.applied_on) + f" {word}"
    if kind == "referral":
        found = case.referrals[int(about)]
        return texts.say(N_("第 {no} 次推荐 {on}"), no=found.no, on=found.on)
    done = case.enrolments[about]
    return texts.say(N_("{on} 报名的培训"), on=done.on)
