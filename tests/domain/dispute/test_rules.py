"""Every rule D-01 to D-22 at its boundary, and what stories 6 and 7 refuse."""

from collections.abc import Callable
from datetime import date

import pytest

from domain.calendar import shipped
from domain.dispute import DisputeCase, facts
from domain.dispute.records import Track
from domain.dispute.values import Basis, Instalment, Line
from domain.kernel import Refused
from domain.money import Fen
from tests import stories
from tests.domain.dispute import cases
from tests.domain.dispute.cases import ANN, BOB, BOTH, sign
from tests.stories import EMPLOYER, MEDIATOR, Play, yuan

CALENDAR = shipped()
Act = Callable[[DisputeCase], object]


def refused(rule: str, act: Callable[[], object], field: str | None = None) -> Refused:
    with pytest.raises(Refused) as caught:
        act()
    assert caught.value.rule == rule, str(caught.value)
    assert field is None or caught.value.field == field
    return caught.value


@pytest.mark.parametrize(
    ("drop", "because"),
    [("claimants", "申请人"), ("respondent", "被申请人"), ("claims", "请求")],
)
def test_acceptance_needs_a_claimant_a_respondent_and_a_claim(drop: str, because: str) -> None:
    play = cases.intake()
    case = play.case
    if drop != "respondent":
        play.record(case.add_respondent(respondent=EMPLOYER, role="employer"))
    if drop == "claims":
        play.record(case.add_claimant(worker=ANN))
    elif drop != "claimants":
        play.record(case.state_claims_table(rows=[stories.row(ANN, "C01", Fen(1))]))
    play.record(case.receive_application(form="oral"))
    assert because in str(refused("D-01", lambda: case.accept(case_no="n", serial=1)))


def test_acceptance_is_free_and_asks_for_twins_and_awards() -> None:
    case = cases.received().case
    refused("D-19", lambda: case.accept(case_no="n", serial=1, fee=Fen(1)), "fee")
    refused("D-12", lambda: case.accept(case_no="n", serial=1, open_elsewhere="鹤1号"))
    refused("D-12", lambda: case.accept(case_no="n", serial=1, awarded_elsewhere="鹤1号"))
    assert case.accept(case_no="n", serial=1) == [facts.Accepted(case_no="n", serial=1)]


def test_no_session_after_a_clear_refusal_and_again_after_consent() -> None:
    play = cases.assigned()
    play.record(play.case.record_consent(respondent=EMPLOYER, consents=False))
    found = play.case.why_not("hold_session")
    assert found is not None
    assert found.rule == "D-02"
    play.record(play.case.record_consent(respondent=EMPLOYER, consents=True))
    assert play.case.why_not("hold_session") is None


@pytest.mark.parametrize("unfit", ["relative", "inactive"])
def test_a_mediator_must_be_of_the_case_and_fit(unfit: str) -> None:
    case = cases.mediating().case
    refused("D-03", lambda: sign(case, 1, 1, mediator="staff-other"), "mediator")
    refused("D-03", lambda: sign(case, 1, 1, unfit=unfit), "mediator")
    refused("D-03", lambda: case.assign_mediator(mediator="staff-x", unfit=unfit), "mediator")


def test_a_recused_mediator_does_nothing_more_here() -> None:
    play = cases.mediating()
    play.record(play.case.recuse_mediator(mediator=MEDIATOR, reason="relative"))
    refused("D-03", lambda: sign(play.case, 1, 1), "mediator")
    refused("D-03", lambda: play.case.assign_mediator(mediator=MEDIATOR), "mediator")


def test_a_session_is_not_before_acceptance() -> None:
    case = cases.assigned().case
    refused(
        "D-03",
        lambda: case.hold_session(
            occurred_on=date(2026, 3, 2), mediator=MEDIATOR, present=(), minutes="x"
        ),
        "occurred_on",
    )


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"signed_by": (ANN, EMPLOYER)}, "signed_by"),
        ({"signed_by": (ANN, BOB)}, "signed_by"),
        ({"sealed": False}, "sealed"),
    ],
)
def test_an_agreement_needs_both_sides_and_the_seal(changes: dict[str, object], field: str) -> None:
    refused("D-04", lambda: sign(cases.mediating().case, 1, 1, **changes), field)


def test_a_representative_signs_for_everybody() -> None:
    play = cases.mediating()
    play.record(play.case.choose_representatives(representatives=(ANN,)))
    assert sign(play.case, 1, 1, signed_by=(ANN, EMPLOYER))


@pytest.mark.parametrize(("amount", "allowed"), [(100_000, True), (100_001, False)])
def test_an_agreement_above_the_claim_needs_a_reason(amount: int, allowed: bool) -> None:
    case = cases.mediating().case
    if allowed:
        assert sign(case, amount)
    else:
        refused("D-05", lambda: sign(case, amount), "excess_reason")
        assert sign(case, amount, excess_reason="含利息")


@pytest.mark.parametrize(("amount", "warned"), [(49_999, True), (50_000, False)])
def test_less_than_the_undisputed_sum_warns_and_does_not_refuse(amount: int, warned: bool) -> None:
    play = cases.intake()
    stated = facts.ClaimStated(
        claim=1,
        worker=ANN,
        code="C01",
        from_on=date(2026, 1, 1),
        to_on=date(2026, 1, 31),
        basis=Basis(kind="months"),
        amount=Fen(90_000),
        undisputed=Fen(50_000),
    )
    case = play.record([stated]).case
    found = case.agreement_warnings((Line(1, Fen(amount)),), None)
    assert [warning.rule for warning in found] == ["D-05"] * warned
    assert not case.agreement_warnings((Line(1, Fen(amount)),), "本人放弃")


@pytest.mark.parametrize("changes", [{"perform_by": date(2026, 3, 5)}])
def test_a_term_does_not_end_before_the_signature(changes: dict[str, object]) -> None:
    refused("D-06", lambda: sign(cases.mediating().case, 1, 1, **changes), "perform_by")


def test_an_agreement_without_plan_is_one_instalment_at_the_end_of_the_term() -> None:
    [fact] = sign(cases.mediating().case, 5, 6)
    assert isinstance(fact, facts.AgreementSigned)
    lines = (Line(1, Fen(5)), Line(2, Fen(6)))
    assert fact.instalments == (
        Instalment(no=1, due_on=date(2026, 3, 20), method="bank", lines=lines),
    )


@pytest.mark.parametrize(
    ("lines", "changes", "field"),
    [
        ((Line(1, Fen(80_001)),), {}, "lines"),
        ((Line(3, Fen(1)),), {}, "lines"),
        ((Line(1, Fen(1)),), {"occurred_on": date(2026, 3, 5)}, "occurred_on"),
        ((Line(1, Fen(1)),), {"agreement": 2}, "agreement"),
        ((Line(1, Fen(1)),), {"instalment": 2}, "instalment"),
        ((Line(1, Fen(1)),), {"voucher_no": ""}, "voucher_no"),
    ],
)
def test_a_payment_stays_inside_the_agreement(
    lines: tuple[Line, ...], changes: dict[str, object], field: str
) -> None:
    case = cases.agreed().case
    rule = "D-06" if lines[0].claim == 3 else "D-07"
    refused(rule, lambda: cases.pay(case, *lines, **changes), field)


def test_a_payment_up_to_the_balance_on_the_day_of_signature_performs() -> None:
    play = cases.agreed()
    play.record(cases.pay(play.case, Line(1, Fen(80_000)), occurred_on=date(2026, 3, 6)))
    assert play.case.workers[ANN].track is Track.PERFORMED
    refused("D-07", lambda: cases.pay(play.case, Line(1, Fen(1)), voucher_no="V-2"), "lines")


def test_a_voucher_counts_once_and_again_after_reversal() -> None:
    play = cases.agreed().on(3, 10)
    play.record(cases.pay(play.case, Line(1, Fen(10))))
    refused("D-07", lambda: cases.pay(play.case, Line(1, Fen(10))), "voucher_no")
    assert cases.pay(play.case, Line(1, Fen(10)), payer="employer-other")
    play.record(play.case.reverse_payment(payment=1, reason="录错"))
    assert cases.pay(play.case, Line(1, Fen(10)))


def test_a_reversal_leads_back_to_the_track_before_and_happens_once() -> None:
    play = cases.defaulted()
    play.record(cases.pay(play.case, Line(1, Fen(80_000))))
    assert play.case.workers[ANN].track is Track.PERFORMED
    play.record(play.case.reverse_payment(payment=1, reason="退票"))
    assert play.case.workers[ANN].track is Track.DEFAULTED
    assert play.case.totals.paid == 0
    refused("D-08", lambda: play.case.reverse_payment(payment=1, reason="x"), "payment")
    refused("D-08", lambda: play.case.reverse_payment(payment=9, reason="x"), "payment")


def test_a_payment_is_neither_voided_nor_corrected() -> None:
    play = cases.agreed()
    play.record(cases.pay(play.case, Line(1, Fen(10))))
    case, version = play.case, play.case.version
    day = date(2026, 3, 11)
    refused("D-08", lambda: case.void_fact(version=version, reason="x", occurred_on=day))
    refused(
        "D-08",
        lambda: case.correct_record(
            version=version, field="voucher_no", value="V-9", reason="x", occurred_on=day
        ),
    )


def version_of(case: DisputeCase, kind: type) -> int:
    return next(n for n, (fact, _) in enumerate(case.history, 1) if isinstance(fact, kind))


def test_what_an_agreement_or_payment_rests_on_is_not_voided() -> None:
    play = cases.agreed()
    case, day = play.case, date(2026, 3, 11)
    stated = version_of(case, facts.ClaimStated)
    refused("D-06", lambda: case.void_fact(version=stated, reason="x", occurred_on=day))
    play.record(cases.pay(case, Line(1, Fen(10))))
    signed = version_of(case, facts.AgreementSigned)
    refused("D-07", lambda: case.void_fact(version=signed, reason="x", occurred_on=day))


def test_a_corrected_agreement_must_still_add_up() -> None:
    play = cases.agreed()
    case, day = play.case, date(2026, 3, 11)
    signed = version_of(case, facts.AgreementSigned)

    def correct(field: str, value: object) -> object:
        return case.correct_record(
            version=signed, field=field, value=value, reason="笔误", occurred_on=day
        )

    lines = [{"claim": 1, "amount": 70_000}, {"claim": 2, "amount": 60_000}]
    refused("D-06", lambda: correct("lines", lines))
    assert correct("perform_by", date(2026, 3, 25))


def test_a_voided_note_stays_readable_and_a_corrected_claim_counts() -> None:
    play = cases.received()
    case = play.case
    stated = version_of(case, facts.ClaimStated)
    play.record(
        case.correct_record(
            version=stated,
            field="amount",
            value=Fen(90_000),
            reason="笔误",
            occurred_on=play.day,
        )
    )
    assert case.totals.claimed == 190_000
    play.record(case.add_note(note="来电"))
    noted = case.version
    play.record(case.void_fact(version=noted, reason="错案", occurred_on=play.day))
    assert isinstance(case.history[noted - 1][0], facts.NoteAdded)


@pytest.mark.parametrize(
    ("play", "outcome"),
    [
        (cases.mediating, "settled_performed"),
        (cases.agreed, "settled_performed"),
        (cases.defaulted, "settled_pending"),
        (cases.escalated, "settled_performed"),
        (cases.escalated, "paid_immediately"),
        (cases.escalated, "withdrawn"),
        (cases.agreed, "failed_escalated"),
    ],
)
def test_a_case_closes_only_with_results_that_fit(play: Callable[[], Play], outcome: str) -> None:
    case = play().case
    refused("D-09", lambda: case.close(outcome=outcome), "outcome")


@pytest.mark.parametrize(
    ("play", "outcome"), [(cases.agreed, "settled_pending"), (cases.escalated, "failed_escalated")]
)
def test_a_case_closes_with_the_outcome_it_came_to(play: Callable[[], Play], outcome: str) -> None:
    assert play().case.close(outcome=outcome)


def test_story_6_is_not_closed_before_the_last_money() -> None:
    case = stories.story_6_defaulted().case
    refused("D-09", lambda: case.close(outcome="settled_performed"))


def test_a_case_is_not_transferred_while_somebody_is_owed_money() -> None:
    play = cases.mediating()
    play.record(sign(play.case, 80_000))
    refused("D-09", lambda: play.case.transfer_out(body="inspection", reason="x"))


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
    ask = {"agreement": 1, "instalment": 3, "occurred_on": date(2026, 4, day), "grace": grace}
    if not allowed:
        refused("D-11", lambda: case.record_default(**ask), "occurred_on")  # type: ignore[arg-type]  # parametrized
        return
    [fact] = case.record_default(**ask)  # type: ignore[arg-type]  # parametrized
    assert isinstance(fact, facts.PerformanceDefaulted)
    assert sum(line.amount for line in fact.lines) == yuan(100_000)
    assert len(fact.lines) == 20


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
    refused("D-22", lambda: case.accept_transfer(station="s2", officer="o"))
    play.record(case.offer_transfer(to_station="s2", to_officer="staff-2", reason="搬迁"))
    assert case.station == stories.STATION
    refused("D-22", lambda: case.accept_transfer(station="s3", officer="staff-2"))
    refused("D-22", lambda: case.accept_transfer(station="s2", officer="staff-3"))
    play.record(case.accept_transfer(station="s2", officer="staff-2"))
    assert (case.station, case.officers) == ("s2", frozenset({"staff-2"}))


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
