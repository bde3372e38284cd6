"""All views of the wall, as the runner is given them."""

from collections.abc import Sequence
from datetime import date

from domain.calendar import WorkCalendar
from domain.seeker.standards import SHIPPED, Standard
from domain.settings import Settings
from projections.agenda import AgendaView
from projections.assistance import AssistanceView
from projections.caseload import CaseloadView, DeadlinesView
from projections.clocks import Clocks
from projections.directory import DirectoryView
from projections.facts import FactsView
from projections.folding import Projection
from projections.matching import MatchingView
from projections.outbox import OutboxView
from projections.papers import PapersView
from projections.parties import PartiesView
from projections.sessions import SessionsView
from projections.trades import TradesView


def views(
    calendar: WorkCalendar,
    settings: Settings,
    today: date,
    standards: Sequence[Standard] = SHIPPED,
) -> list[Projection]:
    """Give every view, by the calendar, settings and service standards in force today."""
    clocks = Clocks(calendar, settings, today)
    return [
        CaseloadView(clocks),
        DeadlinesView(clocks),
        DirectoryView(),
        FactsView(calendar, standards),
        AssistanceView(),
        MatchingView(),
        TradesView(),
        AgendaView(),
        PartiesView(),
        SessionsView(),
        PapersView(),
        OutboxView(),
    ]
