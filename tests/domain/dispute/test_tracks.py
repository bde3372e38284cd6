"""What may be asked for a worker on each track (domain.md 3.5): the whole table, both sides (D-00).

A colleague still claims, so that the stage of the case allows what the track decides.
"""

from collections.abc import Callable
from datetime import date

import pytest

from domain.dispute import DisputeCase
from domain.dispute.records import Track
from domain.dispute.values import Line
from domain.kernel import Event, Refused
from domain.money import Fen
from tests.domain.dispute import cases
from tests.domain.dispute.cases import ANN
from tests.stories import EMPLOYER, Play

ONE = (ANN,)
MONEY = Line(1, Fen(100))


def claimed() -> Play:
    return cases.mediating()


def failed() -> Play:
    play = claimed()
    return play.record(play.case.fail_mediation(workers=ONE, reason="days_over"))


def told(play: Play) -> Play:
    return play.record(
        play.case.explain_routes(workers=ONE, routes=("arbitration",), method="phone")
    )


def agreed() -> Play:
    play = claimed().on(3, 6)
    return play.record(cases.sign(play.case, 80_000))


def defaulted() -> Play:
    play = agreed().on(3, 21)
    return play.record(play.case.record_default(agreement=1, instalment=1, occurred_on=play.day))


def escalated() -> Play:
    play = told(failed())
    play.record(play.case.escalate(workers=ONE, route="arbitration", body="仲裁委"))
    return play.record(
        play.case.record_result(
            procedure="arbitration", result="awarded", workers=ONE, final=True, awards=(MONEY,)
        )
    )


def performed() -> Play:
    play = agreed().on(3, 10)
    return play.record(cases.pay(play.case, Line(1, Fen(80_000))))


def withdrawn() -> Play:
    play = claimed()
    return play.record(
        play.case.withdraw_claimant(worker=ANN, by=ANN, power="self", reason="gave_up")
    )


MADE: dict[Track, Callable[[], Play]] = {
    Track.CLAIMED: claimed,
    Track.FAILED: failed,
    Track.AGREED: agreed,
    Track.DEFAULTED: defaulted,
    Track.ESCALATED: escalated,
    Track.PERFORMED: performed,
    Track.WITHDRAWN: withdrawn,
}
C, F, A, D, E, P, W = (
    Track.CLAIMED,
    Track.FAILED,
    Track.AGREED,
    Track.DEFAULTED,
    Track.ESCALATED,
    Track.PERFORMED,
    Track.WITHDRAWN,
)
Ask = Callable[[DisputeCase], list[Event]]


def money(case: DisputeCase, verb: str) -> list[Event]:
    """Ask for a payment by one of the doors."""
    how = {"payer": EMPLOYER, "fund": "employer", "method": "bank", "voucher_no": "V-9"}
    more = {"pay_immediately": {"settles": False}}.get(verb, {})
    found: list[Event] = getattr(case, verb)(lines=(MONEY,), **how, **more)
    return found


# Verb -> the tracks on which the catalogue allows it, and how it is asked for one worker.
TABLE: dict[str, tuple[set[Track], Ask]] = {
    "amend_claim": ({C, F}, lambda c: c.amend_claim(claim=1, amount=Fen(5), reason="x")),
    "withdraw_claimant": (
        {C, F},
        lambda c: c.withdraw_claimant(worker=ANN, by=ANN, power="self", reason="gave_up"),
    ),
    "sign_agreement": ({C, F}, lambda c: cases.sign(c, 80_000)),
    "pay_immediately": ({C}, lambda c: money(c, "pay_immediately")),
    "fail_mediation": ({C}, lambda c: c.fail_mediation(workers=ONE, reason="days_over")),
    "explain_routes": (
        {C, F, A, D, E},
        lambda c: c.explain_routes(workers=ONE, routes=("court",), method="phone"),
    ),
    "escalate": ({C, F, D}, lambda c: c.escalate(workers=ONE, route="court", body="x")),
    "record_payment": (
        {A, D},  # an escalated worker only with an agreement, which is in default before
        lambda c: cases.pay(c, MONEY, occurred_on=c.last_on, voucher_no="V-9"),
    ),
    "pay_award": ({E}, lambda c: money(c, "pay_award")),
    "file_arbitration": ({D, E}, lambda c: c.file_arbitration(workers=ONE, commission="x")),
    "refer_inspection": ({F, A, D, E}, lambda c: c.refer_inspection(workers=ONE, body="x")),
    "refer_legal_aid": (set(MADE), lambda c: c.refer_legal_aid(workers=ONE, centre="x")),
    "void_agreement": (
        {A, D},
        lambda c: c.void_agreement(agreement=1, body="court", reason="x"),
    ),
    "record_default": (
        {A, D},
        lambda c: c.record_default(
            agreement=1, instalment=1, occurred_on=c.last_on or date(2026, 3, 21)
        ),
    ),
}


@pytest.mark.parametrize("verb", TABLE)
def test_a_command_is_lawful_for_a_worker_on_the_tracks_of_the_catalogue(verb: str) -> None:
    allowed, ask = TABLE[verb]
    for track, made in MADE.items():
        play = made()
        if verb == "escalate" and track in allowed:
            told(play)
        if verb == "record_default":
            play.on(3, 21).record(play.case.add_note(note="x"))
        assert play.case.workers[ANN].track is track
        refusal = answer(play.case, ask)
        assert (refusal is None) == (track in allowed), (track, refusal)
        assert refusal is None or refusal.rule.startswith("D-")


def answer(case: DisputeCase, ask: Ask) -> Refused | None:
    """Ask, and give the refusal."""
    try:
        ask(case)
    except Refused as refused:
        return refused
    return None


def test_every_track_is_in_the_table() -> None:
    assert set(MADE) == set(Track)
