"""Messages of a case: the list, one with its course, the sheet with its preview, ways to people.

Nothing goes out that was not shown: the sheet queues exactly the text whose digest it carries.
"""

from typing import Any

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from application.messages.service import MOST_AT_ONCE, Wanted, digest_of, masked
from application.store import Done, Stamp
from domain import codes_message as codes
from domain.kernel import N_
from domain.message import REPEATABLE, Message
from domain.message.wording import ASKED
from web import forms, texts
from web.access import parts
from web.act_pages import Posted, once, see_other
from web.acts import Field
from web.case_page import readers
from web.errors import kept
from web.messages import words
from web.messages.desk import Desk, desk, named, people, sending
from web.messages.parts import messages
from web.pages import page

router = APIRouter()
MOST_VALUE = 400
ALL = "all"  # the choice that means everybody of the case


def _context(request: Request, at: Desk) -> dict[str, Any]:
    """Give what every page of a case's messages needs."""
    return {
        "desk": at,
        "place": at.place,
        "number": at.found.state.case_no or texts.say(N_("未编号")),
        "labels": words.LABELS,
        "silent": _silent(at),
        "occasions": codes.OCCASIONS,
        "channels": codes.CHANNELS,
        "message_looks": words.LOOKS,
        "message_state": words.state_of,
        "adapters": messages(request).adapters,
    }


def _silent(at: Desk) -> list[str]:
    """List the employers of a dispute for whom nobody is named who could be told."""
    spoken_for = {one.employer for one in at.recipients}
    return [one for one in getattr(at.found.state, "respondents", ()) if one not in spoken_for]


@router.get("/seekers/{case}/messages")
@router.get("/disputes/{case}/messages")
def listing(request: Request, case: str) -> Response:
    """消息: what people were told, and what became of it."""
    at = desk(request, case)
    own = messages(request)
    lines = own.outbox.of_case(case)
    reach = {one.person: own.messages.reach(one.person) for one in at.recipients[:MOST_SHOWN]}
    return page(
        request,
        "messages/list.html",
        **_context(request, at),
        lines=lines,
        names={**named(request, at, [one.person for one in lines]), **people(request, at)},
        reaches=reach,
        played=words.ROLES,
    )


MOST_SHOWN = 20  # people whose ways are shown on the list


def _asked(request: Request, at: Desk) -> dict[str, str]:
    """Read what the sheet is about from the address."""
    query, known = request.query_params, messages(request).messages.occasions(at.case)
    occasion = query.get("occasion", "")
    persons = [one.person for one in at.recipients]
    to = query.get("to", "")
    return {
        "occasion": occasion if occasion in known else known[0],
        "about": query.get("about", "")[:80],
        "recipient": to
        if to in persons or (to == ALL and _few(at))
        else (persons[0] if len(persons) == 1 else ""),
    }


def _fields(occasion: str) -> tuple[Field, ...]:
    """Give the inputs of an occasion: what its wording names beside person and station."""
    return tuple(
        Field(
            name,
            words.FIELDS[name],
            "longtext" if name == "text" else "text",
            hint=words.HINTS.get(name, ""),
        )
        for name in (*ASKED[occasion], "phone")
    )


def _sheet(request: Request, at: Desk, occasion: str) -> dict[str, Any]:
    """Give what the sheet needs beside what was typed."""
    names = people(request, at)
    return _context(request, at) | {
        "fields": _fields(occasion),
        "occasion": occasion,
        "offers": messages(request).messages.occasions(at.case),
        "people": [
            (one.person, f"{names.get(one.person, one.person)} {texts.say(words.ROLES[one.role])}")
            for one in at.recipients
        ]
        + (
            [(ALL, texts.say(N_("全部当事人（{n} 人）"), n=len(at.recipients)))] if _few(at) else []
        ),
        "languages_offered": codes.LANGUAGES,
        "drafts": (),
        "digest": "",
    }


@router.get("/seekers/{case}/messages/new")
@router.get("/disputes/{case}/messages/new")
def ask(request: Request, case: str) -> Response:
    """Draw the sheet, filled with what the case says."""
    at = sending(request, case)
    asked = _asked(request, at)
    filled = messages(request).messages.suggested(
        case, at.found.state, asked["occasion"], asked["about"]
    )
    typed = {"channel": "sms", "language": "zh-CN", **filled, **asked}
    return page(
        request,
        "messages/sheet.html",
        typed=typed,
        told={},
        **_sheet(request, at, asked["occasion"]),
    )


def _wanted(at: Desk, form: dict[str, Any], station: str) -> list[Wanted]:
    """Read whom to tell what; everybody of the case where that was chosen."""
    occasion, to = str(form.get("occasion", "")), str(form.get("recipient", ""))
    names = (*ASKED.get(occasion, ()), "phone")
    values = {name: str(form.get(name, ""))[:MOST_VALUE] for name in names}
    return [
        Wanted(
            at.case,
            person,
            str(form.get("channel", "")),
            occasion,
            str(form.get("language", "")),
            str(form.get("about", ""))[:80],
            values | {"station": station},
        )
        for person in ([one.person for one in at.recipients] if to == ALL and _few(at) else [to])
    ]


def _few(at: Desk) -> bool:
    """Whether everybody of the case may be told at once."""
    return 1 < len(at.recipients) <= MOST_AT_ONCE


@router.post("/seekers/{case}/messages/new")
@router.post("/disputes/{case}/messages/new")
def asked_for(request: Request, case: str, form: Posted) -> Response:
    """Show the text first; queue what was shown."""
    at, typed = sending(request, case), forms.typed(form)
    offers = messages(request).messages.occasions(case)
    occasion = str(typed.get("occasion", ""))
    context = _sheet(request, at, occasion if occasion in offers else offers[0])
    kept(request, "messages/sheet.html", typed, **context)
    service = messages(request).messages
    several = _wanted(at, typed, parts(request).directory.station(at.found.state.station))

    if seen := str(form.get("shown", "")):
        done = once(
            request, form, lambda sealed: service.queue_all(several, shown=seen, stamp=sealed)
        )
        return see_other(request, f"{at.place}/messages", done)
    drafts = service.drafts(several)
    names = named(request, at, [one.recipient for one in several])
    context |= {
        "drafts": [
            (names[one.recipient], draft, words.legible(draft, full=at.found.full))
            for one, draft in zip(several, drafts, strict=True)
        ],
        "digest": digest_of([draft.digest for draft in drafts]),
    }
    return page(request, "messages/sheet.html", typed=typed, told={}, **context)


def _one(request: Request, at: Desk, message: str) -> dict[str, Any]:
    """Gather a message of a case: its course, and its text for the officers of the case."""
    line = messages(request).outbox.one(message)
    if line is None or line.case_id != at.case:
        raise HTTPException(404)
    state: Message = parts(request).store.load(Message, message)
    text = readers(request).opened([state.text])[0] if at.found.full and state.text else None
    course = readers(request).log.history(message)
    return _context(request, at) | {
        "line": line,
        "message": message,
        "state": state,
        "text": text if isinstance(text, dict) else None,
        "to_name": named(request, at, [line.person])[line.person],
        "masked": _masked(request, state),
        "course": [(one, words.told(one.event)) for one in reversed(course)],
        "repeatable": state.standing in REPEATABLE and not state.repeated_as,
        "settled_how": codes.SETTLED_HOW,
    }


@router.get("/seekers/{case}/messages/{message}")
@router.get("/disputes/{case}/messages/{message}")
def one(request: Request, case: str, message: str) -> Response:
    """Show one message, with everything that became of it."""
    at = desk(request, case)
    context = _one(request, at, message)
    return page(request, "messages/one.html", typed={}, told={}, **context)


def _masked(request: Request, message: Message) -> str:
    """Write the number or address that a message went to, masked for everybody."""
    address = readers(request).opened([message.address])[0] if message.address else ""
    return masked(message.channel, address) if isinstance(address, str) else ""


def _act(request: Request, case: str, message: str, form: Any, verb: str) -> Response:
    """Do something about a message, and go back to it, or to the one that repeats it."""
    at = sending(request, case)
    kept(request, "messages/one.html", forms.typed(form), **_one(request, at, message))
    service = messages(request).messages

    def work(sealed: Stamp) -> Done:
        if verb == "settle":
            return service.settle(message, how=str(form.get("how", "")), stamp=sealed)
        if verb == "withdraw":
            return service.withdraw(message, stamp=sealed)
        return service.repeat(message, stamp=sealed)

    done = once(request, form, work)
    return see_other(request, f"{at.place}/messages", done)


@router.post("/seekers/{case}/messages/{message}/repeat")
@router.post("/disputes/{case}/messages/{message}/repeat")
def repeat(request: Request, case: str, message: str, form: Posted) -> Response:
    """Say it again, as a new message."""
    return _act(request, case, message, form, "repeat")


@router.post("/seekers/{case}/messages/{message}/withdraw")
@router.post("/disputes/{case}/messages/{message}/withdraw")
def withdraw(request: Request, case: str, message: str, form: Posted) -> Response:
    """Take it back while no channel has it."""
    return _act(request, case, message, form, "withdraw")


@router.post("/seekers/{case}/messages/{message}/settle")
@router.post("/disputes/{case}/messages/{message}/settle")
def settle(request: Request, case: str, message: str, form: Posted) -> Response:
    """Note that the person was told otherwise."""
    return _act(request, case, message, form, "settle")


def _reached(request: Request, case: str, person: str) -> tuple[Desk, dict[str, Any]]:
    at = sending(request, case)
    if all(one.person != person for one in at.recipients):
        raise HTTPException(404)
    reach = messages(request).messages.reach(person)
    return at, _context(request, at) | {
        "person": person,
        "to_name": people(request, at)[person],
        "known_reach": reach,
    }


@router.get("/seekers/{case}/reach/{person}")
@router.get("/disputes/{case}/reach/{person}")
def ways(request: Request, case: str, person: str) -> Response:
    """Draw how somebody can be told, and what the person does not want."""
    _, context = _reached(request, case, person)
    typed = {"declined": list(context["known_reach"].declined)}
    return page(request, "messages/reach.html", typed=typed, told={}, **context)


@router.post("/seekers/{case}/reach/{person}")
@router.post("/disputes/{case}/reach/{person}")
def ways_kept(request: Request, case: str, person: str, form: Posted) -> Response:
    """Note phone, e-mail and declined channels; an empty field leaves what is on file."""
    at, context = _reached(request, case, person)
    kept(request, "messages/reach.html", forms.typed(form), **context)
    email = str(form.get("email", "")).strip() or ("" if form.get("no_email") else None)
    declined = [str(one) for one in form.getlist("declined")]
    done = once(
        request,
        form,
        lambda sealed: messages(request).messages.keep_reach(
            case,
            person,
            email=email,
            declined=declined,
            phone=str(form.get("phone", "")).strip(),
            stamp=sealed,
        ),
    )
    return see_other(request, f"{at.place}/messages", done)
