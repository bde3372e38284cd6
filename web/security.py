"""The outer skin: request ids, headers, body limits, the last resort (reliability.md 9.1, 9.6)."""

import re
import secrets
from collections.abc import Callable
from traceback import extract_tb

import structlog
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = structlog.get_logger(__name__)

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; "
    "base-uri 'none'; object-src 'none'"
)
HEADERS = {
    "content-security-policy": CSP,
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
# What an answer asks for that shows a picture of somebody: a page without rights and scripts, but
# for the styles that the browser's own page around a picture has.
SANDBOX = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"
HSTS = "max-age=31536000; includeSubDomains"
NO_STORE = "no-store"
MB = 1024 * 1024
BODY = 2 * MB
# What carries files may be larger: a register to import, the attachments of a case.
LARGER = (
    (re.compile(r"/imports?(/|$)"), 20 * MB),
    (re.compile(r"/(seekers|disputes)/[^/]+/attachments$|/m/visits/[^/]+/photos$"), 64 * MB),
)


class Skin:
    """Gives each request an id, each answer its headers; what nobody stored is not to be stored."""

    def __init__(self, app: ASGIApp, *, secure: bool) -> None:
        """Take the application; HSTS is for TLS only."""
        self.app = app
        self.headers = HEADERS | ({"strict-transport-security": HSTS} if secure else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Add what every answer carries."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request_id = secrets.token_hex(6)
        scope.setdefault("state", {})["request_id"] = request_id
        structlog.contextvars.bind_contextvars(request_id=request_id)

        async def reply(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                boxed = headers.get("content-security-policy") == SANDBOX
                for name, value in self.headers.items():
                    headers[name] = value
                if boxed:
                    headers["content-security-policy"] = SANDBOX
                headers["x-request-id"] = request_id
                headers.setdefault("cache-control", NO_STORE)
            await send(message)

        await self.app(scope, receive, reply)


class LastResort:
    """Answers what nobody foresaw with a page and a number, and writes the rest into the log."""

    def __init__(self, app: ASGIApp, page: Callable[[Request], Response]) -> None:
        """Take the application and what draws the page."""
        self.app, self.page = app, page

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Catch everything; what has begun to be sent can only be cut."""
        begun = False

        async def reply(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self.app(scope, receive, reply)
        except Exception as error:
            if scope["type"] != "http" or begun:
                raise
            # Where it broke and its kind; never values, which may be about a person.
            log.error(  # noqa: TRY400 - a traceback prints values
                "unforeseen",
                path=scope["path"],
                error=type(error).__name__,
                where=[f"{f.filename}:{f.lineno}" for f in extract_tb(error.__traceback__)[-6:]],
            )
            response = await run_in_threadpool(self.page, Request(scope, receive))
            await response(scope, receive, send)


def largest(path: str) -> int:
    """Say how many bytes a request to a path may carry."""
    return next((most for known, most in LARGER if known.match(path)), BODY)


class BodyLimit:
    """Refuses bodies over 2 MB, those that carry files over a limit of their own (T4)."""

    def __init__(self, app: ASGIApp) -> None:
        """Take the application."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Count what is announced and what really comes."""
        if scope["type"] != "http" or scope["method"] in {"GET", "HEAD"}:
            await self.app(scope, receive, send)
            return
        limit = largest(scope["path"])
        announced = Headers(scope=scope).get("content-length", "0")
        too_large = HTTPException(413)
        if not announced.isdigit() or int(announced) > limit:
            scope["state"]["refuse"] = too_large
        came = 0

        async def counted() -> Message:
            nonlocal came
            message = await receive()
            came += len(message.get("body", b""))
            if came > limit:
                raise too_large
            return message

        await self.app(scope, counted, send)
