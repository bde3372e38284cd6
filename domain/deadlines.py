"""Every time limit of a dispute, derived from its facts, the calendar and the settings.

Nothing here is stored: a changed calendar or rule gives other days at the next reading. The
rules with one start and one end stand in `deadline_rules.py`, limitation in `limitation.py`;
instalments (DL-06) and hotline orders (DL-20) are computed here.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import cache

from domain.calendar import Unit, WorkCalendar, add_months
from domain.clock import Clock
from domain.deadline_rules import RIGHTS, RULES, Rule, promise
from domain.dispute import facts
from domain.dispute.arithmetic import instalment_balances
from domain.dispute.records import Agreement, Intake, Track
from domain.dispute.state import DisputeState
from domain.intervals import EXTENSION, PAUSE, intervals, still_open, total
from domain.kernel import N_, Event, as_it_reads
from domain.limitation import NO_RELATION, DatedFact, limitation
from domain.settings import Settings

SHUT = frozenset({"not_accepted", "transferred_out", "closed", "merged"})
# Our own limits, which end with the case; those of other bodies run on.
OURS = frozenset({"DL-01", "DL-02", "DL-03", "DL-15b", "DL-16"})
HOTLINE = "phone_12345"
PROMISED = "mediation_promise_working_days"
# The topics that start, end, extend or pause a rule; all others are passed over at once.
READ = frozenset(
    f"dispute.{mark.partition(':')[0]}"
    for rule in RULES
    for mark in (
        rule.start,
        *rule.ends,
        *SHUT,
        "intake_attached",
        "agreement_voided",
        "mediation_extended",
        "external_step_recorded",
        "suspended",
        "resumed",
    )
)
ENDS = {r.id: frozenset(r.ends) | (SHUT if r.id in OURS else frozenset()) for r in RULES}


def clocks(
    case: DisputeState, calendar: WorkCalendar, settings: Settings, today: date
) -> list[Clock]:
    """Give all time limits of a case as they read on a day, done ones included."""
    history = as_it_reads(case.history)
    marked = [(_marks(fact), _key(fact), fact, on) for fact, on in history if fact.TOPIC in READ]
    happened = frozenset().union(*(marks for marks, *_ in marked))
    pieces_only = bool(case.claims) and all(c.code == NO_RELATION for c in case.claims.values())
    found: list[Clock] = []
    for rule in RULES:
        if rule.start not in happened:
            continue
        if pieces_only and rule.id.startswith("DL-09"):
            continue
        found += _run(rule, case, marked, calendar, today)
    if case.applied_on and (days := settings.value(PROMISED, case.applied_on)):
        found += _run(promise(days), case, marked, calendar, today)
    for agreement in case.agreements.values():
        if not agreement.voided:
            found += instalments(agreement, case, calendar, settings)
    found += [
        _hotline(intake, history, calendar, settings)
        for intake in case.intakes.values()
        if intake.channel == HOTLINE
    ]
    return found + limitation(case, history, calendar, today)


# Facts of which one topic has several kinds.
_OF_KINDS = frozenset({
    facts.RespondentConsentRecorded,
    facts.PaidImmediately,
    facts.ReplySent,
    facts.ExternalStepRecorded,
    facts.ExternalResultRecorded,
    facts.IntakeAttached,
})  # fmt: skip
# Marks, key, fact and day: read once for all rules.
Marked = tuple[frozenset[str], str, Event, date]


def _marks(fact: Event) -> frozenset[str]:
    """Name a fact by its topic and by what tells its kinds apart."""
    if type(fact) not in _OF_KINDS:
        return _plain_mark(fact.TOPIC)
    topic = fact.TOPIC.removeprefix("dispute.")
    match fact:
        case facts.RespondentConsentRecorded(consents=flag) | facts.PaidImmediately(settles=flag):
            return frozenset({topic, f"{topic}:{flag}"})
        case facts.ReplySent(kind=kind):
            return frozenset({topic, f"{topic}:{kind}"})
        case facts.ExternalStepRecorded(procedure=procedure, step=step):
            return frozenset({topic, f"{topic}:{procedure}:{step}"})
        case facts.ExternalResultRecorded(procedure=procedure, result=result, final=final):
            name = f"{topic}:{procedure}"
            last = {f"{name}:{result}:final"} if final else set()
            return frozenset({topic, name, f"{name}:{result}"} | last)
        case _:  # an intake that joins a case
            return frozenset({topic, "intake_recorded"})


@cache
def _plain_mark(topic: str) -> frozenset[str]:
    return frozenset({topic.removeprefix("dispute.")})


def _run(
    rule: Rule,
    case: DisputeState,
    marked: Sequence[Marked],
    calendar: WorkCalendar,
    today: date,
) -> list[Clock]:
    """Start a clock at each starting fact, and end it at the first ending fact after it."""
    ends = ENDS.get(rule.id, ENDS["DL-03"])
    running: dict[str, int] = {}
    found: list[Clock] = []

    def stop(key: str, place: int | None) -> None:
        """Reckon a clock by the facts between its start and its end."""
        last = len(marked) if place is None else place + 1
        course = [(fact, on) for _, _, fact, on in marked[running.pop(key) : last]]
        done_on = None if place is None else marked[place][3]
        found.append(_clock(rule, course, calendar, today, done_on))

    for place, (marks, key, fact, _on) in enumerate(marked):
        if rule.start in marks and key not in running and _concerns(rule, case, fact):
            if not rule.start_on or getattr(fact, rule.start_on) is not None:
                running[key] = place
        elif "agreement_voided" in marks:
            if key in running:
                stop(key, place)
        elif not marks.isdisjoint(ends):
            waits = rule.until_nobody_waits and case.tracks.get(Track.CLAIMED) and not case.closed
            for name in [name for name in running if not waits and (key in {"", name} or not name)]:
                stop(name, place)
    for key in list(running):
        stop(key, None)
    return found[:1] if rule.until_nobody_waits else found


def _key(fact: Event) -> str:
    """Tell apart what runs side by side: agreements, workers who left, intakes."""
    match fact:
        case (
            facts.AgreementSigned(agreement=number)
            | facts.AgreementVoided(agreement=number)
            | facts.ArbitrationReviewApplied(agreement=number)
            | facts.JudicialConfirmationApplied(agreement=number)
        ):
            return f"agreement {number}"
        case facts.EmploymentEnded(worker=worker):
            return worker
        case (
            facts.IntakeRecorded(intake_no=number)
            | facts.IntakeAttached(intake_no=number)
            | facts.ReplySent(intake_no=number)
        ):
            return number
        case _:
            return ""


def _concerns(rule: Rule, case: DisputeState, fact: Event) -> bool:
    """Narrow a rule: petitions only, enforcement of what is in default only."""
    if rule.id == "DL-19":
        behind = {Track.DEFAULTED, Track.ESCALATED}
        number = getattr(fact, "agreement", None)
        return any(r.agreement == number and r.track in behind for r in case.workers.values())
    if not rule.channel:
        return True
    intake = case.intakes.get(_key(fact))
    if intake is not None:
        return intake.channel == rule.channel
    return any(i.channel == rule.channel for i in case.intakes.values())


def _clock(
    rule: Rule,
    course: Sequence[DatedFact],
    calendar: WorkCalendar,
    today: date,
    done_on: date | None,
) -> Clock:
    """Reckon a clock by the facts from its start to its end."""
    fact, on = course[0]
    start: date = getattr(fact, rule.start_on) if rule.start_on else on
    lengthened = intervals(rule, course, calendar, today)
    extension, paused = total(lengthened, EXTENSION), total(lengthened, PAUSE)
    due = rule.due(start, calendar, extension=extension, paused=paused)
    raw: date | None = None
    if rule.unit is Unit.CALENDAR:
        raw = start + timedelta(days=rule.length + extension + paused)
    elif rule.unit is Unit.YEAR:
        raw = add_months(start, 12 * rule.length) + timedelta(days=paused)
    return Clock(
        rule=rule.id,
        name=rule.name,
        statute=rule.statute,
        unit=rule.unit,
        length=rule.length,
        start_on=start,
        due=due.on,
        raw_end=raw,
        paused=paused,
        extension=extension,
        intervals=lengthened,
        provisional=due.provisional,
        stopped=done_on is None and still_open(lengthened),
        right=rule.id in RIGHTS,
        done_on=done_on,
        worker=str(getattr(fact, "worker", "")),
        agreement=getattr(fact, "agreement", None),
        intake=str(getattr(fact, "intake_no", "")),
    )


def instalments(
    agreement: Agreement, case: DisputeState, calendar: WorkCalendar, settings: Settings
) -> list[Clock]:
    """Give DL-06: each agreed day with the grace in force on it (Q-17); the day never rolls.

    An instalment is done on the day when the money covers it in full for every claim of it.
    """
    paid_in_full = _paid_in_full(agreement, case)
    return [
        Clock(
            rule="DL-06",
            name=N_("分期履行期限"),
            statute=N_("调解协议"),
            unit=Unit.DATE,
            length=grace,
            start_on=instalment.due_on,
            due=instalment.due_on + timedelta(days=grace),
            provisional=not calendar.knows(instalment.due_on, instalment.due_on),
            done_on=paid_in_full.get(instalment.no),
            agreement=agreement.no,
            instalment=instalment.no,
        )
        for instalment in agreement.instalments
        for grace in [settings.value("grace_days", instalment.due_on)]
    ]


def _paid_in_full(agreement: Agreement, case: DisputeState) -> dict[int, date]:
    """Find the day on which each instalment was covered; oldest instalment first.

    Most instalments of a running agreement are not covered, and nothing is looked for then.
    """
    balances = instalment_balances(agreement)
    covered = {number for number, lines in balances.items() if not lines}
    if not covered:
        return {}
    days = _paid_by_day(agreement, case)
    owed: dict[int, int] = {}
    done: dict[int, date] = {}
    for instalment in agreement.instalments:
        for line in instalment.lines:
            owed[line.claim] = owed.get(line.claim, 0) + int(line.amount)
        if instalment.no not in covered:
            continue
        wanted = [(line.claim, owed[line.claim]) for line in instalment.lines]
        for on, paid in days:
            if all(paid.get(claim, 0) >= amount for claim, amount in wanted):
                done[instalment.no] = on
                break
    return done


def _paid_by_day(agreement: Agreement, case: DisputeState) -> list[tuple[date, dict[int, int]]]:
    """Give what was paid by claim up to the end of each day on which money came."""
    paid: dict[int, int] = {}
    days: dict[date, dict[int, int]] = {}
    for payment in sorted(case.payments.values(), key=lambda payment: payment.on):
        if payment.agreement != agreement.no or payment.reversed_on:
            continue
        for line in payment.lines:
            paid[line.claim] = paid.get(line.claim, 0) + int(line.amount)
        days[payment.on] = dict(paid)
    return list(days.items())


def _hotline(
    intake: Intake, history: Iterable[DatedFact], calendar: WorkCalendar, settings: Settings
) -> Clock:
    """Give DL-20: the reply day on the hotline order, else working days of the setting (Q-18)."""
    length = settings.value("workorder_working_days", intake.on)
    due = calendar.due(intake.on, length, Unit.WORKING)
    answered = (
        on
        for fact, on in history
        if isinstance(fact, facts.ReplySent) and (fact.intake_no, fact.kind) == (intake.no, "final")
    )
    stated = intake.reply_due is not None
    return Clock(
        rule="DL-20",
        name=N_("12345工单答复期限"),
        statute=N_("工单"),
        unit=Unit.DATE if stated else Unit.WORKING,
        length=0 if stated else length,
        start_on=intake.on,
        due=intake.reply_due or due.on,
        provisional=due.provisional and not stated,
        done_on=next(answered, None),
        intake=intake.no,
    )
