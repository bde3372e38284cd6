"""The whole product over a small invented office, served by a thread, with a test clock."""

import socket
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

import uvicorn
from fastapi import FastAPI

from application.database.embedded import EmbeddedServer
from application.store import Stamp, Who
from domain.training import TrainingClass
from tests.wired import TODAY, Fill, Wired, wired
from yizhan.demo import registers
from yizhan.demo.classes import Plan, open_class
from yizhan.demo.jobs import employ, publish
from yizhan.demo.people import Firm, Roster, Someone
from yizhan.demo.places import STANDS, Places
from yizhan.demo.recoveries import Recoveries
from yizhan.demo.script import Script, at
from yizhan.demo.stories import Stories
from yizhan.wiring import Office

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
    """The running site: where, and over what."""

    address: str
    wired: Wired[Stock]

    @property
    def office(self) -> Office:
        """The office behind it."""
        return self.wired.office

    @property
    def stock(self) -> Stock:
        """What it holds before the first test."""
        return self.wired.stock

    def travel(self, moment: datetime) -> None:
        """Let it be another moment in the office."""
        self.wired.travel(moment)

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


def stocked(script: Script, places: Places, roster: Roster) -> Stock:
    """Write posts, classes, one told dispute and one told seeker."""
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
    return Stock(roster, places, firm, known, roster.crowd(3 * RUNS), trainings)


def bare(_script: Script, places: Places, roster: Roster) -> Stock:
    """Know one employer, and write nobody's case."""
    firm = roster.firm("鹤山市", "鹤山市鸿锦制衣（试用）厂", "91449901MAXX000313", "garment")
    known = roster.person("陈志明", sex="male", born=(1980, 1981))
    return Stock(roster, places, firm, known, [], [])


def _plan(number: int) -> Plan:
    label, title = f"browser-{number}", f"{LESSON}{number}"
    return Plan(label, title, "lamps", "鹤城镇就业驿站", "offline", (TODAY,), 1)


@contextmanager
def running(
    server: EmbeddedServer, home: Path, fill: Fill[Stock] = stocked, *, moment: datetime = STANDS
) -> Iterator[Site]:
    """Serve the whole product until the end of the block; `fill` says what it holds before."""
    with wired(server, home, fill, moment=moment) as made:
        registers.write(home, made.stock.roster.people)
        made.office.configuration.registers = registers.connected(home)
        with _jobs(made), _served(made.site) as place:
            yield Site(place, made)


@contextmanager
def _jobs(made: Wired[Stock]) -> Iterator[None]:
    """Do the office's jobs meanwhile."""
    jobs = made.parts.extra["office"].jobs
    jobs.start()
    try:
        yield
    finally:
        jobs.stop()


@contextmanager
def _served(site: FastAPI) -> Iterator[str]:
    """Serve from a thread, as `yizhan demo` does, on a free port of this machine."""
    config = uvicorn.Config(site, log_config=None, proxy_headers=False)
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
