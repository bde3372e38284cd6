"""A list of a past day by both clocks: what was known then, and what is known of it now (31)."""

import re
from dataclasses import replace
from datetime import date

import pytest

from projections.lists import Query
from tests.caseload.town import TODAY, Town
from yizhan.caseload import caseload_parts


@pytest.mark.parametrize("label", ["caseworker", "mediator", "second"])
@pytest.mark.parametrize("day", [date(2026, 3, 20), date(2026, 4, 10), TODAY])
def test_without_late_entries_both_clocks_show_the_same_list(
    hecheng: Town, label: str, day: date
) -> None:
    caseload = hecheng.office.caseload
    query = Query(today=day, officer=hecheng.places.staff[label].account, limit=500)
    then = caseload.page(replace(query, position=caseload.position_at(day)))
    now = caseload_parts(hecheng.office).hindsight.page(query, day)
    assert [row.case_id for row in now.rows] == [row.case_id for row in then.rows]
    assert list(now.rows) == list(then.rows)
    assert (now.total, now.counts) == (then.total, then.counts)


def test_a_late_entry_shows_in_one_clock_only(hecheng: Town) -> None:
    office, browser = hecheng.office, hecheng.at("caseworker")
    day = date(2026, 4, 10)
    query = Query(today=TODAY, officer=hecheng.places.staff["caseworker"].account)
    held = next(r for r in office.caseload.page(query).rows if r.state == "PLACED")
    late = replace(hecheng.stamp("caseworker"), occurred_on=day)
    office.assistance.close(held.case_id, reason="employed_stable", stamp=late)
    hecheng.settle()
    for clock, there in (("", True), ("&clock=now", False)):
        page = browser.get(f"/cases?as_of={day}{clock}").text
        assert (held.case_id in " ".join(re.findall(r'data-row="([^"]+)"', page))) == there
