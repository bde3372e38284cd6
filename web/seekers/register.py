"""One page for a person and the case: registration, and a lead without an ID number (F-25, F-27).

Whoever has the same ID number is found before anything is recorded: an open case is offered
instead (S-02), a person without one goes on under the same file. The same name and birth date, or
the same phone, asks to look first. Everything that is typed comes back.
"""

import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from application.persons import Papers
from application.rights import may
from application.store import Done, Stamp
from domain import codes, codes_person
from domain.identity import RESIDENT_ID, age_on, check_identity, check_phone
from domain.kernel import N_, Refused
from domain.seeker import SeekerCase
from domain.seeker.registration import LOWEST_AGE
from domain.seeker.values import NOTICE, wished
from web import forms
from web.access import parts
from web.act_pages import Posted, see_other, stamp
from web.acts import Act, Desk, Field
from web.case_page import may_read, readers
from web.drafts import of_form, taken_up
from web.errors import kept
from web.pages import page
from web.seekers.acts_case import WISHES
from web.seekers.registering import Found, Persons, Taken, Twin
from web.visit import who

router = APIRouter()
COMPLETED = "线索转登记"  # why the file of a lead's person is completed; sealed, of the office

WHO = (
    Field("name", N_("姓名")),
    Field("sex", N_("性别"), "code", codes_person.SEX_CODES),
    Field("phone", N_("电话"), required=False),
    Field("address", N_("住址"), required=False),
    Field("domicile", N_("户籍地"), "code", codes.DISTRICTS),
)
PAPERS = (
    Field("id_type", N_("证件类型"), "code", codes_person.ID_TYPE_CODES),
    Field("id_no", N_("证件号码"), required=False, hint=N_("居民身份证会自动读出出生日期。")),
    Field("birth", N_("出生日期"), "date", required=False, hint=N_("没有身份证号码时填写。")),
)
SOURCE = Field("channel", N_("来源"), "code", codes.CHANNELS)
ACTIVITY = Field("activity", N_("现状"), "code", codes.ACTIVITIES)
TELLING = (
    Field("group", N_("人群"), "code", codes.KEY_GROUPS, required=False, empty=""),
    Field("note", N_("线索内容"), "longtext"),
)
GROUNDS = (Field("legal_basis", N_("处理依据"), "code", codes.LEGAL_BASES),)
REGISTER = Act(
    "register",
    N_("登记求职者"),
    (*PAPERS, *WHO, SOURCE, ACTIVITY, *WISHES, *GROUNDS),
    consequence=N_("登记有效六个月，到期前会提醒延续；编号自动产生。"),
    right="seeker.edit",
    begins=True,
)
LEAD = Act(
    "record_lead",
    N_("记下线索"),
    (*WHO, SOURCE, *TELLING),
    consequence=N_("线索不计入人数；联系上本人后再登记。"),
    right="seeker.lead",
    begins=True,
)
DEFAULTS = {
    "id_type": RESIDENT_ID,
    "domicile": "440784",
    "channel": "walk_in",
    "activity": "jobless",
    "legal_basis": "consent",
    "owner": "1",
}
PARTS: dict[str, Sequence[tuple[str, Sequence[Field]]]] = {
    "register": (
        (N_("证件"), PAPERS),
        (N_("本人"), WHO),
        (N_("情况与意向"), (SOURCE, ACTIVITY, *WISHES)),
        (N_("告知与同意"), GROUNDS),
    ),
    "record_lead": ((N_("本人"), WHO), (N_("线索"), (SOURCE, *TELLING))),
}


def persons(request: Request) -> Persons:
    """Give the service of persons."""
    found: Persons = parts(request).extra["persons"]
    return found


def desk(request: Request) -> Desk:
    """Give the desk of seekers."""
    return parts(request).desks["seekers"]


def found(request: Request, values: dict[str, Any], told_of: str) -> Found:
    """Look for the same human being beside the one a lead told of; names as may be seen."""
    own, asker = parts(request), who(request)
    today = own.today()
    about = {k: values[k] for k in ("name", "phone", "id_no", "birth") if values.get(k)}
    same = persons(request).duplicates(on=today, person=told_of, **about)
    sight = readers(request).sight
    twins = tuple(
        Twin(one.person, sight.view(one.person, full=False, on=today), one.why)
        for one in same.alike
    )
    if not same.case:
        return Found(same.person, twins=twins)
    state = own.store.load(SeekerCase, same.case)
    return Found(
        same.person,
        same.case,
        may_read(asker, state),
        state.case_no,
        own.directory.station(state.station),
        twins,
    )


def context(request: Request, act: Act, lead: str = "") -> dict[str, Any]:
    """Give what the page needs beside what was typed."""
    return {
        "desk": desk(request),
        "act": act,
        "sections": PARTS[act.verb],
        "labels": {"occurred_on": N_("发生日期")} | {f.name: f.label for f in act.fields},
        "may_override": False,
        "notice": NOTICE,
        "lead": lead,
        "same": None,
        "application": "",
        "apart_reasons": codes_person.APART_REASONS,
    }


@router.get("/seekers/new/{verb}")
def begin(request: Request, verb: str, lead: str = "") -> Response:
    """Draw the page, empty but for what is usual."""
    act = _act(request, verb)
    typed: dict[str, Any] = dict(DEFAULTS)
    if lead and parts(request).store.load(SeekerCase, lead).standing != "LEAD":
        raise HTTPException(404)
    draft = of_form(request)
    return page(
        request,
        "seekers/register.html",
        **context(request, act, lead),
        typed=taken_up(request, draft, typed),
        told={},
        draft=draft,
    )


@router.post("/seekers/new/{verb}")
def begun(request: Request, verb: str, form: Posted) -> Response:
    """Check, look for duplicates, then record person, case and owner."""
    act, typed, lead = _act(request, verb), forms.typed(form), str(form.get("lead", ""))
    drawn = context(request, act, lead)
    drawn["application"] = application = str(form.get("application", ""))
    kept(request, "seekers/register.html", typed, **drawn)
    values = forms.parse(act, form, {})
    asked = stamp(request, form)
    check(values, asked, registering=act is REGISTER)
    chosen, apart = str(form.get("person", "")), str(form.get("apart", ""))
    twins: tuple[str, ...] = ()
    told_of = parts(request).store.load(SeekerCase, lead).person if lead else ""
    same = found(request, values, told_of)
    twins = tuple(twin.person for twin in same.twins)
    if chosen not in {same.person, *twins}:
        chosen = ""
    if same.case and _sent_before(request, same.case, asked):
        return see_other(request, f"/seekers/{same.case}", Done(0))
    if _stops(same, chosen, apart):
        drawn["same"] = same
        return page(request, "seekers/register.html", status=409, **drawn, typed=typed, told={})
    owner = bool(form.get("owner"))
    twins = () if chosen else twins
    filled = Filled(act, values, asked, chosen, lead, owner, twins, apart, application)
    done = recorded(request, filled)
    return see_other(request, f"/seekers/{done.streams[0]}", done)


def _sent_before(request: Request, case: str, asked: Stamp) -> bool:
    """Whether this very form has made the case: a double click leads there, too."""
    return any(one.command_id == asked.command_id for one in readers(request).log.history(case))


def _stops(same: Found, chosen: str, apart: str) -> bool:
    """Whether somebody must look first: an open case, a known number, people alike (F-27)."""
    if same.case or (same.person and chosen != same.person):
        return True
    return bool(same.twins) and not chosen and apart not in codes_person.APART_REASONS


def check(values: dict[str, Any], asked: Stamp, *, registering: bool) -> None:
    """Refuse what the case would refuse, before a person is recorded (S-01, S-03, P-01)."""
    papers = papers_of(values)
    identity = check_identity(**papers._asdict(), occurred_on=asked.occurred_on)
    if values["phone"]:
        check_phone(values["phone"])
    if not registering:
        return
    birth = identity.record.get("birth", "")
    if not birth:
        raise Refused(rule="S-01", text=N_("请填写证件号码，或填写出生日期。"), field="birth")
    if age_on(date.fromisoformat(birth), asked.occurred_on) < LOWEST_AGE:
        raise Refused(
            rule="S-01",
            text=N_("登记之日未满{age}周岁，不能办理求职登记。"),
            field="birth" if papers.birth else "id_no",
            age=LOWEST_AGE,
        )


def papers_of(values: dict[str, Any]) -> Papers:
    """Give who somebody is, as typed."""
    return Papers(
        name=values["name"],
        sex=values["sex"],
        id_type=values.get("id_type", RESIDENT_ID),
        id_no=values.get("id_no", ""),
        birth=values.get("birth"),
    )


class Filled(NamedTuple):
    """A form that may be recorded: what was typed as values, for whom, out of which lead."""

    act: Act
    values: dict[str, Any]
    asked: Stamp
    person: str
    lead: str
    owner: bool
    twins: Sequence[str]
    apart: str
    application: str = ""  # the entry of a terminal that it was filled in from


def recorded(request: Request, filled: Filled) -> Done:
    """Record the person, what tells apart, the case and its owner, in this order."""
    asked, person = filled.asked, filled.person
    if filled.lead:
        person = _told_of(request, filled)
    elif not person:
        person = _person(request, filled)
    done = _case(request, filled, person)
    case = done.streams[0]
    if filled.act is REGISTER and filled.owner:
        given = desk(request).method("assign")(
            case, officer=asked.actor, stamp=_step(asked, "owner")
        )
        done = replace(done, position=given.position)
    if filled.application:
        taken: Taken = parts(request).extra["taken"]
        taken(asked.who, filled.application, case)
    return replace(done, streams=(case,))


def _person(request: Request, filled: Filled) -> str:
    """Open a file, and tell it apart from those who were alike (F-27)."""
    values, asked = filled.values, filled.asked
    person: str = (
        persons(request)
        .register(
            papers_of(values),
            domicile=values["domicile"],
            phone=values["phone"],
            address=values["address"],
            stamp=_step(asked, f"person {values['name']} {values.get('id_no', '')}"),
        )
        .streams[0]
    )
    for twin in filled.twins:
        persons(request).tell_apart(
            person, other=twin, reason=filled.apart, stamp=_step(asked, f"apart {twin}")
        )
    return person


def _told_of(request: Request, filled: Filled) -> str:
    """Complete the file of the person whom a lead told of: papers, phone and address."""
    values, asked = filled.values, filled.asked
    person: str = parts(request).store.load(SeekerCase, filled.lead).person
    persons(request).correct_identity(
        person,
        papers_of(values),
        domicile=values["domicile"],
        reason=COMPLETED,
        stamp=_step(asked, f"person {values['name']} {values.get('id_no', '')}"),
    )
    if values["phone"] or values["address"]:
        persons(request).change_contact(
            person,
            phone=values["phone"],
            address=values["address"],
            stamp=_step(asked, "contact"),
        )
    return person


def _case(request: Request, filled: Filled, person: str) -> Done:
    values, asked = filled.values, filled.asked
    known = {"person": person, "station": asked.station, "channel": values["channel"]}
    if filled.act is LEAD:
        done: Done = desk(request).method("record_lead")(
            **known,
            note=values["note"],
            group=values["group"],
            informant=asked.actor if "informant" in asked.who.roles else "",
            stamp=asked,
        )
        return done
    registered: Done = desk(request).method("register")(
        **known,
        sex=values["sex"],
        domicile=values["domicile"],
        activity=values["activity"],
        wants=wished(**{field.name: values[field.name] for field in WISHES}),
        notice_version=NOTICE,
        legal_basis=values["legal_basis"],
        lead=filled.lead,
        stamp=asked,
    )
    return registered


def _step(asked: Stamp, name: str) -> Stamp:
    """Give a command of its own for one step, the same again when the form is sent again."""
    return replace(asked, command_id=str(uuid.uuid5(uuid.UUID(asked.command_id), name)))


def _act(request: Request, verb: str) -> Act:
    act = {"register": REGISTER, "record_lead": LEAD}.get(verb)
    if act is None:
        raise HTTPException(404)
    if not may(who(request), act.right):
        raise HTTPException(403)
    return act
