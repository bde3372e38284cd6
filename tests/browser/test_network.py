"""The wall and the terminal as they are met: sizes, the pad, going home, nothing left behind."""

import pytest
from playwright.sync_api import Error

from tests.browser.conftest import Come
from tests.browser.visitor import Visitor
from yizhan.demo.places import HECHENG

SMALL = """() => [...document.querySelectorAll('.kiosk a, .kiosk button, .kiosk .k-chip')]
  .filter(e => e.offsetParent && !e.classList.contains('brand'))
  .map(e => [e.innerText.trim(), e.getBoundingClientRect()])
  .filter(([, box]) => box.width < 60 || box.height < 60).map(([words]) => words)"""
TEXTS = """() => [...document.querySelectorAll('.kiosk *')]
  .filter(e => e.offsetParent && [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
  .filter(e => !e.closest('.vh') && parseFloat(getComputedStyle(e).fontSize) < 28)
  .map(e => e.innerText)"""
OUTSIDE = """() => [...document.querySelectorAll('.led *')].filter(e => e.offsetParent)
  .map(e => [e.innerText, e.getBoundingClientRect()])
  .filter(([, b]) => b.right > innerWidth + 1 || b.bottom > innerHeight + 1).map(([t]) => t)"""


def device(visitor: Visitor, kind: str) -> str:
    """Admit a device by the page of the manager; give its address."""
    visitor.open("/devices")
    visitor.page.locator("summary").first.click()
    form = visitor.page.locator("form[action='/devices']")
    form.locator("[name=kind]").select_option(kind)
    form.locator("[name=station]").select_option(HECHENG)
    form.locator("[name=name]").fill("试用")
    form.locator("button.primary").click()
    return visitor.page.locator(".address code").inner_text()


def test_a_terminal_is_big_fills_a_number_by_its_pad_and_goes_home_by_itself(come: Come) -> None:
    manager, visitor = come("manager"), come("", width=1080)
    page = visitor.page
    page.set_viewport_size({"width": 1080, "height": 1920})
    page.clock.install()
    page.goto(device(manager, "terminal"))
    assert visitor.path == "/kiosk"
    for path in ("/kiosk", "/kiosk/job", "/kiosk/posts", "/kiosk/wages", "/kiosk/ticket"):
        visitor.page.goto(path)
        assert page.evaluate(SMALL) == []
        assert page.evaluate(TEXTS) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.goto("/kiosk/training")
    page.locator(".k-chip").first.click()
    page.locator("[data-next]").click()
    page.locator(".k-field").fill("欧阳静")
    page.locator("[data-next]").click()
    for key in "1380013":
        page.locator(f"[data-key='{key}']").click()
    assert page.locator(".k-field").input_value() == "138 0013"
    assert "4" in page.locator("[data-missing]").inner_text()
    assert page.locator("[data-next]").get_attribute("aria-disabled") == "true"
    page.locator("[data-back]").click()
    assert page.locator(".k-field").input_value() == "138 001"
    page.clock.run_for(46_000)
    assert page.locator("[data-still]").is_visible()
    page.locator("[data-stay]").click()
    assert not page.locator("[data-still]").is_visible()
    page.clock.run_for(59_000)
    with page.expect_navigation(url="**/kiosk"):
        page.clock.run_for(1_500)
    with pytest.raises(Error, match="ERR_CACHE_MISS"):  # the browser has kept no answered question
        page.go_back()
    page.wait_for_url("chrome-error://**")
    assert "欧阳静" not in page.content()


def test_the_wall_turns_its_pages_and_fits_upright_and_lying(come: Come) -> None:
    manager, visitor = come("manager"), come("")
    page, address = visitor.page, device(manager, "screen")
    for width, height in ((1920, 1080), (1080, 1920), (3840, 1080)):
        page.set_viewport_size({"width": width, "height": height})
        for language in ("zh-CN", "en"):
            page.goto(f"{address}&lang={language}")
            assert page.evaluate(OUTSIDE) == [], (width, language)
    page.clock.install()
    page.goto(address)
    sheets = page.locator("[data-sheet]")
    shown = [n for n in range(sheets.count()) if sheets.nth(n).is_visible()]
    assert shown == [0]
    page.clock.run_for(8_500)
    after = [n for n in range(sheets.count()) if sheets.nth(n).is_visible()]
    assert after == [1 % sheets.count()]
