"""The minimal CV 简历 that goes to an employer with a referral: by consent only (S-18, F-32).

It holds what a post asks for and nothing else: no ID number, no address, no hardship, no health.
"""

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from application.rights import may
from domain import codes
from domain.codes_person import SEX_CODES
from domain.kernel import N_
from domain.seeker import SeekerCase
from web import texts
from web.access import parts
from web.case_page import readers, shown
from web.pages import page
from web.seekers import page as case_page
from web.seekers import words
from web.seekers.sections import word
from web.visit import who

router = APIRouter()


@router.get("/seekers/{case}/referrals/{referral}/cv")
def minimal_cv(request: Request, case: str, referral: int) -> Response:
    """Draw the CV for the employer of a referral, or say why it may not be given."""
    found = shown(request, SeekerCase, case, field_class="cv")
    if not found.full or not may(who(request), "seeker.edit", found.state, case):
        raise HTTPException(403)
    state: SeekerCase = found.state
    if referral not in state.referrals:
        raise HTTPException(404)
    record = state.check_sharing(referral=referral)
    named = case_page.names(request, found)
    view = readers(request).sight.view(state.person, full=True, on=parts(request).today())
    comma = texts.translate(N_("、"))
    lines = [
        (N_("性别"), word(SEX_CODES, state.sex)),
        (N_("年龄"), texts.say(N_("{age} 岁"), age=view.age) if view.age is not None else ""),
        (N_("联系电话"), view.phone),
        (N_("求职意向"), words.wishes(state.wants)),
        (
            N_("能力"),
            comma.join(
                f"{word(codes.ABILITY_AREAS, area)} {word(codes.LEVELS, level)}"
                for area, level in state.abilities.items()
            ),
        ),
        (
            N_("证书"),
            comma.join(
                f"{word(codes.CERTIFICATES, kind)} {level}".strip()
                for kind, level in state.certificates
            ),
        ),
        (
            N_("培训"),
            comma.join(
                named.entry(one.training)
                for one in state.enrolments.values()
                if one.standing in {"completed", "certified"}
            ),
        ),
    ]
    return page(
        request,
        "seekers/cv.html",
        name=view.name,
        number=state.case_no,
        place=f"/seekers/{case}",
        lines=[(texts.translate(title), text) for title, text in lines if text],
        post=named.entry(record.vacancy),
        employer=named.employer(record.employer),
        record=record,
        basis=word(codes.LEGAL_BASES, record.legal_basis),
        station=named.station(state.station),
    )
