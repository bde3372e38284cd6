"""Minimum wages 最低工资 by place and day: entered as the province publishes them."""

from typing import Any

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from application.minimum_wages import MinimumWages
from application.rights import may
from domain.codes import DISTRICTS
from domain.kernel import N_
from web import forms
from web.access import parts
from web.act_pages import Posted
from web.acts import Act, Field
from web.admin_settings import RIGHT, labels
from web.case_page import READERS
from web.errors import kept
from web.pages import page
from web.visit import who

router = APIRouter()
FORM = Act(
    "enter",
    N_("录入最低工资"),
    (
        Field(
            "place",
            N_("地区"),
            "code",
            DISTRICTS,
            hint=N_("县区没有自己的标准时，按所在城市的算。"),
        ),
        Field("monthly", N_("月最低工资"), "money"),
        Field("hourly", N_("小时最低工资"), "money", hint=N_("用于非全日制岗位。")),
        Field("from_on", N_("自何日起"), "date"),
    ),
)


def table(request: Request) -> MinimumWages:
    """Give the table."""
    found: MinimumWages = parts(request).extra["minimum_wages"]
    return found


def _context(request: Request) -> dict[str, Any]:
    return {
        "act": FORM,
        "labels": labels(FORM),
        "rows": table(request).rows(),
        "places": DISTRICTS,
        "may_enter": may(who(request), RIGHT),
    }


@router.get("/minimum-wages")
def shown(request: Request) -> Response:
    """List the amounts; everybody who works with posts may look."""
    if not who(request).roles & (READERS | {"admin"}):
        raise HTTPException(403)
    return page(request, "admin/minimum_wages.html", typed={}, told={}, **_context(request))


@router.post("/minimum-wages")
def enter(request: Request, form: Posted) -> Response:
    """Enter the amounts of a place from a day on."""
    if not may(who(request), RIGHT):
        raise HTTPException(403)
    kept(request, "admin/minimum_wages.html", forms.typed(form), **_context(request))
    given = forms.parse(FORM, form, {})
    table(request).enter(**given, by=who(request).account)
    return RedirectResponse("/minimum-wages", 303)
