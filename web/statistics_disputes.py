"""争议统计: figures of disputes, both closure rates and both dates, broken down (domain.md 6.2).

Each cell is a measure narrowed to a group of cases, and opens the facts that it counts.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from domain import codes_dispute as codes
from domain.codes import Code
from domain.employer import INDUSTRIES
from domain.kernel import N_
from projections.measures import measure
from projections.statistics import Figure
from web import statistics_words as say
from web import texts
from web.access import figures
from web.charts import Mark
from web.office_parts import office
from web.pages import page
from web.statistics import link, pairs, reading, shown
from web.statistics_scope import Asked, asked

router = APIRouter(dependencies=[Depends(reading)])
CARDS = (
    "disputes_received",
    "disputes_accepted",
    "disputes_closed",
    "mediation_success_rate",
    "paid",
    "workers_paid",
)
RATES = (
    "closure_rate",
    "closure_rate_outside",
    "closure_rate_signature",
    "closure_rate_performance",
    "on_time_mediation",
)
PERFORMED = ("performance_instalments", "performance_lines", "performance_amount")
DAYS = (
    "median_days_received_settled",
    "median_days_received_performed",
    "median_days_open_closed",
)
REST = (
    "disputes_settled",
    "disputes_performed",
    "dispute_workers",
    "collective_cases",
    "collective_workers",
    "collective_share",
    "repeat_respondents",
    "repeat_claimants",
    "escalation_rate",
    "claimed",
    "verified",
    "agreed",
    "agreed_share",
    "paid_share",
    "paid_per_worker",
    "award_paid",
    "paid_emergency_fund",
    "advance_recovered",
)
COLUMNS = (
    "disputes_received",
    "disputes_accepted",
    "disputes_closed",
    "closure_rate",
    "mediation_success_rate",
    "agreed",
    "paid",
    "workers_paid",
)
BY: Mapping[str, str] = {
    "cause": N_("按案由"),
    "channel": N_("按渠道"),
    "size": N_("按集体与否"),
    "industry": N_("按行业"),
    "station": N_("按站点"),
}
SIZES = {
    "collective": Code("collective", "集体争议(10人以上)", "collective (10 or more)"),
    "single": Code("single", "不满10人", "fewer than 10"),
}
WORDS: Mapping[str, Mapping[str, Code]] = {
    "cause": codes.CLAIMS,
    "channel": codes.DISPUTE_CHANNELS,
    "size": SIZES,
    "industry": INDUSTRIES,
}
SOURCES = ("employer", "general_contractor", "builder", "wage_deposit", "wage_account")
MOST = 30  # lines of a table


class Row(NamedTuple):
    """One value that figures are broken down by: its words, figures, and what narrows the URL."""

    name: str
    found: Mapping[str, Figure]
    narrowed: Mapping[str, str]


@router.get("/statistics/disputes")
@figures
def disputes(request: Request) -> Response:
    """Show the figures of disputes."""
    own, wanted = office(request), asked(request)
    by = request.query_params.get("by", "")
    by = by if by in BY else "cause"
    sources = [f"paid_from_{fund}" for fund in (*SOURCES, "enforcement")]
    every = (*CARDS, *RATES, *PERFORMED, *DAYS, *REST, *sources)
    found = own.statistics.figures(wanted.scope, every)
    rows = broken_down(request, wanted, by)
    return page(
        request,
        "statistics/disputes.html",
        by=by,
        ways=BY,
        cards=CARDS,
        rates=RATES,
        performed=PERFORMED,
        day_codes=DAYS,
        rest=REST,
        columns=COLUMNS,
        rows=rows[:MOST],
        column_measures={code: measure(code) for code in COLUMNS},
        paid_marks=[
            Mark(
                row.name,
                float(row.found["paid"].value or 0),
                say.number(row.found["paid"].value, "fen"),
                link(wanted, "paid", **row.narrowed),
            )
            for row in sorted(rows, key=lambda r: -(r.found["paid"].value or 0))
            if row.found["paid"].value
        ][:12],
        source_marks=by_source(wanted, found, sources),
        twins=pairs,
        rate_marks=percents(wanted, found, RATES),
        performed_marks=percents(wanted, found, PERFORMED),
        **shown(request, wanted, found),
    )


def broken_down(request: Request, wanted: Asked, by: str) -> list[Row]:
    """Give a row for each value that occurs, by its words."""
    statistics = office(request).statistics
    if by == "station":
        codes = (*COLUMNS, "dispute_workers")
        found = statistics.breakdown(wanted.scope, by, wanted.stations, codes)
        names = office(request).entries.named(wanted.stations)
        return [
            Row(names.get(one, one), its, {"station": one})
            for one, its in found.items()
            if its["dispute_workers"].value
        ]
    groups = statistics.groups(wanted.scope, by)
    rows = []
    for group, its in statistics.breakdown(wanted.scope, by, groups, COLUMNS).items():
        value = group.partition(":")[2] or group
        word = WORDS[by].get(value)
        rows.append(Row(texts.label(word) if word else value, its, {"group": group}))
    return rows


def by_source(wanted: Asked, found: Mapping[str, Figure], sources: Sequence[str]) -> list[Mark]:
    """Give money by its source; the advance of the emergency fund and awards stand hatched."""
    marks = []
    for code in (*sources, "paid_emergency_fund", "award_paid"):
        value = found[code].value or 0
        apart = code in {"paid_emergency_fund", "award_paid"}
        if value:
            marks.append(
                Mark(
                    say.name(measure(code)),
                    float(value),
                    say.number(value, "fen"),
                    link(wanted, code),
                    part=float(value) if apart else 0,
                    part_text=texts.say(N_("另计")) if apart else "",
                )
            )
    return marks


def percents(wanted: Asked, found: Mapping[str, Figure], chosen: Sequence[str]) -> list[Mark]:
    """Give shares as bars, with what they are made of."""
    marks: list[Any] = []
    for code in chosen:
        one = found[code]
        if one.value is not None:
            text = say.number(one.value, "percent")
            if code != "performance_amount":
                text = f"{text}  {say.number(one.numerator)} / {say.number(one.denominator)}"
            marks.append(Mark(say.name(measure(code)), float(one.value), text, link(wanted, code)))
    return marks
