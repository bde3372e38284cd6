"""A post from draft to filled or withdrawn, as those at the counter and the public see it."""

import re
from datetime import date
from itertools import count

import pytest

from domain.money import Fen
from domain.seeker import SeekerCase
from domain.vacancy import Vacancy
from tests.trades.conftest import Town

LIST = "/vacancies"
NUMBERS = count(1)


def draft(town: Town, **changed: object) -> str:
    """Write a post down over HTTP; give its path."""
    terms = {
        "employer": town.stock.firm.id,
        "title": f"灯饰装配工{next(NUMBERS):03d}",
        "occupation": "lamps",
        "headcount": "3",
        "work": "串灯珠、装灯架",
        "place": "440784",
        "pay_from": "3000",
        "pay_to": "4000",
        "pay_unit": "month",
        "shifts": "08:30-16:30",
        "valid_until": "2026-06-30",
    }
    return town.at("caseworker").do("/vacancies/new/draft", **(terms | changed)).partition("#")[0]


def published(town: Town, **changed: object) -> str:
    path, browser = draft(town, **changed), town.at("caseworker")
    for verb, values in (("submit", {}), ("verify", {"method": "visit"}), ("publish", {})):
        browser.do(f"{path}/{verb}", **values)
    return path


def stream(path: str) -> str:
    return path.rpartition("/")[2]


def test_warned_words_are_marked_with_their_article_and_a_person_decides(town: Town) -> None:
    path = draft(town, conditions="限女，未婚优先，须交押金200元", shifts="")
    browser = town.at("caseworker")
    browser.do(f"{path}/submit")
    page = browser.see(path)
    assert re.search(r"<mark[^>]*>限女</mark>", page)
    assert re.search(r"<mark[^>]*>押金</mark>", page)
    assert "就业促进法第26至31条" in page
    assert "劳动合同法第84条" in page
    form = browser.see(f"{path}/verify")
    assert "“限女”可能构成就业歧视" in form
    assert "就业促进法第41条" in form
    browser.do(f"{path}/reject", reason="条件含歧视内容，须修改")
    assert town.office.store.load(Vacancy, stream(path)).standing == "rejected"
    assert "/posts" in browser.see(LIST)


@pytest.mark.parametrize("method", ["visit", "video", "phone"])
def test_a_post_is_checked_by_visit_by_video_or_by_papers(town: Town, method: str) -> None:
    path, browser = draft(town), town.at("caseworker")
    browser.do(f"{path}/submit")
    browser.do(
        f"{path}/verify", method=method, findings=["as_described", "papers_seen"],
        photo_sha256="AB" * 32,
    )  # fmt: skip
    state = town.office.store.load(Vacancy, stream(path))
    assert (state.standing, state.verified_on) == ("verified", date(2026, 4, 16))
    assert "与岗位描述相符" in browser.see(path)


def test_what_is_no_check_sum_and_no_shift_is_told_at_its_field(town: Town) -> None:
    path, browser = draft(town), town.at("caseworker")
    browser.do(f"{path}/submit")
    page = browser.refused(f"{path}/verify", method="visit", photo_sha256="照片一张")
    assert 'id="f-photo_sha256-said"' in page
    assert 'value="照片一张"' in page
    page = browser.refused("/vacancies/new/draft", employer=town.stock.firm.id, title="甲",
                           occupation="lamps", headcount="1", work="乙", place="440784",
                           pay_from="3000", pay_to="3000", pay_unit="month", shifts="早上来",
                           valid_until="2026-06-30")  # fmt: skip
    assert 'id="f-shifts-said"' in page
    assert "08:30-17:30" in page
    assert 'value="早上来"' in page


def test_a_minimum_wage_holds_from_its_day_on_and_in_its_place(town: Town) -> None:
    admin = town.at("admin")
    page = admin.see("/minimum-wages")
    token = re.search(r'name="csrf" value="([0-9a-f]+)"', page)
    assert token
    given = {"csrf": token[1], "place": "440103", "monthly": "2300", "hourly": "22.2",
             "from_on": "2026-04-01"}  # fmt: skip
    assert admin.client.post("/minimum-wages", data=given).status_code == 303
    later = given | {"monthly": "2500", "from_on": "2026-05-01"}
    assert admin.client.post("/minimum-wages", data=later).status_code == 303
    wrong = admin.client.post("/minimum-wages", data=given | {"hourly": "3000"})
    assert (wrong.status_code, "f-hourly-said" in wrong.text) == (409, True)
    browser = town.at("caseworker")
    page = browser.see("/minimum-wages")
    assert "¥2,300.00" in page
    assert 'name="monthly"' not in page
    poor = {"place": "440103", "pay_from": "2299.99", "pay_to": "2600"}
    page = browser.refused(
        "/vacancies/new/draft", employer=town.stock.firm.id, title="丙", occupation="lamps",
        headcount="1", work="丁", pay_unit="month", valid_until="2026-06-30", **poor,
    )  # fmt: skip
    assert "V-03" in page
    assert "¥2,300.00" in page
    path = draft(town, **(poor | {"pay_from": "2300"}))
    assert "每月¥2,300.00" in browser.see(path)
    town.turn(date(2026, 5, 1))
    browser.do(f"{path}/submit")
    browser.do(f"{path}/verify", method="visit")
    assert "¥2,500.00" in browser.refused(f"{path}/publish")
    part = {"place": "440103", "pay_from": "22.19", "pay_to": "30", "pay_unit": "hour"}
    page = browser.refused(
        "/vacancies/new/draft", employer=town.stock.firm.id, title="戊", occupation="lamps",
        headcount="1", work="己", valid_until="2026-06-30", **part,
    )  # fmt: skip
    assert "¥22.20" in page


def test_lines_and_headcounts_are_counted_apart_and_states_by_the_day(town: Town) -> None:
    browser = town.at("caseworker")
    title = f"计数岗位{next(NUMBERS)}"
    ends = ("2026-04-20", "2026-06-30", "2026-06-30")
    for until, heads in zip(ends, ("3", "4", "5"), strict=True):
        published(town, title=title, headcount=heads, valid_until=until)
    draft(town, title=title, headcount="7")
    page = browser.see(f"{LIST}?state=all&text={title}")
    assert "4 条，招 19 人" in page
    assert "3 条，招 12 人" in browser.see(f"{LIST}?text={title}&state=open")
    assert "1 条，招 3 人" in browser.see(f"{LIST}?text={title}&state=ending")
    town.turn(date(2026, 4, 21))
    assert "1 条，招 3 人" in browser.see(f"{LIST}?text={title}&state=expired")
    assert "2 条，招 9 人" in browser.see(f"{LIST}?text={title}&state=open")
    assert town.office.statistics  # the two measures: vacancies and vacancy_headcount
    public = town.at().client.get(f"/posts?text={title}")
    assert "2 条，招 9 人" in public.text


def test_the_public_list_holds_no_person_and_no_form_that_posts_and_may_be_kept(
    town: Town,
) -> None:
    path = published(town, title=f"公开{next(NUMBERS)}")
    answer = town.at().client.get("/posts")
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "public, max-age=60"
    assert "set-cookie" not in answer.headers
    assert 'method="post"' not in answer.text
    assert "csrf" not in answer.text
    known = {name for seeker in town.stock.seekers for name in (seeker.someone.name,)}
    assert not [name for name in known if name in answer.text]
    again = town.at().client.get("/posts", headers={"if-none-match": answer.headers["etag"]})
    assert again.status_code == 304
    english = town.at().client.get("/posts?lang=en").text
    assert "Open vacancies" in english
    town.at("caseworker").do(f"{path}/pause", reason="等待单位")
    state = town.office.store.load(Vacancy, stream(path))
    assert state.terms is not None
    assert state.terms.title not in town.at().client.get("/posts").text


def test_a_false_post_is_withdrawn_and_everybody_referred_is_told_and_it_stands_on_record(
    town: Town,
) -> None:
    """The quick case of domain.md 8: complaint, false post withdrawn, four referred told."""
    path = published(town, title="高薪打字员", headcount="9")
    browser, cases = town.at("caseworker"), [s.stream for s in town.stock.seekers[:4]]
    for case in cases:
        browser.do(f"/seekers/{case}/refer", vacancy=stream(path), consent="1")
    browser.do(f"{path}/file_complaint", reason="false_post", summary="先交钱后上岗")
    browser.do(f"{path}/withdraw", reason="false_post")
    page = browser.see(path)
    assert "已告知 0 人，待告知 4 人" in page
    assert f"/employers/{town.stock.firm.id}/list_stop" in page
    assert "有 4 人被推荐到已撤下的岗位" in browser.see(LIST)
    missed = browser.do(f"{path}/tell/{cases[0]}", channel="phone")
    assert missed == f"{path}#told"
    assert "已告知 0 人，待告知 4 人" in browser.see(path)
    for case in cases:
        browser.do(f"{path}/tell/{case}", channel="phone", reached="1")
    page = browser.see(path)
    assert "已告知 4 人，待告知 0 人" in page
    assert "被推荐的人都已告知" in page
    for number, case in enumerate(cases):
        state = town.office.store.load(SeekerCase, case)
        (referral,) = [r for r in state.referrals.values() if r.vacancy == stream(path)]
        assert (referral.standing, referral.reason) == ("suspended", "false_post")
        reached = [c.result for c in state.contacts]
        assert reached == (["no_contact", "reached"] if number == 0 else ["reached"])
    page = browser.refused(f"{path}/tell/{cases[0]}", channel="phone", reached="1")
    assert "V-11" in page


def test_a_closed_post_refuses_a_referral_at_its_field_and_keeps_what_was_typed(
    town: Town,
) -> None:
    path = published(town, title="已撤岗位", valid_until="2026-05-01")
    case, browser = town.stock.seekers[5].stream, town.at("caseworker")
    town.office.vacancies.withdraw(stream(path), reason="employer", stamp=town.stamp("caseworker"))
    town.settle()
    page = browser.refused(
        f"/seekers/{case}/refer?vacancy={stream(path)}", vacancy=stream(path), consent="1"
    )
    assert "S-07" in page
    assert 'id="f-vacancy-said"' in page
    assert f'value="{stream(path)}" selected' in page
    assert 'name="consent" value="1" checked' in page


def test_a_mother_free_between_school_runs_is_matched_by_her_window(town: Town) -> None:
    """The quick case of domain.md 8: match by place and hours "after 8:30, before 16:30"."""
    fits = published(town, title="串珠白班", shifts="09:00-16:00", headcount="9")
    late = published(town, title="串珠晚班", shifts="12:00-20:00", headcount="9")
    desk = town.at("caseworker")
    someone = town.roster.person(sex="female")
    who = {
        "id_no": someone.id_no, "name": someone.name, "sex": "female",
        "trades": ["lamps"], "hours": ["full_time"], "pay": "3000",
    }  # fmt: skip
    again = desk.refused("/seekers/new/register", **who, free_from="8点半", free_until="25:00")
    assert "“25:00”不是时间" in again
    assert 'value="8点半"' in again
    case = desk.do("/seekers/new/register", **who, free_from="8点半", free_until="16:30")
    case = case.partition("#")[0]
    assert "全天、08:30-16:30" in desk.see(case)
    page = desk.see(f"{case}/matches")
    assert page.index(stream(fits)) < page.index(stream(late))
    assert "上班时间9:00-16:00，在本人能做的8:30-16:30之内" in page
    assert "上班时间12:00-20:00，本人能做8:30-16:30，只合一部分，须与单位商量" in page
    form = desk.see(f"{case}/change_wishes")
    assert 'name="free_from" value="08:30"' in form
    assert 'name="free_until" value="16:30"' in form
    assert "没有变更" in desk.refused(f"{case}/change_wishes")
    desk.do(f"{case}/change_wishes", free_from="12:00", free_until="20:00")
    page = desk.see(f"{case}/matches")
    assert page.index(stream(late)) < page.index(stream(fits))
    assert "上班时间12:00-20:00，在本人能做的12:00-20:00之内" in page
    assert "变更求职意向" in desk.see(case)


def test_a_matched_post_leads_into_the_form_of_a_referral(town: Town) -> None:
    path = published(town, title="匹配岗位", pay_from="5000", pay_to="6000")
    case, browser = town.stock.seekers[6].stream, town.at("caseworker")
    page = browser.see(f"/seekers/{case}/matches")
    assert f"/seekers/{case}/refer?vacancy={stream(path)}" in page
    assert "工种是本人想做的" in page
    assert "上班时间8:30-16:30，在本人能做的8:30-16:30之内" in page
    assert "与本人同一驿站" in page
    assert f'value="{stream(path)}" selected' in browser.see(
        f"/seekers/{case}/refer?vacancy={stream(path)}"
    )
    back = browser.see(f"{path}/matches")
    assert f"/seekers/{case}/refer?vacancy={stream(path)}" in back
    other = town.at("taoyuan-1").see(f"{path}/matches")
    assert town.stock.seekers[6].someone.name not in other
    assert "S-16" in other
    browser.do(f"/seekers/{case}/refer", vacancy=stream(path), consent="1")
    assert f"refer?vacancy={stream(path)}" not in browser.see(f"/seekers/{case}/matches")
    state = town.office.store.load(Vacancy, stream(path))
    assert state.terms is not None
    assert state.terms.pay_from == Fen(500_000)
