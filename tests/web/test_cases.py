"""My cases: groups, filters in the URL, masking, search without personal data in an address."""

from collections.abc import Iterable, Mapping
from datetime import date

import pytest

from tests.web import fakes
from tests.web.reading import Page
from web.case_groups import group_of, grouped
from web.parts import Remembered

THURSDAY = fakes.TODAY


@pytest.mark.parametrize(
    ("due", "group"),
    [
        (date(2026, 4, 15), "overdue"),
        (THURSDAY, "today"),
        (date(2026, 4, 17), "tomorrow"),
        (date(2026, 4, 19), "week"),
        (date(2026, 4, 20), "later"),
        (None, "none"),
    ],
)
def test_a_due_date_belongs_to_one_group_on_the_day_of_reading(
    due: date | None, group: str
) -> None:
    assert group_of(due, THURSDAY) == group


def test_on_a_sunday_tomorrow_is_not_this_week() -> None:
    assert group_of(date(2026, 4, 20), date(2026, 4, 19)) == "tomorrow"
    assert group_of(date(2026, 4, 21), date(2026, 4, 19)) == "later"


def test_groups_stand_in_the_order_of_the_wall() -> None:
    codes = [group.code for group in grouped(reversed(fakes.ROWS), THURSDAY)]
    assert codes == ["overdue", "today", "tomorrow", "later", "none"]


def test_the_list_shows_state_due_date_and_next_step_of_each_case() -> None:
    page = fakes.browser(fakes.parts(), "caseworker").get("/cases").text
    for told in (
        "龚凤",
        "0465 43 岁",
        "逾期 3 天",
        "03-14 结业",
        "回访结业学员",
        "锦霞制衣（示例）有限公司",
        "今日到期",
        "逾期未履行",
        "暂定",
        "限制查看",
    ):
        assert told in page


def test_names_of_colleagues_cases_are_masked() -> None:
    page = fakes.browser(fakes.parts(), "caseworker").get("/cases?whose=team").text
    assert "龚凤" in page
    assert "黄*" in page
    assert "黄紫萱" not in page


def test_a_chosen_filter_narrows_the_list_and_is_a_chip_that_takes_it_off() -> None:
    browser = fakes.browser(fakes.parts(), "caseworker")
    page = browser.get("/cases?due=overdue&state=IN_SERVICE")
    assert "龚凤" in page.text
    assert "陈志强" not in page.text
    links = Page(page.text).links
    assert "?state=IN_SERVICE" in links
    assert "?due=overdue" in links


def test_an_unknown_filter_is_not_repeated() -> None:
    page = fakes.browser(fakes.parts(), "caseworker").get("/cases?due=<script>&kind=x").text
    assert "<script>" not in page.replace('<script type="module"', "")


def test_the_next_page_keeps_the_filters() -> None:
    page = fakes.browser(fakes.parts(), "caseworker").get("/cases?whose=team&due=later")
    assert "?whose=team&due=later&after=k2" in Page(page.text).links


def test_every_figure_is_a_link_to_the_rows_it_counts() -> None:
    browser = fakes.browser(fakes.parts(), "caseworker")
    links = Page(browser.get("/cases").text).links
    for filter_ in ("due=overdue", "due=today", "state=PLACED"):
        assert f"/cases?{filter_}" in links
        rows = browser.get(f"/cases?{filter_}").text.count("data-row=")
        assert rows == 1


def test_a_search_leads_to_an_address_that_says_nothing() -> None:
    browser = fakes.browser(fakes.parts(), "caseworker")
    form = Page(browser.get("/cases").text).forms[0]
    assert (form.action, form.method) == ("/search", "post")
    answer = browser.post("/search", data=form.values | {"text": "龚"})
    assert answer.headers["location"] == "/search/s0"
    found = browser.get("/search/s0").text
    assert "龚凤" in found
    assert "陈志强" not in found


def test_an_unknown_search_is_a_missing_page() -> None:
    assert fakes.browser(fakes.parts(), "caseworker").get("/search/s9").status_code == 404


def test_an_empty_list_says_what_to_do_next() -> None:
    page = fakes.browser(fakes.parts(), "caseworker").get("/cases?state=STABLE").text
    assert "没有符合条件的案件。" in page
    assert "/cases?whose=team" in Page(page).links


def test_a_past_day_is_said_on_a_yellow_bar_with_the_way_back() -> None:
    page = fakes.browser(fakes.parts(), "caseworker").get("/cases?as_of=2026-04-10").text
    assert "历史状态：截至 2026-04-10" in page
    assert "逾期 3 天" not in page


def test_a_past_day_that_is_none_is_refused() -> None:
    answer = fakes.browser(fakes.parts(), "caseworker").get("/cases?as_of=soon")
    assert answer.status_code == 409


def test_what_a_page_names_is_looked_up_once_and_together() -> None:
    asked: list[set[str]] = []

    class Counting(fakes.FakeDirectory):
        def names(self, streams: Iterable[str]) -> Mapping[str, str]:
            asked.append(set(streams))
            return {one: f"name of {one}" for one in asked[-1]}

        def staff(self, account: str) -> str:
            return self.names([account])[account]

    directory = Remembered(Counting())
    first = directory.names(["staff-1", "employer-1"])
    assert directory.staff("staff-1") == first["staff-1"] == "name of staff-1"
    assert directory.names(["employer-1", "station-1"])["employer-1"] == first["employer-1"]
    assert directory.staff("staff-2") == directory.staff("staff-2")
    assert asked == [{"staff-1", "employer-1"}, {"station-1"}, {"staff-2"}]
