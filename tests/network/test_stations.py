"""The directory, footfall, daily report, coverage, budget, quick matches: through the site."""

import re
import uuid
from datetime import date, datetime, timedelta

import pytest
from starlette.testclient import TestClient

from application.store import Stamp
from domain.kernel import Refused
from domain.money import Fen
from domain.station.facts import Opened
from domain.vacancy import Vacancy
from projections.statistics import Scope
from tests.network.conftest import Net, own
from tests.wired import TODAY
from yizhan.demo.places import GULAO, HECHENG, MARKET, STANDS, TAOYUAN, WOMEN, XINGYE

pytestmark = pytest.mark.xdist_group("network")


def send(browser: TestClient, page: str, path: str, **values: str) -> tuple[int, str]:
    """Send a form of a page with its token and a fresh command; give status and place or text."""
    csrf = re.findall(r'name="csrf" value="([^"]+)"', browser.get(page).text)[0]
    form = {"csrf": csrf, "command_id": str(uuid.uuid4())} | values
    answer = browser.post(path, data=form)
    return answer.status_code, answer.headers.get("location", answer.text)


def figure(net: Net, code: str, *stations: str, on: date = TODAY, until: date = TODAY) -> int:
    net.settle()
    scope = Scope(from_on=on, to_on=until, as_of=TODAY, stations=stations or None)
    return int(net.office.statistics.figures(scope, [code])[code].value or 0)


def test_the_networks_of_liwan_and_guangzhou_stand_as_the_seeds_tell(net: Net) -> None:
    """1 + 22 + N (S1) and 1 + 5 + 2 (S4)."""
    rows = net.office.entries.of_kind("station", limit=500)
    by_name = {one.name: one for one in rows}
    head = by_name["荔湾区零工市场总站"]
    under = [one for one in rows if one.parent == head.stream]
    assert sum(one.detail["level"] == "town" for one in under) == 22
    assert sum(bool(one.detail["theme"]) for one in under) == 4
    city = by_name["广州市零工市场"]
    assert city.detail["grade"] == "provincial_standard"
    grades = [one.detail["grade"] for one in rows if one.parent == city.stream]
    assert (grades.count("themed"), grades.count("regional")) == (5, 2)


def test_27_and_29_markets_are_both_right_at_their_date(net: Net) -> None:
    """Figures move: what was opened later counts from its day on (S2, S4)."""
    before = figure(net, "gig_markets_open", on=date(2000, 1, 1), until=date(2024, 11, 30))
    for number, opened in enumerate((date(2024, 12, 20), date(2025, 1, 8))):
        terms = Opened(
            official_name=f"花都区{'甲乙'[number]}片区零工市场", kind="gig_market", level="county",
            district="440114", address="某路", hours="每天 6:00-12:00", trades=("皮具",),
            phone="020-5550000", operator="government",
        )  # fmt: skip
        net.office.directory.open(terms=terms, stamp=net.stamp("manager", opened))
    whole = [figure(net, "gig_markets_open", on=date(2000, 1, 1), until=day)
             for day in (date(2024, 11, 30), date(2025, 1, 16))]  # fmt: skip
    heshan = 1  # opened on 2024-12-20, too
    assert whole == [before, before + 2 + heshan]
    page = net.client("manager").get("/stations?on=2024-11-30").text
    assert f"其中零工市场 {before} 个" in page


def test_anybody_reads_the_directory_and_may_keep_it(net: Net) -> None:
    browser = net.client()
    page = browser.get("/directory?place=440784")
    assert page.status_code == 200
    assert page.headers["cache-control"] == "public, max-age=60"
    assert "set-cookie" not in page.headers
    assert '<form class="dir-find" method="get"' in page.text
    assert 'method="post"' not in page.text
    again = browser.get("/directory?place=440784", headers={"if-none-match": page.headers["etag"]})
    assert again.status_code == 304
    english = browser.get("/directory?place=440784&lang=en").text
    assert "Directory of gig markets" in english
    assert 'class="care"' in browser.get("/directory?care=1").text


@pytest.mark.parametrize(
    ("query", "found", "missing"),
    [
        ("text=桃源", "鹤山市桃源镇就业驿站", "鹤山市古劳镇就业驿站"),
        ("text=周门南路", "荔湾区零工市场总站", "广州市零工市场<"),
        ("service=调解维权", "鹤山市桃源镇就业驿站", "鹤山市古劳镇就业驿站"),
        ("kind=workshop", "鹤山市零工市场手工作坊", "鹤山市桃源镇就业驿站"),
        ("open=1", "鹤山市桃源镇就业驿站", "没有符合条件"),
        ("text=无此地", "没有符合条件的站点", "鹤山市桃源镇就业驿站"),
    ],
)
def test_the_directory_is_searched_by_place_service_and_hours(
    net: Net, query: str, found: str, missing: str
) -> None:
    text = net.client().get(f"/directory?{query}").text
    assert found in text
    assert missing not in text


def test_a_station_has_a_public_page_with_posts_and_no_unknown_one(net: Net) -> None:
    browser = net.client()
    text = browser.get(f"/directory/{MARKET}").text
    for words in (
        "鹤山市沙坪街道桂林社区(北湖公园旁)",
        "现在开放",
        "智能求职自助机",
        "正在招的岗位",
    ):
        assert words in text
    assert browser.get("/directory/station-none").status_code == 404


def test_presses_add_up_and_an_hour_becomes_one_fact(net: Net) -> None:
    browser = net.client("caseworker")
    before = len(net.office.reader.history(HECHENG))
    for _ in range(3):
        assert send(browser, "/tally", "/tally", station=HECHENG, entered="1")[0] == 303
    send(browser, "/tally", "/tally", station=HECHENG, entered="50")
    send(browser, "/tally", "/tally", station=HECHENG, entered="-1")
    assert ">52<" in browser.get("/tally").text
    assert len(net.office.reader.history(HECHENG)) == before
    try:
        net.travel(STANDS + timedelta(hours=1, minutes=2))
        browser = net.client("caseworker")
        send(browser, "/tally", "/tally", station=HECHENG, entered="5")
        facts = net.office.reader.history(HECHENG)[before:]
        assert [fact.event.TOPIC for fact in facts] == ["station.footfall_counted"]
        assert figure(net, "footfall", HECHENG) == 52
        assert ">57<" in browser.get("/tally").text
        assert own(net).tally.close_hours(net.who("second"), HECHENG) == 0
    finally:
        net.travel(STANDS)


def test_a_press_sent_twice_counts_once(net: Net) -> None:
    command = str(uuid.uuid4())
    for _ in range(2):
        own(net).tally.add(net.who("taoyuan-1"), TAOYUAN, 7, command=command)
    (hour,) = own(net).tally.open_hours(TAOYUAN)
    assert hour.entered == 7


@pytest.mark.parametrize("entered", [0, -1, 5_001, -5_001])
def test_no_press_takes_more_back_than_was_counted(net: Net, entered: int) -> None:
    with pytest.raises(Refused, match="T-03"):
        own(net).tally.add(net.who("xingye-1"), XINGYE, entered, command=str(uuid.uuid4()))


def test_an_hour_that_a_gate_counted_already_is_kept_with_the_reason(net: Net) -> None:
    who = net.who("manager")
    hour = datetime(TODAY.year, TODAY.month, TODAY.day, 9)  # noqa: DTZ001 - local, as gates write
    net.office.directory.count_footfall(
        WOMEN, from_at=hour, to_at=hour + timedelta(minutes=30), entered=11,
        stamp=net.stamp("manager"),
    )  # fmt: skip
    own(net).tally.add(who, WOMEN, 3, command=str(uuid.uuid4()))
    try:
        net.travel(STANDS + timedelta(hours=2))
        assert own(net).tally.close_hours(who, WOMEN) == 0
    finally:
        net.travel(STANDS)
    (kept,) = own(net).tally.open_hours(WOMEN)
    assert (kept.entered, "不能重叠" in kept.trouble) == (3, True)
    assert figure(net, "footfall", WOMEN) == 11


def test_only_who_works_at_a_door_counts_there(net: Net) -> None:
    with pytest.raises(Refused, match="S-16"):
        own(net).tally.add(net.who("taoyuan-1"), HECHENG, 1, command=str(uuid.uuid4()))
    assert net.client("auditor").get("/tally").status_code == 403


def test_a_gate_hands_an_interval_in_by_the_form(net: Net) -> None:
    browser, page = net.client("manager"), f"/stations/{GULAO}/count_footfall"
    given = {"occurred_on": "2026-04-15", "version": "1", "to_at": "2026-04-15 08:15"}
    status, told = send(browser, page, page, from_at="2026-04-15 08:00", entered="2520", **given)
    assert status == 303, re.findall(r'class="said"[^>]*>([^<]+)', told)
    assert figure(net, "footfall", GULAO, on=date(2026, 4, 15)) == 2_520
    for wrong in ("2026-04-15 25:00", "gestern", "2026-02-30 08:00"):
        status, told = send(browser, page, page, from_at=wrong, entered="1", **given)
        assert status == 409
        assert f'value="{wrong}"' in told
    status, told = send(
        browser, page, page, from_at="2026-04-15 08:10", entered="1",
        **given | {"to_at": "2026-04-15 08:20"},
    )  # fmt: skip
    assert "不能重叠" in told


def test_a_daily_report_shows_three_spans_and_is_handed_in_once_more(net: Net) -> None:
    browser, day = net.client("manager"), date(2026, 4, 14)
    for on, entered in ((date(2026, 4, 13), 30), (day, 40)):
        hour = datetime(on.year, on.month, on.day, 8)  # noqa: DTZ001 - local, as gates write
        net.office.directory.count_footfall(
            GULAO, from_at=hour, to_at=hour + timedelta(hours=1), entered=entered,
            stamp=net.stamp("manager", on),
        )  # fmt: skip
    net.settle()
    path = f"/daily?station={GULAO}&day={day}"
    row = re.findall(r"客流人次</th>.*?</tr>", browser.get(path).text, re.DOTALL)[0]
    assert re.findall(r'">([\d,]+)</a>', row)[:2] == ["40", "30"]
    status, place = send(browser, path, "/daily", station=GULAO, day=str(day))
    assert (status, place) == (303, path)
    assert "已报送：第" in browser.get(path).text
    hour = datetime(2026, 4, 14, 10)  # noqa: DTZ001 - local, as gates write
    net.office.directory.count_footfall(
        GULAO, from_at=hour, to_at=hour + timedelta(hours=1), entered=9,
        stamp=net.stamp("manager", day),
    )  # fmt: skip
    net.settle()
    later = browser.get(path).text
    assert re.findall(r'tag warn">\+(\d+)<', later) == ["9"]
    assert figure(net, "day_reports", GULAO, on=day, until=day) == 1
    facts = [r.event for r in net.office.reader.history(GULAO)]
    (reported,) = [f for f in facts if f.TOPIC == "station.day_reported"]
    assert reported.figures["footfall"] == 40  # type: ignore[attr-defined]


def test_a_daily_report_of_an_earlier_knowledge_is_marked_and_cannot_be_handed_in(net: Net) -> None:
    browser = net.client("manager")
    text = browser.get(f"/daily?station={GULAO}&day=2026-04-14&as_of=2026-04-01").text
    assert "按 2026-04-01 当时所知" in text
    assert "报送这一天" not in text
    assert browser.get("/daily?day=2026-02-30").status_code == 409
    assert net.client("admin").get("/daily").status_code == 403


def test_towns_without_market_or_station_are_shown(net: Net) -> None:
    text = net.client("manager").get("/coverage?county=440784").text
    rows = dict(
        re.findall(r'<tr><th scope="row" lang="zh-CN">([^<]+)</th>(.*?)</tr>', text, re.DOTALL)
    )
    assert len(rows) == 10
    assert rows["桃源镇"].count("没有") == 1
    assert rows["龙口镇"].count("没有") == 2
    assert "没有" not in rows["沙坪街道"]
    assert text.count('class="tile none"') == 6


def test_the_stages_of_the_plan_say_what_stood_on_their_day(net: Net) -> None:
    """Zhongshan (S3): survey, building by the end of October, running by the end of the year."""

    def stages() -> list[list[str]]:
        text = net.at("manager").see("/coverage?county=442000")
        table = text.partition('id="stages"')[2].partition("</table>")[0]
        return [re.findall(r"<td[^>]*>([^<]*)</td>", one) for one in table.split("<tr>")[2:]]

    before = stages()
    assert [row[0] for row in before] == ["2023-09-15", "2023-10-31", "2023-12-31"]
    for kind, word, opened in (
        ("gig_market", "零工市场", date(2023, 10, 31)), ("station", "就业驿站", date(2023, 12, 31)),
    ):  # fmt: skip
        terms = Opened(
            official_name=f"中山市神湾镇{word}", kind=kind, level="town", district="442000",
            address="神湾镇", hours="每天", trades=("灯饰",), phone="0760-5550001",
            operator="government",
        )  # fmt: skip
        net.office.directory.open(terms=terms, stamp=net.stamp("manager", opened))
    net.settle()
    more = [
        [int(new.split(" ")[0]) - int(old.split(" ")[0]) for new, old in zip(*rows, strict=True)]
        for rows in zip([r[1:] for r in stages()], [r[1:] for r in before], strict=True)
    ]
    assert more == [[0, 0, 0], [1, 0, 0], [1, 1, 1]]
    assert 'id="stages"' not in net.at("manager").see("/coverage?county=440784")


def test_a_budget_is_held_against_the_annex(net: Net) -> None:
    terms = Opened(
        official_name="中山市东凤镇就业驿站", kind="station", level="town", district="442000",
        address="东凤镇", hours="每天", trades=("灯饰",), phone="0760-5550000",
        operator="government",
    )  # fmt: skip
    stamp = net.stamp("manager", date(2026, 4, 1))
    station = net.office.directory.open(terms=terms, stamp=stamp).streams[0]
    net.office.directory.set_budget(
        station, year=2023, purpose="base", amount=Fen(3_400_000), stamp=net.stamp("manager")
    )
    net.settle()
    text = net.client("manager").get("/budget?county=442000").text
    row = re.findall(r"东凤镇</th>.*?</tr>", text, re.DOTALL)[0]
    assert "¥35,000.00" in row
    assert "−¥1,000.00" in row
    assert "¥1,135,000.00" in text


def test_a_sheet_of_quick_matches_is_one_append_and_no_placement(net: Net) -> None:
    browser = net.client("market-1")
    before = figure(net, "matched_person_times", MARKET)
    placed = figure(net, "placements", MARKET)
    first, second = net.stock[0], net.stock[1]
    status, place = send(
        browser, "/quick", "/quick", **{f"n_{first}": "3", f"n_{second}": "4"}, day=str(TODAY)
    )
    assert (status, place) == (303, "/quick#today")
    assert figure(net, "matched_person_times", MARKET) == before + 7
    assert figure(net, "placements", MARKET) == placed
    facts = [net.office.reader.history(post)[-1] for post in (first, second)]
    assert len({fact.command_id for fact in facts}) == 1
    assert net.office.store.load(Vacancy, first).seats_left == 2


@pytest.mark.parametrize("typed", ["0", "-1", "zwei", "10000", "1.5"])
def test_a_wrong_line_is_told_beside_it_and_nothing_is_recorded(net: Net, typed: str) -> None:
    browser, (first, second) = net.client("market-1"), net.stock[2:4]
    status, told = send(browser, "/quick", "/quick", **{f"n_{first}": "2", f"n_{second}": typed})
    assert status == 409
    assert f'value="{typed}"' in told
    assert 'value="2"' in told
    history = [r.event.TOPIC for r in net.office.reader.history(first)]
    assert "vacancy.quick_matched" not in history


def test_a_post_that_ended_meanwhile_refuses_the_whole_sheet_at_its_line(net: Net) -> None:
    first, second = net.stock[4:6]
    net.office.vacancies.pause(second, reason="employer", stamp=net.stamp("market-1"))
    stamp = Stamp(net.who("market-1"), str(uuid.uuid4()), TODAY)
    with pytest.raises(Refused) as told:
        own(net).quick.record({first: 1, second: 1}, day=TODAY, stamp=stamp)
    assert told.value.field == f"n_{second}"
    with pytest.raises(Refused, match="V-07"):
        own(net).quick.record({}, day=TODAY, stamp=stamp)


def test_a_mediator_and_an_auditor_have_no_sheet(net: Net) -> None:
    for label in ("mediator", "auditor", "admin"):
        assert net.client(label).get("/quick").status_code == 403
