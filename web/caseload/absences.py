"""Absence 外出委托: a colleague stands in for a span of days, which ends by itself (F-80)."""

from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from application.rights import may
from application.store import Who
from domain.kernel import N_, Refused
from web import forms
from web.access import parts
from web.act_pages import Posted, see_other, stamp
from web.acts import Act, Field
from web.caseload.parts import caseload, working
from web.errors import kept
from web.pages import page

router = APIRouter()
GIVING = Act(
    "give_delegation",
    N_("委托同事代办"),
    (
        Field("account", N_("谁不在"), "staff"),
        Field("to", N_("谁代办"), "staff"),
        Field("from_on", N_("自"), "date"),
        Field("to_on", N_("至(含)"), "date"),
    ),
    consequence=N_("其间代办人可以办理您的案件，每条记录写明“谁代谁”；到期自动结束。"),
)


def _offered(request: Request, asker: Who) -> dict[str, Sequence[tuple[str, str]]]:
    """Offer oneself, and for a manager everybody of the stations served, as the absent one."""
    staff = parts(request).choices.options("staff", who=asker, case="")
    mine = [one for one in staff if one[0] == asker.account]
    mine = mine or [(asker.account, parts(request).directory.staff(asker.account))]
    absent = staff if may(asker, "staff.delegate") else mine
    return {"account": absent, "to": [one for one in staff if absent != mine or one not in mine]}


def _form(request: Request, asker: Who) -> dict[str, Any]:
    today = parts(request).today()
    everybody = caseload(request).delegations.delegations()
    offered = _offered(request, asker)
    seen = {account for account, _ in offered["account"]} | {asker.account}
    return {
        "act": GIVING,
        "offered": offered,
        "labels": {field.name: field.label for field in GIVING.fields},
        "shown": [one for one in everybody if {one[0], one[1]} & seen and (one[3] >= one[2])],
        "may_end": {a for a, _ in offered["account"]},
        "day": today,
    }


@router.get("/absences")
def listing(request: Request) -> Response:
    """Show who stands in for whom, and the form."""
    asker = working(request)
    typed = {"account": asker.account, "from_on": parts(request).today().isoformat()}
    return page(request, "caseload/absences.html", typed=typed, told={}, **_form(request, asker))


@router.post("/absences")
def give(request: Request, form: Posted) -> Response:
    """Let a colleague stand in."""
    asker = working(request)
    context = _form(request, asker)
    kept(request, "caseload/absences.html", forms.typed(form), **context)
    values = forms.parse(GIVING, form, context["offered"])
    if values["to_on"] < parts(request).today():
        raise Refused(rule="P-03", text=N_("委托的终止日期已经过去。"), field="to_on")
    account = values.pop("account")
    done = caseload(request).absences.give_delegation(account, stamp=stamp(request, form), **values)
    return see_other(request, "/absences", done)


@router.post("/absences/end")
def end(request: Request, form: Posted) -> Response:
    """End a delegation before its day."""
    working(request)
    account, to = str(form.get("account", "")), str(form.get("to", ""))
    done = caseload(request).absences.end_delegation(account, to=to, stamp=stamp(request, form))
    return see_other(request, "/absences", done)
