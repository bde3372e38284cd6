"""Many rows at once: named first, a result a row, once however often it is pressed (F-19)."""

import re
from typing import Any

from httpx2 import Response
from starlette.testclient import TestClient

from domain.seeker import SeekerCase
from projections.lists import Query
from tests.caseload.town import Town, crowd
from tests.web.reading import act_form, forms, send
from tests.wired import TODAY


def listed(browser: TestClient, path: str = "/cases") -> tuple[list[str], dict[str, str]]:
    """The cases of a list and what its batch form holds."""
    page = browser.get(path)
    cases = re.findall(r'name="case" value="([^"]+)" form="batch"', page.text)
    form = next(form for form in forms(page) if form.action == "/batch")
    return cases, form.values


def confirm(browser: TestClient, act: str, cases: list[str], **more: Any) -> Response:
    _, values = listed(browser, "/cases?whose=team")
    answer: Response = browser.post("/batch", data={**values, "act": act, "case": cases, **more})
    return answer


def test_a_batch_names_its_rows_and_tells_each_result_once(hecheng: Town) -> None:
    browser = hecheng.client("caseworker")
    cases, _ = listed(browser)
    dispute = hecheng.office.caseload.page(_of("mediator", hecheng)).rows[0].case_id
    found = confirm(browser, "contact", [*cases[:3], dispute])
    assert found.status_code == 200
    assert "选了 4 件，能办 3 件" in found.text
    assert "此项不适用于这类案件" in found.text

    asked = {"channel": "phone", "result": "reached", "case": [*cases[:3], dispute]}
    assert send(browser, found, **(asked | {"result": ""})).status_code == 409
    facts = _facts(hecheng)
    done = send(browser, found, **asked)
    assert done.status_code == 303, done.text[-2000:]
    assert _facts(hecheng) == facts + 3
    assert send(browser, found, **asked).headers["location"] == done.headers["location"]
    assert _facts(hecheng) == facts + 3  # pressed twice, done once
    told = browser.get(done.headers["location"]).text
    assert "办成 3 件，共 4 件" in told
    assert told.count("已办") == 3
    assert "规则 F-00" in told
    assert hecheng.client("second").get(done.headers["location"]).status_code == 404


def test_reassigning_many_takes_the_right_and_suggests_with_reasons(hecheng: Town) -> None:
    cases = list(crowd(hecheng, "second", 4, batch="batch"))
    to = hecheng.places.staff["caseworker"].account
    values = {"officer": to, "reason": "均衡工作量", "case": cases}
    refused = hecheng.client("second")
    told = refused.get(
        send(refused, confirm(refused, "assign", cases), **values).headers["location"]
    ).text
    assert (told.count("规则 P-05"), "办成 0 件，共 4 件" in told) == (4, True)

    browser = hecheng.client("manager")
    page = confirm(browser, "assign", cases)
    assert "谁接手合适" in page.text
    assert "同站，在办" in page.text
    assert act_form(page).action == "/batches/assign"
    assert send(browser, page, **values).status_code == 303
    assert {hecheng.office.store.load(SeekerCase, case).owner for case in cases} == {to}


def test_a_whole_list_is_taken_at_once_and_has_a_bound(hecheng: Town) -> None:
    crowd(hecheng, "market-1", 60, batch="whole")
    browser = hecheng.client("market-1")
    cases, values = listed(browser)
    assert len(cases) == 50
    whole = browser.post("/batch", data={**values, "act": "hold", "all": "1"})
    assert "选了 6" in whole.text
    none = browser.post("/batch", data={**values, "act": "hold"})
    assert none.status_code == 303


def _facts(hecheng: Town) -> int:
    with hecheng.office.installation.pools.reader.connection() as conn:
        (found,) = conn.execute("SELECT count(*) FROM log.events").fetchone() or (0,)
    return int(found)


def _of(label: str, hecheng: Town) -> Query:
    return Query(today=TODAY, officer=hecheng.places.staff[label].account)
