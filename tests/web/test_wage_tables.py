"""A wage table read cell by cell: every kind of wrong row says what is wrong with it."""

import csv
import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from application.registers import problem_rows
from domain.dispute.claims import Key
from domain.identity import check_character
from domain.kernel import Refused
from domain.money import Fen
from web.wages.columns import Cell, find_head, recognise
from web.wages.pages import from_file, from_text, told_of
from web.wages.reading import Defaults, Reading, Registered, read

TODAY = date(2026, 3, 2)
HEAD = ["序号", "姓名", "身份证号", "手机", "起月", "止月", "拖欠工资", "加班费", "合计"]
CLEAN = {"起月": "2025-11", "止月": "2025-12", "拖欠工资": "8000", "加班费": "300.50"}


def id_no(number: int) -> str:
    """An invented ID number of an invented district."""
    body = (
        f"449901{1970 + number % 30}{number % 12 + 1:02d}{number % 28 + 1:02d}{number % 1000:03d}"
    )
    return body + check_character(body)


def row(number: int = 1, **cells: Cell) -> list[Cell]:
    """A row in order, with some cells as a test wants them."""
    whole: dict[str, Cell] = {"序号": str(number), "姓名": f"罗{number}", "身份证号": id_no(number)}
    return [(whole | CLEAN | cells).get(name) for name in HEAD]


def reading(
    *rows: Sequence[Cell],
    head: Sequence[Cell] = HEAD,
    known: dict[str, tuple[str, str]] | None = None,
    there: dict[Key, int] | None = None,
    defaults: Defaults | None = None,
) -> Reading:
    """Read a table for an office that knows some people: number -> (person, name)."""
    people = known or {}
    office = Registered(
        lambda numbers: {n: people[n][0] for n in numbers if n in people},
        lambda person: dict(people.values()).get(person, ""),
        there or {},
    )
    return read([head, *rows], defaults or Defaults(), office, TODAY)


def rules(found: Reading) -> dict[int, list[str]]:
    return {number: [one.rule for one in many] for number, many in found.problems.items()}


def test_a_wide_table_gives_a_claim_for_each_amount_and_its_sums() -> None:
    found = reading(row(1), row(2, 加班费=None), ["合计", *[None] * 5, "16000", "300.5", "16300.5"])
    assert found.problems == {}
    assert len(found.workers) == 2
    assert [line.claim.code for line in found.lines] == ["C01", "C03", "C01"]
    assert found.by_code == {"C01": (2, Fen(1_600_000)), "C03": (1, Fen(30_050))}
    assert found.lines[0].claim.to_on == date(2025, 12, 31)


@pytest.mark.parametrize(
    ("cells", "rule", "said"),
    [
        ({"拖欠工资": "-20"}, "D-06", "负数"),
        ({"拖欠工资": "8000.005"}, "D-06", "不足一分"),
        ({"拖欠工资": 8000.005}, "D-06", "不足一分"),
        ({"拖欠工资": "=SUM(A1:A9)"}, "I-01", "公式"),
        ({"姓名": "=cmd|' /C calc'!A0"}, "I-01", "公式"),
        ({"拖欠工资": "八千"}, "D-06", "不是金额"),
        ({"拖欠工资": None, "加班费": None}, "D-06", "没有金额"),
        ({"合计": "9000"}, "D-06", "不等于各项之和"),
        ({"身份证号": "449901198403120228"}, "S-03", "校验位"),
        ({"身份证号": "449901198402300228"}, "S-03", "出生日期不存在"),
        ({"身份证号": "44990119840312"}, "S-03", "18位"),
        ({"身份证号": 4.49901198403120e17}, "S-03", "被表格软件改成了数字"),
        ({"姓名": None}, "P-01", "姓名"),
        ({"手机": "12345"}, "P-01", "电话"),
        ({"起月": "2026-04", "止月": "2026-05"}, "D-06", "还没有到"),
        ({"起月": "2025-12", "止月": "2025-11"}, "D-06", "早于"),
        ({"起月": "去年"}, "S-19", "不是"),
        ({"起月": None, "止月": None}, "D-06", "期间"),
    ],
)
def test_a_wrong_row_says_what_is_wrong_and_the_others_stand(
    cells: dict[str, Cell], rule: str, said: str
) -> None:
    found = reading(row(1), row(2, **cells), row(3))
    assert list(found.problems) == [3]
    assert rule in rules(found)[3]
    assert said in told_of(found.problems[3])


@pytest.mark.parametrize("amount", [0.1 + 0.2, 8300.5, "8，300．50", "¥8,300.50元"])
def test_an_amount_that_is_whole_fen_is_taken_as_it_is_meant(amount: Cell) -> None:
    assert reading(row(1, 拖欠工资=amount)).problems == {}


def test_a_row_can_be_wrong_in_several_ways_and_says_all_of_them() -> None:
    found = reading(row(1, 拖欠工资="-1", 手机="1", 身份证号="1"))
    assert sorted(rules(found)[2]) == ["D-06", "P-01", "S-03"]


def test_the_same_claim_twice_names_the_earlier_row() -> None:
    found = reading(row(1), row(2), row(1))
    assert list(found.problems) == [4]
    assert "第2行" in told_of(found.problems[4])


def test_one_number_under_two_names_is_asked_about() -> None:
    found = reading(row(1, 加班费=None), row(1, 姓名="陈甲", 起月="2025-10", 止月="2025-10"))
    assert rules(found)[3] == ["P-01"]


def test_the_same_worker_may_claim_for_other_months() -> None:
    found = reading(row(1), row(1, 起月="2025-10", 止月="2025-10"))
    assert found.problems == {}
    assert len(found.workers) == 1


def test_a_person_on_file_is_found_and_another_name_is_refused() -> None:
    known = {id_no(1): ("person-a", "罗1"), id_no(2): ("person-b", "别人")}
    found = reading(row(1), row(2), known=known)
    assert list(found.problems) == [3]
    assert found.workers[id_no(1)].person == "person-a"


def test_what_the_case_has_already_is_not_taken_again() -> None:
    there = {("person-a", "C01", date(2025, 11, 1), date(2025, 12, 31)): 7}
    found = reading(row(1), known={id_no(1): ("person-a", "罗1")}, there=there)
    assert "第7项" in told_of(found.problems[2])


def test_wrong_totals_of_a_column_are_told_at_the_row_of_totals() -> None:
    found = reading(row(1), row(2), ["", "合 计", *[None] * 4, "16000", "600", "16600"])
    assert rules(found) == {4: ["D-06", "D-06"]}
    assert "601.00" in told_of(found.problems[4])


def test_a_long_table_reads_kind_period_rate_and_quantity() -> None:
    head = ["姓名", "证件号码", "请求类别", "期间", "小时数", "单价(元)", "金额(元)"]
    name, number = "罗1", id_no(1)
    found = reading(
        [name, number, "加班费", "2025-11至2025-12", "12.5", "20.01", "250.13"],
        [name, number, "C05", "2025年12月", None, None, "9000"],
        [name, number, "工资", "2025年9月-10月", "10", "20", None],
        [name, number, "加班费", "2025-08", "10", "20", "201"],
        [name, number, "奖金", "2025-07", None, None, "1"],
        head=head,
    )
    assert rules(found) == {5: ["D-06"], 6: ["D-00"]}
    first, second, third = (line.claim for line in found.lines)
    assert (first.code, first.basis.kind, first.basis.quantity) == ("C03", "hours", "12.5")
    assert (second.from_on, second.to_on) == (date(2025, 12, 1), date(2025, 12, 31))
    assert (third.amount, third.from_on) == (Fen(20_000), date(2025, 9, 1))


def test_months_as_columns_are_claims_of_these_months() -> None:
    found = reading(
        ["罗1", id_no(1), "5000", "0", "6000", "11000"],
        head=["姓名", "身份证号", "2025年11月", "12月", "1月工资", "合计"],
    )
    assert found.problems == {}
    spans = [(line.claim.from_on, line.claim.to_on) for line in found.lines]
    assert spans == [
        (date(2025, 11, 1), date(2025, 11, 30)),
        (date(2026, 1, 1), date(2026, 1, 31)),
    ]


def test_what_the_table_does_not_say_is_taken_from_the_form() -> None:
    found = reading(
        ["罗1", id_no(1), "5000"],
        head=["name", "ID number", "Amount"],
        defaults=Defaults("C05", date(2025, 11, 1), date(2025, 12, 31)),
    )
    assert [(line.claim.code, line.claim.to_on.month) for line in found.lines] == [("C05", 12)]


@pytest.mark.parametrize(
    ("head", "said"),
    [
        (["甲", "乙", "丙"], "没有认出表头"),
        (["姓名", "金额", "手机"], "身份证号"),
        (["姓名", "身份证号", "手机"], "没有金额列"),
    ],
)
def test_a_table_without_its_columns_is_refused_as_a_whole(head: list[Cell], said: str) -> None:
    found = reading(["罗1", id_no(1), "5000"], head=head)
    assert list(found.problems) == [0]
    assert said in told_of(found.problems[0])


def test_headings_are_found_below_a_title() -> None:
    table: list[list[Cell]] = [
        ["锦霞制衣2025年工资表", None, None],
        [None],
        ["姓名", "身份证号", "欠薪"],
    ]
    at, columns = find_head(table, TODAY)
    assert at == 2
    assert [one.role for one in columns] == ["name", "id_no", "C01"]
    assert recognise("备用", 0, TODAY).role == ""


@pytest.mark.parametrize(("rows", "told"), [(5_000, False), (5_001, True)])
def test_five_thousand_rows_are_read_and_one_more_is_too_many(rows: int, told: bool) -> None:
    found = reading(*(row(n) for n in range(1, rows + 1)))
    assert (0 in found.problems) == told
    assert bool(found.lines) != told


def test_pasted_cells_are_parted_by_tab_comma_or_semicolon() -> None:
    for gap in ("\t", ",", "，", ";"):
        found = from_text(
            gap.join(["姓名", "身份证号", "金额"]) + "\n" + gap.join(["罗", "1", "2"])
        )
        assert found == [["姓名", "身份证号", "金额"], ["罗", "1", "2"]]
    assert from_text('姓名,金额\n罗,"8,000.00"')[1] == ["罗", "8,000.00"]


def test_a_workbook_with_a_title_is_read_and_comes_back_with_what_is_wrong(tmp_path: Path) -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        sheet.write_string(0, 0, "锦霞制衣工资表")
        sheet.write_row(1, 0, HEAD)
        sheet.write_row(2, 0, ["1", "罗1", id_no(1), "", "2025-11", "2025-12", 8000, 300.5, 8300.5])
        sheet.write_row(3, 0, ["2", "罗2", id_no(2), "", "2025-11", "2025-12", -5, "", ""])
    table = from_file(io.BytesIO(out.getvalue()), "工资表.XLSX")
    office = Registered(lambda _numbers: {}, lambda _person: "", {})
    found = read(table, Defaults(), office, TODAY)
    assert rules(found) == {4: ["D-06"]}
    told = {number: told_of(many) for number, many in found.problems.items()}
    path = tmp_path / "back.xlsx"
    path.write_bytes(problem_rows.annotated(table, told, head=2, heading="哪里不对"))
    back = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    assert back[1] == [*HEAD, "哪里不对"]
    assert back[2][-1] == ""
    assert "负数" in str(back[3][-1])
    assert back[3][6] == "'-5"


def test_a_formula_in_the_file_that_comes_back_is_text() -> None:
    table: list[list[Cell]] = [["姓名"], ["=HYPERLINK(1)"]]
    content = problem_rows.annotated(table, {2: "不能是公式"}, head=1, heading="哪里不对")
    assert b"<f>" not in content


@pytest.mark.parametrize("name", ["table.pdf", "table", "table.xlsx.exe"])
def test_another_kind_of_file_is_refused(name: str) -> None:
    with pytest.raises(Refused) as caught:
        from_file(io.BytesIO(b"x"), name)
    assert caught.value.rule == "I-01"


def test_a_file_above_two_megabytes_is_refused() -> None:
    with pytest.raises(Refused) as caught:
        from_file(io.BytesIO(b"a," * 1_000_001), "table.csv")
    assert caught.value.rule == "I-01"


def test_a_csv_of_a_spreadsheet_in_gb18030_is_read() -> None:
    out = io.StringIO()
    csv.writer(out).writerows([HEAD, row(1)])
    table = from_file(io.BytesIO(out.getvalue().encode("gb18030")), "工资.csv")
    assert table[0] == HEAD
