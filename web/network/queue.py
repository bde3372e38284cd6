"""The review queue 自助申请: what came in from the terminals, taken over or declined by staff.

What asks for work or a class leads to the registration, filled in as typed; unpaid wages become an
intake of a dispute by one press; a visit is booked, called, served.
"""

import uuid
from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from application.review_queue import RIGHT, Application
from application.rights import may
from application.store import Stamp
from domain.kernel import N_, Refused
from domain.terminal import CALLED, OPEN, WAITING
from web import texts
from web.access import parts
from web.act_pages import Posted, see_other, stamp
from web.network.parts import network
from web.network.questions import ASKED, told
from web.network.words import DECLINED, ENTRY_KINDS, ENTRY_STATES, MATTERS, slot_words
from web.pages import page
from web.seekers.register import DEFAULTS, REGISTER, context
from web.statistics_scope import chosen, reached
from web.visit import visit, who

router = APIRouter()
CASES: Mapping[str, str] = {"seeker": "/seekers/", "dispute": "/disputes/"}
GAP = N_("、")


@router.get("/queue")
def listing(request: Request) -> Response:
    """自助申请: what is open at the stations served, and what is done today."""
    _reading(request)
    own, queue, today = parts(request), network(request).queue, parts(request).today()
    stations = reached(who(request))
    rows = queue.waiting(stations)
    texts.use(visit(request).language)
    home = who(request).station
    return page(
        request,
        "network/queue.html",
        calls=[one for one in rows if one.kind == "call"],
        tickets=[one for one in rows if one.kind == "ticket" and one.state == WAITING],
        called=[one for one in rows if one.state == CALLED],
        visits=[one for one in rows if one.kind == "appointment"],
        entries=[one for one in rows if one.kind in {"job", "training", "wages"}],
        done=queue.handled(stations, today),
        stations=chosen(stations, {one: own.directory.station(one) for one in stations}),
        names={one: own.directory.station(one) for one in stations},
        home=home,
        **_words(),
    )


@router.post("/queue/next")
def call_next(request: Request, form: Posted) -> Response:
    """Call the next number of a station in one step (F-49)."""
    called = network(request).queue.call_next(
        who(request), str(form.get("station", "")) or who(request).station
    )
    return RedirectResponse(f"/queue#n-{called.id}" if called else "/queue", 303)


@router.get("/queue/{entry}")
def shown(request: Request, entry: str) -> Response:
    """Open an entry: what was typed is shown, and that it was looked at is logged."""
    _reading(request)
    found = _entry(request, entry)
    typed = network(request).queue.typed(who(request), found)
    texts.use(visit(request).language)
    answers = [(ASKED[name].short, _written(name, value)) for name, value in typed.items()]
    return page(
        request,
        "network/entry.html",
        entry=found,
        answers=answers,
        open=found.state in OPEN,
        case=_case_path(found.result),
        station=parts(request).directory.station(found.station),
        **_words(),
    )


@router.post("/queue/{entry}/{step}")
def take_step(request: Request, entry: str, step: str, form: Posted) -> Response:
    """Book, call, serve, miss or decline."""
    found = _entry(request, entry)
    if step == "take":
        return _take(request, found, form)
    network(request).queue.step(who(request), entry, step, reason=str(form.get("reason", "")))
    back = str(form.get("back", ""))
    return RedirectResponse("/queue" if back == "list" else f"/queue/{entry}", 303)


@router.get("/queue/{entry}/register")
def register(request: Request, entry: str) -> Response:
    """Draw the registration, filled in as typed at the terminal."""
    found = _entry(request, entry)
    if not may(who(request), REGISTER.right) or found.state not in OPEN:
        raise HTTPException(403)
    typed = network(request).queue.typed(who(request), found)
    kept = {name: typed[name] for name in ("name", "phone", "id_no", "trades", "hours")
            if name in typed}  # fmt: skip
    return page(
        request,
        "seekers/register.html",
        **context(request, REGISTER) | {"application": str(found.id)},
        typed=DEFAULTS
        | {"channel": "self_service"}
        | kept
        | {"command_id": _command(found, "register")},
        told={},
    )


def _take(request: Request, found: Application, form: Posted) -> Response:
    """Take over: wages become an intake in one press, the rest goes through the registration."""
    if found.kind != "wages":
        return RedirectResponse(f"/queue/{found.id}/register", 303)
    typed = network(request).queue.typed(who(request), found)
    intake = parts(request).desks["disputes"].method("record_intake")
    given = stamp(request, form)
    asked = Stamp(who(request), _command(found, "intake"), given.occurred_on)
    done = intake(channel="walk_in", summary=_summary(found, typed), stamp=asked)
    network(request).queue.step(who(request), str(found.id), "take", result=done.streams[0])
    return see_other(request, f"/disputes/{done.streams[0]}", done)


def _summary(found: Application, typed: Mapping[str, Any]) -> str:
    """Write what was typed as the text of an intake, sealed there under the case's key."""
    lines = [f"自助终端 {found.day.isoformat()} {found.receipt}"]
    if amount := typed.get("amount"):
        lines.append(f"自述欠薪约 {int(amount):,} 元")
    lines += [f"单位：{typed.get('employer', '')}", f"本人：{typed.get('name', '')}"]
    lines.append(f"电话：{typed.get('phone', '')}")
    return "\n".join(lines)


def _command(found: Application, step: str) -> str:
    """Name the command that takes an entry over: the same again for a second press."""
    return str(uuid.uuid5(found.id, step))


def _written(name: str, value: Any) -> str:
    """Write an answer in full: whoever opens an entry handles it."""
    return str(value) if name in {"phone", "id_no", "name"} else told(name, value)


def _case_path(stream: str) -> str:
    prefix = CASES.get(stream.partition("-")[0], "")
    return prefix + stream if prefix else ""


def _words() -> dict[str, Any]:
    return {
        "kinds": ENTRY_KINDS,
        "entry_states": ENTRY_STATES,
        "matters": MATTERS,
        "slot_words": slot_words,
        "declined": DECLINED,
    }


def _reading(request: Request) -> None:
    if not may(who(request), RIGHT):
        raise HTTPException(403)


def _entry(request: Request, entry: str) -> Application:
    """Give an entry that the reader may handle; another station's is not there."""
    try:
        found = network(request).queue.entry(who(request), entry)
    except Refused:
        found = None
    if found is None:
        raise HTTPException(404)
    return found
