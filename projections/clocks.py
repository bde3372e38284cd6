"""The running time limits of a case after each fact, computed once for all views."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from domain import deadlines
from domain.calendar import CHINA, Unit, WorkCalendar
from domain.clock import Clock
from domain.dispute import DisputeCase
from domain.dispute.alarms import alarms, levels
from domain.kernel import N_, Recorded, Value
from domain.seeker import SeekerCase
from domain.settings import Settings
from projections.folding import Case

# Facts of a dispute that start, end and move no time limit.
IDLE = frozenset(
    f"dispute.{verb}"
    for verb in """
        note_added document_issued document_delivered evidence_filed classified claim_verified
        linked_to_seeker unlinked_from_seeker session_scheduled session_postponed session_cancelled
        session_missed proposal_made mediator_assigned mediator_recused mediator_unassigned
        hold_placed hold_lifted representatives_chosen employer_records_requested
        transfer_offered transfer_declined transferred route_checked attachment_added
        attachment_withdrawn
    """.split()  # noqa: SIM905 - a list of words reads best as text
)
WORKING = frozenset({"REGISTERED", "ASSESSED", "IN_SERVICE"})


class Running(NamedTuple):
    """One running time limit: rule, what tells it apart, its days, and its arithmetic."""

    rule: str
    about: str
    start_on: date | None
    due_on: date
    unit: str
    provisional: bool
    stopped: bool
    steps: tuple[tuple[str, tuple[tuple[str, Value], ...]], ...]

    @property
    def arithmetic(self) -> list[dict[str, object]]:
        """The steps as a page shows them: catalogue text and values."""
        return [{"text": text, "values": dict(values)} for text, values in self.steps]


class Clocks:
    """Computes the time limits of cases by one calendar and the settings of the office."""

    def __init__(self, calendar: WorkCalendar, settings: Settings, today: date) -> None:
        """Take both, and the day whose settings raise alarms in cases that nothing happens in.

        A view that shows time limits or alarms has the version of both in its own.
        """
        self.calendar, self.settings, self.today = calendar, settings, today

    @property
    def version(self) -> str:
        """What the days depend on beside the facts."""
        return f"c{self.calendar.version}{self.settings.mark(self.today)}"

    def under(self, after: WorkCalendar | Settings) -> "Clocks":
        """Give the clocks by another calendar, or by other settings."""
        if isinstance(after, Settings):
            return Clocks(self.calendar, after, self.today)
        return Clocks(after, self.settings, self.today)

    def alarms(self, state: DisputeCase, on: date) -> set[str]:
        """Name the alarms of a dispute on a day, or today when nothing has happened since."""
        return levels(alarms(state, self.settings, max(on, self.today)))

    def of(self, case: Case, recorded: Recorded) -> tuple[Running, ...]:
        """Give what runs after a fact, the most pressing first."""
        at, known = case.memo.get("clocks", (0, ()))
        found: tuple[Running, ...] = known
        if at == case.version:
            return found
        if at != case.version - 1 or recorded.event.TOPIC not in IDLE:
            found = tuple(sorted(self._compute(case, recorded), key=_pressing))
        case.memo["clocks"] = (case.version, found)
        return found

    def _compute(self, case: Case, recorded: Recorded) -> Iterator[Running]:
        today = recorded.recorded_at.astimezone(CHINA).date()
        yield from self.running(case.state, today)

    def running(self, state: object, today: date) -> Iterator[Running]:
        """Give what runs in a case of either kind on a day, in no order."""
        if isinstance(state, DisputeCase):
            for clock in deadlines.clocks(state, self.calendar, self.settings, today):
                if clock.done_on is None:
                    yield _running(clock)
        elif isinstance(state, SeekerCase):
            yield from self._seeker(state)

    def of_seeker(self, state: SeekerCase) -> list[Running]:
        """Give what runs in a seeker's case, the most pressing first: for its page."""
        return sorted(self._seeker(state), key=_pressing)

    def _seeker(self, state: SeekerCase) -> Iterator[Running]:
        for follow_up in state.follow_ups_due(self.calendar):
            parts = (follow_up.placement, follow_up.month, follow_up.training)
            about = "/".join(str(part) for part in parts if part)
            yield _plain(
                f"follow_up.{follow_up.purpose}",
                follow_up.due.on,
                N_("回访到期日{due}"),
                about=about,
                provisional=follow_up.due.provisional,
            )
        standing = state.standing
        if standing in {"CLOSED", "-", "LEAD"}:
            return
        if pause := state.pause:
            if pause.until:
                yield _plain("resume", pause.until, N_("暂停至{due}"))
            return
        if state.valid_until and standing in WORKING:
            yield _plain("registration", state.valid_until, N_("登记有效期至{due}"))
        yield from self._to_decide(state)
        yield from self._promised(state)

    def _to_decide(self, state: SeekerCase) -> Iterator[Running]:
        """Give what a human must decide or see to.

        Three refusals (S-20), a recognition that ends (F-30) or waits for a register (F-47).
        """
        if since := state.to_weigh():
            days = self.settings.value("review_working_days", since)
            due = self.calendar.due(since, days, Unit.WORKING)
            yield Running(
                "refusals",
                "",
                since,
                due.on,
                str(Unit.WORKING),
                provisional=due.provisional,
                stopped=False,
                steps=(
                    (N_("{start}第三次无正当理由谢绝，由人判断"), (("start", since),)),
                    (N_("到期日{due}"), (("due", due.on),)),
                ),
            )
        held = state.recognised
        if held and held.valid_until:
            yield _plain("recognition", held.valid_until, N_("困难认定有效期至{due}"))
        if held and held.awaited_until:
            yield _plain(
                "certification",
                held.awaited_until,
                N_("先凭材料认定，登记库核验期限至{due}"),
                about=str(held.no),
            )

    def _promised(self, state: SeekerCase) -> Iterator[Running]:
        """Give promises of the plan not yet kept, and the next contact of the tier (Q-04)."""
        for number, progress in enumerate(state.plan_progress(), 1):
            if progress.open > 0:
                about = f"{number}/{progress.item.kind}"
                yield _plain("plan", progress.item.due_on, N_("计划完成日{due}"), about=about)
        since = state.contacted_on or state.registered_on
        if state.tier and since and state.standing in WORKING:
            days = self.settings.value(f"contact_days_{state.tier.lower()}", since)
            due = since + timedelta(days=days)
            yield Running(
                "contact",
                "",
                since,
                due,
                str(Unit.CALENDAR),
                provisional=False,
                stopped=False,
                steps=(
                    (N_("上次联系{start}，每{days}天一次"), (("start", since), ("days", days))),
                    (N_("到期日{due}"), (("due", due),)),
                ),
            )


@lru_cache(maxsize=8_192)
def _running(clock: Clock) -> Running:
    """Give a time limit of a dispute with its arithmetic; most facts leave it as it was."""
    about = (clock.worker, clock.agreement, clock.instalment, clock.intake)
    return Running(
        clock.rule,
        "/".join(str(part) for part in about if part not in {"", None}),
        clock.start_on,
        clock.due,
        str(clock.unit),
        clock.provisional,
        clock.stopped,
        tuple((s.text, tuple(s.values.items())) for s in clock.steps),
    )


def _plain(
    rule: str, due: date, text: str, *, about: str = "", provisional: bool = False
) -> Running:
    step = (text, (("due", due),))
    return Running(rule, about, None, due, str(Unit.DATE), provisional, False, (step,))


def _pressing(running: Running) -> tuple[bool, date, str, str]:
    return running.stopped, running.due_on, running.rule, running.about
