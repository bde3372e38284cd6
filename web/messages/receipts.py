"""Where a gateway posts its receipts: no session and no form, but a signature over the body.

The only endpoint beside streams of events that is asynchronous: it reads a bare body, and leaves
the rest to a thread like every other.
"""

import time

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from application.messages.receipts import MOST
from application.messages.signing import HEADER
from application.store import Clash, Unavailable
from web.messages.parts import MessageParts

PATH = "/messages/receipts"


async def receipts(request: Request) -> Response:
    """Take a receipt; every answer is a bare status, so that nobody learns from it."""
    own: MessageParts | None = request.app.state.parts.extra.get("messages")
    if own is None:
        return _answer(404)
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > MOST:
            return _answer(413)
    signature = request.headers.get(HEADER, "")
    try:
        taken = await run_in_threadpool(own.receipts.take, body, signature, at=time.time())
    except (Clash, Unavailable):
        taken = 503  # a gateway tries again
    return _answer(taken)


def _answer(status: int) -> Response:
    return PlainTextResponse("ok" if status == 200 else "no", status)
