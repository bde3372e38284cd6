"""The state of the projections 投影状态: how far each is, what is set aside, rebuilding."""

from fastapi import APIRouter, Depends
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from domain.kernel import N_, Refused
from web.access import parts
from web.jobs import words
from web.messages.parts import has_messages, messages
from web.office_parts import office
from web.pages import page
from web.visit import who

MAY_SEE = frozenset({"auditor", "admin"})
REBUILD = "rebuild"


def seeing(request: Request) -> None:
    """Let auditors and admins in."""
    if not MAY_SEE & who(request).roles:
        raise HTTPException(403)


def mending(request: Request) -> None:
    """Let admins in: an auditor changes nothing."""
    if "admin" not in who(request).roles:
        raise HTTPException(403)


router = APIRouter(dependencies=[Depends(seeing)])


@router.get("/projections")
def shown(request: Request) -> Response:
    """投影状态."""
    own = office(request)
    return page(
        request,
        "health/projections.html",
        health=own.runner.health(),
        projections=own.runner.projections,
        jobs=own.jobs.latest(kinds=[REBUILD], most=5),
        queue=messages(request).outbox.queue(parts(request).now())
        if has_messages(request)
        else None,
        **words(),
    )


@router.post("/projections/rebuild", dependencies=[Depends(mending)])
def rebuild(request: Request) -> Response:
    """Fill fresh tables from the log while the old ones serve, as a job."""
    job = office(request).jobs.begin(REBUILD, who(request).account, {})
    return RedirectResponse(f"/jobs/{job}", 303)


@router.post("/projections/{projection}/unpark/{stream}", dependencies=[Depends(mending)])
def unpark(request: Request, projection: str, stream: str) -> Response:
    """Take up again a case that was set aside."""
    runner = office(request).runner
    asked = (projection, stream)
    found = [one for one in runner.health().parked if (one.projection, one.stream) == asked]
    if not found:
        raise HTTPException(404)
    if not runner.unpark(found[0]):
        raise Refused(
            rule="O-04",
            text=N_("{stream} 在 {projection} 中仍然读不通，继续搁置。"),
            stream=stream,
            projection=projection,
        )
    return RedirectResponse("/projections", 303)
