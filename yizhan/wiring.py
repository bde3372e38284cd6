"""The one place where adapters are chosen and rooms are handed to each other.

`Office` holds everything of one installation in one process; the command line, the site, the bench
and the tests take what they need from it.
"""

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Any

from application import rights, seen
from application.accounts import Accounts
from application.accounts import Outside as AccountsOutside
from application.assistance import Assistance
from application.assistance_desk import Outside as SeekerOutside
from application.attachments.scanner import Scanner
from application.attachments.service import Attachments
from application.attachments.service import Outside as AttachmentsOutside
from application.attachments.shelf import FOLDER, Shelf
from application.classes import Classes
from application.criteria import CriteriaBook, HardshipReplay
from application.deciding import Rules
from application.directory import Directory
from application.dispute_desk import Outside as DisputeOutside
from application.dispute_file import DisputeFile
from application.dispute_intake import Intake
from application.enrolling import Enrolling
from application.escalation import Escalation
from application.fairs import Fairs
from application.households import Households
from application.log.mapper import LogMapper
from application.log.reader import LogReader
from application.log.store import PostgresStore
from application.mediation import Mediation
from application.minimum_wages import MinimumWages
from application.office_settings import OfficeSettings
from application.passwords import ASVS, DENGBAO
from application.people.blind import BlindIndex
from application.people.names import NameIndex
from application.people.reads import ReadLog
from application.people.sight import Sight
from application.persons import Outside as PersonsOutside
from application.persons import Persons, open_cases
from application.registers.intake import Desk as Counter
from application.registers.log import RegisterLog
from application.settlement import Settlement
from application.store import Who
from application.telling import Telling
from application.unpaid_work import UnpaidWork
from application.vacancies import Employers, Vacancies
from application.workshop import Workshop
from domain.catalogue import catalogue
from domain.seeker import SeekerCase
from projections.assistance_reader import AssistanceReader
from projections.caseload_reader import Caseload
from projections.directory_kept import KeptDirectory
from projections.instalments import InstalmentsReader
from projections.lists import Query
from projections.matching_reader import MatchingReader
from projections.parties import Parties
from projections.posts_reader import PostsReader
from projections.sessions import SessionsReader
from projections.statistics import Statistics
from projections.trades_reader import TradesReader
from yizhan.clock import OfficeClock
from yizhan.installation import Installation
from yizhan.lookups import Lookups
from yizhan.messaging import Messaging
from yizhan.office_wall import OfficeWall
from yizhan.registers import asked_of
from yizhan.searches import Searches

OPERATOR = "operator"
NOWHERE = "station-unassigned"  # where an import goes while no station is open
PROFILES = {"asvs": ASVS, "dengbao": DENGBAO}


def operator(station: str = "") -> Who:
    """Give the operator of the machine, who imports on behalf of a station."""
    home = station or NOWHERE
    return Who(OPERATOR, home, frozenset({"station_manager"}), frozenset({home}))


class Office(OfficeWall):
    """Services, readers and the projection runner over one installation."""

    def __init__(self, installation: Installation) -> None:
        """Wire the log, the people, the wall and the services."""
        self.installation = installation
        pools, vault = installation.pools, installation.vault
        self.configuration, self.vault = installation.configuration, vault
        self.clock = OfficeClock(pools.writer)
        self.settings = OfficeSettings(pools.writer)
        self.index = BlindIndex(pools.keys, vault)
        self.reader = LogReader(pools.reader, LogMapper(catalogue()))
        self.leader = LogReader(pools.projector, LogMapper(catalogue()))
        versions = lambda: self.runner.versions()  # noqa: E731, PLW0108 - it is made later
        self.caseload = Caseload(pools.reader, versions)
        rules = Rules(
            rights.check,
            self.clock.today,
            self.settings.settings,
            self.index.index_of,
            self._open_cases_of,
        )
        self.store = PostgresStore(
            pools.writer, LogMapper(catalogue(), vault.seal), rules, self._appended
        )
        self.names = NameIndex(vault, self.reader.read_persons)
        self.reads = ReadLog(pools.writer)
        self.sight = Sight(self.store, vault, self.index, self.names, self.reads)
        self.entries = KeptDirectory(pools.reader, seen.directory)
        self.statistics = Statistics(pools.reader)
        self.posts = PostsReader(pools.reader)
        self.trades = TradesReader(pools.reader)
        self.matching = MatchingReader(pools.reader, self.entries.placed)
        self.sessions = SessionsReader(pools.reader)
        self.instalments = InstalmentsReader(pools.reader)
        self.parties = Parties(pools.reader)
        self.searches = Searches(
            pools.writer, vault.box("searches"), self.sight, self.caseload, self.parties
        )
        self.lookups = Lookups(
            self.store,
            self.entries,
            self.caseload,
            self.names,
            vault.open,
            (self.configuration.county_code, self.configuration.county_name),
        )
        self.messaging = Messaging(
            installation, self.store, self.clock, self.settings, self.reader, self.index
        )
        self.register_log = RegisterLog(self.store, pools.reader)

    # Services

    @cached_property
    def persons(self) -> Persons:
        """Persons: register, correct, merge, erase."""
        outside = PersonsOutside(open_case=open_cases(self.installation.pools.reader))
        return Persons(self.store, self.vault, self.index, self.names, outside)

    @cached_property
    def enrolling(self) -> Enrolling:
        """Persons who are registered by the way, in another command's append."""
        return Enrolling(self.store, self.vault, self.index, self.names)

    @property
    def counter(self) -> Counter:
        """What the counter has for a table of living people (F-45)."""
        return Counter(
            people=self.enrolling,
            today=self.clock.today,
            open_case=self._open_case,
            county=self.lookups.county_code,
            known=self.store.known,
            open_file=self.persons.register,
            register=self.assistance.register,
            load=lambda case: self.store.load(SeekerCase, case),
            close=self.assistance.close,
        )

    @cached_property
    def accounts(self) -> Accounts:
        """Accounts of the staff, and their sessions."""
        outside = AccountsOutside(
            clock=self.clock.now,
            network=self.entries.network,
            words=lambda: [entry.name for entry in self.entries.of_kind("station")],
            admins=lambda day: self.entries.accounts_with("admin", day),
            absent=self.entries.absent_for,
        )
        return Accounts(
            self.store,
            self.installation.pools.writer,
            self.vault.box("totp"),
            outside,
            profile=PROFILES[self.configuration.password_profile],
        )

    @cached_property
    def _seeker_outside(self) -> SeekerOutside:
        outside = SeekerOutside(
            today=self.clock.today,
            settings=self.settings.settings,
            birth=self.lookups.birth,
            open_case=self._open_case,
            county=self.lookups.county_code,
            criteria=self.criteria.versions,
        )
        return asked_of(outside, self.configuration, self.vault, self.lookups, self.reads)

    @cached_property
    def assistance(self) -> Assistance:
        """Everything about seekers."""
        return Assistance(self.store, self._seeker_outside)

    @cached_property
    def criteria(self) -> CriteriaBook:
        """The versions of the criteria of hardship."""
        return CriteriaBook(self.installation.pools.writer)

    @cached_property
    def help(self) -> AssistanceReader:
        """The reader of services, placements and subsidies."""
        return AssistanceReader(self.installation.pools.reader, self.standards.standards)

    @cached_property
    def hardship_replay(self) -> HardshipReplay:
        """Decisions of recognition, read again."""
        return HardshipReplay(self.store, self._seeker_outside)

    @cached_property
    def disputes(self) -> Mapping[str, Any]:
        """The services about disputes, by their trade."""
        lookups = self.lookups
        outside = DisputeOutside(
            calendar=self.settings.calendar,
            settings=self.settings.settings,
            county=lookups.county_name,
            unfit=lookups.unfit,
            open_twin=lookups.open_twin,
            awarded=lookups.awarded,
            mediating=lookups.mediating,
        )
        kinds = (Intake, Mediation, Settlement, Escalation, DisputeFile)
        return {kind.__name__: kind(self.store, outside) for kind in kinds}

    @property
    def intake(self) -> Intake:
        """Disputes: intake, parties, claims, acceptance."""
        found: Intake = self.disputes["Intake"]
        return found

    @property
    def mediation(self) -> Mediation:
        """Disputes: sessions, proposals, the end of mediation."""
        found: Mediation = self.disputes["Mediation"]
        return found

    @property
    def settlement(self) -> Settlement:
        """Disputes: agreements and money."""
        found: Settlement = self.disputes["Settlement"]
        return found

    @property
    def escalation(self) -> Escalation:
        """Disputes: other routes and their results."""
        found: Escalation = self.disputes["Escalation"]
        return found

    @property
    def dispute_file(self) -> DisputeFile:
        """Disputes: the file itself."""
        found: DisputeFile = self.disputes["DisputeFile"]
        return found

    @cached_property
    def attachments(self) -> Attachments:
        """The files of cases, in a folder of this log's own: another one's are not orphans."""
        own = self.configuration
        return Attachments(
            self.store,
            {"seeker": self.assistance, "dispute": self.dispute_file},
            Shelf(self.installation.home / FOLDER / self.reader.identity()),
            Scanner(own.scanner, own.scanner_seconds),
            AttachmentsOutside(
                vault=self.vault,
                settings=self.settings.settings,
                facts=self.reader.read_attachments,
                now=self.clock.now,
            ),
        )

    @cached_property
    def directory(self) -> Directory:
        """Stations."""
        return Directory(
            self.store, network=self.entries.network, open_cases=self.lookups.open_cases
        )

    @cached_property
    def employers(self) -> Employers:
        """Employers."""
        return Employers(self.store, holder=self.entries.employer_with)

    @cached_property
    def vacancies(self) -> Vacancies:
        """Vacancies."""
        return Vacancies(self.store, settings=self.settings.settings, wages=self.minimum_wages.rows)

    @cached_property
    def minimum_wages(self) -> MinimumWages:
        """Minimum wages by place and day."""
        return MinimumWages(self.installation.pools.writer)

    @cached_property
    def telling(self) -> Telling:
        """Those who were referred to a post that is no more."""
        return Telling(self.store)

    @cached_property
    def classes(self) -> Classes:
        """Training classes."""
        return Classes(self.store, settings=self.settings.settings)

    @cached_property
    def households(self) -> Households:
        """Households."""
        return Households(
            self.store,
            household_of=self.entries.household_of,
            placed=self.help.working,
            clear_by=self._clear_by,
        )

    def _clear_by(self, on: date) -> date:
        """Give the day by which a household declared on a day is to be cleared (Q-05)."""
        days = self.settings.settings().value("household_working_days", on)
        return self.settings.calendar().add_working(on, days)

    @cached_property
    def fairs(self) -> Fairs:
        """Job fairs."""
        return Fairs(self.store)

    @cached_property
    def unpaid_work(self) -> UnpaidWork:
        """Unpaid piecework, which becomes a dispute."""
        return UnpaidWork(
            self.store, case_of=lambda person: self.trades.cases_of([person]).get(person, "")
        )

    @cached_property
    def workshop(self) -> Workshop:
        """Workshop orders."""
        return Workshop(self.store)

    def _open_case(self, person: str) -> str:
        index = self.index.index_of(person)
        return open_cases(self.installation.pools.reader)(index) if index else ""

    def _open_cases_of(self, person: str) -> list[str]:
        """Give the open cases of a seeker that hold the number: not a lead (S-02)."""
        asked = Query(today=date.min, person=person, kinds=("seeker",))
        return [row.case_id for row in self.caseload.page(asked).rows if row.state != "LEAD"]
