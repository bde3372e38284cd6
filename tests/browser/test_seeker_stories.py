"""Stories 1, 2 and 9 of domain.md 8 clicked through in Chinese, with their dates and refusals."""

import uuid
from datetime import date, timedelta
from typing import Any

import pytest

from application.store import Part, Stamp
from domain.kernel import Event
from domain.money import Fen
from domain.seeker import SeekerCase
from domain.training import TrainingClass
from domain.training.facts import ClassOpened, Lesson, SessionHeld
from domain.vacancy import Vacancy
from domain.vacancy.facts import Drafted, Published, Submitted, Verified
from tests.browser.conftest import Come
from tests.browser.site import Site
from tests.browser.visitor import FIRST, Visitor

pytestmark = pytest.mark.long
LICENCE = "92449901MAXX000158"


def registered(desk: Visitor, on: str, **who: Any) -> str:
    """Register somebody on a day, and give the path of the case."""
    desk.open("/seekers/new/register")
    desk.fill(occurred_on=on, trades=["lamps"], **who)
    desk.submit()
    assert desk.told() == [], desk.words
    return desk.path


def told(site: Site, on: date, kind: type[Any], stream: str, *facts: Event) -> None:
    """Write something of the past down that the story needs: a class, a post."""
    who = site.stock.places.who("caseworker")
    stamp = Stamp(who, str(uuid.uuid4()), on)
    done = site.office.store.decide(stamp, Part(kind, stream, lambda _: list(facts)))
    site.office.runner.wait_for(done.position, timeout=10.0)


def the_class(site: Site) -> str:
    """Open the class of story 1, twelve sessions from 2024-03-12."""
    days = [date(2024, 3, 12) + timedelta(n) for n in range(12)]
    opened = ClassOpened(
        title="广式点心", trade="catering", kind="off_site", provider=site.stock.firm.id,
        venue=site.stock.places.who("caseworker").station, capacity=20, mode="offline",
        sessions=tuple(Lesson(no=n, on=day, hours=2) for n, day in enumerate(days, 1)),
        subsidised=True,
    )  # fmt: skip
    told(site, date(2024, 3, 1), TrainingClass, "training-story-1", opened)
    return "training-story-1"


def the_post(site: Site) -> None:
    """Publish the post of story 2."""
    terms = Drafted(
        employer=site.stock.firm.id, occupation="domestic", title="长者照护员", headcount=2,
        conditions="", work="照护", place="440784", pay_from=Fen(250_000), pay_to=Fen(300_000),
        pay_unit="month", valid_until=date(2026, 12, 31), hours=("9-16",),
    )  # fmt: skip
    facts = (terms, Submitted(), Verified(method="visit"), Published())
    told(site, date(2024, 6, 3), Vacancy, "vacancy-story-2", *facts)


def state(site: Site, case: str) -> SeekerCase:
    return site.office.store.load(SeekerCase, case.removeprefix("/seekers/"))


def test_story_1_from_a_class_to_a_shop_and_its_grant(come: Come, site: Site) -> None:
    desk, other = come("caseworker"), come("second")
    case = registered(
        desk, "2024-03-04", name="龚凤", sex="female", id_no="449901198403120229",
        hours=["flexible"], free_from="8:30", free_until="16:30",
    )  # fmt: skip
    assert "时间灵活、08:30-16:30" in desk.words
    desk.do(case, "assess_needs", needs=["flexible_job"], occurred_on="2024-03-04")
    desk.do(case, "assign_tier", tier="B", reason="想灵活就业", occurred_on="2024-03-04")
    training = the_class(site)
    desk.do(case, "enrol", training="广式点心", occurred_on="2024-03-11")
    seeker = case.removeprefix("/seekers/")
    held = [
        SessionHeld(session=n, instructor="person-teacher", hours=2, present=(seeker,))
        for n in range(1, 13)
    ]
    told(site, date(2024, 3, 29), TrainingClass, training, *held)
    desk.do(case, "complete_training", training=FIRST, passed="yes", occurred_on="2024-03-29")
    desk.do(
        case, "obtain_certificate", kind="special_ability", number="4499-0418", training=FIRST,
        occurred_on="2024-04-18",
    )  # fmt: skip
    desk.do(
        case, "place", kind="self_employed", start_on="2024-07-08", licence_no=LICENCE,
        occurred_on="2024-07-08",
    )  # fmt: skip
    grant = {"kind": "startup_once", "rests_on": FIRST, "amount": "10000"}
    words = desk.refused(case, "apply_for_subsidy", **grant, occurred_on="2024-10-10")
    assert "最早2025-01-08可以申请" in words
    assert "规则 S-12" in words
    desk.do(
        case, "apply_for_subsidy", **grant, insured="2024-11、2024-12、2025-01",
        occurred_on="2025-02-10",
    )  # fmt: skip
    desk.do(case, "check_subsidy", subsidy=FIRST, occurred_on="2025-02-12")
    other.do(case, "approve_subsidy", subsidy=FIRST, amount="10000", occurred_on="2025-02-18")
    other.do(
        case, "pay_subsidy", subsidy=FIRST, amount="10000", voucher_no="BT-2025-0305",
        occurred_on="2025-03-05",
    )  # fmt: skip
    again = desk.refused(case, "apply_for_subsidy", **grant, occurred_on="2025-03-06")
    assert "此项补贴每人只能享受一次" in again
    desk.open(f"{case}/subsidies")
    assert "¥10,000.00" in desk.words
    assert state(site, case).paid_subsidies() == Fen(1_000_000)


def test_story_2_from_hardship_to_a_stable_job(come: Come, site: Site) -> None:
    desk, other = come("caseworker"), come("second")
    who = {"name": "吴彩霞", "sex": "female", "id_no": "449902198206300606"}
    case = registered(desk, "2024-05-06", **who)
    desk.do(case, "record_visit", kind="household", found="hardship", occurred_on="2024-05-06")
    desk.do(case, "apply_for_hardship", category="H01", occurred_on="2024-05-13")
    desk.do(
        case, "post_hardship_notice", hardship=FIRST, notice_from="2024-05-13",
        notice_to="2024-05-20", occurred_on="2024-05-13",
    )  # fmt: skip
    early = other.refused(case, "recognise_hardship", hardship=FIRST, occurred_on="2024-05-16")
    assert "公示至2024-05-20" in early
    own = desk.refused(case, "recognise_hardship", hardship=FIRST, occurred_on="2024-05-22")
    assert "受理人不能对本人受理的申请作出决定" in own
    other.do(case, "recognise_hardship", hardship=FIRST, occurred_on="2024-05-22")
    desk.open(f"/households/of/{case.removeprefix('/seekers/')}")
    desk.fill(kind="urban", able=True, willing=True, occurred_on="2024-05-07")
    desk.submit()
    home = desk.path
    desk.do(home, "declare_zero", occurred_on="2024-05-22")
    assert "还没有成员就业，不能清零" in desk.words
    the_post(site)
    desk.do(case, "refer", vacancy="长者照护员", consent=True, occurred_on="2024-06-10")
    desk.do(case, "answer_referral", referral=FIRST, accepted="yes", occurred_on="2024-06-10")
    desk.do(case, "hold_interview", referral=FIRST, result="passed", occurred_on="2024-06-12")
    desk.do(
        case, "place", kind="part_time", start_on="2024-06-17", referral=FIRST,
        employer=site.stock.firm.name, occurred_on="2024-06-17",
    )  # fmt: skip
    desk.do(case, "verify_placement", placement=FIRST, method="visit", occurred_on="2024-06-17")
    desk.open(home)
    desk.fill(occurred_on="2024-06-16")
    desk.submit()
    assert "就业登记2024-06-17才开始，不能提前清零" in desk.words
    desk.fill(occurred_on="2024-06-17")
    desk.submit()
    assert "已清零" in desk.words
    for month, day in (("1", "2024-07-17"), ("3", "2024-09-18"), ("6", "2024-12-17")):
        desk.do(
            case, "record_follow_up", purpose="retention", channel="phone", result="retained",
            placement=FIRST, month=month, occurred_on=day,
        )  # fmt: skip
    assert "稳定就业" in desk.words
    desk.do(case, "close", reason="employed_stable", occurred_on="2024-12-17")
    assert state(site, case).standing == "CLOSED"
    desk.open(f"{case}/hardships/1/replay")
    assert "粤人社规〔2023〕11号" in desk.words


def test_story_9_a_public_welfare_post_and_its_thirty_seventh_month(come: Come, site: Site) -> None:
    desk, other = come("caseworker"), come("second")
    who = {"name": "陈志强", "sex": "male", "id_no": "449902196904050318"}
    case = registered(desk, "2023-05-08", **who)
    refused = desk.refused(case, "apply_for_hardship", category="H02", occurred_on="2023-06-26")
    assert "须先取得本人的单独同意" in refused
    desk.do(
        case, "give_consent", purpose="sensitive", notice_version="2023-05",
        occurred_on="2023-06-26",
    )  # fmt: skip
    desk.do(case, "apply_for_hardship", category="H02", proofs="残疾人证", occurred_on="2023-06-26")
    desk.do(
        case, "post_hardship_notice", hardship=FIRST, notice_from="2023-06-26",
        notice_to="2023-07-04", occurred_on="2023-06-26",
    )  # fmt: skip
    other.do(case, "recognise_hardship", hardship=FIRST, occurred_on="2023-07-06")
    desk.do(
        case, "place", kind="public_welfare", start_on="2023-08-01", term_until="2026-07-31",
        employer=site.stock.firm.name, occurred_on="2023-08-01",
    )  # fmt: skip
    assert "续签公益性岗位" in desk.words
    assert "旧规定 2029-04-05，新规定 2030-05-05" in desk.words
    words = desk.refused(
        case, "apply_for_subsidy", kind="post", rests_on=FIRST, amount="1720", months="2026-08",
        occurred_on="2026-04-16",
    )  # fmt: skip
    assert "2026-08不在该就业登记的起止期间内" in words
    manager = come("manager")
    manager.open(case)
    assert "限制查看" in manager.words
    assert "残疾人员" not in manager.words
