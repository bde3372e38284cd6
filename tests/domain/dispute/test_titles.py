"""Enforcement needs a title (D-11): a contract alone, or another worker's title, is not enough."""

from datetime import date

import pytest

from domain.calendar import shipped
from domain.dispute import DisputeCase
from domain.dispute.values import Line
from domain.money import Fen
from tests.domain.dispute import cases
from tests.domain.dispute.cases import ANN, BOB, BOTH, refused
from tests.stories import Play


def contract() -> Play:
    return cases.defaulted()


def confirmed() -> Play:
    play = cases.agreed()
    play.record(
        play.case.apply_confirmation(
            agreement=1, by=BOTH, occurred_on=date(2026, 3, 9), calendar=shipped()
        )
    )
    play.record(
        play.case.record_result(
            procedure="judicial_confirmation", result="confirmed", workers=(ANN,), final=True
        )
    )
    play.on(3, 21)
    return play.record(play.case.record_default(agreement=1, instalment=1, occurred_on=play.day))


def ordered() -> Play:
    play = cases.defaulted()
    play.record(play.case.apply_payment_order(agreement=1, court="法院"))
    return play.record(play.case.issue_payment_order(ref_no="1"))


def objected() -> Play:
    play = ordered()
    return play.record(play.case.object_payment_order(reason="x"))


def awarded() -> Play:
    play = cases.escalated()
    return play.record(
        play.case.record_result(
            procedure="arbitration",
            result="awarded",
            workers=(ANN,),
            final=True,
            awards=(Line(1, Fen(50_000)),),
        )
    )


def seek(case: DisputeCase, title: str, worker: str = ANN) -> object:
    return case.seek_enforcement(court="法院", title=title, workers=(worker,))


def test_enforcement_needs_the_title_it_names() -> None:
    foretold = contract().case.why_not("seek_enforcement")
    assert foretold is not None
    assert foretold.rule == "D-11"
    assert "合同效力" in str(foretold)
    for play in (contract, objected):
        refused("D-11", lambda play=play: seek(play().case, "payment_order"))  # type: ignore[misc]  # bound at once


@pytest.mark.parametrize(
    ("play", "title"),
    [
        (confirmed, "confirmation"),
        (ordered, "payment_order"),
        (awarded, "award"),
    ],
)
def test_a_title_is_enforced_and_no_other_one(play: object, title: str) -> None:
    assert callable(play)
    case = play().case
    assert seek(case, title)
    others = {"confirmation", "payment_order", "award"} - {title}
    for other in sorted(others):
        refused("D-11", lambda other=other: seek(case, other), "title")  # type: ignore[misc]  # bound at once


def test_the_award_of_one_worker_is_no_title_of_another() -> None:
    case = awarded().case
    refused("D-11", lambda: seek(case, "award", BOB), "title")
