"""核验: whether a paper is ours and unchanged, without showing it (F-61); no account.

The QR code of a paper leads here with the paper's id; the code is typed. A wrong code and a paper
that never was look alike, and so does the work: one look-up by code, one row in the log.
"""

import hashlib
import hmac
import re
from typing import Annotated, Any, NamedTuple

from fastapi import APIRouter, Depends, Form, UploadFile
from starlette.requests import Request
from starlette.responses import Response

from application.documents.kinds import DISPUTE, SEEKER
from projections.papers_reader import Paper
from web.access import limited, parts, public
from web.pages import page
from web.papers.parts import papers
from web.visit import visit

router = APIRouter()
CODE = re.compile(r"[^0-9a-f]")
DOCUMENT = re.compile(r"document-[0-9a-f-]{36}")


class Confirmed(NamedTuple):
    """A paper as the page confirms it: what it is, never what it says."""

    title: str
    paper: Paper
    station: str
    compared: bool | None


@router.get("/verify")
@router.get("/verify/{document}")
@public
def form(request: Request, document: str = "") -> Response:
    """核验文书."""
    return _page(request, document)


@router.post("/verify", dependencies=[Depends(limited("verify"))])
@public
def verify(
    request: Request,
    code: Annotated[str, Form(max_length=60)] = "",
    document: Annotated[str, Form(max_length=60)] = "",
    file: UploadFile | None = None,
) -> Response:
    """Confirm a paper by its code, and compare a file with the hash in the fact."""
    found = _find(request, code, document)
    papers(request).access.note_verification(
        visit(request).address, document, stream=found.case_id if found else ""
    )
    if found is None:
        return _page(request, document, code=code, wrong=True)
    kinds = SEEKER if found.case_id.startswith("seeker-") else DISPUTE
    given = file.file.read() if file is not None and file.filename else None
    same = None
    if given is not None:
        same = hmac.compare_digest(hashlib.sha256(given).hexdigest(), found.sha256)
    station = parts(request).directory.station(found.station)
    title = kinds[found.kind].paper.title if found.kind in kinds else found.kind
    return _page(request, document, confirmed=Confirmed(title, found, station, same))


def _find(request: Request, code: str, document: str) -> Paper | None:
    """Look a code up; one that came with a paper's id must be the code of that paper."""
    wanted = CODE.sub("", code.lower())
    rows = papers(request).register.with_code(wanted)
    asked = document if DOCUMENT.fullmatch(document) else ""
    found = [one for one in rows if len(wanted) == 16 and asked in {"", one.document}]
    return found[0] if len(found) == 1 else None


def _page(request: Request, document: str, **shown: Any) -> Response:
    asked = document if DOCUMENT.fullmatch(document) else ""
    context = {"document": asked, "code": "", "wrong": False, "confirmed": None} | shown
    return page(request, "public/verify.html", status=404 if context["wrong"] else 200, **context)
