"""Files within and beyond the limits, in every encoding that stations send."""

import gzip
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from application.registers.limits import Limits
from application.registers.table import read_table
from domain.kernel import Refused


def write_xlsx(path: Path, rows: list[list[object]]) -> Path:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_table_is_read_whatever_its_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "台账.csv"
    path.write_bytes("姓名,金额\r\n龚凤,10.50\r\n".encode(encoding))
    table = read_table(path)
    assert table.columns == ("姓名", "金额")
    assert table.rows == (("龚凤", "10.50"),)


def test_columns_of_one_name_are_told_apart_and_short_rows_are_filled(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("ST,ST,X\nVA\n", "utf-8")
    table = read_table(path)
    assert table.columns == ("ST", "ST_1", "X")
    assert table.rows == (("VA", None, None),)


def test_a_workbook_gives_whole_numbers_as_text_and_days_as_iso(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", [["编号", "金额"], [17, 2192.2199999999998]])
    assert read_table(path).rows == (("17", 2192.2199999999998),)


def test_a_gzip_is_read_as_what_it_holds(tmp_path: Path) -> None:
    path = tmp_path / "a.csv.gz"
    path.write_bytes(gzip.compress(b"a,b\n1,2\n"))
    assert read_table(path).rows == (("1", "2"),)


def refused(path: Path, limits: Limits) -> Refused:
    with pytest.raises(Refused) as caught:
        read_table(path, limits=limits)
    return caught.value


@pytest.mark.parametrize(
    ("limits", "reason"),
    [
        (Limits(file_bytes=99), "上限99字节"),
        (Limits(rows=9), "行数超过上限"),
    ],
)
def test_a_text_just_above_a_limit_is_refused_by_name(
    tmp_path: Path, limits: Limits, reason: str
) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a,b\n" + "1,2345678\n" * 10, "utf-8")
    assert path.stat().st_size == 104
    told = refused(path, limits)
    assert told.rule == "I-01"
    assert reason in str(told)
    assert len(read_table(path, limits=Limits(file_bytes=104, rows=10)).rows) == 10


def test_a_zip_with_too_many_entries_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(4):
            archive.writestr(f"{number}.xml", b"x")
    assert "4个条目" in str(refused(path, Limits(zip_entries=3)))


def test_a_bomb_is_refused_by_its_directory_before_anything_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"<row/>" * 4_000_000)
    told = refused(path, Limits())
    assert "膨胀" in str(told)


def test_a_gzip_that_swells_is_stopped_while_it_swells(tmp_path: Path) -> None:
    path = tmp_path / "a.csv.gz"
    path.write_bytes(gzip.compress(b"a" * 3_000_000))
    assert "解压后超过上限" in str(refused(path, Limits()))


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.csv", b"", "空的"),
        ("a.csv", b"a,b\n\xff\xff\xfe\x00\x81\xff", "文字编码"),
        ("a.csv", b"a\0b,c\n", "文字编码"),
        ("a.xlsx", b"PK\x03\x04 no workbook", "与其格式不符"),
        ("a.csv.gz", b"\x1f\x8b broken", "已损坏"),
    ],
)
def test_a_broken_file_is_refused_in_a_sentence(
    tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert reason in str(refused(path, Limits()))


def test_an_external_entity_in_a_workbook_opens_no_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("CANARY", "utf-8")
    good = write_xlsx(tmp_path / "good.xlsx", [["a"], ["b"]])
    bad = tmp_path / "bad.xlsx"
    with zipfile.ZipFile(good) as source, zipfile.ZipFile(bad, "w") as target:
        for entry in source.infolist():
            text = source.read(entry.filename)
            if entry.filename.endswith("sharedStrings.xml"):
                entity = f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{secret}">]>'.encode()
                head, body = text.split(b"?>", 1)
                text = head + b"?>" + entity + body.replace(b"<t>b</t>", b"<t>&e;</t>")
            target.writestr(entry.filename, text)
    try:
        read = repr(read_table(bad).rows)
    except Refused as told:
        read = str(told)
    assert "CANARY" not in read
