"""Profiles, identities, and the classes of rows: new, unchanged, conflict, suspicious, invalid."""

import io
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from application.registers.expressions import amount, day, fen
from application.registers.importing import Import, Progress, Report
from application.registers.problem_rows import workbook
from application.registers.profile import known_profiles, load_profile, read_profile
from application.registers.table import read_table
from application.store import Who
from domain.kernel import Event, Refused
from tests.application.registers.fake_log import FakeLog

WHO = Who("staff-1", "station-1")
PROFILE = """
code = "small"
version = 1
zh = "小登记册"
en = "Small register"
missing = ["NA"]
dates = ["%d/%m/%Y"]
key = ["no"]
continuation = "no"

[[suspicious]]
code = "huge"
zh = "金额过大"
en = "huge amount"
when = [{ column = "claimed", above = 1000 }]

[[finding]]
code = "above"
rule = "D-07"
zh = "付款高于主张"
en = "paid above claim"
when = [{ column = "paid", above_column = "claimed" }]

[[stream]]
name = "firm"
kind = "employer"
key = { column = "firm" }
once = true
[[stream.fact]]
topic = "firm.named"
on = { case = "day" }
fields = { name = { column = "firm" } }

[[stream]]
name = "case"
kind = "dispute"
[[stream.fact]]
topic = "case.claimed"
each = "row"
on = { case = "day" }
[stream.fact.fields]
no = { number = "row" }
amount = { column = "claimed", as = "money", default = "0" }
kind = { column = "kind", map = { W = "wages" }, default = "other" }
firm = { stream = "firm" }
"""


class Named(Event, frozen=True, kw_only=True):
    """A firm by name."""

    TOPIC = "firm.named"

    name: str


class Claimed(Event, frozen=True, kw_only=True):
    """An amount claimed."""

    TOPIC = "case.claimed"

    no: int
    amount: int
    kind: str
    firm: str


KINDS: dict[str, type[Event]] = {"firm.named": Named, "case.claimed": Claimed}
HEADER = "no,day,firm,kind,claimed,paid\n"


def imported(
    tmp_path: Path, log: FakeLog, text: str, *, dry: bool = False, accept: bool = False
) -> Report:
    profile = tmp_path / "small.toml"
    profile.write_text(PROFILE, "utf-8")
    file = tmp_path / "register.csv"
    file.write_text(HEADER + text, "utf-8")
    job = Import(
        log, KINDS, load_profile("small", folder=tmp_path), read_table(file), WHO, accept=accept
    )
    return job.run(dry=dry)


def test_rows_without_a_number_belong_to_the_case_above(tmp_path: Path) -> None:
    log = FakeLog()
    report = imported(tmp_path, log, "A,05/02/2026,Fan Ltd,W,1.50,0\n,,Fan Ltd,X,2,0\n")
    assert (report.cases, report.rows, report.counts["new"]) == (1, 2, 1)
    claims = [(f.no, f.amount, f.kind) for f in log.facts("case.claimed")]  # type: ignore[attr-defined]
    assert claims == [(1, 150, "wages"), (2, 200, "other")]
    assert {f.source.row for f in log.facts("case.claimed") if f.source} == {2, 3}


def test_a_shared_stream_is_written_once(tmp_path: Path) -> None:
    log = FakeLog()
    imported(tmp_path, log, "A,05/02/2026,Fan Ltd,W,1,0\nB,05/02/2026,Fan Ltd,W,1,0\n")
    assert len(log.facts("firm.named")) == 1
    assert len({f.firm for f in log.facts("case.claimed")}) == 1  # type: ignore[attr-defined]


def test_a_second_run_adds_nothing(tmp_path: Path) -> None:
    log = FakeLog()
    text = "A,05/02/2026,Fan Ltd,W,1,0\n"
    imported(tmp_path, log, text)
    appended = log.appends
    report = imported(tmp_path, log, text)
    assert (report.counts["new"], report.counts["unchanged"], log.appends) == (0, 1, appended)


def test_a_dry_run_counts_the_same_and_writes_nothing(tmp_path: Path) -> None:
    log = FakeLog()
    report = imported(tmp_path, log, "A,05/02/2026,Fan Ltd,W,1,9\n", dry=True)
    assert (report.counts["new"], report.findings["above"], log.appends) == (1, 1, 0)


def test_other_content_under_a_known_number_is_a_conflict(tmp_path: Path) -> None:
    log = FakeLog()
    imported(tmp_path, log, "A,05/02/2026,Fan Ltd,W,1,0\n")
    report = imported(tmp_path, log, "A,05/02/2026,Fan Ltd,W,2,0\n")
    assert report.counts["conflict"] == 1
    assert report.problems[0].refused.rule == "I-06"


def test_a_suspicious_row_waits_for_a_human(tmp_path: Path) -> None:
    log = FakeLog()
    text = "A,05/02/2026,Fan Ltd,W,1000.01,0\nB,05/02/2026,Fan Ltd,W,1000,0\n"
    report = imported(tmp_path, log, text)
    assert (report.counts["suspicious"], report.counts["new"]) == (1, 1)
    report = imported(tmp_path, log, text, accept=True)
    assert (report.counts["new"], report.counts["unchanged"]) == (1, 1)


@pytest.mark.parametrize(
    ("row", "rule", "reason"),
    [
        ("A,31/02/2026,Fan Ltd,W,1,0", "I-04", "不是日期"),
        ("A,,Fan Ltd,W,1,0", "I-04", "缺少日期"),
        ("A,05/02/2026,Fan Ltd,W,much,0", "I-04", "不是数字"),
        ("A,05/02/2026,Fan Ltd,W,1.005,0", "D-06", "不是整分"),
        ("A,05/02/2026,Fan Ltd,W,(5),0", "D-06", "为负"),
        ("A,05/02/2026,,W,1,0", "I-04", "case.claimed"),
    ],
)
def test_an_invalid_row_says_what_is_wrong_and_the_rest_goes_on(
    tmp_path: Path, row: str, rule: str, reason: str
) -> None:
    log = FakeLog()
    report = imported(tmp_path, log, f"{row}\nB,05/02/2026,Fan Ltd,W,1,0\n")
    assert (report.counts["invalid"], report.counts["new"]) == (1, 1)
    assert report.problems[0].refused.rule == rule
    assert reason in str(report.problems[0].refused)


def test_equal_rows_are_cases_of_their_own_where_the_register_has_no_key(tmp_path: Path) -> None:
    keyless = PROFILE.replace('key = ["no"]', "key = []").replace('continuation = "no"', "")
    (tmp_path / "small.toml").write_text(keyless, "utf-8")
    file = tmp_path / "register.csv"
    file.write_text(HEADER + "A,05/02/2026,Fan Ltd,W,1,0\n" * 9, "utf-8")
    log = FakeLog()
    for expected in (9, 0):
        profile = load_profile("small", folder=tmp_path)
        report = Import(log, KINDS, profile, read_table(file), WHO).run(dry=False)
        assert report.counts["new"] == expected
    assert len(log.facts("case.claimed")) == 9


def test_a_run_that_died_is_taken_up_where_it_stopped(tmp_path: Path) -> None:
    rows = "".join(f"{n},05/02/2026,Fan {n} Ltd,W,1,0\n" for n in range(1000))
    log = FakeLog()
    log.dies_at = 2
    with pytest.raises(ConnectionError):
        imported(tmp_path, log, rows)
    before = len(log.facts("case.claimed"))
    assert 0 < before < 1000
    log.dies_at = -1
    report = imported(tmp_path, log, rows)
    assert (report.counts["unchanged"], report.counts["new"]) == (before, 1000 - before)
    assert len(log.facts("case.claimed")) == 1000


def test_a_run_stops_at_a_border_when_told_and_says_how_far_it_came(tmp_path: Path) -> None:
    (tmp_path / "small.toml").write_text(PROFILE, "utf-8")
    file = tmp_path / "register.csv"
    rows = "".join(f"{n},05/02/2026,Fan Ltd,W,1,0\n" for n in range(1000))
    file.write_text(HEADER + rows, "utf-8")
    log, seen = FakeLog(), list[Progress]()

    def cancel(progress: Progress) -> bool:
        seen.append(progress)
        return False

    job = Import(log, KINDS, load_profile("small", folder=tmp_path), read_table(file), WHO)
    job.run(dry=False, tell=cancel)
    assert log.appends == 1
    assert (seen[0].total, seen[0].done) == (1000, len(log.facts("case.claimed")))


def test_a_profile_says_its_mistakes(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"I-02.*没有名为“nowhere”"):
        load_profile("nowhere")
    wrong = tmp_path / "wrong.toml"
    wrong.write_text(PROFILE.replace("version = 1", 'version = "x"'), "utf-8")
    with pytest.raises(Refused, match=r"I-02.*version"):
        read_profile(wrong)


def test_a_file_without_a_needed_column_is_refused(tmp_path: Path) -> None:
    (tmp_path / "small.toml").write_text(PROFILE, "utf-8")
    file = tmp_path / "other.csv"
    file.write_text("no,day\nA,05/02/2026\n", "utf-8")
    with pytest.raises(Refused, match=r"I-03.*claimed|I-03.*firm"):
        Import(FakeLog(), KINDS, load_profile("small", folder=tmp_path), read_table(file), WHO)


def test_every_shipped_profile_reads() -> None:
    names = known_profiles()
    assert {"virginia", "wisconsin", "illinois", "zhongshan"} <= set(names)
    for name in names:
        assert load_profile(name).code == name


@pytest.mark.parametrize(
    ("text", "expected"),
    [("$1,275.50", 127550), ("2192.2199999999998", 219222), ("0", 0), ("0.005000000001", 0)],
)
def test_money_is_read_to_the_cent_with_binary_noise_rounded_half_even(
    text: str, expected: int
) -> None:
    if expected or text == "0":
        assert fen(text) == expected
    else:
        with pytest.raises(Refused, match="不是整分"):
            fen(text)


def test_numbers_and_days_as_registers_write_them() -> None:
    assert amount("(12.00)") == Decimal(-12)
    assert amount(None) == 0
    assert day("22-Aug-14", ("%d-%b-%y",)) == date(2014, 8, 22)


def test_the_workbook_of_problem_rows_holds_no_formula(tmp_path: Path) -> None:
    report = imported(tmp_path, FakeLog(), '=1+1,31/02/2026,"@SUM(A1)",W,1,0\n')
    table = read_table(tmp_path / "register.csv")
    made = workbook(
        table.columns,
        report.problems,
        headings=["行", "状态", "规则", "原因"],
        sentence=str,
        words=str,
    )
    rows = CalamineWorkbook.from_filelike(io.BytesIO(made)).get_sheet_by_index(0).to_python()
    assert rows[0][:4] == ["行", "状态", "规则", "原因"]
    assert rows[1][:3] == ["2", "invalid", "I-04"]
    assert rows[1][4] == "'=1+1"
    assert "'@SUM(A1)" in rows[1]
