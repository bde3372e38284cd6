"""300 workers come as a spreadsheet: errors by row, the file back, one command, a usable table."""

import io
from pathlib import Path

import xlsxwriter
from python_calamine import CalamineWorkbook

from domain.dispute import DisputeCase
from domain.identity import check_character
from domain.money import Fen
from tests.browser.conftest import Come
from tests.browser.site import Site

HEAD = ("姓名", "身份证号", "起月", "止月", "拖欠工资", "加班费", "合计")
WORKERS = 300


def id_no(number: int) -> str:
    body = (
        f"449903{1960 + number % 40}{number % 12 + 1:02d}{number % 28 + 1:02d}{number % 1000:03d}"
    )
    return body + check_character(body)


def workbook(path: Path, *, wrong: bool) -> Path:
    """Write a wage table under a title, with three wrong rows if asked."""
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_string(0, 0, "锦霞制衣（示例）工资表")
        sheet.write_row(1, 0, HEAD)
        for n in range(WORKERS):
            row = [f"罗{n:03d}", id_no(n), "2025-11", "2025-12", 8_000, 300.5, 8_300.5]
            sheet.write_row(n + 2, 0, row)
        if wrong:
            sheet.write_number(2, 4, -5)
            sheet.write_number(3, 6, 9_999)
            sheet.write_string(4, 1, id_no(3))
    return path


def test_a_table_of_300_is_checked_returned_with_errors_and_taken_whole(
    come: Come, site: Site, tmp_path: Path
) -> None:
    desk = come("mediator")
    case = desk.do("/disputes/new", "record_intake", channel="petition", summary="三百人讨薪")
    stream = case.removeprefix("/disputes/")
    desk.open(f"{case}/wage-table")
    desk.fill(file=str(workbook(tmp_path / "工资.xlsx", wrong=True)))
    desk.submit()
    assert "不能为负数" in desk.words
    assert "不等于各项之和" in desk.words
    desk.look()
    answer = desk.page.request.get(f"{site.address}{desk.path}/errors.xlsx")
    (tmp_path / "back.xlsx").write_bytes(answer.body())
    back = CalamineWorkbook.from_path(str(tmp_path / "back.xlsx")).get_sheet_by_index(0).to_python()
    assert back[1][-1] == "哪里不对"
    assert "负数" in str(back[2][-1])
    assert site.office.store.load(DisputeCase, stream).workers == {}

    desk.open(f"{case}/wage-table")
    desk.fill(file=str(workbook(tmp_path / "good.xlsx", wrong=False)))
    desk.submit()
    assert "2,490,150.00" in desk.words
    desk.submit()
    assert "请求 600 项" in desk.words
    assert "重大集体争议" in desk.words
    state = site.office.store.load(DisputeCase, stream)
    assert len(state.workers) == WORKERS
    assert state.totals.claimed == Fen(249_015_000)

    desk.page.get_by_role("link", name="按主张额").click()
    desk.page.get_by_role("link", name="第 6 页").click()
    assert "第 251 至 300 人" in desk.words
    desk.look()
    desk.open("/alarms")
    assert "300" in desk.words
    assert io.BytesIO(answer.body()).read(2) == b"PK"
