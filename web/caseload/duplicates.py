"""Duplicates 疑似重复: two files side by side, merged, told apart, parted again (F-27, F-44)."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from application.people.views import PersonView
from application.store import Who
from domain.codes_person import APART_REASONS, SEX_CODES
from domain.kernel import N_, Refused
from domain.person import Person
from projections.holdings import Holding
from web import forms
from web.access import parts
from web.act_pages import Posted, see_other, stamp
from web.case_groups import PLACES
from web.case_page import may_read, readers
from web.caseload.parts import caseload, working
from web.errors import kept
from web.pages import page

router = APIRouter()
WHY = {"name": N_("姓名和出生日期相同"), "phone": N_("电话相同")}
FIELDS: Mapping[str, str] = {
    "name": N_("姓名"),
    "last4": N_("证件后四位"),
    "age": N_("出生日期"),
    "sex": N_("性别"),
    "phone": N_("电话"),
    "address": N_("住址"),
}


class File(NamedTuple):
    """One person's file: what may be shown of it, its cases, how many more are not the reader's."""

    person: str
    view: PersonView
    state: Person
    cases: Sequence[Holding]
    others: int


def _file(request: Request, asker: Who, person: str) -> File:
    own = parts(request)
    state = own.store.load(Person, person)
    if state.standing == "-":
        raise HTTPException(404)
    cases = caseload(request).duplicates.cases(person)
    mine = any(asker.accounts & one.officers for one in cases)
    readable = [one for one in cases if may_read(asker, one)]
    view = readers(request).sight.view(person, full=mine, on=own.today())
    return File(person, view, state, readable, len(cases) - len(readable))


@router.get("/duplicates")
def listing(request: Request) -> Response:
    """List pairs that may be one person and that nobody has judged."""
    working(request)
    own = parts(request)
    pairs = caseload(request).duplicates.pairs()[:100]
    persons = [person for one, other, _ in pairs for person in (one, other)]
    shown = own.people.names(persons, full=lambda _person: False, on=own.today())
    return page(request, "caseload/duplicates.html", pairs=pairs, names=shown, why=WHY)


def _pair(request: Request, one: str, other: str) -> dict[str, Any]:
    asker = working(request)
    if one == other:
        raise HTTPException(404)
    files = [_file(request, asker, person) for person in (one, other)]
    readers(request).reads.write(
        "view", asker, stream=one, field_class="identity", route=request.scope["route"].path
    )
    open_seekers = [
        [case for case in file.cases if case.kind == "seeker" and case.state != "CLOSED"]
        for file in files
    ]
    return {
        "files": files,
        "fields": FIELDS,
        "same": caseload(request).duplicates.compared(one, other),
        "sexes": SEX_CODES,
        "both_open": all(open_seekers),
        "reasons": APART_REASONS,
        "labels": {"into": N_("保留哪一份"), "reason": N_("依据")},
        "places": PLACES,
    }


@router.get("/duplicates/{one}/{other}")
def compare(request: Request, one: str, other: str) -> Response:
    """Show two files side by side, and what a merge would move."""
    return page(request, "caseload/pair.html", typed={}, told={}, **_pair(request, one, other))


@router.post("/duplicates/{one}/{other}")
def judge(request: Request, one: str, other: str, form: Posted) -> Response:
    """Merge the two, or record that they are not one."""
    context = _pair(request, one, other)
    kept(request, "caseload/pair.html", forms.typed(form), **context)
    desk, asked = caseload(request).duplicates, stamp(request, form)
    if form.get("what") == "apart":
        reason = str(form.get("reason", ""))
        done = desk.tell_apart(one, other=other, reason=reason, stamp=asked)
        return see_other(request, "/duplicates", done)
    into = str(form.get("into", ""))
    if into not in {one, other}:
        raise Refused(rule="P-02", text=N_("请选择保留哪一份档案。"), field="into")
    done = desk.merge(other if into == one else one, into=into, stamp=asked)
    return see_other(request, f"/persons/{into}", done)


@router.get("/persons/{person}")
def shown(request: Request, person: str) -> Response:
    """Show a person's files: the one that goes on, and those merged into it."""
    return page(request, "caseload/person.html", typed={}, told={}, **_family(request, person))


def _family(request: Request, person: str) -> dict[str, Any]:
    asker = working(request)
    family = caseload(request).duplicates.family(person)
    files = [_file(request, asker, one) for one in family]
    readers(request).reads.write(
        "view", asker, stream=person, field_class="identity", route=request.scope["route"].path
    )
    return {
        "files": files,
        "places": PLACES,
        "since": {file.person: _since(request, file) for file in files},
        "labels": {"reason": N_("理由")},
    }


def _since(request: Request, file: File) -> Sequence[Holding]:
    """Give the cases of the surviving file that began after a merge: to be placed when parted."""
    into = file.state.merged_into
    if not into:
        return ()
    history = readers(request).log.history(file.person)
    merged = next((r for r in reversed(history) if r.event.TOPIC == "person.merged"), None)
    if merged is None:
        return ()
    found = []
    for case in caseload(request).duplicates.cases(into):
        first = readers(request).log.history(case.case)[:1]
        if first and first[0].position > merged.position:
            found.append(case)
    return found


@router.post("/persons/{person}/unmerge")
def unmerge(request: Request, person: str, form: Posted) -> Response:
    """Part two files again; what came since stays where it was entered."""
    context = _family(request, person)
    kept(request, "caseload/person.html", forms.typed(form), **context)
    other = str(form.get("other", ""))
    done = caseload(request).duplicates.unmerge(
        person, other=other, reason=str(form.get("reason", "")), stamp=stamp(request, form)
    )
    return see_other(request, f"/duplicates/{person}/{other}", done)
