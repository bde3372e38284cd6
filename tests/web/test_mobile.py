"""A phone on the way: an informant tells of somebody, visits, and reaches nobody else's cases."""

import pytest

from domain.seeker import SeekerCase
from domain.seeker.facts import LeadRecorded, VisitRecorded
from tests.web.reading import Page, send, typed
from tests.web.seeker_office import Office, registered, take

TOLD = {"name": "任家明", "sex": "male", "note": "说想找工作", "phone": "13800001234"}


@pytest.fixture
def office() -> Office:
    return Office()


def lead(office: Office, role: str = "informant") -> str:
    browser = office.at(role)
    answer = send(browser, browser.get("/m/register"), **TOLD)
    assert answer.headers["location"] == "/m?done=lead", answer.text[-2000:]
    return office.store.log[-1].stream


def test_an_informant_tells_of_somebody_and_visits_the_person(office: Office) -> None:
    case = lead(office)
    told = office.store.facts(case)[0]
    assert isinstance(told, LeadRecorded)
    assert (told.informant, told.channel) == ("staff-informant", "grid_worker")
    browser = office.at("informant")
    page = browser.get(f"/m/visits/{case}")
    assert "任家明" in page.text
    answer = send(browser, page, found="family_met", note="母亲说他下周回来")
    assert answer.headers["location"] == "/m?done=visit"
    visited = office.store.facts(case)[-1]
    assert isinstance(visited, VisitRecorded)
    assert visited.found == "family_met"
    assert office.store.load(SeekerCase, case).contacted_on is not None


def test_a_visit_sent_twice_is_one_visit(office: Office) -> None:
    case = lead(office)
    browser = office.at("informant")
    page = browser.get(f"/m/visits/{case}")
    send(browser, page)
    send(browser, page)
    assert len(office.store.facts(case)) == 2


def test_an_informant_visits_nobody_whom_others_told_of_or_work_with(office: Office) -> None:
    other = lead(office, "caseworker")
    browser = office.at("informant")
    assert browser.get(f"/m/visits/{other}").status_code == 403
    case = registered(office)
    assert browser.get(f"/m/visits/{case.rpartition('/')[2]}").status_code == 403
    assert take(office.at(), case, "record_visit", kind="household", found="met").status_code == 303


def test_what_is_missing_is_told_at_its_field_and_the_rest_stays(office: Office) -> None:
    browser = office.at("informant")
    answer = send(browser, browser.get("/m/register"), **TOLD | {"name": ""})
    assert answer.status_code == 409
    assert typed(answer)["note"] == "说想找工作"
    wrong = send(browser, browser.get("/m/register"), **TOLD | {"phone": "12"})
    assert wrong.status_code == 409
    assert "P-01" in wrong.text
    case = lead(office)
    late = send(browser, browser.get(f"/m/visits/{case}"), occurred_on="2026-04-17")
    assert late.status_code == 409
    assert "S-19" in late.text


def test_the_pages_are_for_those_who_visit_and_need_no_script(office: Office) -> None:
    for role, status in (("informant", 200), ("caseworker", 200), ("auditor", 403), ("admin", 403)):
        assert office.at(role).get("/m").status_code == status, role
    page = office.at("informant").get("/m/register").text
    assert [f.action for f in Page(page).forms if f.action == "/m/register"]
    assert "id_no" not in page
    assert office.at("informant").get("/m/mine").status_code == 200


def test_the_phone_turns_to_english_and_to_large_print(office: Office) -> None:
    browser = office.at("informant")
    for look in ("language", "care"):
        forms = Page(browser.get("/m/mine").text).forms
        (form,) = (one for one in forms if look in one.values)
        assert browser.post(form.action, data=form.values).headers["location"] == "/m/mine"
    page = browser.get("/m/mine").text
    assert "<h1>Mine" in page
    assert 'class="care"' in page
