"""A year entered on the page moves the running limits at once: preview, confirm, no restart."""

import re
from datetime import date

import pytest

from domain.kernel import Refused
from projections.ranges import CURRENT
from tests.security.conftest import SEEKER, Client, Whole, recorded, said


def due_days(whole: Whole) -> list[tuple[str, str, date, int]]:
    with whole.database.pools.reader.connection() as conn:
        return [
            (str(case), str(rule), due, int(version))
            for case, rule, due, version in conn.execute(
                "SELECT case_id, rule, due_on, calendar FROM wall.deadlines"
                f" WHERE {CURRENT} ORDER BY 1, 2, about"
            ).fetchall()
        ]


def test_a_year_is_previewed_confirmed_and_in_force_without_a_restart(whole: Whole) -> None:
    recorded(
        whole.client("mediator"),
        "/disputes/new/record_intake",
        channel="phone_12345",
        summary="欠薪",
    )
    whole.catch_up()
    before = due_days(whole)
    day = min(due for _, rule, due, _ in before if rule == "DL-20" and due > date(2026, 4, 16))
    admin = whole.client("admin")
    held = whole.office.settings.calendar()
    rest = "\n".join(str(one) for one in holidays(whole) | {day})
    assert held.is_working(day)
    preview = admin.post("/calendar", year="2026", rest=rest, worked=worked(whole))
    assert preview.status_code == 200, said(preview)
    assert f"<s>{day}</s>" in preview.text
    assert due_days(whole) == before  # a preview enters nothing
    assert whole.office.settings.calendar().version == held.version
    moving = int(re.findall(r"会移动 (\d+) 个", preview.text)[0])
    confirmed = re.findall(r'name="confirmed" value="(\d+)"', preview.text)[0]
    done = admin.post(
        "/calendar", year="2026", rest=rest, worked=worked(whole), confirmed=confirmed
    )
    assert done.headers["location"].startswith("/jobs/"), said(done)
    whole.parts.extra["office"].jobs.run_all()
    assert "完成" in admin.get(done.headers["location"]).text
    after = due_days(whole)
    changed = [(a, b) for a, b in zip(before, after, strict=True) if a[2] != b[2]]
    assert len(changed) == moving > 0
    assert {version for *_, version in after} == {held.version + 1}
    # What is recorded from now on is reckoned by the new calendar in the running process.
    assert not whole.office.live.behind()
    recorded(
        whole.client("caseworker"), "/seekers/new/register",
        **(SEEKER | {"name": "龙新", "id_no": whole.stock.fresh[1].id_no,
                     "sex": whole.stock.fresh[1].sex}),
    )  # fmt: skip
    whole.catch_up()
    assert {version for *_, version in due_days(whole)} == {held.version + 1}
    assert len(due_days(whole)) > len(after)
    # The version that earlier decisions cite can still be read (F-70).
    old = whole.office.settings.calendar_of(held.version)
    assert old.is_working(day)
    assert not whole.office.settings.calendar_of(held.version + 1).is_working(day)
    assert whole.office.settings.calendar_versions()[0].year == 2026


def holidays(whole: Whole) -> set[date]:
    held = whole.office.settings.calendar()
    days = [date.fromordinal(date(2026, 1, 1).toordinal() + n) for n in range(365)]
    return {day for day in days if day.weekday() < 5 and not held.is_working(day)}


def worked(whole: Whole) -> str:
    held = whole.office.settings.calendar()
    days = [date.fromordinal(date(2026, 1, 1).toordinal() + n) for n in range(365)]
    return "\n".join(str(day) for day in days if day.weekday() > 4 and held.is_working(day))


def test_a_version_is_never_changed(whole: Whole) -> None:
    whole.office.settings.seed()
    with whole.database.pools.writer.connection() as conn, pytest.raises(Exception, match="denied"):
        conn.execute("UPDATE office.calendar_versions SET year = 1")


@pytest.mark.parametrize(
    ("given", "why"),
    [({"year": "26", "rest": "2026-01-01"}, "年份不对"),
     ({"year": "2027", "rest": "2026-01-01"}, "不属于2027年"),
     ({"year": "2027", "rest": "三月"}, "规则"),
     ({"year": "2027", "rest": "2027-03-01 至 2027-01-01"}, "不是一段日期")],
)  # fmt: skip
def test_a_wrong_year_is_refused_with_everything_typed(
    whole: Whole, given: dict[str, str], why: str
) -> None:
    client: Client = whole.client("admin")
    answer = client.post("/calendar", **given)
    assert answer.status_code == 409
    assert why in answer.text
    assert given["rest"] in answer.text


def test_the_domain_reads_spans_of_days() -> None:
    from domain.calendar import calendar_days

    assert calendar_days("2027-01-01, 2027-02-05 至 2027-02-07\n") == [
        date(2027, 1, 1), date(2027, 2, 5), date(2027, 2, 6), date(2027, 2, 7),
    ]  # fmt: skip
    with pytest.raises(Refused):
        calendar_days("2027-02-05 至 2026-02-07")
