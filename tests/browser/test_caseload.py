"""Home, a batch and a handover at the counter, with and without scripts (F-19, F-24, F-79)."""

import pytest

from tests.browser.conftest import Come
from tests.browser.site import Site
from tests.caseload.town import crowd


@pytest.mark.parametrize("javascript", [True, False])
def test_from_home_to_a_batch_and_its_result(come: Come, site: Site, javascript: bool) -> None:
    crowd(site.wired, "caseworker", 3, batch=f"browser-batch-{javascript}")
    visitor = come("caseworker", javascript=javascript)
    visitor.open("/")
    assert visitor.path == "/today"
    assert "今天要办" in visitor.words
    visitor.open("/cases")
    boxes = visitor.page.locator(".pick input")
    boxes.nth(0).check()
    boxes.nth(1).check()
    bar = visitor.page.locator(".batchbar .count")
    counted = bar.evaluate("e => getComputedStyle(e, '::after').content")
    assert "picked" in counted or "2" in counted
    visitor.page.get_by_role("button", name="登记联系").last.click()
    visitor.page.wait_for_load_state()
    visitor.look()
    assert "选了 2 件" in visitor.words
    visitor.fill(channel="phone", result="reached")
    visitor.submit()
    visitor.look()
    assert "办成 2 件，共 2 件" in visitor.words


def test_a_handover_is_seen_confirmed_and_taken_back(come: Come, site: Site) -> None:
    crowd(site.wired, "market-2", 3, batch="browser-handover")
    visitor = come("manager")
    visitor.open(f"/handovers/new/{site.stock.places.staff['market-2'].account}")
    visitor.page.get_by_label(site.stock.places.staff["caseworker"].person.name).first.check()
    visitor.fill(reason="调岗")
    visitor.submit()
    visitor.look()
    assert "将移交 3 件" in visitor.words
    visitor.submit()
    visitor.look()
    assert "移交报告" in visitor.words
    visitor.fill(reason="调岗取消")
    visitor.submit()
    visitor.look()
    assert "已撤销" in visitor.words
    for page in ("/handovers", "/workload", "/workload/missing", "/filters", "/absences"):
        visitor.open(page)
    visitor.open("/duplicates")
