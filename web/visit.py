"""One visit: whose cookie, which language, which token, and the id of the request.

`Visits` is plain ASGI. It reads the session's cookie once a request and leaves a `Visit` in
`request.state.visit`; visitors without a session get an anonymous token, so that the form for
signing in is guarded like every other.
"""

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from functools import cached_property
from http.cookies import CookieError, SimpleCookie
from ipaddress import ip_address

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from application.accounts import Signed
from application.seen import looking
from application.store import Who
from web.parts import SiteParts
from web.texts import LANGUAGES, SOURCE

_TOKEN = re.compile(r"[A-Za-z0-9_-]{20,100}")
SHIFT = 8 * 3600  # the absolute end of a session, seconds
YEAR = 365 * 86400
ROLES = ("station_manager", "mediator", "caseworker", "auditor", "admin", "informant")


@dataclass(frozen=True)
class Names:
    """The cookies' names: `__Host-` behind TLS, plain on loopback http."""

    session: str
    visitor: str
    language: str = "language"
    care: str = "care"
    shortcuts: str = "shortcuts"


def cookies(secure: bool) -> Names:
    """Name the cookies for this installation."""
    return Names("__Host-sid", "__Host-visit") if secure else Names("sid", "visit")


def csrf_of(token: str) -> str:
    """Give the synchroniser token of a session: an HMAC keyed by the session's own secret."""
    return hmac.new(token.encode(), b"csrf", hashlib.sha256).hexdigest()


@dataclass(frozen=True)
class Visit:
    """What a page knows of its reader. `token` is a secret of 256 bits, never printed."""

    token: str
    session: Signed | None
    language: str
    care: bool
    shortcuts: bool
    address: str
    request_id: str
    fresh: bool = False
    ended: str = ""  # the token of a session that is over

    @cached_property
    def csrf(self) -> str:
        """The synchroniser token: an HMAC keyed by the session's own secret."""
        return csrf_of(self.token)

    @property
    def session_hash(self) -> str:
        """What an ETag may hold of a session."""
        return hashlib.sha256(b"etag" + self.token.encode()).hexdigest()

    @property
    def role(self) -> str:
        """The role that the page head shows: the widest that the account holds today."""
        held = self.session.who.roles if self.session else frozenset()
        return next((role for role in ROLES if role in held), "")

    @property
    def loopback(self) -> bool:
        """Whether the reader sits at this machine."""
        try:
            return ip_address(self.address).is_loopback
        except ValueError:
            return False


def visit(request: Request) -> Visit:
    """Give the visit of a request."""
    found: Visit = request.state.visit
    return found


def session(request: Request) -> Signed:
    """Give the session of a page behind the sign-in."""
    found = visit(request).session
    if found is None:
        raise LookupError("A page behind the sign-in was drawn for nobody.")
    return found


def who(request: Request) -> Who:
    """Give who asks, on a page behind the sign-in."""
    return session(request).who


class Visits:
    """Reads cookies on the way in, hands the visitor's token out on the way back."""

    def __init__(self, app: ASGIApp, parts: SiteParts) -> None:
        """Take the application and the sessions it asks for."""
        self.app, self.parts, self.names = app, parts, cookies(parts.secure)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Leave a `Visit` in the state of every request but those for files."""
        if scope["type"] != "http" or scope["path"].startswith(("/static/", "/healthz", "/readyz")):
            await self.app(scope, receive, send)
            return
        met = await self._meet(scope)
        scope.setdefault("state", {})["visit"] = met

        async def reply(message: Message) -> None:
            if message["type"] == "http.response.start" and met.fresh and _for_one(message):
                jar = Response()
                _keep(jar, self.names.visitor, met.token, self.parts.secure)
                headers = MutableHeaders(scope=message)
                headers.append("set-cookie", jar.headers["set-cookie"])
            await send(message)

        with looking(met.session.seen if met.session else None):
            await self.app(scope, receive, reply)

    async def _meet(self, scope: Scope) -> Visit:
        jar = _jar(scope)
        token = jar.get(self.names.session, "")
        found = None
        if _TOKEN.fullmatch(token):
            found = await run_in_threadpool(self.parts.accounts.session, token)
        visitor = jar.get(self.names.visitor, "")
        known = bool(_TOKEN.fullmatch(visitor))
        ended = token if found is None and _TOKEN.fullmatch(token) else ""
        if found is None:
            token = visitor if known else secrets.token_urlsafe(32)
        language = found.language if found else jar.get(self.names.language, SOURCE)
        client = scope.get("client")
        return Visit(
            token=token,
            session=found,
            language=language if language in LANGUAGES else SOURCE,
            care=jar.get(self.names.care) == "1",
            shortcuts=jar.get(self.names.shortcuts) != "0",
            address=client[0] if client else "",
            request_id=scope["state"]["request_id"],
            fresh=found is None and not known,
            ended=ended,
        )


def _for_one(message: Message) -> bool:
    """Whether an answer is for this visitor: what anybody may keep hands out no token."""
    return not MutableHeaders(raw=message["headers"]).get("cache-control", "").startswith("public")


def _jar(scope: Scope) -> dict[str, str]:
    for name, value in scope["headers"]:
        if name == b"cookie":
            jar: SimpleCookie = SimpleCookie()
            try:
                jar.load(value.decode("latin-1"))
            except CookieError:
                return {}
            return {key: morsel.value for key, morsel in jar.items()}
    return {}


def _keep(response: Response, name: str, value: str, secure: bool, age: int | None = None) -> None:
    response.set_cookie(
        name, value, max_age=age, path="/", secure=secure, httponly=True, samesite="lax"
    )


def signed_in(response: Response, token: str, secure: bool) -> None:
    """Hand out a new session's cookie; the anonymous one before it has no use any more."""
    _keep(response, cookies(secure).session, token, secure, SHIFT)
    response.delete_cookie(cookies(secure).visitor, path="/", secure=secure, httponly=True)


def signed_out(response: Response, secure: bool) -> None:
    """Take the cookie back and let the browser forget what it kept."""
    response.delete_cookie(cookies(secure).session, path="/", secure=secure, httponly=True)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'


def remember(response: Response, secure: bool, **wishes: str) -> None:
    """Keep a wish of this device: `language`, `care` or `shortcuts`."""
    names = cookies(secure)
    for name, value in wishes.items():
        if value:
            _keep(response, getattr(names, name), value, secure, YEAR)
