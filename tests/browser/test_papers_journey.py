"""A paper issued at the counter, a code handed out, the progress page on a phone, verification."""

import re

import pytest

from tests.browser.conftest import Come
from tests.browser.visitor import Visitor

PHONE = 390


def first_case(visitor: Visitor, kind: str) -> str:
    """The first case of a kind that the office knows."""
    page = visitor.site.office.reader.read(0, 10_000)
    return next(f"/{kind}s/{one.stream}" for one in page if one.stream.startswith(f"{kind}-"))


@pytest.mark.parametrize(
    ("role", "kind", "paper", "javascript"),
    [
        ("manager", "dispute", "summary", False),
        pytest.param("manager", "seeker", "registration", True, marks=pytest.mark.long),
    ],
)
def test_a_paper_and_a_code_reach_their_person(
    come: Come, role: str, kind: str, paper: str, javascript: bool
) -> None:
    desk = come(role, javascript=javascript)
    case = first_case(desk, kind)
    desk.open(case)
    desk.page.locator(f"a[href='{case}/papers']").first.click()
    assert desk.path == f"{case}/papers"
    desk.look()
    desk.open(f"{case}/papers/new/{paper}")
    assert desk.page.locator(".sheets img").count() >= 1
    desk.submit()
    assert desk.path == f"{case}/papers"
    desk.look()
    code = desk.page.locator("table.papers code").first.inner_text()
    file = desk.page.locator("table.papers a").first.get_attribute("href")
    pdf = desk.context.request.get(f"{desk.site.address}{file}").body()
    assert pdf.startswith(b"%PDF-1.7")
    desk.open(f"{case}/codes")
    boxes = desk.page.locator("input[name=persons]")
    for box in boxes.all()[1:]:
        box.uncheck()
    boxes.first.check()
    desk.page.locator("main button.primary").click()
    desk.look()
    number = desk.page.locator(".slip .caseno").inner_text()
    access = desk.page.locator(".slip .code").inner_text()
    assert re.fullmatch("[2-9A-Z]{4}-[2-9A-Z]{4}", access)

    worker = come(javascript=javascript, width=PHONE)
    worker.open("/progress")
    worker.fill(number=number, code="2222-2222")
    worker.page.locator("button.p-btn").click()
    assert "编号或查询码不正确" in worker.words
    worker.look()
    worker.fill(number=number, code=access)
    worker.page.locator("button.p-btn").click()
    assert worker.path == "/progress/case"
    worker.look()
    assert "下一步" in worker.words
    assert "谁看过我的档案" in worker.words
    worker.page.get_by_role("button", name="English").click()
    worker.look()
    assert "Who looked at my file" in worker.words
    worker.page.get_by_role("button", name="Sign out").click()
    assert worker.path == "/progress"

    stranger = come(javascript=javascript, width=PHONE)
    stranger.open("/verify")
    stranger.fill(code=code, file={"name": "a.pdf", "mimeType": "application/pdf", "buffer": pdf})
    stranger.page.locator("button.p-btn").click()
    assert "是本站出具的文书。" in stranger.words
    assert "文件一字不差。" in stranger.words
    stranger.look()


def test_the_entry_is_found_from_the_sign_in(come: Come) -> None:
    visitor = come(width=PHONE)
    visitor.open("/login")
    visitor.page.get_by_role("link", name="查进度").click()
    assert visitor.path == "/progress"
    visitor.page.get_by_role("button", name="关怀版").click()
    visitor.look()


def test_the_sheet_of_a_class_is_for_those_who_run_it(come: Come) -> None:
    visitor = come("caseworker")
    training = visitor.site.stock.trainings[-1]
    visitor.open(f"/classes/{training}")
    visitor.page.get_by_role("link", name="签到表和结业名册").click()
    visitor.look()
    assert visitor.path == f"/classes/{training}/sheet"
    auditor = come("auditor")
    auditor.open(f"/classes/{training}/sheet", 403)
