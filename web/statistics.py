"""Statistics 统计看板: figures with their charts, each the way to the facts behind it (F-64)."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import xlsxwriter
from fastapi import APIRouter, Depends
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from application.registers.problem_rows import escaped
from domain.calendar import add_months
from domain.codes import PLACEMENT_KINDS
from domain.kernel import N_
from projections.lists import Query
from projections.measures import MEASURES, measure
from projections.measures_disputes import DISPUTES as DISPUTES_APART
from projections.measures_employment import EMPLOYMENT as EMPLOYMENT_APART
from projections.statistics import Figure, Scope, by_month
from web import statistics_words as say
from web import texts
from web.access import figures, parts
from web.case_page import READERS
from web.charts import Line, Mark
from web.exports import attached, note
from web.office_parts import office
from web.pages import page, with_query
from web.statistics_scope import COMPARED, DISPUTES, GROUPS, PERIODS, Asked, asked, chosen, small
from web.visit import who

CARDS = (
    "seekers_registered",
    "referrals",
    "placements",
    "persons_trained",
    "disputes_accepted",
    "paid",
)
# The figures of 6.5; what is counted of disputes beyond them has a page of its own.
APART = {one.code for one in (*DISPUTES_APART, *EMPLOYMENT_APART)}
BOARD = tuple(code for code in MEASURES if code not in APART)
STEPS = ("seekers_registered", "persons_referred", "placements", "retained_3")
STEP_WORDS = (N_("登记"), N_("推荐"), N_("就业"), N_("稳岗"))
MONEY = ("claimed", "agreed", "paid")
TURNS = ("disputes_accepted", "disputes_closed")
# What the board counts at once, by what it is for; those of months with their month.
FOUND, BEFORE, PLACED, SPARKS, MONTHS = "found", "before", "placed", "sparks", "months"
Told = Mapping[Any, Mapping[str, Figure]]
SPARK, MOST_MONTHS, MOST_STATIONS = 6, 12, 12
# Days that a dispute is open, last day included.
AGES = (
    (7, N_("0–7 天")),
    (15, N_("8–15 天")),
    (30, N_("16–30 天")),
    (60, N_("31–60 天")),
    (90, N_("61–90 天")),
    (10**6, N_("90 天以上")),
)


def reading(request: Request) -> None:
    """Let nobody in who reads no cases: admins and informants (domain.md 9.1)."""
    if not who(request).roles & READERS:
        raise HTTPException(403)


router = APIRouter(dependencies=[Depends(reading)])


@router.get("/statistics")
@figures
def board(request: Request) -> Response:
    """统计看板."""
    wanted = asked(request)
    told = counted(request, wanted)
    found = told[FOUND]
    return page(
        request,
        "statistics/board.html",
        plots={} if wanted.sensitive else drawn(request, wanted, told),
        sparks={} if wanted.sensitive else sparks(wanted, told),
        before=told.get(BEFORE, {}),
        cards=CARDS,
        compared=COMPARED,
        pairs=pairs,
        monthly=monthly,
        **shown(request, wanted, found),
    )


def counted(request: Request, wanted: Asked) -> Told:
    """Count everything on the board but places and ages, by one statement."""
    asked_for: dict[Any, tuple[Scope, Sequence[str]]] = {FOUND: (wanted.scope, BOARD)}
    if wanted.before:
        asked_for[BEFORE] = (wanted.before, CARDS)
    if not wanted.sensitive:
        asked_for[PLACED] = (wanted.scope, [f"placed_{kind}" for kind in PLACEMENT_KINDS])
        asked_for |= {(SPARKS, m): (one, CARDS) for m, one in by_month(latest(wanted)).items()}
        recently = by_month(recent(wanted.scope, MOST_MONTHS))
        asked_for |= {(MONTHS, m): (one, TURNS) for m, one in recently.items()}
    return office(request).statistics.several(asked_for)


def shown(request: Request, wanted: Asked, found: Mapping[str, Figure]) -> dict[str, Any]:
    """Give what every page of figures needs: words, choices, and what must be hidden."""
    own = office(request)
    least = own.settings.settings().value("small_cell", wanted.today)
    hidden = {code for code, one in found.items() if wanted.sensitive and small(one, least)}
    return {
        "asked": wanted,
        "query": wanted.as_url(),
        "as_of": wanted.as_of,
        "figures": found,
        "hidden": hidden,
        "least": least,
        "measures": {code: measure(code) for code in found},
        "say": say,
        "periods": PERIODS,
        "groups": {**GROUPS}
        | ({wanted.group: DISPUTES[wanted.group]} if wanted.group in DISPUTES else {}),
        "stations": chosen(wanted.reach, own.entries.named(wanted.reach)),
    }


def link(wanted: Asked, code: str, **changes: Any) -> str:
    """Lead to the facts of a figure, with changes of the scope."""
    return f"/statistics/{code}{with_query(wanted.as_url(), **changes)}"


def pairs(marks: Sequence[Mark]) -> list[tuple[str, str]]:
    """Give the table of a chart: each mark with its number, and the part that is hatched."""
    return [(mark.label, f"{mark.text} {mark.part_text}".strip()) for mark in marks]


def monthly(lines: Sequence[Line], ticks: Sequence[str]) -> list[tuple[str, ...]]:
    """Give the table of a line chart: a row a month up to the last that has a mark."""
    texts_of = [[mark.text for mark in line.marks] for line in lines]
    return list(zip(ticks, *texts_of, strict=False))


def recent(scope: Scope, months: int) -> Scope:
    """Limit a scope to its last months, none of them to come."""
    last = min(scope.to_on, scope.as_of)
    return replace(scope, from_on=max(scope.from_on, add_months(last.replace(day=1), 1 - months)))


def latest(wanted: Asked) -> Scope:
    """Give the last months that the cards show, whatever the period."""
    last = min(wanted.scope.to_on, wanted.scope.as_of)
    return replace(wanted.scope, from_on=add_months(last.replace(day=1), 1 - SPARK), to_on=last)


def sparks(wanted: Asked, told: Told) -> dict[str, list[float]]:
    """Give the last months of each card, whatever the period."""
    by_month_told = [told[SPARKS, month] for month in by_month(latest(wanted))]
    return {code: [float(one[code].value or 0) for one in by_month_told] for code in CARDS}


def drawn(request: Request, wanted: Asked, told: Told) -> dict[str, Any]:
    """Give the marks of all charts."""
    found = told[FOUND]
    return {
        "funnel": funnel(wanted, found),
        "places": places(request, wanted),
        "kinds": placement_kinds(wanted, told),
        "months": months(wanted, told),
        "ages": ages(request, wanted),
        "money": [
            Mark(
                say.name(measure(code)),
                float(found[code].value or 0),
                say.number(found[code].value, "fen"),
                link(wanted, code),
            )
            for code in MONEY
        ],
    }


def funnel(wanted: Asked, found: Mapping[str, Figure]) -> list[Mark]:
    """Give the steps from registration to steady work."""
    marks = []
    for code, word in zip(STEPS, STEP_WORDS, strict=True):
        value = found[code].numerator or 0
        marks.append(Mark(texts.say(word), float(value), f"{value:,}", link(wanted, code)))
    return marks


def places(request: Request, wanted: Asked) -> list[Mark]:
    """Give the money recovered by station, the largest first."""
    own = office(request)
    names = own.entries.named(wanted.stations)
    marks = []
    found = own.statistics.breakdown(wanted.scope, "station", wanted.stations, ["paid"])
    for station, its in found.items():
        value = its["paid"].value or 0
        href = link(wanted, "paid", station=station) if _leaf(wanted, station) else ""
        name = names.get(station, station)
        marks.append(Mark(name, float(value), say.number(value, "fen"), href))
    marks.sort(key=lambda mark: -mark.value)
    return [mark for mark in marks if mark.value][:MOST_STATIONS]


def _leaf(wanted: Asked, station: str) -> bool:
    """Say whether choosing a station asks for it alone, so that a bar equals its list."""
    return not any(parent == station for _, parent in wanted.network)


def placement_kinds(wanted: Asked, told: Told) -> list[Mark]:
    """Give placements by kind."""
    found = told[PLACED]
    return [
        Mark(texts.label(word), float(one.value or 0), f"{one.value:,}", link(wanted, code))
        for (code, one), word in zip(found.items(), PLACEMENT_KINDS.values(), strict=True)
        if one.value
    ]


def months(wanted: Asked, told: Told) -> tuple[list[Line], list[str]]:
    """Give disputes accepted and closed by month; a month to come has a place and no mark."""
    scope = recent(wanted.scope, MOST_MONTHS)
    over = list(by_month(scope))
    lines = []
    for code, word, look in zip(TURNS, (N_("受理"), N_("结案")), ("", "two"), strict=True):
        marks = [
            _month_mark(wanted, code, scope, month, told[MONTHS, month][code])
            for month in over
            if month <= scope.as_of
        ]
        lines.append(Line(texts.say(word), marks, look))
    return lines, [f"{month:%y-%m}" for month in over]


def _month_mark(wanted: Asked, code: str, scope: Scope, month: date, figure: Figure) -> Mark:
    last = min(add_months(month, 1) - timedelta(days=1), scope.to_on)
    days = {"from": max(month, scope.from_on).isoformat(), "to": last.isoformat()}
    href = link(wanted, code, period="custom", **days)
    return Mark(f"{month:%Y-%m}", float(figure.value or 0), f"{figure.value or 0:,}", href)


def ages(request: Request, wanted: Asked) -> list[Mark]:
    """Give open disputes by the days since they were opened, overdue ones hatched."""
    today = wanted.scope.as_of
    query = Query(
        today=today, stations=wanted.stations, kinds=("dispute",), position=wanted.position
    )
    found = parts(request).caseload.ages(query, [most for most, _ in AGES])
    return [
        Mark(
            texts.say(word),
            count,
            f"{count:,}",
            part=late,
            part_text=texts.say(N_("超期 {n}"), n=late) if late else "",
        )
        for (_, word), (count, late) in zip(AGES, found, strict=True)
    ]


HEADINGS = (N_("代码"), N_("指标"), N_("单位"), N_("数值"), N_("分子"), N_("分母"), N_("口径"))


@router.get("/statistics/export.xlsx")
def export(request: Request) -> Response:
    """Give all measures as a workbook; every cell of words is a string."""
    wanted = asked(request)
    found = office(request).statistics.figures(wanted.scope)
    context = shown(request, wanted, found)
    content = sheet(found, context["hidden"], context["least"])
    note(request, f"figures:{len(found)}", f"/statistics?{request.url.query}")
    return attached(content, "xlsx", f"yizhan-{wanted.from_on}-{wanted.to_on}")


def sheet(found: Mapping[str, Figure], hidden: set[str], least: int) -> bytes:
    """Write the workbook; money in yuan, what is hidden as <5."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"strings_to_formulas": False}) as book:
        lines = book.add_worksheet()
        for column, word in enumerate(HEADINGS):
            lines.write_string(0, column, escaped(texts.say(word)))
        for n, (code, figure) in enumerate(found.items(), start=1):
            declared = measure(code)
            words = (code, say.name(declared), say.unit(figure.unit))
            for column, word in enumerate(words):
                lines.write_string(n, column, escaped(word))
            if code in hidden:
                lines.write_string(n, 3, f"<{least}")
            else:
                _numbers(lines, n, figure)
            lines.write_string(n, 6, escaped(say.definition(declared)))
    return out.getvalue()


def _numbers(lines: Any, row: int, figure: Figure) -> None:
    values: Sequence[Any] = (figure.value, figure.numerator, figure.denominator)
    for column, value in enumerate(values, start=3):
        if value is None:
            continue
        money = figure.unit == "fen" and column != 5
        lines.write_number(row, column, float(value) / 100 if money else float(value))
