"""Cases of the stories with invented names, and the service of papers over a store in memory."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import msgspec

from application.assistance import Assistance
from application.assistance_desk import Outside as SeekerOutside
from application.dispute_file import DisputeFile
from application.documents.scene import Opened
from application.documents.service import Documents, Outside
from application.store import History, Stamp, Who
from domain.calendar import shipped
from domain.employer import Registered as EmployerRegistered
from domain.kernel import Dated, Event, Sealed, Source
from domain.person import facts as person_facts
from domain.settings import Settings
from domain.staff import AccountOpened
from domain.station.facts import Opened as StationOpened
from tests import stories
from tests.memory import MemoryStore

SITE = "https://yizhan.example"
WHO = Who(
    stories.MEDIATOR,
    stories.STATION,
    frozenset({"mediator", "station_manager", "caseworker"}),
    frozenset({stories.STATION}),
)
OFFICER = "person-officer"
FIRST, GIVEN = (
    "罗梁吴陈何李冯黄谭邓温叶钟林苏潘区麦关胡",
    "美凤锦桂丽玉秀小惠彩雪金少巧月兰琴珍贤萍",
)


def name_of(number: int) -> str:
    """An invented name."""
    return FIRST[number % 20] + GIVEN[number * 7 % 20] + GIVEN[number * 3 % 17]


def opened(values: Sequence[Sealed]) -> list[object]:
    """Read what the memory store keeps in clear."""
    return [value.value for value in values]


def sourced(fact: Event, stream: str, row: int) -> Event:
    source = Source(batch="b", row=row, identity=f"{stream}/{row}")
    return msgspec.structs.replace(fact, source=source)


def person(stream: str, name: str, number: str = "", sex: str = "female") -> History:
    """A person as an import registers one."""
    identity = {"name": name, "id_no": number, "id_type": "resident_id", "birth": "1985-01-01"}
    contact = {"phone": "0750-555 0199", "address": "示例镇示例路1号"}
    fact = person_facts.Registered(
        identity=Sealed(stream, "identity", identity),
        contact=Sealed(stream, "contact", contact),
        birth_year=1985,
        sex=sex,
        domicile="449901",
    )
    return History(stream, [(sourced(fact, stream, 0), date(2026, 1, 1))])


def around() -> list[History]:
    """The station, its mediator and the employer of the stories."""
    station = StationOpened(
        official_name="鹤城镇就业驿站",
        kind="station",
        level="town",
        district="449901",
        address="示例路1号",
        hours="周一至周五 8:30–12:00，14:00–17:30",
        trades=("求职就业",),
        phone="0750-555 0166",
        operator="government",
    )
    firm = EmployerRegistered(
        kind="enterprise",
        credit_code="91449901MAXX000313",
        name="锦霞制衣（示例）有限公司",
        district="449901",
    )
    account = AccountOpened(person=OFFICER, station=stories.STATION, operator="government")
    on = date(2026, 1, 1)
    return [
        History(stories.STATION, [(sourced(station, stories.STATION, 0), on)]),
        History(stories.EMPLOYER, [(sourced(firm, stories.EMPLOYER, 0), on)]),
        History(stories.MEDIATOR, [(sourced(account, stories.MEDIATOR, 0), on)]),
        person(OFFICER, "何志远", sex="male"),
    ]


def stored(
    history: Sequence[Dated], stream: str, names: Mapping[str, str], *, today: date | None = None
) -> MemoryStore:
    """Store a played case, its persons and what stands around it."""
    store = MemoryStore(today or date(2026, 4, 16))
    people = [
        person(one, name, f"44990119850101{n:03d}X") for n, (one, name) in enumerate(names.items())
    ]
    case = History(stream, [(sourced(f, stream, n), on) for n, (f, on) in enumerate(history)])
    manager = replace(WHO, roles=frozenset({"station_manager"}))
    store.append_history(manager, "b", 1, [*around(), *people, case])
    return store


def documents(store: MemoryStore, *, open_: Opened = opened, site: str = SITE) -> Documents:
    """Give the service over a store."""
    outside = SeekerOutside(
        today=lambda: store.today,
        settings=Settings,
        birth=lambda _person: date(1985, 1, 1),
        open_case=lambda _person: "",
        county=lambda _station: "449901",
    )
    return Documents(
        DisputeFile(store),
        Assistance(store, outside),
        store,
        open_,
        Outside(site, shipped, Settings),
    )


def stamp(on: date = date(2026, 4, 16)) -> Stamp:
    return Stamp(WHO, str(uuid.uuid4()), on)


def workers_of_story_6() -> dict[str, str]:
    return {one: name_of(n) for n, one in enumerate(stories.WORKERS)}
