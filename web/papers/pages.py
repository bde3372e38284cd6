"""The papers of a case: list, preview, issue (one or one for everybody), PDF, file to print.

What a paper shows stands in clear on it: its pages are for those who may issue it or work on the
case, and every preview, download and print leaves a row in the read log (purpose: document).
"""

import base64
import uuid
from dataclasses import replace
from typing import Any, NamedTuple
from urllib.parse import urlencode

from fastapi import APIRouter
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from application.documents.engine import matrix
from application.documents.kinds import kinds_of
from application.documents.service import Asked
from application.rights import may
from application.store import Stamp
from domain.kernel import N_, Refused
from domain.papers import check, paper
from web import texts
from web.access import parts
from web.act_pages import Posted, see_other, stamp
from web.case_page import READERS, Shown, readers, shown
from web.errors import kept
from web.forms import typed
from web.jobs import own_job
from web.office_parts import office
from web.pages import page
from web.papers import view
from web.papers.parts import JOB, papers
from web.visit import visit, who

router = APIRouter()
EDIT = {"disputes": "dispute.edit", "seekers": "seeker.edit"}
GIVE = {"disputes": "dispute.intake", "seekers": "seeker.edit"}
PDF = "application/pdf"
MOST_SHOWN = 6  # pages of a preview


class Desk(NamedTuple):
    """A case whose papers are asked for, with what its reader may do."""

    kind: str
    case: str
    found: Shown
    may_issue: bool
    may_give: bool
    may_open: bool

    @property
    def place(self) -> str:
        """The address of the case."""
        return f"/{self.kind}/{self.case}"

    @property
    def position(self) -> int | None:
        """The position of the moment that the page shows; None for now."""
        return None if self.found.past.now else self.found.history[-1].position


def desk(request: Request, case: str) -> Desk:
    """Load a case for its papers; the reading is noted."""
    kind = request.url.path.split("/")[1]
    if kind not in parts(request).desks:
        raise HTTPException(404)
    found = shown(request, parts(request).desks[kind].aggregate, case, field_class="papers")
    asker, state = who(request), found.state
    issues = may(asker, EDIT[kind], state, case)
    own = bool(asker.accounts & state.officers and asker.roles & READERS)
    return Desk(
        kind, case, found, issues, may(asker, GIVE[kind], state, case), issues or found.full or own
    )


def people(request: Request, at: Desk) -> dict[str, str]:
    """Name the persons of a case as the reader may see them."""
    state = at.found.state
    listed = list(state.workers) if hasattr(state, "workers") else [state.person]
    names = parts(request).people.names(
        [one for one in listed if one],
        full=lambda _person: at.found.full,
        on=parts(request).today(),
    )
    return {one: f"{shown.name} {shown.last4}".strip() for one, shown in names.items()}


def _namer(request: Request, at: Desk) -> Any:
    known = people(request, at)

    def name(stream: str) -> str:
        if stream.startswith("employer"):
            return parts(request).directory.employer(stream)
        return known.get(stream, stream)

    return name


def drawn(request: Request, at: Desk) -> dict[str, Any]:
    """Gather what the list shows; also its part on the page of the case."""
    directory = parts(request).directory
    return {
        "desk": at,
        "place": at.place,
        "query_past": f"?{request.url.query}" if not at.found.past.now else "",
        "offers": view.offers(at.found.state, at.case),
        "issued": view.issued(
            at.found.history,
            at.found.state,
            at.case,
            name=_namer(request, at),
            staff=directory.staff,
        ),
        "number": at.found.state.case_no or texts.translate(N_("未编号")),
        "station": directory.station(at.found.state.station),
        "people": people(request, at),
        "access": _held(at.found.state),
        "past": at.found.past,
    }


def _held(state: Any) -> frozenset[str]:
    """Name who holds an access code."""
    if hasattr(state, "workers"):
        return frozenset(state.access)
    return frozenset({state.person}) if state.access else frozenset()


@router.get("/seekers/{case}/papers")
@router.get("/disputes/{case}/papers")
def listing(request: Request, case: str) -> Response:
    """文书: what can be issued, what not and why, what was issued."""
    texts.use(visit(request).language)
    return page(request, "papers/list.html", **drawn(request, desk(request, case)))


def form_of(request: Request, at: Desk, asked: Asked) -> dict[str, Any]:
    """Gather what the page of one kind of paper needs."""
    state = at.found.state
    wanted = paper(_papers(at), asked.kind, "D-00")
    about = asked.about or next(iter(wanted.about(state)), "")
    each = wanted.each(state, about) if about in wanted.about(state) else ()
    names = people(request, at)
    return {
        "desk": at,
        "place": at.place,
        "paper": wanted,
        "asked": asked._replace(about=about),
        "abouts": [
            (one, view.about_word(state, at.case, wanted.kind, one)) for one in wanted.about(state)
        ],
        "each": [(one, names.get(one, one)) for one in each],
        "number": state.case_no or texts.translate(N_("未编号")),
        "past": at.found.past,
        "query_past": f"?{request.url.query}" if not at.found.past.now else "",
        "labels": {"occurred_on": N_("出具日期")},
    }


def _papers(at: Desk) -> Any:
    return {kind: made.paper for kind, made in kinds_of(at.case).items()}


def before_issue(request: Request, case: str, which: str) -> tuple[Desk, dict[str, Any]]:
    """Let in who may issue the paper that an address names; give the desk and the form."""
    texts.use(visit(request).language)
    at = desk(request, case)
    if not at.may_issue:
        raise HTTPException(403)
    query = request.query_params
    asked = Asked(which, query.get("about", "")[:60], query.get("worker", "")[:80])
    return at, form_of(request, at, asked)


@router.get("/seekers/{case}/papers/new/{which}")
@router.get("/disputes/{case}/papers/new/{which}")
def ask(request: Request, case: str, which: str) -> Response:
    """Show a paper before it is issued."""
    at, form = before_issue(request, case, which)
    asked = form["asked"]
    refused = _refused(at, asked)
    sheets = [] if refused else _preview(request, at, asked)
    return page(
        request,
        "papers/issue.html",
        status=409 if refused else 200,
        **form,
        refused=refused,
        sheets=sheets[:MOST_SHOWN],
        sheets_in_all=len(sheets),
        typed={},
        told={},
    )


def _refused(at: Desk, asked: Asked) -> Refused | None:
    try:
        check(paper(_papers(at), asked.kind, "D-00"), at.found.state, asked.about, asked.worker)
    except Refused as refused:
        return refused
    return None


def _preview(request: Request, at: Desk, asked: Asked) -> list[str]:
    note(request, at)
    made = papers(request).documents.preview(
        at.case, asked, on=parts(request).today(), at_position=at.position
    )
    return [f"data:image/png;base64,{base64.b64encode(one).decode()}" for one in made]


def note(request: Request, at: Desk) -> None:
    """Write into the read log that a paper was seen in clear, or show nothing."""
    readers(request).reads.write(
        "reveal",
        who(request),
        stream=at.case,
        field_class="paper",
        purpose="document",
        route=request.scope["route"].path,
    )


def _asked(form: FormData, which: str) -> Asked:
    return Asked(which, str(form.get("about", ""))[:60], str(form.get("worker", ""))[:80])


@router.post("/seekers/{case}/papers/new/{which}")
@router.post("/disputes/{case}/papers/new/{which}")
def issue(request: Request, case: str, which: str, form: Posted) -> Response:
    """Issue a paper: the hash of what is printed becomes a fact."""
    texts.use(visit(request).language)
    at = desk(request, case)
    if not at.may_issue:
        raise HTTPException(403)
    asked = _asked(form, which)
    context = form_of(request, at, asked)
    kept(
        request,
        "papers/issue.html",
        typed(form),
        **context,
        refused=None,
        sheets=[],
        sheets_in_all=0,
    )
    made = papers(request).documents.issue(
        case, [asked], stamp=stamp(request, form), at_position=at.position
    )
    return see_other(request, f"{at.place}/papers#{made.documents[0]}", made.done)


@router.post("/seekers/{case}/papers/all/{which}")
@router.post("/disputes/{case}/papers/all/{which}")
def issue_all(request: Request, case: str, which: str, form: Posted) -> Response:
    """Issue a copy for everybody who has a part, as one job with one file to print."""
    at = desk(request, case)
    if not at.may_issue:
        raise HTTPException(403)
    asked = _asked(form, which)
    wanted = paper(_papers(at), which, "D-00")
    check(wanted, at.found.state, asked.about, "")
    sealed = stamp(request, form)
    params = {
        "name": f"{at.found.state.case_no} {wanted.title}".strip(),
        "desk": at.kind,
        "case": case,
        "paper": which,
        "about": asked.about,
        "workers": list(wanted.each(at.found.state, asked.about)),
        "command": sealed.command_id,
        "on": sealed.occurred_on.isoformat(),
        "at_position": at.position,
    }
    job = office(request).jobs.begin(JOB, who(request).account, params, job=sealed.command_id)
    return RedirectResponse(f"/jobs/{job}", 303)


@router.get("/seekers/{case}/papers/file/{which}")
@router.get("/disputes/{case}/papers/file/{which}")
def bundle(request: Request, case: str, which: str) -> Response:
    """Give the papers that a job issued as one file to print."""
    at = desk(request, case)
    job = own_job(request, which)
    found = (job.result or {}).get("documents")
    if job.kind != JOB or job.params["case"] != case or not found or not at.may_open:
        raise HTTPException(404)
    note(request, at)
    return pdf_answer(papers(request).documents.bundle(case, found), f"papers-{which[:8]}")


@router.get("/seekers/{case}/papers/{document}")
@router.get("/disputes/{case}/papers/{document}")
def download(request: Request, case: str, document: str) -> Response:
    """Give an issued paper as PDF, the same bytes as on the day it was issued."""
    texts.use(visit(request).language)
    at = desk(request, case)
    if document not in at.found.state.documents:
        raise HTTPException(404)
    if not at.may_open:
        raise Refused(rule="P-05", text=N_("文书含完整个人信息，只有承办人和可以出具的人能打开。"))
    made = papers(request).documents.render(case, document)
    note(request, at)
    if not made.same:
        return page(
            request,
            "papers/changed.html",
            status=409,
            place=at.place,
            title=made.title,
            document=document,
        )
    return pdf_answer(made.content, document)


def pdf_answer(content: bytes, name: str) -> Response:
    """Answer with a PDF to look at; its name holds nothing personal."""
    return Response(
        content,
        media_type=PDF,
        headers={
            "content-disposition": f'inline; filename="{name}.pdf"',
            "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'",
        },
    )


@router.get("/seekers/{case}/codes")
@router.get("/disputes/{case}/codes")
def codes(request: Request, case: str) -> Response:
    """查询码: who holds one, and the form that hands new ones out."""
    texts.use(visit(request).language)
    at = desk(request, case)
    if not at.may_give:
        raise HTTPException(403)
    return page(request, "papers/codes.html", **drawn(request, at), typed={}, told={})


@router.post("/seekers/{case}/codes")
@router.post("/disputes/{case}/codes")
def give(request: Request, case: str, form: Posted) -> Response:
    """Hand out codes and show them once, as slips to print."""
    texts.use(visit(request).language)
    at = desk(request, case)
    if not at.may_give:
        raise HTTPException(403)
    kept(request, "papers/codes.html", typed(form), **drawn(request, at))
    chosen = [one for one in form.getlist("persons") if isinstance(one, str)]
    if not chosen:
        raise Refused(rule="F-00", text=N_("请选择要发给查询码的人。"), field="persons")
    names, sealed, slips, done = people(request, at), stamp(request, form), [], None
    for nth, person in enumerate(dict.fromkeys(chosen)):
        if person not in names:
            raise Refused(rule="F-00", text=N_("请选择要发给查询码的人。"), field="persons")
        own = sealed if len(chosen) == 1 else _part_of(sealed, nth)
        slip, done = papers(request).access.give(case, person, stamp=own)
        slips.append((names[person], slip.code))
    if done and done.position:
        parts(request).progress.wait(done.position, 2.0)
    state = at.found.state
    number = state.case_no or next(iter(getattr(state, "intakes", {})), "")
    return page(
        request,
        "papers/slips.html",
        desk=at,
        place=at.place,
        number=number,
        station=parts(request).directory.station(state.station),
        slips=slips,
        site=papers(request).site,
        qr=_path(f"{papers(request).site}/progress?{urlencode({'number': number})}"),
    )


def _path(address: str) -> tuple[int, str]:
    """Draw a QR code as the path of an SVG: its side, and a square for each dark dot."""
    rows = matrix(address)
    dots = [
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, bit in enumerate(row) if bit == "1"
    ]
    return len(rows), "".join(dots)


def _part_of(sealed: Stamp, nth: int) -> Stamp:
    """Give each code of one form a command of its own, the same when the form is sent again."""
    name = uuid.uuid5(uuid.NAMESPACE_OID, f"{sealed.command_id}/{nth}")
    return replace(sealed, command_id=str(name))
