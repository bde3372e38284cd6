"""查进度: a seeker or worker sees the own case by number and code, without an account (6.10).

A right pair begins a visit of a quarter of an hour, bound to a cookie; no number, no code and no
name stands in an address. Every wrong pair gets the same answer after the same work (F-103).
"""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from application.access_codes import KEPT, Held, Wait
from application.people.reads import Seen
from domain.codes_person import PURPOSES
from domain.dispute import DisputeCase
from domain.kernel import N_, Recorded
from domain.seeker import SeekerCase
from web import texts
from web.access import limited, parts, public
from web.case_page import readers
from web.office_parts import office
from web.pages import page
from web.papers.pages import pdf_answer
from web.papers.parts import papers
from web.public import own
from web.visit import visit

router = APIRouter()
MOST_HOPS = 3  # a case that was merged is followed to where it goes on
ROLES_SHOWN = ("auditor", "station_manager", "mediator", "caseworker", "admin", "informant")


def cookie(request: Request) -> str:
    """Name the visit's cookie for this installation."""
    return "__Host-progress" if parts(request).secure else "progress"


def held(request: Request) -> Held | None:
    """Give whose page this browser may see."""
    token = request.cookies.get(cookie(request), "")[:100]
    return papers(request).access.visit(token, parts(request).now()) if token else None


@router.get("/progress")
@public
def entry(request: Request, number: str = "") -> Response:
    """查进度: two fields; a QR code fills in the number, never the code."""
    if held(request):
        return RedirectResponse("/progress/case", 303)
    return page(request, "public/entry.html", number=number[:60], wrong=False, wait=0)


@router.post("/progress", dependencies=[Depends(limited("progress"))])
@public
def look_up(
    request: Request,
    number: Annotated[str, Form(max_length=100)] = "",
    code: Annotated[str, Form(max_length=100)] = "",
) -> Response:
    """Open a case by number and code; one sentence for every wrong pair."""
    now, access = parts(request).now(), papers(request).access
    answer = access.look_up(number, code, visit(request).address, now)
    if isinstance(answer, Wait):
        seconds = max(1, round((answer.until - now).total_seconds()))
        return page(
            request, "public/entry.html", status=429, number=number, wrong=False, wait=seconds
        )
    if answer is None or _erased(request, answer):
        return page(request, "public/entry.html", status=404, number=number, wrong=True, wait=0)
    response = RedirectResponse("/progress/case", 303)
    response.set_cookie(
        cookie(request),
        access.begin(answer, now),
        max_age=int(KEPT.total_seconds()),
        path="/",
        secure=parts(request).secure,
        httponly=True,
        samesite="lax",
    )
    return response


def _erased(request: Request, answer: Held) -> bool:
    """Whether the person was erased: then there is nothing to show to anybody."""
    seen = readers(request).sight.view(answer.person, full=False, on=parts(request).today())
    return getattr(seen, "erased", False)


@router.post("/progress/end")
@public
def leave(request: Request) -> Response:
    """End the visit at once."""
    papers(request).access.end(request.cookies.get(cookie(request), "")[:100])
    response = RedirectResponse("/progress", 303)
    response.delete_cookie(cookie(request), path="/", secure=parts(request).secure, httponly=True)
    return response


def _loaded(request: Request, whose: Held) -> tuple[str, Any, list[Recorded]]:
    """Load the case, or the one it goes on in."""
    stream = whose.case
    for _ in range(MOST_HOPS):
        history = readers(request).log.history(stream)
        dated = [(one.event, one.occurred_on) for one in history]
        if stream.startswith("seeker-"):
            seeker = SeekerCase().fold(dated)
            if not seeker.merged_into:
                return stream, seeker, history
            stream = seeker.merged_into
            continue
        dispute = DisputeCase().named(stream).fold(dated)
        if not dispute.merged_into:
            if whose.person not in dispute.workers:
                raise HTTPException(404)
            return stream, dispute, history
        stream = dispute.merged_into
    raise HTTPException(404)


@router.get("/progress/case")
@public
def case_page(request: Request, seen: str = "") -> Response:
    """Show where the case stands: sentence, next step, whom to call, money, papers, readers."""
    whose = held(request)
    if whose is None:
        return RedirectResponse("/progress", 303)
    texts.use(visit(request).language)
    stream, state, history = _loaded(request, whose)
    own_readers, today = readers(request), parts(request).today()
    calendar = own_readers.calendar()
    if isinstance(state, DisputeCase):
        view = own.of_dispute(
            state,
            history,
            whose.person,
            calendar=calendar,
            settings=own_readers.settings(),
            today=today,
        )
    else:
        view = own.of_seeker(state, history, stream, calendar=calendar)
    looked = papers(request).seen.seen([stream, whose.person])
    person = own_readers.sight.view(whose.person, full=False, on=today)
    employer = next(iter(getattr(state, "respondents", {})), "")
    return page(
        request,
        "public/case.html",
        view=view,
        number=state.case_no or next(iter(getattr(state, "intakes", {})), ""),
        name=person.name,
        employer=parts(request).directory.employer(employer) if employer else "",
        station=_station(request, state.station),
        looked=looked if seen == "all" else looked[:5],
        looked_in_all=sum(one.times for one in looked),
        looked_more=seen != "all" and len(looked) > 5,
        role=_role,
        purpose=_purpose,
        today=today,
    )


def _role(roles: str) -> str:
    """Give the role that a reader acted in."""
    had = roles.split(",")
    return next((one for one in ROLES_SHOWN if one in had), "")


KINDS = {
    "view": N_("办理案件"),
    "search": N_("查找案件"),
    "reveal": N_("查看完整信息"),
    "access": N_("核对访问记录"),
}


def _purpose(one: Seen) -> str:
    """Say why somebody looked: the purpose that was given, else what the role does."""
    if one.purpose in PURPOSES:
        return texts.label(PURPOSES[one.purpose])
    if one.kind == "view" and _role(one.roles) == "auditor":
        return texts.translate(N_("审计检查"))
    return texts.translate(KINDS.get(one.kind, ""))


def _station(request: Request, station: str) -> dict[str, str]:
    """Give name, phone and hours that the public directory shows."""
    entry = office(request).entries.entry(station)
    detail = entry.detail if entry else {}
    return {
        "name": parts(request).directory.station(station),
        "phone": str(detail.get("phone") or parts(request).support_phone or ""),
        "hours": str(detail.get("hours") or ""),
        "address": str(detail.get("address") or ""),
    }


@router.get("/progress/papers/{document}")
@public
def own_paper(request: Request, document: str) -> Response:
    """Give a paper of the own as PDF, the same bytes as in the file."""
    whose = held(request)
    if whose is None:
        return RedirectResponse("/progress", 303)
    stream, state, history = _loaded(request, whose)
    if document not in {one.document for one in own.papers(history, state, stream, whose.person)}:
        raise HTTPException(404)
    made = papers(request).documents.render(stream, document)
    papers(request).access.note_download(whose, document, visit(request).address)
    if not made.same:
        raise HTTPException(404)
    return pdf_answer(made.content, document)
