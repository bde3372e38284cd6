"""Sheets of a training class to print: attendance 签到表 to sign, roster 结业名册."""

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from application.classes import RIGHT
from application.rights import may
from domain.seeker import SeekerCase
from domain.training import TrainingClass
from web.access import parts
from web.case_page import readers
from web.pages import page
from web.visit import who

router = APIRouter()


@router.get("/classes/{stream}/sheet")
def sheet(request: Request, stream: str) -> Response:
    """Draw the attendance of a class for paper; with names, so the reading is noted."""
    own, asker = parts(request), who(request)
    if not may(asker, RIGHT):
        raise HTTPException(403)
    state = own.store.load(TrainingClass, stream)
    if not state.version:
        raise HTTPException(404)
    readers(request).reads.write(
        "reveal",
        asker,
        stream=stream,
        field_class="name",
        purpose="document",
        route=request.scope["route"].path,
    )
    cases = {seat: own.store.load(SeekerCase, seat) for seat in state.seats}
    people = own.people.names(
        [case.person for case in cases.values() if case.person],
        full=lambda _person: True,
        on=own.today(),
    )
    rows = [
        (
            case.case_no,
            people.get(case.person),
            [seat in state.held.get(one.no, frozenset()) for one in state.lessons],
            state.attended(seat),
            seat in state.completers,
        )
        for seat, case in cases.items()
    ]
    return page(
        request,
        "papers/sheet.html",
        place=f"/classes/{stream}",
        state=state,
        rows=rows,
        station=own.directory.station(asker.station),
    )
