"""The sheets of the workshop 计件登记与验收: a day's pieces, and a day's check, of everybody."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from application.rights import may
from application.store import Done, Stamp
from domain.kernel import N_
from domain.workshop import DayLine, WorkshopOrder
from domain.workshop.state import Material
from web import dates, forms, sheets, texts
from web.access import parts
from web.act_pages import Posted, blank, once, see_other, standing
from web.acts import Act, Desk, Field
from web.errors import kept
from web.sheets import Column, Line
from web.visit import visit, who
from web.workshop_acts import Named

router = APIRouter()
MADE = (Column("quantity", N_("件数")), Column("minutes", N_("分钟")))
CHECKED = (Column("accepted", N_("合格")), Column("rejected", N_("不合格")))


class Sheet(NamedTuple):
    """A sheet to be drawn or read: its act, the order, the columns and a row a worker."""

    act: Act
    order: WorkshopOrder
    rows: tuple[Sequence[Column], Sequence[Line]]


def desk(request: Request) -> Desk:
    """Give the desk of the workshop."""
    return parts(request).desks["workshop"]


def names_of(request: Request) -> Named:
    """Name workers as lists show them: in full to who serves them, else masked."""
    own, asker = parts(request), who(request)
    mine = bool(asker.roles & {"caseworker", "station_manager"})
    cache: dict[str, str] = {}

    def name(worker: str) -> str:
        if worker not in cache:
            view = own.people.names([worker], full=lambda _person: mine, on=own.today())
            found = view.get(worker)
            cache[worker] = f"{found.name} {found.last4}".strip() if found else worker
        return cache[worker]

    return name


def unchecked_days(state: WorkshopOrder) -> list[date]:
    """Give the days that hold pieces nobody has checked."""
    return sorted(
        {
            day
            for (_, day), work in state.work.items()
            if work.recorded > work.accepted + work.rejected
        }
    )


def sheet(request: Request, order: str, verb: str, day: str) -> Sheet:
    """Put a sheet together: who has material, or whose pieces of a day wait for the check."""
    state = standing(request, desk(request), order)
    act = desk(request).act(verb)
    if not isinstance(state, WorkshopOrder) or act is None or not may(who(request), act.right):
        raise HTTPException(403)
    texts.use(visit(request).language)
    named = names_of(request)
    if verb == "record_day":
        return Sheet(act, state, (MADE, made(state, named)))
    waiting = unchecked_days(state)
    asked = dates.day(day, field="worked_on") if day else None
    on = asked if asked in waiting else waiting[0] if waiting else None
    choose = Field(
        "worked_on",
        N_("做工日期"),
        "own",
        of=lambda *_: [(str(one), str(one)) for one in waiting],
        make=date.fromisoformat,
    )
    chosen = replace(act, fields=(choose,), start=lambda *_: {"worked_on": str(on or "")})
    return Sheet(chosen, state, (CHECKED, waiting_lines(state, named, on)))


def made(state: WorkshopOrder, named: Named) -> list[Line]:
    """Give a row to everybody who has material left."""
    rows = []
    for worker in state.workers:
        had = state.material.get(worker, Material())
        if (left := had.issued - had.returned - state.recorded(worker)) > 0:
            rows.append(Line(worker, named(worker), texts.say(N_("手上还有{n}件料"), n=left)))
    return rows


def waiting_lines(state: WorkshopOrder, named: Named, on: date | None) -> list[Line]:
    """Give a row to everybody whose pieces of a day wait for the check."""
    rows = []
    for (worker, day), work in state.work.items():
        left = work.recorded - work.accepted - work.rejected
        if day == on and left > 0:
            note = texts.say(N_("登记{n}件，待验收{left}件"), n=work.recorded, left=left)
            rows.append(Line(worker, named(worker), note, {"accepted": str(left)}))
    return rows


def ask(request: Request, order: str, verb: str, day: str = "") -> Response:
    """Draw a sheet."""
    found = sheet(request, order, verb, day)
    context = blank(request, desk(request), found.act, order, found.order)
    context |= {"title": found.order.product}
    refused = found.order.why_not(verb)
    return sheets.drawn(request, found.act, context, found.rows, refused=refused)


def take(request: Request, order: str, verb: str, form: Posted) -> Response:
    """Take a sheet to the service, all rows in one command."""
    found = sheet(request, order, verb, str(form.get("worked_on", ""))[:10])
    context = blank(request, desk(request), found.act, order, found.order)
    context |= {"title": found.order.product} | sheets.labelled(found.rows, context)
    kept(request, "sheets/form.html", forms.typed(form), **context)
    first, second = (column.name for column in found.rows[0])

    def work(sealed: Stamp) -> Done:
        values = forms.parse(found.act, form, context["offered"])
        lines = [
            DayLine(worker, row.get(first, 0), row.get(second))
            for worker, row in sheets.read(form, found.rows).items()
        ]
        done: Done = desk(request).method(verb)(order, lines=lines, stamp=sealed, **values)
        return done

    return see_other(request, f"/workshop/{order}#latest", once(request, form, work))


@router.get("/workshop/{order}/record_day")
def ask_made(request: Request, order: str) -> Response:
    """Draw the sheet of a day's pieces."""
    return ask(request, order, "record_day")


@router.get("/workshop/{order}/check_day")
def ask_checked(request: Request, order: str, day: str = "") -> Response:
    """Draw the sheet of a day's check."""
    return ask(request, order, "check_day", day[:10])


@router.post("/workshop/{order}/record_day")
def record(request: Request, order: str, form: Posted) -> Response:
    """Record a day's pieces of everybody."""
    return take(request, order, "record_day", form)


@router.post("/workshop/{order}/check_day")
def check(request: Request, order: str, form: Posted) -> Response:
    """Record a day's check of everybody."""
    return take(request, order, "check_day", form)
