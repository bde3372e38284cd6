"""A paper as a Word file to work on (F-60); the issued paper is the PDF."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from web.access import parts
from web.papers.pages import before_issue, note
from web.papers.parts import papers

router = APIRouter()
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@router.get("/seekers/{case}/papers/word/{which}")
@router.get("/disputes/{case}/papers/word/{which}")
def word(request: Request, case: str, which: str) -> Response:
    """Give what the preview shows as a file to be changed; the reading is noted."""
    at, form = before_issue(request, case, which)
    made = papers(request).documents.word(
        case,
        form["asked"],
        on=parts(request).today(),
        at_position=at.position,
    )
    note(request, at)
    return Response(
        made,
        media_type=WORD,
        headers={"content-disposition": f'attachment; filename="{which[:20]}.docx"'},
    )
