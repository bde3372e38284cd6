"""The rules S-01 to S-21 at their boundaries."""

from datetime import date, timedelta

import pytest

from domain.calendar import shipped
from domain.kernel import Event
from domain.seeker.criteria import SHIPPED
from domain.seeker.values import Caps, Course
from tests.domain.seeker.play import CAPS, OFFICER, Play, outcome

MONDAY = date(2026, 3, 2)


def registered(**more: str) -> Play:
    return Play().on(2026, 3, 2).register(**more)


@pytest.mark.parametrize(
    ("birth", "expected"),
    [(date(2010, 3, 2), "allowed"), (date(2010, 3, 3), "S-01"), (date(2008, 2, 29), "allowed")],
)
def test_nobody_under_sixteen_is_registered(birth: date, expected: str) -> None:
    play = Play(birth).on(2026, 3, 2)
    assert outcome(play.register) == expected


def test_the_case_number_names_county_year_and_serial() -> None:
    assert registered().case.case_no == "JS-440784-2026-000123"


@pytest.mark.parametrize(
    ("activity", "expected"),
    [("jobless", "allowed"), ("student", "S-04"), ("pensioner", "S-04"), ("employed", "allowed")],
)
def test_who_is_no_jobless_person_is_not_registered_as_one(activity: str, expected: str) -> None:
    play = registered(activity=activity)
    why_not = play.case.why_not("register_unemployment")
    assert (why_not.rule if why_not else "allowed") == expected


def test_a_formal_job_that_runs_forbids_unemployment() -> None:
    play = registered().place("formal")
    why_not = play.case.why_not("register_unemployment")
    assert why_not is not None
    assert why_not.rule == "S-04"


@pytest.mark.parametrize(
    ("category", "months", "day", "expected"),
    [
        ("H07", 12, date(2027, 3, 1), "S-05"),
        ("H07", 12, date(2027, 3, 2), "allowed"),
        ("H11", 6, date(2026, 9, 1), "S-05"),
        ("H11", 6, date(2026, 9, 2), "allowed"),
    ],
)
def test_long_joblessness_counts_from_the_latest_registration(
    category: str, months: int, day: date, expected: str
) -> None:
    play = registered()
    play.record(
        play.case.register_unemployment(
            occurred_on=play.day, lost_on=play.day, reason="resigned", promise=True
        )
    )
    play.day = day
    assert outcome(lambda: play.recognise(category)) == expected


@pytest.mark.parametrize(
    ("sex", "birth", "expected"),
    [
        ("female", date(1986, 3, 2), "allowed"),
        ("female", date(1986, 3, 3), "S-05"),
        ("male", date(1976, 3, 2), "allowed"),
        ("male", date(1976, 3, 3), "S-05"),
    ],
)
def test_older_means_forty_for_women_and_fifty_for_men(
    sex: str, birth: date, expected: str
) -> None:
    play = Play(birth, sex).on(2026, 3, 2).register()
    assert outcome(play.recognise) == expected


def test_a_sensitive_category_waits_for_a_separate_consent() -> None:
    play = registered()

    def apply() -> list[Event]:
        return play.case.apply_for_hardship(
            occurred_on=play.day,
            category="H10",
            proofs="certificate",
            entered_by=OFFICER,
            birth=play.birth,
            criteria=SHIPPED[-1],
        )

    play.refused(apply, "S-18")
    play.record(play.case.give_consent(purpose="sensitive", notice_version="1"))
    play.record(apply())
    play.record(play.case.withdraw_consent(purpose="sensitive"))
    assert play.case.hardships[1].group == "sensitive"


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, "allowed"),
        ({"verified": False}, "S-07"),
        ({"state": "paused"}, "S-07"),
        ({"state": "filled"}, "S-07"),
        ({"seats": 0}, "S-07"),
        ({"employer_stopped": True}, "S-07"),
        ({"valid_until": MONDAY}, "allowed"),
        ({"valid_until": MONDAY - timedelta(days=1)}, "S-07"),
    ],
)
def test_only_an_open_verified_vacancy_is_referred_to(
    more: dict[str, object], expected: str
) -> None:
    play = registered()
    assert outcome(lambda: play.refer(**more)) == expected  # type: ignore[arg-type]  # a test names what it varies


def test_the_steps_of_a_referral_come_in_their_order() -> None:
    play = registered().refer()

    def interview() -> list[Event]:
        return play.case.hold_interview(occurred_on=play.day, referral=1, result="passed")

    def offer(*, direct: bool = False) -> list[Event]:
        return play.case.make_offer(occurred_on=play.day, referral=1, direct_hire=direct)

    play.refused(interview, "S-09")
    play.on(2026, 3, 9).accept().refused(offer, "S-09")
    assert outcome(lambda: offer(direct=True)) == "allowed"
    play.on(2026, 3, 8).refused(interview, "S-09", "2026-03-09")
    play.on(2026, 3, 9).record(interview())
    assert outcome(offer) == "allowed"


@pytest.mark.parametrize(
    ("start", "expected"),
    [(-1, "S-09"), (0, "allowed"), (30, "allowed"), (31, "S-09")],
)
def test_work_begins_after_registration_and_not_far_ahead(start: int, expected: str) -> None:
    play = registered()
    day = MONDAY + timedelta(days=start)
    assert outcome(lambda: play.placing("formal", day)) == expected


@pytest.mark.parametrize(("start", "expected"), [(3, "S-11"), (4, "allowed")])
def test_formal_jobs_do_not_overlap(start: int, expected: str) -> None:
    play = registered().place("formal").on(2026, 3, 5)
    play.record(
        play.case.end_placement(
            occurred_on=play.day, placement=1, ended_on=date(2026, 3, 5), reason="resigned"
        )
    )
    day = MONDAY + timedelta(days=start)
    assert outcome(lambda: play.placing("formal", day)) == expected


@pytest.mark.parametrize(
    ("state", "seats", "starts", "expected"),
    [
        ("planned", 1, 0, "allowed"),
        ("planned", 0, 0, "S-10"),
        ("planned", 1, -1, "S-10"),
        ("running", 1, 5, "S-10"),
    ],
)
def test_a_class_takes_whom_it_has_a_seat_for_before_it_begins(
    state: str, seats: int, starts: int, expected: str
) -> None:
    play = registered()
    course = Course("training-1", state, MONDAY + timedelta(days=starts), seats)
    assert outcome(lambda: play.case.enrol(occurred_on=play.day, course=course)) == expected


@pytest.mark.parametrize(
    ("attended", "passed", "expected"),
    [(8, True, "allowed"), (7, True, "S-10"), (7, False, "allowed"), (11, True, "S-10")],
)
def test_completion_takes_four_fifths_of_the_sessions(
    attended: int, passed: bool, expected: str
) -> None:
    play = registered().enrol()
    assert (
        outcome(
            lambda: play.case.complete_training(
                training="training-1", planned=10, attended=attended, passed=passed, percent=80
            )
        )
        == expected
    )


@pytest.mark.parametrize(
    ("month", "day", "result", "expected"),
    [
        (3, 79, "retained", "S-13"),
        (3, 80, "retained", "allowed"),
        (6, 169, "retained", "S-13"),
        (6, 170, "retained", "allowed"),
        (6, 20, "lost", "allowed"),
        (1, 0, "retained", "allowed"),
        (1, -1, "no_contact", "S-13"),
        (2, 60, "retained", "S-13"),
    ],
)
def test_retention_counts_from_its_day_on(month: int, day: int, result: str, expected: str) -> None:
    play = registered().place("formal", MONDAY + timedelta(days=10))
    play.day = MONDAY + timedelta(days=10 + day)
    assert outcome(lambda: play.following(month, result)) == expected


def test_a_month_that_ends_earlier_ends_the_time_for_its_contact() -> None:
    play = Play().on(2025, 12, 1).register().place("formal", date(2025, 12, 31))
    due = [f.due.on for f in play.case.follow_ups_due(shipped())]
    assert due == [date(2026, 2, 2), date(2026, 3, 31), date(2026, 6, 30)]


def test_an_agreed_call_is_due_on_its_day_until_somebody_is_reached() -> None:
    play = registered()
    play.record(
        play.case.agree_follow_up(occurred_on=play.day, due_on=date(2026, 3, 8), purpose="contact")
    )
    (due,) = play.case.follow_ups_due(shipped())
    assert (due.purpose, due.due.on) == ("contact", date(2026, 3, 8))


def test_a_case_with_loose_ends_is_closed_with_a_reason_only() -> None:
    play = registered().refer()

    def close(override: str = "", disputes: tuple[str, ...] = ()) -> list[Event]:
        return play.case.close(
            occurred_on=play.day, reason="moved", open_disputes=disputes, override=override
        )

    play.refused(close, "S-14", "推荐1件")
    (closed,) = close("moved to another province")
    assert closed.override is not None
    assert closed.override.rule == "S-14"
    play.record(play.case.end_referral(referral=1, outcome="withdrawn"))
    play.refused(lambda: close(disputes=("dispute-1",)), "S-14", "争议1件")
    (closed,) = close()
    assert closed.override is None


def test_three_unjustified_refusals_in_six_months_allow_what_they_never_cause() -> None:
    play = registered()
    for number, reason in enumerate(("pay", "care", "pay", "trade"), start=1):
        play.refer(f"vacancy-{number}")
        play.record(play.case.answer_referral(referral=number, accepted=False, reason=reason))
        allowed = outcome(lambda: play.case.close(occurred_on=play.day, reason="refused_service"))
        assert allowed == ("allowed" if number == 4 else "S-20")
    assert play.case.standing == "REGISTERED"
    assert play.case.refusals(date(2026, 9, 1)) == 3
    assert play.case.refusals(date(2026, 9, 2)) == 0


@pytest.mark.parametrize(("days", "expected"), [(0, "S-21"), (1, "allowed"), (121, "S-21")])
def test_a_hold_lasts_one_to_a_hundred_and_twenty_days(days: int, expected: str) -> None:
    play = registered()
    until = MONDAY + timedelta(days=days)
    assert (
        outcome(
            lambda: play.case.place_hold(
                occurred_on=MONDAY, until=until, reason="season", days_most=120
            )
        )
        == expected
    )


@pytest.mark.parametrize(
    ("days", "back", "override", "expected"),
    [
        (180, 0, "", "allowed"),
        (181, 0, "", "S-21"),
        (181, 0, "the family asked", "allowed"),
        (100, 30, "", "allowed"),
        (100, 31, "", "S-21"),
    ],
)
def test_a_suspension_has_a_maximum_at_once_and_back_in_time(
    days: int, back: int, override: str, expected: str
) -> None:
    play = registered()
    assert (
        outcome(
            lambda: play.case.suspend(
                occurred_on=MONDAY,
                today=MONDAY + timedelta(days=back),
                reason="ill",
                until=MONDAY + timedelta(days=days),
                caps=CAPS,
                override=override,
            )
        )
        == expected
    )


@pytest.mark.parametrize(("days", "expected"), [(20, "allowed"), (21, "S-21")])
def test_suspensions_for_one_reason_have_a_maximum_in_all(days: int, expected: str) -> None:
    play, caps = registered(), Caps(single=100, total=120, back=30)

    def suspend(until: date) -> list[Event]:
        return play.case.suspend(
            occurred_on=play.day, today=play.day, reason="ill", until=until, caps=caps
        )

    play.record(suspend(MONDAY + timedelta(days=100)))
    play.day = MONDAY + timedelta(days=100)
    play.record(play.case.resume())
    assert outcome(lambda: suspend(play.day + timedelta(days=days))) == expected


def test_a_job_lost_in_suspension_is_no_placement_after_it() -> None:
    play = registered().place("formal")
    play.record(
        play.case.suspend(
            occurred_on=play.day, today=play.day, reason="ill", until=date(2026, 4, 1), caps=CAPS
        )
    )
    play.on(2026, 3, 20).record(
        play.case.end_placement(
            occurred_on=play.day, placement=1, ended_on=play.day, reason="health"
        )
    )
    assert play.case.standing == "SUSPENDED"
    play.record(play.case.resume())
    assert play.case.standing == "IN_SERVICE"


def test_only_the_receiver_answers_an_offer_of_transfer() -> None:
    play = registered()
    play.record(
        play.case.offer_transfer(to_station="station-b", to_officer="staff-b", reason="moved")
    )
    assert play.case.station == "station-xingye"

    def accept(station: str, officer: str) -> list[Event]:
        return play.case.accept_transfer(by_station=[station], officer=officer)

    play.refused(lambda: accept("station-c", "staff-b"), "S-16")
    play.refused(lambda: accept("station-b", "staff-x"), "S-16")
    play.record(accept("station-b", "staff-b"))
    assert (play.case.station, play.case.owner) == ("station-b", "staff-b")


def test_a_merged_case_comes_back_in_the_state_that_it_had() -> None:
    play = registered().place("formal")
    play.record(play.case.merge(case="seeker-a", into="seeker-b"))
    assert (play.case.standing, play.case.close_reason) == ("CLOSED", "duplicate")
    play.refused(lambda: play.case.reopen(reason="came_back"), "S-02")
    play.record(play.case.unmerge(other="seeker-b", reason="another person"))
    assert play.case.standing == "PLACED"


def test_a_fact_that_others_rest_on_is_not_voided() -> None:
    play = registered().refer().accept()

    def void(version: int) -> list[Event]:
        return play.case.void_fact(version=version, reason="error", occurred_on=play.day)

    play.refused(lambda: void(2), "S-17", "依据")
    play.refused(lambda: void(1), "S-17")
    play.record(void(3))
    assert play.case.referrals[1].standing == "proposed"
    play.record(void(2))
    assert not play.case.referrals


def test_a_case_entered_in_error_is_closed_while_nobody_has_worked_on_it() -> None:
    play = Play().register()
    play.record(play.case.assign(officer="staff-1", role="owner"))
    worked = Play().register()
    worked.record(worked.case.give_guidance(kind="career"))
    worked.refused(
        lambda: worked.case.close(occurred_on=worked.day, reason="entered_in_error"), "S-17"
    )
    play.record(play.case.close(occurred_on=play.day, reason="entered_in_error"))
    assert play.case.standing == "CLOSED"
