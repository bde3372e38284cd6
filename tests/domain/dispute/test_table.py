"""The table of states and commands: what `why_not` says is what the decision does (F-08)."""

import inspect
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from domain.calendar import shipped
from domain.dispute import DisputeCase
from domain.dispute.closing import Copies
from domain.dispute.records import ANY, MED, OPEN, PAUSED, POST, PRE
from domain.dispute.values import Line
from domain.kernel import Refused
from domain.money import Fen
from tests import stories
from tests.domain.dispute import cases
from tests.domain.dispute.cases import ANN, BOTH
from tests.domain.files import a_file
from tests.stories import EMPLOYER, MEDIATOR, Play

DAY = date(2026, 3, 25)
LINES = (Line(1, Fen(1)),)


def accepted() -> Play:
    play = cases.received().on(3, 3)
    return play.record(play.case.accept(case_no="鹤劳调〔2026〕0001号", serial=1))


def failed() -> Play:
    play = cases.mediating()
    return play.record(play.case.fail_mediation(workers=(ANN, "person-b"), reason="days_over"))


def performing() -> Play:
    play = cases.agreed().on(3, 10)
    return play.record(cases.pay(play.case, Line(1, Fen(1))))


def performed() -> Play:
    play = cases.agreed().on(3, 10)
    lines = (Line(1, Fen(80_000)), Line(2, Fen(60_000)))
    return play.record(cases.pay(play.case, *lines))


STATES: dict[str, Callable[[], Play]] = {
    "-": lambda: Play("dispute-t"),
    "INTAKE": cases.intake,
    "RECEIVED": cases.received,
    "ACCEPTED": accepted,
    "ASSIGNED": cases.assigned,
    "MEDIATING": cases.mediating,
    "FAILED": failed,
    "DEFAULTED": cases.defaulted,
    "AGREED": cases.agreed,
    "PERFORMING": performing,
    "ESCALATED": cases.escalated,
    "PERFORMED": performed,
    "SUSPENDED": cases.suspended,
    "CLOSED": cases.closed,
}

# Plausible values by the name of the argument.
VALUES: dict[str, Any] = {
    "agreement": 1,
    "amount": Fen(1),
    "at_position": 1,
    "by": BOTH,
    "calendar": shipped(),
    "channel": "walk_in",
    "claim": 1,
    "code": "C01",
    "consents": True,
    "copies": Copies(()),
    "days": 5,
    "due_on": DAY,
    "ended_on": DAY,
    "field": "note",
    "final": True,
    "form": "oral",
    "from_at": "09:00",
    "to_at": "10:00",
    "files": (a_file(),),
    "fund": "employer",
    "ground": "force_majeure",
    "instalment": 1,
    "items": ("id",),
    "kind": "final",
    "lines": LINES,
    "mediator": MEDIATOR,
    "most": 60,
    "most_bytes": 10_000_000,
    "occurred_on": DAY,
    "on": DAY,
    "outcome": "settled_pending",
    "papers": (),
    "payer": EMPLOYER,
    "payment": 1,
    "perform_by": DAY,
    "power": "self",
    "present": BOTH,
    "procedure": "arbitration",
    "absent": BOTH,
    "representatives": (ANN,),
    "respondent": EMPLOYER,
    "result": "awarded",
    "role": "employer",
    "route": "court",
    "routes": ("court",),
    "row": stories.row(ANN, "C01", Fen(1)),
    "rows": [stories.row(ANN, "C01", Fen(1))],
    "sealed": True,
    "serial": 1,
    "session": 1,
    "settles": False,
    "sha256": "0" * 64,
    "signed_by": BOTH,
    "step": "accepted",
    "title": "award",
    "until": date(2026, 4, 1),
    "version": 1,
    "worker": ANN,
    "workers": (ANN,),
}


SPECIAL: dict[str, dict[str, Any]] = {"extend_mediation": {"consents": BOTH}}


def act(case: DisputeCase, verb: str) -> Refused | None:
    """Take a decision with plausible arguments; a refusal is an answer, anything else a bug."""
    decision = getattr(case, verb)
    asked = inspect.signature(decision).parameters.values()
    given = {a.name: VALUES.get(a.name, "x") for a in asked if a.default is a.empty}
    try:
        decision(**(given | SPECIAL.get(verb, {})))
    except Refused as refused:
        return refused
    return None


@pytest.mark.parametrize("state", STATES)
def test_the_case_of_a_state_stands_there(state: str) -> None:
    assert STATES[state]().case.standing == state


@pytest.mark.parametrize("verb", sorted(DisputeCase.ASKS))
def test_what_is_foretold_is_what_the_decision_does(verb: str) -> None:
    for state, play in STATES.items():
        case = play().case
        foretold, answer = case.why_not(verb), act(case, verb)
        if foretold is not None:
            assert str(answer) == str(foretold), state
        if state not in DisputeCase.ASKS[verb].states:
            assert foretold is not None, state
            assert foretold.rule == "D-00", state


@pytest.mark.parametrize(
    ("verb", "states"),
    [
        ("record_intake", {"-"}),
        ("receive_application", {"INTAKE"}),
        ("accept", {"RECEIVED"}),
        ("not_accept", {"RECEIVED"}),
        ("add_claimant", PRE | MED),
        ("verify_claim", MED | POST),
        ("transfer_out", PRE | MED),
        ("hold_session", {"ASSIGNED", "MEDIATING", "FAILED"}),
        ("extend_mediation", {"MEDIATING"}),
        ("sign_agreement", {"MEDIATING", "FAILED"}),
        ("pay_immediately", MED),
        ("reverse_payment", ANY),
        ("fail_mediation", MED),
        ("escalate", MED | POST),
        ("suspend", MED | POST),
        ("resume", {"SUSPENDED"}),
        ("close", PAUSED),
        ("reopen", {"CLOSED"}),
        ("merge", OPEN),
        ("place_hold", PAUSED),
        ("add_note", ANY),
        ("attach", ANY),
        ("withdraw_attachment", ANY),
    ],
)
def test_decisions_are_lawful_in_the_states_of_the_catalogue(verb: str, states: set[str]) -> None:
    assert DisputeCase.ASKS[verb].states == states


def test_every_command_is_lawful_somewhere_and_the_table_shows_it() -> None:
    plays = {state: play().case for state, play in STATES.items()}
    table = {
        verb: [state for state, case in plays.items() if case.why_not(verb) is None]
        for verb in DisputeCase.ASKS
    }
    needs_more = {
        "withdraw_attachment",
        "accept_transfer",
        "decline_transfer",
        "lift_hold",
        "issue_payment_order",
        "serve_payment_order",
        "object_payment_order",
        "accept_arbitration",
        "file_inspection",
        "pay_award",
        "seek_enforcement",
    }
    print("\n".join(f"{verb:26} {' '.join(states)}" for verb, states in sorted(table.items())))  # noqa: T201 - the table is for the reader of a test run
    assert {verb for verb, states in table.items() if not states} == needs_more
