"""The demo's data: invented people whose facts reproduce the figures of Heshan (domain.md 1.5, 8).

The database has a test clock; the demo stands at 2026-04-16 09:00.
"""

from collections.abc import Callable

from application.notices import Notices
from web.parts import DemoRole
from yizhan.demo import (
    arrears,
    classes,
    desk,
    files,
    jobs,
    leads,
    messages,
    network,
    papers,
    registers,
    trades,
)
from yizhan.demo.people import Roster
from yizhan.demo.places import BEGAN, STANDS, Places
from yizhan.demo.recoveries import Recoveries
from yizhan.demo.script import Script, is_filled, set_clock
from yizhan.demo.stories import Stories
from yizhan.wiring import Office

DemoCast = tuple[DemoRole, ...]
Tell = Callable[[int, int, float], None]

__all__ = ["DemoCast", "fill", "written"]


def fill(office: Office, tell: Tell) -> DemoCast:
    """Tell the whole script, or what of it is missing, and give who signs in by one click."""
    roster = Roster(BEGAN)
    places = Places(roster)
    owner = office.installation.access.owner
    if is_filled(owner):
        return places.cast()
    script = written(roster, places)
    office.index.rebuild((person.id, person.id_no, person.phone) for person in roster.people)
    office.vault.prepare([*(p.id for p in roster.people), *script.cases("dispute")])
    script.play(office.store, office.clock, owner, tell)
    set_clock(owner, office.clock, STANDS)
    registers.write(office.installation.home, roster.people)
    papers.issue(office, places)
    files.attach(office, places, sorted(script.cases("seeker")))
    messages.tell(office, script, places)
    trades.wages(office.minimum_wages)
    network.notices(Notices(office.installation.pools.writer), places.who("manager"))
    return places.cast()


def written(roster: Roster, places: Places) -> Script:
    """Write the script: stations and staff, seven stories of the seeds, the figures, the desks."""
    script = Script()
    places.write(script)
    stories = Stories(script, roster, places)
    gong = stories.gong()
    stories.gong_after(gong, classes.xingye(script, roster, places, gong))
    for tell in (stories.liu, stories.huang, stories.lin, stories.xu, stories.chen):
        tell()
    jobs.taoyuan(script, roster, places)
    jobs.market(script, roster, places)
    recoveries = Recoveries(script, roster, places)
    for tell in (recoveries.first_half, recoveries.piecework, recoveries.garment,
                 recoveries.overtime):  # fmt: skip
        tell()
    desk.guided(script, roster, places)
    desk.since(script, roster, recoveries)
    desk.disputes(script, roster, recoveries)
    desk.seekers(script, roster, places)
    network.network(script, roster, places)
    trades.trades(script, roster, places)
    arrears.arrears(script, roster, recoveries)
    leads.leads(script, roster, places)
    return script
