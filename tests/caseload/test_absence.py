"""A colleague stands in: rights follow, every record says who for whom, the day ends it (F-80)."""

from datetime import date, timedelta

import pytest

from application.rights import check
from application.store import Who
from domain.dispute import DisputeCase
from domain.kernel import Refused
from tests.caseload.town import Town
from tests.web.reading import send
from tests.wired import TODAY


def test_a_colleague_acts_for_an_absent_one_until_the_last_day(hecheng: Town) -> None:
    absent, colleague = hecheng.places.staff["mediator"], hecheng.places.staff["caseworker"]
    browser = hecheng.client("mediator")
    form = browser.get("/absences")
    for wrong, said in (
        ({"to": colleague.account, "to_on": "2026-04-01"}, "已经过去"),
        ({"to": hecheng.places.staff["auditor"].account, "to_on": "2026-04-30"}, "请从所列"),
    ):
        refused = send(browser, form, **wrong)
        assert (refused.status_code, said in refused.text) == (409, True)
    answer = send(browser, form, to=colleague.account, to_on="2026-04-30")
    assert answer.status_code == 303, answer.text[-2000:]
    assert "代办中" in browser.get("/absences").text

    case = _cases(hecheng, absent.account)[0]
    who = hecheng.who("caseworker")
    assert who.accounts == {colleague.account, absent.account}
    hecheng.office.dispute_file.add_note(case, note="代为记录", stamp=hecheng.stamp("caseworker"))
    last = hecheng.office.reader.history(case)[-1]
    assert (last.actor, last.on_behalf) == (colleague.account, absent.account)
    page = hecheng.client("caseworker").get(f"/disputes/{case}").text
    assert f"{colleague.person.name} 代 {absent.person.name}" in page

    after = hecheng.office.accounts.who(colleague.account, date(2026, 5, 1))
    assert after is not None
    assert after.accounts == {colleague.account}
    with pytest.raises(Refused) as told:
        check(after, "dispute.edit", hecheng.office.store.load(DisputeCase, case), case)
    assert told.value.rule == "P-05"


def test_an_absence_ends_early_and_nobody_ends_anothers(hecheng: Town) -> None:
    label, other = hecheng.places.staff["mediator-2"], hecheng.places.staff["mediator-3"]
    span = {"from_on": TODAY, "to_on": TODAY + timedelta(9)}
    give = hecheng.office.accounts.give_delegation
    give(label.account, to=other.account, **span, stamp=hecheng.stamp("mediator-2"))
    with pytest.raises(Refused) as told:
        give(label.account, to=other.account, **span, stamp=hecheng.stamp("caseworker"))
    assert told.value.rule == "P-05"
    hecheng.settle()
    assert label.account in hecheng.who("mediator-3").accounts
    hecheng.office.accounts.end_delegation(
        label.account, to=other.account, stamp=hecheng.stamp("manager")
    )
    hecheng.settle()
    assert label.account not in hecheng.who("mediator-3").accounts


def test_a_manager_lends_the_managers_rights() -> None:
    manager = Who("m", "s", frozenset({"station_manager"}), frozenset({"s"}))
    deputy = Who("d", "s", frozenset({"caseworker"}), frozenset({"s"}), (manager,))
    assert check(deputy, "case.reassign", DisputeCase(), "dispute-1") == "m"
    assert check(deputy, "seeker.edit", DisputeCase(), "dispute-1") == ""


def _cases(hecheng: Town, account: str) -> list[str]:
    with hecheng.office.installation.pools.reader.connection() as conn:
        return [
            case
            for (case,) in conn.execute(
                "SELECT case_id FROM wall.caseload WHERE owner = %s AND state = 'MEDIATING'"
                " AND to_position = 2^63 - 1 ORDER BY case_id",
                [account],
            )
        ]
