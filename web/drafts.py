"""The draft of a form 草稿 (F-28): offered when it is drawn, forgotten when it is recorded."""

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request

from application.drafts import Draft, FormDrafts
from web.access import parts
from web.visit import session


def store(request: Request) -> FormDrafts | None:
    """Give the drafts of this site, if it keeps any."""
    found: FormDrafts | None = parts(request).extra.get("drafts")
    return found


def of_form(request: Request) -> Draft | None:
    """Give the reader's draft of the form that is being drawn."""
    kept, here = store(request), request.url.path
    return kept.find(session(request).account, here) if kept and request.method == "GET" else None


def taken_up(request: Request, draft: Draft | None, typed: Mapping[str, Any]) -> Mapping[str, Any]:
    """Fill a form with its draft when the reader has asked for that."""
    if draft is None or request.query_params.get("draft") != "1":
        return typed
    return {**typed, **draft.typed}


def done_with(request: Request) -> None:
    """Forget the draft of a form that was recorded."""
    if kept := store(request):
        kept.drop(session(request).account, request.url.path)
