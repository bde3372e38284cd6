"""The end of mediation and the last day it had: for the share that ended in time (DL-03)."""

from datetime import date

from domain.calendar import WorkCalendar
from domain.deadline_rules import BY_ID
from domain.dispute import facts
from domain.dispute.records import Track
from domain.dispute.state import DisputeState
from domain.intervals import EXTENSION, PAUSE, intervals, total
from domain.kernel import as_it_reads


def mediation_end(state: DisputeState, calendar: WorkCalendar) -> tuple[date, date] | None:
    """Give the day on which nobody waited any more, and the due day of DL-03; None while one does.

    Mediation is over by agreement, failure or payment that settles.
    """
    if state.applied_on is None or state.tracks.get(Track.CLAIMED):
        return None
    history = as_it_reads(state.history)
    over = [
        on
        for fact, on in history
        if isinstance(fact, facts.AgreementSigned | facts.MediationFailed)
        or (isinstance(fact, facts.PaidImmediately) and fact.settles)
    ]
    if not over:
        return None
    rule, last = BY_ID["DL-03"], max(over)
    course = [(fact, on) for fact, on in history if on <= last]
    longer = intervals(rule, course, calendar, last)
    due = rule.due(
        state.applied_on,
        calendar,
        extension=total(longer, EXTENSION),
        paused=total(longer, PAUSE),
    )
    return last, due.on
