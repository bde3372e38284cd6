"""An auditor looks back and down to events; a manager imports a register and sees its figures."""

from pathlib import Path

import pytest

from tests.browser.conftest import Come
from tests.browser.site import Site
from tests.browser.visitor import Visitor
from tests.yizhan.shell import virginia_rows, write_register

SHARED = Path(__file__).parents[3] / "shared" / "data"
REGISTER = SHARED / "virginia_wage_claims_2014_2018.csv"
YEAR = "period=custom&from=2016-01-01&to=2016-12-31"


@pytest.mark.parametrize("javascript", [True, False])
def test_an_auditor_reads_a_case_as_it_was_and_may_do_nothing(come: Come, javascript: bool) -> None:
    visitor = come("auditor", javascript=javascript)
    case = through_a_figure(visitor)
    visitor.open(case)
    assert "黄彩莲" not in visitor.words
    assert "黄**" in visitor.words
    assert visitor.page.locator(f"a[href^='{case}/'][data-key='next'], main form").count() == 0
    visitor.open(f"{case}?at=3")
    banner = visitor.page.locator(".past")
    assert "历史状态" in banner.inner_text()
    assert banner.evaluate("e => getComputedStyle(e).backgroundColor") != "rgba(0, 0, 0, 0)"
    banner.get_by_role("link", name="下一条").click()
    assert visitor.page.url.endswith("at=4")
    visitor.open(f"{case}?as_of=2025-07-15")
    assert "2025-07-15" in visitor.words
    assert "已结案" not in visitor.page.locator(".ident").inner_text()
    visitor.page.locator(".past").get_by_role("link", name="回到当前").click()
    assert "已结案" in visitor.page.locator(".ident").inner_text()


def through_a_figure(visitor: Visitor) -> str:
    """Open the money recovered in 2025, its facts, and the case behind the only one."""
    visitor.open("/statistics/paid?period=custom&from=2025-01-01&to=2025-12-31")
    assert "¥1,243.20" in visitor.words
    found = visitor.page.locator("main table td a[href^='/disputes/']").first
    return str(found.get_attribute("href"))


def test_a_figure_opens_its_facts_and_a_fact_its_event(come: Come) -> None:
    visitor = come("auditor")
    visitor.open("/statistics?period=custom&from=2025-01-01&to=2025-12-31")
    visitor.page.locator("main table").get_by_role("link", name="追回金额", exact=True).click()
    visitor.look()
    assert "由这些事实组成" in visitor.words
    visitor.page.locator("main table a[href*='/events/']").first.click()
    visitor.look()
    assert "SHA-256" in visitor.words
    assert "dispute." in visitor.words


def imported(visitor: Visitor, file: Path, minutes: float = 1, *, many: bool = False) -> None:
    """Upload, check and take a register from the page; many rows are to be meant (F-45)."""
    visitor.open("/imports")
    visitor.fill(profile="virginia", file=file)
    visitor.submit()
    arrives(visitor, "form[action$='/take']", minutes)
    assert "还没有写入任何数据" in visitor.words
    if many:
        visitor.page.locator("[name=meant]").check()
    visitor.submit()
    arrives(visitor, "a[href^='/statistics']", minutes)


def arrives(visitor: Visitor, selector: str, minutes: float) -> None:
    """Wait until a job has come so far; the page reloads itself, with scripts and without."""
    visitor.page.locator(f"main {selector}").first.wait_for(timeout=minutes * 60_000)
    visitor.look()


@pytest.mark.parametrize("javascript", [True, False])
def test_a_manager_imports_a_small_register_and_sees_its_figures(
    come: Come, tmp_path: Path, javascript: bool
) -> None:
    rows = virginia_rows(20)
    for row in rows:  # each run brings claims of its own
        row["CLAIM NO"] += "S" if javascript else "N"
    visitor = come("manager", javascript=javascript)
    before = accepted(visitor)
    imported(visitor, write_register(tmp_path / "claims.csv", rows))
    assert "已导入 20 件" in visitor.words
    assert accepted(visitor) == before + 20
    visitor.open("/jobs")
    assert "claims.csv" in visitor.words


def test_a_wrong_row_is_put_right_where_it_stands(come: Come, tmp_path: Path) -> None:
    rows = virginia_rows(3)
    for row in rows:
        row["CLAIM NO"] += "W"
    rows[1]["CLAIM RECEIVED"] = "soon"
    visitor = come("manager", javascript=False)
    visitor.open("/imports")
    visitor.fill(profile="virginia", file=write_register(tmp_path / "wrong.csv", rows))
    visitor.submit()
    arrives(visitor, "form[action$='/take']", 2)
    visitor.page.get_by_role("link", name="改这一行").click()
    visitor.look()
    visitor.page.get_by_label("CLAIM RECEIVED", exact=True).fill(rows[0]["CLAIM RECEIVED"])
    visitor.submit()
    arrives(visitor, "form[action$='/take']", 2)
    assert "在页面上改过 1 行" in visitor.words
    assert "3 件里，3 件可以导入" in visitor.words


def test_a_table_of_seekers_is_registered_and_the_batch_undone(
    come: Come, site: Site, tmp_path: Path
) -> None:
    file = tmp_path / "seekers.csv"
    rows = ["姓名,性别,身份证号,登记日期"] + [
        f"{one.name},{'女' if one.sex == 'female' else '男'},{one.id_no},2026-04-15"
        for one in site.stock.fresh[11:13]
    ]
    file.write_text("\n".join(rows), "utf-8")
    visitor = come("manager", javascript=False)
    visitor.open("/imports")
    visitor.fill(profile="seekers", file=file)
    visitor.submit()
    arrives(visitor, "form[action$='/take']", 2)
    assert "2 件里，2 件可以导入" in visitor.words
    visitor.submit()
    arrives(visitor, "a[href$='/undo']", 2)
    batch = visitor.path
    visitor.open(f"{batch}/undo")
    visitor.submit()
    arrives(visitor, ".band.ok", 2)
    visitor.open(f"{batch}/undo")
    assert "这一批没有可以撤销的案件。" in visitor.words


def accepted(visitor: Visitor) -> int:
    """Read the number of accepted cases of the year from the page of figures."""
    visitor.open(f"/statistics?{YEAR}")
    row = visitor.page.locator("main tr", has_text="disputes_accepted")
    return int(row.locator("td.num").first.inner_text().split()[0].replace(",", ""))


def test_a_manager_sees_the_cases_of_the_team_and_their_figures(come: Come) -> None:
    visitor = come("manager")
    visitor.open("/cases?whose=team")
    lines = visitor.page.locator("tr[data-row]")
    assert lines.count() > 0
    overdue = visitor.page.locator(".figs a").first
    number = int(overdue.locator(".v").evaluate("e => parseInt(e.firstChild.data)"))
    overdue.click()
    assert lines.count() == number


@pytest.mark.long
@pytest.mark.skipif(not REGISTER.is_file(), reason="the Virginia register is not at hand")
def test_a_manager_imports_the_virginia_register(come: Come) -> None:
    visitor = come("manager")
    imported(visitor, REGISTER, minutes=5, many=True)
    assert "已导入" in visitor.words
