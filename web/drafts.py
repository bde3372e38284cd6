"""Drafts 草稿 (F-28): saved by a button, by a module while typing, and when the session had ended.

Without JavaScript the button of a form sends everything typed here, and a form that meets an
ended session is kept for its owner and offered after the next sign-in.
"""

import hashlib
import hmac
from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from application.drafts import Draft, FormDrafts
from domain.kernel import N_, Refused
from web import forms
from web.access import local_path, own_origin, parts
from web.act_pages_posted import Posted
from web.pages import page
from web.visit import session, visit

router = APIRouter()


def store(request: Request) -> FormDrafts | None:
    """Give the drafts of this site, if it keeps any."""
    found: FormDrafts | None = parts(request).extra.get("drafts")
    return found


def of_form(request: Request) -> Draft | None:
    """Give the reader's draft of the form that is being drawn."""
    kept = store(request)
    return kept.find(session(request).account, request.url.path) if kept else None


def taken_up(request: Request, draft: Draft | None, typed: Mapping[str, Any]) -> Mapping[str, Any]:
    """Fill a form with its draft when the reader has asked for that."""
    if draft is None or request.query_params.get("draft") != "1":
        return typed
    return {**typed, **draft.typed}


def done_with(request: Request) -> None:
    """Forget the draft of a form that was recorded."""
    if kept := store(request):
        kept.drop(session(request).account, request.url.path)


def _form(form: FormData) -> str:
    """Give the path of the form that is saved: one of ours, without a query."""
    path = local_path(str(form.get("draft_of", ""))).partition("?")[0]
    if path == "/":
        raise Refused(rule="F-28", text=N_("没有说明是哪一张表。"))
    return path


@router.get("/drafts")
def listing(request: Request) -> Response:
    """我的草稿."""
    kept = store(request)
    found = kept.of(session(request).account) if kept else []
    return page(request, "drafts/list.html", rows=[(one, titled(request, one)) for one in found])


def titled(request: Request, draft: Draft) -> str:
    """Name the form of a draft by its act."""
    kind, _, rest = draft.form.lstrip("/").partition("/")
    desk = parts(request).desks.get(kind)
    act = desk.act(rest.rpartition("/")[2]) if desk else None
    return act.title if act else draft.form


@router.post("/drafts")
def save(request: Request, form: Posted) -> Response:
    """Keep what is typed; the module hears 204, a button leads back to the form."""
    path, kept = _form(form), store(request)
    saved = kept is not None and kept.keep(session(request).account, path, forms.typed(form))
    if request.headers.get("x-draft"):
        return Response(status_code=204)
    return RedirectResponse(f"{path}?draft=1" if saved else path, 303)


@router.post("/drafts/drop")
def drop(request: Request, form: Posted) -> Response:
    """Throw a draft away."""
    if kept := store(request):
        kept.drop(session(request).account, _form(form))
    return RedirectResponse(local_path(str(form.get("back", "/drafts"))), 303)


@router.get("/alive")
def alive(request: Request) -> Response:
    """Stay signed in: asking is enough; say until when."""
    met = visit(request)
    return page(request, "drafts/alive.html", idle_at=met.session.idle_at if met.session else None)


async def rescued(request: Request, token: str) -> bool:
    """Keep the form of one whose session has ended, if it is the owner's own form (T5)."""
    kept = store(request)
    if kept is None or not token or not own_origin(request):
        return False
    form = await request.form()
    expected = hmac.new(token.encode(), b"csrf", hashlib.sha256).hexdigest()
    own = hmac.compare_digest(str(form.get("csrf", "")).encode(), expected.encode())
    account = parts(request).accounts.ended(token) if own and form.get("command_id") else ""
    return bool(account) and kept.keep(account, request.url.path, forms.typed(form))
