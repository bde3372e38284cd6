"""A grid worker's phone without a net: what was recorded waits, and is sent exactly once."""

from playwright.sync_api import Route, expect

from domain.seeker.facts import VisitRecorded
from tests.browser.conftest import Come
from tests.browser.site import Site
from tests.browser.visitor import Visitor

WAITS = "[data-queue]:not([hidden])"


def told(phone: Visitor, name: str) -> str:
    """Tell of somebody, and give the path of the first visit."""
    phone.open("/m/register")
    phone.page.locator("[name=name]").fill(name)
    phone.page.locator("[name=sex]").select_option("female")
    phone.page.locator("[name=note]").fill("想在家附近找活")
    phone.page.locator(".m-go.primary").click()
    phone.page.locator(".m-list a", has_text=name).click()
    phone.page.wait_for_url("**/m/visits/*")  # whole, with its module, before the net is lost
    return phone.path


def visit(phone: Visitor, note: str, found: str = "met") -> None:
    phone.page.locator(f"[name=found][value={found}]").check(force=True)
    phone.page.locator("[name=note]").fill(note)
    phone.page.locator(".m-go.primary").click()


def visits(site: Site, path: str) -> list[VisitRecorded]:
    """The visits that stand in the log."""
    case = path.rpartition("/")[2]
    facts = [recorded.event for recorded in site.office.reader.history(case)]
    return [fact for fact in facts if isinstance(fact, VisitRecorded)]


def quiet(phone: Visitor) -> None:
    """Forget what a lost net says in the console; anything else stays a trouble."""
    phone.troubles[:] = [one for one in phone.troubles if "net::ERR_" not in one]


def test_a_visit_without_a_net_waits_and_is_sent_once_with_the_net(come: Come, site: Site) -> None:
    phone = come("grid", width=390)
    path = told(phone, "麦小兰")
    phone.context.set_offline(True)
    visit(phone, "在家，孩子三岁", "family_met")
    expect(phone.page.locator(WAITS)).to_contain_text("1 条待提交")
    expect(phone.page.locator(".m-go.primary")).to_be_disabled()  # a second press sends nothing
    assert visits(site, path) == []
    phone.context.set_offline(False)
    expect(phone.page.locator(WAITS)).to_have_count(0)
    assert [one.found for one in visits(site, path)] == ["family_met"]
    phone.open("/m")
    phone.open(path)
    assert phone.page.locator("[name=note]").input_value() == ""
    assert len(visits(site, path)) == 1
    quiet(phone)


def test_an_answer_that_is_lost_does_not_make_two_visits(come: Come, site: Site) -> None:
    phone = come("grid", width=390)
    path = told(phone, "麦小竹")
    lost: list[str] = []

    def lose(route: Route) -> None:
        """Let the first POST through to the server, and its answer not back."""
        if route.request.method == "POST" and not lost:
            lost.append(route.request.url)
            route.fetch(max_redirects=0)
            route.abort("connectionreset")
        else:
            route.continue_()

    phone.context.set_offline(True)
    visit(phone, "回来了")
    expect(phone.page.locator(WAITS)).to_be_visible()
    phone.context.route(f"**{path}", lose)
    with phone.page.expect_event("requestfailed"):
        phone.context.set_offline(False)
    expect(phone.page.locator(WAITS)).to_contain_text("1 条待提交")
    assert len(lost) == 1
    assert len(visits(site, path)) == 1  # the server has it, the phone does not know
    phone.page.locator("[data-send]").click()
    expect(phone.page.locator(WAITS)).to_have_count(0)
    assert len(visits(site, path)) == 1
    quiet(phone)


def test_a_session_that_ended_meanwhile_loses_nothing(come: Come, site: Site) -> None:
    phone = come("grid", width=390)
    path = told(phone, "麦小菊")
    phone.context.set_offline(True)
    visit(phone, "第一次见面")
    phone.context.clear_cookies()
    phone.context.set_offline(False)
    with phone.page.expect_response(f"**{path}"):
        phone.page.locator("[data-send]").click()
    expect(phone.page.locator(WAITS)).to_contain_text("1 条待提交")
    phone.sign_in("grid")
    phone.page.goto("/m")
    expect(phone.page.locator(WAITS)).to_have_count(0)
    assert len(visits(site, path)) == 1
    quiet(phone)


def test_what_the_server_refuses_is_said_and_comes_back_to_its_form(come: Come, site: Site) -> None:
    phone = come("grid", width=390)
    path = told(phone, "麦小梅")
    phone.context.set_offline(True)
    phone.page.locator("[name=occurred_on]").fill("2027-01-01")
    visit(phone, "日期写错了")
    phone.context.set_offline(False)
    expect(phone.page.locator(WAITS)).to_contain_text("1 条没有通过")
    with phone.page.expect_navigation():
        phone.page.locator("[data-queue] a").click()
    assert phone.path == path
    assert phone.page.locator("[name=note]").input_value() == "日期写错了"
    phone.page.locator("[name=occurred_on]").fill("2026-04-16")
    phone.page.locator(".m-go.primary").click()
    phone.page.wait_for_url("**/m?done=visit")
    expect(phone.page.locator(WAITS)).to_have_count(0)
    assert len(visits(site, path)) == 1
    quiet(phone)
