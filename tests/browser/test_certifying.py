"""A caseworker asks a register by one button, in Chinese; a colleague decides and cites it."""

from datetime import date

from tests.browser.conftest import Come
from tests.browser.site import Site
from tests.browser.visitor import FIRST, Visitor
from yizhan.demo.registers import LINES, NAME


def known(site: Site, turn: int) -> int:
    """Give the number of somebody kept ready whom the register knows by this turn."""
    people = site.stock.roster.people
    return next(
        number
        for number, one in reversed(list(enumerate(site.stock.fresh)))
        if people.index(one) % (len(LINES) + 1) == turn and one.birth > date(1977, 1, 1)
    )


def applied(desk: Visitor, site: Site, number: int) -> str:
    """Register somebody and lead the application to the end of its notice."""
    someone = site.stock.fresh[number]
    desk.open("/seekers/new/register")
    desk.fill(
        occurred_on="2026-04-07", name=someone.name, sex=someone.sex, id_no=someone.id_no,
        phone=someone.phone, address=someone.address, trades=["lamps"],
    )  # fmt: skip
    desk.submit()
    assert desk.told() == []
    case = desk.path
    desk.do(case, "apply_for_hardship", category="H03", proofs="本人承诺", occurred_on="2026-04-07")
    desk.do(
        case, "post_hardship_notice", hardship=FIRST, notice_from="2026-04-07",
        notice_to="2026-04-14", occurred_on="2026-04-07",
    )  # fmt: skip
    return case


def test_one_button_on_the_sheet_asks_the_register(come: Come, site: Site) -> None:
    case = applied(come("caseworker"), site, known(site, 0))
    desk = come("second", javascript=False)
    desk.open(f"{case}/recognise_hardship")
    assert "还没有向登记库核验过。" in desk.words
    assert NAME in desk.words
    desk.page.get_by_role("button", name="向登记库核验").click()
    assert desk.path == f"{case}/recognise_hardship"
    desk.look()
    assert "符合" in desk.page.locator("table.list").inner_text()
    desk.fill(hardship=FIRST)
    desk.submit()
    assert desk.told() == []
    desk.open(f"{case}/hardships/1/register")
    assert "YS-" in desk.words or "限制查看" in desk.words


def test_a_decision_before_the_register_is_due_and_a_human_upholds_it(
    come: Come, site: Site
) -> None:
    case = applied(come("caseworker"), site, known(site, 1))
    second = come("second")
    second.do(case, "recognise_hardship", hardship=FIRST)
    assert "等登记库核验认定" in second.words
    second.open(f"{case}/hardships/1/register")
    assert "核验期限至2026-07-17" in second.words
    second.page.get_by_role("button", name="向登记库核验").click()
    second.look()
    assert "登记库答复不符合，等待有权决定的人判断" in second.words
    second.open("/today")
    assert "判断未经登记库核实的认定" in second.words
    second.do(case, "uphold_hardship", hardship=FIRST, reason="看过民政局当日证明")
    assert "维持认定" in second.words
