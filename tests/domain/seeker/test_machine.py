"""Any commands in any order: refused or recorded, and the fold always agrees with itself."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from domain.calendar import shipped
from domain.kernel import Dated, Event, Refused, decode, encode
from domain.seeker import SeekerCase
from tests.domain.seeker import model
from tests.domain.seeker.commands import COMMANDS, Hand
from tests.domain.seeker.play import Play

CALENDAR = shipped()
VERBS = tuple(COMMANDS)
# These lead out of the case or back: a free hand would end most walks after a few steps.
ENDING = frozenset({"close", "merge", "suspend", "void_fact", "correct_record"})


def registered() -> Play:
    return Play().on(2024, 1, 2).register()


def on_notice() -> Play:
    play = registered()
    for verb in ("apply_for_hardship", "post_hardship_notice", "refer"):
        play.record(COMMANDS[verb](play.case, Hand(play.day)))
    return play.accept().on(2024, 1, 15)


def at_work() -> Play:
    play = registered().recognise("H06")
    return play.place("public_welfare", term_until=date(2026, 12, 31))


def with_money() -> Play:
    play = at_work()
    for verb in ("apply_for_subsidy", "check_subsidy", "approve_subsidy"):
        play.record(COMMANDS[verb](play.case, Hand(play.day, other=2)))
    return play


STARTS = (registered, on_notice, at_work, with_money)


class Cases(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.case = SeekerCase()
        self.day = date(2024, 1, 2)
        self.stored: list[tuple[Dated, bytes]] = []

    @initialize(start=st.sampled_from(STARTS))
    def begin(self, start: Callable[[], Play]) -> None:
        """Begin where walks of fifty steps hardly ever come to by themselves."""
        for fact, on in start().case.history:
            self.take(fact, on)

    @rule(
        verb=st.sampled_from(VERBS),
        no=st.integers(1, 4),
        other=st.integers(0, 11),
        yes=st.booleans(),
        days=st.integers(0, 40),
    )
    def any_command(self, verb: str, no: int, other: int, yes: bool, days: int) -> None:
        """Ask for anything."""
        self.day += timedelta(days=days)
        self.ask(verb, Hand(self.day, no, other, yes))

    @rule(
        start=st.sampled_from(range(len(VERBS))),
        no=st.integers(1, 2),
        other=st.integers(0, 11),
        yes=st.booleans(),
        days=st.integers(0, 40),
    )
    def lawful_command(self, start: int, no: int, other: int, yes: bool, days: int) -> None:
        """Ask for what the page would offer, so that walks reach money and retention."""
        self.day += timedelta(days=days)
        for verb in (*VERBS[start:], *VERBS[:start]):
            if verb not in ENDING and self.case.why_not(verb) is None:
                self.ask(verb, Hand(self.day, no, other, yes))
                return

    def ask(self, verb: str, hand: Hand) -> None:
        """Ask for one decision and record what it returns; only `Refused` may be raised."""
        before, why_not = len(self.case.history), self.case.why_not(verb)
        facts, refused = [], None
        try:
            facts = COMMANDS[verb](self.case, hand)
        except Refused as said:
            refused = said
        if refused:
            assert len(self.case.history) == before
            assert why_not is None or str(why_not) == str(refused)
            return
        assert why_not is None
        for fact in facts:
            self.take(fact, self.day)

    def take(self, fact: Event, on: date) -> None:
        """Store a fact and apply it."""
        self.day = on
        self.stored.append(((fact, on), encode(fact)))
        self.case.apply(fact, on)

    @invariant()
    def the_state_is_that_of_a_plain_reading(self) -> None:
        assert self.case.standing == model.standing(self.case.history)

    @invariant()
    def stored_facts_fold_to_the_same_state(self) -> None:
        read = SeekerCase().fold((decode(type(f), state), on) for (f, on), state in self.stored)
        assert read.__dict__ == self.case.__dict__

    @invariant()
    def money_and_seats_add_up(self) -> None:
        for subsidy in self.case.subsidies.values():
            assert 0 <= subsidy.recovered <= subsidy.paid <= subsidy.approved <= subsidy.amount
        vacancies = [r.vacancy for r in self.case.open_referrals]
        assert len(vacancies) == len(set(vacancies))
        assert sum(role == "owner" for role in self.case.roles.values()) <= 1
        assert all(due.due.on for due in self.case.follow_ups_due(CALENDAR))


def run(examples: int, steps: int) -> None:
    run_state_machine_as_test(
        Cases,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_any_commands_in_any_order_are_refused_or_recorded() -> None:
    run(examples=30, steps=50)


@pytest.mark.long
def test_twenty_thousand_commands_are_refused_or_recorded() -> None:
    run(examples=400, steps=50)
