"""Lists of posts 岗位: the desk's list by state, the public one, and who has still to be told."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Protocol

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from application.rights import may
from application.telling import RIGHT as TELLS
from application.telling import Telling
from application.vacancies import POST
from domain.codes import DISTRICTS, FOLLOW_UP_CHANNELS, TRADES
from domain.kernel import N_
from domain.matching.hours import HOURS
from domain.seeker import SeekerCase
from projections.posts_reader import Asked, Count, Referred
from web import forms, texts
from web.access import parts, public
from web.act_pages import PATIENCE, Posted, stamp
from web.acts import Act, Field
from web.case_page import READERS
from web.errors import kept
from web.matching import pay, said
from web.network.keeping import kept_page, spoken
from web.pages import page
from web.visit import visit, who

router = APIRouter()
TABS: Mapping[str, str] = {
    "": N_("全部"),
    "draft": N_("草稿"),
    "submitted": N_("待核实"),
    "verified": N_("待发布"),
    "open": N_("在招"),
    "ending": N_("快到期"),
    "expired": N_("已过期"),
    "paused": N_("已暂停"),
    "filled": N_("已招满"),
    "rejected": N_("不予发布"),
    "withdrawn": N_("已撤下"),
}
TONES = {"open": "ok", "ending": "warn", "expired": "bad", "withdrawn": "off", "rejected": "off"}
KEPT = 60  # seconds that anybody may keep the public list
TELL = Act(
    "tell",
    N_("登记告知"),
    (
        Field("channel", N_("方式"), "code", FOLLOW_UP_CHANNELS),
        Field("reached", N_("已告知本人"), "bool", required=False),
    ),
    right=TELLS,
)


class Posts(Protocol):
    """The lists; `projections.posts_reader.PostsReader` is one."""

    def page(self, asked: Asked) -> Sequence[Mapping[str, Any]]:
        """List posts."""
        ...

    def counts(self, asked: Asked) -> Mapping[str, Count]:
        """Count them by state."""
        ...

    def to_tell(self, stations: Any, *, vacancy: str = "") -> Sequence[Referred]:
        """List who has to be told."""
        ...

    def told(self, vacancy: str) -> Sequence[str]:
        """List who was told."""
        ...


def posts(request: Request) -> Posts:
    """Give the lists of posts."""
    found: Posts = parts(request).extra["posts"]
    return found


def asked(request: Request, state: str = "") -> Asked:
    """Read what the URL narrows a list to; what is no such word, as "all", narrows nothing."""
    given = request.query_params
    until, last = given.get("until", ""), given.get("last", "")[:60]
    state = given.get("state", state)
    try:
        after = (date.fromisoformat(until), last) if until else None
    except ValueError:
        after = None
    return Asked(
        on=parts(request).today(),
        state=state if state in TABS else "",
        text=given.get("text", "")[:60].strip(),
        trade=given.get("trade", "") if given.get("trade") in TRADES else "",
        place=given.get("place", "") if given.get("place") in DISTRICTS else "",
        after=after,
    )


def shown(row: Mapping[str, Any]) -> dict[str, Any]:
    """Say a row of a list."""
    stands = "ending" if row["ending"] else row["stands"]
    return {
        **row,
        "stands": stands,
        "word": TABS[stands],
        "tone": TONES.get(stands, ""),
        "pays": pay(row),
        "where": said(DISTRICTS, row["place"]),
        "when": said(HOURS, *row["hours"]),
        "trade": said(TRADES, row["occupation"]),
    }


def listed(request: Request, wanted: Asked) -> dict[str, Any]:
    """Gather a page of a list."""
    found = posts(request).page(wanted)
    query = {n: getattr(wanted, n) for n in ("text", "trade", "place")}
    query["state"] = wanted.state or "all"
    last = found[-1] if len(found) == wanted.limit else None
    return {
        "asked": wanted,
        "query": query,
        "rows": [shown(row) for row in found],
        "more": {"until": last["valid_until"], "last": last["vacancy"]} if last else None,
        "trades": TRADES,
        "places": DISTRICTS,
    }


@router.get("/vacancies")
def board(request: Request) -> Response:
    """List posts by state for those who work with them."""
    if not who(request).roles & READERS:
        raise HTTPException(403)
    texts.use(visit(request).language)
    wanted = asked(request, "open")
    counts = posts(request).counts(replace(wanted, state="", after=None))
    lines = sum(count.lines for name, count in counts.items() if name != "ending")
    heads = sum(count.headcount for name, count in counts.items() if name != "ending")
    return page(
        request,
        "vacancies/board.html",
        **listed(request, wanted),
        tabs=TABS,
        counts={**counts, "": Count(lines, heads)},
        untold=len(posts(request).to_tell(served(request))),
        may_draft=may(who(request), POST),
    )


@router.get("/posts")
@public
def open_posts(request: Request) -> Response:
    """Show anybody the open posts: no personal data, no form that posts, kept for a minute."""
    spoken(request)
    wanted = replace(asked(request), state="open")
    told = (str(request.query_params),)

    def draw() -> dict[str, Any]:
        counts = posts(request).counts(replace(wanted, state="", after=None))
        return listed(request, wanted) | {
            "count": counts.get("open", Count()),
            "language": visit(request).language,
        }

    return kept_page(request, "vacancies/public.html", draw, told=told, seconds=KEPT)


def served(request: Request) -> frozenset[str] | None:
    """Give the stations somebody may tell people of; None for all."""
    asker = who(request)
    if asker.roles & {"station_manager", "auditor"}:
        return None
    return asker.stations | {asker.station}


def to_tell(request: Request, vacancy: str = "") -> list[tuple[Referred, str]]:
    """List who has to be told, with names as lists show them (decision 25)."""
    asker, own = who(request), parts(request)
    found = posts(request).to_tell(served(request), vacancy=vacancy)
    mine = {one.person for one in found if one.owner == asker.account}
    people = own.people.names(
        [one.person for one in found if one.person], full=mine.__contains__, on=own.today()
    )
    return [
        (one, f"{people[one.person].name} {people[one.person].last4}".strip())
        if one.person in people
        else (one, "")
        for one in found
    ]


@router.get("/vacancies/untold")
def untold(request: Request) -> Response:
    """List everybody who was referred to a withdrawn post and was not told yet."""
    if not who(request).roles & READERS:
        raise HTTPException(403)
    return page(
        request,
        "vacancies/untold.html",
        rows=to_tell(request),
        stations=parts(request).directory.station,
        may_tell=may(who(request), TELLS),
    )


def _form(request: Request, vacancy: str, case: str) -> dict[str, Any]:
    state = parts(request).store.load(SeekerCase, case)
    if not any(one.vacancy == vacancy for one in state.referrals.values()):
        raise HTTPException(404)
    texts.use(visit(request).language)
    return {
        "act": TELL,
        "vacancy": vacancy,
        "case": case,
        "number": state.case_no,
        "title": parts(request).extra["entries"].named([vacancy]).get(vacancy, ""),
        "labels": {"occurred_on": N_("发生日期")} | {f.name: f.label for f in TELL.fields},
        "version": state.version,
        "may_override": False,
    }


@router.get("/vacancies/{vacancy}/tell/{case}")
def ask(request: Request, vacancy: str, case: str) -> Response:
    """Draw the form of one telling."""
    if not may(who(request), TELLS):
        raise HTTPException(403)
    context = _form(request, vacancy, case)
    return page(request, "vacancies/tell.html", typed={}, told={}, **context)


@router.post("/vacancies/{vacancy}/tell/{case}")
def tell(request: Request, vacancy: str, case: str, form: Posted) -> Response:
    """Record that somebody was told, or could not be reached (V-11)."""
    if not may(who(request), TELLS):
        raise HTTPException(403)
    given = forms.typed(form)
    kept(request, "vacancies/tell.html", given, **_form(request, vacancy, case))
    values = forms.parse(TELL, form, {})
    service: Telling = parts(request).extra["telling"]
    done = service.tell(case, vacancy=vacancy, stamp=stamp(request, form), **values)
    if done.position:
        parts(request).progress.wait(done.position, PATIENCE)
    return RedirectResponse(f"/vacancies/{vacancy}#told", 303)
