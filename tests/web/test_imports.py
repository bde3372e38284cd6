"""Importing through the pages: upload, check, decide, import; hostile files; who may."""

import io
import zipfile
from pathlib import Path

import pytest
from httpx2 import Response
from python_calamine import CalamineWorkbook
from starlette.testclient import TestClient

from tests.application.registers.fake_log import FakeLog
from tests.application.registers.test_desk import PROFILE, REGISTER
from tests.database import Database
from tests.web import fakes
from tests.web.office import office, parts
from tests.web.reading import Page, forms
from web.jobs import STREAMS, Poller
from web.office_parts import OfficeParts


@pytest.fixture
def register() -> FakeLog:
    return FakeLog()


@pytest.fixture
def own(database: Database, tmp_path: Path, register: FakeLog) -> OfficeParts:
    (tmp_path / "profiles").mkdir()
    (tmp_path / "profiles" / "small.toml").write_text(PROFILE, "utf-8")
    return office(database, tmp_path, register=register)


@pytest.fixture
def browser(own: OfficeParts) -> TestClient:
    return fakes.browser(parts(own), "station_manager")


def upload(browser: TestClient, text: str | bytes = REGISTER, name: str = "台账.csv") -> Response:
    form = next(f for f in forms(browser.get("/imports")) if f.action == "/imports")
    content = text if isinstance(text, bytes) else text.encode()
    data = {"csrf": form.values["csrf"], "profile": "small"}
    return browser.post("/imports", data=data, files={"file": (name, content)})


def press(browser: TestClient, page: Response, action: str, **values: str) -> Response:
    form = next(f for f in forms(page) if f.action.endswith(action))
    return browser.post(form.action, data={"csrf": form.values["csrf"], **values})


def checked(browser: TestClient, own: OfficeParts) -> Response:
    at = upload(browser).headers["location"]
    own.jobs.run_all()
    return browser.get(at)


def test_a_register_is_checked_decided_about_and_imported(
    browser: TestClient, own: OfficeParts, register: FakeLog
) -> None:
    page = checked(browser, own)
    for told in ("4 件里，2 件可以导入", "还没有写入任何数据", "金额过大", "金额很小", "2 件待看"):
        assert told in page.text
    assert register.histories == {}
    answer = press(browser, page, "/take", accept="1")
    own.jobs.run_all()
    result = browser.get(answer.headers["location"])
    assert "已导入 3 件，3 条事实" in result.text
    assert "batch-" in result.text
    assert "/statistics?period=all" in Page(result.text).links
    assert len(register.histories) == 3


def test_suspicious_rows_stay_out_unless_they_are_accepted(
    browser: TestClient, own: OfficeParts, register: FakeLog
) -> None:
    press(browser, checked(browser, own), "/take")
    own.jobs.run_all()
    assert len(register.histories) == 2


def test_while_a_check_runs_its_page_reloads_without_script_and_streams_with_it(
    browser: TestClient,
) -> None:
    page = browser.get(upload(browser).headers["location"])
    assert '<noscript><meta http-equiv="refresh" content="5"></noscript>' in page.text
    assert "data-stream=" in page.text
    assert "取消" in page.text


def test_a_check_can_be_cancelled_and_goes_on(browser: TestClient, own: OfficeParts) -> None:
    at = upload(browser).headers["location"]
    answer = press(browser, browser.get(at), "/cancel")
    page = browser.get(answer.headers["location"])
    assert "已取消" in page.text
    press(browser, page, "/again")
    own.jobs.run_all()
    assert "件可以导入" in browser.get(at).text


def test_the_problem_rows_come_as_a_workbook_with_the_reason_in_front(
    browser: TestClient, own: OfficeParts
) -> None:
    at = upload(browser, REGISTER + "=1+1,soon,2\n").headers["location"]
    own.jobs.run_all()
    content = browser.get(f"{at}/problems.xlsx").content
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert rows[0] == ["行", "种类", "规则", "原因", "no", "day", "claimed"]
    assert rows[1][:3] == ["3", "可疑，须人工决定", "I-05"]
    assert rows[3][4] == "'=1+1"


def test_in_english_everything_is_english(browser: TestClient, own: OfficeParts) -> None:
    at = upload(browser).headers["location"]
    own.jobs.run_all()
    fakes_accounts = browser.app.state.parts.accounts  # type: ignore[attr-defined]  # a FastAPI app
    fakes_accounts.set_language(fakes.token("station_manager"), "en")
    page = browser.get(at).text
    assert "huge amount" in page
    assert "small amount" in page
    assert "金额" not in page


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 30_000_000)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "told"),
    [
        (b"", "a.csv", "文件是空的。"),
        (b"MZ", "a.exe", "只能导入 csv、xlsx、xls、ods 文件"),
        (bomb(), "a.xlsx", "膨胀"),
    ],
)
def test_a_hostile_file_is_refused_with_a_sentence_and_the_form_is_kept(
    browser: TestClient, content: bytes, name: str, told: str
) -> None:
    answer = upload(browser, content, name)
    assert answer.status_code == 409
    assert told in answer.text
    form = next(f for f in forms(answer) if f.action == "/imports")
    assert form.values["profile"] == "small"


def test_a_file_that_breaks_the_parser_fails_with_a_sentence(
    browser: TestClient, own: OfficeParts
) -> None:
    at = upload(browser, b"no such thing", "a.xlsx").headers["location"]
    own.jobs.run_all()
    assert "文件内容与其格式不符，无法读取。" in browser.get(at).text


def test_the_name_of_a_file_is_never_markup(browser: TestClient) -> None:
    at = upload(browser, name="<img src=x>.csv").headers["location"]
    page = browser.get(at).text
    assert "&lt;img src=x&gt;.csv" in page
    assert "<img" not in page


def test_a_body_over_twenty_megabytes_is_refused(browser: TestClient) -> None:
    assert upload(browser, b"x" * (20 * 1024 * 1024), "a.csv").status_code == 413


@pytest.mark.parametrize("role", ["caseworker", "mediator", "auditor", "admin", "informant"])
def test_only_a_station_manager_imports(own: OfficeParts, role: str) -> None:
    browser = fakes.browser(parts(own), role)
    assert browser.get("/imports").status_code == 403


def test_a_job_of_another_account_is_a_missing_page(own: OfficeParts) -> None:
    browser = fakes.browser(parts(own), "station_manager")
    job = own.jobs.begin("import.check", "staff-other", {})
    assert browser.get(f"/imports/{job}").status_code == 404
    assert browser.get(f"/jobs/{job}/stream").status_code == 404


def test_the_task_centre_lists_ones_own_jobs_and_an_admin_sees_all(
    browser: TestClient, own: OfficeParts
) -> None:
    assert "还没有任务。" in browser.get("/jobs").text
    upload(browser)
    assert "导入前校验" in browser.get("/jobs").text
    assert "台账.csv" in fakes.browser(parts(own), "admin").get("/jobs").text


def test_a_stream_tells_the_end_of_a_job_and_closes(browser: TestClient, own: OfficeParts) -> None:
    at = upload(browser).headers["location"]
    own.jobs.run_all()
    answer = browser.get(f"/jobs/{at.rpartition('/')[2]}/stream")
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert '"state": "done"' in answer.text
    assert answer.text.count("data:") == 1


def test_the_next_watcher_after_two_hundred_reloads_instead(browser: TestClient) -> None:
    at = upload(browser).headers["location"]
    which = at.rpartition("/")[2]
    state = browser.app.state  # type: ignore[attr-defined]  # a FastAPI app
    state.poller = Poller()
    state.poller.watched["other"] = STREAMS
    assert browser.get(f"/jobs/{which}/stream").status_code == 503


def test_a_wrong_row_is_put_right_on_its_page(
    browser: TestClient, own: OfficeParts, register: FakeLog
) -> None:
    page = checked(browser, own)
    link = next(one for one in Page(page.text).links if "/rows/" in one and one.endswith("/4"))
    row = browser.get(link)
    form = next(f for f in forms(row) if f.action == link)
    assert list(form.values.values())[-3:] == ["3", "soon", "20"]
    answer = browser.post(link, data=form.values | {"c1": "2025-01-04"})
    own.jobs.run_all()
    again = browser.get(answer.headers["location"])
    assert "4 件里，3 件可以导入" in again.text
    assert "在页面上改过 1 行" in again.text
    assert register.histories == {}
    assert browser.get(link.rpartition("/")[0] + "/2").status_code == 404


def test_above_five_hundred_rows_a_tick_is_asked_for(browser: TestClient, own: OfficeParts) -> None:
    text = "no,day,claimed\n" + "".join(f"{n},2025-01-04,10\n" for n in range(501))
    at = upload(browser, text).headers["location"]
    own.jobs.run_all()
    page = browser.get(at)
    assert "这份表有 501 行" in page.text
    refused = press(browser, page, "/take")
    assert refused.status_code == 409
    assert "请先抽查几行" in refused.text
    assert press(browser, page, "/take", meant="1").status_code == 303
