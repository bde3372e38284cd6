"""The page of a seeker's case: now, as it was, on paper; one fact as stored; a value revealed."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from application.rights import may
from domain import codes
from domain.attachments import amendable
from domain.codes_person import PURPOSES, SEX_CODES
from domain.kernel import Redacted
from domain.seeker import SeekerCase
from projections.clocks import Clocks
from web import texts
from web.access import limited, parts
from web.act_pages import Doable, doable
from web.acts import Desk
from web.attachments.view import attached
from web.case_page import Shown, acted, changed_by, readers, settings_of, shown, timeline
from web.errors import kept
from web.fact_tell import Names, opened_by, stored
from web.messages import desk as messaging
from web.pages import page
from web.presence import others
from web.seekers import sections, standards_pages, strips, views, words
from web.seekers.standards_words import STANDINGS
from web.seekers.tables import tables
from web.visit import who

router = APIRouter()
REVEALS = {"id_no": "证件号码", "phone": "电话", "address": "住址", "name": "姓名"}
SHORT = 12  # lines of the timeline beside the facts; the rest behind a link
MOST = 3  # rows of a table on the overview; the rest in its view


def desk(request: Request) -> Desk:
    """Give the desk of seekers."""
    return parts(request).desks["seekers"]


def names(request: Request, found: Shown) -> Names:
    """Say who stands behind the ids of a case."""
    own = parts(request)
    case = found.state
    streams = [r.vacancy for r in case.referrals.values()] + list(case.enrolments)
    entries = readers(request).entries.named(streams) if streams else {}
    return Names(
        staff=own.directory.staff,
        station=own.directory.station,
        employer=own.directory.employer,
        entry=lambda stream: entries.get(stream, stream),
    )


def _filled(items: list[Doable], standing: str) -> str:
    """Give the act of the filled button: the first of the next ones that can be done."""
    can = {one.act.verb for one in items if one.refused is None}
    return next((verb for verb in sections.NEXT.get(standing, ()) if verb in can), "")


def drawn(request: Request, case: str, view: str = "", tab: str = "") -> dict[str, Any]:
    """Gather what the page or a view of it shows; the names in it by right."""
    found = shown(request, SeekerCase, case, field_class="case")
    own, read, state, place = parts(request), readers(request), found.state, f"/seekers/{case}"
    named = names(request, found)
    opened = opened_by(found.history, read.opened) if found.full else {}
    items = doable(request, desk(request), state, case) if found.past.now else []
    today = found.past.day or own.today()
    clocks = Clocks(read.calendar(), settings_of(request, found.past, today), today)
    every = tab == "timeline" or bool(request.query_params.get("print"))
    recent = found.history if every else found.history[-SHORT:]
    ahead = foreseen(request, case, found)
    return {
        "case": state,
        "found": found,
        "others": others(request, case, found),
        "flags": sections.flags(state),
        "stream": case,
        "place": place,
        "person": read.sight.view(state.person, full=found.full, on=today),
        "groups": [one.act.group for one in items],
        "items": items,
        "primary": _filled(items, state.standing),
        "todo": sections.todo(state, clocks.of_seeker(state), place),
        "stages": sections.stages(state),
        **dict(
            zip(
                ("standard", "promises"),
                standards_pages.of_state(request, state, today),
                strict=True,
            )
        ),
        "standard_words": codes.STANDARDS,
        "service_kinds": codes.SERVICE_KINDS,
        "standings": STANDINGS,
        "people": sections.people(state, named),
        "service": [*sections.work(state, named), *sections.service(state)],
        "tables": tables(state, named, view),
        "most": 0 if view or request.query_params.get("print") else MOST,
        "past": not found.past.now,
        "sex": sections.word(SEX_CODES, state.sex),
        "tabs": views.tabs(request, state, len(found.history), place, tab or view),
        "used": strips.welfare(state, read.settings().value("public_welfare_months", today), today),
        **ahead,
        "basics": [*sections.basics(state), *sections.retiring(ahead["retirement"])],
        "tier": sections.word(codes.TIERS, state.tier),
        "tags": [
            *(sections.word(codes.KEY_GROUPS, group) for group in sorted(state.groups)),
            *_hard(state),
        ],
        "sensitive": state.recognised is not None and state.recognised.group == "sensitive",
        "days": messaging.woven(
            request,
            case,
            place,
            found,
            timeline(
                recent,
                place,
                look=words.look,
                say=lambda one: (
                    words.TELLER.name(one.event),
                    words.TELLER.tell(one.event, named, opened),
                ),
                staff=own.directory.staff,
            ),
        ),
        **messaging.panel(request, case, found),
        "older": len(found.history) - len(recent),
        "day": today,
        "attached": attached(request, state.attachments),
        "may_reveal": found.past.now and state.person != "",
        "may_register": may(who(request), "seeker.edit", state, case),
        "reveals": REVEALS,
        "purposes": PURPOSES,
    }


def foreseen(request: Request, case: str, found: Shown) -> dict[str, Any]:
    """Say what will be refused and why, and to an officer of the case the retirement day."""
    if not found.past.now:
        return {"hindrances": [], "retirement": None}
    ask = desk(request).method
    return {
        "hindrances": views.announced(ask("hindrances")(case)),
        "retirement": ask("retirement")(case) if found.full else None,
    }


def _hard(state: SeekerCase) -> list[str]:
    held = state.recognised
    return (
        [sections.word(codes.HARDSHIPS, held.group)] if held and held.group != "sensitive" else []
    )


@router.get("/seekers")
def ledger() -> Response:
    """求职台账: the work list of the team, narrowed to seekers."""
    return RedirectResponse("/cases?kind=seeker&whose=team", 303)


@router.get("/seekers/{case}")
def seeker_case(request: Request, case: str) -> Response:
    """Draw a case as it stands, or under `?as_of=` or `?at=` as it was."""
    paper = bool(request.query_params.get("print"))
    template = "seekers/print.html" if paper else "seekers/case.html"
    return page(request, template, **drawn(request, case))


@router.get("/seekers/{case}/timeline")
def whole_timeline(request: Request, case: str) -> Response:
    """Show every fact of the case."""
    return page(request, "seekers/timeline.html", **drawn(request, case, tab="timeline"))


def _view(request: Request, case: str, view: str) -> Response:
    context = drawn(request, case, view)
    return page(request, "seekers/view.html", view_groups=views.GROUPS[view], **context)


@router.get("/seekers/{case}/referrals")
def referrals(request: Request, case: str) -> Response:
    """Show referrals, placements and follow-ups."""
    return _view(request, case, "referrals")


@router.get("/seekers/{case}/training")
def training(request: Request, case: str) -> Response:
    """Show classes and certificates."""
    return _view(request, case, "training")


@router.get("/seekers/{case}/reads")
def looked_at(request: Request, case: str) -> Response:
    """Show who looked at the case: to its officers, managers and auditors."""
    context = drawn(request, case, tab="reads")
    if not (context["found"].full or who(request).roles & {"station_manager", "auditor"}):
        raise HTTPException(403)
    return page(
        request,
        "seekers/reads.html",
        reads=readers(request).reads.of(case),
        fields=views.READ,
        **context,
    )


@router.get("/seekers/{case}/events/{version}")
def seeker_event(request: Request, case: str, version: int) -> Response:
    """Show one fact as the log holds it; sealed parts stay sealed."""
    found = shown(request, SeekerCase, case, field_class="event")
    if not 1 <= version <= len(found.history):
        raise HTTPException(404)
    one = found.history[version - 1]
    json, digest = stored(one.event)
    named = names(request, found)
    opened = opened_by([one], readers(request).opened) if found.full else {}
    amendment = one.event.TOPIC in {"seeker.record_corrected", "seeker.fact_voided"}
    return page(
        request,
        "case/event.html",
        acted=acted,
        one=one,
        title=words.TELLER.name(one.event),
        told=words.TELLER.tell(one.event, named, opened),
        number=found.state.case_no or texts.translate("本案"),
        place=f"/seekers/{case}",
        json=json,
        digest=digest,
        change=changed_by(found.history).get(version),
        can_amend=not amendment
        and amendable(one.event)
        and may(who(request), "seeker.edit", found.state, case),
    )


@router.post("/seekers/{case}/reveal", dependencies=[Depends(limited("reveal"))])
def reveal(
    request: Request,
    case: str,
    field: Annotated[str, Form(max_length=20)] = "",
    purpose: Annotated[str, Form(max_length=40)] = "",
) -> Response:
    """Show one whole value for a purpose: on this answer only, and in the read log (P-06)."""
    context = drawn(request, case)
    kept(request, "seekers/case.html", {"field": field, "purpose": purpose}, **context)
    value = readers(request).sight.reveal(
        context["case"].person,
        field=field,
        purpose=purpose,
        who=who(request),
        case=case,
        route=request.scope["route"].path,
    )
    told = texts.translate("已依法删除") if isinstance(value, Redacted) else value
    return page(request, "seekers/case.html", revealed=(REVEALS.get(field, field), told), **context)
