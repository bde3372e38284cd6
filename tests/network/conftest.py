"""The wired product over the demo's stations and staff: real database, real projections."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from application.database.access import Access, Pools
from application.database.embedded import EmbeddedServer
from application.database.migrate import migrate
from application.people.vault import Vault
from application.store import Stamp, Who
from tests.database import Database
from web.network.parts import NetworkParts
from web.parts import SiteParts
from web.site import create_site
from yizhan.configuration import Configuration
from yizhan.demo.jobs import employ, publish
from yizhan.demo.people import Roster
from yizhan.demo.places import BEGAN, STANDS, Places
from yizhan.demo.script import Script, set_clock
from yizhan.installation import Installation
from yizhan.site_parts import site_parts
from yizhan.wiring import Office

TODAY = STANDS.date()
POSTS = 19


@dataclass(frozen=True)
class Net:
    """The office, its site, and who works there by the demo's labels."""

    office: Office
    parts: SiteParts
    places: Places
    database: Database
    posts: tuple[str, ...]
    site: FastAPI

    @property
    def own(self) -> NetworkParts:
        """The parts of the network."""
        found: NetworkParts = self.parts.extra["network"]
        return found

    def who(self, label: str) -> Who:
        """Give who asks, with the stations the account really serves."""
        found = self.office.accounts.who(self.places.staff[label].account, TODAY)
        assert found is not None
        return found

    def stamp(self, label: str, on: date = TODAY) -> Stamp:
        """Give a fresh command of somebody."""
        return Stamp(self.who(label), str(uuid.uuid4()), on)

    def browser(self, label: str = "") -> TestClient:
        """Give a browser, signed in as somebody or as nobody."""
        client = TestClient(
            self.site,
            base_url="http://127.0.0.1:8000",
            follow_redirects=False,
            client=("127.0.0.1", 50_000),
        )
        if label:
            begun = self.office.accounts.start_session(self.places.staff[label].account)
            client.cookies.set("sid", begun.token)
        return client

    def shown(self) -> None:
        """Wait until the wall shows everything that is committed."""
        with self.database.pools.reader.connection() as conn:
            row = conn.execute("SELECT max(notification_id) FROM log.events").fetchone()
        assert row
        assert self.office.runner.wait_for(row[0], timeout=10)

    def device(self, station: str, kind: str) -> str:
        """Admit a device of a station; give its token."""
        return self.own.devices.make(self.who("manager"), kind=kind, station=station, name="试用")


@pytest.fixture(scope="session")
def net(server: EmbeddedServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Net]:
    """One office for all tests of the network; each uses what no other counts."""
    name = f"network_{uuid.uuid4().hex}"
    server.create_database(name)
    access = Access.embedded(server, name)
    migrate(access.owner, clock="test")
    home: Path = tmp_path_factory.mktemp("network")
    with Pools(access) as pools:
        vault = Vault.unlock(pools.keys, {}, home, may_make=True)
        opened = cast("Any", SimpleNamespace(access=access, server=server))
        plain = Configuration(secure_cookies=False, home=home)
        with Office(Installation(plain, home, opened, pools, vault)) as office:
            script, roster = Script(), Roster(BEGAN)
            places = Places(roster)
            places.write(script)
            who, firm = places.who("market-1"), roster.firm("鹤山市")
            employ(script, who, date(2026, 4, 1), firm)
            posts = tuple(
                publish(script, who, date(2026, 4, 2), f"net-{n}", firm, 2 + n).id
                for n in range(POSTS)
            )
            script.play(office.store, office.clock, access.owner, lambda *_: None)
            set_clock(access.owner, office.clock, STANDS)
            office.bring_up()
            office.runner.start()
            kept = Database(name, server, access, pools)
            made = site_parts(office, demo=places.cast())
            yield Net(office, made, places, kept, posts, create_site(made))
            office.runner.stop()
    server.drop_database(name)
