"""A caseworker leads a seeker from the counter to a job, in Chinese, with and without scripts."""

import pytest

from domain.seeker import SeekerCase
from tests.browser.conftest import Come
from tests.browser.site import LESSON, TITLE, Site
from tests.browser.visitor import FIRST, Visitor

BEFORE = "2026-04-15"


def register(visitor: Visitor, number: int) -> None:
    """Fill in the registration of the person with this number, on the day before."""
    someone = visitor.site.stock.fresh[number]
    visitor.open("/seekers/new/register")
    visitor.fill(
        occurred_on=BEFORE,
        name=someone.name,
        sex=someone.sex,
        id_no=someone.id_no,
        phone=someone.phone,
        address=someone.address,
        trades=["lamps"],
    )
    visitor.submit()


@pytest.mark.parametrize(("number", "javascript"), [(0, True), (1, False)])
def test_a_seeker_is_led_from_registration_to_a_verified_job(
    come: Come, site: Site, number: int, javascript: bool
) -> None:
    desk = come("caseworker", javascript=javascript)
    register(desk, number)
    assert desk.told() == []
    case = desk.path
    assert "已登记" in desk.words
    desk.do(case, "assess_needs", needs=["flexible_job"], occurred_on=BEFORE)
    desk.do(case, "assign_tier", tier="B", reason="需要技能培训", occurred_on=BEFORE)
    assert "已评估" in desk.words
    desk.do(case, "make_plan", standard="own", items="职业指导\t1\t2026-04-30", occurred_on=BEFORE)
    assert "帮扶中" in desk.words
    desk.do(case, "enrol", training=f"{LESSON}{number + 1}", occurred_on=BEFORE)
    site.teach(site.stock.trainings[number])
    desk.do(case, "complete_training", training=FIRST, passed="yes")
    assert "已结业" in desk.words
    desk.do(case, "refer", vacancy=TITLE, consent=True)
    desk.do(case, "answer_referral", referral=FIRST, accepted="yes")
    desk.do(case, "hold_interview", referral=FIRST, result="passed")
    desk.do(case, "make_offer", referral=FIRST, pay="4200")
    desk.do(
        case, "place", kind="formal", start_on="2026-04-16", referral=FIRST,
        employer=site.stock.firm.name, pay="4200",
    )  # fmt: skip
    assert "已就业" in desk.words
    desk.do(case, "verify_placement", placement=FIRST, method="visit")
    desk.do(case, "record_follow_up", purpose="after_training", channel="phone", result="reached")
    state = site.office.store.load(SeekerCase, case.removeprefix("/seekers/"))
    assert state.standing == "PLACED"
    assert "¥4,200.00" in desk.words


def test_the_same_number_is_not_registered_twice(come: Come) -> None:
    desk = come("caseworker")
    register(desk, 2)
    case = desk.path
    register(desk, 2)
    assert desk.path == "/seekers/new/register"
    assert "此人已有未退出的案件，不能再登记。" in desk.words
    desk.look()
    desk.page.get_by_role("link", name="打开这个案件").click()
    assert desk.path == case
