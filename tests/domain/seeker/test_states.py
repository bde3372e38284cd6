"""Which command is lawful in which state: the catalogue of domain.md 2.4 against the decisions."""

import inspect
from datetime import date

import pytest

from domain.kernel import Refused
from domain.seeker import SeekerCase
from domain.seeker import facts as catalogue
from tests.domain.seeker import model
from tests.domain.seeker.commands import COMMANDS, Hand

OPEN = {"REGISTERED", "ASSESSED", "IN_SERVICE", "PLACED", "STABLE"}
STATES = ("-", "LEAD", *sorted(OPEN), "SUSPENDED", "CLOSED")
GROUPS = {
    "-": {"-"},
    "lead": {"LEAD"},
    "open": OPEN,
    "suspended": {"SUSPENDED"},
    "closed": {"CLOSED"},
    "any": {*STATES} - {"-"},
}
# Column "from states" of the catalogue, transcribed.
LAWFUL = {
    "-": "record_lead",
    "- lead": "register",
    "open": """renew_registration change_wishes register_unemployment apply_for_hardship
        post_hardship_notice
        recognise_hardship refuse_hardship tag_group untag_group assess_ability
        assess_willingness assess_needs assign_tier make_plan revise_plan give_guidance
        explain_policy join_activity hold_match_meeting refer answer_referral hold_interview
        make_offer place enrol complete_training apply_for_subsidy take_insurance
        agree_follow_up suspend absorb""",
    "any": """give_consent withdraw_consent recover_subsidy merge link_to_dispute
        unlink_from_dispute add_note issue_documents attach
        withdraw_attachment correct_record void_fact""",
    "open suspended": """cancel_unemployment end_referral suspend_referral end_placement
        drop_training check_subsidy approve_subsidy refuse_subsidy certify_hardship
        uphold_hardship""",
    "open suspended closed": """cancel_hardship verify_placement pay_subsidy stop_subsidy
        record_follow_up give_access_code""",
    "lead open suspended": """assign unassign offer_transfer decline_transfer accept_transfer
        place_hold lift_hold record_visit close""",
    "open closed": "obtain_certificate unmerge",
    "suspended": "prolong_suspension resume",
    "closed": "reopen",
}


def in_state(state: str) -> SeekerCase:
    case = SeekerCase().fold((fact, date(2024, 1, 2)) for fact in model.way_to(state))
    assert case.standing == state
    return case


@pytest.mark.parametrize(("words", "verbs"), LAWFUL.items())
def test_a_decision_is_lawful_in_the_states_of_the_catalogue(words: str, verbs: str) -> None:
    states = set().union(*(GROUPS[word] for word in words.split()))
    for verb in verbs.split():
        assert SeekerCase.ASKS[verb].states == states, verb


def test_every_decision_is_in_the_table_and_has_a_command_to_try_it() -> None:
    verbs = {verb for line in LAWFUL.values() for verb in line.split()}
    assert verbs == set(SeekerCase.ASKS) == set(COMMANDS)


def test_every_fact_of_the_catalogue_is_the_outcome_of_some_decision() -> None:
    source = "".join(
        inspect.getsource(inspect.getmodule(kind) or kind) for kind in SeekerCase.__mro__[:-2]
    )
    made = {name for name in catalogue.__all__ if f"facts.{name}(" in source}
    # Papers are set and hashed before the decision, which is handed their facts.
    outside = {"RecordCorrected", "FactVoided", "DocumentIssued"}
    assert set(catalogue.__all__) - made == outside
    assert len(catalogue.__all__) == 75


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("verb", sorted(COMMANDS))
def test_the_page_says_no_with_the_sentence_of_the_decision(state: str, verb: str) -> None:
    case = in_state(state)
    why_not, refused = case.why_not(verb), None
    try:
        COMMANDS[verb](case, Hand(date(2024, 8, 1)))
    except Refused as said:
        refused = said
    if why_not is None:
        assert state in SeekerCase.ASKS[verb].states
    else:
        assert refused is not None
        said_twice = [(r.rule, r.text, r.values) for r in (why_not, refused)]
        assert said_twice[0] == said_twice[1]


@pytest.mark.parametrize("state", STATES)
def test_what_a_state_forbids_is_refused_by_the_order_of_states(state: str) -> None:
    case = in_state(state)
    for verb, ask in SeekerCase.ASKS.items():
        if state not in ask.states:
            why_not = case.why_not(verb)
            assert why_not is not None
            assert why_not.rule == "S-00"
