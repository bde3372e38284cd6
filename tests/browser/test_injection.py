"""Hostile names, notes and file names go through real pages and stay text (T9): nothing runs."""

import re
from pathlib import Path

from tests.browser.conftest import Come
from tests.browser.visitor import Visitor

# Markup, handlers, other schemes, templates of several engines, ends of attributes and comments.
CORPUS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(2)>',
    "'><svg onload=alert(3)>",
    "</textarea><script>alert(4)</script>",
    "</title></head><body onload=alert(5)>",
    "javascript:alert(6)",
    "{{ 7*191 }}{% include 'shell.html' %}",
    "${7*191} #{7*191} <%= 7*191 %> {{constructor.constructor('alert(8)')()}}",
    "<iframe srcdoc='<script>parent.alert(9)</script>'>",
    "<a href=javascript:alert(10)>x</a>",
    "--><!--<style>*{display:none}</style>",
    "<math><mtext></mtext><mglyph><style></math><img src onerror=alert(12)>",
    "\u202e\ufeff<b onmouseover=alert(13)>x</b>",
    "&lt;script&gt;alert(14)&lt;/script&gt;",
)
ALL = " ".join(CORPUS)
SHORT = " ".join(CORPUS[:6])
COMPUTED = str(7 * 191)
MADE = "[onerror],[onload],[onmouseover],iframe,math,img[src=x],script:not([src])"
LED = "a[href^='javascript:' i],form[action^='javascript:' i]"
TYPED = "all => all.map(e => e.value).join(' ')"


def unharmed(visitor: Visitor, *, shown: bool = True) -> None:
    """The page holds the words as words: no element, no attribute and no sum came of them."""
    page = visitor.page
    page.wait_for_load_state()
    assert page.locator(MADE).count() == 0
    assert page.locator(LED).count() == 0
    source = page.content()
    assert COMPUTED not in source
    assert "<script>alert" not in source
    if shown:
        typed = page.locator("main textarea, main input").evaluate_all(TYPED)
        assert "alert(1)" in visitor.words + typed


def test_hostile_words_stay_words_on_every_page_of_a_seeker(come: Come) -> None:
    worker = come("caseworker")
    one = worker.site.stock.fresh.pop()
    worker.open("/seekers/new/register")
    worker.fill(id_no=f"{one.id_no[:17]}?", name=CORPUS[0] + CORPUS[6], sex=one.sex, address=SHORT)
    worker.submit()
    unharmed(worker)  # refused: everything typed came back
    worker.fill(id_no=one.id_no)
    worker.submit()
    case = worker.path
    assert re.match(r"/seekers/seeker-", case), worker.told()
    unharmed(worker)
    worker.do(case, "add_note", note=ALL)
    unharmed(worker)
    worker.open(f"{case}?print=1")
    unharmed(worker)
    for path in (f"{case}/events/1", "/cases"):
        worker.page.goto(path)
        unharmed(worker, shown=False)
    worker.page.locator("header input[name=text]").fill("<script>alert(1)</script>")
    worker.page.keyboard.press("Enter")
    worker.page.wait_for_url("**/search/*")
    unharmed(worker, shown=False)


def test_hostile_summaries_and_employers_stay_words(come: Come) -> None:
    mediator = come("mediator")
    mediator.open("/disputes/new/record_intake")
    mediator.fill(channel="walk_in", summary=ALL)
    mediator.submit()
    assert "/disputes/dispute-" in mediator.page.url
    unharmed(mediator)
    mediator.open("/employers/new/register")
    mediator.fill(kind="individual", name=SHORT, district="440784")
    mediator.submit()
    unharmed(mediator)
    for path in ("/employers", "/vacancies"):
        mediator.page.goto(path)
        unharmed(mediator, shown=False)


def test_a_hostile_file_and_a_hostile_address_stay_words(come: Come, tmp_path: Path) -> None:
    manager = come("manager")
    hostile = tmp_path / "<img src=x onerror=alert(1)>.csv"
    hostile.write_text(f"{CORPUS[0]},{CORPUS[1]}\n{CORPUS[2]},=cmd|' C calc'!A0\n", "utf-8")
    manager.open("/imports")
    manager.fill(file=str(hostile), profile="zhongshan")
    with manager.page.expect_navigation():
        manager.page.locator("main form button").last.click()
    # The page reloads by itself when the work is done; until then its content may go at any moment.
    manager.page.locator("[data-stream]").wait_for(state="detached")
    manager.page.wait_for_load_state()
    unharmed(manager, shown=False)
    manager.open("/imports")
    unharmed(manager, shown=False)
    for tail in ("?text=%3Cscript%3Ealert(1)", "?as_of=%22%3E%3Csvg%20onload=alert(1)"):
        for path in ("/employers", "/cases", "/statistics", "/jobs", "/vacancies"):
            manager.page.goto(path + tail)
            unharmed(manager, shown=False)


def test_a_hostile_way_back_leads_home(come: Come) -> None:
    visitor = come()
    for way in (
        "javascript:alert(1)",
        "//evil.example/",
        "/\\evil.example",
        "https://evil.example",
    ):
        visitor.page.goto(f"/login?next={way}")
        unharmed(visitor, shown=False)
        assert visitor.page.locator("main input[name=back]").first.get_attribute("value") == "/"
