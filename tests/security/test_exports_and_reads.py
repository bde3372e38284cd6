"""A list is taken away as it is seen and leaves its row; auditors read who looked at what."""

import csv
import io

from python_calamine import CalamineWorkbook

from tests.security.conftest import SEEKER, Client, Whole, recorded
from web.exports import as_csv, as_xlsx

HOSTILE = "=cmd|' /C calc'!A0"


def fresh(whole: Whole, role: str) -> Client:
    return Client(whole.site, whole.office.accounts.start_session(whole.accounts[role]).token)


def test_a_list_is_exported_as_seen_masked_for_others_and_logged(whole: Whole) -> None:
    someone = whole.stock.fresh[3]
    recorded(
        whole.client("caseworker"), "/seekers/new/register",
        **(SEEKER | {"name": someone.name, "sex": someone.sex, "id_no": someone.id_no}),
    )  # fmt: skip
    whole.catch_up()
    own = fresh(whole, "caseworker").post(
        "/cases/export", query="?kind=seeker", kind="csv", purpose="contact"
    )
    assert own.status_code == 200
    rows = list(csv.reader(io.StringIO(own.content.decode("utf-8-sig"))))
    assert rows[0][:4] == ["案号", "类别", "姓名", "证件后四位"]
    assert [row[2:4] for row in rows if row[2] == someone.name] == [
        [someone.name, someone.id_no[-4:]]
    ]
    auditor = fresh(whole, "auditor")
    book = auditor.post("/cases/export", query="?kind=seeker&whose=team", purpose="audit")
    masked = CalamineWorkbook.from_filelike(io.BytesIO(book.content)).get_sheet_by_index(0)
    names = {row[2] for row in masked.to_python()[1:]}
    assert names
    assert someone.name not in names
    assert someone.id_no not in str(masked.to_python())
    log = auditor.get("/reads?kind=export").text
    assert log.count("cases:") == 2
    assert "/cases?" in log


def test_an_export_wants_a_purpose_a_role_and_a_limit(whole: Whole) -> None:
    worker = fresh(whole, "caseworker")
    assert worker.post("/cases/export", query="", kind="csv").status_code == 409
    assert worker.post("/cases/export", kind="exe", purpose="contact").status_code == 422
    assert fresh(whole, "admin").post("/cases/export", purpose="audit").status_code == 403
    manager = fresh(whole, "station_manager")
    met = [
        manager.post("/cases/export", kind="csv", purpose="audit").status_code for _ in range(11)
    ]
    assert met == [200] * 10 + [429]


def test_the_log_is_the_auditors_and_is_asked_by_case_account_and_kind(whole: Whole) -> None:
    place = f"/seekers/{whole.cases['seekers']}"
    assert fresh(whole, "caseworker").get(place).status_code == 200
    number = whole.office.caseload.case(whole.cases["seekers"])
    assert number is not None
    auditor = fresh(whole, "auditor")
    page = auditor.get(f"/reads?case={number.case_no}").text
    assert whole.parts.directory.staff(whole.accounts["caseworker"]) in page
    assert "/seekers/{case}" in page
    account = whole.accounts["caseworker"]
    assert number.case_no in auditor.get(f"/reads?who={account}&kind=view").text
    assert "没有符合条件的查阅" in auditor.get("/reads?from=2030-01-01").text
    assert auditor.get("/reads?from=x").status_code == 409
    for role in ("caseworker", "station_manager", "admin", "informant"):
        assert fresh(whole, role).get("/reads").status_code == 403


def test_no_cell_is_a_formula() -> None:
    rows = [["a"], [HOSTILE], ["+1"], ["@x"], ["\t=1"]]
    for cell in list(csv.reader(io.StringIO(as_csv(rows).decode("utf-8-sig"))))[1:]:
        assert cell[0].startswith("'")
    book = CalamineWorkbook.from_filelike(io.BytesIO(as_xlsx(rows)))
    assert all(str(row[0]).startswith("'") for row in book.get_sheet_by_index(0).to_python()[1:])


def test_the_facts_behind_a_figure_are_exported_for_a_purpose_and_logged(whole: Whole) -> None:
    auditor = whole.client("auditor")
    path = "/statistics/seekers_registered"
    assert f'action="{path}/export"' in auditor.get(f"{path}?period=all").text
    query = {"query": "?period=all", "kind": "csv"}
    assert auditor.post(f"{path}/export", **query).status_code == 409
    table = auditor.post(f"{path}/export", **query, purpose="audit")
    lines = table.content.decode("utf-8-sig").splitlines()
    assert len(lines) > 1
    assert "JS-440784-" in lines[1]
    log = auditor.get("/reads?kind=export").text
    assert f"seekers_registered:{len(lines) - 1}" in log
    assert auditor.get("/statistics/export.xlsx?period=all").status_code == 200
    assert "figures:" in auditor.get("/reads?kind=export").text
    assert auditor.post("/statistics/nothing/export", **query, purpose="audit").status_code == 404
