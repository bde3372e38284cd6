"""Any commands in any order: refused or recorded, and the fold always agrees with itself."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from domain.calendar import shipped
from domain.kernel import Dated, Refused, decode, encode
from domain.seeker import SeekerCase
from tests.domain.seeker import model
from tests.domain.seeker.commands import COMMANDS, Hand

CALENDAR = shipped()
# A free hand hardly ever finds the way to money and retention: these verbs come more often.
LIKELY = (
    "register",
    "place",
    "apply_for_hardship",
    "post_hardship_notice",
    "recognise_hardship",
    "apply_for_subsidy",
    "check_subsidy",
    "approve_subsidy",
    "pay_subsidy",
    "refer",
    "answer_referral",
    "record_follow_up",
    "enrol",
    "complete_training",
)


class Cases(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.case = SeekerCase()
        self.day = date(2024, 1, 2)
        self.stored: list[tuple[Dated, bytes]] = []

    @rule(
        verb=st.sampled_from([*COMMANDS, *LIKELY]),
        no=st.integers(1, 4),
        other=st.integers(0, 11),
        yes=st.booleans(),
        days=st.integers(0, 40),
    )
    def command(self, verb: str, no: int, other: int, yes: bool, days: int) -> None:
        self.day += timedelta(days=days)
        before = len(self.case.history)
        why_not = self.case.why_not(verb)
        try:
            facts = COMMANDS[verb](self.case, Hand(self.day, no, other, yes))
        except Refused as refused:
            assert len(self.case.history) == before
            assert why_not is None or str(why_not) == str(refused)
            assert refused.rule
            return
        assert why_not is None
        for fact in facts:
            self.stored.append(((fact, self.day), encode(fact)))
            self.case.apply(fact, self.day)

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
