"""Is it alive, and may it be sent people: neither tells a version or a path."""

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response


def healthz(_request: Request) -> Response:
    """Say that the process answers."""
    return PlainTextResponse("ok")


def readyz(request: Request) -> Response:
    """Say whether database, migrations and projections are fit for people."""
    ready = request.app.state.parts.ready()
    return PlainTextResponse("ok" if ready else "not ready", 200 if ready else 503)
