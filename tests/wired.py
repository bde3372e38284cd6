"""The wired product over an office that is filled once a run and copied for everybody who asks.

A fill writes a script of the demo and says what the office will hold. Whoever wants it first plays
the script and brings up the wall (台账); all others copy that database and write the script again
without playing it: streams and people have the same names each time.
"""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cached_property
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Generic, TypeVar, cast

from fastapi import FastAPI
from starlette.testclient import TestClient

from application.database.access import Access, Pools
from application.database.embedded import EmbeddedServer
from application.people.vault import Vault
from application.persons import Papers
from application.store import Stamp, Who
from tests.database import Database, made_once, migrated
from tests.web.reading import send
from web.parts import SiteParts
from web.site import create_site
from yizhan.clock import CHINA
from yizhan.configuration import Configuration
from yizhan.demo.people import Roster, Someone
from yizhan.demo.places import BEGAN, STANDS, Places
from yizhan.demo.script import Script, set_clock
from yizhan.installation import Installation
from yizhan.site_parts import site_parts
from yizhan.wiring import Office

TODAY = STANDS.date()
# All offices of the tests have one master key, so that a copy opens what the first one sealed.
MASTER_KEY = {"YIZHAN_MASTER_KEY": "5a" * 32}

S = TypeVar("S")
Fill = Callable[[Script, Places, Roster], S]


@dataclass
class Wired(Generic[S]):
    """The office with its site, who works there by the demo's labels, and what it holds."""

    office: Office
    database: Database
    places: Places
    roster: Roster
    stock: S
    today: date = TODAY
    sessions: dict[str, str] = field(default_factory=dict)

    @cached_property
    def parts(self) -> SiteParts:
        """What the pages need."""
        return site_parts(self.office, demo=self.places.cast())

    @cached_property
    def site(self) -> FastAPI:
        """The site over the office."""
        return create_site(self.parts)

    def who(self, label: str) -> Who:
        """Give who asks, with the stations the account really serves."""
        found = self.office.accounts.who(self.places.staff[label].account, self.today)
        assert found is not None
        return found

    def stamp(self, label: str, on: date | None = None) -> Stamp:
        """Give a fresh command of somebody."""
        return Stamp(self.who(label), str(uuid.uuid4()), on or self.today)

    def travel(self, moment: datetime) -> None:
        """Let it be another moment in the office."""
        set_clock(self.database.access.owner, self.office.clock, moment)
        self.today = moment.date()
        self.sessions.clear()  # they ended meanwhile

    def turn(self, day: date) -> None:
        """Let the office stand at nine on a day."""
        self.travel(datetime.combine(day, time(9), CHINA))

    @property
    def last(self) -> int:
        """The last position of the log."""
        with self.database.pools.reader.connection() as conn:
            row = conn.execute("SELECT max(notification_id) FROM log.events").fetchone()
        return int(row[0]) if row else 0

    def settle(self) -> None:
        """Let the wall show everything that was recorded."""
        assert self.office.runner.wait_for(self.last, timeout=30.0)

    def client(self, label: str = "") -> TestClient:
        """Give a plain browser, signed in as somebody or as nobody."""
        made = TestClient(
            self.site,
            base_url="http://127.0.0.1:8000",
            follow_redirects=False,
            client=("127.0.0.1", 50_000),
        )
        if label:
            made.cookies.set("sid", self.session(label))
        return made

    def at(self, label: str = "") -> "Browser":
        """Give a browser that fills in forms, signed in as somebody or as nobody."""
        return Browser(self.client(), lambda: self.session(label) if label else "")

    def session(self, label: str) -> str:
        """Give the session of somebody today; many new ones would end the first."""
        if label not in self.sessions:
            account = self.places.staff[label].account
            self.sessions[label] = self.office.accounts.start_session(account).token
        return self.sessions[label]

    def person(self, someone: Someone, label: str = "caseworker") -> str:
        """Register an invented person, as the register form does."""
        done = self.office.persons.register(
            Papers(name=someone.name, sex=someone.sex, id_no=someone.id_no),
            domicile="440784",
            phone=someone.phone,
            address=someone.address,
            stamp=self.stamp(label),
        )
        return done.streams[0]


class Browser:
    """Somebody at the counter without a browser: pages, and forms sent as they were drawn."""

    def __init__(self, client: TestClient, session: Callable[[], str]) -> None:
        self._client, self._session = client, session

    @property
    def client(self) -> TestClient:
        """The browser itself, signed in anew after a night."""
        if token := self._session():
            self._client.cookies.set("sid", token)
        return self._client

    def see(self, path: str, status: int = 200) -> str:
        """Read a page."""
        answer = self.client.get(path)
        assert answer.status_code == status, f"{path}: {answer.status_code}\n{answer.text[:3000]}"
        return answer.text

    def do(self, path: str, **values: Any) -> str:
        """Fill a form in and send it; give where it leads."""
        answer = send(self.client, self.client.get(path), **values)
        assert answer.status_code == 303, f"{path}: {said(answer.text)}"
        return str(answer.headers["location"])

    def refused(self, path: str, **values: Any) -> str:
        """Fill a form in that is refused; give the page."""
        answer = send(self.client, self.client.get(path), **values)
        assert answer.status_code == 409, f"{path}: {answer.status_code}"
        return str(answer.text)


def said(text: str) -> str:
    """Give the part of a refused page that says why."""
    at = text.find('role="alert"')
    return text[max(at - 100, 0) : at + 1200]


@contextmanager
def wired(
    server: EmbeddedServer, home: Path, fill: Fill[S], *, moment: datetime = STANDS
) -> Iterator[Wired[S]]:
    """Copy the filled database and let its office run, standing at a moment, until the end."""
    name = f"wired_{uuid.uuid4().hex}"
    server.create_database(name, template=_filled(server, home, fill))
    try:
        _, places, roster, stock = _written(fill)
        with opened(server, name, home) as (office, database):
            made = Wired(office, database, places, roster, stock)
            made.travel(moment)
            office.bring_up()
            office.runner.start()
            yield made
    finally:
        server.drop_database(name)


def _filled(server: EmbeddedServer, home: Path, fill: Fill[Any]) -> str:
    """Name the database in which the script was played, with the wall brought up."""

    def play(name: str) -> None:
        script, _, roster, _ = _written(fill)
        registered = script.cases("person")
        people = [one for one in roster.people if one.id in registered]
        with opened(server, name, home) as (office, database):
            office.index.rebuild((one.id, one.id_no, one.phone) for one in people)
            office.vault.prepare([*registered, *script.cases("dispute")])
            script.play(office.store, office.clock, database.access.owner, lambda *_: None)
            office.bring_up()

    name = f"{fill.__module__}_{fill.__name__}".replace(".", "_")
    return made_once(server, name, play, template=migrated(server))


def _written(fill: Fill[S]) -> tuple[Script, Places, Roster, S]:
    """Write the script, which begins with the stations and their accounts."""
    script, roster = Script(), Roster(BEGAN)
    places = Places(roster)
    places.write(script)
    return script, places, roster, fill(script, places, roster)


@contextmanager
def opened(server: EmbeddedServer, name: str, home: Path) -> Iterator[tuple[Office, Database]]:
    """Open an office over a database, as `installation` does over the one of a home."""
    access = Access.embedded(server, name)
    with Pools(access) as pools:
        vault = Vault.unlock(pools.keys, MASTER_KEY, home, may_make=False)
        found = cast("Any", SimpleNamespace(access=access, server=server))
        plain = Configuration(secure_cookies=False, home=home, support_phone="0750-1234567")
        with Office(Installation(plain, home, found, pools, vault)) as office:
            yield office, Database(name, server, access, pools)
