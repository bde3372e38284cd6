"""Registers that were damaged or made to harm: refused or read, never half taken (T4)."""

import gzip
import io
import random
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import xlsxwriter

from application.registers.importing import Import
from application.registers.limits import Limits, check_file
from application.registers.profile import read_profile
from application.registers.table import read_table
from application.store import Who
from domain.kernel import Refused
from tests.application.registers.fake_log import FakeLog
from tests.application.registers.test_importing import KINDS, PROFILE

WHO = Who("staff-1", "station-1")
HEADER = "no,day,firm,kind,claimed,paid"
TEXT = HEADER + "\n1,02/03/2026,甲厂,W,900,0\n2,03/03/2026,乙厂,X,100,50\n"
PROCESSES = 12  # a reading child costs most of a second


def _workbook() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for at, line in enumerate(TEXT.splitlines()):
            sheet.write_row(at, 0, line.split(","))
    return out.getvalue()


SEEDS: dict[str, bytes] = {
    "utf8.csv": TEXT.encode(),
    "bom.csv": TEXT.encode("utf-8-sig"),
    "gbk.csv": TEXT.encode("gb18030"),
    "utf16.csv": TEXT.encode("utf-16"),
    "small.csv.gz": gzip.compress(TEXT.encode(), mtime=0),
    "small.xlsx": _workbook(),
}


def mutated(data: bytes, dice: random.Random) -> bytes:
    """Flip, cut, repeat, insert or swap some bytes."""
    made = bytearray(data)
    for _ in range(dice.randint(1, 6)):
        at = dice.randrange(len(made) + 1)
        size = dice.choice((1, 2, 17, 200))
        match dice.randrange(5):
            case 0:
                made[at : at + 1] = bytes([dice.randrange(256)])
            case 1:
                del made[at : at + size]
            case 2:
                made[at:at] = made[at : at + size]
            case 3:
                made[at:at] = dice.choice(
                    (b"\0", b"\xff\xfe", b'"', b"\n", "＝cmd|".encode(), b"=1+1", b"<!ENTITY x>")
                )
            case 4:
                made[at : at + size] = dice.randbytes(size)
    return bytes(made)


def files(folder: Path, count: int) -> Iterator[Path]:
    """Write mutations of every seed, the same ones each time."""
    dice = random.Random(4499)  # noqa: S311 - a fixed sequence
    names = list(SEEDS)
    for number in range(count):
        name = names[number % len(names)]
        path = folder / f"{number}-{name}"
        path.write_bytes(mutated(SEEDS[name], dice))
        yield path
        path.unlink()


def outcome(path: Path, read: Callable[[Path], object]) -> str:
    """Read a file: it is taken or refused; whatever else comes out is a failure."""
    try:
        read(path)
    except Refused:
        return "refused"
    return "read"


def whole(path: Path) -> None:
    """Take a file the whole way into a dry run."""
    log, profile = FakeLog(), path.parent / "small.toml"
    profile.write_text(PROFILE)
    report = Import(log, KINDS, read_profile(profile), read_table(path), WHO).run(dry=True)
    assert log.histories == {}
    assert sum(report.counts.values()) == report.rows


def test_sound_files_are_read_in_every_encoding(tmp_path: Path) -> None:
    for name, data in SEEDS.items():
        path = tmp_path / name
        path.write_bytes(data)
        assert read_table(path).rows[1][2] == "乙厂", name
        whole(path)


def test_a_few_mutated_files_go_the_whole_way_or_are_refused(tmp_path: Path) -> None:
    found = [outcome(path, whole) for path in files(tmp_path, PROCESSES)]
    assert len(found) == PROCESSES


def test_three_hundred_mutated_files_pass_the_limits_or_are_refused(tmp_path: Path) -> None:
    found = [outcome(path, lambda p: check_file(p, Limits())) for path in files(tmp_path, 300)]
    assert set(found) == {"refused", "read"}


@pytest.mark.long
def test_ten_thousand_mutated_files_are_read_or_refused(tmp_path: Path) -> None:
    """Every one meets the limits; each fortieth a child too, which costs most of a second."""
    for number, path in enumerate(files(tmp_path, 10_000)):
        outcome(path, whole if number % 40 == 0 else lambda p: check_file(p, Limits()))


def _zip(entries: int, size: int, *, stored: bool = False) -> bytes:
    out = io.BytesIO()
    way = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(out, "w", way) as archive:
        for number in range(entries):
            archive.writestr(f"xl/worksheets/sheet{number}.xml", bytes(size))
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "limits"),
    [
        ("size.csv", b"a" * 1_001, Limits(file_bytes=1_000)),
        ("none.csv", b"", Limits()),
        ("many.xlsx", _zip(201, 1, stored=True), Limits()),
        ("ratio.xlsx", _zip(1, 1_000_000), Limits()),
        ("sheet.xlsx", _zip(1, 1_001, stored=True), Limits(sheet_bytes=1_000)),
        ("unpacked.xlsx", _zip(2, 501, stored=True), Limits(unpacked_bytes=1_000)),
        ("bomb.csv.gz", gzip.compress(bytes(1_000_000)), Limits()),
    ],
)
def test_a_file_just_above_a_limit_is_refused_before_it_is_parsed(
    tmp_path: Path, name: str, data: bytes, limits: Limits
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(Refused) as refused:
        check_file(path, limits)
    assert refused.value.rule == "I-01"


def test_a_row_above_the_limit_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text("a\n" + "1\n" * 11)
    with pytest.raises(Refused, match="行数"):
        read_table(path, limits=Limits(rows=10))
