"""The outbox 发件箱: messages of the stations one manages, or one's own, by state and channel."""

from typing import Any

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from domain import codes_message as codes
from projections.outbox_reader import PAGE, Asked
from web import texts
from web.access import parts
from web.caseload.parts import caseload
from web.messages import words
from web.messages.desk import PLACES
from web.messages.parts import has_messages, late, messages
from web.pages import page
from web.visit import visit, who

router = APIRouter()
SENDERS = frozenset({"caseworker", "mediator", "station_manager"})


def asked_for(request: Request) -> Asked:
    """Read the list out of the address: a manager sees the stations, everybody the own ones."""
    asker, query = who(request), request.query_params
    team = "station_manager" in asker.roles and query.get("whose") != "mine"
    state, channel, before = (query.get(name, "") for name in ("state", "channel", "before"))
    return Asked(
        late=late(request),
        stations=tuple(sorted(asker.stations | {asker.station})) if team else (),
        accounts=tuple(sorted(asker.accounts)),
        state=state if state in {*codes.STATES, "care"} else "",
        channel=channel if channel in codes.CHANNELS else "",
        before=int(before) if before.isascii() and before.isdigit() and len(before) < 18 else 0,
    )


@router.get("/outbox")
def outbox(request: Request) -> Response:
    """发件箱."""
    asker = who(request)
    if not asker.roles & SENDERS:
        raise HTTPException(403)
    texts.use(visit(request).language)
    asked, own = asked_for(request), messages(request)
    lines = own.outbox.page(asked)
    rows, more = lines[:PAGE], len(lines) > PAGE
    holdings = {one.case: one for one in caseload(request).cases([one.case_id for one in rows])}
    mine = {one.person for one in holdings.values() if asker.accounts & one.officers}
    return page(
        request,
        "messages/outbox.html",
        asked=asked,
        rows=rows,
        counts=own.outbox.counts(asked),
        queue=own.outbox.queue(parts(request).now()),
        next_before=rows[-1].queued_position if more else 0,
        manages="station_manager" in asker.roles,
        query_kept=_kept(request),
        holdings=holdings,
        places=PLACES,
        names=parts(request).people.names(
            [one.person for one in rows], full=mine.__contains__, on=parts(request).today()
        ),
        states=codes.STATES,
        channels=codes.CHANNELS,
        occasions=codes.OCCASIONS,
        adapters=own.adapters,
        message_looks=words.LOOKS,
        message_state=words.state_of,
    )


def _kept(request: Request) -> dict[str, Any]:
    known = ("state", "channel", "whose")
    return {name: request.query_params[name] for name in known if name in request.query_params}


def to_care_for(request: Request) -> int:
    """Count the own messages that failed or have no receipt and nobody has cared for."""
    if not has_messages(request):
        return 0
    asked = Asked(late=late(request), accounts=tuple(sorted(who(request).accounts)))
    return messages(request).outbox.counts(asked)["care"]
