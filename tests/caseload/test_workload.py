"""The manager's view: sums equal their lists, and the forecast comes true (F-78, F-84)."""

import html
import re
from datetime import date, timedelta

import pytest

from domain.workload import Candidate, Load, expected, quarter_end, suggest
from tests.caseload.town import Town
from tests.wired import TODAY
from yizhan.caseload import CaseloadDesk


def test_the_figures_lead_to_their_rows(hecheng: Town) -> None:
    browser = hecheng.client("manager")
    page = browser.get("/workload").text
    links = re.findall(r'<a class="bad" href="(/cases[^"]+)">([0-9]+)</a>', page)
    assert links
    for href, number in links:
        assert browser.get(html.unescape(href)).text.count('<tr data-row="') == int(number)
    assert hecheng.client("caseworker").get("/workload").status_code == 403


def test_without_facts_the_forecast_is_what_will_be(hecheng: Town) -> None:
    desk, stations = CaseloadDesk(hecheng.office), sorted(hecheng.who("manager").stations)
    now = desk.workload.loads(TODAY, stations, desk.points())
    for days in (7, 14):
        then = desk.workload.loads(TODAY + timedelta(days), stations, desk.points())
        foretold = {one.account: (one.soon_7 if days == 7 else one.soon_14) for one in now}
        assert foretold == {one.account: one.overdue for one in then}
        assert any(foretold.values())
    assert all(one.overdue == one.late_week + one.late_month + one.late_more for one in now)
    assert all(one.seekers + one.disputes == one.young + one.grown + one.old for one in now)


def test_what_is_missing_is_listed_by_worker(hecheng: Town) -> None:
    page = hecheng.client("manager").get("/workload/missing").text
    assert "未指派调解员" in page or "从未联系" in page
    owner = hecheng.places.staff["caseworker"].account
    mine = hecheng.client("manager").get(f"/workload/missing?owner={owner}").text
    assert mine.count("<tr><td") <= page.count("<tr><td")


def test_near_and_light_comes_first_and_who_is_away_does_not_come() -> None:
    def who(account: str, station: str, points: int, *, absent: bool = False) -> Candidate:
        return Candidate(
            account, frozenset({station}), Load(account, station, 1, 0, points), absent
        )

    found = suggest(
        [who("a", "s", 9), who("b", "s", 3), who("c", "t", 0), who("d", "s", 1, absent=True)], {"s"}
    )
    assert [(one.account, one.near) for one in found] == [("b", True), ("a", True), ("c", False)]


@pytest.mark.parametrize(
    ("day", "last"),
    [
        (date(2026, 1, 1), date(2026, 3, 31)),
        (date(2026, 6, 30), date(2026, 6, 30)),
        (date(2026, 7, 1), date(2026, 9, 30)),
        (date(2026, 12, 31), date(2026, 12, 31)),
    ],
)
def test_a_quarter_ends(day: date, last: date) -> None:
    assert quarter_end(day) == last


def test_the_caseload_is_expected_to_go_on_as_before() -> None:
    assert expected(100, 30, 10, today=date(2026, 3, 1), days=30) == 120
    assert expected(5, 0, 90, today=date(2026, 1, 1), days=90) == 0
