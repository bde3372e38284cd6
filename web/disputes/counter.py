"""One page for one small claim: channel, worker, employer, route check, claim, application.

Whoever has the same claim open is joined to that case (D-12); other open cases against the same
employer are offered first. When the answers lead to another body, the page says which one and why.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from fastapi import APIRouter
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from application.enrolling import Enrolling
from application.front_desk import Answers, CameIn, Firm, FrontDesk, Worker
from application.rights import may
from application.wage_tables import Newcomer
from domain import codes_dispute as codes
from domain.dispute.claims import ClaimRow, check_row, product
from domain.dispute.route_check import Route, check_route
from domain.dispute.values import Basis
from domain.identity import check_credit_code, check_phone, read_id_number
from domain.kernel import N_, Refused
from domain.money import Fen
from web import forms, texts
from web.access import parts
from web.act_pages import Posted, see_other, stamp
from web.acts import Field
from web.disputes.opening_acts import FORMS, ROUTE, last_day
from web.disputes.parties import CODE, EDGES
from web.disputes.twins import Twins, twins
from web.errors import kept
from web.pages import page
from web.visit import visit, who
from web.wages.cells import number as quantity

RIGHT = "dispute.intake"
KINDS = {
    "months": N_("个月"),
    "hours": N_("小时"),
    "days": N_("天"),
    "pieces": N_("件"),
}
CAME = (
    Field("channel", N_("来件渠道"), "code", choices=codes.DISPUTE_CHANNELS),
    Field("outer_no", N_("外部编号"), required=False, hint=N_("热线工单号或信访号。")),
    Field("reply_due", N_("要求答复日"), "date", required=False),
)
WORKER = (
    Field("name", N_("劳动者姓名")),
    Field("id_no", N_("身份证号")),
    Field("phone", N_("电话"), required=False),
)
FIRM = (
    Field(
        "firm",
        N_("用人单位"),
        required=False,
        hint=N_("写已登记单位的名称或代码；新单位写名称和 18 位信用代码；暂时说不清的先空着。"),
    ),
    Field("role", N_("身份"), "code", choices=codes.RESPONDENT_ROLES),
)
CLAIM = (
    Field("code", N_("请求类别"), "code", choices=codes.CLAIMS),
    Field("from_on", N_("起月"), "month"),
    Field("to_on", N_("止月"), "month", make=last_day),
    Field("amount", N_("金额"), "money", required=False),
    Field("quantity", N_("数量"), required=False),
    Field("kind", N_("计量"), "code", choices=KINDS, required=False),
    Field("rate", N_("单价"), "money", required=False, hint=N_("填了数量和单价，金额可不填。")),
    Field("ended_on", N_("离职日期"), "date", required=False),
    Field("summary", N_("事实与理由"), "longtext"),
)
FORM = Field("form", N_("收到申请"), "code", choices=FORMS, required=False)
SECTIONS = (
    (N_("来件"), CAME),
    (N_("劳动者"), WORKER),
    (N_("用人单位"), FIRM),
    (N_("由谁办理"), ROUTE),
    (N_("请求"), CLAIM),
)
FIELDS = (*CAME, *WORKER, *FIRM, *ROUTE, *CLAIM, FORM)
DEFAULTS: Mapping[str, str] = {
    "channel": "walk_in",
    "role": "employer",
    "relation": "labour",
    "matter": "pay",
    "elsewhere": "none",
    "code": "C01",
    "kind": "months",
    "form": "oral",
}
BODIES = {**codes.TOLD_ROUTES, **codes.BODIES}

router = APIRouter()


def admitted(request: Request) -> None:
    """Let in who may take an intake."""
    if not may(who(request), RIGHT):
        raise HTTPException(403)


def context(request: Request) -> dict[str, Any]:
    """Give what the page needs beside what was typed."""
    own = parts(request)
    texts.use(visit(request).language)
    employers = own.choices.options("employer", who=who(request), case="new")
    return {
        "sections": SECTIONS,
        "form_field": FORM,
        "employers": [name for _, name in employers],
        "labels": {one.name: one.label for one in FIELDS},
        "bodies": BODIES,
        "channels": codes.DISPUTE_CHANNELS,
        "may_refuse": may(who(request), "dispute.edit"),
        "route": None,
        "twins": Twins((), 0),
    }


@router.get("/disputes/new/counter")
def counter(request: Request) -> Response:
    """Draw the page, defaults filled in."""
    admitted(request)
    return page(request, "disputes/counter.html", typed=dict(DEFAULTS), told={}, **context(request))


@router.post("/disputes/new/counter")
def opened(request: Request, form: Posted) -> Response:
    """Open a case, join one, or say first what is to be decided."""
    admitted(request)
    shown, given = context(request), forms.typed(form)
    kept(request, "disputes/counter.html", given, **shown)
    values = {field.name: forms.read(field, form, {}) for field in FIELDS}
    sealed = stamp(request, form)
    worker, claim = worker_of(request, values, sealed.occurred_on), claim_of(values)
    check_row(claim, 1, sealed.occurred_on)
    firm = firm_of(request, values)
    route = check_route(**{f.name: values[f.name] for f in ROUTE}, channel=values["channel"])
    if route.claim and values["code"] != route.claim:
        raise Refused(
            rule="D-01",
            text=N_("没有劳动关系的，请求类别请选“{claim}”。"),
            field="code",
            claim=texts.label(codes.CLAIMS[route.claim]),
        )
    found = twins(request, employer=firm.employer, person=worker.person, claims=[claim])
    decided = str(form.get("decided", ""))
    if undecided(route, found, decided, form):
        again = shown | {"route": None if route.here else route, "twins": found}
        return page(request, "disputes/counter.html", status=409, typed=given, told={}, **again)
    service: FrontDesk = parts(request).extra["front_desk"]
    came = CameIn(
        values["channel"], values["summary"], values["outer_no"] or None, values["reply_due"]
    )
    if decided.startswith("dispute-"):
        joined = next((one for one in found.shown if one.case == decided and one.joinable), None)
        if joined is None:
            raise Refused(rule="D-12", text=N_("这件案件现在不能并入，请另选。"), field="firm")
        claims = [] if joined.same else [claim]
        done = service.join_case(decided, came=came, worker=worker, claims=claims, stamp=sealed)
        return see_other(request, f"/disputes/{decided}#latest", done)
    refused = not route.here and form.get("away") == "refuse"
    done = service.open_case(
        came=came,
        worker=worker,
        firm=firm,
        answers=Answers(values["relation"], values["matter"], values["elsewhere"]),
        claims=[claim],
        form=values["form"] or ("oral" if refused else ""),
        stamp=sealed,
        open_elsewhere=found.same.number or found.same.case if found.same else "",
        refusal=route.refusal if refused else "",
        told_route=route.body if refused else "",
    )
    return see_other(request, f"/disputes/{done.streams[0]}#latest", done)


def undecided(route: Route, found: Twins, decided: str, form: FormData) -> bool:
    """Say whether the page has to ask first: another body, or an open case about the same."""
    if decided.startswith("dispute-"):
        return False
    asks_route = not route.here and form.get("away") not in {"refuse", "anyway"}
    asks_twin = bool(found.shown) and decided != "new"
    return asks_route or asks_twin


def worker_of(request: Request, values: Mapping[str, Any], on: date) -> Worker:
    """Find who claims by ID number, or take a newcomer (S-03, P-01)."""
    number = read_id_number(values["id_no"], on=on).number
    enrolling: Enrolling = parts(request).extra["enrolling"]
    if person := enrolling.known([number]).get(number):
        name = enrolling.name_of(person)
        if name and "".join(name.split()) != "".join(values["name"].split()):
            raise Refused(rule="P-01", text=N_("证件号码已登记为另一姓名，请核对。"), field="name")
        return Worker(person=person)
    phone = check_phone(values["phone"]) if values["phone"] else ""
    return Worker(newcomer=Newcomer(number, values["name"], phone))


def claim_of(values: Mapping[str, Any]) -> ClaimRow:
    """Write the claim as the domain takes it; an empty amount is quantity times rate."""
    counted: str | None = None
    if values["quantity"]:
        try:
            counted = str(quantity(values["quantity"]))
        except Refused as refused:
            raise Refused(
                rule=refused.rule, text=refused.text, field="quantity", **refused.values
            ) from refused
    basis = Basis(kind=values["kind"] or "months", rate=values["rate"], quantity=counted)
    amount = values["amount"] or product(basis)
    if amount is None:
        raise Refused(rule="D-06", text=N_("请填金额，或数量和单价。"), field="amount")
    return ClaimRow(
        worker="",
        code=values["code"],
        from_on=values["from_on"],
        to_on=values["to_on"],
        amount=Fen(int(amount)),
        basis=basis,
        text=values["summary"],
        ended_on=values["ended_on"],
    )


def firm_of(request: Request, values: Mapping[str, Any]) -> Firm:
    """Find the employer by code or by its whole name, or take a new one with both (V-09, V-10)."""
    typed = values["firm"].strip()
    if not typed:
        return Firm(role=values["role"])
    own = parts(request)
    code = CODE.search(typed.upper())
    if code is None:
        offered = own.choices.options("employer", who=who(request), case="new")
        found = [stream for stream, name in offered if name == typed]
        if len(found) == 1:
            return Firm(found[0], role=values["role"])
        raise Refused(
            rule="F-00",
            text=N_("没有登记过这个名称，请同时写 18 位统一社会信用代码，或先空着。"),
            field="firm",
        )
    checked = check_credit_code(code[0], field="firm")
    if held := own.extra["employer_with"](checked):
        return Firm(str(held), role=values["role"])
    name = typed[: code.start()].strip(EDGES) or typed[code.end() :].strip(EDGES)
    if not name:
        raise Refused(rule="F-00", text=N_("没有登记过这个代码，请同时写单位名称。"), field="firm")
    return Firm("", name, checked, values["role"])
