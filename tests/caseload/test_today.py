"""Home: everything asked of one today; a figure is the rows behind it (F-04, F-24)."""

import html
import re
from datetime import date

import pytest

from projections.agenda import asked
from tests.caseload.town import TODAY, Town
from tests.domain.dispute import cases

FIGURE = re.compile(
    r'<a class="[a-z]*" href="(/today[^"]*)">.*?<span class="v">([0-9,]+)<small>', re.DOTALL
)


def rows(text: str) -> list[str]:
    return re.findall(r'<tr data-row="([^"]+)"', text)


@pytest.mark.parametrize("label", ["caseworker", "mediator", "second", "manager"])
@pytest.mark.parametrize("whose", ["", "?whose=team"])
def test_every_figure_equals_the_rows_behind_it(hecheng: Town, label: str, whose: str) -> None:
    browser = hecheng.at(label)
    page = browser.get(f"/today{whose}").text
    figures = FIGURE.findall(page)
    assert len(figures) == 6
    for href, number in figures:
        assert len(rows(browser.get(html.unescape(href)).text)) == int(number), href


def test_home_is_today_and_holds_more_than_time_limits(hecheng: Town) -> None:
    browser = hecheng.at("caseworker")
    assert browser.get("/").headers["location"] == "/today"
    page = browser.get("/today").text
    for words in ("回访稳岗 第 1 月", "答复移交", "暂缓到期", "登记推荐答复", "联系本人"):
        assert words in page, words
    # The notice has ended; who entered the application cannot decide, a colleague can (S-06).
    assert "作出困难认定（公示期满）" not in page
    assert "作出困难认定（公示期满）" in hecheng.at("second").get("/today").text
    sessions = hecheng.at("mediator").get("/today?group=sit").text
    assert "主持调解" in sessions
    for href in re.findall(r'<a class="do" href="([^"]+)"', page):
        assert browser.get(html.unescape(href)).status_code in {200, 409}, href
    assert hecheng.at("auditor").get("/today").status_code == 403


def test_a_session_held_and_a_hold_lifted_leave_the_agenda() -> None:
    play = cases.mediating()
    before = {one.what for one in asked(play.case)}
    play.record(play.case.place_hold(until=date(2026, 5, 6), reason="x", occurred_on=TODAY))
    assert {one.what for one in asked(play.case)} - before == {"hold"}
    play.record(play.case.lift_hold())
    assert {one.what for one in asked(play.case)} == before
