"""Wordings 消息模板: what is said on each occasion, and a form for the next version (M-07)."""

from typing import Any

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from application.rights import may
from domain import codes_message as codes
from domain.message.wording import ASKED, COMMON
from web import forms, texts
from web.access import parts
from web.act_pages import Posted, stamp
from web.errors import kept
from web.messages import words
from web.messages.parts import messages
from web.pages import page
from web.visit import visit, who

router = APIRouter()
RIGHT = "settings.manage"
READ = frozenset({"caseworker", "mediator", "station_manager", "auditor", "admin"})


def _context(request: Request, occasion: str, language: str) -> dict[str, Any]:
    """Give one wording with its versions, and the occasions to choose from."""
    texts.use(visit(request).language)
    book = messages(request).wordings
    mine = [w for w in book.wordings() if (w.occasion, w.language) == (occasion, language)]
    return {
        "occasion": occasion,
        "spoken_in": language,
        "now": book.in_force(occasion, language),
        "versions": sorted(mine, key=lambda one: -one.version),
        "entries": book.entries(occasion, language),
        "staff": parts(request).directory.staff,
        "occasions": codes.OCCASIONS,
        "in_languages": codes.LANGUAGES,
        "placeholders": {name: words.PLACEHOLDERS[name] for name in (*COMMON, *ASKED[occasion])},
        "may_enter": may(who(request), RIGHT),
        "labels": {"subject": words.SUBJECT, "body": words.BODY},
    }


def _asked(request: Request) -> tuple[str, str]:
    """Read which wording the address asks for: as a rule in the reader's language."""
    query = request.query_params
    occasion, language = query.get("occasion", ""), query.get("language", "")
    return (
        occasion if occasion in codes.OCCASIONS else next(iter(codes.OCCASIONS)),
        language if language in codes.LANGUAGES else visit(request).language,
    )


@router.get("/wordings")
def shown(request: Request) -> Response:
    """消息模板."""
    if not who(request).roles & READ:
        raise HTTPException(403)
    context = _context(request, *_asked(request))
    typed = {"subject": context["now"].subject, "body": context["now"].body}
    return page(request, "messages/wordings.html", typed=typed, told={}, **context)


@router.post("/wordings")
def entered(request: Request, form: Posted) -> Response:
    """Enter the next version of a wording."""
    if not may(who(request), RIGHT):
        raise HTTPException(403)
    occasion, language = str(form.get("occasion", "")), str(form.get("language", ""))
    known = occasion in codes.OCCASIONS and language in codes.LANGUAGES
    drawn = (occasion, language) if known else _asked(request)
    kept(request, "messages/wordings.html", forms.typed(form), **_context(request, *drawn))
    after = str(form.get("after", ""))
    messages(request).wordings.enter(
        occasion,
        language,
        subject=str(form.get("subject", "")),
        body=str(form.get("body", "")),
        after=int(after) if after.isascii() and after.isdigit() and len(after) < 7 else 0,
        stamp=stamp(request, form),
    )
    return RedirectResponse(f"/wordings?occasion={occasion}&language={language}", 303)
