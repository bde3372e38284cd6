"""What the office of the trades holds before the first test."""

from datetime import date
from typing import NamedTuple

from yizhan.demo.jobs import employ
from yizhan.demo.people import Firm, Roster
from yizhan.demo.places import Places
from yizhan.demo.script import Script, at
from yizhan.demo.seekers import Seeker


class Stock(NamedTuple):
    """A firm, a school, a customer of the workshop, and seekers of Hecheng without a job."""

    firm: Firm
    school: Firm
    customer: Firm
    seekers: list[Seeker]


def stocked(script: Script, places: Places, roster: Roster) -> Stock:
    """Write the script."""
    who, day = places.who("caseworker"), date(2025, 1, 6)
    names = ("鹤山市试用灯饰有限公司", "鹤山市试用职业培训学校", "鹤山市试用灯串商行")
    firms = [roster.firm("鹤山市", name, trade="lamps") for name in names]
    for firm in firms:
        employ(script, who, day, firm)
    seekers = []
    for someone in roster.crowd(16, born=(1975, 1999)):
        seeker = Seeker(script, who, someone, at(day))
        seeker.register(at(day), trades=("lamps",), hours=("08:30-16:30",))
        seekers.append(seeker)
    firm, school, customer = firms
    return Stock(firm, school, customer, seekers)
