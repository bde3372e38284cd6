"""An office with dispute services over a store in memory, and browsers at its pages."""

import html
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any

from httpx2 import Response
from starlette.testclient import TestClient

from application.dispute_desk import Outside
from application.dispute_file import DisputeFile
from application.dispute_intake import Intake
from application.escalation import Escalation
from application.mediation import Mediation
from application.people.reads import Beside
from application.people.views import PersonView
from application.persons import Duplicates, Papers
from application.settlement import Settlement
from application.store import Done, Stamp, Who
from domain.calendar import shipped
from domain.dispute import DisputeCase
from domain.settings import Settings
from tests.memory import MemoryStore
from tests.web import fakes
from tests.web.reading import send
from web.disputes import dispute_desk
from web.disputes.choices import DisputeChoices
from web.parts import SiteParts

SURNAMES, GIVEN = "罗梁吴陈何李冯黄谭邓", "美凤锦桂丽玉秀小惠彩"


def id_no(number: int) -> str:
    """An invented ID number of an invented district; the check digit is computed."""
    body = f"4499011985010{number:04d}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, weights, strict=True)) % 11]


def name_of(number: int) -> str:
    """An invented name."""
    return SURNAMES[number % 10] + GIVEN[number // 10 % 10] + "甲乙丙丁戊己庚辛壬癸"[number % 7]


class Persons:
    """Who is registered, by ID number; and who may see what (as `Sight`)."""

    def __init__(self) -> None:
        self.papers: dict[str, Papers] = {}
        self.registered = 0

    def duplicates(self, *, on: date, id_no: str = "", name: str = "") -> Duplicates:
        found = [key for key, papers in self.papers.items() if papers.id_no == id_no]
        return Duplicates(found[0] if found else "")

    def register(self, papers: Papers, *, domicile: str, stamp: Stamp) -> Done:
        key = f"person-{len(self.papers) + 1:04d}"
        self.papers[key] = papers
        return Done(0, (key,))

    def names(
        self, persons: Iterable[str], *, full: Callable[[str], bool], on: date
    ) -> Mapping[str, PersonView]:
        return {one: self._seen(one, full=full(one)) for one in persons}

    def view(self, person: str, *, full: bool, on: date) -> PersonView:
        return self._seen(person, full=full)

    def _seen(self, person: str, *, full: bool) -> PersonView:
        papers = self.papers[person]
        name = papers.name if full else f"{papers.name[0]}*"
        return PersonView(person, name, papers.id_no[-4:], full=full)


class Employers:
    """Employers by credit code."""

    def __init__(self) -> None:
        self.names: dict[str, str] = {}
        self.codes: dict[str, str] = {}

    def register(self, *, name: str, credit_code: str, **_rest: object) -> Done:
        key = f"employer-{len(self.names) + 1}"
        self.names[key], self.codes[credit_code] = name, key
        return Done(0, (key,))

    def holder(self, code: str) -> str:
        return self.codes.get(code, "")


class Directory(fakes.FakeDirectory):
    def __init__(self, employers: Employers) -> None:
        self._employers = employers

    def employer(self, employer: str) -> str:
        return self._employers.names.get(employer, employer)


class Choices:
    """What the lead's choices do: staff and stations; names of a case by its own."""

    def __init__(self, own: DisputeChoices, store: MemoryStore) -> None:
        self.own, self.store = own, store

    def options(
        self, kind: str, *, who: Who, case: str, state: object = None
    ) -> Sequence[tuple[str, str]]:
        if kind == "staff":
            return [("staff-mediator", "何志远"), ("staff-caseworker", "王敏")]
        if kind == "station":
            return [("station-hc", "鹤城镇就业驿站"), ("station-xy", "兴业社区就业驿站")]
        if kind == "dispute":
            streams = {one.stream for one in self.store.log if one.stream.startswith("dispute")}
            return [(one, one) for one in sorted(streams - {case})]
        return self.own.options(kind, who=who, case=case, state=state)


@dataclass
class Reads:
    rows: list[tuple[str, str, str]] = field(default_factory=list)

    def beside(self, stream: str, who: str, *, minutes: int, most: int = 5) -> list[Beside]:
        return []

    def write(self, kind: str, who: Who, *, stream: str = "", **_rest: str) -> None:
        self.rows.append((kind, who.account, stream))


class Entries:
    def named(self, streams: Sequence[str]) -> Mapping[str, str]:
        return {}


class Office:
    """The site on a day that a test chooses."""

    def __init__(self) -> None:
        self.store = MemoryStore(date(2026, 1, 27))
        self.persons, self.employers, self.reads = Persons(), Employers(), Reads()
        directory = Directory(self.employers)
        outside = Outside()
        desk = dispute_desk(
            Intake(self.store, outside),
            Mediation(self.store, outside),
            Settlement(self.store, outside),
            Escalation(self.store, outside),
            DisputeFile(self.store, outside),
        )
        choices = DisputeChoices(self.store, self.persons, directory, self.today)
        self.parts: SiteParts = fakes.parts(
            store=self.store,
            people=self.persons,
            directory=directory,
            choices=Choices(choices, self.store),
            today=self.today,
            now=lambda: datetime.combine(self.store.today, time(2), UTC),
            desks={"disputes": desk},
            extra={
                "log": self.store,
                "sight": self.persons,
                "reads": self.reads,
                "entries": Entries(),
                "opened": lambda values: [one.value for one in values],
                "calendar": shipped,
                "settings": lambda _known_on=None: Settings(),
                "persons": self.persons,
                "employers": self.employers,
                "employer_with": self.employers.holder,
            },
        )
        self.browsers: dict[str, TestClient] = {}

    def today(self) -> date:
        return self.store.today

    def browser(self, role: str = "mediator") -> TestClient:
        if role not in self.browsers:
            self.browsers[role] = fakes.browser(self.parts, role)
        return self.browsers[role]

    def on(self, month: int, day: int, year: int = 2026) -> "Office":
        self.store.today = date(year, month, day)
        return self

    def case(self, case: str) -> DisputeCase:
        return self.store.load(DisputeCase, case)

    def ask(self, case: str, verb: str, *, as_: str = "mediator", **values: Any) -> Response:
        """Open a form, fill it in, send it."""
        browser = self.browser(as_)
        page = browser.get(f"/disputes/{case}/{verb}")
        assert page.status_code == 200, (
            verb,
            page.status_code,
            page.headers.get("location"),
            said(page),
        )
        return send(browser, page, **values)

    def do(self, case: str, verb: str, *, as_: str = "mediator", **values: Any) -> str:
        """Do an act; give the case."""
        answer = self.ask(case, verb, as_=as_, **values)
        assert answer.status_code == 303, (verb, answer.status_code, said(answer))
        return str(answer.headers["location"].split("/")[2].split("#")[0])

    def page(self, case: str, query: str = "", *, as_: str = "mediator") -> Response:
        return self.browser(as_).get(f"/disputes/{case}{query}")


def words(page: Response) -> str:
    """What a page says, without its tags."""
    text = re.sub(r"<(script|style)[^>]*>.*?</\1>", "", page.text, flags=re.DOTALL)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]*>", " ", text)))


def said(page: Response) -> str:
    """The refusals of a page."""
    found = re.findall(
        r'id="said">(.*?)</div></div>|class="reason"[^>]*>(.*?)</p>|<main.*?</main>',
        page.text,
        re.DOTALL,
    )
    return re.sub(r"<[^>]*>|\s+", " ", str(found))[:600]


def lines(numbers: Iterable[int], amount: str) -> str:
    """The same amount for several claims, as typed."""
    return "\n".join(f"{number}\t{amount}" for number in numbers)
