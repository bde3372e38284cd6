"""Saved filters: their numbers are the rows behind them; shared by a manager alone (F-17)."""

import re

from starlette.testclient import TestClient

from tests.caseload.town import Town


def save(browser: TestClient, query: str, **form: str) -> int:
    page = browser.get(f"/filters?{query}").text
    csrf = page.split('name="csrf" value="')[1].split('"')[0]
    kept = page.split('name="query" value="')[1].split('"')[0].replace("&amp;", "&")
    return int(browser.post("/filters", data={"csrf": csrf, "query": kept, **form}).status_code)


def test_a_filter_is_named_pinned_counted_and_dropped(hecheng: Town) -> None:
    browser = hecheng.client("caseworker")
    assert save(browser, "state=PLACED&due=overdue&name=x", name="逾期回访", pinned="1") == 303
    assert save(browser, "state=PLACED", name="") == 409
    assert save(browser, "state=PLACED", name="共用", shared="1") == 409
    page = browser.get("/filters").text
    href, name, number = re.findall(
        r'<tr><td><a href="([^"]+)">([^<]+)</a></td><td class="num">([0-9]+)', page
    )[0]
    assert name == "逾期回访"
    rows = browser.get(href.replace("&amp;", "&")).text.count('<tr data-row="')
    assert rows == int(number) > 0
    assert "逾期回访" in browser.get("/today").text
    assert "逾期回访" in browser.get("/cases").text
    assert "逾期回访" not in hecheng.client("second").get("/filters").text
    with hecheng.office.installation.pools.writer.connection() as conn:
        stored = conn.execute("SELECT query, sealed FROM office.filters").fetchone()
    assert stored is not None
    assert "逾期回访".encode() not in bytes(stored[1])

    csrf = page.split('name="csrf" value="')[1].split('"')[0]
    which = re.findall(r"/filters/([A-Za-z0-9_-]+)/unpin", page)[0]
    browser.post(f"/filters/{which}/unpin", data={"csrf": csrf})
    assert "逾期回访" not in browser.get("/today").text
    browser.post(f"/filters/{which}/drop", data={"csrf": csrf})
    assert "逾期回访" not in browser.get("/filters").text


def test_a_manager_shares_a_filter_with_the_stations(hecheng: Town) -> None:
    manager = hecheng.client("manager")
    assert save(manager, "whose=team&state=LEAD", name="新线索", shared="1") == 303
    page = hecheng.client("second").get("/filters").text
    assert "新线索" in page
    assert "全站共用" in page
    assert "/drop" not in page


def test_the_number_of_rows_of_a_page_is_remembered_for_each_account(hecheng: Town) -> None:
    """F-02: 20 or 50 rows, choice remembered."""
    browser = hecheng.at("manager")
    chosen = re.compile(r'aria-current="true">(\d+) 件')
    assert chosen.findall(browser.see("/cases?whose=team")) == ["50"]
    assert chosen.findall(browser.see("/cases?whose=team&size=20")) == ["20"]
    page = browser.see("/cases?whose=team")
    assert chosen.findall(page) == ["20"]
    assert page.count("<tr data-row=") == 20
    assert chosen.findall(hecheng.at("second").see("/cases?whose=team")) == ["50"]
    assert chosen.findall(browser.see("/cases?whose=team&size=50")) == ["50"]
    assert chosen.findall(browser.see("/cases?whose=team")) == ["50"]
