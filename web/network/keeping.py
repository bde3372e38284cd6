"""Pages that anybody may keep for a while: drawn for nobody, so no cookie goes out with them.

Their language and size stand in the URL (`?lang=en&care=1`), never in a cookie, and they hold no
form that posts. The ETag is that of what they are drawn from.
"""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from web import texts
from web.access import parts
from web.pages import page
from web.texts import LANGUAGES, SOURCE
from web.visit import Visit, visit

SHORT = "public, max-age={seconds}"


def spoken(request: Request, default: str = SOURCE) -> Visit:
    """Let the URL say language and size for this answer, whoever asks."""
    language = request.query_params.get("lang", default)
    met = replace(
        visit(request),
        language=language if language in LANGUAGES else default,
        care=request.query_params.get("care") == "1",
        session=None,
    )
    request.state.visit = met
    texts.use(met.language)
    return met


def kept_page(
    request: Request,
    template: str,
    draw: Callable[[], dict[str, Any]],
    *,
    told: tuple[object, ...],
    seconds: int,
) -> Response:
    """Answer with a page that may be kept, or say that the reader's copy is still right.

    `draw` reads what the page needs and is not asked when nothing has changed.
    """
    met, own = visit(request), parts(request)
    version = request.app.state.version
    facts = (own.progress.reach().position, own.today(), met.language, met.care, version)
    etag = f'"{hashlib.sha256(repr((facts, told)).encode()).hexdigest()[:32]}"'
    headers = {"etag": etag, "cache-control": SHORT.format(seconds=seconds)}
    if request.headers.get("if-none-match") == etag:
        return Response(status_code=304, headers=headers)
    response = page(request, template, **draw())
    response.headers.update(headers)
    return response
