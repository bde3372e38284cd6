"""Which body: the few questions of the counter, and what follows from the answers."""

import pytest

from domain import codes_dispute as codes
from domain.dispute.facts import RouteChecked
from domain.dispute.route_check import PETITION, PIECES, RETIRED, check_route
from domain.kernel import Refused
from tests.domain.dispute import cases
from tests.domain.dispute.cases import refused


@pytest.mark.parametrize(
    ("relation", "matter", "elsewhere", "body", "refusal"),
    [
        ("labour", "pay", "none", "mediation", ""),
        ("labour", "injury", "mediation", "mediation", ""),
        ("labour", "pay", "inspection", "mediation", ""),
        ("labour", "pay", "arbitration", "arbitration", "elsewhere"),
        ("labour", "contract", "court", "court", "elsewhere"),
        ("labour", "agency", "none", "administrative_review", "no_relation"),
        ("labour", "grade", "none", "administrative_review", "no_relation"),
        ("domestic", "pay", "none", "people_mediation", "no_relation"),
        ("piecework", "pay", "none", "people_mediation", ""),
        ("platform", "pay", "none", "mediation", ""),
        ("retired", "pay", "none", "mediation", ""),
        ("contractor", "pay", "none", "mediation", ""),
    ],
)
def test_the_answers_lead_to_one_body(
    relation: str, matter: str, elsewhere: str, body: str, refusal: str
) -> None:
    route = check_route(relation=relation, matter=matter, elsewhere=elsewhere)
    assert (route.body, route.refusal, route.here) == (body, refusal, not refusal)
    assert all(one.text and one.statute for one in route.reasons)


def test_piecework_without_a_relation_gets_no_arbitration_clock() -> None:
    route = check_route(relation="piecework", matter="pay", elsewhere="none")
    assert (route.claim, route.arbitration) == ("C14", False)
    assert route.reasons[0].text == PIECES


def test_the_retired_are_not_refused_and_a_petition_is_led_in() -> None:
    route = check_route(relation="retired", matter="pay", elsewhere="none", channel="petition")
    assert {RETIRED, PETITION} <= {one.text for one in route.reasons}


def test_every_answer_is_known_and_every_body_has_a_word() -> None:
    for relation in codes.RELATIONS:
        for matter in codes.MATTERS:
            for elsewhere in codes.ELSEWHERE:
                body = check_route(relation=relation, matter=matter, elsewhere=elsewhere).body
                assert body == "mediation" or body in codes.TOLD_ROUTES


def test_the_answers_are_recorded_and_another_is_refused() -> None:
    case = cases.intake().case
    found = case.check_route(relation="piecework", matter="pay", elsewhere="none")
    fact = RouteChecked(
        relation="piecework", matter="pay", elsewhere="none", body="people_mediation"
    )
    assert found == [fact]
    case.apply(fact, cases.intake().day)
    assert case.route is fact
    refused("D-00", lambda: case.check_route(relation="x", matter="pay", elsewhere="none"))
    with pytest.raises(Refused):
        cases.closed().case.check_route(relation="labour", matter="pay", elsewhere="none")
