"""One small claim at the counter in a browser: how much is typed, one case of several channels."""

from domain.dispute import DisputeCase
from tests.browser.conftest import Come
from tests.browser.site import Site

# A practised clerk types about four characters a second and takes a second from field to field.
TYPING, MOVING, MOST_SECONDS, MOST_FIELDS = 4.0, 1.0, 120.0, 8


def test_one_small_claim_takes_few_fields_and_well_under_two_minutes(
    come: Come, site: Site
) -> None:
    worker, firm = site.stock.fresh.pop(), site.stock.firm
    desk = come("mediator")
    desk.open("/cases")
    desk.page.locator("a[href='/disputes/new/counter']").click()
    desk.look()
    typed = {
        "name": worker.name,
        "id_no": worker.id_no,
        "firm": firm.name,
        "from_on": "2026-02",
        "to_on": "2026-03",
        "amount": "8400",
        "summary": "二月三月工资未发",
    }
    desk.fill(**typed)
    desk.submit()
    if desk.page.locator("#twins").count():
        desk.page.locator("[name='decided'][value='new']").check()
        desk.submit()
    assert "已收件" in desk.words
    assert "8,400.00" in desk.words
    assert len(typed) <= MOST_FIELDS
    clicks = 4
    seconds = sum(map(len, typed.values())) / TYPING + (len(typed) + clicks) * MOVING
    assert seconds < MOST_SECONDS / 2
    case = desk.path.removeprefix("/disputes/")
    desk.open(f"/employers/{firm.id}")
    assert "8,400.00" in desk.words
    desk.open("/employers?state=watch")
    desk.open(f"/employers?text={firm.credit_code}")
    assert firm.name in desk.words

    desk.open("/disputes/new/counter")
    desk.fill(**typed | {"channel": "phone_12345", "outer_no": "GD-7", "summary": "热线转来"})
    desk.submit()
    assert "不能另立" in desk.words
    desk.look()
    desk.submit()
    assert desk.path == f"/disputes/{case}"
    state = site.office.store.load(DisputeCase, case)
    assert [one.channel for one in state.intakes.values()] == ["walk_in", "phone_12345"]
    assert len(state.claims) == 1


def test_the_counter_says_which_body_is_right_and_why(come: Come, site: Site) -> None:
    worker = site.stock.fresh.pop()
    desk = come("mediator", javascript=False)
    desk.open("/disputes/new/counter")
    desk.fill(
        name=worker.name, id_no=worker.id_no, from_on="2026-03", to_on="2026-03",
        amount="1200", summary="家里请的保姆", relation="domestic",
    )  # fmt: skip
    desk.submit()
    assert "人民调解" in desk.words
    assert "法释〔2020〕26号" in desk.words
    desk.look()
    desk.submit()
    assert "已结案" in desk.words
