"""The wired product over a small invented office: real database, real wall, no browser needed."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Generic, TypeVar, cast

from starlette.testclient import TestClient

from application.database.access import Access, Pools
from application.database.embedded import EmbeddedServer
from application.database.migrate import migrate
from application.people.vault import Vault
from application.store import Stamp, Who
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
S = TypeVar("S")
Tell = Callable[[Script, Places, Roster], S]


@dataclass
class Wired(Generic[S]):
    """The office with its site, who works there by the demo's labels, and what it holds."""

    office: Office
    parts: SiteParts
    places: Places
    roster: Roster
    stock: S
    owner: str
    today: date = TODAY
    sessions: dict[str, str] = field(default_factory=dict)

    def who(self, label: str) -> Who:
        """Give who asks, with the stations the account really serves."""
        found = self.office.accounts.who(self.places.staff[label].account, self.today)
        assert found is not None
        return found

    def stamp(self, label: str, on: date | None = None) -> Stamp:
        """Give a fresh command of somebody."""
        return Stamp(self.who(label), str(uuid.uuid4()), on or self.today)

    def turn(self, day: date) -> None:
        """Let the office stand at nine on a day."""
        set_clock(self.owner, self.office.clock, datetime.combine(day, time(9), CHINA))
        self.today = day
        self.sessions.clear()  # they ended meanwhile

    def settle(self) -> None:
        """Let the wall show everything that was recorded."""
        with self.office.installation.pools.reader.connection() as conn:
            row = conn.execute("SELECT max(notification_id) FROM log.events").fetchone()
        self.office.runner.wait_for(int(row[0]) if row else 0, timeout=20)

    def at(self, label: str = "") -> "Browser":
        """Give a browser, signed in as somebody or as nobody."""
        client = TestClient(
            create_site(self.parts),
            base_url="http://127.0.0.1:8000",
            follow_redirects=False,
            client=("127.0.0.1", 50_000),
        )
        return Browser(client, lambda: self.session(label) if label else "")

    def session(self, label: str) -> str:
        """Give the session of somebody today; many new ones would end the first."""
        if label not in self.sessions:
            account = self.places.staff[label].account
            self.sessions[label] = self.office.accounts.start_session(account).token
        return self.sessions[label]

    def person(self, someone: Someone, label: str = "caseworker") -> str:
        """Register an invented person, as the register form does."""
        from application.persons import Papers

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
def wired(server: EmbeddedServer, home: Path, tell: Tell[S]) -> Iterator[Wired[S]]:
    """Make a database, tell a script, bring up the wall and let the runner follow."""
    name = f"wired_{uuid.uuid4().hex}"
    server.create_database(name)
    access = Access.embedded(server, name)
    migrate(access.owner, clock="test")
    with Pools(access) as pools:
        vault = Vault.unlock(pools.keys, {}, home, may_make=True)
        opened = cast("Any", SimpleNamespace(access=access, server=server))
        plain = Configuration(secure_cookies=False, home=home)
        with Office(Installation(plain, home, opened, pools, vault)) as office:
            script, roster = Script(), Roster(BEGAN)
            places = Places(roster)
            places.write(script)
            stock = tell(script, places, roster)
            script.play(office.store, office.clock, access.owner, lambda *_: None)
            set_clock(access.owner, office.clock, STANDS)
            office.bring_up()
            office.runner.start()
            parts = site_parts(office, demo=places.cast())
            yield Wired(office, parts, places, roster, stock, access.owner)
            office.runner.stop()
    server.drop_database(name)
