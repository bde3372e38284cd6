"""The self-service terminal 自助终端: one question a page, and nothing comes back out (6.9, F-106).

A terminal is let in by its token, kept in a cookie of the device. What is typed travels in the
form until it is handed in; nothing is stored before that, every page is `no-store`, and leaving
wipes the browser's copy. Handing in appends to the review queue and tells a number.
"""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter
from limits import RateLimitItem, parse
from limits.strategies import FixedWindowRateLimiter
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from application.devices import TERMINAL, Device
from domain import codes
from domain.codes import TRADES
from domain.kernel import N_, Refused
from domain.station.publicity import published
from domain.terminal import OPTIONAL, QUESTIONS, check_answer
from web import texts
from web.access import parts, public
from web.act_pages import Posted
from web.network.parts import network
from web.network.qr import qr
from web.network.questions import AFTER, ASKED, TITLES, choices, told
from web.network.words import pay
from web.office_parts import office
from web.pages import page
from web.visit import visit

router = APIRouter()
COOKIE = "terminal"
YEAR = 365 * 86400
# Per terminal: pages that ask, and entries handed in. A person needs about eight pages.
ASKING, HANDING_IN = parse("300/10minutes"), parse("40/10minutes")
POSTS = 6
PROGRESS = "/progress"
LEAVE = {"clear-site-data": '"cache", "storage"'}


@router.get("/terminal/{station}")
@public
def admit(request: Request, station: str, token: str = "") -> Response:
    """Let a device in: its token goes into its cookie and out of the address."""
    device = network(request).devices.admitted(token, TERMINAL)
    if device is None or device.station != station:
        raise HTTPException(404)
    response = RedirectResponse("/kiosk", 303)
    response.set_cookie(
        COOKIE,
        token,
        max_age=YEAR,
        path="/kiosk",
        secure=parts(request).secure,
        httponly=True,
        samesite="strict",
    )
    return response


@router.get("/kiosk")
@public
def home(request: Request) -> Response:
    """Draw the first page, and let the browser forget what stood on it before."""
    device = _device(request)
    response = _page(
        request,
        device,
        "kiosk/home.html",
        titles=TITLES,
        progress=PROGRESS in request.app.state.paths,
    )
    response.headers.update(LEAVE)
    return response


@router.get("/kiosk/posts")
@public
def posts(request: Request, trade: str = "", at: str = "1") -> Response:
    """Look for posts: what hangs in public anyhow, a few a page."""
    device = _device(request)
    _allow(request, device, ASKING, "asking")
    entry = office(request).entries.entry(device.station)
    trade = trade if trade in TRADES else ""
    number = int(at) if at.isascii() and at.isdigit() and 0 < int(at) < 1_000 else 1
    found, count = network(request).posts.openings(
        entry.district[:6] if entry else "",
        parts(request).today(),
        trade=trade,
        at=(number - 1) * POSTS,
        limit=POSTS,
    )
    texts.use(visit(request).language)
    return _page(
        request,
        device,
        "kiosk/posts.html",
        rows=[(one, published(one.title), pay(one)) for one in found],
        places=codes.DISTRICTS,
        trades=TRADES,
        trade=trade,
        at=number,
        pages=max(1, -(-count // POSTS)),
        count=count,
    )


@router.get("/kiosk/progress")
@public
def progress(request: Request) -> Response:
    """Lead to the page of progress on the person's own phone: the terminal shows no case."""
    device = _device(request)
    _allow(request, device, ASKING, "asking")
    host = f"{request.url.scheme}://{request.headers.get('host', '')}"
    return _page(request, device, "kiosk/progress.html", qr=qr(host + PROGRESS))


@router.get("/kiosk/{kind}")
@public
def begin(request: Request, kind: str) -> Response:
    """Ask the first question of a kind."""
    device = _device(request)
    if not QUESTIONS.get(kind):
        raise HTTPException(404)
    return _ask(request, device, kind, {}, 0)


@router.post("/kiosk/{kind}")
@public
def answered(request: Request, kind: str, form: Posted) -> Response:
    """Take an answer and go on, back, or hand in."""
    device = _device(request)
    if kind not in QUESTIONS:
        raise HTTPException(404)
    asked, given = QUESTIONS[kind], _given(kind, form)
    command = str(form.get("command_id", ""))
    step = _whole(str(form.get("step", "0")), len(asked))
    if form.get("go") == "back":
        return _ask(request, device, kind, given, max(step - 1, 0), command=command)
    try:
        if step < len(asked):
            _check(request, asked[step], given)
            if step + 1 < len(asked) or kind not in {"ticket", "call"}:
                return _ask(request, device, kind, given, step + 1, command=command)
        return _hand_in(request, device, kind, given, form)
    except Refused as refused:
        at = asked.index(refused.field) if refused.field in asked else step
        return _ask(request, device, kind, given, at, command=command, refused=refused)


def _hand_in(
    request: Request, device: Device, kind: str, given: Mapping[str, Any], form: FormData
) -> Response:
    """Append the entry and tell its number; personal data only with consent (PIPL 14)."""
    if kind not in {"ticket", "call"} and not form.get("consent"):
        raise Refused(
            rule="T-05", text=N_("请勾选同意后再提交；不同意可以到窗口办理。"), field="consent"
        )
    _allow(request, device, HANDING_IN, "handing in")
    number = network(request).terminal.append(
        device,
        command=str(form.get("command_id", "")),
        kind=kind,
        answers=given,
        today=parts(request).today(),
    )
    return _page(
        request, device, "kiosk/done.html", kind=kind, number=number, titles=TITLES, after=AFTER
    )


def _ask(
    request: Request,
    device: Device,
    kind: str,
    given: Mapping[str, Any],
    step: int,
    *,
    command: str = "",
    refused: Refused | None = None,
) -> Response:
    """Draw one question, or the page on which everything is looked over."""
    _allow(request, device, ASKING, "asking")
    texts.use(visit(request).language)
    asked = QUESTIONS[kind]
    slots = network(request).terminal.slots(parts(request).today())
    over = step >= len(asked)
    return _page(
        request,
        device,
        "kiosk/review.html" if over else "kiosk/ask.html",
        status=409 if refused else 200,
        kind=kind,
        titles=TITLES,
        asked=asked,
        step=step,
        steps=len(asked) + (kind not in {"ticket", "call"}),
        given=given,
        name="" if over else asked[step],
        question=None if over else ASKED[asked[step]],
        options=[] if over else choices(asked[step], slots),
        lines=[(ASKED[one].short, told(one, given.get(one), slots)) for one in asked],
        said=texts.sentence(refused) if refused else "",
        command=command,
    )


def _check(request: Request, question: str, given: Mapping[str, Any]) -> None:
    today = parts(request).today()
    check_answer(
        question, given.get(question), on=today, slots=network(request).terminal.slots(today)
    )


def _given(kind: str, form: FormData) -> dict[str, Any]:
    """Read what was answered so far; several choices stay a list. Skipping empties an answer."""
    found: dict[str, Any] = {}
    for question in QUESTIONS[kind]:
        came = [one for one in form.getlist(question) if isinstance(one, str) and one.strip()]
        several = ASKED[question].way == "chips"
        text = came[-1].strip()[:200] if came else ""
        number = ASKED[question].way in {"pad", "secret"}
        found[question] = came[:20] if several else "".join(text.split()) if number else text
    skipped = str(form.get("skip", ""))
    if skipped in OPTIONAL and skipped in found:
        found[skipped] = [] if ASKED[skipped].way == "chips" else ""
    return found


def _whole(text: str, most: int) -> int:
    return min(int(text), most) if text.isascii() and text.isdigit() and len(text) < 4 else 0


def _device(request: Request) -> Device:
    """Give the terminal that asks; nobody else is let in."""
    device = network(request).devices.admitted(request.cookies.get(COOKIE, ""), TERMINAL)
    if device is None:
        raise HTTPException(403)
    return device


def _allow(request: Request, device: Device, item: RateLimitItem, what: str) -> None:
    """Refuse a terminal that is played with (reliability.md 9.6)."""
    if not FixedWindowRateLimiter(parts(request).limits).hit(item, "terminal", what, device.id):
        raise HTTPException(429)


def _page(request: Request, device: Device, template: str, **more: Any) -> Response:
    """Draw a page of the terminal, with the station on its head."""
    name = parts(request).directory.station(device.station)
    return page(request, template, device=device, station_name=name, **more)
