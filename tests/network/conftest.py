"""The wired product over the demo's stations and staff: real database, real projections."""

from collections.abc import Iterator
from datetime import date

import pytest

from application.database.embedded import EmbeddedServer
from tests.wired import Wired, wired
from web.network.parts import NetworkParts
from yizhan.demo.jobs import employ, publish
from yizhan.demo.people import Roster
from yizhan.demo.places import Places
from yizhan.demo.script import Script

POSTS = 19
Net = Wired[tuple[str, ...]]  # with its posts


def posted(script: Script, places: Places, roster: Roster) -> tuple[str, ...]:
    """Let a firm of Heshan offer some posts."""
    who, firm = places.who("market-1"), roster.firm("鹤山市")
    employ(script, who, date(2026, 4, 1), firm)
    return tuple(
        publish(script, who, date(2026, 4, 2), f"net-{n}", firm, 2 + n).id for n in range(POSTS)
    )


def own(net: Net) -> NetworkParts:
    """Give the parts of the network."""
    found: NetworkParts = net.parts.extra["network"]
    return found


def admit(net: Net, station: str, kind: str) -> str:
    """Admit a device of a station; give its token."""
    return own(net).devices.make(net.who("manager"), kind=kind, station=station, name="试用")


@pytest.fixture(scope="session")
def net(server: EmbeddedServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Net]:
    """One office for all tests of the network; each uses what no other counts."""
    with wired(server, tmp_path_factory.mktemp("network"), posted) as made:
        yield made
