"""Who may open a page, and who may keep a copy of it: asked before every endpoint.

Everything is closed and `no-store` unless its endpoint says otherwise:
`@public` opens it to people without an account; `@figures` marks a page that holds no personal
data and no command id (decision 27): it is `private, no-cache` with an ETag.
"""

import hashlib
import hmac
from collections.abc import AsyncIterator, Callable
from functools import partial
from typing import Any, TypeVar
from urllib.parse import quote, urlsplit

from limits import RateLimitItem, parse
from limits.strategies import FixedWindowRateLimiter
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request

from web.forms import typed
from web.parts import Remembered, SiteParts
from web.visit import Visit, csrf_of, visit

F = TypeVar("F", bound=Callable[..., Any])
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
PRIVATE = "private, no-cache"


class SignInFirst(Exception):
    """A page behind the sign-in was asked for; `back` is where to go afterwards."""

    def __init__(self, back: str) -> None:
        """Keep the path."""
        super().__init__(back)
        self.back = back


class NotModified(Exception):
    """The reader's copy is still right."""

    def __init__(self, etag: str) -> None:
        """Keep the tag."""
        super().__init__(etag)
        self.etag = etag


class TooMany(Exception):
    """Too many requests of one kind; `wait` in seconds."""

    def __init__(self, wait: int) -> None:
        """Keep the wait."""
        super().__init__(f"{wait} s")
        self.wait = wait


def public(endpoint: F) -> F:
    """Open an endpoint to people without an account."""
    endpoint.public = True  # type: ignore[attr-defined]  # read back by `admit`
    return endpoint


def figures(endpoint: F) -> F:
    """Let browsers keep a page with an ETag: it holds no personal data and no command id."""
    endpoint.figures = True  # type: ignore[attr-defined]  # read back by `admit`
    return endpoint


def parts(request: Request) -> SiteParts:
    """Give what the site is made of; names are looked up once a request."""
    found: SiteParts | None = getattr(request.state, "parts", None)
    if found is None:
        whole: SiteParts = request.app.state.parts
        found = request.state.parts = whole.but(directory=Remembered(whole.directory))
    return found


async def admit(request: Request) -> AsyncIterator[None]:
    """Stand before every endpoint; afterwards close the files that a form brought."""
    try:
        await _admit(request)
        yield
    finally:
        await request.close()


async def _admit(request: Request) -> None:
    """Ask for size, origin and token of what changes something, and for the session."""
    if refuse := getattr(request.state, "refuse", None):
        raise refuse
    met = visit(request)
    endpoint = request.scope["endpoint"]
    if request.method not in SAFE:
        if met.ended and await rescued(request, met.ended):
            raise SignInFirst(f"{quote(request.url.path)}?draft=1")
        await check_token(request, met)
    if met.session is None and not getattr(endpoint, "public", False):
        raise SignInFirst(back_to(request))
    if getattr(endpoint, "figures", False) and request.method in SAFE:
        request.state.etag = etag = tag(request, met)
        if request.headers.get("if-none-match") == etag:
            raise NotModified(etag)


async def rescued(request: Request, token: str) -> bool:
    """Keep as a draft what somebody sent whose session had ended, if the form is theirs (F-28)."""
    drafts = parts(request).extra.get("drafts")
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if drafts is None or not own_origin(request) or kind != "application/x-www-form-urlencoded":
        return False
    form = await request.form()
    own = hmac.compare_digest(str(form.get("csrf", "")).encode(), csrf_of(token).encode())
    if not own or not form.get("command_id"):
        return False
    account = await run_in_threadpool(parts(request).accounts.ended, token)
    keep = partial(drafts.keep, account, request.url.path, typed(form))
    return bool(account) and bool(await run_in_threadpool(keep))


async def check_token(request: Request, met: Visit) -> None:
    """Refuse a form that another site sent (T5): origin, then the session's own token."""
    if not own_origin(request):
        raise HTTPException(403)
    given = request.headers.get("x-csrf-token", "")
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if not given and kind in {"application/x-www-form-urlencoded", "multipart/form-data"}:
        given = str((await request.form()).get("csrf", ""))
    if not hmac.compare_digest(given.encode(), met.csrf.encode()):
        raise HTTPException(403)


def own_origin(request: Request) -> bool:
    """Whether a form comes from a page of ours, as far as the browser says.

    Under `Referrer-Policy: no-referrer` a browser writes `Origin: null` on our own forms; then
    `Sec-Fetch-Site` must vouch for them.
    """
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    if site not in {None, "same-origin"}:
        return False
    if origin == "null":
        return site == "same-origin"
    return origin is None or urlsplit(origin).netloc == request.headers.get("host", "")


def back_to(request: Request) -> str:
    """Give the way back after a sign-in: our own path; a POST cannot be repeated by a link."""
    if request.method not in SAFE or request.url.path == "/":
        return "/"
    query = f"?{request.url.query}" if request.url.query else ""
    return quote(request.url.path + query, safe="/?&=%")


def local_path(path: str) -> str:
    """Give a path on this site, or the home page for anything else."""
    ok = path.startswith("/") and not path.startswith(("//", "/\\")) and "\\" not in path
    return path if ok and path.isprintable() else "/"


def tag(request: Request, met: Visit) -> str:
    """Compute the ETag of a figures page (decision 27), from the facts it is drawn from."""
    own = parts(request)
    rights = met.session.who if met.session else None
    reach = request.state.reach = own.progress.reach()  # the page shows it: it tells no more
    told = (
        reach.position,
        own.today(),
        rights and (sorted(rights.roles), rights.station, sorted(rights.stations)),
        met.language,
        met.care,
        met.session_hash,
        request.app.state.version,
    )
    return f'"{hashlib.sha256(repr(told).encode()).hexdigest()[:32]}"'


LIMITS: dict[str, RateLimitItem] = {
    "sign_in": parse("50/15minutes"),  # per address
    "progress": parse("60/15minutes"),  # per address
    "verify": parse("60/15minutes"),  # per address
    "search": parse("60/minute"),  # per account, as the following
    "reveal": parse("120/hour"),
    "export": parse("10/day"),
    "api": parse("600/minute"),
}


def limited(kind: str) -> Callable[[Request], None]:
    """Make a dependency that counts requests of one kind (reliability.md 9.6)."""
    item = LIMITS[kind]

    def count(request: Request) -> None:
        met = visit(request)
        key = met.session.who.account if met.session else met.address
        strategy = FixedWindowRateLimiter(parts(request).limits)
        if not strategy.hit(item, kind, key):
            ends = strategy.get_window_stats(item, kind, key).reset_time
            raise TooMany(max(1, round(ends - parts(request).now().timestamp())))

    return count
