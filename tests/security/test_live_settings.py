"""A changed setting moves stored limits and alarms: preview, confirm, and no manual rebuild."""

import re
from datetime import date, timedelta

from httpx2 import Response

from domain.calendar import Unit
from projections.lists import Query
from projections.ranges import CURRENT
from tests.security.conftest import Client, Whole, recorded, said
from tests.wired import TODAY


def due_days(whole: Whole, rule: str) -> dict[str, date]:
    with whole.database.pools.reader.connection() as conn:
        found = conn.execute(
            f"SELECT case_id, due_on FROM wall.deadlines WHERE {CURRENT} AND rule = %s", [rule]
        ).fetchall()
    return {str(case): due for case, due in found}


def alarmed(whole: Whole, level: str) -> set[str]:
    rows = whole.office.caseload.page(Query(today=TODAY, tags=(level,))).rows
    return {row.case_id for row in rows}


def entered(whole: Whole, code: str, value: int, from_on: date = TODAY) -> Response:
    """Preview a setting and confirm it; give the preview."""
    admin: Client = whole.client("admin")
    given = {"code": code, "from_on": str(from_on), "value": str(value)}
    before = whole.office.settings.settings().value(code, from_on)
    preview = admin.post("/settings", **given)
    assert preview.status_code == 200, said(preview)
    assert whole.office.settings.settings().value(code, from_on) == before
    (mark,) = re.findall(r'name="confirmed" value="(\w*)"', preview.text)
    done = admin.post("/settings", **given, confirmed=mark)
    assert done.headers["location"].startswith("/jobs/"), said(done)
    whole.parts.extra["office"].jobs.run_all()
    assert "完成" in admin.get(done.headers["location"]).text
    assert not whole.office.live.behind()
    return preview


def test_a_limit_is_reckoned_anew_when_its_setting_changes(whole: Whole) -> None:
    case = recorded(
        whole.client("mediator"),
        "/disputes/new/record_intake",
        channel="phone_12345",
        summary="欠薪",
    ).removeprefix("/disputes/")
    whole.catch_up()
    calendar = whole.office.settings.calendar()
    five, seven = (calendar.due(TODAY, days, Unit.WORKING).on for days in (5, 7))
    assert due_days(whole, "DL-20")[case] == five
    preview = entered(whole, "workorder_working_days", 7)
    assert f"<s>{five}</s>" in preview.text
    assert f"<b>{seven}</b>" in preview.text
    assert due_days(whole, "DL-20")[case] == seven
    # Only orders that come from that day on: those before keep the days they were promised.
    later = entered(whole, "workorder_working_days", 9, TODAY + timedelta(days=1))
    assert "没有在走的期限或预警因此改变。" in later.text
    assert due_days(whole, "DL-20")[case] == seven


def test_an_alarm_is_raised_when_its_setting_changes(whole: Whole) -> None:
    mediator, firm = whole.client("mediator"), whole.stock.firm
    place = recorded(mediator, "/disputes/new/record_intake", channel="walk_in", summary="欠薪")
    case = place.removeprefix("/disputes/")
    recorded(mediator, f"{place}/add_respondent",
             respondent=f"{firm.name} {firm.credit_code}", role="employer")  # fmt: skip
    rows = "\n".join(
        f"{one.name} {one.id_no}\tC01\t2026-02\t2026-03\t3000.00" for one in whole.stock.fresh[:10]
    )
    recorded(mediator, f"{place}/state_claims_table", rows=rows)
    whole.catch_up()
    assert case in alarmed(whole, "collective")
    assert case not in alarmed(whole, "emergency")
    preview = entered(whole, "emergency_workers", 10)
    assert "重大集体争议" in said(preview)
    assert "1 个预警" in said(preview)
    assert case in alarmed(whole, "emergency")
    entered(whole, "emergency_workers", 30)
    assert case not in alarmed(whole, "emergency")


def test_what_reckons_nothing_is_entered_at_once(whole: Whole) -> None:
    admin = whole.client("admin")
    done = admin.post("/settings", code="back_days", from_on=str(TODAY), value="20")
    assert done.headers["location"] == "/settings#back_days"
    assert not whole.office.live.behind()


def test_a_preview_that_another_change_overtook_is_shown_again(whole: Whole) -> None:
    admin = whole.client("admin")
    given = {"code": "grace_days", "from_on": str(TODAY), "value": "2"}
    preview = admin.post("/settings", **given)
    (mark,) = re.findall(r'name="confirmed" value="(\w*)"', preview.text)
    whole.office.settings.set_value("review_working_days", TODAY, 9, by="staff-other")
    again = admin.post("/settings", **given, confirmed=mark)
    assert again.status_code == 200
    assert 'name="confirmed"' in again.text
    assert whole.office.settings.settings().value("grace_days", TODAY) == 0
