"""Job fairs of every mode over HTTP, and their intents followed to real work."""

import re
import uuid
from datetime import date
from functools import partial

import pytest

from application.ids import new_stream
from application.store import Part, Stamp
from domain.job_fair import Announced, Held, JobFair
from domain.kernel import Event
from tests.trades.conftest import Town
from tests.trades.test_vacancies import published, stream


def announce(town: Town, mode: str = "onsite", on: str = "2026-04-16") -> str:
    path = town.at("caseworker").do(
        "/fairs/new/announce",
        name=f"春风行动专场（{mode}）",
        mode=mode,
        on=on,
        place="北湖公园",
        safety_plan="1",
    )
    return path.partition("#")[0]


def joined(town: Town, mode: str = "onsite") -> tuple[str, str]:
    """Announce a fair and let the firm in with one post; give both paths."""
    post, fair = published(town, title=f"参会岗位{mode}"), announce(town, mode)
    browser = town.at("caseworker")
    assert town.stock.firm.id in browser.see(f"{fair}/join_employer")
    place = f"{fair}/join_employer?employer={town.stock.firm.id}"
    browser.do(place, employer=town.stock.firm.id, vacancies=[stream(post)])
    return fair, post


@pytest.mark.parametrize("mode", ["onsite", "community", "night", "live_stream", "mobile"])
def test_a_fair_of_every_mode_is_announced_joined_and_held(town: Town, mode: str) -> None:
    fair, _ = joined(town, mode)
    browser = town.at("caseworker")
    asked = f'href="{fair}/hold">登记招聘会举办情况'
    assert asked in browser.see("/today?group=sit")
    browser.do(f"{fair}/hold", firms="1", posts="3", visitors="120", cvs="14", intents="5")
    assert asked not in browser.see("/today?group=sit")
    page = browser.see(fair)
    assert "已举办" in page
    assert "120" in page
    assert "从报名到就业" in page
    assert fair in browser.see("/fairs")


def test_bad_input_is_told_at_its_field_and_kept(town: Town) -> None:
    browser = town.at("caseworker")
    given = {"name": "夜市", "mode": "night", "on": "2026-04-18", "place": "沙坪"}
    page = browser.refused("/fairs/new/announce", **given)
    assert 'id="f-safety_plan-said"' in page
    assert 'value="夜市"' in page
    page = browser.refused("/fairs/new/announce", **given, safety_plan="1", fee="10")
    assert 'id="f-fee-said"' in page
    assert "J-02" in page
    fair, _ = joined(town)
    page = browser.refused(f"{fair}/hold", firms="2", posts="3", visitors="9", cvs="1", intents="1")
    assert 'id="f-firms-said"' in page
    page = browser.refused(f"{fair}/hold", firms="1", posts="3", visitors="4", cvs="1", intents="5")
    assert 'id="f-intents-said"' in page
    assert 'value="5"' in page
    assert "规则 J-00" in browser.see(f"{fair}/follow_result", 409)


def test_a_firm_without_checked_papers_and_a_closed_post_do_not_get_in(town: Town) -> None:
    fair, post = joined(town)
    browser = town.at("caseworker")
    again = f"{fair}/join_employer?employer={town.stock.firm.id}"
    page = browser.refused(again, employer=town.stock.firm.id, vacancies=[stream(post)])
    assert "J-03" in page
    other = announce(town)
    town.office.vacancies.pause(stream(post), reason="x", stamp=town.stamp("caseworker"))
    town.settle()
    page = browser.see(f"{other}/join_employer?employer={town.stock.firm.id}")
    assert stream(post) not in page


def test_intents_are_followed_to_real_work_after_15_and_30_days(town: Town) -> None:
    fair, post = joined(town)
    browser = town.at("caseworker")
    cases = [seeker.stream for seeker in town.stock.seekers[8:10]]
    browser.do(f"{fair}/hold", firms="1", posts="3", visitors="40", cvs="6", intents="2")
    for case in cases:
        browser.do(f"{fair}/record_intent", seeker=case, vacancy=stream(post))
    twice = browser.refused(f"{fair}/record_intent", seeker=cases[0], vacancy=stream(post))
    assert "J-03" in twice
    page = browser.see(fair)
    assert f"/seekers/{cases[0]}/refer?vacancy={stream(post)}" in page
    early = browser.refused(f"{fair}/follow_result", day="15", placed="1")
    assert "2026-05-01" in early
    browser.do(f"/seekers/{cases[0]}/refer", vacancy=stream(post), consent="1")
    browser.do(f"/seekers/{cases[0]}/answer_referral", referral="1", accepted="yes")
    town.turn(date(2026, 4, 20))
    browser.do(f"/seekers/{cases[0]}/place", kind="formal", start_on="2026-04-20", referral="1")
    page = browser.see(fair)
    assert "2026-04-20 到岗" in page
    assert "未核实" in page
    browser.do(f"/seekers/{cases[0]}/verify_placement", placement="1", method="contract")
    town.turn(date(2026, 5, 1))
    assert "要跟踪的" in browser.see("/fairs")
    link = f'href="{fair}/follow_result?day=15">跟踪招聘会意向 第 15 天'
    assert link in browser.see("/today?group=call")
    assert link not in town.at("taoyuan-1").see("/today?group=call")
    page = browser.see(fair)
    assert f"{fair}/follow_result?day=15&amp;placed=1" in page
    browser.do(f"{fair}/follow_result?day=15&placed=1")
    assert link not in browser.see("/today?group=call")
    town.turn(date(2026, 5, 8))
    assert f"{fair}/follow_result?day=30" not in browser.see("/today")  # more than a week ahead
    town.turn(date(2026, 5, 9))
    assert f"{fair}/follow_result?day=30" in browser.see("/today")
    town.turn(date(2026, 5, 16))
    browser.do(f"{fair}/follow_result", day="30", placed="1")
    state = town.office.store.load(JobFair, stream(fair))
    assert state.followed == {15: 1, 30: 1}


def told(facts: list[Event], _fair: JobFair) -> list[Event]:
    """Write down what happened in another year, without asking today's rules."""
    return facts


def held(town: Town, series: str, sums: tuple[int, int, int, int], place: str = "广州") -> None:
    """Write down so many fairs of 2024 that add up to the sums: fairs, firms, posts, visitors."""
    fairs = sums[0]
    stamp = town.stamp("caseworker", date(2024, 6, 1))
    for n in range(fairs):
        came, posts, visitors = (s // fairs + (n < s % fairs) for s in sums[1:])
        facts: list[Event] = [
            Announced(name=f"{series}{n + 1}", mode="community", on=date(2024, 6, 1), place=place,
                      series=series, safety_plan=True),
            Held(firms=came, posts=posts, visitors=visitors, cvs=0, intents=0),
        ]  # fmt: skip
        one = Stamp(stamp.who, str(uuid.uuid4()), stamp.occurred_on)
        part = Part(JobFair, new_stream("job_fair"), partial(told, facts))
        town.office.store.decide(one, part)
    town.settle()


def row(page: str, series: str) -> list[str]:
    """Give the cells of a series in the sums."""
    table = page.partition('id="sums"')[2].partition("</table>")[0]
    line = next(one for one in table.split("<tr>") if f">{series}</" in one)
    return re.findall(r'<td class="num">([^<]*)</td>', line)


def test_a_years_fairs_add_up_by_series_as_the_report_of_the_city_says(town: Town) -> None:
    """Guangzhou 2024 (S2): 203 fairs of gig work, 227 of key firms; 847 posts and 429 a fair."""
    held(town, "零工专场", (203, 5_858, 172_000, 87_100))
    held(town, "重点企业专场", (227, 0, 290_900, 0))
    browser = town.at("caseworker")
    page = browser.see("/fairs?from=2024-01-01&to=2024-12-31&text=专场")
    assert row(page, "零工专场")[:7] == ["203", "5,858", "172,000", "87,100", "847", "429", "1.97"]
    assert row(page, "重点企业专场")[:3] == ["227", "0", "290,900"]
    assert row(page, "合计")[0] == "430"
    assert 'id="sums"' not in browser.see("/fairs?from=2023-01-01&to=2023-12-31")
    assert "S-19" in browser.see("/fairs?from=x", 409)


def test_a_fair_of_a_neighbourhood_is_found_by_its_place(town: Town) -> None:
    """Chahe (S1): more than 500 posts for a community of 14,000."""
    held(town, "就业援助月", (1, 20, 512, 1_400), "广川岔河社区")
    browser = town.at("caseworker")
    page = browser.see("/fairs?text=岔河&mode=community")
    assert page.count('data-row="/fairs/') == 1
    assert row(page, "就业援助月")[:4] == ["1", "20", "512", "1,400"]
    assert "data-row" not in browser.see("/fairs?text=岔河&mode=night")
