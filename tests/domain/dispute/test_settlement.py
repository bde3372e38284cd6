"""Rules D-01 to D-09 at their boundaries: acceptance, sessions, agreements, money, closing."""

from collections.abc import Callable
from datetime import date

import msgspec
import pytest

from domain.dispute import DisputeCase, facts
from domain.dispute.records import Track
from domain.dispute.values import Instalment, Line
from domain.money import Fen
from tests import stories
from tests.domain.dispute import cases
from tests.domain.dispute.cases import ANN, BOB, refused, sign
from tests.stories import EMPLOYER, MEDIATOR, Play


def version_of(case: DisputeCase, kind: type) -> int:
    return next(n for n, (fact, _) in enumerate(case.history, 1) if isinstance(fact, kind))


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


@pytest.mark.parametrize(
    ("amount", "waiver", "warned"),
    [(49_999, None, True), (49_999, "本人放弃", False), (50_000, None, False)],
)
def test_less_than_the_undisputed_sum_warns_and_does_not_refuse(
    amount: int, waiver: str | None, warned: bool
) -> None:
    rows = [msgspec.structs.replace(stories.row(ANN, "C01", Fen(90_000)), undisputed=Fen(50_000))]
    play = stories.accept(stories.open_case(Play("dispute-t").on(3, 2), rows).on(3, 3), 1)
    play.record(
        play.case.hold_session(
            occurred_on=play.day, mediator=MEDIATOR, present=(ANN, EMPLOYER), minutes="笔录"
        )
    )
    signed = sign(play.case, amount, signed_by=(ANN, EMPLOYER), waiver=waiver)
    play.record(signed)
    found = play.case.unwaived(1)
    assert [(one.rule, one.values["floor"]) for one in found] == [("D-05", Fen(50_000))] * warned


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
