"""The stories of domain.md 8 about seekers, with their dates and refusals."""

from datetime import date

import pytest

from domain.calendar import shipped
from domain.kernel import Event
from domain.money import Fen
from domain.seeker import facts
from domain.seeker.criteria import SHIPPED
from domain.seeker.values import PlanItem, RestsOn
from tests.domain.seeker.play import COLLEAGUE, OFFICER, Play

LICENCE = "92440784MA00000000"


def startup_grant(play: Play, insured: tuple[str, ...]) -> list[Event]:
    return play.case.apply_for_subsidy(
        occurred_on=play.day,
        kind="startup_once",
        rests_on=RestsOn(placement=1, licence_no=LICENCE, insured=insured),
        amount=Fen(1_000_000),
        entered_by=OFFICER,
    )


def test_story_1_from_a_class_to_the_own_shop_and_its_one_grant() -> None:
    play = Play(date(1985, 6, 1)).on(2024, 3, 4).register()
    play.record(play.case.assess_needs(needs=("flexible_job",)))
    play.record(play.case.assign_tier(tier="B", reason="wants, lacks skill"))
    assert play.case.standing == "ASSESSED"
    play.on(2024, 3, 11).enrol(starts_on=date(2024, 3, 12)).on(2024, 3, 29)
    play.record(
        play.case.complete_training(
            training="training-1", planned=12, attended=12, passed=True, percent=80
        )
    )
    play.on(2024, 4, 18).record(
        play.case.obtain_certificate(kind="special_ability", number="4499-1", training="training-1")
    )
    play.on(2024, 7, 8).place("self_employed", licence_no=LICENCE, training="training-1")
    retention = [f.due.on for f in play.case.follow_ups_due(shipped()) if f.month]
    assert retention == [date(2024, 8, 8), date(2024, 10, 8), date(2025, 1, 8)]
    assert (date(2024, 7, 8) - date(2024, 3, 29)).days == 101

    play.on(2024, 10, 10).refused(lambda: startup_grant(play, ()), "S-12", "2025-01-08")
    play.on(2025, 2, 10).refused(lambda: startup_grant(play, ("2024-11", "2024-12")), "S-12")
    play.record(startup_grant(play, ("2024-11", "2024-12", "2025-01")))
    play.record(play.case.check_subsidy(subsidy=1, findings=("in_order",)))
    play.record(play.case.approve_subsidy(subsidy=1, amount=Fen(1_000_000), officer=COLLEAGUE))
    play.on(2025, 3, 5).record(
        play.case.pay_subsidy(subsidy=1, amount=Fen(1_000_000), voucher_no="V-1")
    )
    play.refused(
        lambda: startup_grant(play, ("2024-12", "2025-01", "2025-02")), "S-12", "只能享受一次"
    )
    assert play.case.paid_subsidies() == Fen(1_000_000)


def test_story_2_from_hardship_to_a_stable_job_and_the_end_of_the_case() -> None:
    play = Play(date(1977, 9, 12)).on(2024, 5, 6)
    play.record(
        play.case.record_lead(
            person="person-1", station="station-huiya", channel="grid_worker", note="家庭困难"
        )
    )
    play.record(play.case.record_visit(kind="household", found="hardship"))
    assert play.case.standing == "LEAD"
    play.register()
    play.on(2024, 5, 13).record(
        play.case.apply_for_hardship(
            occurred_on=play.day,
            category="H01",
            proofs="",
            entered_by=OFFICER,
            birth=play.birth,
            criteria=SHIPPED[-1],
        )
    )
    play.record(
        play.case.post_hardship_notice(
            hardship=1, notice_from=play.day, notice_to=date(2024, 5, 20), notice_days=7
        )
    )

    def recognition(officer: str) -> list[Event]:
        return play.case.recognise_hardship(
            occurred_on=play.day,
            hardship=1,
            officer=officer,
            criteria=SHIPPED[-1],
            birth=play.birth,
        )

    play.on(2024, 5, 16).refused(lambda: recognition(COLLEAGUE), "S-06", "2024-05-20")
    play.on(2024, 5, 20).refused(lambda: recognition(COLLEAGUE), "S-06")
    play.on(2024, 5, 22).refused(lambda: recognition(OFFICER), "S-06", "受理人")
    play.record(recognition(COLLEAGUE))
    assert play.case.in_hardship(date(2024, 5, 22))
    assert not play.case.in_hardship(date(2024, 5, 21))
    play.record(play.case.assess_willingness(level="low"))
    for _ in range(3):
        play.record(play.case.join_activity(kind="volunteer"))
    play.on(2024, 6, 10).refer().accept()
    play.on(2024, 6, 12).record(
        play.case.hold_interview(occurred_on=play.day, referral=1, result="passed")
    )
    play.on(2024, 6, 17).place("part_time", referral=1)
    assert play.case.referrals[1].standing == "started"
    due = [f.due.on for f in play.case.follow_ups_due(shipped())]
    assert due == [date(2024, 7, 17), date(2024, 9, 18), date(2024, 12, 17)]
    play.on(2024, 7, 17).follow(1).on(2024, 9, 18).follow(3)
    assert play.case.standing == "PLACED"
    play.on(2024, 12, 17).follow(6)
    assert play.case.standing == "STABLE"
    assert play.case.follow_ups_due(shipped()) == ()
    play.record(play.case.close(occurred_on=play.day, reason="employed_stable"))
    assert play.case.standing == "CLOSED"


def test_story_3_a_student_is_offered_work_in_one_year_and_begins_in_the_next() -> None:
    play = Play(date(2001, 8, 8)).on(2023, 11, 14).register(activity="student")
    play.refused(
        lambda: play.case.register_unemployment(
            occurred_on=play.day, lost_on=play.day, reason="never_worked", promise=True
        ),
        "S-04",
        "学生",
    )
    play.record(
        play.case.make_plan(
            standard="1131",
            officer=OFFICER,
            items=(PlanItem(kind="referral", count=3, due_on=date(2023, 12, 14)),),
        )
    )
    play.refer("vacancy-1").refer("vacancy-2", employer="employer-2")
    play.refused(lambda: play.refer("vacancy-1"), "S-08")
    assert play.case.plan_progress()[0].open == 1
    play.accept(1).accept(2)
    play.on(2023, 12, 5).record(
        play.case.hold_interview(occurred_on=play.day, referral=1, result="passed")
    )
    play.on(2023, 12, 8).record(
        play.case.hold_interview(occurred_on=play.day, referral=2, result="failed")
    )
    play.on(2023, 12, 15).record(play.case.make_offer(occurred_on=play.day, referral=1))
    play.record(play.case.end_referral(referral=2, outcome="not_hired"))
    assert play.case.standing == "REGISTERED"
    play.refused(lambda: play.placing("formal", date(2024, 7, 1), referral=1), "S-09")
    play.on(2024, 7, 1).place("formal", referral=1)
    assert play.case.placements[1].start_on == date(2024, 7, 1)
    assert play.case.standing == "PLACED"


def test_story_4_a_completed_class_is_followed_up_after_thirty_days() -> None:
    play = Play(date(1992, 2, 2)).on(2025, 1, 2).register()
    play.enrol(starts_on=date(2025, 1, 6)).on(2025, 1, 10)
    play.record(
        play.case.complete_training(
            training="training-1", planned=5, attended=5, passed=True, percent=80
        )
    )
    (due,) = play.case.follow_ups_due(shipped())
    assert (due.purpose, due.due.on, due.training) == (
        "after_training",
        date(2025, 2, 10),
        "training-1",
    )
    play.on(2025, 2, 10).record(
        play.case.record_follow_up(
            occurred_on=play.day, purpose="after_training", channel="phone", result="no_contact"
        )
    )
    assert play.case.follow_ups_due(shipped()) == (due,)
    play.record(
        play.case.record_follow_up(
            occurred_on=play.day, purpose="after_training", channel="phone", result="reached"
        )
    )
    assert play.case.follow_ups_due(shipped()) == ()
    play.on(2025, 8, 1).place("self_employed", licence_no=LICENCE)
    assert (play.case.placements[1].start_on - date(2025, 1, 10)).days == 203


def test_story_5_a_seeker_teaches_and_refuses_a_full_time_post_for_her_mother() -> None:
    play = Play(date(1976, 4, 1)).on(2024, 9, 2).register()
    play.record(play.case.assess_ability(area="handcraft", level="high"))
    play.place("flexible", employer="")
    play.on(2024, 10, 2).follow(1)
    play.refer()
    play.record(play.case.answer_referral(referral=1, accepted=False, reason="care"))
    assert play.case.referrals[1].justified
    assert play.case.refusals(play.day) == 0


@pytest.fixture
def welfare() -> Play:
    play = Play(date(1969, 4, 5), "male").on(2023, 6, 1).register().recognise("H02")
    return play.on(2023, 8, 1)


def test_story_9_a_public_welfare_post_ends_after_thirty_six_months(welfare: Play) -> None:
    (applied,) = (f for f, _ in welfare.case.history if isinstance(f, facts.HardshipApplied))
    assert (applied.group, applied.category.value) == ("sensitive", "H02")
    welfare.refused(
        lambda: welfare.placing("public_welfare", term_until=date(2026, 8, 1)), "S-11", "36"
    )
    welfare.place("public_welfare", term_until=date(2026, 7, 31))

    def post_subsidy(month: str) -> list[Event]:
        return welfare.case.apply_for_subsidy(
            occurred_on=welfare.day,
            kind="post",
            rests_on=RestsOn(placement=1),
            amount=Fen(180_000),
            entered_by=OFFICER,
            months=(month,),
        )

    welfare.on(2026, 8, 20).refused(lambda: post_subsidy("2026-08"), "S-12", "起止期间")
    welfare.record(post_subsidy("2026-07"))
    welfare.record(
        welfare.case.end_placement(
            occurred_on=welfare.day,
            placement=1,
            ended_on=date(2026, 7, 31),
            reason="term_over",
        )
    )
    assert welfare.case.standing == "IN_SERVICE"
    welfare.refused(
        lambda: welfare.placing("public_welfare", term_until=date(2026, 12, 31)), "S-11", "站长"
    )
    (second,) = welfare.placing(
        "public_welfare", term_until=date(2026, 12, 31), override="severely disabled"
    )
    assert second.override is not None
    assert (second.override.rule, second.override.reason.value) == ("S-11", "severely disabled")


def test_who_is_near_retirement_at_the_first_post_stays_until_then() -> None:
    play = Play(date(1977, 9, 12)).on(2024, 5, 13).register().recognise("H01")
    play.place("public_welfare")
    assert play.case.placements[1].term_until is None


def test_brothers_of_eighteen_and_fifteen_ask_for_holiday_work() -> None:
    Play(date(2006, 7, 1), "male").on(2024, 7, 1).register()
    brother = Play(date(2008, 7, 2), "male").on(2024, 7, 1)
    brother.refused(brother.register, "S-01", "16")


def test_domicile_decides_on_an_application_for_recognition() -> None:
    Play(date(1977, 9, 12)).on(2024, 5, 13).register(domicile="440600").recognise()
    hunan = Play(date(1977, 9, 12)).on(2024, 5, 13).register(domicile="430100")
    hunan.refused(hunan.recognise, "S-05", "户籍")


def test_a_retired_neighbour_is_not_recognised() -> None:
    retired = Play(date(1960, 1, 1)).on(2025, 6, 1).register(activity="pensioner")
    retired.refused(retired.recognise, "S-05", "退休")
