"""Two cases into one through the pages: what moves is shown first, and a wrong merge is undone."""

from tests.web import test_dispute_stories as stories
from tests.web.dispute_office import words
from tests.web.reading import Page, act_form, send


def two_cases() -> tuple[stories.Story, str]:
    """A case of three workers, and another of two of which one claims the same there."""
    story = stories.Story(stories.EMPLOYER, channel="walk_in")
    story.open(stories.wage_table([1_000, 2_000, 3_000]))
    story.do("receive_application", form="oral")
    first = story.case
    story.case = story.office.do("new", "record_intake", summary="又一拨人", **story.intake)
    table = stories.wage_table([1_000, 2_000, 3_000, 4_000]).splitlines()
    story.office.do(story.case, "state_claims_table", rows="\n".join([table[2], table[3]]))
    return story, first


def test_the_preview_says_what_moves_and_records_nothing() -> None:
    story, first = two_cases()
    page = story.office.browser().get(f"/disputes/{story.case}/merge?into={first}")
    said = words(page)
    assert "新增劳动者 1 人" in said
    assert "移入请求 1" in said
    assert "对方已有，不重复 1" in said
    assert "并入后主张 ¥10,000.00" in said
    assert len(story.office.case(first).claims) == 3


def test_a_merge_and_its_undoing_go_through_their_pages() -> None:
    story, first = two_cases()
    browser = story.office.browser()
    page = browser.get(f"/disputes/{story.case}/merge?into={first}")
    form = next(one for one in forms_of(page.text) if "into" in one and "csrf" in one)
    answer = browser.post(f"/disputes/{story.case}/merge", data=form)
    assert answer.status_code == 303
    office = story.office
    assert len(office.case(first).claims) == 4
    assert office.case(story.case).outcome == "merged"

    page = browser.get(f"/disputes/{first}/unmerge")
    assert "作废并案时带入的 2 条记录" in words(page)
    sent = send(browser, page, reason="不是同一件事")
    assert sent.status_code == 303
    assert len(office.case(first).claims) == 3
    assert office.case(story.case).standing == "INTAKE"
    assert act_form(browser.get(f"/disputes/{first}/add_note")).action


def test_a_case_that_is_not_there_cannot_be_merged_into() -> None:
    story, _ = two_cases()
    browser = story.office.browser()
    assert browser.get(f"/disputes/{story.case}/merge?into=dispute-none").status_code == 404
    assert browser.get(f"/disputes/{story.case}/merge").status_code == 200


def forms_of(text: str) -> list[dict[str, str]]:
    return [one.values for one in Page(text).forms]
