"""Every state and every track has one plain sentence in both languages (F-105)."""

import pytest

from domain.dispute.own import WITHDRAWN, own_instalments, own_standing
from domain.dispute.records import Stage, Track
from domain.dispute.values import Line
from domain.money import Fen
from domain.seeker.records import ANY
from tests.domain.dispute import cases
from tests.stories import TEN, TWO, WORKERS, Play, story_6_agreed, story_6_defaulted
from web.public import sentences
from web.texts import english

TABLES = (
    (sentences.DISPUTE, {str(stage) for stage in Stage} | {WITHDRAWN}),
    (sentences.NEXT, {str(stage) for stage in Stage} | {WITHDRAWN}),
    (sentences.SEEKER, ANY),
    (sentences.SEEKER_NEXT, ANY),
)


@pytest.mark.parametrize(("table", "states"), TABLES)
def test_every_state_has_one_sentence_in_both_languages(
    table: dict[str, str], states: set[str]
) -> None:
    assert table.keys() == states
    for sentence in table.values():
        assert sentence.endswith("。")
        assert english()[sentence].strip(), sentence


def test_two_sentences_are_those_of_the_office() -> None:
    assert sentences.DISPUTE["PERFORMED"] == "款项已付清，正在办理结案。"
    assert sentences.DISPUTE["SUSPENDED"] == "调解暂停，原因和恢复条件见下。"


def withdrawn() -> Play:
    play = cases.mediating()
    return play.record(
        play.case.withdraw_claimant(worker=cases.ANN, by=cases.ANN, power="self", reason="gave_up")
    )


def failed() -> Play:
    play = cases.mediating()
    return play.record(play.case.fail_mediation(workers=(cases.ANN,), reason="days_over"))


def performed() -> Play:
    play = cases.agreed().on(3, 10)
    return play.record(cases.pay(play.case, Line(1, Fen(80_000))))


def part() -> Play:
    play = cases.agreed().on(3, 10)
    return play.record(cases.pay(play.case, Line(1, Fen(10_000))))


@pytest.mark.parametrize(
    ("play", "standing"),
    [
        (cases.received, "RECEIVED"),
        (cases.assigned, "ASSIGNED"),
        (cases.mediating, "MEDIATING"),
        (cases.agreed, "AGREED"),
        (part, "PERFORMING"),
        (performed, "PERFORMED"),
        (cases.defaulted, "DEFAULTED"),
        (failed, "FAILED"),
        (cases.escalated, "ESCALATED"),
        (cases.suspended, "SUSPENDED"),
        (cases.closed, "CLOSED"),
        (withdrawn, WITHDRAWN),
    ],
)
def test_a_claimant_hears_of_the_own_track(play: object, standing: str) -> None:
    case = play().case  # type: ignore[operator]  # a function of this file or of `cases`
    assert own_standing(case, cases.ANN) == standing
    assert case.workers[cases.ANN].track in Track


def test_the_stage_of_the_others_is_not_told() -> None:
    case = part().case
    assert own_standing(case, cases.BOB) == "AGREED"
    assert str(case.stage) == "PERFORMING"


def test_instalments_show_the_own_part_only() -> None:
    case = story_6_agreed().case
    worker = WORKERS[TEN[0] - 1]
    assert [one.planned for one in own_instalments(case, worker)] == [460_000] * 3
    assert own_instalments(case, WORKERS[TWO[0] - 1]) == []
    late = story_6_defaulted().case
    assert [one.open for one in own_instalments(late, WORKERS[0])] == [0, 0, 500_000]
