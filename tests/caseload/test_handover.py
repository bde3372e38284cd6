"""A caseload of 500 is handed over by one action, reported, and undone by one (F-79)."""

from collections import Counter

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from application.handovers import CHUNK, Handovers
from application.store import Done, Part, Stamp
from domain.dispute import DisputeCase
from domain.handover import Handover, Move, give_back, hand_over, role_of
from domain.kernel import Refused
from projections.lists import Query
from tests.caseload.town import Town, crowd
from tests.domain.dispute import cases
from tests.web.reading import send
from tests.wired import TODAY
from yizhan.caseload import CaseloadDesk

MANY = 500


def test_500_cases_are_one_action_one_report_and_one_undo(hecheng: Town) -> None:
    leaver = hecheng.places.staff["second"].account
    to = hecheng.places.staff["caseworker"].account
    moved = crowd(hecheng, "second", MANY, batch="handover")
    before = _owners(hecheng)
    browser = hecheng.client("manager")
    form = browser.get(f"/handovers/new/{leaver}")
    group = next(name for name in form.text.split('"') if name.startswith("to-seeker-"))
    preview = _preview(browser, leaver, {group: to, "reason": "调往市级市场"})
    assert f"将移交 {MANY} 件" in preview.text

    commands = _count(hecheng, "log.commands")
    answer = send(browser, preview)
    assert answer.status_code == 303, answer.text[-1500:]
    again = send(browser, preview)  # pressed twice
    assert again.headers["location"] == answer.headers["location"]
    assert _count(hecheng, "log.commands") - commands == 2 + MANY // CHUNK
    hecheng.settle()
    assert dict.fromkeys(moved, to).items() <= _owners(hecheng).items()
    assert not hecheng.office.caseload.count(_held_by(leaver))

    report = browser.get(answer.headers["location"])
    assert f"<dd><b>{MANY}</b></dd>" in report.text
    hecheng.office.assistance.assign(
        moved[0], officer=hecheng.places.staff["market-1"].account, stamp=hecheng.stamp("manager")
    )
    assert send(browser, report, reason=" ").status_code == 409
    undone = send(browser, report, reason="调动取消")
    assert undone.status_code == 303, undone.text[-1500:]
    facts = _count(hecheng, "log.events")
    assert send(browser, report, reason="调动取消").headers["location"] in str(report.url)
    assert _count(hecheng, "log.events") == facts  # pressed twice, done once
    hecheng.settle()
    state = hecheng.office.store.load(Handover, answer.headers["location"].split("/")[-1])
    assert (state.standing, [one.case for one in state.stayed]) == ("undone", [moved[0]])
    after = _owners(hecheng)
    assert {k: v for k, v in after.items() if k != moved[0]} == {
        k: v for k, v in before.items() if k != moved[0]
    }


def test_who_lacks_role_or_station_takes_nothing(hecheng: Town) -> None:
    leaver = hecheng.places.staff["mediator"].account
    desk = CaseloadDesk(hecheng.office)
    station = next(one.station for one in desk.held(leaver))
    for label, lacking in (("caseworker", "role"), ("taoyuan-1", "role"), ("mediator-2", "")):
        receiver = hecheng.places.staff[label].account
        steps = desk.handovers.preview(leaver, {("dispute", station): (receiver,)})
        assert {one.lacks for one in steps if one.to} == {lacking}
    both = tuple(hecheng.places.staff[one].account for one in ("mediator-2", "mediator-3"))
    shared = Counter(
        one.to for one in desk.handovers.preview(leaver, {("dispute", station): both}) if one.to
    )
    assert max(shared.values()) - min(shared.values()) <= 1
    with pytest.raises(Refused) as told:
        desk.handovers.hand_over(leaver, receivers={}, reason="x", stamp=hecheng.stamp("manager"))
    assert told.value.rule == "P-08"
    assert hecheng.client("caseworker").get("/handovers").status_code == 403


class CutOff(Exception):
    """The power failed."""


def test_a_handover_that_was_cut_off_goes_on_where_it_stopped(hecheng: Town) -> None:
    crowd(hecheng, "market-2", 150, batch="cut")
    leaver = hecheng.places.staff["market-2"].account
    to = hecheng.places.staff["second"].account
    desk = CaseloadDesk(hecheng.office)
    stamp, asked = hecheng.stamp("manager"), 0
    station = desk.held(leaver)[0].station
    store = hecheng.office.store

    class Failing:
        load = store.load

        def decide(self, stamp: Stamp, *parts: Part[Handover]) -> Done:
            nonlocal asked
            asked += 1
            if asked == 3:  # the plan, the first hundred, and then nothing
                raise CutOff
            return store.decide(stamp, *parts)

    failing = Handovers(Failing(), desk.held, desk.who)  # type: ignore[arg-type]  # all it uses
    receivers = {("seeker", station): (to,)}
    with pytest.raises(CutOff):
        failing.hand_over(leaver, receivers=receivers, reason="断电", stamp=stamp)
    hecheng.settle()
    assert hecheng.office.caseload.count(_held_by(leaver)) == 50
    done = desk.handovers.hand_over(leaver, receivers=receivers, reason="断电", stamp=stamp)
    hecheng.settle()
    assert hecheng.office.caseload.count(_held_by(leaver)) == 0
    assert len(store.load(Handover, done.streams[0]).moved) == 150


@pytest.mark.parametrize("had", ["", "co_worker"])
@pytest.mark.parametrize("role", ["owner", "co_worker"])
def test_a_dispute_goes_and_comes_back_with_every_role_as_before(role: str, had: str) -> None:
    play = cases.mediating()
    case: DisputeCase = play.case
    if role == "co_worker":
        play.record(case.assign_mediator(mediator="staff-left", role=role))
    leaver = case.owner if role == "owner" else "staff-left"
    if had:
        play.record(case.assign_mediator(mediator="staff-new", role=had))
    before = dict(case.mediators)
    move = Move(case="dispute-1", role=role, to="staff-new", had=had)
    moved = hand_over(case, move, account=leaver, reason="调岗")
    if role == had:  # already there: the one who leaves only goes
        assert [fact.TOPIC for fact in moved] == ["dispute.mediator_unassigned"]
    play.record(moved)
    assert (role_of(case, leaver), role_of(case, "staff-new")) == ("", role)
    assert hand_over(case, move, account=leaver, reason="调岗") == []
    play.record(give_back(case, move, account=leaver, reason="调岗取消"))
    assert dict(case.mediators) == before


def _preview(browser: TestClient, leaver: str, data: dict[str, str]) -> Response:
    page = browser.get(f"/handovers/new/{leaver}")
    csrf = page.text.split('name="csrf" value="')[1].split('"')[0]
    found: Response = browser.post(f"/handovers/new/{leaver}/preview", data={"csrf": csrf, **data})
    assert found.status_code == 200, found.text[-1500:]
    return found


def _owners(hecheng: Town) -> dict[str, str]:
    with hecheng.office.installation.pools.reader.connection() as conn:
        return dict(
            conn.execute(
                "SELECT case_id, owner FROM wall.caseload WHERE to_position = 2^63 - 1"
            ).fetchall()
        )


def _count(hecheng: Town, table: str) -> int:
    with hecheng.office.installation.pools.reader.connection() as conn:
        (found,) = conn.execute(f"SELECT count(*) FROM {table}").fetchone() or (0,)
    return int(found)


def _held_by(account: str) -> Query:
    return Query(today=TODAY, officer=account)
