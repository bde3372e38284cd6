"""One page of the counter is one command: everything is recorded, or nothing."""

from datetime import date
from uuid import uuid4

import pytest

from application.enrolling import Enrolling
from application.front_desk import Answers, CameIn, Firm, FrontDesk, Worker
from application.wage_tables import Newcomer
from domain.dispute import DisputeCase
from domain.dispute.claims import ClaimRow
from domain.employer import Employer
from domain.kernel import Refused
from domain.money import Fen
from tests.application.people.conftest import GONG, MANAGER, Office, stamp
from tests.stories import MONTHS

CODE = "91449901MAXX000313"
CAME = CameIn("walk_in", "二月三月工资未发")
LABOUR = Answers("labour", "pay", "none")
ANN = Worker(newcomer=Newcomer(GONG.id_no, GONG.name))
FIRM = Firm(name="试用制衣厂", credit_code=CODE)
CLAIM = ClaimRow(
    worker="",
    code="C01",
    from_on=date(2026, 1, 1),
    to_on=date(2026, 2, 28),
    amount=Fen(840_000),
    basis=MONTHS,
    ended_on=date(2026, 2, 28),
)


def desk(office: Office) -> FrontDesk:
    return FrontDesk(Enrolling(office.store, office.vault, office.index, office.names), "449901")


def test_person_employer_and_case_come_in_one_append(office: Office) -> None:
    sent = stamp(command=str(uuid4()))
    asked = {
        "came": CAME, "worker": ANN, "firm": FIRM, "answers": LABOUR,
        "claims": [CLAIM], "form": "oral", "stamp": sent,
    }  # fmt: skip
    done = desk(office).open_case(**asked)  # type: ignore[arg-type]  # the same arguments twice
    case = office.store.load(DisputeCase, done.streams[0])
    assert case.standing == "RECEIVED"
    assert case.totals.claimed == Fen(840_000)
    assert [record.ended_on for record in case.workers.values()] == [date(2026, 2, 28)]
    (employer,) = case.respondents
    assert office.store.load(Employer, employer).credit_code == CODE
    again = desk(office).open_case(**asked)  # type: ignore[arg-type]
    assert again == done


def test_a_second_channel_joins_the_case_with_an_intake_of_its_own(office: Office) -> None:
    done = desk(office).open_case(
        came=CAME, worker=ANN, firm=FIRM, answers=LABOUR, claims=[CLAIM], form="", stamp=stamp()
    )
    case = done.streams[0]
    office.leader.drain()
    state = office.store.load(DisputeCase, case)
    (person,) = state.workers
    for channel, number in (("petition", "XF-1"), ("phone_12345", "GD-2")):
        came = CameIn(channel, "同一件事", number, date(2026, 3, 20))
        worker = Worker(person=person)
        desk(office).join_case(case, came=came, worker=worker, claims=[], stamp=stamp())
    state = office.store.load(DisputeCase, case)
    assert [one.outer_no for one in state.intakes.values()] == [None, "XF-1", "GD-2"]
    assert len(state.claims) == 1


def test_a_twin_forbids_a_second_case_and_leaves_nobody_behind(office: Office) -> None:
    with pytest.raises(Refused) as caught:
        desk(office).open_case(
            came=CAME, worker=ANN, firm=FIRM, answers=LABOUR, claims=[CLAIM], form="oral",
            stamp=stamp(), open_elsewhere="鹤劳调〔2026〕0001号",
        )  # fmt: skip
    assert caught.value.rule == "D-12"
    assert office.index.find_many([GONG.id_no]) == {}


def test_who_is_sent_elsewhere_is_recorded_and_told(office: Office) -> None:
    done = desk(office).open_case(
        came=CAME, worker=ANN, firm=Firm(), answers=Answers("domestic", "pay", "none"),
        claims=[], form="oral", stamp=stamp(MANAGER), refusal="no_relation",
        told_route="people_mediation",
    )  # fmt: skip
    state = office.store.load(DisputeCase, done.streams[0])
    assert (state.standing, state.outcome) == ("CLOSED", "not_accepted")
    assert state.route is not None
    assert state.route.body == "people_mediation"
