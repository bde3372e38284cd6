"""Employers 用人单位: the list with its filters, the watch list, the page of each (F-62)."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple, Protocol

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from application.rights import may
from domain.calendar import add_months
from domain.dispute import DisputeCase
from domain.kernel import N_
from projections.directory_reader import Entry
from projections.employer_book import MONTHS, EmployerBook, Standing
from projections.lists import CaseLine, Query
from web import texts
from web.access import parts
from web.act_pages import doable, standing
from web.case_page import READERS, may_read
from web.pages import page
from web.resources import Resource, names, timeline_of
from web.visit import visit, who

MOST, LOOKED_AT = 100, 30
STATES = {"": N_("全部"), "active": N_("在用"), "stopped": N_("停用名单"), "watch": N_("关注名单")}


class Shelf(Protocol):
    """The directory, as far as this page asks."""

    def of_kind(
        self,
        kind: str,
        *,
        states: Sequence[str] = (),
        text: str = "",
        after: tuple[str, str] = ("", ""),
        limit: int = MOST,
    ) -> Sequence[Entry]:
        """List entries by name."""
        ...

    def entry(self, stream: str) -> Entry | None:
        """Give one entry."""
        ...

    def employer_with(self, code: str) -> str:
        """Give the employer in business that holds a credit code, or ""."""
        ...


class Pattern(NamedTuple):
    """How an employer behaved in its disputes: counted over the latest ones."""

    looked_at: int
    refused: int
    missed: int
    defaulted: int
    settled: int
    performed: int


def book(request: Request) -> EmployerBook:
    """Give the reader of employers' standing."""
    found: EmployerBook = parts(request).extra["employer_book"]
    return found


def admitted(request: Request) -> None:
    """Let in who reads cases, and choose the language."""
    if not who(request).roles & READERS:
        raise HTTPException(403)
    texts.use(visit(request).language)


def since(request: Request) -> date:
    """Give the day from which a dispute counts as recent."""
    return add_months(parts(request).today(), -MONTHS)


def found_entries(request: Request, state: str, text: str, after: tuple[str, str]) -> list[Entry]:
    """Find employers by code, by a part of the name, by state, or those to be watched."""
    shelf: Shelf = parts(request).extra["entries"]
    if state == "watch":
        entries = [shelf.entry(one.employer) for one in book(request).watched(since=since(request))]
        return [one for one in entries if one and (not text or text in one.name)]
    code = text.strip().upper()
    if len(code) == 18 and code.isascii() and (held := shelf.employer_with(code)):
        entry = shelf.entry(held)
        return [entry] if entry else []
    states = (state,) if state else ()
    return list(shelf.of_kind("employer", states=states, text=text, after=after, limit=MOST))


def routes(resource: Resource, desk_of: Any) -> APIRouter:
    """Make the list and the page; they win over the plain ones of every resource."""
    made = APIRouter()

    @made.get("/employers")
    def listing(
        request: Request, text: str = "", state: str = "", after: str = "", name: str = ""
    ) -> Response:
        """List employers with their disputes in sums."""
        admitted(request)
        chosen = state if state in STATES else ""
        entries = found_entries(request, chosen, text[:60], (name[:200], after[:60]))
        sums = book(request).standing([one.stream for one in entries], since=since(request))
        return page(
            request,
            "employers/list.html",
            entries=entries,
            sums=sums,
            states=STATES,
            state=chosen,
            text=text[:60],
            words=resource.states,
            more=entries[-1] if len(entries) == MOST and chosen != "watch" else None,
            begins=[a for a in desk_of(request).begun() if may(who(request), a.right)],
            title=texts.translate(resource.title),
        )

    @made.get("/employers/{stream}")
    def one(request: Request, stream: str) -> Response:
        """Show an employer: what it is, its disputes and how they went, its posts, its facts."""
        admitted(request)
        own, asker = parts(request), who(request)
        state: Any = standing(request, desk_of(request), stream)
        query = Query(
            today=own.today(), respondent=stream, kinds=("dispute",), closed=True, limit=MOST
        )
        found = own.caseload.page(query)
        sums = book(request).standing([stream], since=since(request)).get(stream)
        referred, open_referrals = book(request).referred(stream)
        people = [row.person for row in found.rows if row.person]
        people += [one.person for one in referred]
        mine = {row.person for row in found.rows if asker.account in row.officers}
        mine |= {one.person for one in referred if asker.account == one.owner}
        return page(
            request,
            "employers/one.html",
            place=f"/employers/{stream}",
            stream=stream,
            name=resource.name(state),
            state=state.standing,
            words=resource.states,
            facts=[
                (texts.translate(k), v)
                for k, v in resource.facts(state, names(request), own.today())
                if v
            ],
            rows=found.rows,
            total=found.total,
            sums=sums,
            pattern=pattern(request, stream, found.rows) if found.rows else None,
            people=own.people.names(people, full=mine.__contains__, on=own.today()),
            posts=book(request).posts(stream),
            placed=book(request).placed(stream),
            referred=referred,
            open_referrals=open_referrals,
            bars=bars(sums) if sums else (),
            items=doable(request, desk_of(request), state, stream),
            days=timeline_of(request, resource, stream),
        )

    return made


def bars(sums: Standing) -> Sequence[tuple[str, int, float]]:
    """Give claimed, agreed, paid and open as shares of the greatest, for the eye."""
    told: Mapping[str, int] = {
        N_("主张"): sums.claimed,
        N_("协议"): sums.agreed,
        N_("已付"): sums.paid,
        N_("协议未付"): sums.outstanding,
    }
    most = max(told.values()) or 1
    return [(word, amount, round(amount / most * 100, 1)) for word, amount in told.items()]


def pattern(request: Request, employer: str, rows: Sequence[CaseLine]) -> Pattern:
    """Count refusals, missed sessions and defaults over the latest disputes that may be read."""
    own, asker = parts(request), who(request)
    latest = sorted(rows, key=lambda one: one.opened_on or date.min, reverse=True)[:LOOKED_AT]
    cases = [own.store.load(DisputeCase, one.case_id) for one in latest]
    cases = [one for one in cases if may_read(asker, one)]
    return Pattern(
        looked_at=len(cases),
        refused=sum(employer in one.refused_by for one in cases),
        missed=sum(s.standing == "missed" for one in cases for s in one.sessions.values()),
        defaulted=sum(one.ever_defaulted for one in cases),
        settled=sum(one.settled_on is not None for one in cases),
        performed=sum(one.performed_on is not None for one in cases),
    )
