"""Households over HTTP: story 2's clearing, the fall back, income, and what is refused."""

from datetime import date

import pytest
from httpx2 import Response

from domain.household import Household
from tests.web.reading import Page, send, typed
from tests.web.seeker_office import Office, registered, take

LIU = {"id_no": "449901197709180465", "name": "刘月仙", "phone": ""}


@pytest.fixture
def office() -> Office:
    made = Office()
    made.store.today = date(2024, 5, 6)
    return made


def begun(office: Office, case: str, **values: object) -> str:
    browser = office.at()
    path = f"/households/of/{case.rpartition('/')[2]}"
    answer = send(
        browser, browser.get(path), **{"kind": "urban", "able": "1", "willing": "1"} | values
    )
    assert answer.status_code == 303, answer.text[-2000:]
    return str(answer.headers["location"])


def works(office: Office, case: str, day: date) -> None:
    office.store.today = day
    for verb, values in (
        ("place", {"kind": "flexible", "start_on": day.isoformat()}),
        ("verify_placement", {"placement": "1", "method": "visit"}),
    ):
        answer = take(office.at(), case, verb, **values)
        assert answer.status_code == 303, answer.text[-2000:]


def cleared(office: Office, home: str, **values: object) -> Response:
    browser = office.at()
    page = browser.get(home)
    form = next(f for f in Page(page.text).forms if f.action == f"{home}/clear")
    return browser.post(form.action, data=form.values | values)


def standing(office: Office, home: str) -> Household:
    return office.store.load(Household, home.rpartition("/")[2])


def test_story_2_a_household_is_cleared_by_the_start_of_its_member(office: Office) -> None:
    case = registered(office, **LIU)
    home = begun(office, case)
    office.store.today = date(2024, 5, 7)
    assert take(office.at(), home, "declare_zero").status_code == 303
    assert standing(office, home).clear_by == date(2024, 5, 20)  # 05-11 was worked
    page = office.at().get(home).text
    assert "还没有成员就业，不能清零" in page
    assert f"{home}/clear" not in [form.action for form in Page(page).forms]
    works(office, case, date(2024, 6, 17))
    early = cleared(office, home, occurred_on="2024-06-16")
    assert early.status_code == 409
    assert "2024-06-17" in early.text
    assert "H-03" in early.text
    assert standing(office, home).standing == "declared"
    assert cleared(office, home).status_code == 303
    assert standing(office, home).cleared_on == date(2024, 6, 17)
    assert "已清零" in office.at().get(home).text


def test_a_household_falls_back_when_the_job_is_lost(office: Office) -> None:
    case = registered(office, **LIU)
    home = begun(office, case)
    take(office.at(), home, "declare_zero")
    works(office, case, date(2024, 6, 17))
    cleared(office, home)
    office.store.today = date(2024, 7, 1)
    take(
        office.at(), case, "end_placement", placement="1", ended_on="2024-06-30", reason="resigned"
    )
    assert "失业回退，须复核" in office.at().get(home).text
    board = office.at("station_manager").get("/households?state=lapsed").text
    assert home in Page(board).links
    assert take(office.at(), home, "declare_zero").status_code == 303
    assert standing(office, home).standing == "declared"


def test_a_household_with_a_member_at_work_is_not_declared(office: Office) -> None:
    case = registered(office, **LIU)
    home = begun(office, case)
    works(office, case, date(2024, 5, 8))
    answer = take(office.at(), home, "declare_zero")
    assert answer.status_code == 409
    assert "S-15" in answer.text


def test_members_come_from_the_register_or_from_a_name(office: Office) -> None:
    case = registered(office, **LIU)
    other = registered(office, id_no="449902198206300606", name="吴彩霞", phone="")
    home = begun(office, case)
    stream = other.rpartition("/")[2]
    browser = office.at()
    assert take(browser, home, "add_member", seeker=stream, relation="sibling").status_code == 303
    child = {"name": "刘小明", "sex": "male", "birth": "2019-05-01", "relation": "child"}
    assert take(browser, home, "add_member", **child).status_code == 303
    assert len(standing(office, home).members) == 3
    nobody = take(browser, home, "add_member", relation="child")
    assert nobody.status_code == 409
    assert "请选择求职者，或填写成员姓名" in nobody.text
    twice = take(browser, home, "add_member", seeker=stream, relation="sibling")
    assert twice.status_code == 409
    assert "H-01" in twice.text
    again = begun_refused(office, other)
    assert again.headers["location"] == home


def begun_refused(office: Office, case: str) -> Response:
    return office.at().get(f"/households/of/{case.rpartition('/')[2]}")


def test_the_amount_of_an_income_is_for_officers_only(office: Office) -> None:
    case = registered(office, **LIU)
    home = begun(office, case)
    person = standing(office, home).members[0].person
    answer = take(
        office.at(), home, "state_income",
        person=person, source_of_income="allowance", monthly="913.50",
    )  # fmt: skip
    assert answer.status_code == 303
    assert "¥913.50" in office.at().get(home).text
    assert "¥913.50" not in office.at("station_manager").get(home).text
    wrong = take(
        office.at(), home, "state_income",
        person=person, source_of_income="allowance", monthly="many",
    )  # fmt: skip
    assert wrong.status_code == 409
    assert typed(wrong)["monthly"] == "many"


def test_who_reads_no_case_reads_no_household(office: Office) -> None:
    case = registered(office, **LIU)
    home = begun(office, case)
    assert office.at("admin").get("/households").status_code == 403
    assert office.at("admin").get(home).status_code == 403
    assert "刘*" in office.at("auditor").get(home).text
