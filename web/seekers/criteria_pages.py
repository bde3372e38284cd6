"""Criteria of hardship 认定标准: every version with its kinds; and a decision read again (F-30)."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any, Protocol

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from application.criteria import Replayed
from application.rights import may
from application.store import Stamp
from domain import codes
from domain.kernel import N_
from domain.seeker import SeekerCase, facts
from domain.seeker.criteria import PROOFS, Category, Criteria, in_force
from web import forms
from web.access import parts
from web.act_pages import Posted, stamp
from web.acts import Act, Field
from web.case_page import READERS, readers, shown
from web.errors import kept
from web.fact_tell import opened_by
from web.pages import page
from web.visit import who

router = APIRouter()
RIGHT = "settings.manage"
_COLUMNS = (
    Field("code", N_("类别"), "code", codes.HARDSHIPS),
    Field("proof", N_("证明"), "code", PROOFS),
    Field("level", N_("级别"), "int", required=False, empty=1),
    Field("age_women", N_("女满"), "int", required=False, empty=0),
    Field("age_men", N_("男满"), "int", required=False, empty=0),
    Field("wait_months", N_("失业登记满几个月"), "int", required=False, empty=0),
)


def _category(code: str, proof: str, *numbers: int) -> Category:
    """Build one kind from a line; which kinds are sensitive is the law's, not the form's."""
    level, women, men, months = numbers
    return Category(code, proof, level, women, men, months, code in codes.SENSITIVE)


FORM = Act(
    "enter",
    N_("登记新标准"),
    (
        Field("version", N_("文号")),
        Field("from_on", N_("自何日起"), "date"),
        Field("source", N_("依据"), required=False),
        Field(
            "enough",
            N_("二级条件须同时具备几项"),
            "int",
            required=False,
            empty=2,
            hint=N_("一级条件一项即可。"),
        ),
        Field(
            "categories",
            N_("类别"),
            "table",
            columns=_COLUMNS,
            make=_category,
            hint=N_("例如：H01，id_card，1，40，50"),
        ),
    ),
)


class Book(Protocol):
    """The versions; `application.criteria.CriteriaBook` is one, in `extra["criteria"]`."""

    def versions(self) -> Sequence[Criteria]:
        """Give every version by its first day."""
        ...

    def enter(
        self,
        *,
        version: str,
        from_on: date,
        categories: Sequence[Category],
        source: str,
        stamp: Stamp,
        enough: int = 2,
    ) -> Criteria:
        """Enter a version."""
        ...


class Replays(Protocol):
    """Decisions read again; `application.criteria.HardshipReplay` is one."""

    def replay(
        self, case: str, hardship: int, *, beside: str = "", category: str = ""
    ) -> Replayed | None:
        """Hold the facts known at the decision against its version and another one."""
        ...


def book(request: Request) -> Book:
    """Give the versions."""
    found: Book = parts(request).extra["criteria"]
    return found


def _context(request: Request) -> dict[str, Any]:
    versions = list(book(request).versions())
    return {
        "versions": versions[::-1],
        "current": in_force(versions, parts(request).today()).version,
        "act": FORM,
        "labels": {one.name: one.label for one in FORM.fields},
        "may_enter": may(who(request), RIGHT),
        "hardships": codes.HARDSHIPS,
        "proofs": PROOFS,
        "ends": codes.HARDSHIP_ENDS,
    }


@router.get("/criteria")
def criteria(request: Request) -> Response:
    """List every version with its kinds, the newest first."""
    context = _context(request)
    newest = context["versions"][0]
    start = {"categories": "\n".join(map(_line, newest.categories.values()))}
    return page(request, "seekers/criteria.html", typed=start, told={}, **context)


def _line(one: Category) -> str:
    cells = (one.code, one.proof, one.level, one.age_women, one.age_men, one.wait_months)
    return "，".join(str(cell) for cell in cells)


@router.post("/criteria")
def enter(request: Request, form: Posted) -> Response:
    """Enter a version that holds from a later day on."""
    if not may(who(request), RIGHT):
        raise HTTPException(403)
    kept(request, "seekers/criteria.html", forms.typed(form), **_context(request))
    values = forms.parse(FORM, form, {})
    book(request).enter(stamp=stamp(request, form), **values)
    return RedirectResponse("/criteria", 303)


@router.get("/seekers/{case}/hardships/{hardship}/replay")
def replay(request: Request, case: str, hardship: int, beside: str = "") -> Response:
    """Show a decision under its own version and beside another one, check by check."""
    if not who(request).roles & READERS:
        raise HTTPException(403)
    found = shown(request, SeekerCase, case, field_class="hardship")
    versions = list(book(request).versions())
    place = int(beside) if re.fullmatch(r"\d{1,3}", beside) else len(versions) - 1
    other = versions[min(place, len(versions) - 1)]
    replays: Replays = parts(request).extra["replay"]
    told = replays.replay(
        case, hardship, beside=other.version, category=_category_of(request, found, hardship)
    )
    if told is None and hardship not in found.state.hardships:
        raise HTTPException(404)
    return page(
        request,
        "seekers/replay.html",
        case=found.state,
        place=f"/seekers/{case}",
        hardship=hardship,
        told=told,
        versions=list(enumerate(versions)),
        beside=versions.index(other),
    )


def _category_of(request: Request, found: Any, hardship: int) -> str:
    """Give the exact category to an officer of the case; to nobody else (S-18)."""
    applied = [
        one
        for one in found.history
        if isinstance(one.event, facts.HardshipApplied) and one.event.hardship == hardship
    ]
    if not found.full or not applied:
        return ""
    opened = opened_by(applied, readers(request).opened)
    category = opened.get(id(applied[0].event.category))
    return category if isinstance(category, str) else ""
