"""The page of one post 岗位: what it offers, what must be looked at, who must be told."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from starlette.requests import Request

from application.rights import may
from application.telling import RIGHT as TELLS
from domain.codes import DISTRICTS, TRADES, label
from domain.kernel import N_
from domain.matching.hours import HOURS
from domain.vacancy import Vacancy
from domain.vacancy.text import marked, wage_in_force
from projections.directory_reader import Entry
from web import texts
from web.access import parts
from web.acts import Desk
from web.fact_tell import Names
from web.money import money
from web.resources import Cells, Resource, pages
from web.vacancies import ACTS, STATES, TELLER, UNITS
from web.vacancy_board import posts, to_tell
from web.visit import visit, who


def row(entry: Entry, names: Names, _today: date) -> Cells:
    """List a vacancy."""
    return (
        names.employer(entry.parent) if entry.parent else "",
        texts.label(DISTRICTS[entry.district]) if entry.district in DISTRICTS else entry.district,
        str(entry.seats),
        entry.until.isoformat() if entry.until else "",
    )


def facts(state: Any, names: Names, _today: date) -> Sequence[tuple[str, str]]:
    """Say what a vacancy offers."""
    terms = state.terms
    pay = f"{money(terms.pay_from)} – {money(terms.pay_to)} / {texts.label(UNITS[terms.pay_unit])}"
    return (
        (N_("招聘单位"), names.employer(terms.employer)),
        (N_("工种"), texts.label(TRADES[terms.occupation]) if terms.occupation in TRADES else ""),
        (N_("名额"), f"{state.seats_left} / {terms.headcount}"),
        (N_("工资"), pay),
        (N_("工作地点"), texts.label(DISTRICTS[terms.place]) if terms.place in DISTRICTS else ""),
        (N_("工作时间"), _hours(terms.hours)),
        (N_("最低年龄"), str(terms.age_from)),
        (N_("有效期至"), state.valid_until.isoformat() if state.valid_until else ""),
        (N_("最近核实"), state.verified_on.isoformat() if state.verified_on else ""),
        (N_("投诉"), str(state.complaints or "")),
    )


def _hours(hours: Sequence[str]) -> str:
    return texts.translate(N_("、")).join(
        texts.label(HOURS[one]) if one in HOURS else one for one in hours
    )


def more(request: Request, state: Vacancy, stream: str) -> Mapping[str, Any]:
    """Gather what must be looked at (V-01 to V-03, V-08), the minimum wage, whom to tell."""
    today, terms = parts(request).today(), state.terms
    if terms is None:
        return {}
    found = _desk(request).method("warnings")(stream, today)
    said = (
        (N_("岗位名称"), terms.title),
        (N_("工作内容"), terms.work),
        (N_("要求"), terms.conditions),
    )
    withdrawn = state.standing == "withdrawn"
    return {
        "warnings": found if state.standing in {"draft", "submitted", "verified"} else (),
        "said": [(word, marked(text, found)) for word, text in said if text],
        "wage": _wage(request, terms.place, today),
        "withdrawn": withdrawn,
        "untold": to_tell(request, stream) if withdrawn else (),
        "told_count": len(posts(request).told(stream)) if withdrawn else 0,
        "may_tell": may(who(request), TELLS),
        "stopped_link": f"/employers/{terms.employer}/list_stop"
        if state.withdrawn_for == "false_post" and may(who(request), "employer.edit")
        else "",
    }


def _wage(request: Request, place: str, on: date) -> Mapping[str, Any] | None:
    """Say the minimum wage in force at the place, where the table knows it (Q-08)."""
    rows = parts(request).extra.get("minimum_wages")
    found = wage_in_force(rows.rows(), place, on) if rows else None
    if found is None:
        return None
    language = "en" if visit(request).language == "en" else "zh"
    return {
        "place": label(DISTRICTS, found.place, language),
        "monthly": found.monthly,
        "hourly": found.hourly,
        "from_on": found.from_on,
    }


RESOURCE = Resource(
    kind="vacancy",
    title=N_("岗位"),
    head=(N_("岗位名称"), N_("招聘单位"), N_("工作地点"), N_("名额"), N_("有效期至")),
    row=row,
    name=lambda state: state.terms.title,
    facts=facts,
    states=STATES,
    tell=TELLER,
    template="vacancies/one.html",
    more=more,
    links=lambda _state, stream: ((f"/vacancies/{stream}/matches", N_("适合的求职者"), "men"),),
)


def vacancy_desk(service: object) -> Desk:
    """Make the desk over `application.vacancies.Vacancies`."""
    routes = pages(_desk, RESOURCE, "/vacancies")
    return Desk("vacancies", "vacancy", N_("岗位"), Vacancy, (service,), ACTS, routes)


def _desk(request: Request) -> Desk:
    return parts(request).desks["vacancies"]
