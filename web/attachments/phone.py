"""Photos of a visit 走访照片 from the phone: taken on the spot or chosen, sent with one button."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from application.attachments.service import Said
from web.act_pages import Posted, see_other
from web.attachments.pages import keep
from web.errors import kept
from web.forms import typed
from web.seekers.mobile import visiting

router = APIRouter()


@router.post("/m/visits/{case}/photos")
def photos(request: Request, case: str, form: Posted) -> Response:
    """Keep the photos of a visit."""
    given = typed(form)
    kept(request, "mobile/visit.html", given, **visiting(request, case))
    done = keep(request, form, case, Said(kind="visit_photo"), given)
    return see_other(request, f"/m/visits/{case}?done=photos", done)
