"""A list of a past day by both clocks: what was known then, and what is known of it now (31)."""

import re
from dataclasses import replace
from datetime import date

import pytest

from domain.dispute import DisputeCase
from domain.seeker import facts as seeker
from projections.lists import CaseLine, Query
from tests.caseload.town import Town, old_case
from tests.wired import TODAY
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
    office, browser = hecheng.office, hecheng.client("caseworker")
    day = date(2026, 4, 10)
    query = Query(today=TODAY, officer=hecheng.places.staff["caseworker"].account)
    held = next(r for r in office.caseload.page(query).rows if r.state == "PLACED")
    late = replace(hecheng.stamp("caseworker"), occurred_on=day)
    office.assistance.close(held.case_id, reason="employed_stable", stamp=late)
    hecheng.settle()
    for clock, there in (("", True), ("&clock=now", False)):
        page = browser.get(f"/cases?as_of={day}{clock}").text
        assert (held.case_id in " ".join(re.findall(r'data-row="([^"]+)"', page))) == there


def test_money_that_was_taken_back_never_came_as_we_know_now(hecheng: Town) -> None:
    """A reversal and the right entry for the same day: never more paid than agreed (D-08)."""
    office, stamp = hecheng.office, hecheng.stamp("mediator")
    query = Query(
        today=TODAY, officer=hecheng.places.staff["mediator"].account, kinds=("dispute",), limit=500
    )
    case, state, wrong = next(
        (row.case_id, state, paid)
        for row in office.caseload.page(query).rows
        for state in [office.store.load(DisputeCase, row.case_id)]
        for paid in state.payments.values()
        if paid.door == "agreement" and paid.on < TODAY
    )
    agreed, came = state.totals.agreed, sum(int(line.amount) for line in wrong.lines)
    before = known_now(hecheng, query, case, wrong.on)
    office.settlement.reverse_payment(case, payment=wrong.no, reason="录错", stamp=stamp)
    gone = known_now(hecheng, query, case, wrong.on)
    assert (gone.paid, gone.outstanding) == (before.paid - came, before.outstanding + came)
    office.settlement.record_payment(
        case,
        agreement=wrong.agreement or 0,
        payer=wrong.payer,
        fund=wrong.fund,
        method="bank",
        voucher_no=f"{wrong.voucher_no}-2",
        lines=wrong.lines,
        instalment=wrong.instalment,
        stamp=replace(hecheng.stamp("mediator"), occurred_on=wrong.on),
    )
    right = known_now(hecheng, query, case, wrong.on)
    assert (right.paid, right.outstanding) == (before.paid, before.outstanding)
    assert right.outstanding >= 0
    assert right.paid + right.outstanding == agreed


def test_a_day_within_an_imported_history_shows_the_case_as_it_stood(hecheng: Town) -> None:
    """One command brings facts of many days; the day cuts it between two of them."""
    staff, day = hecheng.places.staff, date(2026, 4, 10)
    old = old_case(staff["caseworker"].account, "within", 1)
    began = old.facts[0][0]
    later = seeker.Assigned(
        officer=staff["second"].account, role="co_worker", note=None, source=began.source
    )
    hecheng.office.store.append_history(
        hecheng.who("manager"), "within", 0, [old._replace(facts=[*old.facts, (later, TODAY)])]
    )
    query = Query(today=TODAY, officer=staff["caseworker"].account, limit=500)
    row = known_now(hecheng, query, old.stream, day)
    assert (row.opened_on, row.officers) == (date(2026, 3, 2), (staff["caseworker"].account,))
    assert len(known_now(hecheng, query, old.stream, TODAY).officers) == 2


def known_now(hecheng: Town, query: Query, case: str, day: date) -> CaseLine:
    """Give the row of a case on a past day, as we know it now."""
    hecheng.settle()
    found = caseload_parts(hecheng.office).hindsight.page(replace(query, closed=True), day)
    return next(row for row in found.rows if row.case_id == case)
