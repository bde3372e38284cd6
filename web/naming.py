"""Names for the ids that sentences of the domain carry: persons by right, cases by their number.

The domain knows people, employers and cases by id. Whoever reads a refusal is told the name, in
full where the page shows the case in full (decision 25), else masked with the tail of the number.
"""

import re
from collections.abc import Callable
from typing import Any

from starlette.requests import Request

from domain.kernel import N_
from web import texts
from web.access import parts
from web.case_page import in_full
from web.parts import SiteParts
from web.visit import Visit

STREAM = re.compile(r"(person|employer|station|staff|dispute|seeker|vacancy|training)-[\w-]+")


def about(request: Request, state: Any) -> None:
    """Say which case a request is about, so that its people are named by right."""
    request.state.about = state


def namer(request: Request) -> Callable[[str], str]:
    """Give what writes an id for the eye; any other text stays as it is."""

    def name(text: str) -> str:
        found = STREAM.fullmatch(text)
        met: Visit | None = getattr(request.state, "visit", None)
        if found is None or met is None or met.session is None:
            return text
        return _named(request, found[1], text) or text

    return name


def _named(request: Request, kind: str, stream: str) -> str:
    own = parts(request)
    known: dict[str, Callable[[str], str]] = {
        "employer": own.directory.employer,
        "station": own.directory.station,
        "staff": own.directory.staff,
        "dispute": lambda case: _number(own, case),
        "seeker": lambda case: _number(own, case),
        "person": lambda person: _person(request, person),
    }
    if kind in known:
        return known[kind](stream)
    return str(own.extra["entries"].named([stream]).get(stream, ""))


def _number(own: SiteParts, case: str) -> str:
    """Give the number that a case is spoken of by."""
    desk = own.desks.get(f"{case.partition('-')[0]}s")
    state: Any = own.store.load(desk.aggregate, case) if desk else None
    if state is None or not state.version:
        return ""
    intake = next(iter(getattr(state, "intakes", ())), "")
    return state.case_no or intake or texts.translate(N_("未编号"))


def _person(request: Request, person: str) -> str:
    own, state = parts(request), getattr(request.state, "about", None)
    met: Visit = request.state.visit
    full = False
    if state is not None and met.session:
        people = set(getattr(state, "workers", ())) | {getattr(state, "person", "")}
        full = person in people and in_full(met.session.who, state)
    shown = own.people.names([person], full=lambda _person: full, on=own.today()).get(person)
    if shown is None:
        return ""
    return shown.name if full else f"{shown.name} {shown.last4}".strip()
