"""Home: everything asked of one today; a figure is the rows behind it (F-04, F-24)."""

import html
import re
from datetime import date

import pytest

from domain.job_fair import Announced, Cancelled, Held, JobFair, ResultFollowed
from domain.training import TrainingClass
from domain.training.facts import (
    ClassCompleted,
    ClassOpened,
    Lesson,
    SessionCancelled,
    SessionHeld,
)
from projections.agenda import asked
from tests.caseload.town import Town
from tests.domain.dispute import cases
from tests.wired import TODAY

FIGURE = re.compile(
    r'<a class="[a-z]*" href="(/today[^"]*)">.*?<span class="v">([0-9,]+)<small>', re.DOTALL
)


def rows(text: str) -> list[str]:
    return re.findall(r'<tr data-row="([^"]+)"', text)


@pytest.mark.parametrize("label", ["caseworker", "mediator", "second", "manager"])
@pytest.mark.parametrize("whose", ["", "?whose=team"])
def test_every_figure_equals_the_rows_behind_it(hecheng: Town, label: str, whose: str) -> None:
    browser = hecheng.client(label)
    page = browser.get(f"/today{whose}").text
    figures = FIGURE.findall(page)
    assert len(figures) == 6
    for href, number in figures:
        assert len(rows(browser.get(html.unescape(href)).text)) == int(number), href


def test_home_is_today_and_holds_more_than_time_limits(hecheng: Town) -> None:
    browser = hecheng.client("caseworker")
    assert browser.get("/").headers["location"] == "/today"
    page = browser.get("/today").text
    for words in ("回访稳岗 第 1 月", "答复移交", "暂缓到期", "登记推荐答复", "联系本人"):
        assert words in page, words
    # The notice has ended; who entered the application cannot decide, a colleague can (S-06).
    assert "作出困难认定（公示期满）" not in page
    assert "作出困难认定（公示期满）" in hecheng.client("second").get("/today").text
    sessions = hecheng.client("mediator").get("/today?group=sit").text
    assert "主持调解" in sessions
    for href in re.findall(r'<a class="do" href="([^"]+)"', page):
        assert browser.get(html.unescape(href)).status_code in {200, 409}, href
    assert hecheng.client("auditor").get("/today").status_code == 403


def test_a_session_held_and_a_hold_lifted_leave_the_agenda() -> None:
    play = cases.mediating()
    before = {one.what for one in asked(play.case)}
    play.record(play.case.place_hold(until=date(2026, 5, 6), reason="x", occurred_on=TODAY))
    assert {one.what for one in asked(play.case)} - before == {"hold"}
    play.record(play.case.lift_hold())
    assert {one.what for one in asked(play.case)} == before


def test_a_class_asks_for_its_sessions_then_for_its_completion() -> None:
    lessons = tuple(Lesson(no=no, on=date(2026, 4, 19 + no), hours=4) for no in (1, 2))
    opened = ClassOpened(
        title="班", trade="lamps", kind="skill", provider="employer-1", venue="station-2",
        capacity=2, mode="offline", sessions=lessons, subsidised=True,
    )  # fmt: skip
    course = TrainingClass().fold([(opened, TODAY)])
    assert [(one.what, one.about, one.due_on) for one in asked(course)] == [
        ("class", "1", date(2026, 4, 20)),
        ("class", "2", date(2026, 4, 21)),
    ]
    held = [SessionHeld(session=no, instructor="staff-1", hours=4, present=()) for no in (1, 2)]
    course.fold([(held[0], TODAY), (SessionCancelled(session=2, reason="x"), TODAY)])
    assert [(one.what, one.station) for one in asked(course)] == [("completion", "station-2")]
    course.fold([(ClassCompleted(completers=()), TODAY)])
    assert list(asked(course)) == []


def test_a_fair_asks_for_its_counts_then_for_both_follow_ups() -> None:
    fair = JobFair().fold([(Announced(name="会", mode="night", on=TODAY, place="河边",
                                      safety_plan=True), TODAY)])  # fmt: skip
    assert [(one.what, one.due_on) for one in asked(fair)] == [("fair", TODAY)]
    held = Held(firms=1, posts=1, visitors=1, cvs=0, intents=0)
    fair.fold([(held, date(2026, 4, 16))])
    assert [(one.what, one.about, one.due_on) for one in asked(fair)] == [
        ("intents", "15", date(2026, 5, 1)),
        ("intents", "30", date(2026, 5, 16)),
    ]
    fair.fold([(ResultFollowed(day=15, placed=0), date(2026, 5, 1))])
    assert [one.about for one in asked(fair)] == ["30"]
    fair = JobFair().fold([*fair.history[:1], (Cancelled(reason="雨"), TODAY)])
    assert list(asked(fair)) == []
