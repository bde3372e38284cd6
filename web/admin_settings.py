"""Dated settings 设置 and the calendar 日历 of the place: data with the day they hold from."""

import re
from collections import Counter
from datetime import date, timedelta
from typing import Any

from fastapi import APIRouter, Depends
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from application.rights import may
from domain.calendar import Unit, WorkCalendar
from domain.codes_settings import SETTINGS
from domain.kernel import N_, Refused
from domain.settings import ALARMS, DEFAULTS, LIMITS, Settings
from projections.moved import Change, Moved, Raised, Touched, by_setting, by_year
from web import dates, forms, texts
from web.access import parts
from web.act_pages import Posted
from web.acts import Act, Field
from web.errors import kept
from web.fact_words import STEPS
from web.office_parts import office
from web.pages import page
from web.visit import visit, who
from web.words import TAGS

RIGHT = "settings.manage"
FORM = Act(
    "set_value",
    N_("变更设置"),
    (
        Field("code", N_("设置"), "code", choices=SETTINGS),
        Field("from_on", N_("自何日起"), "date"),
        Field("value", N_("值"), "int", hint=N_("单位写在设置的名称里；金额以分计。")),
    ),
)
YEAR = Act(
    "enter_year",
    N_("录入一年的日历"),
    (
        Field("year", N_("年份"), "int"),
        Field(
            "rest",
            N_("放假日"),
            "longtext",
            hint=N_("每行一天或一段：2027-01-01 或 2027-02-05 至 2027-02-11"),
        ),
        Field(
            "worked",
            N_("调休上班日"),
            "longtext",
            required=False,
            hint=N_("照国务院办公厅通知逐日写"),
        ),
    ),
)
MOST_DAYS = 60
MOST_MOVES = 500  # shown before a year is entered; the others are counted
RECKON = "reckon"  # the job that recomputes time limits
# Time limits shown before and after: what a new year moves, counted from its first day.
EXAMPLES = ((7, Unit.WORKING), (15, Unit.CALENDAR), (20, Unit.WORKING), (1, Unit.MONTH))


def managing(request: Request) -> None:
    """Let in who manages settings."""
    if not may(who(request), RIGHT):
        raise HTTPException(403)


router = APIRouter(dependencies=[Depends(managing)])


def labels(act: Act) -> dict[str, str]:
    """Name the fields of a form."""
    return {field.name: field.label for field in act.fields}


@router.get("/settings")
def shown(request: Request) -> Response:
    """List every setting with the value in force."""
    return page(request, "admin/settings.html", typed={}, told={}, **_settings(request))


def _settings(request: Request) -> dict[str, Any]:
    today, held = parts(request).today(), office(request).settings.settings()
    texts.use(visit(request).language)
    rows = [
        (code, texts.label(SETTINGS[code]), held.value(code, today), default)
        for code, default in DEFAULTS.items()
    ]
    return {
        "act": FORM,
        "labels": labels(FORM),
        "rows": rows,
        "history": office(request).settings.history(),
        "staff": parts(request).directory.staff,
        "options": [(code, name) for code, name, *_ in rows],
        "said_of": {code: name for code, name, *_ in rows},
        "jobs": office(request).jobs.latest(kinds=[RECKON], most=1),
        "moves": None,
    }


@router.post("/settings")
def enter(request: Request, form: Posted) -> Response:
    """Enter a value from a day on; what it moves is shown first, and reckoned anew by a job."""
    context, typed = _settings(request), forms.typed(form)
    kept(request, "admin/settings.html", typed, **context)
    given, own, account = forms.parse(FORM, form, {}), office(request), who(request).account
    if given["code"] not in LIMITS | ALARMS:
        own.settings.set_value(**given, by=account)
        return RedirectResponse(f"/settings#{given['code']}", 303)
    after = own.settings.with_value(**given)
    mark = after.mark(max(parts(request).today(), given["from_on"]))
    if form.get("confirmed") == mark:
        own.settings.set_value(**given, by=account)
        return RedirectResponse(f"/jobs/{own.jobs.begin(RECKON, account, {'mark': mark})}", 303)
    shown = moves_of(request, after, by_setting(given["code"], given["from_on"]))
    return page(request, "admin/settings.html", told={}, typed=typed, mark=mark,
                **(context | shown))  # fmt: skip


@router.get("/calendar")
def calendar(request: Request) -> Response:
    """Show the years that are published, the versions, and the form of another."""
    return page(request, "admin/calendar.html", typed={}, told={}, **_calendar(request))


def _calendar(request: Request) -> dict[str, Any]:
    own = office(request)
    held = own.settings.calendar()
    years = [(year, *exceptions(held, year)) for year in sorted(held.years, reverse=True)]
    return {
        "act": YEAR,
        "labels": labels(YEAR),
        "years": years,
        "held": held,
        "versions": own.settings.calendar_versions(),
        "staff": parts(request).directory.staff,
        "jobs": own.jobs.latest(kinds=[RECKON], most=1),
        "moves": None,
    }


def moves_of(request: Request, after: WorkCalendar | Settings, touched: Touched) -> dict[str, Any]:
    """Compute the running time limits and alarms that another calendar or setting moves."""
    moves = parts(request).extra.get("moves", lambda _after, _touched: ())
    found: list[Change] = list(moves(after, touched))
    limits = [one for one in found if isinstance(one, Moved)]
    return {
        "moves": limits[:MOST_MOVES],
        "total": len(limits),
        "by_rule": Counter(one.rule for one in limits),
        "alarms": [one for one in found if isinstance(one, Raised)],
        "after": after,
        "rules": STEPS,
        "tags": TAGS,
    }


@router.post("/calendar")
def enter_year(request: Request, form: Posted) -> Response:
    """Show every running time limit that a year moves; enter the year once that is confirmed."""
    context, given = _calendar(request), forms.typed(form)
    kept(request, "admin/calendar.html", given, **context)
    values = forms.parse(YEAR, form, {})
    year, own = values["year"], office(request)
    if not 2000 <= year < 2100:
        raise Refused(rule="O-02", text=N_("年份不对。"), field="year")
    days = dict.fromkeys(read_days(values["rest"], "rest"), False)
    days |= dict.fromkeys(read_days(values["worked"], "worked"), True)
    after = own.settings.with_year(year, days)
    if form.get("confirmed") == str(after.version):
        own.settings.enter_year(year, days, by=who(request).account)
        job = own.jobs.begin(RECKON, who(request).account, {"version": after.version})
        return RedirectResponse(f"/jobs/{job}", 303)
    shown = moves_of(request, after, by_year(year))
    shown["examples"] = moved(own.settings.calendar(), after, year)
    return page(request, "admin/calendar.html", told={}, typed=given, **(context | shown))


def read_days(text: str, field: str) -> list[date]:
    """Read days and spans of days, one a line or parted by commas (O-02)."""
    found: list[date] = []
    for piece in re.split(r"[\n,，;；、]+", text):
        if not piece.strip():
            continue
        ends = [
            dates.day(one, field=field) for one in re.split(r"\s*(?:至|~|\bto\b)\s*", piece.strip())
        ]
        count = (ends[-1] - ends[0]).days + 1
        if len(ends) > 2 or not 0 < count <= MOST_DAYS:
            raise Refused(rule="O-02", text=N_("“{typed}”不是一段日期。"), field=field, typed=piece)
        found += [ends[0] + timedelta(days=n) for n in range(count)]
    return found


def exceptions(held: WorkCalendar, year: int) -> tuple[int, int]:
    """Count the weekdays off and the weekend days worked of a year."""
    rest = worked = 0
    day = date(year, 1, 1)
    while day.year == year:
        usual, real = day.weekday() < 5, held.is_working(day)
        rest, worked = rest + (usual and not real), worked + (real and not usual)
        day += timedelta(days=1)
    return rest, worked


def moved(before: WorkCalendar, after: WorkCalendar, year: int) -> list[tuple[str, int]]:
    """Count the start days in a year whose time limits end on another day than before."""
    found = []
    for count, unit in EXAMPLES:
        changed, day = 0, date(year, 1, 1)
        while day.year == year:
            changed += before.due(day, count, unit).on != after.due(day, count, unit).on
            day += timedelta(days=1)
        found.append((f"{count} {unit.value}", changed))
    return found
