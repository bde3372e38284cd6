"""A contact in one step 登记联系: two buttons in any row, or a small page, and back."""

import re
from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from application.rights import may
from domain import codes
from domain.kernel import N_
from web import forms
from web.access import parts
from web.act_pages import Posted, see_other, stamp, standing
from web.acts import Act, Desk, Field
from web.errors import kept
from web.pages import page
from web.visit import who

router = APIRouter()
EDIT = "seeker.edit"
FORM = Act(
    "record_follow_up",
    N_("登记联系"),
    (
        Field("channel", N_("方式"), "code", codes.FOLLOW_UP_CHANNELS),
        Field(
            "result",
            N_("结果"),
            "code",
            {code: codes.FOLLOW_UP_RESULTS[code] for code in ("reached", "no_contact")},
        ),
    ),
)
_BACK = re.compile(r"/(cases|m|standards)(\?[A-Za-z0-9_=&.,-]*)?")


def _desk(request: Request) -> Desk:
    return parts(request).desks["seekers"]


def _context(request: Request, case: str, back: str) -> Mapping[str, Any]:
    state = standing(request, _desk(request), case)
    if not may(who(request), EDIT, state, case):
        raise HTTPException(403)
    return {
        "case": case,
        "state": state,
        "act": FORM,
        "back": back if _BACK.fullmatch(back) else "",
        "labels": {"occurred_on": N_("发生日期")} | {f.name: f.label for f in FORM.fields},
        "may_override": may(who(request), "override"),
    }


@router.get("/seekers/{case}/contact")
def contact(request: Request, case: str, back: str = "") -> Response:
    """Draw the small form."""
    typed = {"channel": "phone", "result": "reached"}
    context = _context(request, case, back)
    return page(request, "seekers/contact.html", typed=typed, told={}, **context)


@router.post("/seekers/{case}/contact")
def contacted(request: Request, case: str, form: Posted) -> Response:
    """Record whether somebody was reached, and go back to where the button stood."""
    back = str(form.get("back", ""))
    context = _context(request, case, back)
    kept(request, "seekers/contact.html", forms.typed(form), **context)
    values = forms.parse(FORM, form, {})
    done = _desk(request).method("record_follow_up")(
        case, purpose="contact", stamp=stamp(request, form), **values
    )
    return see_other(request, context["back"] or f"/seekers/{case}#latest", done)
