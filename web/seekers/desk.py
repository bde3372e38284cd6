"""The desk of seekers: every verb of the service as an act, in the groups of the counter."""

from collections.abc import Sequence
from dataclasses import replace

from fastapi import APIRouter

from domain.kernel import N_
from domain.seeker import SeekerCase
from web.acts import Act, Desk
from web.seekers import (
    acts_case,
    acts_support,
    acts_work,
    asked_pages,
    contact,
    criteria_pages,
    cv,
    mobile,
    money_pages,
    page,
    register,
    standards_pages,
)

pages = APIRouter()
pages.include_router(register.router)
pages.include_router(criteria_pages.router)
pages.include_router(asked_pages.router)
pages.include_router(standards_pages.router)
pages.include_router(contact.router)
pages.include_router(money_pages.router)
pages.include_router(cv.router)
pages.include_router(mobile.router)
pages.include_router(page.router)

# Two acts that begin a case have a page of their own (`register.py`): person and case at once.
BEGINNINGS = (
    Act("register", N_("登记求职者"), right="seeker.edit", begins=True),
    Act("record_lead", N_("记下线索"), right="seeker.lead", begins=True),
)
GROUPS: Sequence[tuple[str, Sequence[Act]]] = (
    (acts_case.OPENING, acts_case.OPENING_ACTS),
    (acts_support.HELP, acts_support.HELP_ACTS),
    (acts_work.REFER, acts_work.REFER_ACTS),
    (acts_work.LEARN, acts_work.LEARN_ACTS),
    (acts_work.WORK, acts_work.WORK_ACTS),
    (acts_work.CALL, acts_work.CALL_ACTS),
    (acts_support.MONEY, acts_support.MONEY_ACTS),
    (acts_case.KEEPING, acts_case.KEEPING_ACTS),
    (acts_case.OTHER, acts_case.OTHER_ACTS),
)
ACTS = tuple(
    replace(act, group=group, right=act.right or acts_case.EDIT)
    for group, acts in GROUPS
    for act in acts
)


def seeker_desk(service: object) -> Desk:
    """Make the desk over `application.assistance.Assistance`."""
    return Desk("seekers", "seeker", N_("求职"), SeekerCase, (service,), BEGINNINGS + ACTS, pages)
