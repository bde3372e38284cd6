"""The services about disputes over a store in memory: numbers, rights, stations, merging."""

import uuid
from datetime import date
from typing import Any

import pytest

from application.dispute_desk import Outside, case_number, intake_number
from application.dispute_file import DisputeFile
from application.dispute_intake import Intake
from application.escalation import Escalation
from application.mediation import Mediation
from application.settlement import Settlement
from application.store import Stamp, Who
from domain.dispute import DisputeCase, facts
from domain.dispute.values import Line
from domain.kernel import Refused
from domain.money import Fen
from tests import stories
from tests.memory import MemoryStore

EMPLOYER = "employer-0313"
MEDIATOR = Who("staff-m", "station-1", frozenset({"mediator"}))
CASEWORKER = Who("staff-c", "station-1", frozenset({"caseworker"}))
MANAGER = Who("staff-s", "station-1", frozenset({"station_manager"}))
STRANGER = Who("staff-o", "station-2", frozenset({"mediator"}))


def stamp(who: Who = MEDIATOR, day: int = 2) -> Stamp:
    return Stamp(who, str(uuid.uuid4()), date(2026, 3, day))


class Office:
    """All services over one store."""

    def __init__(self, **outside: Any) -> None:
        self.store = MemoryStore(date(2026, 6, 1))
        given = Outside(**outside)
        self.intake = Intake(self.store, given)
        self.mediation = Mediation(self.store, given)
        self.settlement = Settlement(self.store, given)
        self.escalation = Escalation(self.store, given)
        self.file = DisputeFile(self.store, given)

    def received(self, *workers: str) -> str:
        done = self.intake.record_intake(channel="walk_in", summary="欠薪", stamp=stamp(CASEWORKER))
        (case,) = done.streams
        rows = [stories.row(worker, "C01", Fen(100_000)) for worker in workers or ("person-1",)]
        self.intake.state_claims_table(case, rows=rows, stamp=stamp(CASEWORKER))
        self.intake.add_respondent(
            case, respondent=EMPLOYER, role="employer", stamp=stamp(CASEWORKER)
        )
        self.intake.receive_application(case, form="oral", stamp=stamp(CASEWORKER))
        return case

    def mediating(self) -> str:
        case = self.received()
        self.intake.accept(case, stamp=stamp(day=3))
        self.file.assign_mediator(case, mediator="staff-m", stamp=stamp(day=3))
        self.mediation.hold_session(
            case, mediator="staff-m", present=("person-1",), minutes="笔录", stamp=stamp(day=4)
        )
        return case

    def state(self, case: str) -> DisputeCase:
        return self.store.load(DisputeCase, case)


def test_acceptance_draws_numbers_without_gaps_in_county_and_year() -> None:
    office = Office()
    numbers = []
    for _ in range(3):
        case = office.received()
        office.intake.accept(case, stamp=stamp(day=3))
        numbers.append(office.state(case).case_no)
    assert numbers == [case_number("鹤", 2026, serial) for serial in (1, 2, 3)]
    assert numbers[0] == "鹤劳调〔2026〕0001号"


def test_a_refused_acceptance_uses_up_no_number() -> None:
    office = Office()
    done = office.intake.record_intake(channel="walk_in", summary="x", stamp=stamp())
    office.intake.receive_application(done.streams[0], form="oral", stamp=stamp())
    with pytest.raises(Refused, match="D-01"):
        office.intake.accept(done.streams[0], stamp=stamp())
    case = office.received()
    office.intake.accept(case, stamp=stamp())
    assert office.state(case).serial == 1


def test_the_county_of_the_station_stands_in_the_number() -> None:
    office = Office(county=lambda station: {"station-1": "荔"}[station])
    case = office.received()
    office.intake.accept(case, stamp=stamp())
    assert office.state(case).case_no == "荔劳调〔2026〕0001号"


def test_a_wage_table_of_hundreds_is_one_command() -> None:
    office = Office()
    workers = [f"person-{number}" for number in range(300)]
    case = office.received(*workers)
    tables = [r for r in office.store.history(case) if isinstance(r.event, facts.ClaimStated)]
    assert len({recorded.command_id for recorded in tables}) == 1
    assert office.state(case).totals.claimed == 300 * 100_000
    assert office.state(case).collective


def test_a_row_that_is_wrong_refuses_the_whole_table_and_names_the_row() -> None:
    office = Office()
    case = office.received()
    rows = [stories.row("person-2", "C01", Fen(1)), stories.row("person-3", "C01", Fen(0))]
    with pytest.raises(Refused, match="第2行"):
        office.intake.state_claims_table(case, rows=rows, stamp=stamp())
    assert "person-2" not in office.state(case).workers


def test_an_intake_sent_again_is_answered_with_the_same_case() -> None:
    office = Office()
    once = stamp()
    first = office.intake.record_intake(channel="walk_in", summary="x", stamp=once)
    again = office.intake.record_intake(channel="walk_in", summary="x", stamp=once)
    assert first == again
    assert intake_number(once) in office.state(first.streams[0]).intakes


@pytest.mark.parametrize(
    ("who", "rule"), [(CASEWORKER, "P-05"), (STRANGER, "P-05"), (MEDIATOR, ""), (MANAGER, "")]
)
def test_agreements_are_signed_by_the_mediator_of_the_case_or_a_manager(
    who: Who, rule: str
) -> None:
    office = Office()
    case = office.mediating()

    def sign() -> None:
        office.settlement.sign_agreement(
            case,
            mediator="staff-m",
            signed_by=("person-1", EMPLOYER),
            sealed=True,
            lines=(Line(1, Fen(80_000)),),
            perform_by=date(2026, 3, 20),
            terms="一次付清",
            stamp=stamp(who, 6),
        )

    if rule:
        with pytest.raises(Refused, match=rule):
            sign()
    else:
        sign()
        assert office.state(case).totals.agreed == 80_000


def test_another_stations_case_is_left_alone_until_it_is_transferred() -> None:
    office = Office()
    case = office.mediating()
    with pytest.raises(Refused, match="S-16"):
        office.file.add_note(case, note="x", stamp=stamp(STRANGER))
    office.file.offer_transfer(case, to_station="station-2", reason="搬迁", stamp=stamp(day=5))
    office.file.accept_transfer(case, stamp=stamp(STRANGER, 6))
    office.file.add_note(case, note="x", stamp=stamp(STRANGER, 6))
    assert office.state(case).officers == frozenset({"staff-o"})


def test_a_change_of_mediator_takes_a_manager() -> None:
    office = Office()
    case = office.mediating()
    with pytest.raises(Refused, match="P-05"):
        office.file.assign_mediator(case, mediator="staff-x", reason="请假", stamp=stamp())
    office.file.assign_mediator(case, mediator="staff-x", reason="请假", stamp=stamp(MANAGER, 5))
    assert office.state(case).owner == "staff-x"


def test_a_voucher_of_the_same_payer_is_refused_in_another_case_too() -> None:
    office = Office()
    paid = {"payer": EMPLOYER, "fund": "employer", "method": "bank", "voucher_no": "V-1"}
    lines = (Line(1, Fen(100)),)
    for case in (office.mediating(), office.mediating()):
        try:
            office.settlement.pay_immediately(
                case, **paid, lines=lines, settles=False, stamp=stamp(day=5)
            )
        except Refused as refused:
            found = refused.rule
    assert found == "D-07"


def test_a_merge_stands_on_both_cases_and_can_be_undone() -> None:
    office = Office()
    survivor, other = office.received(), office.received("person-2")
    office.file.merge(other, into=survivor, stamp=stamp(day=3))
    assert set(office.state(survivor).workers) == {"person-1", "person-2"}
    assert office.state(other).outcome == "merged"
    office.file.unmerge(survivor, other=other, reason="错并", stamp=stamp(day=4))
    assert set(office.state(survivor).workers) == {"person-1"}
    assert office.state(other).standing == "RECEIVED"


def test_what_the_outside_knows_is_asked() -> None:
    office = Office(
        unfit=lambda account, _case: "relative" if account == "staff-r" else "",
        mediating=lambda _case: "鹤1号",
    )
    case = office.mediating()
    with pytest.raises(Refused, match="relative"):
        office.file.assign_mediator(case, mediator="staff-r", role="co_worker", stamp=stamp(day=5))
    with pytest.raises(Refused, match="D-13"):
        office.escalation.refer_inspection(
            case, workers=("person-1",), body="大队", takes_over=True, stamp=stamp(day=5)
        )


def test_free_text_is_sealed_for_the_only_worker_and_else_for_the_case() -> None:
    office = Office()
    alone, many = office.received("person-1"), office.received("person-1", "person-2")
    for case, subject in ((alone, "person-1"), (many, many)):
        office.file.add_note(case, note="来电", stamp=stamp(day=3))
        note = office.store.facts(case)[-1]
        assert isinstance(note, facts.NoteAdded)
        assert note.note.subject == subject
