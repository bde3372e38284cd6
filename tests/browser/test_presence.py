"""Two colleagues open the same case: each is told of the other, without scripts."""

from tests.browser.conftest import Come
from tests.browser.site import Site
from tests.browser.test_seeker_journey import register


def test_each_of_two_colleagues_is_told_of_the_other(come: Come, site: Site) -> None:
    one, two = come("caseworker", javascript=False), come("second", javascript=False)
    register(one, 14)
    assert one.told() == []
    case = one.path
    two.open(case)
    banner = two.page.locator(".band", has_text="同时打开本案的还有")
    assert site.stock.places.staff["caseworker"].person.name in banner.inner_text()
    one.open("/today")
    one.open(case)
    assert site.stock.places.staff["second"].person.name in one.words
