"""The progress page without an account: the own part only, one answer for every wrong pair."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from application.documents.service import Asked
from tests.application.documents import desk
from tests.database import Database
from tests.stories import TWO, WORKERS
from tests.web.dispute_office import words
from tests.web.papers_office import Office
from tests.web.reading import Page, forms

NUMBER = "鹤劳调〔2026〕0159号"


@pytest.fixture
def office(database: Database, tmp_path: Path) -> Office:
    return Office(database, tmp_path)


def code_of(office: Office, worker: str) -> str:
    return office.codes.give(office.case, worker, stamp=desk.stamp())[0].code


def ask(browser: TestClient, number: str, code: str) -> Response:
    page = browser.get("/progress")
    form = next(one for one in forms(page) if one.action == "/progress")
    return browser.post("/progress", data={**form.values, "number": number, "code": code})


def opened(office: Office, worker: str) -> tuple[TestClient, Response]:
    browser = office.browser("")
    answer = ask(browser, NUMBER, code_of(office, worker))
    assert answer.status_code == 303
    assert answer.headers["location"] == "/progress/case"
    return browser, browser.get("/progress/case")


def test_a_worker_sees_sentence_next_step_money_and_papers(office: Office) -> None:
    worker = WORKERS[0]
    made = office.papers.documents.issue(
        office.case, [Asked("agreement", "1", worker), Asked("summary")], stamp=desk.stamp()
    )
    browser, page = opened(office, worker)
    told = words(page)
    assert "对方没有按期付款，您可以走的途径见下。" in told
    assert "第 3 期付款日 2026-04-15" in told
    assert "¥15,000.00" in told
    assert "¥10,000.00" in told
    assert "¥5,000.00" in told
    assert page.headers["cache-control"] == "no-store"
    links = [one for one in Page(page.text).links if one.startswith("/progress/papers/")]
    assert links == [f"/progress/papers/{made.documents[0]}"]
    pdf = browser.get(links[0])
    assert pdf.content == office.papers.documents.render(office.case, made.documents[0]).content
    assert browser.get(f"/progress/papers/{made.documents[1]}").status_code == 404


def test_nobody_else_stands_on_the_page(office: Office) -> None:
    _, page = opened(office, WORKERS[0])
    others = [office.names[one] for one in WORKERS if one != WORKERS[0]]
    assert not any(name in page.text for name in others)
    assert office.names[WORKERS[0]] not in page.text
    assert "438,000" not in page.text
    assert "486,400" not in page.text


def test_who_did_not_sign_hears_of_the_own_track(office: Office) -> None:
    _, page = opened(office, WORKERS[TWO[0] - 1])
    told = words(page)
    assert "已转到其他机构办理" in told or "调解未成功" in told
    assert "¥5,000.00" not in told


def test_every_wrong_pair_gets_the_same_page(office: Office) -> None:
    right = code_of(office, WORKERS[0])
    told = set()
    for number, code in (
        (NUMBER, "2222-2222"),
        ("鹤劳调〔2026〕0777号", "2222-2222"),
        ("鹤劳调〔2026〕0777号", right),
        ("没有", "没有"),
    ):
        answer = ask(office.browser(""), number, code)
        assert answer.status_code == 404
        page = re.sub(r'(name="csrf"|name="number") value="[^"]*"', "", answer.text)
        told.add(page)
    assert len(told) == 1
    assert "编号或查询码不正确" in told.pop()


def test_an_erased_person_is_answered_like_a_wrong_code(office: Office) -> None:
    code = code_of(office, WORKERS[0])
    office.people.erased.add(WORKERS[0])
    answer = ask(office.browser(""), NUMBER, code)
    assert answer.status_code == 404
    assert "编号或查询码不正确" in words(answer)


def test_too_many_tries_for_a_number_wait(office: Office) -> None:
    browser = office.browser("")
    statuses = [ask(browser, NUMBER, "2222-2222").status_code for _ in range(8)]
    assert statuses[:6] == [404] * 6
    assert statuses[-1] == 429
    assert "请等" in words(ask(browser, NUMBER, "2222-2222"))


def test_a_visit_ends_by_itself_and_by_its_button(office: Office) -> None:
    browser, page = opened(office, WORKERS[0])
    form = next(one for one in forms(page) if one.action == "/progress/end")
    office.now += timedelta(minutes=16)
    assert browser.get("/progress/case").headers["location"] == "/progress"
    office.now -= timedelta(minutes=16)
    assert browser.get("/progress/case").status_code == 200
    assert browser.post("/progress/end", data=form.values).headers["location"] == "/progress"
    assert browser.get("/progress/case").headers["location"] == "/progress"
    assert office.browser("").get("/progress/papers/x").headers["location"] == "/progress"


def test_the_person_sees_who_looked_at_the_file_and_no_names_of_staff(office: Office) -> None:
    office.browser().get(f"{office.place}/papers")
    _, page = opened(office, WORKERS[0])
    told = words(page)
    assert "谁看过我的档案" in told
    assert "鹤城镇就业驿站，调解员 办理案件" in told
    assert "何志远" not in told


def test_neither_number_nor_code_stands_in_an_address(office: Office) -> None:
    browser, page = opened(office, WORKERS[0])
    for link in Page(page.text).links:
        assert "0159" not in link
        assert "person" not in link
    filled = browser.get("/progress?number=鹤劳调〔2026〕0159号")
    assert filled.headers["location"] == "/progress/case"
    assert NUMBER in office.browser("").get("/progress", params={"number": NUMBER}).text


@pytest.mark.parametrize("path", ["/progress", "/verify"])
def test_the_public_pages_are_complete_in_english(office: Office, path: str) -> None:
    browser = office.browser("")
    browser.cookies.set("language", "en")
    page = browser.get(path)
    assert page.status_code == 200
    text = re.sub(r"中文|placeholder=\"[^\"]*\"", "", page.text)
    assert not re.search("[\u4e00-\u9fff]", text)
