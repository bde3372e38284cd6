"""The services about seekers on a store in memory: rights, seats, links, numbers."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

import pytest

from application.assistance import Assistance
from application.assistance_desk import Outside
from application.ids import uuid7
from application.store import Done, Part, Stamp, Who
from domain.dispute import DisputeCase
from domain.dispute.facts import ClaimantAdded, IntakeRecorded
from domain.employer import Employer
from domain.employer import Registered as EmployerRegistered
from domain.kernel import Refused
from domain.money import Fen
from domain.seeker import SeekerCase
from domain.seeker.values import Wants
from domain.settings import Settings
from domain.training import TrainingClass
from domain.training.facts import ClassOpened, Lesson, SessionHeld
from domain.vacancy import Vacancy
from domain.vacancy.facts import Drafted, Published, Submitted, Verified
from tests.memory import MemoryStore

TODAY = date(2026, 3, 2)
OFFICER = Who("staff-1", "station-a", frozenset({"caseworker"}), frozenset({"station-a"}))
OTHER = Who("staff-2", "station-b", frozenset({"caseworker"}), frozenset({"station-b"}))
MANAGER = Who("staff-3", "station-a", frozenset({"station_manager"}))
AUDITOR = Who("staff-4", "station-a", frozenset({"auditor"}))


class Office(NamedTuple):
    """A store and the service on it."""

    store: MemoryStore
    assistance: Assistance


def stamp(who: Who = OFFICER, on: date = TODAY, override: str = "") -> Stamp:
    return Stamp(who, str(uuid7()), on, override)


@pytest.fixture
def office() -> Office:
    store = MemoryStore(TODAY, settings=Settings())
    outside = Outside(
        today=lambda: store.today,
        settings=Settings,
        birth=lambda person: None if person == "person-unknown" else date(1990, 5, 20),
        open_case=lambda person: "",
        county=lambda station: "440784",
    )
    return Office(store, Assistance(store, outside))


def register(office: Office, person: str = "person-1", who: Who = OFFICER, lead: str = "") -> str:
    done = office.assistance.register(
        person=person,
        station="station-a",
        channel="walk_in",
        sex="female",
        domicile="440784",
        activity="jobless",
        wants=Wants(),
        notice_version="1",
        lead=lead,
        stamp=stamp(who),
    )
    return done.streams[0]


def vacancy(office: Office, headcount: int = 1) -> None:
    employer = EmployerRegistered(kind="company", name="甲公司", district="440784")
    drafted = Drafted(
        employer="employer-1",
        occupation="catering",
        title="店员",
        headcount=headcount,
        conditions="",
        work="接待",
        place="440784",
        pay_from=Fen(300_000),
        pay_to=Fen(400_000),
        pay_unit="month",
        valid_until=date(2026, 5, 1),
    )
    facts = [drafted, Submitted(), Verified(method="visit"), Published()]
    office.store.decide(
        stamp(),
        Part(Employer, "employer-1", lambda _: [employer]),
        Part(Vacancy, "vacancy-1", lambda _: facts),
    )


def load(office: Office, case: str) -> SeekerCase:
    return office.store.load(SeekerCase, case)


def refused(decision: Callable[[], Done], rule: str) -> None:
    with pytest.raises(Refused) as caught:
        decision()
    assert caught.value.rule == rule, str(caught.value)


def test_numbers_of_a_county_follow_one_another(office: Office) -> None:
    cases = [register(office, f"person-{n}") for n in (1, 2, 3)]
    assert [load(office, case).case_no for case in cases] == [
        f"JS-440784-2026-{n:06d}" for n in (1, 2, 3)
    ]
    assert load(office, cases[0]).valid_until == date(2026, 9, 2)


def test_a_second_open_case_is_refused_by_the_guard_row(office: Office) -> None:
    register(office)
    refused(lambda: Done(0, (register(office),)), "S-02")


def test_a_lead_becomes_a_registration_in_the_same_case(office: Office) -> None:
    done = office.assistance.record_lead(
        person="person-1",
        station="station-a",
        channel="grid_worker",
        note="单亲家庭",
        stamp=stamp(),
    )
    case = register(office, lead=done.streams[0])
    assert case == done.streams[0]
    assert load(office, case).standing == "REGISTERED"


def test_without_a_day_of_birth_nobody_is_registered(office: Office) -> None:
    refused(lambda: Done(0, (register(office, "person-unknown"),)), "S-01")


@pytest.mark.parametrize(("who", "rule"), [(OTHER, "S-16"), (AUDITOR, "P-05")])
def test_a_case_is_opened_and_edited_by_its_station_only(
    office: Office, who: Who, rule: str
) -> None:
    case = register(office)
    refused(lambda: office.assistance.add_note(case, note="x", stamp=stamp(who)), rule)
    refused(lambda: Done(0, (register(office, "person-2", who),)), rule)


def test_a_transfer_is_accepted_by_the_receiver(office: Office) -> None:
    case = register(office)
    office.assistance.offer_transfer(case, to_station="station-b", reason="迁居", stamp=stamp())
    refused(lambda: office.assistance.accept_transfer(case, stamp=stamp()), "S-16")
    office.assistance.accept_transfer(case, stamp=stamp(OTHER))
    assert (load(office, case).station, load(office, case).owner) == ("station-b", "staff-2")


def test_to_change_the_owner_takes_a_station_manager(office: Office) -> None:
    case = register(office)
    office.assistance.assign(case, officer="staff-1", stamp=stamp())
    refused(lambda: office.assistance.assign(case, officer="staff-9", stamp=stamp()), "P-05")
    office.assistance.assign(case, officer="staff-9", stamp=stamp(MANAGER))
    assert load(office, case).roles == {"staff-1": "co_worker", "staff-9": "owner"}


def test_a_placement_on_a_referral_fills_the_seat_of_its_vacancy(office: Office) -> None:
    vacancy(office)
    first, second = register(office), register(office, "person-2")
    for case in (first, second):
        office.assistance.refer(case, vacancy="vacancy-1", consent=True, stamp=stamp())
        office.assistance.answer_referral(case, referral=1, accepted=True, stamp=stamp())
    before = office.store.watermark()

    def place(case: str) -> Done:
        return office.assistance.place(
            case, kind="formal", start_on=TODAY, referral=1, stamp=stamp()
        )

    done = place(first)
    assert set(done.streams) == {first, "vacancy-1"}
    assert office.store.watermark() == before + 3
    assert office.store.load(Vacancy, "vacancy-1").filled == ((first, 1),)
    refused(lambda: place(second), "V-07")
    assert load(office, second).standing == "REGISTERED"


def test_a_filled_vacancy_and_a_stopped_employer_are_not_referred_to(office: Office) -> None:
    vacancy(office)
    case = register(office)
    office.assistance.refer(case, vacancy="vacancy-1", consent=True, stamp=stamp())
    refused(
        lambda: office.assistance.refer(case, vacancy="vacancy-1", consent=True, stamp=stamp()),
        "S-08",
    )
    refused(
        lambda: office.assistance.refer(case, vacancy="vacancy-9", consent=True, stamp=stamp()),
        "S-07",
    )


def open_class(office: Office, capacity: int) -> None:
    opened = ClassOpened(
        title="面点",
        trade="catering",
        kind="skill",
        provider="employer-1",
        venue="station-a",
        capacity=capacity,
        mode="offline",
        sessions=(Lesson(no=1, on=TODAY, hours=2),),
        subsidised=True,
    )
    office.store.decide(stamp(), Part(TrainingClass, "training-1", lambda _: [opened]))


def test_an_enrolment_takes_the_seat_and_a_drop_gives_it_back(office: Office) -> None:
    open_class(office, capacity=1)
    first, second = register(office), register(office, "person-2")
    office.assistance.enrol(first, training="training-1", stamp=stamp())
    assert office.store.load(TrainingClass, "training-1").seats == (first,)
    refused(lambda: office.assistance.enrol(second, training="training-1", stamp=stamp()), "S-10")
    office.assistance.drop_training(first, training="training-1", reason="care", stamp=stamp())
    office.assistance.enrol(second, training="training-1", stamp=stamp())
    assert office.store.load(TrainingClass, "training-1").seats == (second,)


def test_attendance_comes_from_the_class(office: Office) -> None:
    open_class(office, capacity=2)
    case, absent = register(office), register(office, "person-2")
    for who in (case, absent):
        office.assistance.enrol(who, training="training-1", stamp=stamp())
    held = SessionHeld(session=1, instructor="person-9", hours=2, present=(case,))
    office.store.decide(stamp(), Part(TrainingClass, "training-1", lambda _: [held]))
    office.assistance.complete_training(case, training="training-1", passed=True, stamp=stamp())
    assert load(office, case).enrolments["training-1"].attended == 1
    refused(
        lambda: office.assistance.complete_training(
            absent, training="training-1", passed=True, stamp=stamp()
        ),
        "S-10",
    )


def test_a_link_stands_on_case_and_dispute_and_holds_the_closure(office: Office) -> None:
    case = register(office)
    intake = IntakeRecorded(station="station-a", intake_no="LJ-1", channel="walk_in")
    claimant = ClaimantAdded(worker="person-1")
    office.store.decide(stamp(), Part(DisputeCase, "dispute-1", lambda _: [intake, claimant]))
    office.assistance.link_to_dispute(case, dispute="dispute-1", stamp=stamp())
    assert case in office.store.load(DisputeCase, "dispute-1").seekers
    refused(lambda: office.assistance.close(case, reason="moved", stamp=stamp()), "S-14")
    reason = "随家人迁出"
    refused(
        lambda: office.assistance.close(case, reason="moved", stamp=stamp(override=reason)), "P-05"
    )
    office.assistance.close(case, reason="moved", stamp=stamp(MANAGER, override=reason))
    assert load(office, case).standing == "CLOSED"


def test_a_duplicate_is_merged_and_comes_back(office: Office) -> None:
    kept, twin = register(office), register(office, "person-2")
    office.assistance.merge(twin, into=kept, stamp=stamp())
    assert (load(office, twin).standing, load(office, kept).absorbed) == (
        "CLOSED",
        frozenset({twin}),
    )
    office.assistance.unmerge(twin, other=kept, reason="并非同一人", stamp=stamp())
    assert (load(office, twin).standing, load(office, kept).absorbed) == (
        "REGISTERED",
        frozenset(),
    )


def test_a_command_sent_twice_is_recorded_once(office: Office) -> None:
    case = register(office)
    sent = stamp()
    first = office.assistance.add_note(case, note="来电", stamp=sent)
    assert office.assistance.add_note(case, note="来电", stamp=sent) == first
    assert load(office, case).version == 2


def test_who_enters_an_application_does_not_decide_on_it(office: Office) -> None:
    case = register(office)
    office.assistance.apply_for_hardship(case, category="H06", proofs="征地证明", stamp=stamp())
    office.assistance.post_hardship_notice(
        case, hardship=1, notice_from=TODAY, notice_to=date(2026, 3, 9), stamp=stamp()
    )
    office.store.today = later = date(2026, 3, 10)

    def recognise(who: Who) -> Done:
        return office.assistance.recognise_hardship(case, hardship=1, stamp=stamp(who, later))

    refused(lambda: recognise(OFFICER), "S-06")
    recognise(MANAGER)
    assert load(office, case).in_hardship(later)
