"""Batch acts 批量办理: chosen rows, a page that names them and asks once, a result a row (F-19)."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import parse_qs

from fastapi import APIRouter
from starlette.datastructures import FormData, QueryParams
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from application.batches import MOST
from application.store import Who
from domain import codes
from domain.codes_message import CHANNELS, OCCASIONS
from domain.kernel import N_, Aggregate, Refused
from projections.holdings import Holding
from web import forms
from web.access import parts
from web.act_pages import Posted, see_other, stamp
from web.acts import Act, Field
from web.case_filters import asked_for
from web.case_groups import PLACES
from web.case_page import may_read
from web.caseload.parts import caseload, working
from web.caseload.workload import kinds_of, said
from web.errors import kept
from web.messages.batch import batch_preview, mark
from web.messages.words import HINTS
from web.pages import page

router = APIRouter()
FROM_CASE = N_("空着就用案件里的。")
REASON = Field("reason", N_("理由"), "longtext")
# By act: its form, and by kind of case the verb that it asks.
ACTS: Mapping[str, tuple[Act, Mapping[str, str]]] = {
    "assign": (
        Act(
            "assign",
            N_("转派"),
            (Field("officer", N_("接手人"), "staff"), REASON),
            consequence=N_("每件各记一条；原责任人转为协办或退出。"),
        ),
        {"seeker": "assign", "dispute": "assign_mediator"},
    ),
    "transfer": (
        Act(
            "transfer",
            N_("移交他站"),
            (
                Field("to_station", N_("接收站点"), "station"),
                Field("to_officer", N_("接收人"), "staff", required=False, empty=None),
                REASON,
            ),
            consequence=N_("对方逐件接收以前，仍由本站负责。"),
        ),
        {"seeker": "offer_transfer", "dispute": "offer_transfer"},
    ),
    "contact": (
        Act(
            "contact",
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
        ),
        {"seeker": "record_follow_up"},
    ),
    "message": (
        Act(
            "message",
            N_("发消息"),
            (
                Field("occasion", N_("通知事项"), "code", OCCASIONS),
                Field("channel", N_("渠道"), "code", CHANNELS),
                Field("date", N_("日期"), "date", required=False, empty=None, hint=FROM_CASE),
                Field("time", N_("时间"), "time", required=False, hint=FROM_CASE),
                Field("place", N_("地点"), required=False, hint=FROM_CASE),
                Field("title", N_("名称"), required=False, hint=FROM_CASE),
                Field("text", N_("内容"), "longtext", required=False, hint=HINTS["text"]),
            ),
            consequence=N_("先逐件预览原文，再放入待发；缺电话或本人不接收的会逐件说明。"),
        ),
        {"seeker": "", "dispute": ""},
    ),
    "hold": (
        Act(
            "hold",
            N_("暂缓"),
            (
                Field("until", N_("暂缓至"), "date"),
                Field("reason", N_("原因"), "code", codes.HOLD_REASONS),
            ),
            consequence=N_("到那一天以前不再提醒；争议的法定期限照走。"),
        ),
        {"seeker": "place_hold", "dispute": "place_hold"},
    ),
    "close": (
        Act(
            "close",
            N_("退出帮扶"),
            (Field("reason", N_("退出原因"), "code", codes.CLOSE_REASONS),),
            consequence=N_("还有未了事项的不能退出，会逐件说明。"),
        ),
        {"seeker": "close"},
    ),
}


class Chosen(NamedTuple):
    """A chosen case, as the page names it, and what refuses the act now (None: nothing yet)."""

    holding: Holding
    place: str
    refused: Refused | None


def chosen(request: Request, form: FormData, asker: Who) -> list[Holding]:
    """Give the chosen cases that the reader may see: ticked ones, or the whole list."""
    wall = caseload(request)
    if form.get("all"):
        back = QueryParams(str(form.get("back", ""))[:2_000])
        listed = parts(request).caseload.page(asked_for(request, back, limit=MOST + 1))
        cases = [row.case_id for row in listed.rows]
    else:
        cases = [str(one) for one in form.getlist("case")][: MOST + 1]
    return [one for one in wall.cases(cases) if _visible(asker, one)]


def _visible(asker: Who, one: Holding) -> bool:
    """Say whether a case may be read; `may_read` wants the names that a state has."""
    return may_read(asker, one)


def context(request: Request, act: str, found: Sequence[Holding]) -> dict[str, Any]:
    """Give what the confirm page needs."""
    asker, own = working(request), parts(request)
    if act not in ACTS:
        raise HTTPException(404)
    form, verbs = ACTS[act]
    rows = []
    for one in found:
        state: Aggregate = own.store.load(own.desks[PLACES[one.kind]].aggregate, one.case)
        verb = verbs.get(one.kind)
        no = Refused(rule="F-00", text=N_("此项不适用于这类案件。"))
        # "" asks nothing of the state: people are told in every one.
        refused = no if verb is None else state.why_not(verb) if verb else None
        rows.append(Chosen(one, f"/{PLACES[one.kind]}/{one.case}", refused))
    mine = {row.holding.person for row in rows if asker.accounts & row.holding.officers}
    return {
        "act": form,
        "rows": rows,
        "labels": {f.name: f.label for f in form.fields} | {"case": N_("所选案件")},
        "offered": {
            f.name: own.choices.options(f.kind, who=asker, case="new")
            for f in form.fields
            if f.kind in {"staff", "station"}
        },
        "names": own.people.names(
            [row.holding.person for row in rows if row.holding.person],
            full=mine.__contains__,
            on=own.today(),
        ),
        "previews": {},
        "able": sum(row.refused is None for row in rows),
        "most": MOST,
        "suggested": said(request, caseload(request).suggested(*kinds_of(found)))
        if act == "assign"
        else (),
    }


@router.post("/batch")
def confirm(request: Request, form: Posted) -> Response:
    """Name the chosen rows and ask what the act needs; nothing is recorded yet."""
    asker, act = working(request), str(form.get("act", ""))
    found = chosen(request, form, asker)
    if not found:
        back = str(form.get("back", ""))[:2_000]
        return RedirectResponse(f"/cases?{_clean(back)}", 303)
    shown = context(request, act, found)
    fields = {field.name for field in ACTS[act][0].fields}
    typed = {name: value for name, value in forms.typed(form).items() if name in fields}
    return page(request, "caseload/batch.html", typed=typed, told={}, **shown)


def _clean(back: str) -> str:
    """Give back a query of a list: codes and days only."""
    allowed = set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_=&.,-%")
    return back if set(back) <= allowed and parse_qs(back) else ""


@router.post("/batches/{act}")
def run(request: Request, act: str, form: Posted) -> Response:
    """Do it, row by row."""
    asker = working(request)
    found = chosen(request, form, asker)
    shown = context(request, act, found)
    kept(request, "caseload/batch.html", forms.typed(form), **shown)
    values = forms.parse(ACTS[act][0], form, shown["offered"])
    if act == "message" and form.get("shown") != mark(values):
        previews = batch_preview(request, [one.case for one in found], values)
        return page(request, "caseload/batch.html", typed=forms.typed(form), told={},
                    **shown | {"previews": previews, "mark": mark(values)})  # fmt: skip
    asked = stamp(request, form)
    done = caseload(request).batches.run(act, [one.case for one in found], values, stamp=asked)
    return see_other(request, f"/batches/{asked.command_id}", done)


@router.get("/batches/{batch}")
def result(request: Request, batch: str) -> Response:
    """Tell row by row what was done and what was refused, and why."""
    asker = working(request)
    found = caseload(request).batches.find(batch, asker.account)
    if found is None:
        raise HTTPException(404)
    holdings = {one.case: one for one in caseload(request).cases([r.case for r in found.results])}
    mine = {one.person for one in holdings.values() if asker.accounts & one.officers}
    own = parts(request)
    return page(
        request,
        "caseload/batch_result.html",
        act=ACTS[found.act][0],
        results=found.results,
        holdings=holdings,
        places=PLACES,
        done=sum(not one.rule for one in found.results),
        names=own.people.names(
            [one.person for one in holdings.values() if one.person],
            full=mine.__contains__,
            on=own.today(),
        ),
    )
