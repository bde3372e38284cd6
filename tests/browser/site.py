"""The whole product over a small invented office: wired, served by a thread, with a test clock."""

import socket
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple, cast

import uvicorn

from application.database.access import Access, Pools
from application.database.embedded import EmbeddedServer
from application.database.migrate import migrate
from application.people.vault import Vault
from application.store import Stamp, Who
from domain.training import TrainingClass
from tests.database import Database
from web.site import create_site
from yizhan.configuration import Configuration
from yizhan.demo.classes import Plan, open_class
from yizhan.demo.jobs import employ, publish
from yizhan.demo.people import Firm, Roster, Someone
from yizhan.demo.places import BEGAN, STANDS, Places
from yizhan.demo.recoveries import Recoveries
from yizhan.demo.script import Script, at, set_clock
from yizhan.demo.stories import Stories
from yizhan.installation import Installation
from yizhan.site_parts import site_parts
from yizhan.wiring import Office

TODAY = STANDS.date()
TITLE, LESSON = "灯饰装配工", "灯饰装配班"
RUNS = 8  # people and classes kept ready for tests that write


class Stock(NamedTuple):
    """What the office holds before the first test, and who is known by name."""

    roster: Roster
    places: Places
    firm: Firm
    known: Someone
    fresh: list[Someone]
    trainings: list[str]


class Site(NamedTuple):
    """The running site: where, over which office, with which stock."""

    address: str
    office: Office
    stock: Stock
    owner: str = ""

    def travel(self, moment: datetime) -> None:
        """Let it be another moment in the office."""
        set_clock(self.owner, self.office.clock, moment)

    def stamp(self, who: Who) -> Stamp:
        """Give a fresh command of somebody today."""
        return Stamp(who, str(uuid.uuid4()), TODAY)

    def teach(self, training: str) -> None:
        """Hold the only session of a class with all who have a seat, and complete it."""
        classes, who = self.office.classes, self.stock.places.who("caseworker")
        present = self.office.store.load(TrainingClass, training).seats
        classes.hold_session(
            training, session=1, instructor=self.stock.known.id, hours=4, present=present,
            stamp=self.stamp(who),
        )  # fmt: skip
        classes.complete_class(training, completers=present, stamp=self.stamp(who))


def stocked() -> tuple[Script, Stock]:
    """Write the script: the stations and accounts, posts, classes, one told dispute and seeker."""
    script, roster = Script(), Roster(BEGAN)
    places = Places(roster)
    places.write(script)
    who, day = places.who("caseworker"), date(2026, 4, 1)
    firm = roster.firm("鹤山市", "鹤山市试用灯饰有限公司", trade="lamps")
    provider = roster.firm("鹤山市", "鹤山市试用职业培训学校", trade="office")
    for one in (firm, provider):
        employ(script, who, day, one)
    publish(script, who, day, "browser", firm, 2 * RUNS, title=TITLE)
    trainings = [
        open_class(script, who, _plan(number), provider.id, day) for number in range(1, RUNS + 1)
    ]
    known = roster.person("陈志明", sex="male", born=(1980, 1981))
    script.open_file(who, at(day), known)
    Recoveries(script, roster, places).piecework()
    Stories(script, roster, places).liu()
    return script, Stock(roster, places, firm, known, roster.crowd(3 * RUNS), trainings)


def bare() -> tuple[Script, Stock]:
    """Write a script with stations, accounts and one employer, and nobody's case."""
    script, roster = Script(), Roster(BEGAN)
    places = Places(roster)
    places.write(script)
    firm = roster.firm("鹤山市", "鹤山市鸿锦制衣（试用）厂", "91449901MAXX000313", "garment")
    known = roster.person("陈志明", sex="male", born=(1980, 1981))
    return script, Stock(roster, places, firm, known, [], [])


def _plan(number: int) -> Plan:
    label, title = f"browser-{number}", f"{LESSON}{number}"
    return Plan(label, title, "lamps", "鹤城镇就业驿站", "offline", (TODAY,), 1)


class Wired(NamedTuple):
    """The whole product over a database of its own, not served yet."""

    office: Office
    stock: Stock
    database: Database


@contextmanager
def wired(
    server: EmbeddedServer,
    home: Path,
    *,
    tell: Callable[[], tuple[Script, Stock]] | None = None,
    moment: datetime = STANDS,
) -> Iterator[Wired]:
    """Make the database, put the product over it, and tell the script."""
    name = f"whole_{uuid.uuid4().hex}"
    server.create_database(name)
    access = Access.embedded(server, name)
    migrate(access.owner, clock="test")
    with Pools(access) as pools:
        vault = Vault.unlock(pools.keys, {}, home, may_make=True)
        opened = cast("Any", SimpleNamespace(access=access, server=server))
        plain = Configuration(secure_cookies=False, home=home, support_phone="0750-1234567")
        with Office(Installation(plain, home, opened, pools, vault)) as office:
            script, stock = (tell or stocked)()
            script.play(office.store, office.clock, access.owner, lambda *_: None)
            set_clock(access.owner, office.clock, moment)
            office.bring_up()
            yield Wired(office, stock, Database(name, server, access, pools))
    server.drop_database(name)


@contextmanager
def running(
    server: EmbeddedServer,
    home: Path,
    *,
    tell: Callable[[], tuple[Script, Stock]] | None = None,
    moment: datetime = STANDS,
) -> Iterator[Site]:
    """Serve the whole product until the end of the block; `tell` says what it holds before."""
    with (
        wired(server, home, tell=tell, moment=moment) as (office, stock, database),
        _served(office, stock) as address,
    ):
        yield Site(address, office, stock, database.access.owner)


@contextmanager
def _served(office: Office, stock: Stock) -> Iterator[str]:
    """Serve from a thread, as `yizhan demo` does, on a free port of this machine."""
    parts = site_parts(office, demo=stock.places.cast())
    jobs = parts.extra["office"].jobs
    office.runner.start()
    jobs.start()
    config = uvicorn.Config(create_site(parts), log_config=None, proxy_headers=False)
    with socket.create_server(("127.0.0.1", 0)) as door:
        serving = uvicorn.Server(config)
        thread = threading.Thread(target=serving.run, kwargs={"sockets": [door]})
        thread.start()
        try:
            while not serving.started:
                time.sleep(0.02)
            yield f"http://127.0.0.1:{door.getsockname()[1]}"
        finally:
            serving.should_exit = True
            thread.join()
            jobs.stop()
            office.runner.stop()
