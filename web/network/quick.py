"""Quick match 零工快速撮合: a sheet of today's posts, a number beside each, one submit (F-49).

What is recorded are matched person-times; no case, no seat, no placement follows from them.
"""

from typing import Any

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from application.rights import may
from application.vacancies import POST
from domain import codes
from domain.codes import TRADES
from domain.kernel import N_, Refused
from projections.posts_reader import Opening
from projections.statistics import Scope
from web import dates, forms, texts
from web.access import parts
from web.act_pages import Posted, see_other, stamp
from web.errors import kept
from web.network.parts import network
from web.network.words import pay
from web.office_parts import office
from web.pages import page
from web.visit import visit, who

router = APIRouter()
SHEET = 40
LINE = "n_"


@router.get("/quick")
def sheet(request: Request, trade: str = "", text: str = "") -> Response:
    """零工快速撮合."""
    drawn = context(request, trade, text)
    return page(request, "network/quick.html", **drawn, typed={}, told={})


@router.post("/quick")
def record(request: Request, form: Posted) -> Response:
    """Record every line that has a number; a wrong one is told beside it."""
    drawn = context(request, str(form.get("trade", "")), str(form.get("text", "")))
    kept(request, "network/quick.html", forms.typed(form), **drawn)
    given = stamp(request, form)
    typed = str(form.get("day", "")).strip()
    day = dates.day(typed, field="day") if typed else given.occurred_on
    lines = {
        name.removeprefix(LINE): _count(name, str(form.get(name, "")))
        for name in form
        if name.startswith(LINE) and str(form.get(name, "")).strip()
    }
    done = network(request).quick.record(lines, day=day, stamp=given)
    return see_other(request, "/quick#today", done)


def context(request: Request, trade: str, text: str) -> dict[str, Any]:
    """Give the sheet: posts that are open in the county, and what was matched today."""
    if not may(who(request), POST):
        raise HTTPException(403)
    own = parts(request)
    texts.use(visit(request).language)
    today, home = own.today(), office(request).entries.entry(who(request).station)
    trade = trade if trade in TRADES else ""
    found, count = network(request).posts.openings(
        home.district[:6] if home else "", today, trade=trade, text=text[:60], limit=SHEET
    )
    scope = Scope(from_on=today, to_on=today, as_of=today, stations=(who(request).station,))
    facts = office(request).statistics.rows("matched_person_times", scope, limit=500)
    quick = [fact for fact in facts if fact.case_id.startswith("vacancy-")]
    names = office(request).entries.named({fact.case_id for fact in quick})
    return {
        "rows": [_row(one) for one in found],
        "more": max(count - len(found), 0),
        "trades": TRADES,
        "trade": trade,
        "text": text,
        "places": codes.DISTRICTS,
        "matched": [(names.get(f.case_id, f.case_id), f.case_id, int(f.quantity)) for f in quick],
        "total": sum(int(fact.quantity) for fact in quick),
        "labels": {"day": N_("日期")} | {LINE + one.stream: one.title for one in found},
    }


def _row(one: Opening) -> tuple[Opening, str]:
    return one, pay(one)


def _count(name: str, text: str) -> int:
    """Read the number of a line."""
    text = text.strip()
    if not text.isascii() or not text.isdigit() or not 0 < len(text) < 5 or not int(text):
        raise Refused(rule="V-07", text=N_("请填 1 到 9999 的整数。"), field=name)
    return int(text)
