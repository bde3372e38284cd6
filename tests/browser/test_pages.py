"""Every page a role can reach: in both languages, wide and narrow, dark, 关怀版, on paper."""

import re
from collections.abc import Iterator

import pytest

from application.database.embedded import EmbeddedServer
from tests.browser.conftest import Come
from tests.browser.site import Site, running
from tests.browser.visitor import Visitor
from yizhan.demo.places import HOURS

CHINESE = re.compile(r"[\u4e00-\u9fff]")
ROLES = ("caseworker", "mediator", "manager", "auditor", "admin", "grid")
PHONE = 390
FIRST = ("caseworker", "mediator")
# What the demo's script types into stations and posts.
# What the columns of a table of seekers are called in the file itself, whoever reads the page.
COLUMNS = ("姓名", "性别", "身份证号", "电话", "住址", "户籍", "现状", "来源", "登记日期")
TYPED = (
    "演示地址",
    "餐饮",
    "家政",
    "制衣",
    "灯饰",
    "物流",
    "岗位工作",
    "身体健康",
    "工作认真",
    "灯串",
    "逐串点亮检验",
)
# Texts and names of the page outside what is marked as Chinese (statutes, the other language).
SEEN = """() => {
  const found = [], skip = 'script,style,[lang=zh-CN]:not(html),pre';
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode())
    if (!walk.currentNode.parentElement.closest(skip)) found.push(walk.currentNode.data);
  for (const e of document.querySelectorAll('[aria-label],[title],[placeholder]'))
    if (!e.closest(skip))
      found.push(...['aria-label', 'title', 'placeholder'].map(a => e.getAttribute(a) || ''));
  return [document.title, ...found];
}"""


@pytest.fixture(scope="module")
def site(server: EmbeddedServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site of their own: what other tests type would be Chinese nobody here knows of."""
    with running(server, tmp_path_factory.mktemp("pages-site")) as found:
        yield found


def own_pages(visitor: Visitor) -> list[str]:
    """The menu of a role and a page of each kind behind it."""
    menu = listed(visitor, "nav.m-bar a")  # the phone of a grid worker has a bar of its own
    if menu:
        visitor.open("/cases")
    menu = list(dict.fromkeys([*menu, *listed(visitor, "nav.side a")]))
    more = ["/statistics/disputes?period=all"] if "/statistics" in menu else []
    return [*menu, *more, "/account", *behind(visitor, menu)]


def listed(visitor: Visitor, links: str) -> list[str]:
    """Give the addresses of a menu."""
    return [str(link.get_attribute("href")) for link in visitor.page.locator(links).all()]


def behind(visitor: Visitor, menu: list[str]) -> Iterator[str]:
    """The first page behind each list, and behind a figure."""
    for path, first in (
        ("/cases?whose=team", "a.no"),
        ("/staff", "main table a"),
        ("/stations", "main table a"),
        ("/statistics", "main table a"),
        ("/employers", "main table a"),
        ("/vacancies", "main table a"),
        ("/classes", "main table a"),
        ("/workshop", "main table a"),
    ):
        if path.split("?")[0] not in menu and path != "/stations":
            continue
        visitor.page.goto(path)
        if (found := visitor.page.locator(first)).count():
            yield str(found.first.get_attribute("href"))


def our_chinese(visitor: Visitor) -> list[str]:
    """Chinese on the page that is neither a name nor typed by somebody."""
    stock = visitor.site.stock
    people = [one.name for one in stock.roster.people]
    data = [one.name for one in stock.roster.firms] + people
    data += [entry.name for entry in visitor.site.office.entries.of_kind("station", limit=500)]
    data += [name for one in ("vacancy", "training") for name in _named(visitor, one)]
    data += [HOURS, "鹤城镇就业驿站", "鹤劳调", "号", "中文", *TYPED, *COLUMNS]
    masked = re.compile("[" + "".join({name[0] for name in people}) + r"]\*+")
    found = []
    for text in visitor.page.evaluate(SEEN):
        for name in sorted(data, key=len, reverse=True):
            text = text.replace(name, "")  # noqa: PLW2901 - what is left of it
        if CHINESE.search(left := masked.sub("", text)):
            found.append(left.strip())
    return found


def _named(visitor: Visitor, kind: str) -> list[str]:
    return [entry.name for entry in visitor.site.office.entries.of_kind(kind, limit=500)]


@pytest.mark.parametrize("role", ROLES)
def test_every_page_of_a_role_is_well_made_in_both_languages(come: Come, role: str) -> None:
    visitor = come(role)
    pages = own_pages(visitor)
    for path in pages:
        visitor.open(path)
    visitor.page.get_by_role("button", name="English").click()
    assert visitor.page.url.endswith(pages[-1])
    wrong = {}
    for path in pages:
        visitor.open(path)
        assert visitor.page.locator("html").get_attribute("lang") == "en"
        if found := our_chinese(visitor):
            wrong[path] = found
    assert wrong == {}, wrong


# The pages of the others are among these; a whole walk of everybody is for the long suite.
@pytest.mark.parametrize(
    "role", [pytest.param(one, marks=() if one in FIRST else pytest.mark.long) for one in ROLES]
)
def test_no_page_is_wider_than_a_phone(come: Come, role: str) -> None:
    visitor = come(role)
    pages = own_pages(visitor)
    visitor.page.set_viewport_size({"width": PHONE, "height": 844})
    for path in pages:
        visitor.open(path)


def test_dark_and_care_and_paper_change_what_is_drawn(come: Come) -> None:
    visitor = come("caseworker")
    page, body = visitor.page, visitor.page.locator("body")
    paint = "e => getComputedStyle(e).backgroundColor"
    light = body.evaluate(paint)
    page.emulate_media(color_scheme="dark")
    visitor.open("/cases")
    assert body.evaluate(paint) != light
    page.emulate_media(color_scheme="light", media="print")
    assert not page.locator("nav.side").is_visible()
    assert not page.locator("header.top").is_visible()
    assert page.get_by_role("heading", level=1).is_visible()
    page.emulate_media(media="screen")
    size = "e => parseFloat(getComputedStyle(e).fontSize)"
    before = page.locator("html").evaluate(size)
    page.get_by_role("button", name="关怀版").click()
    # The form leads back to the same address: wait for the page that comes, not for the one left.
    page.locator("html.care").wait_for(state="attached")
    page.wait_for_load_state()
    assert visitor.path == "/cases"
    assert page.locator("html").evaluate(size) >= 1.2 * before
    visitor.look()


@pytest.mark.parametrize("javascript", [True, False])
def test_the_keyboard_alone_signs_in_and_begins_an_act(come: Come, javascript: bool) -> None:
    visitor = come(javascript=javascript)
    page = visitor.page
    visitor.open("/login")
    name = visitor.site.stock.places.staff["mediator"].person.name
    _tab_to(visitor, name)
    page.keyboard.press("Enter")
    page.wait_for_url("**/today")
    _tab_to(visitor, "登记争议来访")
    page.keyboard.press("Enter")
    page.wait_for_url("**/disputes/new/counter")
    _tab_to(visitor, "只记来访")
    page.keyboard.press("Enter")
    page.wait_for_url("**/disputes/new/record_intake")
    _tab_to(visitor, "", "select[name=channel]")
    page.keyboard.press("ArrowDown")
    _tab_to(visitor, "", "textarea[name=summary]")
    page.keyboard.type("键盘登记")
    _tab_to(visitor, "提交")
    page.keyboard.press("Enter")
    page.wait_for_url("**/disputes/dispute-*")
    assert "来访" in visitor.words


def _tab_to(visitor: Visitor, name: str, selector: str = "*", most: int = 120) -> None:
    """Press Tab until the wanted control has the focus."""
    for _ in range(most):
        visitor.page.keyboard.press("Tab")
        focused = visitor.page.locator(f":focus:is({selector})")
        if focused.count() and name in focused.inner_text():
            return
    raise AssertionError(f"the keyboard does not reach {name or selector}")


def test_pages_that_say_no_are_pages(come: Come) -> None:
    visitor = come("caseworker")
    visitor.open("/nothing-here", status=404)
    visitor.open("/imports", status=403)
    nobody = come()
    nobody.page.goto("/cases")
    assert nobody.path == "/login"
    nobody.look()
