"""Service standards and contacts over HTTP: the board, the case, a contact in one step."""

from datetime import date

import pytest

from domain.seeker import SeekerCase
from tests.web.reading import Page, send, typed
from tests.web.seeker_office import Office, registered, take


@pytest.fixture
def office() -> Office:
    return Office()


def of_tier_b(office: Office) -> str:
    case = registered(office)
    take(office.at(), case, "assign_tier", tier="B", reason="缺技能")
    return case


def test_the_case_shows_how_it_stands_to_its_standard(office: Office) -> None:
    case = of_tier_b(office)
    take(office.at(), case, "give_guidance", kind="career")
    text = office.at().get(case).text
    assert "“131”服务" in text
    assert "1 / 1" in text
    assert "0 / 3" in text
    assert "截至 2026-05-16" in text
    office.store.today = date(2026, 5, 17)
    assert "已超期" in office.at().get(case).text


def test_the_board_names_the_officer_and_links_to_the_cases(office: Office) -> None:
    of_tier_b(office)
    page = office.at("station_manager").get("/standards")
    assert page.status_code == 200
    links = Page(page.text).links
    assert any("owner=staff-caseworker" in link and "state=open" in link for link in links)
    assert office.at().get("/standards").status_code == 200
    assert "按经办" not in office.at("admin").get("/standards").text


def test_an_admin_changes_a_standard_from_a_later_day(office: Office) -> None:
    admin = office.at("admin")
    given = {"code": "131", "from_on": "2026-07-01", "within_days": "20", "items": "职业指导，2"}
    assert send(admin, admin.get("/standards"), **given).status_code == 303
    entered = office.parts.extra["standards"].entered[0]
    assert (entered.items, entered.within_days) == ((("guidance", 2),), 20)
    wrong = send(admin, admin.get("/standards"), **given | {"items": "跳舞，2"})
    assert wrong.status_code == 409
    assert typed(wrong)["within_days"] == "20"


def test_a_plan_begins_with_what_the_standard_promises(office: Office) -> None:
    case = of_tier_b(office)
    page = office.at().get(f"{case}/make_plan")
    given = typed(page)
    assert given["standard"] == "131"
    assert given["items"].splitlines()[1] == "岗位推荐，3，2026-05-16"
    assert send(office.at(), page).status_code == 303


def test_a_contact_is_recorded_in_one_step_and_leads_back(office: Office) -> None:
    case = of_tier_b(office)
    browser = office.at()
    page = browser.get(f"{case}/contact?back=/cases")
    answer = send(browser, page, result="reached")
    assert answer.headers["location"] == "/cases"
    state = office.store.load(SeekerCase, case.rpartition("/")[2])
    assert state.contacts[-1].result == "reached"
    elsewhere = send(browser, browser.get(f"{case}/contact?back=https://else.example/"))
    assert elsewhere.headers["location"].startswith(case)
    assert office.at("auditor").get(f"{case}/contact").status_code == 403


def test_a_contact_of_tomorrow_is_refused_at_its_day(office: Office) -> None:
    case = of_tier_b(office)
    browser = office.at()
    answer = send(browser, browser.get(f"{case}/contact"), occurred_on="2026-04-17")
    assert answer.status_code == 409
    assert 'id="f-occurred_on-said"' in answer.text
    assert "S-19" in answer.text
