"""Two files of one person: side by side, merged, parted as if nothing was (F-27, F-44)."""

from typing import Any

from application.persons import Papers
from domain.identity import FEMALE
from projections.lists import Query
from tests.caseload.town import Town
from tests.web.reading import act_form, forms, send
from tests.wired import TODAY

TABLES = ("caseload", "deadlines", "facts", "parties", "agenda")


def test_a_merge_moves_no_figure_and_comes_apart_again(hecheng: Town) -> None:
    office, browser = hecheng.office, hecheng.client("caseworker")
    row = next(r for r in office.caseload.page(_mine(hecheng)).rows if r.kind == "seeker")
    known = office.names.get(row.person)
    assert known is not None
    twin = office.persons.register(
        Papers(known.name, known.sex or FEMALE, id_type="none", birth=known.birth),
        domicile="440784",
        stamp=hecheng.stamp("caseworker"),
    ).streams[0]
    hecheng.settle()
    page = browser.get("/duplicates").text
    link = f"/duplicates/{min(twin, row.person)}/{max(twin, row.person)}"
    assert link in page
    assert known.name not in page  # a list of colleagues' persons is masked
    before = _wall(hecheng)
    pair = browser.get(link)
    assert row.case_no[-6:] in pair.text
    assert "统计数字不变" in pair.text
    assert send(browser, pair).status_code == 409
    merged = send(browser, pair, into=row.person)
    assert merged.status_code == 303, merged.text[-1500:]
    hecheng.settle()
    assert _wall(hecheng) == before
    family = browser.get(merged.headers["location"])
    assert "已并入的档案" in family.text
    assert link not in browser.get("/duplicates").text
    assert office.names.family(twin) == [row.person, twin]

    parted = send(browser, family, reason="查证为两人")
    assert parted.status_code == 303, parted.text[-1500:]
    hecheng.settle()
    assert _wall(hecheng) == before
    pair = browser.get(link)
    apart = next(f for f in forms(pair) if f.values.get("what") == "apart")
    told = browser.post(link, data={**apart.values, "reason": "papers"})
    assert told.status_code in {303, 409}
    if told.status_code == 409:  # the code of the reason is what the page offers
        reason = pair.text.split('id="f-reason"')[1].split('<option value="')[2].split('"')[0]
        assert browser.post(link, data={**apart.values, "reason": reason}).status_code == 303
    hecheng.settle()
    assert link not in browser.get("/duplicates").text
    assert act_form(pair).values["what"] == "merge"


def _wall(hecheng: Town) -> dict[str, list[Any]]:
    with hecheng.office.installation.pools.reader.connection() as conn:
        return {
            table: conn.execute(f"SELECT t::text FROM wall.{table} t ORDER BY 1").fetchall()
            for table in TABLES
        }


def _mine(hecheng: Town) -> Query:
    return Query(today=TODAY, officer=hecheng.places.staff["caseworker"].account)
