"""Telling a seeker something, with and without scripts: preview, queue, and what is known of it."""

import pytest

from domain.seeker import SeekerCase
from tests.browser.conftest import Come
from tests.browser.site import Site


def seeker_of(site: Site) -> str:
    """Give a case whose person has a phone on file."""
    service, store = site.office.messaging.messages, site.office.store
    rows = site.office.installation.pools.reader
    with rows.connection() as conn:
        found = conn.execute(
            "SELECT DISTINCT originator_id FROM log.events WHERE originator_id LIKE 'seeker-%'"
        ).fetchall()
    for (case,) in sorted(found):
        state = store.load(SeekerCase, case)
        if state.person and state.case_no and service.reach(state.person).phone:
            return str(case)
    raise LookupError


@pytest.mark.parametrize("javascript", [True, False])
def test_a_seeker_is_told_and_the_page_says_exactly_what_is_known(
    come: Come, site: Site, javascript: bool
) -> None:
    place = f"/seekers/{seeker_of(site)}"
    visitor = come("manager", javascript=javascript)
    visitor.open(place)
    visitor.page.get_by_role("link", name="发消息").first.click()
    visitor.page.get_by_role("link", name="其他通知").click()
    visitor.look()
    visitor.fill(text="请带身份证来站一趟。")
    visitor.page.get_by_role("button", name="预览").click()
    visitor.page.wait_for_load_state()
    visitor.look()
    assert "请带身份证来站一趟。" in visitor.words
    assert "只做演练，不会真的发出" in visitor.words
    visitor.page.get_by_role("button", name="放入待发").click()
    visitor.page.wait_for_load_state()
    visitor.look()
    assert visitor.path == f"{place}/messages"
    assert "待发" in visitor.words
    site.office.messaging.sender.look()
    site.wired.settle()
    visitor.open(f"{place}/messages")
    assert "演练：未实际发送" in visitor.words
    assert "已发送" not in visitor.words
    visitor.page.get_by_role("link", name="其他通知").first.click()
    visitor.look()
    assert "演练：只写入记录，没有发送" in visitor.words
    for page in ("/outbox", "/outbox?state=dry&channel=sms", "/wordings"):
        visitor.open(page)
        visitor.look()
