"""The agenda 待办: what is asked of somebody beside the running time limits of a case.

A row a thing: a session to hold, a notice that has ended, a transfer that waits for an answer, a
hold that ends, a class or a fair to hold and what follows it, the next step of a state that no time
limit presses. Whom it is asked of stands in
the row: the officers of the case, one account, or a station but for who entered it (four eyes).
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple

from domain.dispute import DisputeCase
from domain.dispute.records import Track
from domain.job_fair import FOLLOW_UPS, JobFair
from domain.kernel import Recorded
from domain.seeker import SeekerCase
from domain.seeker.records import Hardship
from domain.training import TrainingClass
from projections.folding import Case, Follower, Put
from projections.ranges import CURRENT, NAME, Ranges, ranged

WORD = f"{NAME} NOT NULL"
AGENDA = ranged(
    "agenda",
    {"case_id": NAME, "what": NAME, "about": NAME},
    {
        "due_on": "date",
        "at": WORD,
        "whom": WORD,  # officers, account or station
        "account": WORD,
        "station": WORD,
        "not_for": WORD,
    },
    indexes=(
        f"(account) WHERE {CURRENT} AND whom = 'account'",
        f"(station) WHERE {CURRENT} AND whom = 'station'",
    ),
)
# Facts after which nothing of this page can have changed.
IDLE = frozenset(
    """seeker.note_added seeker.document_issued seeker.visit_recorded seeker.guidance_given
    seeker.policy_explained seeker.activity_joined seeker.consent_given dispute.note_added
    dispute.document_issued dispute.evidence_filed dispute.claim_stated dispute.claimant_added
    dispute.classified dispute.linked_to_seeker training.attendance_noted
    seeker.attachment_added seeker.attachment_withdrawn dispute.attachment_added
    dispute.attachment_withdrawn""".split()  # noqa: SIM905 - a list of words reads best as text
)


class Asked(NamedTuple):
    """One thing that is asked."""

    what: str
    about: str = ""
    due_on: date | None = None
    at: str = ""
    whom: str = "officers"
    account: str = ""
    station: str = ""
    not_for: str = ""


class AgendaView:
    """The rows of the agenda."""

    name = "agenda"
    version = "3"
    tables = (AGENDA,)

    def follow(self, stream: str, kind: str) -> Follower | None:  # noqa: ARG002 - for other views
        """Follow both kinds of case, classes and fairs."""
        return _Asked() if kind in {"seeker", "dispute", "training", "job_fair"} else None


class _Asked:
    def __init__(self) -> None:
        self._ranges, self._station = Ranges(AGENDA), ""
        self._changed = False

    def take(self, recorded: Recorded, case: Case) -> Iterable[Put]:
        """Show what is asked after a command."""
        self._station = self._station or recorded.station
        self._changed = self._changed or recorded.event.TOPIC not in IDLE
        if recorded.more or not self._changed:
            return ()
        self._changed = False
        rows = {
            (case.stream, one.what, one.about): tuple(one[2:]) for one in self._asked(case.state)
        }
        return self._ranges.show(recorded.position, rows)

    def _asked(self, state: Any) -> Iterator[Asked]:
        """Ask the station that began a class or a fair where no other is named."""
        for one in asked(state):
            named = one.whom != "station" or one.station
            yield one if named else one._replace(station=self._station)


def asked(state: Any) -> Iterator[Asked]:
    """Give what a state asks for."""
    ask: Callable[[Any], Iterator[Asked]] = ASKS[type(state)]
    return ask(state)


def _kept(state: SeekerCase | DisputeCase, officer: str) -> Iterator[Asked]:
    """Give what transfer and hold ask for, alike for both kinds of case."""
    if state.offered_to:
        if officer:
            yield Asked("offered", whom="account", account=officer, station=state.offered_to)
        else:
            yield Asked("offered", whom="station", station=state.offered_to)
    if state.hold_until:
        yield Asked("hold", due_on=state.hold_until)


def _seeker(state: SeekerCase) -> Iterator[Asked]:
    standing = state.standing
    if standing in {"CLOSED", "-"}:
        return
    yield from _kept(state, state.offered_officer)
    yield from _decided_by_others(state)
    for referral in state.referrals.values():
        if referral.standing == "proposed":
            yield Asked("referral", str(referral.no))
    for placement in state.running:
        if placement.verified_on is None:
            yield Asked("verification", str(placement.no))
    if standing in {"LEAD", "ASSESSED"}:
        yield Asked(f"step.{standing}")
    if standing == "REGISTERED":
        yield Asked("step.needs" if not state.needs_known else "step.tier")


def _decided_by_others(state: SeekerCase) -> Iterator[Asked]:
    """Give what somebody else than who entered it decides (S-06)."""
    for hardship in state.hardships.values():
        if hardship.standing == "on_notice" and hardship.notice_to:
            yield Asked(
                "notice",
                str(hardship.no),
                hardship.notice_to + timedelta(days=1),
                whom="station",
                station=state.station,
                not_for=hardship.entered_by,
            )
        if due := _unconfirmed(hardship):
            yield Asked(
                "certification.human",
                str(hardship.no),
                due,
                whom="station",
                station=state.station,
                not_for=hardship.entered_by,
            )
    for subsidy in state.subsidies.values():
        if subsidy.standing in {"applied", "checked"}:
            yield Asked(
                "subsidy",
                str(subsidy.no),
                whom="station",
                station=state.station,
                not_for=subsidy.entered_by,
            )


def _unconfirmed(hardship: Hardship) -> date | None:
    """Give the day on which a human decides: a register has said no, or the grace is over."""
    if denied := hardship.denied:
        return denied.on
    return hardship.awaited_until and hardship.awaited_until + timedelta(days=1)


def _dispute(state: DisputeCase) -> Iterator[Asked]:
    if state.standing in {"CLOSED", "-"}:
        return
    yield from _kept(state, state.offered[1] or "" if state.offered else "")
    for session in state.sessions.values():
        if session.standing == "scheduled":
            yield Asked(
                "session",
                str(session.no),
                session.on,
                session.from_at,
                whom="account",
                account=session.mediator,
            )
    planned = any(session.standing == "scheduled" for session in state.sessions.values())
    if state.standing in {"INTAKE", "ACCEPTED", "PERFORMED"}:
        yield Asked(f"step.{state.standing}")
    if state.standing == "ASSIGNED" and not planned:
        yield Asked("step.ASSIGNED")
    if state.standing == "FAILED":
        told = all(one.told for one in state.workers.values() if one.track is Track.FAILED)
        yield Asked("step.told" if told else "step.FAILED")


def _training(state: TrainingClass) -> Iterator[Asked]:
    """Give the sessions to hold, and the completion once all of them are held (K-02, K-03)."""
    if state.standing not in {"planned", "full", "running"}:
        return
    held_at = state.venue if state.venue.startswith("station-") else ""
    standing = [one for one in state.lessons if one.no not in state.cancelled]
    ahead = [one for one in standing if one.no not in state.held]
    for lesson in ahead:
        yield Asked("class", str(lesson.no), lesson.on, whom="station", station=held_at)
    if standing and not ahead:
        last = max(one.on for one in standing)
        yield Asked("completion", due_on=last, whom="station", station=held_at)


def _fair(state: JobFair) -> Iterator[Asked]:
    """Give the fair whose counts are due, then its follow-ups of intents (J-03)."""
    if state.standing == "announced":
        yield Asked("fair", due_on=state.on, whom="station")
    if state.standing == "held":
        for day in FOLLOW_UPS:
            if day not in state.followed:
                yield Asked("intents", str(day), state.due_on(day), whom="station")


ASKS: dict[type[Any], Callable[[Any], Iterator[Asked]]] = {
    SeekerCase: _seeker,
    DisputeCase: _dispute,
    TrainingClass: _training,
    JobFair: _fair,
}
