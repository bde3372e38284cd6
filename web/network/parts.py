"""What the pages of the network need; `yizhan/network.py` puts it into `extra["network"]`."""

from dataclasses import dataclass

from starlette.requests import Request

from application.devices import Devices
from application.notices import Notices
from application.quick_match import QuickMatches
from application.review_queue import ReviewQueue
from application.tally import Tally
from application.terminal import Terminal
from projections.posts_reader import PostsReader
from projections.trades_reader import TradesReader
from web.access import parts


@dataclass(frozen=True)
class NetworkParts:
    """The services and readers of these pages."""

    devices: Devices
    notices: Notices
    terminal: Terminal
    queue: ReviewQueue
    tally: Tally
    posts: PostsReader
    trades: TradesReader
    quick: QuickMatches


def network(request: Request) -> NetworkParts:
    """Give the parts of the network's pages."""
    found: NetworkParts = parts(request).extra["network"]
    return found
