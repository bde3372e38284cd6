"""Whom the grid worker of Hecheng has told of: leads that stand on a phone, one of them visited."""

from datetime import date
from functools import partial

from domain.seeker import SeekerCase
from yizhan.demo.people import Roster
from yizhan.demo.places import Places
from yizhan.demo.script import Script, at
from yizhan.demo.seekers import Seeker

VISITED = date(2026, 4, 13)
# Day, key group, what was told, and what a visit found.
TOLD = (
    (date(2026, 4, 9), "older", "五十多岁，工厂搬迁后在家，想找附近的活", "met"),
    (date(2026, 4, 14), "mother", "孩子刚上小学，只能做白天的班", ""),
    (date(2026, 4, 15), "returnee", "外省回来，会开叉车，证在手", ""),
)


def leads(script: Script, roster: Roster, places: Places) -> None:
    """Tell of three people whom nobody has registered yet."""
    who = places.who("grid")
    for day, group, told, found in TOLD:
        someone = roster.person()
        lead = Seeker(script, who, someone, at(day, 16))
        record = partial(
            SeekerCase.record_lead,
            person=someone.id,
            station=who.station,
            channel="grid_worker",
            group=group,
            informant=who.account,
            note=told,
        )
        lead.do(at(day, 16), record, right="seeker.lead")
        if found:
            visit = partial(SeekerCase.record_visit, kind="household", found=found)
            lead.do(at(VISITED, 19), visit, right="seeker.visit")
