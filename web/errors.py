"""What is said when something cannot be done: refusals, clashes, missing pages, a tired log."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from application.store import Clash, Unavailable
from domain.kernel import Refused
from web import naming, texts
from web.access import PRIVATE, NotModified, SignInFirst, TooMany
from web.pages import page
from web.visit import Visit


@dataclass(frozen=True)
class Kept:
    """The form that a refusal comes back to: template, what it needs, and what was typed."""

    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    typed: Mapping[str, Any] = field(default_factory=dict)


def kept(request: Request, template: str, typed: Mapping[str, Any], **context: Any) -> None:
    """Remember a form before its act is asked for, so that nothing typed is lost."""
    request.state.kept = Kept(template, context, typed)


def refusal(request: Request, refused: Refused) -> Response:
    """Say no in the reader's language: at the field it is about, else on a page of its own."""
    met: Visit = request.state.visit
    texts.name_by(naming.namer(request))
    said = texts.sentence(refused, met.language)
    form: Kept | None = getattr(request.state, "kept", None)
    if form is None:
        return page(request, "errors/refused.html", status=409, said=said, rule=refused.rule)
    return page(
        request,
        form.template,
        status=409,
        **form.context,
        typed=form.typed,
        told={refused.field: said},
        said=said,
        rule=refused.rule,
    )


def clash(request: Request, met: Clash) -> Response:
    """Show what others recorded meanwhile, with the form as typed."""
    form: Kept | None = getattr(request.state, "kept", None)
    if form is None:
        return page(request, "errors/clash.html", status=409, facts=met.facts)
    return page(
        request,
        form.template,
        status=409,
        **form.context,
        typed=form.typed,
        told={},
        facts=met.facts,
    )


def missing(request: Request) -> Response:
    """Say the same for what is not there and for what may not be seen (T8)."""
    return page(request, "errors/missing.html", status=404)


def forbidden(request: Request) -> Response:
    """Answer as for a missing page: the status tells the two apart, the body does not."""
    return page(request, "errors/missing.html", status=403)


def http_error(request: Request, error: HTTPException) -> Response:
    """Draw the page of a status."""
    if not hasattr(request.state, "visit"):  # a file that is not there
        return Response(status_code=error.status_code)
    by_status: Mapping[int, Callable[[Request], Response]] = {404: missing, 403: forbidden}
    draw = by_status.get(error.status_code)
    if draw:
        return draw(request)
    response = page(request, "errors/plain.html", status=error.status_code)
    response.headers.update(error.headers or {})
    return response


def unavailable(request: Request, _error: Unavailable) -> Response:
    """Say when to try again."""
    wait = Unavailable.RETRY_AFTER
    response = page(request, "errors/unavailable.html", status=503, wait=wait)
    response.headers["retry-after"] = str(wait)
    return response


def too_many(request: Request, error: TooMany) -> Response:
    """Say how long to wait."""
    response = page(request, "errors/too_many.html", status=429, wait=error.wait)
    response.headers["retry-after"] = str(error.wait)
    return response


def unreadable(request: Request, _error: RequestValidationError) -> Response:
    """Answer a request that no page of ours makes."""
    return page(request, "errors/plain.html", status=422)


def unforeseen(request: Request) -> Response:
    """Draw the last resort; without templates where even the visit could not be read."""
    number = request.state.request_id
    if not hasattr(request.state, "visit"):
        return HTMLResponse(f"<!doctype html><title>500</title><p>{number}</p>", 500)
    return page(request, "errors/unforeseen.html", status=500, number=number)


def not_modified(_request: Request, error: NotModified) -> Response:
    """Tell the browser that its copy is right."""
    return Response(status_code=304, headers={"etag": error.etag, "cache-control": PRIVATE})


def sign_in_first(_request: Request, error: SignInFirst) -> Response:
    """Lead to the sign-in and back."""
    back = f"?next={error.back}" if error.back != "/" else ""
    return RedirectResponse(f"/login{back}", status_code=303)


def install(app: FastAPI) -> None:
    """Register every handler."""
    handlers: Mapping[type[Exception], Callable[..., Response]] = {
        Refused: refusal,
        Clash: clash,
        Unavailable: unavailable,
        HTTPException: http_error,
        RequestValidationError: unreadable,
        NotModified: not_modified,
        SignInFirst: sign_in_first,
        TooMany: too_many,
    }
    for kind, handler in handlers.items():
        app.add_exception_handler(kind, handler)
