"""Saved filters: kept from a list, pinned as tiles of the home page, shared by a manager (F-17)."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from fastapi import APIRouter
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from application.filters import Filter
from application.rights import may
from domain.kernel import N_
from projections.lists import Query
from web import forms
from web.access import parts
from web.act_pages import Posted
from web.case_filters import asked_for, read_wanted
from web.caseload.parts import caseload, working
from web.errors import kept
from web.pages import page, with_query

router = APIRouter()
LABELS = {"name": N_("名称"), "shared": N_("全站共用")}


class Counted(NamedTuple):
    """A saved filter with the address of its list and the number of its rows."""

    saved: Filter
    href: str
    rows: int

    @property
    def name(self) -> str:
        """The name it was given."""
        return self.saved.name


def queries(request: Request, saved: Iterable[Filter]) -> dict[str, Query]:
    """Give for every saved filter the very query that its link asks (F-04)."""
    return {one.id: asked_for(request, QueryParams(one.query)) for one in saved}


def told(saved: Iterable[Filter], counts: Mapping[str, int]) -> list[Counted]:
    """Put the filters with their numbers."""
    return [Counted(one, f"/cases?{one.query}", counts[one.id]) for one in saved]


def counted(request: Request) -> list[Counted]:
    """Count every saved filter."""
    saved = caseload(request).filters.of(working(request))
    return told(saved, parts(request).caseload.counts(queries(request, saved)))


def pinned(request: Request) -> Sequence[Counted]:
    """Give those that stand on the home page."""
    return [one for one in counted(request) if one.saved.pinned]


@router.get("/filters")
def listing(request: Request) -> Response:
    """List the saved filters; `?query` of a list is offered to be saved."""
    asker = working(request)
    query = with_query(read_wanted(request, request.query_params).as_url())[1:]
    return page(
        request,
        "caseload/filters.html",
        filters=counted(request),
        keep=query,
        may_share=may(asker, "case.reassign"),
        labels=LABELS,
        typed={},
        told={},
    )


@router.post("/filters")
def save(request: Request, form: Posted) -> Response:
    """Keep a filter under a name."""
    asker = working(request)
    query = with_query(read_wanted(request, QueryParams(str(form.get("query", "")))).as_url())[1:]
    kept(
        request,
        "caseload/filters.html",
        forms.typed(form),
        filters=counted(request),
        keep=query,
        may_share=may(asker, "case.reassign"),
        labels=LABELS,
    )
    caseload(request).filters.save(
        asker,
        name=str(form.get("name", "")),
        query=query,
        pinned=bool(form.get("pinned")),
        shared=bool(form.get("shared")),
    )
    return RedirectResponse("/filters", 303)


@router.post("/filters/{which}/{what}")
def change(request: Request, which: str, what: str) -> Response:
    """Pin, unpin or drop an own filter."""
    asker, filters = working(request), caseload(request).filters
    if what == "drop":
        filters.remove(asker, which)
    elif what in {"pin", "unpin"}:
        filters.pin(asker, which, pinned=what == "pin")
    return RedirectResponse("/filters", 303)
