"""Importing by jobs: a file is kept, checked, decided about, imported once and removed."""

import io
from collections.abc import Sequence
from pathlib import Path

import pytest

from application.jobs import Job, Jobs
from application.registers.desk import ImportDesk, Outside
from application.registers.uploads import Uploads
from application.store import Who
from domain.catalogue import catalogue
from domain.kernel import Refused
from tests.application.registers.fake_log import FakeLog
from tests.database import Database

MANAGER = Who("staff-1", "station-1", frozenset({"station_manager"}), frozenset({"station-1"}))
PROFILE = """
code = "small"
version = 1
zh = "小登记册"
en = "Small register"
key = ["no"]

[[suspicious]]
code = "huge"
zh = "金额过大"
en = "huge amount"
when = [{ column = "claimed", above = 1000 }]

[[finding]]
code = "low"
rule = "D-06"
zh = "金额很小"
en = "small amount"
when = [{ column = "claimed", below = 1 }]

[[stream]]
name = "case"
kind = "dispute"

[[stream.fact]]
topic = "dispute.classified"
on = { column = "day", as = "date" }
[stream.fact.fields]
scheme = "small"
value = { column = "claimed" }
"""
REGISTER = "no,day,claimed\n1,2025-01-02,10\n2,2025-01-03,5000\n3,soon,20\n4,2025-01-05,0.5\n"


@pytest.fixture
def jobs(database: Database) -> Jobs:
    return Jobs(database.pools.writer)


@pytest.fixture
def log() -> FakeLog:
    return FakeLog()


@pytest.fixture
def desk(jobs: Jobs, log: FakeLog, tmp_path: Path) -> ImportDesk:
    profiles = tmp_path / "profiles"
    profiles.mkdir()
    (profiles / "small.toml").write_text(PROFILE, "utf-8")
    outside = Outside(
        catalogue(), profiles, lambda account: MANAGER if account == "staff-1" else None, _shown
    )
    return ImportDesk(jobs, Uploads(tmp_path / "uploads"), log, outside)


def _shown(_position: int, _seconds: float) -> bool:
    return True


def begin(desk: ImportDesk, text: str = REGISTER, name: str = "2025年台账.csv") -> str:
    return desk.begin(MANAGER, file=io.BytesIO(text.encode()), name=name, profile="small")


def done(jobs: Jobs, job: str) -> Job:
    jobs.run_all()
    one = jobs.find(job)
    assert one is not None
    assert one.result is not None
    return one


def kept(folder: Path) -> Sequence[str]:
    return sorted(path.suffix for path in (folder / "uploads").iterdir())


def test_a_check_writes_nothing_and_says_what_each_row_is(
    desk: ImportDesk, jobs: Jobs, log: FakeLog
) -> None:
    check = done(jobs, begin(desk))
    assert check.state == "done"
    assert check.result
    assert check.result["counts"] == {"new": 2, "suspicious": 1, "invalid": 1, "unchanged": 0}
    assert check.result["findings"] == [
        {"zh": "金额很小", "en": "small amount", "rule": "D-06", "rows": 1}
    ]
    assert log.histories == {}


def test_the_rows_that_are_not_taken_are_kept_with_their_reason_and_cells(
    desk: ImportDesk, jobs: Jobs
) -> None:
    columns, rows = desk.problems(done(jobs, begin(desk)).id)
    assert columns == ["no", "day", "claimed"]
    assert [(row.row, row.status) for row in rows] == [(3, "suspicious"), (4, "invalid")]
    assert rows[0].cells == ["2", "2025-01-03", "5000"]
    assert "金额过大" in str(rows[0].refused)
    assert "soon" in str(rows[1].refused)


@pytest.mark.parametrize(("accept", "taken"), [(False, 2), (True, 3)])
def test_an_import_takes_the_suspicious_rows_only_by_decision(
    desk: ImportDesk, jobs: Jobs, log: FakeLog, accept: bool, taken: int
) -> None:
    take = done(jobs, desk.take(MANAGER, done(jobs, begin(desk)), accept=accept))
    assert take.state == "done"
    assert take.result
    assert take.result["counts"]["new"] == taken
    assert len(log.histories) == taken


def test_the_file_is_removed_when_it_was_imported(
    desk: ImportDesk, jobs: Jobs, tmp_path: Path
) -> None:
    check = done(jobs, begin(desk))
    assert kept(tmp_path) == [".csv", ".rows"]
    done(jobs, desk.take(MANAGER, check, accept=False))
    assert kept(tmp_path) == [".rows", ".rows"]


def test_importing_twice_is_one_job(desk: ImportDesk, jobs: Jobs, log: FakeLog) -> None:
    check = done(jobs, begin(desk))
    first = desk.take(MANAGER, check, accept=False)
    assert desk.take(MANAGER, check, accept=False) == first
    assert jobs.run_all() == 1
    assert len(log.histories) == 2


def test_an_import_that_was_stopped_keeps_its_file_and_goes_on(
    desk: ImportDesk, jobs: Jobs, log: FakeLog, tmp_path: Path
) -> None:
    check = done(jobs, begin(desk))
    log.dies_at = 0
    take = done(jobs, desk.take(MANAGER, check, accept=False))
    assert (take.state, take.result) == ("failed", {"error": "ConnectionError"})
    log.dies_at = -1
    jobs.go_on(take.id)
    assert done(jobs, take.id).state == "done"
    assert len(log.histories) == 2
    assert ".csv" not in kept(tmp_path)


def test_a_second_check_of_an_imported_file_finds_everything_unchanged(
    desk: ImportDesk, jobs: Jobs
) -> None:
    done(jobs, desk.take(MANAGER, done(jobs, begin(desk)), accept=True))
    again = done(jobs, begin(desk))
    assert again.result
    assert again.result["counts"]["unchanged"] == 3


@pytest.mark.parametrize(
    ("name", "text", "rule"),
    [
        ("a.exe", REGISTER, "I-01"),
        ("", REGISTER, "I-01"),
        ("a.csv", "", "I-01"),
        ("a.csv.gz", REGISTER, "I-01"),
    ],
)
def test_a_file_over_a_limit_or_of_another_kind_is_refused_before_it_is_kept(
    desk: ImportDesk, tmp_path: Path, name: str, text: str, rule: str
) -> None:
    with pytest.raises(Refused, match=rule):
        begin(desk, text, name)
    assert not list(tmp_path.glob("uploads/*"))


def test_the_name_that_is_shown_is_the_last_part_of_what_the_browser_said(
    desk: ImportDesk, jobs: Jobs
) -> None:
    job = jobs.find(begin(desk, name="C:\\temp\\../台账\x07.csv"))
    assert job
    assert job.params["name"] == "台账.csv"


def test_a_file_that_is_gone_and_an_unfinished_check_are_refused(
    desk: ImportDesk, jobs: Jobs, tmp_path: Path
) -> None:
    job = jobs.find(begin(desk))
    assert job
    with pytest.raises(Refused, match="I-08"):
        desk.take(MANAGER, job, accept=False)
    for path in (tmp_path / "uploads").iterdir():
        path.unlink()
    gone = done(jobs, job.id)
    assert (gone.state, gone.result and gone.result["rule"]) == ("failed", "I-07")


def test_nobody_imports_without_the_right_or_for_another_station(desk: ImportDesk) -> None:
    clerk = Who("staff-2", "station-1", frozenset({"caseworker"}))
    file = io.BytesIO(REGISTER.encode())
    with pytest.raises(Refused, match="P-05"):
        desk.begin(clerk, file=file, name="a.csv", profile="small")
    with pytest.raises(Refused, match="S-16"):
        desk.begin(MANAGER, file=file, name="a.csv", profile="small", station="station-9")


def test_a_wrong_row_is_put_right_in_place_and_the_file_stays_as_it_came(
    desk: ImportDesk, jobs: Jobs, log: FakeLog, tmp_path: Path
) -> None:
    check = done(jobs, begin(desk))
    wrong = next(one for one in desk.problems(check.id)[1] if one.status == "invalid")
    before = (tmp_path / "uploads" / str(check.params["file"])).read_bytes()
    job = desk.fix(MANAGER, check, wrong.row, {1: "2025-01-04"})
    assert desk.fix(MANAGER, check, wrong.row, {1: "2025-01-04"}) == job
    again = done(jobs, job)
    assert again.result
    assert again.result["counts"] == {"new": 3, "suspicious": 1, "unchanged": 0}
    assert check.result
    assert again.result["batch"] != check.result["batch"]
    assert (tmp_path / "uploads" / str(check.params["file"])).read_bytes() == before
    taken = done(jobs, desk.take(MANAGER, again, accept=False))
    assert taken.result
    assert taken.result["counts"]["new"] == 3
    assert len(log.histories) == 3
    assert ".fixes" not in kept(tmp_path)
    # The same file again, as it came: what was right is known by its rows, once.
    second = done(jobs, begin(desk))
    assert second.result
    assert second.result["counts"] == {"suspicious": 1, "invalid": 1, "unchanged": 2}


def test_a_second_correction_keeps_the_first(desk: ImportDesk, jobs: Jobs) -> None:
    text = "no,day,claimed\n7,soon,10\n8,later,10\n"
    check = done(jobs, begin(desk, text))
    once = done(jobs, desk.fix(MANAGER, check, 2, {1: "2025-01-04"}))
    twice = done(jobs, desk.fix(MANAGER, once, 3, {1: "2025-01-05"}))
    assert twice.result
    assert (twice.result["counts"]["new"], twice.params["fixed"]) == (2, 2)


def test_only_a_wrong_row_of_a_check_that_nobody_imported_is_put_right(
    desk: ImportDesk, jobs: Jobs
) -> None:
    check = done(jobs, begin(desk))
    with pytest.raises(Refused, match="没有问题"):
        desk.fix(MANAGER, check, 2, {1: "2025-01-04"})
    wrong = next(one for one in desk.problems(check.id)[1] if one.status == "invalid")
    desk.take(MANAGER, check, accept=False)
    with pytest.raises(Refused, match="已经导入"):
        desk.fix(MANAGER, check, wrong.row, {1: "2025-01-04"})


def test_more_rows_than_the_setting_are_asked_about(desk: ImportDesk, jobs: Jobs) -> None:
    text = "no,day,claimed\n" + "".join(f"{n},2025-01-04,10\n" for n in range(501))
    check = done(jobs, begin(desk, text))
    assert desk.many(check) == 501
    with pytest.raises(Refused, match="I-09"):
        desk.take(MANAGER, check, accept=False)
    assert desk.take(MANAGER, check, accept=False, meant=True)
