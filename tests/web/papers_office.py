"""The case of story 6 with invented names: its papers, codes and public pages."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from application.access_codes import AccessCodes
from application.dispute_file import DisputeFile
from application.people.reads import Seen
from application.people.views import PersonView
from domain.calendar import shipped
from domain.case_numbers import plain
from domain.dispute import DisputeCase
from domain.dispute.facts import DocumentIssued
from domain.settings import Settings
from projections.papers_reader import Paper
from tests import stories
from tests.application.documents import desk
from tests.database import Database
from tests.stories import Play
from tests.web import fakes
from tests.web.dispute_office import Entries
from tests.web.office import office
from web.disputes import dispute_desk
from web.papers.parts import JOB, PaperParts
from web.parts import SiteParts
from yizhan.papers import for_everybody

TODAY = date(2026, 4, 16)
MEDIATOR = "staff-mediator"


class People:
    """Persons by right, as `Sight`."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self.known = names
        self.erased: set[str] = set()

    def names(
        self, persons: Iterable[str], *, full: Callable[[str], bool], on: date
    ) -> Mapping[str, PersonView]:
        return {one: self.view(one, full=full(one), on=on) for one in persons}

    def view(self, person: str, *, full: bool, on: date) -> PersonView:
        name = self.known[person]
        gone = person in self.erased
        return PersonView(person, name if full else f"{name[0]}*", "4088", full=full, erased=gone)


class Reads:
    """The read log, and what the person concerned is told of it."""

    def __init__(self) -> None:
        self.rows: list[tuple[str, str, str, str]] = []

    def write(
        self, kind: str, who: Any, *, stream: str = "", purpose: str = "", **_rest: str
    ) -> None:
        self.rows.append((kind, who.account, stream, purpose))

    def seen(self, streams: Sequence[str], *, most: int = 100) -> list[Seen]:
        return [
            Seen(TODAY, stories.STATION, "mediator", kind, purpose, 1)
            for kind, _, stream, purpose in self.rows
            if stream in streams
        ][:most]


@dataclass(frozen=True)
class Accounts:
    """Whose account a job runs for."""

    def who(self, _account: str, _on: date) -> Any:
        return desk.WHO


def _accounts() -> fakes.FakeAccounts:
    """Sessions of people of the station of the case."""
    made = fakes.FakeAccounts()
    for token, one in made.open.items():
        home = frozenset({stories.STATION})
        made.open[token] = replace(
            one, who=replace(one.who, station=stories.STATION, stations=home)
        )
    return made


class Office:
    """A site with papers and public pages over story 6, in default since today."""

    def __init__(self, database: Database, folder: Path, play: Play | None = None) -> None:
        play = play or stories.story_6_defaulted()
        self.case: str = play.case.stream
        self.names = {one: desk.name_of(n) for n, one in enumerate(play.case.workers)}
        self.store = desk.stored(play.history, self.case, self.names, today=TODAY)
        self.people, self.reads = People(self.names), Reads()
        file: Any = DisputeFile(self.store)
        self.codes = AccessCodes(file, file, self.holders, database.pools.writer, bytes(32))
        self.office = office(database, folder)
        made = desk.documents(self.store)
        self.papers = PaperParts(made, self, self.codes, self.reads, desk.SITE)
        self.office.jobs.does(JOB, for_everybody(self, made))  # type: ignore[arg-type]  # in memory
        self.accounts, self.clock = Accounts(), self
        services: Sequence[Any] = [file] * 5
        self.now = datetime.combine(TODAY, time(2), UTC)
        self.parts: SiteParts = fakes.parts(
            accounts=_accounts(),
            store=self.store,
            people=self.people,
            today=self.today,
            now=lambda: self.now,
            desks={"disputes": dispute_desk(*services)},
            extra={
                "office": self.office,
                "papers": self.papers,
                "log": self.store,
                "sight": self.people,
                "reads": self.reads,
                "entries": Entries(),
                "opened": desk.opened,
                "calendar": shipped,
                "settings": lambda _known_on=None: Settings(),
            },
        )
        self.place = f"/disputes/{self.case}"

    def today(self) -> date:
        return TODAY

    def state(self) -> DisputeCase:
        return self.store.load(DisputeCase, self.case)

    def holders(self, digest: str) -> list[tuple[str, str, list[str]]]:
        case = self.state()
        numbers = [plain(one) for one in (case.case_no, *case.intakes)]
        return [(self.case, who, numbers) for who, held in case.access.items() if held == digest]

    def with_code(self, code: str) -> list[Paper]:
        case = self.state()
        return [
            Paper(
                fact.document,
                self.case,
                case.case_no,
                fact.kind,
                fact.code,
                fact.sha256,
                case.station,
                one.occurred_on,
                one.recorded_at,
                fact.at_position,
                fact.document not in case.documents,
            )
            for one in self.store.history(self.case)
            if isinstance(fact := one.event, DocumentIssued) and fact.code == code
        ]

    def issued(self) -> list[DocumentIssued]:
        return [f for f in self.store.facts(self.case) if isinstance(f, DocumentIssued)]

    def browser(self, role: str = "mediator") -> TestClient:
        return fakes.browser(self.parts, role)
