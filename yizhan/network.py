"""The network of stations, wired: devices, notices, terminals, the queue, the tally, the board."""

from datetime import date, timedelta

from application.devices import Devices
from application.notices import Notices
from application.quick_match import QuickMatches
from application.review_queue import ReviewQueue
from application.tally import Tally
from application.terminal import Terminal
from web.network.parts import NetworkParts
from yizhan.wiring import Office

BOOKABLE = 5  # working days ahead that a terminal offers for a visit


def network_parts(office: Office) -> NetworkParts:
    """Hand over what the pages of the network need."""
    pools = office.installation.pools
    box = office.vault.box("applications")

    def slots(today: date) -> tuple[str, ...]:
        calendar, day, found = office.settings.calendar(), today, list[str]()
        for _ in range(BOOKABLE):
            day = calendar.roll(day + timedelta(days=1))
            found += [f"{day.isoformat()} am", f"{day.isoformat()} pm"]
        return tuple(found)

    return NetworkParts(
        devices=Devices(pools.writer),
        notices=Notices(pools.writer),
        terminal=Terminal(pools.writer, box, slots=slots),
        queue=ReviewQueue(pools.writer, box, office.reads),
        tally=Tally(pools.writer, office.directory, now=office.clock.now),
        posts=office.posts,
        trades=office.trades,
        quick=QuickMatches(office.store),
    )
