"""A paper as a Word file to work on (F-60); the issued paper is the PDF."""

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from application.documents.service import Asked
from web import texts
from web.access import parts
from web.papers.pages import desk, form_of, note
from web.papers.parts import papers
from web.visit import visit

router = APIRouter()
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@router.get("/seekers/{case}/papers/word/{which}")
@router.get("/disputes/{case}/papers/word/{which}")
def word(request: Request, case: str, which: str) -> Response:
    """Give what the preview shows as a file to be changed; the reading is noted."""
    texts.use(visit(request).language)
    at = desk(request, case)
    if not at.may_issue:
        raise HTTPException(403)
    query = request.query_params
    asked = Asked(which, query.get("about", "")[:60], query.get("worker", "")[:80])
    made = papers(request).documents.word(
        case,
        form_of(request, at, asked)["asked"],
        on=parts(request).today(),
        at_position=at.position,
    )
    note(request, at)
    return Response(
        made,
        media_type=WORD,
        headers={"content-disposition": f'attachment; filename="{which[:20]}.docx"'},
    )
