"""Before a fact is undone everything that will change is shown, and then it does (F-43)."""

from projections.lists import Query
from tests.caseload.town import Town
from tests.web.reading import send
from tests.wired import TODAY


def test_an_undo_is_shown_before_and_does_what_was_shown(hecheng: Town) -> None:
    office, browser = hecheng.office, hecheng.client("caseworker")
    case = next(
        row.case_id
        for row in office.caseload.page(_mine(hecheng)).rows
        if row.hold_until is None and row.state == "PLACED"
    )
    before = office.caseload.case(case)
    office.assistance.close(case, reason="employed_stable", stamp=hecheng.stamp("caseworker"))
    hecheng.settle()
    closed = office.reader.history(case)[-1]
    event = browser.get(f"/seekers/{case}/events/{closed.version}").text
    assert f"/undo/seekers/{case}/{closed.version}" in event
    page = browser.get(f"/undo/seekers/{case}/{closed.version}").text
    for words in ("已退出", "已就业(待回访)", "重开同一案件", "写明理由并撤销"):
        assert words in page, words
    form = browser.get(f"/seekers/{case}/void_fact?version={closed.version}")
    assert send(browser, form, version=str(closed.version), reason="误点").status_code == 303
    hecheng.settle()
    after = office.caseload.case(case)
    assert before is not None
    assert after is not None
    assert after._replace(last_on=before.last_on, last_verb=before.last_verb) == before
    again = browser.get(f"/undo/seekers/{case}/{closed.version}").text
    assert "这一条已经更正或作废" in again


def test_what_cannot_be_undone_says_why_and_what_to_do(hecheng: Town) -> None:
    case = hecheng.office.caseload.page(_mine(hecheng)).rows[0].case_id
    page = hecheng.client("caseworker").get(f"/undo/seekers/{case}/1").text
    assert "这一条不能直接撤销" in page
    assert "规则 S-17" in page
    assert hecheng.client("huiya-1").get(f"/undo/seekers/{case}/1").status_code == 403


def _mine(hecheng: Town) -> Query:
    return Query(today=TODAY, officer=hecheng.places.staff["caseworker"].account)
