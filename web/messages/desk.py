"""A case whose people are told something: who reads, who may send, who can be told."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from starlette.exceptions import HTTPException
from starlette.requests import Request

from application.messages.service import KINDS, Recipient
from application.rights import may
from domain.codes_message import CHANNELS, OCCASIONS
from projections.outbox_reader import Line
from web import texts
from web.access import parts
from web.case_page import Shown, may_read, shown
from web.messages import words
from web.messages.parts import has_messages, messages
from web.visit import visit, who

PLACES = {"seeker": "seekers", "dispute": "disputes"}


class Desk(NamedTuple):
    """A case with what its reader may do about messages."""

    case: str
    found: Shown
    may_send: bool
    recipients: tuple[Recipient, ...]

    @property
    def place(self) -> str:
        """The address of the case."""
        return f"/{PLACES[self.case.partition('-')[0]]}/{self.case}"


def desk(request: Request, case: str) -> Desk:
    """Load a case for its messages; the reading is noted."""
    kind = request.url.path.split("/")[1]
    if PLACES.get(case.partition("-")[0]) != kind:
        raise HTTPException(404)
    texts.use(visit(request).language)
    found = shown(request, parts(request).desks[kind].aggregate, case, field_class="messages")
    _, right = KINDS[case.partition("-")[0]]
    people = messages(request).messages.recipients(case, found.state)
    return Desk(case, found, may(who(request), right, found.state, case), tuple(people))


def sending(request: Request, case: str) -> Desk:
    """Let in who may tell the people of a case something."""
    at = desk(request, case)
    if not at.may_send:
        raise HTTPException(403)
    return at


def people(request: Request, at: Desk) -> Mapping[str, str]:
    """Name who can be told, as the reader may see them."""
    return named(request, at, [one.person for one in at.recipients])


def named(request: Request, at: Desk, persons: list[str]) -> Mapping[str, str]:
    """Name persons of a case, as the reader may see them."""
    shown_as = parts(request).people.names(
        persons, full=lambda _person: at.found.full, on=parts(request).today()
    )
    return {one: f"{view.name} {view.last4}".strip() for one, view in shown_as.items()}


def panel(request: Request, case: str, found: Shown) -> dict[str, Any]:
    """Give what the page of a case shows of its messages; nothing where there are none."""
    if not has_messages(request) or not may_read(who(request), found.state):
        return {"told_people": (), "may_tell": False}
    lines = messages(request).outbox.of_case(case) if found.past.now else []
    _, right = KINDS[case.partition("-")[0]]
    return {
        "told_people": lines,
        "may_tell": found.past.now and may(who(request), right, found.state, case),
        "message_looks": words.LOOKS,
        "message_state": words.state_of,
        "message_occasions": OCCASIONS,
        "message_channels": CHANNELS,
    }


def woven(request: Request, case: str, place: str, found: Shown, days: Any) -> Any:
    """Put the messages of a case into its timeline."""
    if not has_messages(request):
        return days
    known: list[Line] = messages(request).outbox.of_case(case)
    upto = None if found.past.now else found.history[-1].position
    staff = parts(request).directory.staff
    return words.woven(days, words.lines(known, place, upto=upto, staff=staff))
