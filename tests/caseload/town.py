"""A small invented town for the caseload's pages: the whole product over one database."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from application.ids import new_stream
from application.store import History, chunked
from domain.kernel import Source
from domain.seeker import facts as seeker
from domain.seeker.values import Wants
from tests.wired import Wired
from yizhan.demo import desk
from yizhan.demo.people import Roster
from yizhan.demo.places import HECHENG, Places
from yizhan.demo.recoveries import Recoveries
from yizhan.demo.script import Script

Town = Wired[None]


def desks(script: Script, places: Places, roster: Roster) -> None:
    """Fill the desks of Hecheng."""
    desk.disputes(script, roster, Recoveries(script, roster, places))
    desk.seekers(script, roster, places)


def crowd(town: Wired[Any], label: str, many: int, *, batch: str) -> Sequence[str]:
    """Take over cases of an old register for an officer, without persons."""
    account = town.places.staff[label].account
    rows = [old_case(account, batch, number) for number in range(many)]
    for number, chunk in enumerate(chunked(rows)):
        town.office.store.append_history(town.who("manager"), batch, number, chunk)
    town.settle()
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
