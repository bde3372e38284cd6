"""The site: routes, skin and handlers put together."""

from collections.abc import Callable, Collection, Sequence
from functools import partial

from fastapi import Depends, FastAPI
from fastapi.routing import iter_route_contexts
from starlette.responses import Response
from starlette.routing import BaseRoute, Match
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from web import account, act_pages, cases, errors, health, office_pages, search, signin
from web.access import admit
from web.api import create_api
from web.messages import receipts
from web.pages import STATIC, version
from web.parts import SiteParts
from web.security import BodyLimit, LastResort, Skin
from web.visit import Visits

ROUTERS = (signin.router, account.router, cases.router, search.router)
FOREVER = "public, max-age=31536000, immutable"
SHORT = "public, max-age=300"


class Files(StaticFiles):
    """Our own styles, icons and modules: kept for ever under the address of their version."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Say how long a file may be kept."""
        response = await super().get_response(path, scope)
        versioned = scope["query_string"].decode() == f"v={version()}"
        response.headers["cache-control"] = FOREVER if versioned else SHORT
        return response


def by_beginning(routes: Sequence[BaseRoute]) -> None:
    """Ask a router only for addresses that begin as one of its own; the order stays.

    Three hundred routes stand in fifty routers. To try them one after another took 1 to 2 ms of a
    page that stands far down, a third of its time.
    """
    for route in routes:
        paths = [context.path or "/{}" for context in iter_route_contexts([route])]
        begins = {path.split("/")[1] for path in paths}
        if not any("{" in one for one in begins):
            route.matches = partial(_asked, route.matches, begins)  # type: ignore[method-assign]


def _asked(
    matches: Callable[[Scope], tuple[Match, Scope]], begins: Collection[str], scope: Scope
) -> tuple[Match, Scope]:
    _, _, path = scope["path"].partition("/")
    ours = scope.get("root_path") or path.partition("/")[0] in begins
    return matches(scope) if ours else (Match.NONE, {})


def create_site(parts: SiteParts) -> FastAPI:
    """Put the site together from its parts.

    Routers of one trade stand in `ROUTERS`; the acts of the desks are found by `act_pages` at the
    end, so that a page of their own wins over the generic form.
    """
    app = FastAPI(
        title="Yizhan",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        dependencies=[Depends(admit)],
    )
    app.state.parts, app.state.version = parts, version()
    app.mount("/static", Files(directory=STATIC), name="static")
    if "tokens" in parts.extra:
        app.mount("/api/v1", create_api(parts), name="api")
    app.add_route("/healthz", health.healthz, methods=["GET"])
    app.add_route("/readyz", health.readyz, methods=["GET"])
    app.add_route(receipts.PATH, receipts.receipts, methods=["POST"])
    for router in (*ROUTERS, *office_pages.routers(parts), act_pages.router(parts.desks)):
        app.include_router(router)
    app.state.paths = frozenset(context.path for context in iter_route_contexts(app.routes))
    by_beginning(app.router.routes)
    errors.install(app)
    # The last added stands outermost.
    app.add_middleware(LastResort, page=errors.unforeseen)
    app.add_middleware(BodyLimit)
    app.add_middleware(Visits, parts=parts)
    app.add_middleware(Skin, secure=parts.secure)
    return app
