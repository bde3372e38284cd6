"""Who else has a case open now (F-14): a banner, so that two do not do the same thing twice."""

from collections.abc import Sequence
from typing import NamedTuple

from starlette.requests import Request

from web import dates
from web.access import parts
from web.case_page import Shown, readers
from web.visit import who

MINUTES = 10  # a page that nobody moved on from counts for so long


class Other(NamedTuple):
    """A colleague by name, and the time of day since which the page stands there."""

    name: str
    at: str


def others(request: Request, case: str, found: Shown) -> Sequence[Other]:
    """Name the colleagues who have the case open, to a reader who was let in; none for the past."""
    if not found.past.now:
        return ()
    beside = readers(request).reads.beside(case, who(request).account, minutes=MINUTES)
    staff = parts(request).directory.staff
    return [Other(staff(one.who), f"{dates.local(one.at):%H:%M}") for one in beside]
