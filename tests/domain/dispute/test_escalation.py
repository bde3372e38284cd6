"""Rules D-10 to D-22 at their boundaries, what stories 6 and 7 refuse, reopening, merging."""

from collections.abc import Callable
from datetime import date

import pytest

from domain.calendar import shipped
from domain.dispute import facts
from domain.dispute.records import Track
from domain.dispute.values import Line
from domain.money import Fen
from domain.settings import Dated, Settings
from tests import stories
from tests.domain.dispute import cases
from tests.domain.dispute.cases import ANN, BOB, BOTH, refused, sign
from tests.stories import EMPLOYER, MEDIATOR, Play, yuan

CALENDAR = shipped()


@pytest.mark.parametrize(
    ("by", "day", "field"),
    [
        (stories.REPRESENTATIVES[:1], date(2026, 2, 24), "by"),
        ((EMPLOYER,), date(2026, 2, 24), "by"),
        ((stories.WORKERS[0], EMPLOYER), date(2026, 2, 25), "occurred_on"),
    ],
)
def test_arbitration_review_is_joint_and_in_time(
    by: tuple[str, ...], day: date, field: str
) -> None:
    case = stories.story_6_agreed().case
    ask = {"agreement": 1, "by": by, "occurred_on": day, "calendar": CALENDAR}
    found = refused("D-10", lambda: case.apply_review(**ask), field)  # type: ignore[arg-type]  # parametrized
    assert field != "occurred_on" or "逾期" in str(found)


def test_review_and_confirmation_are_lawful_on_the_last_day() -> None:
    case = stories.story_6_agreed().case
    both = (stories.WORKERS[0], EMPLOYER)
    assert case.apply_review(agreement=1, by=both, occurred_on=date(2026, 2, 24), calendar=CALENDAR)
    assert case.apply_confirmation(
        agreement=1, by=both, occurred_on=date(2026, 3, 9), calendar=CALENDAR
    )
    refused(
        "D-10",
        lambda: case.apply_confirmation(
            agreement=1, by=both, occurred_on=date(2026, 3, 10), calendar=CALENDAR
        ),
    )


@pytest.mark.parametrize(
    ("day", "grace", "allowed"),
    [(15, 0, False), (16, 0, True), (18, 3, False), (19, 3, True)],
)
def test_default_is_not_before_the_day_after_due_date_and_grace(
    day: int, grace: int, allowed: bool
) -> None:
    case = stories.story_6_short().case
    settings = Settings([Dated("grace_days", date(2026, 4, 15), grace)])
    ask = {"agreement": 1, "instalment": 3, "occurred_on": date(2026, 4, day), "settings": settings}
    if not allowed:
        refused("D-11", lambda: case.record_default(**ask), "occurred_on")  # type: ignore[arg-type]  # parametrized
        return
    [fact] = case.record_default(**ask)  # type: ignore[arg-type]  # parametrized
    assert isinstance(fact, facts.PerformanceDefaulted)
    assert sum(line.amount for line in fact.lines) == yuan(100_000)
    assert len(fact.lines) == 20


def test_the_grace_is_that_of_the_day_an_instalment_falls_due() -> None:
    case = stories.story_6_short().case
    later = Settings([Dated("grace_days", date(2026, 4, 16), 3)])
    assert case.record_default(
        agreement=1, instalment=3, occurred_on=date(2026, 4, 16), settings=later
    )


def test_a_paid_instalment_is_not_in_default() -> None:
    case = stories.story_6_short().case
    refused(
        "D-11",
        lambda: case.record_default(agreement=1, instalment=2, occurred_on=date(2026, 4, 16)),
        "instalment",
    )


def test_a_payment_order_comes_after_default_and_before_a_title() -> None:
    case = cases.agreed().case
    refused("D-11", lambda: case.apply_payment_order(agreement=1, court="法院"))
    play = cases.defaulted()
    assert play.case.apply_payment_order(agreement=1, court="法院")


def test_a_reviewed_agreement_is_enforced_instead() -> None:
    play = cases.agreed()
    play.record(
        play.case.apply_review(
            agreement=1, by=BOTH, occurred_on=date(2026, 3, 9), calendar=CALENDAR
        )
    )
    play.record(
        play.case.record_result(
            procedure="arbitration_review", result="confirmed", workers=(ANN,), final=True
        )
    )
    play.on(3, 21).record(play.case.record_default(agreement=1, instalment=1, occurred_on=play.day))
    found = refused("D-11", lambda: play.case.apply_payment_order(agreement=1, court="法院"))
    assert "强制执行" in str(found)
    assert play.case.seek_enforcement(court="法院", title="mediation_document", workers=(ANN,))


@pytest.mark.parametrize(
    ("code", "reason", "field"),
    [("C05", None, None), ("C04", None, "reason"), ("C04", "已确认", None), ("C12", "x", "lines")],
)
def test_a_payment_order_covers_pay_and_double_wage_with_a_reason(
    code: str, reason: str | None, field: str | None
) -> None:
    play = Play("d").on(3, 2)
    stories.accept(stories.open_case(play, [stories.row(ANN, code, Fen(90_000))]).on(3, 3))
    play.on(3, 4).record(
        play.case.hold_session(occurred_on=play.day, mediator=MEDIATOR, present=(), minutes="x")
    )
    play.on(3, 6).record(sign(play.case, 80_000))
    play.on(3, 21).record(play.case.record_default(agreement=1, instalment=1, occurred_on=play.day))

    def apply() -> object:
        return play.case.apply_payment_order(agreement=1, court="法院", reason=reason)

    if field:
        refused("D-11", apply, field)
    else:
        assert apply()


def test_inspection_takes_over_only_what_is_not_mediated() -> None:
    case = cases.mediating().case
    refused("D-13", lambda: case.refer_inspection(workers=(ANN,), body="大队"), "takes_over")
    taken = case.refer_inspection(workers=(ANN,), body="大队", takes_over=True)
    assert [type(fact) for fact in taken] == [facts.MediationFailed, facts.InspectionReferred]
    done = cases.escalated().case
    assert done.refer_inspection(workers=(ANN,), body="大队")
    refused(
        "D-13",
        lambda: done.refer_inspection(workers=(ANN,), body="大队", mediating_elsewhere="鹤1号"),
    )


@pytest.mark.parametrize(("count", "allowed"), [(1, True), (5, True), (6, False), (0, False)])
def test_there_are_one_to_five_representatives(count: int, allowed: bool) -> None:
    case = stories.story_6_opened().case
    chosen = stories.WORKERS[:count]
    if allowed:
        assert case.choose_representatives(representatives=chosen)
    else:
        refused("D-14", lambda: case.choose_representatives(representatives=chosen))


def test_a_representative_is_a_claimant() -> None:
    case = stories.story_6_opened().case
    refused("D-14", lambda: case.choose_representatives(representatives=("person-x",)))


def test_the_emergency_fund_is_an_advance_that_comes_back() -> None:
    play = cases.agreed()
    line = Line(1, Fen(500))
    refused("D-15", lambda: cases.pay(play.case, line, fund="emergency_fund"), "fund")
    play.record(cases.pay(play.case, line, fund="emergency_fund", payer="fund-1"))
    assert play.case.paid_from("employer") == 0
    case = play.case
    refused(
        "D-15", lambda: case.recover_advance(payment=1, amount=Fen(501), voucher_no="R"), "amount"
    )
    play.record(case.recover_advance(payment=1, amount=Fen(500), voucher_no="R"))
    refused("D-15", lambda: case.recover_advance(payment=1, amount=Fen(1), voucher_no="R2"))


def test_a_withdrawal_is_the_workers_own_or_of_a_representative_with_power() -> None:
    play = cases.mediating()
    case = play.case

    def withdraw(by: str, power: str) -> object:
        return case.withdraw_claimant(worker=ANN, by=by, power=power, reason="gave_up")

    refused("D-16", lambda: withdraw(BOB, "representative"), "by")
    refused("D-16", lambda: withdraw(BOB, "self"), "by")
    assert withdraw(ANN, "self")
    play.record(case.choose_representatives(representatives=(BOB,)))
    assert withdraw(BOB, "representative")


def test_the_last_withdrawal_closes_the_case_with_it() -> None:
    play = cases.mediating()
    for worker in (ANN, BOB):
        play.record(
            play.case.withdraw_claimant(worker=worker, by=worker, power="self", reason="gave_up")
        )
    assert (play.case.closed, play.case.outcome) == (True, "withdrawn")


@pytest.mark.parametrize("play", [cases.agreed, cases.defaulted, cases.escalated])
def test_nobody_withdraws_after_a_result(play: Callable[[], Play]) -> None:
    case = play().case
    refused(
        "D-16",
        lambda: case.withdraw_claimant(worker=ANN, by=ANN, power="self", reason="gave_up"),
    )


def test_escalation_waits_until_the_routes_are_told_to_that_worker() -> None:
    play = cases.mediating()
    both = (ANN, BOB)
    play.record(play.case.fail_mediation(workers=both, reason="days_over"))
    play.record(play.case.explain_routes(workers=(ANN,), routes=("court",), method="phone"))
    refused("D-17", lambda: play.case.escalate(workers=both, route="court", body="法院"))
    assert play.case.escalate(workers=(ANN,), route="court", body="法院")


@pytest.mark.parametrize(
    ("days", "consents", "field"),
    [(0, BOTH, "days"), (5, (ANN,), "consents"), (5, (EMPLOYER,), "consents"), (1, BOTH, None)],
)
def test_mediation_is_extended_by_both_sides(
    days: int, consents: tuple[str, ...], field: str | None
) -> None:
    case = cases.mediating().case
    if field:
        refused("D-18", lambda: case.extend_mediation(days=days, consents=consents), field)
    else:
        assert case.extend_mediation(days=days, consents=consents)


def test_minutes_are_open_to_the_officers_of_the_case_only() -> None:
    case = cases.mediating().case
    case.check_reader(MEDIATOR)
    refused("D-20", lambda: case.check_reader("staff-other"))


@pytest.mark.parametrize(
    ("from_at", "to_at", "room", "allowed"),
    [
        ("09:30", "10:30", "room-2", False),
        ("10:00", "11:00", "room-1", True),
        ("08:00", "09:00", "room-1", True),
        ("11:00", "11:00", None, False),
    ],
)
def test_a_session_books_mediator_and_room(
    from_at: str, to_at: str, room: str | None, allowed: bool
) -> None:
    play = cases.assigned()
    case = play.case

    def schedule(start: str, end: str, where: str | None) -> object:
        return case.schedule_session(
            mediator=MEDIATOR,
            on=date(2026, 3, 9),
            from_at=start,
            to_at=end,
            place="站点",
            room=where,
        )

    first = schedule("09:00", "10:00", "room-1")
    assert isinstance(first, list)
    play.record(first)
    if allowed:
        assert schedule(from_at, to_at, room)
    else:
        refused("D-21", lambda: schedule(from_at, to_at, room))


@pytest.mark.parametrize(
    ("until", "allowed"),
    [
        (date(2026, 3, 2), False),
        (date(2026, 3, 3), True),
        (date(2026, 6, 30), True),
        (date(2026, 7, 1), False),
    ],
)
def test_a_hold_lasts_one_to_120_days(until: date, allowed: bool) -> None:
    case = cases.received().case
    ask = {"until": until, "reason": "x", "occurred_on": date(2026, 3, 2)}
    if allowed:
        assert case.place_hold(**ask)  # type: ignore[arg-type]  # parametrized
    else:
        refused("D-22", lambda: case.place_hold(**ask), "until")  # type: ignore[arg-type]  # parametrized


def test_only_the_receiver_takes_a_transfer() -> None:
    play = cases.mediating()
    case = play.case
    refused("D-22", lambda: case.accept_transfer(by_station=["s2"], officer="o"))
    play.record(case.offer_transfer(to_station="s2", to_officer="staff-2", reason="搬迁"))
    assert case.station == stories.STATION
    refused("D-22", lambda: case.accept_transfer(by_station=["s3"], officer="staff-2"))
    refused("D-22", lambda: case.accept_transfer(by_station=["s2"], officer="staff-3"))
    play.record(case.accept_transfer(by_station=["s2"], officer="staff-2"))
    assert (case.station, case.officers) == ("s2", frozenset({"staff-2"}))


def test_a_mediator_taken_off_may_come_back_and_a_recused_one_may_not() -> None:
    play = cases.mediating()
    case = play.case
    owner = case.owner
    refused("D-03", lambda: case.unassign_mediator(mediator=owner, reason=" "), "reason")
    refused("D-03", lambda: case.unassign_mediator(mediator="staff-9", reason="调岗"), "mediator")
    play.record(case.unassign_mediator(mediator=owner, reason="调岗"))
    assert case.officers == frozenset()
    play.record(case.assign_mediator(mediator=owner))
    assert case.owner == owner


def test_story_7_refuses_money_without_agreement_and_escalation_before_the_routes() -> None:
    play = stories.story_7_awarded()
    found = play.case.why_not("record_payment")
    assert found is not None
    assert found.rule == "D-07"
    early = stories.accept(stories.story_7_received().on(3, 3))
    refused(
        "D-17",
        lambda: early.case.escalate(workers=(stories.LI,), route="arbitration", body="仲裁委"),
    )


def test_an_agreement_voided_puts_its_workers_back_and_keeps_the_money() -> None:
    play = cases.agreed()
    play.record(cases.pay(play.case, Line(1, Fen(80_000)), Line(2, Fen(100))))
    play.record(play.case.void_agreement(agreement=1, body="法院", reason="fraud"))
    assert play.case.workers[ANN].track is Track.PERFORMED
    assert play.case.workers[BOB].track is Track.CLAIMED
    assert (play.case.totals.agreed, play.case.totals.paid) == (0, 80_100)


def test_a_reopened_case_has_its_agreed_workers_in_default() -> None:
    play = cases.closed()
    play.record(play.case.reopen(reason="default_after_closure", workers=(ANN, BOB)))
    assert play.case.standing == "DEFAULTED"


def test_new_evidence_puts_the_named_workers_back_to_their_claim() -> None:
    play = stories.story_8()
    play.record(play.case.reopen(reason="new_evidence", workers=(stories.HUANG,)))
    assert play.case.standing == "ASSIGNED"


def test_a_merged_case_brings_its_claims_along_and_takes_them_back() -> None:
    survivor, other = cases.mediating(), Play("dispute-o").on(3, 2)
    rows = [stories.row(ANN, "C01", Fen(100_000)), stories.row("person-c", "C05", Fen(700))]
    stories.open_case(other, rows)
    brought = other.case.copies(survivor.case)
    survivor.record(survivor.case.absorb(case="dispute-o", copies=brought))
    other.record(other.case.merge(into="dispute-t"))
    assert survivor.case.totals.claimed == 200_700
    assert (other.case.standing, other.case.outcome) == ("CLOSED", "merged")
    survivor.record(survivor.case.unmerge(other="dispute-o", reason="错并"))
    other.record(other.case.unmerge(other="dispute-t", reason="错并"))
    assert survivor.case.totals.claimed == 200_000
    assert "person-c" not in survivor.case.workers
    assert other.case.standing == "RECEIVED"
