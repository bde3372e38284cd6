"""How many entries of terminals wait at the stations that a reader serves."""

from starlette.requests import Request

from application.review_queue import RIGHT
from application.rights import may
from web.access import parts
from web.network.parts import NetworkParts
from web.statistics_scope import reached
from web.visit import who


def waiting(request: Request) -> int:
    """Count them for whoever may handle them, on a site that has terminals."""
    own: NetworkParts | None = parts(request).extra.get("network")
    if own is None or not may(who(request), RIGHT):
        return 0
    return own.queue.open_count(reached(who(request)))
