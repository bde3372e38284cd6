"""What the progress page shows of a case to one person: the own part, by rules of the domain."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from application.documents.kinds import kinds_of
from domain import codes, codes_dispute, deadlines
from domain.calendar import WorkCalendar
from domain.codes import CodeList
from domain.dispute import DisputeCase
from domain.dispute import facts as dispute
from domain.dispute.own import OwnInstalment, own_instalments, own_standing
from domain.kernel import N_, Event, Recorded, amended
from domain.seeker import SeekerCase
from domain.seeker import facts as seeker
from domain.settings import Settings
from web import texts
from web.papers.view import Issued
from web.public import sentences

# Papers of the office's own use: they are no news to the person, and name others.
INTERNAL = frozenset({"cover", "closing_form", "summary", "hardship_notice"})
LIMITATION = frozenset({"DL-08", "DL-08b", "DL-08c", "DL-08d"})


class Step(NamedTuple):
    """Something that was done: words, day, icon, tone."""

    text: str
    on: date
    icon: str = "s5"
    tone: str = ""


class Document(NamedTuple):
    """A paper that the person may open."""

    document: str
    title: str
    on: date


@dataclass(frozen=True)
class Own:
    """One person's view of one case."""

    kind: str
    standing: str
    sentence: str
    next: str
    dates: Sequence[tuple[str, str]] = ()
    ways: Sequence[str] = ()
    steps: Sequence[Step] = ()
    papers: Sequence[Document] = ()
    instalments: Sequence[OwnInstalment] = ()
    agreed: int = 0
    paid: int = 0
    facts: Sequence[tuple[str, str]] = field(default_factory=tuple)


def papers(history: Sequence[Recorded], case: Any, stream: str, person: str) -> list[Document]:
    """List the papers about this person alone: nobody sees what names a fellow worker."""
    alone = len(getattr(case, "workers", {person: None})) == 1
    kinds = kinds_of(stream)
    return [
        Document(one.event.document, kinds[one.event.kind].paper.title, one.occurred_on)
        for one in reversed(history)
        if isinstance(one.event, Issued)
        and one.event.kind in kinds
        and one.event.kind not in INTERNAL
        and one.event.document in case.documents
        and (getattr(one.event, "worker", "") == person or alone)
    ]


def of_dispute(
    case: DisputeCase,
    history: Sequence[Recorded],
    person: str,
    *,
    calendar: WorkCalendar,
    settings: Settings,
    today: date,
) -> Own:
    """Show a claimant the own track, claims and money."""
    standing, sums = own_standing(case, person), case.sums(person)
    clocks = deadlines.clocks(case, calendar, settings, today)
    own = own_instalments(case, person)
    return Own(
        kind="dispute",
        standing=standing,
        sentence=sentences.DISPUTE[standing],
        next=sentences.NEXT[standing],
        dates=_dates(case, standing, clocks, person, today),
        ways=sentences.WAYS.get(standing, ()),
        steps=_dispute_steps(case, person),
        papers=papers(history, case, case.stream, person),
        instalments=own,
        agreed=int(sums.agreed),
        paid=int(sums.settled if sums.agreed else sums.paid),
        facts=_dispute_facts(case, standing, person),
    )


def _dates(
    case: DisputeCase,
    standing: str,
    clocks: Sequence[Any],
    person: str,
    today: date,
) -> list[tuple[str, str]]:
    """Give the days to come, each with what it is about; what we owe and missed is said openly."""
    found: list[tuple[str, str]] = []
    for one in sorted(case.sessions.values(), key=lambda s: s.on):
        if one.standing == "scheduled" and one.on >= today and standing in MEETS:
            when = f"{one.on} {one.from_at}"
            found.append(
                (texts.translate(N_("调解时间")), f"{when} {_place(case, one.no)}".strip())
            )
    own = own_instalments(case, person)
    if (due := next((one for one in own if one.open), None)) and standing in PAYS:
        text = N_("第 {no} 期付款日")
        found.append((texts.say(text, no=due.no), due.due_on.isoformat()))
    for clock in clocks:
        if clock.done_on or clock.worker not in {"", person}:
            continue
        until = clock.due.isoformat()
        mark = texts.translate(N_("（暂定，该年日历未公布）")) if clock.provisional else ""
        if clock.rule == "DL-01" and standing == "RECEIVED":
            late = N_("应在 {due} 前答复，已超期，正在催办")
            told = texts.say(late, due=clock.due) if today > clock.due else until
            found.append((texts.translate(N_("我们答复的期限")), told + mark))
        elif clock.rule == "DL-03" and standing in MEETS:
            found.append((texts.translate(N_("调解期限到")), until + mark))
        elif clock.rule in LIMITATION and standing in LIMITED:
            found.append((texts.translate(N_("仲裁时效到")), until + mark))
    return list(dict.fromkeys(found))


MEETS = frozenset({"ACCEPTED", "ASSIGNED", "MEDIATING"})
PAYS = frozenset({"AGREED", "PERFORMING", "DEFAULTED"})
LIMITED = frozenset({"RECEIVED", "ACCEPTED", "ASSIGNED", "MEDIATING", "FAILED", "DEFAULTED"})


def _place(case: DisputeCase, session: int) -> str:
    found = [
        fact.place
        for fact, _ in amended(case.history)
        if isinstance(fact, dispute.SessionScheduled) and fact.session == session
    ]
    return found[-1] if found else ""


def _dispute_facts(case: DisputeCase, standing: str, person: str) -> list[tuple[str, str]]:
    """Say what a sentence points to: receiving body, reason of a pause, how it ended."""
    found: list[tuple[str, str]] = []
    reads = [fact for fact, _ in amended(case.history)]
    moved = [f for f in reads if isinstance(f, dispute.Escalated) and person in f.workers]
    paused = [f for f in reads if isinstance(f, dispute.Suspended)]
    if standing == "ESCALATED" and moved:
        route = _word(codes_dispute.ROUTES, moved[-1].route)
        found.append((texts.translate(N_("接收机构")), f"{route} {moved[-1].body}"))
    if standing == "SUSPENDED" and paused:
        reason = _word(codes_dispute.SUSPENSIONS, paused[-1].reason)
        found.append((texts.translate(N_("暂停原因")), reason))
    if standing == "CLOSED":
        found.append((texts.translate(N_("结案方式")), _word(codes_dispute.OUTCOMES, case.outcome)))
    return found


def _word(table: CodeList, code: str) -> str:
    return texts.label(table[code]) if code in table else code


def _about(fact: Event, case: DisputeCase, person: str) -> bool:
    """Whether a fact touches this claimant: named, paid, or about the case as a whole."""
    workers = getattr(fact, "workers", None)
    if workers is not None:
        return person in workers
    lines = getattr(fact, "lines", None)
    if lines is not None:
        own = set(case.workers[person].claims)
        return any(line.claim in own for line in lines)
    return getattr(fact, "worker", person) == person


DONE: Mapping[type[Event], tuple[str, str, str]] = {
    dispute.ApplicationReceived: (N_("收到您的申请"), "s5", ""),
    dispute.Accepted: (N_("已受理"), "s5", ""),
    dispute.NotAccepted: (N_("不予受理"), "alert", "fix"),
    dispute.MediatorAssigned: (N_("已指派调解员"), "s5", ""),
    dispute.SessionHeld: (N_("举行调解"), "s5", ""),
    dispute.AgreementSigned: (N_("双方达成协议"), "s5", ""),
    dispute.PaymentRecorded: (N_("收到付款"), "s5", "money-in"),
    dispute.PaidImmediately: (N_("收到付款"), "s5", "money-in"),
    dispute.AwardPaid: (N_("收到裁决款"), "s5", "money-in"),
    dispute.PerformanceDefaulted: (N_("对方未按期付款"), "alert", "fix"),
    dispute.MediationFailed: (N_("调解不成"), "alert", "fix"),
    dispute.Escalated: (N_("转到其他机构"), "s5", ""),
    dispute.Suspended: (N_("调解暂停"), "s5", ""),
    dispute.Resumed: (N_("恢复调解"), "s5", ""),
    dispute.ClaimantWithdrawn: (N_("您撤回请求"), "s5", ""),
    dispute.Closed: (N_("结案"), "s5", ""),
    seeker.Registered: (N_("求职登记"), "s5", ""),
    seeker.AssistancePlanMade: (N_("制定帮扶计划"), "s5", ""),
    seeker.HardshipRecognised: (N_("认定为就业困难人员"), "s5", ""),
    seeker.Referred: (N_("推荐岗位"), "s5", ""),
    seeker.TrainingEnrolled: (N_("报名培训"), "s5", ""),
    seeker.TrainingCompleted: (N_("培训结业"), "s5", ""),
    seeker.PlacementRecorded: (N_("登记就业"), "s5", "money-in"),
    seeker.PlacementEnded: (N_("登记离岗"), "alert", "fix"),
    seeker.SubsidyPaid: (N_("发放补贴"), "s5", "money-in"),
    seeker.Closed: (N_("帮扶结束"), "s5", ""),
    seeker.Reopened: (N_("重新建档"), "s5", ""),
}


def _dispute_steps(case: DisputeCase, person: str) -> list[Step]:
    reversed_ = {no for no, one in case.payments.items() if one.reversed_on}
    return [
        step
        for fact, on in reversed(amended(case.history))
        if fact is not None
        and _about(fact, case, person)
        and getattr(fact, "payment", None) not in reversed_
        and (step := _step(fact, on))
    ]


def _step(fact: Event, on: date) -> Step | None:
    found = DONE.get(type(fact))
    return Step(texts.translate(found[0]), on, found[1], found[2]) if found else None


def of_seeker(
    case: SeekerCase,
    history: Sequence[Recorded],
    stream: str,
    *,
    calendar: WorkCalendar,
) -> Own:
    """Show a seeker the own case."""
    standing = case.standing
    dates = [
        (texts.translate(N_("我们会在此日前联系您")), one.due.on.isoformat())
        for one in case.follow_ups_due(calendar)[:1]
    ]
    told: list[tuple[str, str]] = []
    if case.pause:
        reason = _word(codes.SUSPEND_REASONS, case.pause.reason)
        told.append((texts.translate(N_("暂停原因")), reason))
    if standing == "CLOSED":
        reason = _word(codes.CLOSE_REASONS, case.close_reason)
        told.append((texts.translate(N_("结束原因")), reason))
    paid = sum(int(one.paid) for one in case.subsidies.values())
    approved = sum(int(one.approved) for one in case.subsidies.values())
    steps = [
        step
        for fact, on in reversed(amended(case.history))
        if fact is not None and (step := _step(fact, on))
    ]
    return Own(
        kind="seeker",
        standing=standing,
        sentence=sentences.SEEKER[standing],
        next=sentences.SEEKER_NEXT[standing],
        dates=dates,
        steps=steps,
        papers=papers(history, case, stream, case.person),
        agreed=approved,
        paid=paid,
        facts=told,
    )
