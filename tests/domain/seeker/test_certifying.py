"""Certification by a register, the grace before it, and a human in the end (F-47)."""

from datetime import date

import pytest

from domain.kernel import Event
from domain.seeker import facts
from domain.seeker.criteria import SHIPPED
from tests.domain.seeker.play import COLLEAGUE, OFFICER, Play


def applied(category: str = "H03") -> Play:
    """Lead an application to the day after its notice."""
    play = Play().on(2026, 3, 2).register()
    if category == "H02":
        play.record(play.case.give_consent(purpose="sensitive", notice_version="2024-1"))
    play.record(
        play.case.apply_for_hardship(
            occurred_on=play.day,
            category=category,
            proofs="own statement",
            entered_by=OFFICER,
            birth=play.birth,
            criteria=SHIPPED[-1],
        )
    )
    play.record(
        play.case.post_hardship_notice(
            hardship=1, notice_from=play.day, notice_to=date(2026, 3, 9), notice_days=7
        )
    )
    return play.on(2026, 3, 10)


def said(play: Play, answer: str, *, as_of: date | None = None, news: bool = False) -> list[Event]:
    return play.case.certify_hardship(
        occurred_on=play.day,
        hardship=1,
        register="县低保登记",
        answer=answer,
        reference="DB-1",
        returned='{"criterion": "H03"}',
        as_of=as_of,
        news_only=news,
    )


def recognising(play: Play, grace: int | None = 92, despite: str = "") -> list[Event]:
    return play.case.recognise_hardship(
        occurred_on=play.day,
        hardship=1,
        officer=COLLEAGUE,
        criteria=SHIPPED[-1],
        birth=play.birth,
        grace=grace,
        despite=despite,
    )


def upholding(play: Play, officer: str = COLLEAGUE, until: date | None = None) -> list[Event]:
    return play.case.uphold_hardship(
        occurred_on=play.day,
        hardship=1,
        officer=officer,
        reason="seen with own eyes",
        grace=92,
        certify_by=until,
    )


def test_without_a_register_a_decision_stands_on_the_paper_for_good() -> None:
    play = applied()
    play.record(recognising(play, grace=None))
    assert play.case.hardships[1].awaited_until is None
    play.refused(lambda: upholding(play), "S-20", "没有等待登记库核验")


def test_a_decision_cites_the_answer_that_it_rests_on() -> None:
    play = applied()
    play.record(said(play, "unavailable")).record(said(play, "met"))
    play.record(recognising(play))
    decided = play.case.history[-1][0]
    assert isinstance(decided, facts.HardshipRecognised)
    assert (decided.certification, decided.certify_by) == (2, None)
    assert play.case.hardships[1].awaited_until is None


@pytest.mark.parametrize(("grace", "ends"), [(92, date(2026, 6, 10)), (1, date(2026, 3, 11))])
def test_a_decision_before_the_register_has_a_grace_in_calendar_days(
    grace: int, ends: date
) -> None:
    play = applied()
    play.record(said(play, "unknown")).record(recognising(play, grace))
    assert play.case.hardships[1].awaited_until == ends


def test_where_no_grace_is_granted_the_register_comes_first() -> None:
    play = applied()
    play.refused(lambda: recognising(play, 0), "S-05", "须先经登记库核验")
    play.record(said(play, "met")).record(recognising(play, 0))
    assert play.case.recognised is not None


def test_the_grace_ends_with_a_yes_and_a_no_asks_a_human() -> None:
    play = applied()
    play.record(recognising(play))
    play.on(2026, 4, 1).record(said(play, "not_met"))
    held = play.case.hardships[1]
    assert (held.standing, held.awaited_until) == ("recognised", date(2026, 6, 10))
    assert held.denied is not None
    assert held.denied.on == date(2026, 4, 1)
    play.on(2026, 4, 2).record(said(play, "met"))
    held = play.case.hardships[1]
    assert (held.awaited_until, held.denied) == (None, None)


def test_a_later_no_against_a_cited_yes_is_told_too() -> None:
    play = applied()
    play.record(said(play, "met")).record(recognising(play))
    play.on(2026, 5, 4).record(said(play, "not_met"))
    denied = play.case.hardships[1].denied
    assert denied is not None
    assert denied.no == 2


def test_a_no_is_passed_with_a_reason_only_and_is_then_weighed() -> None:
    play = applied()
    play.record(said(play, "not_met"))
    play.refused(lambda: recognising(play), "S-05", "须写明理由")
    play.record(recognising(play, despite="moved last week, register is late"))
    held = play.case.hardships[1]
    assert (held.denied, held.awaited_until) == (None, None)


def test_a_human_upholds_for_good_or_for_one_more_grace() -> None:
    play = applied()
    play.record(recognising(play))
    play.on(2026, 6, 11)
    play.refused(lambda: upholding(play, OFFICER), "S-06")
    play.refused(lambda: upholding(play, until=date(2026, 6, 11)), "S-05")
    play.refused(lambda: upholding(play, until=date(2026, 9, 12)), "S-05", "不晚于2026-09-11")
    play.record(upholding(play, until=date(2026, 9, 11)))
    assert play.case.hardships[1].awaited_until == date(2026, 9, 11)
    play.on(2026, 9, 12).record(upholding(play))
    assert play.case.hardships[1].awaited_until is None
    play.refused(lambda: upholding(play), "S-20")


def test_an_upheld_no_is_weighed_and_a_new_one_asks_again() -> None:
    play = applied()
    play.record(recognising(play)).record(said(play, "not_met")).record(upholding(play))
    assert play.case.hardships[1].denied is None
    play.record(said(play, "not_met"))
    assert play.case.hardships[1].denied is not None


def test_a_refusal_cites_the_no() -> None:
    play = applied()
    play.record(said(play, "not_met"))
    play.record(
        play.case.refuse_hardship(
            occurred_on=play.day,
            hardship=1,
            officer=COLLEAGUE,
            criteria=SHIPPED[-1],
            reason="not_met",
            basis="2",
        )
    )
    refused = play.case.history[-1][0]
    assert isinstance(refused, facts.HardshipRefused)
    assert refused.certification == 1
    play.refused(lambda: said(play, "met"), "S-00")


def test_in_the_background_only_news_are_kept() -> None:
    play = applied()
    play.record(recognising(play))
    assert said(play, "unavailable", news=True) == []
    assert said(play, "unknown", news=True) == []
    play.record(said(play, "not_met", news=True))
    assert said(play, "not_met", news=True) == []
    assert said(play, "met", news=True) != []


def test_no_register_is_asked_about_health_without_consent() -> None:
    play = applied("H02")
    play.record(said(play, "unknown"))
    play.record(play.case.withdraw_consent(purpose="sensitive"))
    play.refused(lambda: said(play, "met"), "S-18", "撤回")


def test_an_answer_of_another_list_or_of_tomorrow_is_refused() -> None:
    play = applied()
    play.refused(lambda: said(play, "perhaps"), "S-00")
    play.refused(lambda: said(play, "met", as_of=date(2026, 3, 11)), "S-05", "晚于今天")
    play.record(said(play, "met", as_of=date(2026, 3, 10)))


def test_what_came_back_is_sealed_for_the_person() -> None:
    play = applied()
    (fact,) = said(play, "met")
    assert isinstance(fact, facts.HardshipCertified)
    assert {fact.reference.subject, fact.returned.subject} == {"person-1"}
