"""Criteria over HTTP: versions, a new one, and a decision replayed under two of them."""

from datetime import date

import pytest

from domain.seeker import SeekerCase
from domain.seeker.criteria import SHIPPED
from tests.web.reading import Page, send, typed
from tests.web.seeker_office import Office, registered, take

NEXT = {
    "version": "粤人社规〔2026〕5号",
    "from_on": "2026-07-01",
    "categories": "H01，id_card，1，45，55\nH03，civil_affairs，2\nH06，land_certificate，2",
}


@pytest.fixture
def office() -> Office:
    return Office()


def test_the_versions_stand_with_their_kinds_and_the_ten_grounds(office: Office) -> None:
    text = office.at("auditor").get("/criteria").text
    for word in (
        "粤人社规〔2023〕11号",
        "粤人社规〔2019〕7号",
        "残疾人员",
        "待核",
        "失联超过6个月",
    ):
        assert word in text
    assert "登记新标准" not in text


def test_an_admin_enters_a_later_version_and_nobody_else(office: Office) -> None:
    admin = office.at("admin")
    answer = send(admin, admin.get("/criteria"), **NEXT)
    assert answer.status_code == 303, answer.text
    assert office.criteria.known[-1].categories["H01"].age_women == 45
    form = next(f for f in Page(admin.get("/criteria").text).forms if f.action == "/criteria")
    assert office.at().post("/criteria", data=form.values | NEXT).status_code == 403


def test_a_line_that_is_no_kind_is_told_and_everything_typed_stays(office: Office) -> None:
    admin = office.at("admin")
    answer = send(admin, admin.get("/criteria"), **NEXT | {"categories": "H99，id_card"})
    assert answer.status_code == 409
    assert "第 1 行“H99”不能识别。" in answer.text
    assert typed(answer)["version"] == NEXT["version"]


def recognised(office: Office) -> str:
    """Lead an application to its recognition by a second officer."""
    case = registered(office, id_no="449902198206300606", name="吴彩霞")
    browser = office.at()
    assert take(browser, case, "apply_for_hardship", category="H01").status_code == 303
    take(
        browser,
        case,
        "post_hardship_notice",
        hardship="1",
        notice_from="2026-04-16",
        notice_to="2026-04-23",
    )
    office.store.today = date(2026, 4, 24)
    early = take(browser, case, "recognise_hardship", hardship="1")
    assert early.status_code == 409
    assert "受理人不能对本人受理的申请作出决定" in early.text
    done = take(office.at("station_manager"), case, "recognise_hardship", hardship="1")
    assert done.status_code == 303, done.text
    return case


def test_a_decision_is_replayed_under_its_version_and_beside_a_newer_one(office: Office) -> None:
    case = recognised(office)
    held = office.store.load(SeekerCase, case.rpartition("/")[2]).recognised
    assert held is not None
    assert held.criteria == SHIPPED[-1].version
    admin = office.at("admin")
    send(admin, admin.get("/criteria"), **NEXT)
    text = office.at().get(f"{case}/hardships/1/replay?beside=2").text
    assert "大龄失业人员须年满45周岁。" in text
    assert text.count("不同") >= 1
    same = office.at().get(f"{case}/hardships/1/replay?beside=1").text
    assert 'class="differs"' not in same
    assert office.at().get(f"{case}/hardships/9/replay").status_code == 404


def test_an_application_not_yet_decided_has_nothing_to_replay(office: Office) -> None:
    case = registered(office, id_no="449902198206300606", name="吴彩霞")
    take(office.at(), case, "apply_for_hardship", category="H01")
    assert "没有可以重放的决定" in office.at().get(f"{case}/hardships/1/replay").text
