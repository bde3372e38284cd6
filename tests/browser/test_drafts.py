"""The module keeps what is typed without a word, and the page offers it again (F-28)."""

from tests.browser.conftest import Come
from yizhan.demo.people import Someone


def test_what_is_typed_is_kept_while_typing_and_offered_again(come: Come) -> None:
    worker = come("caseworker")
    one: Someone = worker.site.stock.fresh.pop()
    worker.open("/seekers/new/register")
    with worker.page.expect_response(lambda answer: answer.url.endswith("/drafts")) as kept:
        worker.fill(name=one.name, id_no=one.id_no)
    assert kept.value.status == 204
    again = come("caseworker")  # another browser, signed in anew
    again.open("/seekers/new/register")
    again.page.get_by_role("link", name="接着填").click()
    assert again.page.locator("main [name=name]").input_value() == one.name
    again.look()
    again.page.get_by_role("button", name="丢弃草稿").click()
    assert again.page.locator("main [name=name]").input_value() == ""


def test_a_draft_is_saved_without_javascript(come: Come) -> None:
    worker = come("caseworker", javascript=False)
    worker.open("/seekers/new/record_lead")
    worker.fill(note="住在河边")
    worker.page.get_by_role("button", name="存为草稿").click()
    assert worker.page.locator("main [name=note]").input_value() == "住在河边"
    worker.open("/drafts")
    worker.page.get_by_role("button", name="丢弃草稿").click()
    worker.look()
