"""Search by POST: an answer's address says nothing about the person looked for."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from web.access import limited, parts
from web.case_filters import Wanted
from web.cases import reads_lists, work_list
from web.visit import who

router = APIRouter()


@router.post("/search", dependencies=[Depends(limited("search"))])
def search(request: Request, text: Annotated[str, Form(max_length=60)] = "") -> Response:
    """Look for a person or a number; the answer's address says nothing about either."""
    if not reads_lists(who(request)):
        raise HTTPException(403)
    if not text.strip():
        return RedirectResponse("/cases", 303)
    found = parts(request).searches.search(who(request), text.strip())
    return RedirectResponse(f"/search/{found}", 303)


@router.get("/search/{which}")
def search_result(request: Request, which: str) -> Response:
    """Show what a search found."""
    found = parts(request).searches.found(who(request), which)
    if found is None:
        raise HTTPException(404)
    return work_list(request, Wanted(team=True), found=tuple(found))
