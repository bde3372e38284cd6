"""The pages of a phone 手机走访: today's visits, a new lead, and what is mine (experience.md 5).

For informants 网格员, who tell of people and visit those they told of, and for officers on their
way. Plain forms; the module `mobile.js` keeps what was typed and a queue while there is no net.
"""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from application.rights import may
from domain import codes
from domain.attachments import offered
from domain.kernel import N_
from domain.seeker import SeekerCase
from projections.lists import Query
from web import forms, texts, words
from web.access import parts
from web.act_pages import Posted, see_other, stamp, standing
from web.acts import Act, Field
from web.errors import kept
from web.fact_words import STEPS
from web.pages import page
from web.seekers import register
from web.visit import visit, who

router = APIRouter()
LEAD, VISIT = "seeker.lead", "seeker.visit"
MOST = 100
FORM = Act(
    "record_visit",
    N_("登记走访"),
    (
        Field("kind", N_("种类"), "code", codes.VISIT_KINDS),
        Field("found", N_("情况"), "code", codes.VISIT_FINDINGS),
        Field("note", N_("备注"), "longtext", required=False),
    ),
)
TELL = Act(
    "record_lead",
    N_("记下线索"),
    (
        Field("name", N_("姓名")),
        Field("sex", N_("性别"), "code", {"male": N_("男"), "female": N_("女")}),
        Field("phone", N_("电话"), required=False),
        Field("address", N_("住址"), required=False),
        Field("group", N_("人群"), "code", codes.KEY_GROUPS, required=False, empty=""),
        Field("note", N_("线索内容"), "longtext"),
    ),
)


def _in(request: Request) -> None:
    """Let in who visits people, and turn to the reader's language."""
    if not may(who(request), LEAD):
        raise HTTPException(403)
    texts.use(visit(request).language)


@router.get("/m")
def today(request: Request) -> Response:
    """Show who is to be visited today: own leads, and for an officer the contacts that are due."""
    _in(request)
    own, asker = parts(request), who(request)
    on = own.today()
    mine = own.caseload.page(
        Query(today=on, officer=asker.account, kinds=("seeker",), due_until=on, limit=MOST)
    ).rows
    leads = own.caseload.page(
        Query(today=on, officer=asker.account, kinds=("seeker",), states=("LEAD",), limit=MOST)
    ).rows
    rows = list({row.case_id: row for row in (*mine, *leads)}.values())
    return page(request, "mobile/today.html", **_rows(request, rows), here_is="today")


@router.get("/m/mine")
def mine(request: Request) -> Response:
    """Show everything that is mine."""
    _in(request)
    own, asker = parts(request), who(request)
    rows = own.caseload.page(
        Query(today=own.today(), officer=asker.account, kinds=("seeker",), limit=MOST)
    ).rows
    return page(request, "mobile/today.html", **_rows(request, rows), here_is="mine")


def _rows(request: Request, rows: Any) -> dict[str, Any]:
    own = parts(request)
    names = own.people.names(
        {row.person for row in rows if row.person}, full=lambda _p: True, on=own.today()
    )
    return {"rows": rows, "names": names, "steps": STEPS, "states": words.STATE_WORDS}


@router.get("/m/visits/{case}")
def visit_form(request: Request, case: str) -> Response:
    """Draw the form of a visit."""
    typed = {"kind": "household", "found": "met"}
    return page(request, "mobile/visit.html", typed=typed, told={}, **visiting(request, case))


@router.post("/m/visits/{case}")
def visited(request: Request, case: str, form: Posted) -> Response:
    """Record a visit, and go on to the next one."""
    kept(request, "mobile/visit.html", forms.typed(form), **visiting(request, case))
    values = forms.parse(FORM, form, {})
    done = register.desk(request).method("record_visit")(case, stamp=stamp(request, form), **values)
    return see_other(request, "/m?done=visit", done)


def visiting(request: Request, case: str) -> Mapping[str, Any]:
    """Gather what the page of a visit shows, for who may visit this person."""
    _in(request)
    own = parts(request)
    state: Any = standing(request, register.desk(request), case)
    if not may(who(request), VISIT, state, case):
        raise HTTPException(403)
    shown = own.people.names({state.person}, full=lambda _p: True, on=own.today())
    return {
        "case": case,
        "state": state,
        "named": shown.get(state.person),
        "refused": state.why_not("record_visit"),
        "act": FORM,
        "labels": {"occurred_on": N_("发生日期")} | {f.name: f.label for f in FORM.fields},
        "here_is": "today",
        "last": _last(state),
        "photos": sum(one.fact.kind == "visit_photo" for one in offered(state.attachments))
        if "/m/visits/{case}/photos" in request.app.state.paths
        else None,
    }


def _last(state: SeekerCase) -> str:
    """Say when somebody of the office last met or called the person."""
    return state.contacted_on.isoformat() if state.contacted_on else ""


@router.get("/m/register")
def lead_form(request: Request) -> Response:
    """Draw the form of a lead."""
    _in(request)
    return page(request, "mobile/lead.html", typed={}, told={}, **_telling())


def _telling() -> dict[str, Any]:
    return {
        "act": TELL,
        "labels": {"occurred_on": N_("发生日期")} | {f.name: f.label for f in TELL.fields},
        "here_is": "register",
    }


@router.post("/m/register")
def told(request: Request, form: Posted) -> Response:
    """Write down somebody who may want help: a person without papers, and a lead."""
    _in(request)
    kept(request, "mobile/lead.html", forms.typed(form), **_telling())
    values = forms.parse(TELL, form, {}) | {
        "domicile": register.DEFAULTS["domicile"],
        "channel": "grid_worker" if "informant" in who(request).roles else "visit",
    }
    asked = stamp(request, form)
    register.check(values, asked, registering=False)
    filled = register.Filled(register.LEAD, values, asked, "", "", owner=False, twins=(), apart="")
    done = register.recorded(request, filled)
    return see_other(request, "/m?done=lead", done)
