"""Figures through the pages: charts with their tables, every figure opens its facts and sums up."""

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from starlette.testclient import TestClient

from application.store import Who
from domain.seeker.facts import GroupTagged, Registered
from domain.seeker.values import Wants
from projections.caseload_reader import Caseload
from projections.measures import MEASURES, measure
from projections.statistics import Figure
from tests import stories
from tests.database import Database
from tests.projections.played import tell
from tests.projections.trial import FakeLog
from tests.web import fakes
from tests.web.dispute_office import Reads
from tests.web.office import office
from tests.web.reading import Page
from web.office_parts import OfficeParts
from web.parts import SiteParts
from web.statistics_explained import added, every
from web.statistics_scope import Asked, span
from web.statistics_words import change

HOME = stories.STATION
TODAY = date(2026, 12, 30)
REACH = Who("staff-auditor", HOME, frozenset({"auditor"}), frozenset({HOME, "station-2"}))
WANTS = Wants(trades=("sewing",))


def registered(number: int, station: str) -> Registered:
    return Registered(
        person=f"person-{number}",
        station=station,
        case_no=f"JS-440784-2026-{number:06d}",
        serial=number,
        channel="counter",
        birth_year=1980,
        sex="female",
        domicile="440784",
        activity="jobless",
        wants=WANTS,
        legal_basis="duty",
        notice_version="1",
        valid_until=date(2026, 12, 31),
    )


def log() -> FakeLog:
    made = FakeLog()
    tell(made, "dispute-6", stories.story_6().history)
    tell(made, "dispute-7", stories.story_7().history)
    tell(made, "dispute-8", stories.story_8().history)
    for number in range(1, 8):
        group = "disabled" if number < 4 else "graduate"
        day = date(2026, 5, number)
        told = [(GroupTagged(group=group), day), (registered(number, HOME), day)]
        tell(made, f"seeker-{number}", told)
    day = date(2026, 6, 1)
    again = registered(8, "station-2")
    tell(made, "seeker-8", [(replace_person(again, "person-1"), day)])
    return made


def replace_person(fact: Registered, person: str) -> Registered:
    values = {name: getattr(fact, name) for name in fact.__struct_fields__}
    return Registered(**{**values, "person": person})


@pytest.fixture
def own(database: Database, tmp_path: Path) -> OfficeParts:
    made = office(database, tmp_path, log=log())
    made.runner.catch_up()
    assert made.runner.health().parked == ()
    return made


@pytest.fixture
def site(own: OfficeParts, database: Database) -> SiteParts:
    accounts = fakes.FakeAccounts()
    token = fakes.token("auditor")
    accounts.open[token] = replace(accounts.open[token], who=REACH)
    return fakes.parts(
        extra={"office": own, "reads": Reads()},
        accounts=accounts,
        caseload=Caseload(database.pools.reader),
        progress=fakes.FakeProgress(at=own.runner.health().position),
        today=lambda: TODAY,
    )


@pytest.fixture
def browser(site: SiteParts) -> TestClient:
    return fakes.browser(site, "auditor")


def rows(text: str) -> Iterator[str]:
    yield from re.findall(r"<tr><td class=\"caseno\">.*?</tr>", text, re.DOTALL)


def test_the_board_shows_every_measure_and_each_is_a_link(browser: TestClient) -> None:
    page = browser.get("/statistics")
    assert page.status_code == 200
    apart = browser.get("/statistics/disputes?period=year")
    work = browser.get("/statistics/employment?period=year")
    shown = {link for one in (page, apart, work) for link in Page(one.text).links}
    for code in MEASURES:
        assert f"/statistics/{code}?period=year" in shown, code
    for told in ("43.80", "万元", "从登记到稳岗", "未结争议有多久了", "<svg", "表格"):
        assert told in page.text


def test_a_figure_of_the_board_is_the_total_behind_its_link(browser: TestClient) -> None:
    page = browser.get("/statistics/paid?period=year").text
    assert page.count("¥438,000.00") == 3  # total of the rows, figure, arithmetic
    assert "口径 第 1 版" in page
    assert measure("paid").definition_zh in page


def test_each_fact_leads_to_its_event_by_case_and_version(browser: TestClient) -> None:
    links = Page(browser.get("/statistics/disputes_accepted?period=year").text).links
    events = [link for link in links if "/events/" in link]
    assert len(events) == 2
    assert all(re.fullmatch(r"/disputes/dispute-\d/events/\d+", link) for link in events)


def test_the_rows_of_all_pages_sum_to_the_figure(
    browser: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.statistics_explained.SHOWN", 10)
    at, total, seen = "/statistics/claimed?period=all", Decimal(0), 0
    while at:
        page = browser.get(at).text
        for row in rows(page):
            cell = re.findall(r"class=\"num\">(?:<span[^>]*>)?([¥\d,.−]+)", row)[-1]
            total += Decimal(cell.strip("¥").replace(",", ""))
            seen += 1
        found = re.search(r'<a rel="next" href="([^"]+)"', page)
        at = found[1].replace("&amp;", "&") if found else ""
    assert seen > 30
    assert f"¥{total:,.2f}" in browser.get("/statistics/claimed?period=all").text


def test_what_each_row_adds_sums_to_every_figure(own: OfficeParts) -> None:
    scope = Asked("all", date(2000, 1, 1), TODAY, TODAY, frozenset({HOME, "station-2"})).scope
    for code, figure in own.statistics.figures(scope).items():
        declared = measure(code)
        if declared.numerator.how != "median":
            facts = added(declared.numerator, every(own.statistics, code, scope, False))
            assert sum(one.adds for one in facts) == figure.numerator, code
        if declared.denominator:
            facts = added(declared.denominator, every(own.statistics, code, scope, True))
            assert sum(one.adds for one in facts) == figure.denominator, code


def test_a_person_who_registered_twice_counts_once_and_both_rows_are_shown(
    browser: TestClient,
) -> None:
    page = browser.get("/statistics/seekers_registered?period=year").text
    assert len(list(rows(page))) == 8
    assert '合计 8 条</th><td class="num">7</td>' in page


def test_a_reader_sees_the_stations_served_and_no_other(
    browser: TestClient, site: SiteParts
) -> None:
    assert "合计 1 条" in browser.get("/statistics/seekers_registered?station=station-2").text
    accounts = site.accounts
    assert isinstance(accounts, fakes.FakeAccounts)
    token = fakes.token("caseworker")
    who = replace(accounts.open[token].who, station="station-2", stations=frozenset({"station-2"}))
    accounts.open[token] = replace(accounts.open[token], who=who)
    clerk = fakes.browser(site, "caseworker")
    for asked in ("", f"&station={HOME}"):
        assert "合计 1 条" in clerk.get(f"/statistics/seekers_registered?period=year{asked}").text


def test_small_numbers_of_a_sensitive_group_are_hidden_everywhere(browser: TestClient) -> None:
    page = browser.get("/statistics?period=year&group=disabled").text
    assert "&lt;5" in page
    assert 'class="plot"' not in page
    explained = browser.get("/statistics/seekers_registered?period=year&group=disabled").text
    assert "&lt;5" in explained
    assert "seeker-1" not in explained
    book = sheet(browser, "/statistics/export.xlsx?period=year&group=disabled")
    assert ["seekers_registered", "<5"] in [[row[0], row[3]] for row in book]


def test_other_groups_are_shown_as_they_are(browser: TestClient) -> None:
    explained = browser.get("/statistics/seekers_registered?period=year&group=graduate").text
    assert "合计 4 条" in explained


def sheet(browser: TestClient, at: str) -> list[list[object]]:
    content = browser.get(at).content
    book = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
    return [list(row) for row in book.to_python()]


def test_the_workbook_holds_every_measure_with_its_parts(browser: TestClient) -> None:
    book = sheet(browser, "/statistics/export.xlsx?period=year")
    assert book[0][:4] == ["代码", "指标", "单位", "数值"]
    by_code = {row[0]: row for row in book[1:]}
    assert set(by_code) == set(MEASURES)
    assert by_code["paid"][3] == 438_000
    assert by_code["closure_rate"][4:6] == [2, 2]


def test_a_page_of_figures_is_kept_by_its_etag(browser: TestClient) -> None:
    first = browser.get("/statistics")
    assert first.headers["cache-control"] == "private, no-cache"
    again = browser.get("/statistics", headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 304
    assert "csrf" in first.text
    assert "command_id" not in first.text


def test_as_of_a_past_day_shows_what_was_known_then(browser: TestClient) -> None:
    page = browser.get("/statistics/paid?period=all&as_of=2026-02-07").text
    assert "历史状态：截至 2026-02-07" in page
    assert "没有事实计入。" in page


@pytest.mark.parametrize("path", ["/statistics", "/statistics/paid", "/statistics/export.xlsx"])
def test_an_admin_sees_no_figures(site: SiteParts, path: str) -> None:
    assert fakes.browser(site, "admin").get(path).status_code == 403


def test_an_unknown_measure_is_a_missing_page(browser: TestClient) -> None:
    for code in ("no_such", "placed_'", "claim_lines_'", "classified_%00"):
        assert browser.get(f"/statistics/{code}").status_code == 404


def test_a_class_of_a_register_is_a_word_whatever_is_in_it(browser: TestClient) -> None:
    told = browser.get("/statistics/classified_'; DROP TABLE wall.facts; --")
    assert told.status_code == 200
    assert "DROP TABLE" in told.text
    assert browser.get("/statistics/paid").status_code == 200


def test_both_pages_are_english_for_an_english_reader(browser: TestClient, site: SiteParts) -> None:
    site.accounts.set_language(fakes.token("auditor"), "en")
    for path in ("/statistics", "/statistics/closure_rate"):
        text = re.sub(r"<head>.*?</head>|<nav class=\"side\".*?</nav>", "", browser.get(path).text)
        text = re.sub(r"中文|鹤城镇就业驿站|王敏|驿站|鹤劳调|号", "", text)
        assert re.findall(r"[\u4e00-\u9fff]+", text.split("<main")[1]) == []


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("month", date(2026, 5, 1), date(2026, 5, 31)),
        ("quarter", date(2026, 4, 1), date(2026, 6, 30)),
        ("half", date(2026, 1, 1), date(2026, 6, 30)),
        ("year", date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_a_period_is_the_one_that_holds_the_day(period: str, first: date, last: date) -> None:
    assert span(period, date(2026, 5, 31), "", "") == (first, last)


@pytest.mark.parametrize(
    ("period", "compare", "first", "last"),
    [
        ("month", "year", date(2023, 2, 1), date(2023, 2, 28)),
        ("month", "before", date(2024, 1, 1), date(2024, 1, 31)),
        ("year", "before", date(2023, 1, 1), date(2023, 12, 31)),
    ],
)
def test_it_is_compared_with_the_same_days_of_another_period(
    period: str, compare: str, first: date, last: date
) -> None:
    days = span(period, date(2024, 2, 29), "", "")
    asked = Asked(period, *days, date(2024, 2, 29), frozenset({HOME}), compare=compare)
    assert asked.before
    assert (asked.before.from_on, asked.before.to_on) == (first, last)


@pytest.mark.parametrize(
    ("now", "before", "told"),
    [(110, 100, "+10.0 %"), (90, 100, "−10.0 %"), (1, 0, "—"), (None, 1, "—")],
)
def test_a_change_is_written_in_percent_of_before(now: int | None, before: int, told: str) -> None:
    assert change(Figure(now, "cases", now), Figure(before, "cases", before)) == told


def test_figures_of_disputes_are_broken_down_and_each_opens_its_facts(browser: TestClient) -> None:
    for by in ("cause", "channel", "size", "industry", "station"):
        page = browser.get(f"/statistics/disputes?period=all&by={by}")
        assert page.status_code == 200
        assert "结案率(签协议即算)" in page.text
    causes = browser.get("/statistics/disputes?period=all&by=cause").text
    narrowed = [link for link in Page(causes).links if "group=cause%3AC01" in link]
    assert narrowed
    assert browser.get(narrowed[0]).status_code == 200
