"""Classes over HTTP: seats, waiting list, attendance by one sheet, homework, cohorts; story 5."""

from datetime import date

import pytest

from domain.money import Fen
from domain.seeker import SeekerCase
from domain.training import TrainingClass
from tests.trades.conftest import Town
from tests.trades.test_vacancies import published, stream
from yizhan.demo.places import HECHENG


def opened(town: Town, **changed: str) -> str:
    """Open a class of two sessions over HTTP; give its path."""
    terms = {
        "title": "扭扭花手工班",
        "trade": "lamps",
        "kind": "skill",
        "provider": town.stock.school.id,
        "venue": HECHENG,
        "capacity": "2",
        "mode": "offline",
        "sessions": "1，2026-04-20，4\n2，2026-04-21，4",
        "subsidised": "1",
    }
    path = town.at("caseworker").do("/classes/new/open_class", **(terms | changed))
    return path.partition("#")[0]


def load(town: Town, path: str) -> TrainingClass:
    return town.office.store.load(TrainingClass, stream(path))


def enrol(town: Town, path: str, *cases: str) -> None:
    for case in cases:
        town.at("caseworker").do(f"/seekers/{case}/enrol", training=stream(path))


def attend(town: Town, path: str, session: int, day: date, present: list[str]) -> None:
    """Record a session by the sheet: who is not named is unticked."""
    town.turn(day)
    seats = load(town, path).seats
    ticks = {f"present-{case}": "1" if case in present else "" for case in seats}
    town.at("caseworker").do(
        f"{path}/hold_session?session={session}",
        session=str(session),
        instructor=town.places.staff["caseworker"].account,
        hours="4",
        **ticks,
    )


@pytest.mark.parametrize("kind", ["pre_job", "order_based", "startup", "night_school"])
def test_classes_of_every_kind_name_the_firm_they_are_for(town: Town, kind: str) -> None:
    path = opened(town, kind=kind, employer=town.stock.firm.id, title=f"班{kind}")
    page = town.at("caseworker").see(path)
    assert "鹤山市试用灯饰有限公司" in page
    assert f"班{kind}" in town.at("caseworker").see("/classes")


def test_a_full_class_offers_the_waiting_list_and_a_freed_seat_goes_to_the_first(
    town: Town,
) -> None:
    path, browser = opened(town), town.at("caseworker")
    one, two, three = (s.stream for s in town.stock.seekers[:3])
    enrol(town, path, one, two)
    page = browser.refused(f"/seekers/{three}/enrol", training=stream(path))
    assert 'id="f-training-said"' in page
    assert "S-10" in page
    assert "候补" in page
    assert f'value="{stream(path)}" selected' in page
    browser.do(f"{path}/wait_list", seeker=three)
    assert "K-01" in browser.refused(f"{path}/wait_list", seeker=three)
    assert f"/seekers/{three}/enrol?training={stream(path)}" not in browser.see(path)
    browser.do(f"/seekers/{one}/drop_training", training=stream(path), reason="found_work")
    page = browser.see(path)
    assert f"/seekers/{three}/enrol?training={stream(path)}" in page
    browser.do(f"/seekers/{three}/enrol?training={stream(path)}")
    state = load(town, path)
    assert (state.seats, state.waiting) == ((two, three), ())


def test_attendance_is_one_form_for_the_whole_list_and_decides_on_completion(town: Town) -> None:
    path, browser = opened(town), town.at("caseworker")
    diligent, absent = (s.stream for s in town.stock.seekers[3:5])
    enrol(town, path, diligent, absent)
    early = browser.refused(f"{path}/hold_session", session="1", hours="4",
                            instructor=town.places.staff["caseworker"].account)  # fmt: skip
    assert "K-02" in early
    sheet = browser.see(f"{path}/hold_session")
    assert sheet.count('class="big-tick"') == 2
    attend(town, path, 1, date(2026, 4, 20), [diligent, absent])
    attend(town, path, 2, date(2026, 4, 21), [diligent])
    assert "50" not in browser.see(f"{path}/complete_class").split("</form>")[0][-50:]
    page = browser.refused(f"{path}/complete_class", completers=[diligent, absent])
    assert "K-03" in page
    assert "不足80%" in page
    form = browser.see(f"{path}/complete_class")
    assert f'value="{diligent}" checked' in form
    assert f'value="{absent}" checked' not in form
    browser.do(f"{path}/complete_class", completers=[diligent], cases="1")
    case = town.office.store.load(SeekerCase, diligent)
    enrolment = case.enrolments[stream(path)]
    assert (enrolment.standing, enrolment.attended, enrolment.planned) == ("completed", 2, 2)
    assert f"/seekers/{diligent}/obtain_certificate?training={stream(path)}" in browser.see(path)
    browser.do(
        f"/seekers/{diligent}/obtain_certificate?training={stream(path)}",
        kind="special_ability",
        number="粤ZX-2026-1",
    )
    assert "有证书" in browser.see(path)


def test_today_asks_for_sessions_completion_and_certificates_of_a_class(town: Town) -> None:
    path, browser = opened(town, title="按天提醒班"), town.at("caseworker")
    first, second = (s.stream for s in town.stock.seekers[14:16])
    enrol(town, path, first, second)
    other = town.at("taoyuan-1")
    for session, day in ((1, date(2026, 4, 20)), (2, date(2026, 4, 21))):
        town.turn(day)
        page = browser.see("/today?group=sit")
        assert f'href="{path}/hold_session?session={session}">上课签到' in page
        assert "按天提醒班" in page
        assert path not in other.see("/today")
        attend(town, path, session, day, [first, second])
        assert f'{path}/hold_session?session={session}"' not in browser.see("/today?group=sit")
    assert f'href="{path}/complete_class">全班结业' in browser.see("/today?group=next")
    browser.do(f"{path}/complete_class", completers=[first, second], cases="1")
    page = browser.see("/today?group=next")
    assert f"{path}/complete_class" not in page
    assert f'href="{path}/certify">登记证书</a> <span class="meta">2 项' in page
    assert "至少填一名" in browser.refused(f"{path}/certify", kind="special_ability")
    number = {f"number-{first}": "粤ZX-2026-31"}
    browser.do(f"{path}/certify", kind="special_ability", **number)
    assert town.office.store.load(SeekerCase, first).enrolments[stream(path)].certified_on
    assert f'href="{path}/certify">登记证书</a></td>' in browser.see("/today?group=next")
    assert f"number-{first}" not in browser.see(f"{path}/certify")
    town.turn(date(2026, 10, 18))  # 180 days after the completion nobody is asked any more
    assert f"{path}/certify" not in browser.see("/today?group=next")


def test_homework_of_a_hybrid_class_is_graded_by_one_sheet_and_must_be_passed(town: Town) -> None:
    path, browser = opened(town, mode="hybrid", title="短视频混合班"), town.at("caseworker")
    good, bad = (s.stream for s in town.stock.seekers[5:7])
    enrol(town, path, good, bad)
    browser.do(f"{path}/set_homework", title="拍一段30秒短片", due_on="2026-04-22")
    page = browser.refused(f"{path}/grade_homework", no="1", **{f"grade-{good}": "101"})
    assert f'id="f-grade-{good}-said"' in page
    assert 'value="101"' in page
    marks = {f"grade-{good}": "60", f"grade-{bad}": "59"}
    browser.do(f"{path}/grade_homework", no="1", **marks)
    for number, day in ((1, date(2026, 4, 20)), (2, date(2026, 4, 21))):
        attend(town, path, number, day, [good, bad])
    page = browser.refused(f"{path}/complete_class", completers=[good, bad])
    assert "K-05" in page
    assert "作业未及格" in browser.see(path)
    browser.do(f"{path}/complete_class", completers=[good], cases="1")
    assert load(town, path).completers == {good}
    offline = opened(town)
    assert "K-05" in browser.refused(f"{offline}/set_homework", title="无", due_on="2026-04-22")


def test_only_completers_whose_180_days_are_over_are_counted_as_a_cohort(town: Town) -> None:
    path, browser = opened(town, title="队列班"), town.at("caseworker")
    quick, late = (s.stream for s in town.stock.seekers[13:15])
    enrol(town, path, quick, late)
    for number, day in ((1, date(2026, 4, 20)), (2, date(2026, 4, 21))):
        attend(town, path, number, day, [quick, late])
    browser.do(f"{path}/complete_class", completers=[quick, late], cases="1")
    for case, start in ((quick, date(2026, 10, 18)), (late, date(2026, 10, 19))):
        town.turn(start)
        browser.do(f"/seekers/{case}/place", kind="formal", start_on=start.isoformat(),
                   employer=town.stock.firm.id)  # fmt: skip
        browser.do(f"/seekers/{case}/verify_placement", placement="1", method="contract")
    cohort = f"/classes/cohorts?training={stream(path)}&from=2026-04-01"
    town.turn(date(2026, 10, 18))  # the 180th day itself has not passed
    assert "<b>0 / 0</b>" in browser.see(cohort)
    town.turn(date(2026, 10, 19))
    page = browser.see(cohort)
    assert "<b>1 / 2</b>" in page
    assert "50.0%" in page
    assert "队列班" in browser.see("/classes/cohorts?from=2026-04-01")


def test_story_5_a_seeker_teaches_is_kept_and_declines_full_time_for_a_reason_that_counts_not(
    town: Town,
) -> None:
    browser, xu = town.at("caseworker"), town.stock.seekers[15]
    case, person = xu.stream, xu.someone.id
    browser.do(f"/seekers/{case}/assess_ability", area="handcraft", level="high")
    path = opened(town, trade="handcraft", title="扭扭花亲子班", instructor=person)
    state = load(town, path)
    assert state.instructor == person
    page = browser.see(path)
    assert person not in page  # named, and masked
    browser.do(f"/seekers/{case}/place", kind="flexible", start_on="2026-04-16", pay="300")
    browser.do(f"/seekers/{case}/verify_placement", placement="1", method="visit")
    pupil = town.stock.seekers[7].stream
    enrol(town, path, pupil)
    town.turn(date(2026, 4, 20))
    browser.do(f"{path}/hold_session?session=1", session="1", instructor=person, hours="4",
               **{f"present-{pupil}": "1"})  # fmt: skip
    assert load(town, path).held == {1: frozenset({pupil})}
    town.turn(date(2026, 5, 18))  # one month after 04-16, rolled over the weekend
    browser.do(
        f"/seekers/{case}/record_follow_up", purpose="retention", placement="1", month="1",
        channel="phone", result="retained", wage="300",
    )  # fmt: skip
    post = published(town, title="全日制手工导师", occupation="handcraft", shifts="08:30-17:30",
                     valid_until="2026-06-30")  # fmt: skip
    fit = browser.see(f"/seekers/{case}")
    assert "适合的岗位" in fit
    browser.do(f"/seekers/{case}/refer", vacancy=stream(post), consent="1")
    browser.do(f"/seekers/{case}/answer_referral", referral="1", accepted="no", reason="care")
    kept = town.office.store.load(SeekerCase, case)
    assert kept.refusals(town.today) == 0
    (referral,) = kept.referrals.values()
    assert (referral.standing, referral.reason, referral.justified) == ("refused", "care", True)
    (placement,) = kept.placements.values()
    assert (placement.kind, placement.pay, placement.running) == ("flexible", Fen(30_000), True)
    assert [c.result for c in kept.contacts if c.purpose == "retention"] == ["retained"]


def test_a_class_is_held_in_the_park_that_is_no_station(town: Town) -> None:
    """The HR ecology park as a venue (S0): a service post of the directory, found by its alias."""
    park = town.at("manager").do(
        "/stations/new/open", official_name="鹤山市人力资源生态园服务点", alias="人力资源生态园",
        kind="service_post", level="county", district="440784", address="鹤山市沙坪街道（演示）",
        hours="每天 9:00-17:00", trades="家政", phone="0750-5550000", operator="government",
    )  # fmt: skip
    venue = park.partition("#")[0].rpartition("/")[2]
    path = opened(town, title="南粤家政第1期", venue=venue, series="南粤家政")
    browser = town.at("caseworker")
    assert "人力资源生态园服务点" in browser.see(path)
    assert "人力资源生态园" in browser.see(f"/directory/{venue}")
    town.turn(date(2026, 4, 20))  # the session is asked of those who serve the park, not of others
    assert path not in browser.see("/today?group=sit")


def test_who_is_good_at_a_trade_stands_in_the_library_of_skilled_people(town: Town) -> None:
    """能工巧匠 and 人力资源库 (S2): by trade, certified first, a name of others masked."""
    browser = town.at("caseworker")
    learner, someone = town.stock.seekers[11].stream, town.roster.person(sex="female")
    known = {"id_no": someone.id_no, "name": someone.name, "sex": someone.sex}
    seamstress = stream(browser.do("/seekers/new/register", **known).partition("#")[0])
    browser.do(f"/seekers/{seamstress}/assess_ability", area="handcraft", level="high")
    path = opened(town, title="手缝班", trade="handcraft")
    enrol(town, path, learner)
    for session, day in ((1, date(2026, 4, 20)), (2, date(2026, 4, 21))):
        attend(town, path, session, day, [learner])
    browser.do(f"{path}/complete_class", completers=[learner], cases="1")
    assert 'href="/talents"' in browser.see("/today")
    page = browser.see("/talents?trade=handcraft")
    assert page.index(f"/seekers/{learner}") < page.index(f"/seekers/{seamstress}")
    assert f"/seekers/{seamstress}" not in browser.see("/talents?trade=catering")
    assert someone.name in browser.see("/talents?trade=handcraft")
    assert someone.name not in town.at("taoyuan-1").see("/talents?trade=handcraft")
    browser.do(f"/seekers/{seamstress}/close", reason="study")
    assert f"/seekers/{seamstress}" not in browser.see("/talents?trade=handcraft")
