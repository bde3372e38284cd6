"""What is counted about seekers: registration, referral, training, placement, retention."""

from collections.abc import Sequence
from datetime import date

from domain.calendar import Unit, WorkCalendar
from domain.kernel import Event, Recorded
from domain.seeker import SeekerCase, facts
from domain.seeker.records import EMPLOYED, RETENTION_MONTHS
from domain.seeker.standards import SHIPPED, Standard
from projections.book import Book, Key, Line
from projections.seeker_outcomes import FIRST, KINDS, outcomes

# The earliest day of a contact that counts for a month, from the first day of work (6.1).
EARLIEST = {1: 0, 3: 80, 6: 170}


class SeekerBook(Book):
    """The book of a seeker's case; a placement counts on its first day of work."""

    def __init__(
        self, stream: str, calendar: WorkCalendar, standards: Sequence[Standard] = SHIPPED
    ) -> None:
        """Begin empty; the calendar rolls the due days of retention."""
        super().__init__(stream)
        self._calendar, self._standards = calendar, standards
        self._sources: dict[tuple[str, object], Recorded] = {}
        self._derived: dict[Key, Line] = {}
        self._person = ""
        self._groups: set[str] = set()
        self._placed: dict[int, tuple[facts.PlacementRecorded, Recorded, Key]] = {}
        self._due: dict[tuple[int, int], Key] = {}
        self._ended: dict[int, date] = {}

    def take(self, event: Event, on: date, source: Recorded) -> None:  # noqa: C901, PLR0912 - one branch a fact
        """Book one fact as it reads today."""
        self._note(event, source)
        self._serve(event, on, source)
        match event:
            case facts.LeadRecorded(person=person, station=station):
                self._person, self.station = person, station
            case facts.Registered(person=person, station=station):
                self._person, self.station = person, station
                self._count("registered", on, source)
            case facts.Transferred(to_station=station):
                self.station = station
            case facts.GroupTagged(group=group):
                self._groups.add(group)
            case facts.GroupUntagged(group=group):
                self._groups.discard(group)
            case facts.Merged(into=into):
                self.merge(into)
            case facts.Unmerged(other=other) if other == self.merged:
                self.merge("")
            case facts.GuidanceGiven() | facts.PolicyExplained():
                self._count("consulted", on, source)
            case facts.Referred():
                self._count("referred", on, source)
            case facts.ReferralAnswered(accepted=True) | facts.MatchMeetingHeld(intent=True):
                self._count("matched", on, source)
            case facts.TrainingEnrolled():
                self._count("training_enrolled", on, source)
            case facts.TrainingCompleted():
                self._count("training_completed", on, source)
            case facts.CertificateObtained():
                self._count("certificate", on, source)
            case _:
                self._work(event, on, source)

    def _note(self, event: Event, source: Recorded) -> None:
        """Remember which fact made a numbered record, for the rows that follow from the state."""
        tail = event.TOPIC.partition(".")[2]
        numbers = (getattr(event, name, None) for name in ("placement", "hardship", "training"))
        self._sources[tail, next((one for one in numbers if one is not None), None)] = source

    def _serve(self, event: Event, on: date, source: Recorded) -> None:
        """Book services given, money of subsidies, gains of skill, and satisfaction."""
        match event:
            case (
                facts.GuidanceGiven()
                | facts.PolicyExplained()
                | facts.ActivityJoined()
                | facts.MatchMeetingHeld()
                | facts.Referred()
                | facts.TrainingEnrolled()
            ):
                self._count("service", on, source)
            case facts.VisitRecorded(kind=kind, found=found) if (
                kind != "employer" and found != "absent"
            ):
                self._count("service", on, source)
            case facts.TrainingCompleted(passed=True) | facts.CertificateObtained():
                self._count("skill_gain", on, source)
            case facts.SubsidyPaid(amount=amount) | facts.SubsidyRecovered(amount=amount):
                kind = event.TOPIC.partition(".")[2]
                self.add(kind, on, source, person=self._person, amount=int(amount))
            case facts.SubsidyApplied() | facts.SubsidyRefused():
                self._count(event.TOPIC.partition(".")[2], on, source)
            case facts.FollowUpRecorded(satisfaction=score) if score is not None:
                self.add("satisfaction", on, source, person=self._person, quantity=100 * score)

    def stand(self, state: SeekerCase, source: Recorded) -> None:  # noqa: ARG002 - rows name own facts
        """Write the rows that follow from the state of the case again."""
        groups, found = sorted(self._groups), dict[Key, Line]()
        for one in outcomes(state, self._sources, self._standards):
            key = (one.source.position, FIRST + KINDS.index(one.kind))
            found[key] = (
                one.kind,
                one.on,
                one.source.recorded_at,
                self.station or one.source.station,
                self._person,
                one.quantity,
                0,
                {**one.dims, "groups": groups},
            )
        if found != self._derived:
            self.replace(self._derived, found)
            self._derived = found

    def _count(self, kind: str, on: date, source: Recorded) -> None:
        self.add(kind, on, source, person=self._person, groups=sorted(self._groups))

    def _work(self, event: Event, on: date, source: Recorded) -> None:
        match event:
            case facts.PlacementRecorded():
                key = self.add(
                    "placement",
                    event.start_on,
                    source,
                    person=self._person,
                    verified=False,
                    placement=event.kind,
                    employed=event.kind in EMPLOYED,
                    groups=sorted(self._groups),
                )
                self._placed[event.placement] = (event, source, key)
            case facts.PlacementVerified(placement=no) if no in self._placed:
                self._verify(no)
            case facts.PlacementEnded(placement=no, ended_on=ended_on):
                self._ended[no] = ended_on
            case facts.FollowUpRecorded():
                self._follow_up(event, on, source)

    def _verify(self, no: int) -> None:
        """Count a placement from its verification on, and its three due days of retention."""
        fact, source, key = self._placed[no]
        self.change(key, verified=True)
        if fact.kind not in EMPLOYED or (no, 1) in self._due:
            return
        for month in RETENTION_MONTHS:
            due = self._calendar.due(fact.start_on, month, Unit.MONTH).on
            self._due[no, month] = self.add(
                "retention",
                due,
                source,
                person=self._person,
                month=month,
                retained=False,
                contact=False,
                in_time=False,
                groups=sorted(self._groups),
            )

    def _follow_up(self, event: facts.FollowUpRecorded, on: date, source: Recorded) -> None:
        if event.worked_share is not None:
            self.add(
                "worked_share",
                on,
                source,
                person=self._person,
                quantity=event.worked_share,
                groups=sorted(self._groups),
            )
        no, month = event.placement or 0, event.month or 0
        if (no, month) not in self._due:
            return
        start_on = self._placed[no][0].start_on
        held = no not in self._ended or self._ended[no] >= on
        early = (on - start_on).days < EARLIEST[month]
        retained = event.result == "retained" and held and not early
        if retained or event.result in {"retained", "lost"}:
            due = self.day(self._due[no, month])
            self.change(self._due[no, month], retained=retained, contact=True, in_time=on <= due)
