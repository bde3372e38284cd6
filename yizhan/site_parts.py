"""What the site gets: services, readers and small adapters between them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

from psycopg import OperationalError
from psycopg_pool import PoolTimeout

from application.choices import ListChoices
from application.drafts import FormDrafts
from application.front_desk import FrontDesk
from application.jobs import Jobs
from application.log.places import EventPlaces
from application.people.read_list import ReadList
from application.registers.desk import ImportDesk
from application.registers.desk import Outside as ImportOutside
from application.registers.uploads import Uploads
from application.staffing import Staffing
from application.store import Who
from application.tokens import Tokens
from application.wage_tables import Drafts, WageTables
from domain.catalogue import catalogue
from domain.dispute import DisputeCase
from domain.dispute.rooms import number_of, rooms
from domain.identity import mask_name
from domain.kernel import N_
from domain.seeker import SeekerCase
from projections.directory_reader import Entry
from projections.employer_book import EmployerBook
from projections.lists import Query
from projections.runner import Reach, Runner
from web import texts
from web.acts import Desk
from web.admin import staff_desk
from web.class_pages import class_desk
from web.disputes import dispute_desk
from web.disputes.choices import KINDS as OF_A_DISPUTE
from web.disputes.choices import DisputeChoices
from web.employers import employer_desk
from web.fairs import fair_desk
from web.households import household_desk
from web.office_parts import OfficeParts
from web.parts import DemoRole, SiteParts
from web.projections_health import REBUILD
from web.seekers.desk import seeker_desk
from web.stations import station_desk
from web.vacancy_page import vacancy_desk
from web.workshop import workshop_desk
from yizhan.caseload import caseload_parts
from yizhan.live_views import RECKON
from yizhan.network import network_parts
from yizhan.papers import paper_parts
from yizhan.registers import CERTIFY, asking
from yizhan.wiring import Office, operator
from yizhan.works import rebuilding

MOST_CASES = 200  # offered for a merge or a link
MOST_LAG = 5_000  # facts the wall may be behind before the site takes nobody in
# How the kinds of a form's field are called in the directory, and which states can be chosen.
CHOSEN: dict[str, tuple[str, tuple[str, ...]]] = {
    "employer": ("employer", ("active",)),
    "vacancy": ("vacancy", ("published",)),
    "class": ("training", ("planned", "full", "running")),
}


class Names:
    """Names of staff, stations and employers; `web.parts.Directory`."""

    def __init__(self, office: Office) -> None:
        """Take the directory and the names of persons."""
        self._entries, self._people, self._store = office.entries, office.names, office.store

    def names(self, streams: Iterable[str]) -> Mapping[str, str]:
        """Give the names of staff, stations and employers at once; what has none keeps its id.

        A class may be given by a seeker, who stands by the id of the person and is masked.
        """
        wanted = set(streams)
        found = self._entries.known(wanted)
        return {one: self._name(one, *found.get(one, ("", ""))) for one in wanted}

    def of_staff(self, found: Iterable[Entry]) -> Mapping[str, str]:
        """Give the names of members of staff whose entries were read already."""
        return {
            one.stream: self._name(one.stream, one.name, one.members[0] if one.members else "")
            for one in found
        }

    def staff(self, account: str) -> str:
        """Give the name of a member of staff; an account without a person keeps its id."""
        return self.names([account])[account]

    def station(self, station: str) -> str:
        """Give the name of a station."""
        return self.names([station])[station]

    def employer(self, employer: str) -> str:
        """Give the name of an employer."""
        return self.names([employer])[employer]

    def person(self, person: str) -> str:
        """Name a worker for the workshop's lists: masked."""
        entry = self._people.get(person)
        return mask_name(entry.name) if entry else person

    def entry(self, stream: str) -> str:
        """Give the name of a post or a class."""
        return self.names([stream])[stream]

    def seeker(self, case: str) -> str:
        """Name the seeker of a case for a class's list: masked, with the number of the case."""
        state = self._store.load(SeekerCase, case)
        entry = self._people.get(state.person) if state.person else None
        return f"{state.case_no} {mask_name(entry.name)}".strip() if entry else state.case_no

    def _name(self, stream: str, name: str, person: str) -> str:
        if stream.startswith("person-"):
            return self.person(stream)
        entry = self._people.get(person) if person else None
        return entry.name if entry else name or stream


class Choices:
    """What a field offers; `web.parts.Choices`."""

    def __init__(self, office: Office) -> None:
        """Take the directory, the store and the names."""
        self._entries = office.entries
        self._store, self._names, self._office = office.store, Names(office), office
        self._disputes = DisputeChoices(office.store, office.sight, self._names, office.clock.today)

    def options(
        self, kind: str, *, who: Who, case: str, state: object = None
    ) -> Sequence[tuple[str, str]]:
        """Give (value, label) pairs for a field of a kind."""
        if kind in OF_A_DISPUTE:
            return self._disputes.options(kind, who=who, case=case, state=state)
        looked_up: Mapping[str, Callable[[], Sequence[tuple[str, str]]]] = {
            "staff": lambda: self._staff(who),
            "person": lambda: self._persons(who, case),
            "room": lambda: self._rooms(case),
            "maker": lambda: self._makers(who),
            "teacher": lambda: [*self._staff(who), *self._makers(who)],
            "seeker": lambda: self._cases(kind, who, case),
            "dispute": lambda: self._cases(kind, who, case),
        }
        if kind in looked_up:
            return looked_up[kind]()
        if kind == "station":
            return [(one.stream, one.name) for one in self._entries.now().active(kind)]
        listed, states = CHOSEN[kind]
        return [
            (entry.stream, entry.name)
            for entry in self._entries.of_kind(listed, states=states, limit=500)
        ]

    def _cases(self, kind: str, who: Who, case: str) -> list[tuple[str, str]]:
        """Offer the other open cases of the stations served, as for a merge or a link."""
        served = tuple(sorted(who.stations | {who.station}))
        found = Query(
            today=self._office.clock.today(), stations=served, kinds=(kind,), limit=MOST_CASES
        )
        rows = self._office.caseload.page(found).rows
        shown = self._office.sight.names(
            [row.person for row in rows if row.person],
            full=lambda _person: False,
            on=self._office.clock.today(),
        )
        return [
            (row.case_id, f"{row.case_no} {shown[row.person].name if row.person else ''}".strip())
            for row in rows
            if row.case_id != case
        ]

    def _rooms(self, case: str) -> list[tuple[str, str]]:
        """Offer the mediation rooms of the case's station."""
        state = self._store.load(DisputeCase, case)
        settings, today = self._office.settings.settings(), self._office.clock.today()
        return [
            (room, texts.say(N_("{no} 号调解室"), no=number_of(room)))
            for room in rooms(state.station, settings.value("mediation_rooms", today))
        ]

    def _makers(self, who: Who) -> list[tuple[str, str]]:
        """Offer the people of the open cases served: who makes pieces, or gives a class."""
        today = self._office.clock.today()
        served = tuple(sorted(who.stations | {who.station}))
        rows = self._office.caseload.page(
            Query(today=today, stations=served, kinds=("seeker",), limit=MOST_CASES)
        ).rows
        mine = {row.person for row in rows if row.person and row.owner == who.account}
        people = dict.fromkeys(row.person for row in rows if row.person)
        shown = self._office.sight.names(list(people), full=mine.__contains__, on=today)
        return [(p, f"{shown[p].name} {shown[p].last4}".strip()) for p in people if p in shown]

    def _staff(self, who: Who) -> list[tuple[str, str]]:
        found = self._entries.now().active("staff")
        served = who.stations or {who.station}
        near = [e for e in found if e.parent in served] or found
        return sorted(self._names.of_staff(near).items(), key=lambda pair: (pair[1], pair[0]))

    def _persons(self, who: Who, case: str) -> list[tuple[str, str]]:
        if case.startswith("dispute-"):
            return list(self._disputes.options("worker", who=who, case=case))
        state = self._store.load(SeekerCase, case)
        own = bool(who.accounts & state.officers)
        shown = self._office.sight.names(
            [state.person] if state.person else [],
            full=lambda _person: own,
            on=self._office.clock.today(),
        )
        return [(p, f"{view.name} {view.last4}".strip() or p) for p, view in shown.items()]


class WallProgress:
    """How far the projections are; `web.parts.Progress`."""

    def __init__(self, runner: Runner) -> None:
        """Take the runner of this process; another process may lead."""
        self._runner = runner

    def reach(self) -> Reach:
        """Give the position that every table has reached, and how far the log is ahead."""
        return self._runner.reach()

    def wait(self, position: int, seconds: float) -> bool:
        """Wait until the tables show a position; False when time is up."""
        return self._runner.wait_for(position, timeout=seconds)


def office_parts(office: Office) -> OfficeParts:
    """Hand over what the pages of the office need: jobs, imports, figures, settings."""
    pools, home = office.installation.pools, office.installation.home
    jobs = Jobs(pools.writer)
    outside = ImportOutside(
        catalogue(),
        office.configuration.profiles or home / "profiles",
        lambda account: office.accounts.who(account, office.clock.today()),
        lambda position, seconds: office.runner.wait_for(position, timeout=seconds),
        lambda: office.settings.settings().value("import_many_rows", office.clock.today()),
        office.counter,
    )
    jobs.does(REBUILD, rebuilding(office.runner, office.leader, pools.projector, office.helped))
    jobs.does(RECKON, office.live.work)
    waiting = partial(office.caseload.limited_by, "certification")
    jobs.does(
        CERTIFY, asking(office.assistance, office.store, waiting, operator, office.clock.today)
    )
    return OfficeParts(
        jobs=jobs,
        imports=ImportDesk(jobs, Uploads(home / "uploads"), office.register_log, outside),
        statistics=office.statistics,
        entries=office.entries,
        places=EventPlaces(pools.reader),
        runner=office.runner,
        settings=office.settings,
        staffing=Staffing(office.persons, office.accounts),
    )


def case_readers(office: Office) -> dict[str, object]:
    """Hand over what the pages of cases read."""
    return {
        "log": office.reader,
        "sight": office.sight,
        "reads": office.reads,
        "entries": office.entries,
        "matching": office.matching,
        "posts": office.posts,
        "trades": office.trades,
        "telling": office.telling,
        "minimum_wages": office.minimum_wages,
        "opened": office.vault.open_many,
        "calendar": office.settings.calendar,
        "list_choices": ListChoices(office.installation.pools.writer),
        "settings": office.settings.settings,
        "persons": office.persons,
        "employers": office.employers,
        "employer_with": office.entries.employer_with,
        "sessions": office.sessions,
        "instalments": office.instalments,
        "criteria": office.criteria,
        "replay": office.hardship_replay,
        "standards": office.standards,
        "help": office.help,
        "enrolling": office.enrolling,
        "employer_book": EmployerBook(office.installation.pools.reader),
        "front_desk": FrontDesk(office.enrolling, office.configuration.county_code),
        "wage_tables": WageTables(office.store, office.enrolling),
        "moves": office.moves,
        "tokens": Tokens(office.installation.pools.writer, office.clock.now),
        "who": office.accounts.who,
        "read_list": ReadList(office.installation.pools.reader),
        "numbered": lambda number: office.caseload.numbered(number, 1),
        "drafts": FormDrafts(office.installation.pools.writer, office.vault.box("form drafts")),
        "wage_drafts": Drafts(office.installation.pools.writer, office.vault.box("drafts")),
    }


def desks(office: Office) -> dict[str, Desk]:
    """Put every desk over its services, by the first part of its URL."""
    made = (
        seeker_desk(office.assistance),
        household_desk(office.households),
        dispute_desk(
            office.intake,
            office.mediation,
            office.settlement,
            office.escalation,
            office.dispute_file,
        ),
        employer_desk(office.employers),
        vacancy_desk(office.vacancies),
        fair_desk(office.fairs, Names(office).entry),
        workshop_desk(office.workshop, office.unpaid_work, Names(office).person),
        class_desk(office.classes, Names(office).seeker),
        staff_desk(office.accounts),
        station_desk(office.directory),
    )
    return {desk.kind: desk for desk in made}


def site_parts(office: Office, *, demo: Sequence[DemoRole] = ()) -> SiteParts:
    """Hand everything over that the pages need."""
    configuration, own = office.configuration, office_parts(office)
    return SiteParts(
        accounts=office.accounts,
        store=office.store,
        people=office.sight,
        directory=Names(office),
        choices=Choices(office),
        caseload=office.caseload,
        searches=office.searches,
        progress=WallProgress(office.runner),
        today=office.clock.today,
        now=office.clock.now,
        desks=desks(office),
        ready=lambda: _ready(office),
        demo=demo,
        test_clock=office.clock.test,
        secure=configuration.secure_cookies,
        support_phone=configuration.support_phone,
        extra={
            "office": own,
            "caseload": caseload_parts(office),
            "network": (network := network_parts(office)),
            "taken": network.queue.taken,
            "attachments": office.attachments,
            "papers": paper_parts(office, own.jobs),
            "messages": office.messaging.parts(),
            **case_readers(office),
        },
    )


def _ready(office: Office) -> bool:
    """Say whether the database answers and the wall is not far behind the log."""
    try:
        return office.runner.reach().lag <= MOST_LAG
    except (OperationalError, PoolTimeout):
        return False
