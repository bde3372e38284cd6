"""A small invented town for the caseload's pages: the whole product over one database."""

import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple, cast

from starlette.testclient import TestClient

from application.database.access import Access, Pools
from application.database.embedded import EmbeddedServer
from application.database.migrate import migrate
from application.ids import new_stream
from application.people.vault import Vault
from application.store import History, Stamp, Who, chunked
from domain.kernel import Source
from domain.seeker import facts as seeker
from domain.seeker.values import Wants
from web.site import create_site
from yizhan.configuration import Configuration
from yizhan.demo import desk
from yizhan.demo.people import Roster
from yizhan.demo.places import BEGAN, HECHENG, STANDS, Places
from yizhan.demo.recoveries import Recoveries
from yizhan.demo.script import Script, set_clock
from yizhan.installation import Installation
from yizhan.site_parts import site_parts
from yizhan.wiring import Office

TODAY = STANDS.date()


class Town(NamedTuple):
    """The running office, who works there, and its site."""

    office: Office
    places: Places
    app: Any
    roster: Roster

    def who(self, label: str) -> Who:
        """Say who an officer is today, with the rights lent."""
        found = self.office.accounts.who(self.places.staff[label].account, TODAY)
        assert found is not None
        return found

    def stamp(self, label: str) -> Stamp:
        """Give a fresh command of an officer."""
        return Stamp(self.who(label), str(uuid.uuid4()), TODAY)

    def at(self, label: str) -> TestClient:
        """Give a browser that an officer is signed in with."""
        client = TestClient(
            self.app,
            base_url="http://127.0.0.1:8000",
            follow_redirects=False,
            client=("127.0.0.1", 50_000),
        )
        begun = self.office.accounts.start_session(self.places.staff[label].account)
        client.cookies.set("sid", begun.token)
        return client

    def settle(self) -> None:
        """Let the wall show everything."""
        with self.office.installation.pools.reader.connection() as conn:
            found = conn.execute("SELECT max(notification_id) FROM log.events").fetchone()
        assert found is not None
        assert self.office.runner.wait_for(found[0], timeout=30.0)

    def crowd(self, label: str, many: int, *, batch: str) -> Sequence[str]:
        """Take over cases of an old register for an officer, without persons."""
        account = self.places.staff[label].account
        rows = [old_case(account, batch, number) for number in range(many)]
        for number, chunk in enumerate(chunked(rows)):
            self.office.store.append_history(self.who("manager"), batch, number, chunk)
        self.settle()
        return [row.stream for row in rows]


def old_case(account: str, batch: str, number: int) -> History:
    """Give the history of a case of an old register, held by an account."""
    source = Source(batch=batch, row=number, identity=f"{batch}/{number}")
    began = seeker.Registered(
        person=new_stream("person"),
        station=HECHENG,
        case_no=f"旧{batch}-{number:04}",
        serial=number,
        channel="walk_in",
        sex="female",
        domicile="440784",
        activity="jobless",
        wants=Wants(),
        legal_basis="consent",
        notice_version="1",
        valid_until=date(2026, 12, 31),
        source=source,
    )
    given = seeker.Assigned(officer=account, role="owner", note=None, source=source)
    return History(new_stream("seeker"), [(began, date(2026, 3, 2)), (given, date(2026, 3, 2))])


@contextmanager
def town(server: EmbeddedServer, home: Path) -> Iterator[Town]:
    """Make the database, tell the desks of Hecheng, and put the site over it."""
    name = f"town_{uuid.uuid4().hex}"
    server.create_database(name)
    access = Access.embedded(server, name)
    migrate(access.owner, clock="test")
    with Pools(access) as pools:
        vault = Vault.unlock(pools.keys, {}, home, may_make=True)
        opened = cast("Any", SimpleNamespace(access=access, server=server))
        plain = Configuration(secure_cookies=False, home=home)
        with Office(Installation(plain, home, opened, pools, vault)) as office:
            roster = Roster(BEGAN)
            places, script = Places(roster), Script()
            places.write(script)
            desk.disputes(script, roster, Recoveries(script, roster, places))
            desk.seekers(script, roster, places)
            script.play(office.store, office.clock, access.owner, lambda *_: None)
            set_clock(access.owner, office.clock, STANDS)
            office.index.rebuild((p.id, p.id_no, p.phone) for p in roster.people)
            office.bring_up()
            office.runner.start()
            yield Town(office, places, create_site(site_parts(office)), roster)
    server.drop_database(name)
