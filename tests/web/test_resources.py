"""Employers, vacancies and classes from nothing, so that a seeker can be referred and enrolled."""

import re
from datetime import date

import pytest
from starlette.testclient import TestClient

from application.classes import Classes
from application.vacancies import Employers, Vacancies
from domain.employer import Employer
from domain.seeker import SeekerCase
from domain.training import TrainingClass
from domain.vacancy import Vacancy
from tests.web.contracts import mismatches
from tests.web.reading import Page, send
from tests.web.seeker_office import Office, registered, take
from web import classes, employers, vacancies

CODE = "914407840000005106"


@pytest.fixture
def office() -> Office:
    return Office()


def begin(browser: TestClient, path: str, **values: object) -> str:
    answer = send(browser, browser.get(path), **values)
    said = re.findall(r'class="said"[^<]*(?:<[^>]*>)*([^<]+)', answer.text)
    assert answer.status_code == 303, said
    return str(answer.headers["location"])


def employer(browser: TestClient) -> str:
    path = begin(
        browser,
        "/employers/new/register",
        kind="company",
        name="甲公司",
        credit_code=CODE,
        district="440784",
    )
    taken = take(browser, path, "check_documents", result="valid", licence_valid_until="2027-01-01")
    assert taken.status_code == 303
    return path


def vacancy(browser: TestClient, hirer: str, **changed: str) -> str:
    terms = {
        "employer": hirer.rpartition("/")[2],
        "title": "店员",
        "occupation": "catering",
        "headcount": "2",
        "work": "接待",
        "place": "440784",
        "pay_from": "3000",
        "pay_to": "4000",
        "pay_unit": "month",
        "valid_until": "2026-06-30",
    }
    return begin(browser, "/vacancies/new/draft", **(terms | changed))


@pytest.mark.parametrize(
    ("acts", "service", "case", "left"),
    [
        (employers.ACTS, Employers, "employer", []),
        (
            vacancies.ACTS,
            Vacancies,
            "vacancy",
            ["draft: no argument", "draft", "terms"],
        ),
        # Attendance, grades and certificates come from the rows of their sheets.
        (classes.acts(str), Classes, "training", ["hold_session", "grade_homework", "certify"]),
    ],
    ids=["employers", "vacancies", "classes"],
)
def test_every_verb_is_an_act_with_its_arguments(
    acts: tuple[object, ...], service: type, case: str, left: list[str]
) -> None:
    found = [
        line
        for line in mismatches(acts, (service,))  # type: ignore[arg-type]  # acts of three desks
        if not line.endswith(f"no argument [], no field ['{case}']")
    ]
    # The terms of a post are typed one by one, and put together before they are asked for.
    assert all(any(word in line for word in left) for line in found), found


@pytest.mark.parametrize(
    ("acts", "kind"),
    [
        (employers.ACTS, Employer),
        (vacancies.ACTS, Vacancy),
        (classes.acts(str), TrainingClass),
    ],
    ids=["employers", "vacancies", "classes"],
)
def test_every_act_can_say_why_not(acts: tuple[object, ...], kind: type) -> None:
    verbs = {act.verb for act in acts}  # type: ignore[attr-defined]  # acts of three desks
    assert verbs <= kind.ASKS.keys()  # type: ignore[attr-defined]  # any aggregate has them


def test_a_post_goes_from_draft_to_published_and_takes_a_seeker(office: Office) -> None:
    browser = office.at()
    post = vacancy(browser, employer(browser))
    assert "草稿" in browser.get(post).text
    assert browser.get(f"{post}/publish").status_code == 409
    for verb, values in (("submit", {}), ("verify", {"method": "visit"}), ("publish", {})):
        assert take(browser, post, verb, **values).status_code == 303, verb
    assert "已发布" in browser.get(post).text
    case = registered(office)
    referred = take(browser, case, "refer", vacancy=post.rpartition("/")[2], consent="1")
    assert referred.status_code == 303


def test_a_fee_is_refused_at_its_field(office: Office) -> None:
    browser = office.at()
    hirer = employer(browser)
    page = browser.get("/vacancies/new/draft")
    answer = send(
        browser,
        page,
        employer=hirer.rpartition("/")[2],
        title="店员",
        occupation="catering",
        headcount="2",
        work="接待",
        place="440784",
        pay_from="3000",
        pay_to="4000",
        pay_unit="month",
        valid_until="2026-06-30",
        fee="50",
    )
    assert answer.status_code == 409
    assert 'id="f-fee-said"' in answer.text


def test_a_class_is_opened_attended_and_completed(office: Office) -> None:
    browser = office.at()
    provider = employer(browser)
    course = begin(
        browser,
        "/classes/new/open_class",
        title="中式点心",
        trade="catering",
        kind="skill",
        provider=provider.rpartition("/")[2],
        venue="station-yc",
        capacity="10",
        mode="offline",
        sessions="1，2026-04-20，4\n2，2026-04-21，4",
        subsidised="1",
    )
    stream = course.rpartition("/")[2]
    case = registered(office)
    seeker = case.rpartition("/")[2]
    assert take(browser, case, "enrol", training=stream).status_code == 303
    for day, number in ((date(2026, 4, 20), "1"), (date(2026, 4, 21), "2")):
        office.store.today = day
        held = take(
            browser,
            course,
            "hold_session",
            session=number,
            instructor="staff-caseworker",
            hours="4",
            **{f"present-{seeker}": "1"},
        )
        assert held.status_code == 303
    assert take(browser, course, "complete_class", completers=seeker).status_code == 303
    enrolment = office.store.load(SeekerCase, seeker).enrolments[stream]
    assert (enrolment.standing, enrolment.attended) == ("completed", 2)
    assert "已结业" in browser.get(course).text


@pytest.mark.parametrize("place", ["/employers", "/vacancies", "/classes"])
def test_a_list_shows_what_was_recorded_and_finds_it_by_name(office: Office, place: str) -> None:
    browser = office.at()
    vacancy(browser, employer(browser))
    shown = browser.get(place)
    assert shown.status_code == 200
    assert (("甲公司" in shown.text) or ("店员" in shown.text)) == (place != "/classes")
    assert "这里还没有记录" in browser.get(f"{place}?text=没有").text
    assert office.at("admin").get(place).status_code == 403


def test_an_english_page_says_nothing_in_chinese_but_names(office: Office) -> None:
    browser = office.at()
    hirer = employer(browser)
    post = vacancy(browser, hirer)
    office.parts.accounts.set_language("token-of-the-caseworker-session", "en")
    names = {
        "李婉仪",
        "雅瑶镇就业驿站",
        "甲公司",
        "店员",
        "接待",
        "王敏",
        "鹤城镇就业驿站",
        "中文",
        "锦霞制衣",
        "示例",
        "有限公司",
    }
    for path in (
        "/employers",
        hirer,
        "/vacancies",
        post,
        "/classes",
        "/classes/new/open_class",
        "/vacancies/new/draft",
        f"{post}/revise",
    ):
        text = re.sub(r"<[^>]*>", "\n", browser.get(path).text)
        assert set(re.findall(r"[一-鿿]+", text)) - names == set(), path


def test_the_menu_leads_to_the_lists(office: Office) -> None:
    links = Page(office.at().get("/employers").text).links
    assert {"/employers", "/vacancies", "/classes", "/seekers"} <= set(links)
