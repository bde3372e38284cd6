"""Households 家庭户: members, income, zero employment declared, cleared, fallen back (art 56)."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Protocol

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from application.persons import Papers
from application.rights import may
from application.store import Stamp
from domain import codes
from domain.codes_person import SEX_CODES
from domain.household import INCOMES, KIND_CODES, RELATIONS, Household, IncomeStated
from domain.kernel import N_, Recorded, Refused
from domain.money import Fen
from domain.seeker import SeekerCase
from projections.assistance_reader import Home, Job
from web import forms, texts
from web.access import parts
from web.act_pages import Doable, Posted, doable, see_other, stamp, standing
from web.acts import Act, Desk, Field
from web.case_page import READERS, may_read, readers, timeline
from web.errors import kept
from web.fact_tell import Names, opened_by
from web.households_words import TELLER, look
from web.pages import page
from web.parts import Directory
from web.seekers.standards_pages import scope
from web.visit import visit, who

router = APIRouter()
EDIT = "seeker.edit"
STATES = {
    "late": N_("清零逾期"),
    "declared": N_("零就业，待清零"),
    "lapsed": N_("失业回退，须复核"),
    "cleared": N_("已清零"),
    "active": N_("在册"),
}
ABLE = Field("able", N_("有劳动能力"), "bool", required=False)
WILLING = Field("willing", N_("有就业意愿"), "bool", required=False)
BEGIN = Act(
    "begin",
    N_("登记家庭户"),
    (Field("kind", N_("户口类型"), "code", KIND_CODES), ABLE, WILLING),
    consequence=N_("本人是第一位成员，其他成员在家庭页上添加。"),
)


class Wall(Protocol):
    """What the pages read; `projections.assistance_reader.AssistanceReader` is one."""

    def jobs(self, persons: Collection[str]) -> Sequence[Job]:
        """List the placements of some persons."""
        ...

    def cases_of(self, persons: Collection[str]) -> Mapping[str, str]:
        """Give the case of each of some persons."""
        ...

    def households(self, stations: Sequence[str] | None, limit: int = 500) -> Sequence[Home]:
        """List the households of stations."""
        ...


def _members(state: Household, _directory: Directory) -> list[tuple[str, str]]:
    """Offer the members by their relation; whose name may be seen stands on the page."""
    return [
        (one.person, f"{n}. {texts.label(RELATIONS[one.relation])}")
        if one.relation in RELATIONS
        else (one.person, f"{n}. {one.relation}")
        for n, one in enumerate(state.members, 1)
    ]


def joined(request: Request, asked: Stamp, values: dict[str, Any]) -> dict[str, Any]:
    """Find the new member's file: that of a seeker, or a new one (P-01)."""
    case = values.pop("seeker")
    papers = Papers(
        name=values.pop("name"),
        sex=values.pop("sex"),
        id_no=values.pop("id_no"),
        birth=values.pop("birth"),
    )
    own = parts(request)
    if case:
        return values | {"person": own.store.load(SeekerCase, case).person}
    if not papers.name:
        raise Refused(rule="P-01", text=N_("请选择求职者，或填写成员姓名。"), field="seeker")
    command = str(uuid.uuid5(uuid.UUID(asked.command_id), "person"))
    home = own.store.load(Household, request.path_params["case"])
    done = own.extra["persons"].register(
        papers, domicile=home.domicile, stamp=replace(asked, command_id=command)
    )
    return values | {"person": done.streams[0]}


ACTS = (
    Act(
        "add_member",
        N_("增加成员"),
        (
            Field("seeker", N_("已登记的求职者"), "seeker", required=False, empty=""),
            Field("name", N_("或填姓名"), required=False),
            Field("sex", N_("性别"), "code", SEX_CODES, required=False, empty=""),
            Field("birth", N_("出生日期"), "date", required=False),
            Field("id_no", N_("证件号码"), required=False),
            Field("relation", N_("与户主关系"), "code", RELATIONS),
            ABLE,
            WILLING,
        ),
        consequence=N_("一个人只能在一户。"),
        right=EDIT,
        prepare=joined,
    ),
    Act(
        "remove_member",
        N_("减少成员"),
        (Field("person", N_("成员"), "own", of=_members), Field("reason", N_("原因"))),
        right=EDIT,
    ),
    Act(
        "state_income",
        N_("登记收入"),
        (
            Field("person", N_("成员"), "own", of=_members),
            Field("source_of_income", N_("收入来源"), "code", INCOMES),
            Field("monthly", N_("每月收入"), "money"),
        ),
        consequence=N_("金额加密保存，只有经办可见。"),
        right=EDIT,
    ),
    Act(
        "declare_zero",
        N_("认定零就业家庭"),
        (
            Field(
                "clear_by",
                N_("清零期限"),
                "date",
                required=False,
                hint=N_("空着按设置的工作日推算。"),
            ),
        ),
        consequence=N_("有劳动能力和意愿的成员都没有就业，才能认定。"),
        right=EDIT,
    ),
    Act(
        "withdraw_zero",
        N_("撤销零就业认定"),
        (Field("reason", N_("原因")),),
        right=EDIT,
    ),
)


def state_of(home: Home, working: Collection[str], today: date) -> str:
    """Name the state of a row of the board on a day."""
    if home.state == "declared":
        return "late" if home.clear_by and home.clear_by < today else "declared"
    if home.detail.get("cleared_on"):
        return "cleared" if set(home.detail["seeking"]) & set(working) else "lapsed"
    return "active"


def wall(request: Request) -> Wall:
    """Give what hangs on the wall."""
    found: Wall = parts(request).extra["help"]
    return found


def own_desk(request: Request) -> Desk:
    """Give the desk of households."""
    return parts(request).desks["households"]


@router.get("/households")
def board(request: Request, state: str = "") -> Response:
    """Show the board of zero-employment households: to clear, late, cleared, fallen back."""
    asker = who(request)
    if not asker.roles & READERS:
        raise HTTPException(403)
    texts.use(visit(request).language)
    own, today = parts(request), parts(request).today()
    homes = wall(request).households(scope(asker))
    persons = {person for home in homes for person in home.members}
    working = {job.person for job in wall(request).jobs(persons) if job.ended_on is None}
    rows = [(home, state_of(home, working, today)) for home in homes]
    order = list(STATES)
    counts = {code: sum(one == code for _, one in rows) for code in STATES}
    shown = sorted(
        (row for row in rows if state in {"", row[1]}), key=lambda row: order.index(row[1])
    )
    mine = _mine(request, persons)
    return page(
        request,
        "households/board.html",
        rows=shown,
        counts=counts,
        state=state if state in STATES else "",
        states=STATES,
        working=working,
        names=own.people.names(persons, full=mine.__contains__, on=today),
        districts=codes.DISTRICTS,
        kinds=KIND_CODES,
    )


def _mine(request: Request, persons: Collection[str]) -> set[str]:
    """Give those of some persons whose case the reader works on: their names stand in full."""
    asker, store = who(request), parts(request).store
    cases = wall(request).cases_of(persons)
    return {
        p for p, case in cases.items() if asker.account in store.load(SeekerCase, case).officers
    }


@router.get("/households/of/{case}")
def of_seeker(request: Request, case: str) -> Response:
    """Lead to the household of a seeker, or offer to write it down."""
    state = _seeker(request, case)
    entries = parts(request).extra["entries"]
    if found := entries.household_of(state.person):
        return RedirectResponse(f"/households/{found}", 303)
    return page(request, "households/begin.html", typed={}, told={}, **_beginning(state, case))


@router.post("/households/of/{case}")
def begun(request: Request, case: str, form: Posted) -> Response:
    """Write the household of a seeker down."""
    state = _seeker(request, case)
    kept(request, "households/begin.html", forms.typed(form), **_beginning(state, case))
    values = forms.parse(BEGIN, form, {})
    done = own_desk(request).method("begin")(case, stamp=stamp(request, form), **values)
    return see_other(request, f"/households/{done.streams[0]}", done)


def _beginning(state: SeekerCase, case: str) -> dict[str, Any]:
    return {
        "case": case,
        "number": state.case_no,
        "act": BEGIN,
        "labels": {"occurred_on": N_("发生日期")} | {f.name: f.label for f in BEGIN.fields},
        "may_override": False,
    }


def _seeker(request: Request, case: str) -> SeekerCase:
    state = parts(request).store.load(SeekerCase, case)
    if state.version == 0:
        raise HTTPException(404)
    if not may(who(request), EDIT, state, case):
        raise HTTPException(403)
    return state


@router.get("/households/{household}")
def home(request: Request, household: str) -> Response:
    """Show one household: members with work and income, what can be done, what happened."""
    return page(request, "households/home.html", typed={}, told={}, **_drawn(request, household))


def _drawn(request: Request, household: str) -> dict[str, Any]:
    asker = who(request)
    if not asker.roles & READERS:
        raise HTTPException(403)
    texts.use(visit(request).language)
    own, read, today = parts(request), readers(request), parts(request).today()
    state: Any = standing(request, own_desk(request), household)
    cases = wall(request).cases_of(state.persons)
    loaded = {p: own.store.load(SeekerCase, case) for p, case in cases.items()}
    if not any(may_read(asker, one) for one in loaded.values()):
        raise HTTPException(403 if loaded else 404)
    read.reads.write(
        "view", asker, stream=household, field_class="household", route=request.scope["route"].path
    )
    mine = any(asker.account in one.officers for one in loaded.values())
    jobs = list(wall(request).jobs(state.persons))
    history = read.log.history(household)
    opened = opened_by(history, read.opened) if mine else {}
    working = {job.person for job in jobs if job.ended_on is None}
    items = _items(request, state, household)
    names = own.people.names(state.persons, full=lambda _p: mine, on=today)
    told = Names(own.directory.staff, own.directory.station, own.directory.employer, str)
    return {
        "home": state,
        "household": household,
        "place": f"/households/{household}",
        "names": names,
        "cases": cases,
        "numbers": {p: one.case_no for p, one in loaded.items()},
        "jobs": {job.person: job for job in jobs if job.ended_on is None},
        "ended": {job.person: job for job in jobs if job.ended_on is not None},
        "incomes": incomes(history, opened),
        "relations": RELATIONS,
        "sources": INCOMES,
        "kinds": KIND_CODES,
        "placement_kinds": codes.PLACEMENT_KINDS,
        "districts": codes.DISTRICTS,
        "lapsed": state.lapsed(working),
        "clears": [job for job in jobs if job.ended_on is None and job.verified_on]
        if state.standing == "declared"
        else [],
        "waits": [job for job in jobs if job.ended_on is None and not job.verified_on],
        "items": items,
        "may_clear": may(asker, EDIT, state, household),
        "labels": {"occurred_on": N_("发生日期"), "member": N_("成员")},
        "days": timeline(
            history,
            f"/households/{household}",
            look=look,
            say=lambda one: (TELLER.name(one.event), TELLER.tell(one.event, told, opened)),
            staff=own.directory.staff,
        ),
    }


def _items(request: Request, state: Household, household: str) -> list[Doable]:
    return doable(request, own_desk(request), state, household)


def incomes(
    history: Sequence[Recorded], opened: Mapping[int, object]
) -> dict[str, tuple[str, Fen | None]]:
    """Give the latest income of each member: where from, and how much where it may be seen."""
    found: dict[str, tuple[str, Fen | None]] = {}
    for one in history:
        if isinstance(one.event, IncomeStated):
            amount = opened.get(id(one.event.monthly))
            seen = Fen(amount) if isinstance(amount, int) else None
            found[one.event.person] = (one.event.source_of_income, seen)
    return found


@router.post("/households/{household}/clear")
def clear(request: Request, household: str, form: Posted) -> Response:
    """Clear by a member's placement (S-15, H-03); the page comes back with what is missing."""
    drawn = _drawn(request, household)
    kept(request, "households/home.html", forms.typed(form), **drawn)
    number = str(form.get("placement", ""))
    done = own_desk(request).method("clear_zero")(
        household,
        seeker=str(form.get("seeker", ""))[:60],
        placement=int(number) if number.isascii() and number.isdigit() else 0,
        stamp=stamp(request, form),
    )
    return see_other(request, f"/households/{household}#latest", done)


def household_desk(service: object) -> Desk:
    """Make the desk over `application.households.Households`."""
    return Desk("households", "household", N_("家庭户"), Household, (service,), ACTS, router)
