"""The whole product, wired over a database of its own, and clients of every role at it."""

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from httpx2 import Response
from starlette.testclient import TestClient

from application.database.embedded import EmbeddedServer
from application.persons import Papers
from application.store import Stamp
from tests.browser.site import Stock, stocked
from tests.database import Database
from tests.wired import TODAY, Wired, wired
from web.acts import Desk
from web.parts import SiteParts
from yizhan.wiring import Office

ADDRESS = "http://127.0.0.1:8000"
# Who stands for a role; `stranger` is a caseworker of another station.
CAST = {
    "caseworker": "caseworker",
    "mediator": "mediator",
    "station_manager": "manager",
    "auditor": "auditor",
    "admin": "admin",
    "stranger": "taoyuan-1",
}
_TOKEN = re.compile(r'name="csrf" value="([^"]+)"')


class Client:
    """Somebody's browser, with the token of the session at hand."""

    def __init__(self, site: FastAPI, token: str = "") -> None:
        self.http = TestClient(
            site,
            base_url=ADDRESS,
            follow_redirects=False,
            raise_server_exceptions=False,
            client=("127.0.0.1", 50_000),
        )
        if token:
            self.http.cookies.set("sid", token)
        self.asked: list[str] = []

    @cached_property
    def csrf(self) -> str:
        page = self.http.get("/account" if "sid" in self.http.cookies else "/login").text
        found = _TOKEN.search(page)
        assert found, page
        return found.group(1)

    def get(self, path: str) -> Response:
        self.asked.append(path)
        return self.http.get(path)

    def post(self, path: str, /, **values: str | list[str]) -> Response:
        self.asked.append(path)
        answer = self.http.post(path, data={"csrf": self.csrf, **values})
        self.asked.append(answer.headers.get("location", ""))
        return answer


@dataclass
class Whole:
    """The product with its site and the clients of every role."""

    office: Office
    stock: Stock
    database: Database
    site: FastAPI
    parts: SiteParts
    accounts: dict[str, str] = field(default_factory=dict)
    cases: dict[str, str] = field(default_factory=dict)  # one of each kind, at the cast's station
    _clients: dict[str, Client] = field(default_factory=dict)

    def client(self, role: str) -> Client:
        """Give the client of a role; "" is a visitor who is not signed in."""
        if role not in self._clients:
            token = ""
            if role:
                token = self.office.accounts.start_session(self.accounts[role]).token
            self._clients[role] = Client(self.site, token)
        return self._clients[role]

    @property
    def desks(self) -> dict[str, Desk]:
        return dict(self.parts.desks)

    def routes(self) -> list[tuple[str, str]]:
        """Every method and path of the real site, files apart."""
        found = {
            (method, context.path or "")
            for context in iter_route_contexts(self.site.routes)
            for method in getattr(context.route, "methods", None) or context.methods or ()
        }
        return sorted(route for route in found if route[0] != "HEAD")

    @property
    def last(self) -> int:
        """The last position of the log."""
        with self.database.pools.reader.connection() as conn:
            row = conn.execute("SELECT coalesce(max(notification_id), 0) FROM log.events")
            return int(row.fetchone()[0])  # type: ignore[index]  # an aggregate gives a row

    def catch_up(self) -> None:
        """Let the wall show everything, as the runner of a served site does."""
        self.office.runner.wait_for(self.last, timeout=20.0)
        self.office.names.follow()


def informant(office: Office, stock: Stock) -> str:
    """Open the account of a 网格员, who only records leads."""
    admin = stock.places.staff["admin"]
    papers = Papers("演示网格员", "female", birth=TODAY.replace(year=1990))
    person = office.persons.register(
        papers, domicile="440784", stamp=_stamp(stock.places.staff["caseworker"])
    )
    station = stock.places.staff["caseworker"].station
    opened = office.accounts.open_account(
        person=person.streams[0],
        station=station,
        operator="government",
        login="informant",
        password=f"{uuid.uuid4()}-{uuid.uuid4()}",
        stamp=_stamp(admin),
    )
    account = opened.streams[0]
    office.accounts.grant_role(
        account, role="informant", from_on=TODAY, to_on=None, stamp=_stamp(admin)
    )
    return account


def _stamp(officer: object) -> Stamp:
    return Stamp(officer.who, str(uuid.uuid4()), TODAY)  # type: ignore[attr-defined]  # an Officer


SEEKER = {
    "id_type": "resident_id",
    "sex": "female",
    "domicile": "440784",
    "channel": "walk_in",
    "activity": "jobless",
    "legal_basis": "consent",
    "owner": "1",
}


def recorded(client: Client, path: str, /, **values: str | list[str]) -> str:
    """Record something by its form, and give where the site then leads."""
    command = {"command_id": str(uuid.uuid4()), "occurred_on": TODAY.isoformat()}
    done = client.post(path, **(command | values))
    assert done.status_code == 303, f"{path}: {done.status_code} {said(done)}"
    return done.headers["location"].partition("#")[0]


def said(answer: Response) -> str:
    """Give the words of an answer."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.text.partition("<main")[2]).split())[:600]


def whole_of(made: Wired[Stock]) -> Whole:
    """Put the site over a wired product."""
    whole = Whole(made.office, made.stock, made.database, made.site, made.parts)
    staff = made.stock.places.staff
    whole.accounts = {role: staff[label].account for role, label in CAST.items()}
    whole.accounts["informant"] = informant(made.office, made.stock)
    someone = made.stock.fresh[-1]
    whole.cases["seekers"] = recorded(
        whole.client("caseworker"), "/seekers/new/register",
        **(SEEKER | {"name": someone.name, "id_no": someone.id_no, "sex": someone.sex}),
    ).removeprefix("/seekers/")  # fmt: skip
    whole.cases["disputes"] = recorded(
        whole.client("mediator"), "/disputes/new/record_intake", channel="walk_in", summary="试"
    ).removeprefix("/disputes/")
    whole.catch_up()
    return whole


@pytest.fixture(scope="module")
def whole(server: EmbeddedServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Whole]:
    """The whole product for the tests of one module."""
    with wired(server, tmp_path_factory.mktemp("whole"), stocked) as made:
        yield whole_of(made)
