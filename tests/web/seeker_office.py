"""An office of seekers for pages: the real service on a store in memory, invented people."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from httpx2 import Response
from starlette.testclient import TestClient

from application.assistance import Assistance
from application.assistance_desk import Outside
from application.classes import Classes
from application.criteria import HardshipReplay
from application.households import Households
from application.ids import new_stream, uuid7
from application.people.reads import Beside, Read
from application.people.views import PersonView, view
from application.persons import Alike, Duplicates, Papers
from application.store import Done, Part, Stamp, Who
from application.vacancies import Employers, Vacancies
from domain.calendar import shipped
from domain.employer import Employer
from domain.employer import Registered as EmployerRegistered
from domain.identity import check_identity
from domain.kernel import Redacted, Refused
from domain.money import Fen
from domain.person import Person
from domain.seeker import SeekerCase
from domain.settings import Settings
from domain.training import TrainingClass
from domain.vacancy import Vacancy
from domain.vacancy.facts import Drafted, Published, Submitted, Verified
from projections.directory_reader import Entry
from tests.memory import MemoryStore
from tests.web import fakes
from tests.web.reading import send
from tests.web.seeker_wall import Criteria, Help, Standards
from tests.web.trade_rows import Trades
from web.class_pages import class_desk
from web.employers import employer_desk
from web.households import household_desk
from web.seekers.desk import seeker_desk
from web.vacancy_page import vacancy_desk

OFFICER = Who("staff-caseworker", fakes.STATION, frozenset({"caseworker"}))
ID_NO = "449902199005200021"


class Persons:
    """Persons on the store in memory; sealed values stay in clear there."""

    def __init__(self, store: MemoryStore) -> None:
        self.store = store

    def register(
        self, papers: Papers, *, domicile: str, phone: str = "", address: str = "", stamp: Stamp
    ) -> Done:
        person = new_stream("person")
        identity = check_identity(**papers._asdict(), occurred_on=stamp.occurred_on)
        return self.store.decide(
            stamp,
            Part(
                Person,
                person,
                lambda p: p.register(
                    person=person,
                    identity=identity,
                    domicile=domicile,
                    phone=phone,
                    address=address,
                ),
                "person.edit",
            ),
        )

    def tell_apart(self, person: str, *, other: str, reason: str, stamp: Stamp) -> Done:
        return self.store.decide(
            stamp,
            Part(Person, person, lambda p: p.tell_apart(other=other, reason=reason), "person.edit"),
            Part(Person, other, lambda p: p.tell_apart(other=person, reason=reason), "person.edit"),
        )

    def correct_identity(
        self, person: str, papers: Papers, *, domicile: str, reason: str, stamp: Stamp
    ) -> Done:
        identity = check_identity(**papers._asdict(), occurred_on=stamp.occurred_on)
        return self.store.decide(
            stamp,
            Part(
                Person,
                person,
                lambda p: p.correct_identity(identity=identity, domicile=domicile, reason=reason),
                "person.edit",
            ),
        )

    def change_contact(self, person: str, *, phone: str, address: str, stamp: Stamp) -> Done:
        return self.store.decide(
            stamp,
            Part(
                Person,
                person,
                lambda p: p.change_contact(phone=phone, address=address),
                "person.edit",
            ),
        )

    def duplicates(self, **about: Any) -> Duplicates:
        holder, alike = "", []
        for person in sorted(set(self.everybody()) - {about.get("person")}):
            identity, contact = self.clear(person)
            if about.get("id_no") and identity.get("id_no") == about["id_no"]:
                holder = person
            elif about.get("phone") and contact.get("phone") == about["phone"]:
                alike.append(Alike(person, "phone"))
        case = next((c for c in self.cases() if self.open_for(c, holder)), "") if holder else ""
        return Duplicates(holder, case, tuple(alike))

    def everybody(self) -> Sequence[str]:
        return sorted({r.stream for r in self.store.log if r.stream.startswith("person-")})

    def cases(self) -> Sequence[str]:
        return sorted({r.stream for r in self.store.log if r.stream.startswith("seeker-")})

    def open_for(self, case: str, person: str) -> bool:
        state = self.store.load(SeekerCase, case)
        return state.person == person and state.standing not in {"CLOSED", "LEAD"}

    def clear(self, person: str) -> tuple[Any, Any]:
        state = self.store.load(Person, person)
        return (
            (state.identity.value, state.contact.value)
            if state.identity and state.contact
            else ({}, {})
        )

    def birth(self, person: str) -> date | None:
        born = self.clear(person)[0].get("birth")
        return date.fromisoformat(born) if born else None

    def view(self, person: str, *, full: bool, on: date) -> PersonView:
        identity, contact = self.clear(person)
        return view(person, identity or None, contact, sex="female", full=full, on=on)

    def names(
        self, persons: Iterable[str], *, full: Callable[[str], bool], on: date
    ) -> Mapping[str, PersonView]:
        return {person: self.view(person, full=full(person), on=on) for person in persons}

    def reveal(
        self, person: str, *, field: str, purpose: str, who: Who, case: str = "", route: str
    ) -> str | Redacted:
        if not purpose:
            raise Refused(rule="P-06", text="请选择查看完整信息的用途。", field="purpose")
        identity, contact = self.clear(person)
        return str({**identity, **contact}[field])


class Reads:
    """The read log, in memory."""

    def __init__(self) -> None:
        self.rows: list[tuple[str, str, str, str]] = []
        self.read: list[tuple[str, Read]] = []

    def beside(self, stream: str, who: str, *, minutes: int, most: int = 5) -> list[Beside]:
        return []

    def write(
        self,
        kind: str,
        who: Who,
        *,
        stream: str = "",
        field_class: str,
        purpose: str = "",
        route: str = "",
        outcome: str = "shown",
    ) -> None:
        self.rows.append((kind, who.account, stream, route))
        self.read.append(
            (
                stream,
                Read(datetime(2026, 4, 16, tzinfo=UTC), who.account, kind, field_class, purpose),
            )
        )

    def of(self, stream: str, limit: int = 100) -> list[Read]:
        return [one for seen, one in self.read if seen == stream][::-1]


class Entries:
    """The directory out of the streams, as the wall would have it."""

    KINDS: Mapping[str, type[Any]] = {
        "employer": Employer,
        "vacancy": Vacancy,
        "training": TrainingClass,
    }

    def __init__(self, store: MemoryStore, wall: Help) -> None:
        self.store, self.household_of = store, wall.household_of

    def named(self, streams: Sequence[str]) -> dict[str, str]:
        return {e.stream: e.name for kind in self.KINDS for e in self.of_kind(kind)}

    def of_kind(
        self,
        kind: str,
        *,
        states: Sequence[str] = (),
        text: str = "",
        after: tuple[str, str] = ("", ""),
        limit: int = 200,
    ) -> Sequence[Entry]:
        streams = sorted({r.stream for r in self.store.log if r.stream.startswith(f"{kind}-")})
        found = [self._entry(kind, stream) for stream in streams]
        return [
            entry for entry in found if text in entry.name and (not states or entry.state in states)
        ]

    def entry(self, stream: str) -> Entry | None:
        return self._entry(stream.partition("-")[0], stream)

    def employer_with(self, code: str) -> str:
        return ""

    def _entry(self, kind: str, stream: str) -> Entry:
        state: Any = self.store.load(self.KINDS[kind], stream)
        name = state.terms.title if kind == "vacancy" else getattr(state, "title", "") or state.name
        return Entry(
            stream, kind, state.standing, name, "", "", "440784", 1, None, (), {"checked": "valid"}
        )


class EmployerBook:
    """Employers without any dispute."""

    def standing(self, employers: Sequence[str], *, since: date) -> dict[str, Any]:
        return {}

    def watched(self, *, since: date) -> list[Any]:
        return []

    def posts(self, employer: str) -> list[Any]:
        return []

    def placed(self, employer: str) -> tuple[int, int]:
        return 0, 0

    def referred(self, employer: str) -> tuple[list[Any], int]:
        return [], 0


class Choices:
    """What the forms offer: everything there is of a kind."""

    def __init__(self, entries: Entries) -> None:
        self.entries = entries

    def options(
        self, kind: str, *, who: Who, case: str, state: object = None
    ) -> Sequence[tuple[str, str]]:
        listed = {"class": "training"}.get(kind, kind)
        if listed in Entries.KINDS:
            return [(entry.stream, entry.name) for entry in self.entries.of_kind(listed)]
        if kind == "seeker":
            cases = sorted({r.stream for r in self.entries.store.log if r.stream[:7] == "seeker-"})
            return [(one, one) for one in cases if one != case]
        return {
            "staff": [("staff-caseworker", "王敏"), ("staff-second", "李婉仪")],
            "teacher": [("staff-caseworker", "王敏")],
            "station": [("station-yc", "雅瑶镇就业驿站")],
        }.get(kind, [])


class Office:
    """A site over one store; `at(role)` gives a browser."""

    def __init__(self) -> None:
        self.store = MemoryStore(fakes.TODAY)
        self.persons, self.reads = Persons(self.store), Reads()
        self.criteria = Criteria()
        outside = Outside(
            today=lambda: self.store.today,
            settings=Settings,
            birth=self.persons.birth,
            open_case=lambda person: "",
            county=lambda station: "440784",
            criteria=self.criteria.versions,
        )
        self.assistance = Assistance(self.store, outside)
        help_ = Help(self.store)
        entries = Entries(self.store, help_)
        desks = (
            seeker_desk(self.assistance),
            employer_desk(Employers(self.store, holder=lambda code: "")),
            vacancy_desk(Vacancies(self.store, settings=Settings)),
            class_desk(Classes(self.store, settings=Settings)),
            household_desk(
                Households(
                    self.store,
                    household_of=help_.household_of,
                    placed=help_.working,
                    clear_by=lambda on: shipped().add_working(on, 10),
                )
            ),
        )
        self.parts = fakes.parts(
            store=self.store,
            people=self.persons,
            choices=Choices(entries),
            today=lambda: self.store.today,
            desks={desk.kind: desk for desk in desks},
            extra={
                "persons": self.persons,
                "log": self.store,
                "reads": self.reads,
                "sight": self.persons,
                "opened": lambda sealed: [one.value for one in sealed],
                "entries": entries,
                "employer_book": EmployerBook(),
                "trades": Trades(self.store),
                "calendar": shipped,
                "settings": lambda _known_on=None: Settings(),
                "criteria": self.criteria,
                "standards": Standards(),
                "help": help_,
                "replay": HardshipReplay(self.store, outside),
            },
        )

    def at(self, role: str = "caseworker") -> TestClient:
        return fakes.browser(self.parts, role)

    def stamp(self) -> Stamp:
        return Stamp(OFFICER, str(uuid7()), self.store.today)

    def vacancy(self) -> None:
        terms = Drafted(
            employer="employer-1",
            occupation="catering",
            title="店员",
            headcount=2,
            conditions="",
            work="接待",
            place="440784",
            pay_from=Fen(300_000),
            pay_to=Fen(400_000),
            pay_unit="month",
            valid_until=date(2026, 7, 1),
        )
        facts = [terms, Submitted(), Verified(method="visit"), Published()]
        employer = EmployerRegistered(kind="company", name="甲公司", district="440784")
        self.store.decide(
            self.stamp(),
            Part(Employer, "employer-1", lambda _: [employer]),
            Part(Vacancy, "vacancy-1", lambda _: facts),
        )


ZHANG = {
    "id_type": "resident_id",
    "id_no": ID_NO,
    "name": "龚凤",
    "sex": "female",
    "phone": "13800005678",
    "address": "鹤城镇和平路1号",
    "domicile": "440784",
    "channel": "walk_in",
    "activity": "jobless",
    "trades": ["catering", "retail"],
    "pay": "3000",
    "legal_basis": "consent",
    "owner": "1",
}


def registered(office: Office, **changed: Any) -> str:
    """Register a person over HTTP and give the path of the case."""
    browser = office.at()
    answer = send(browser, browser.get("/seekers/new/register"), **(ZHANG | changed))
    assert answer.status_code == 303, answer.text[:3000]
    return str(answer.headers["location"])


def take(browser: TestClient, case: str, verb: str, **values: Any) -> Response:
    """Fill in the form of an act and send it."""
    return send(browser, browser.get(f"{case}/{verb}"), **values)
