"""Drafts 草稿 (F-28): saved by a button or by a module while typing, listed, thrown away.

Without JavaScript the button of a form sends everything typed here; a form that meets an ended
session is kept by `access.admit`.
"""

from fastapi import APIRouter
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from application.drafts import KEPT_DAYS, Draft
from domain.kernel import N_, Refused
from web import forms
from web.access import local_path, parts
from web.act_pages import Posted
from web.drafts import store
from web.pages import page
from web.visit import session

router = APIRouter()


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
    return page(
        request,
        "drafts/list.html",
        rows=[(one, titled(request, one)) for one in found],
        days=KEPT_DAYS,
    )


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
    return page(request, "drafts/alive.html", idle_at=session(request).idle_at)
