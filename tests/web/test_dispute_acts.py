"""Every verb of the dispute services has a form whose fields are its arguments."""

from application.dispute_file import DisputeFile
from application.dispute_intake import Intake
from application.escalation import Escalation
from application.mediation import Mediation
from application.settlement import Settlement
from domain.dispute import DisputeCase
from tests.web.contracts import mismatches
from web.disputes import ACTS

SERVICES = (Intake, Mediation, Settlement, Escalation, DisputeFile)


def test_every_verb_of_a_dispute_service_is_a_form_with_its_arguments() -> None:
    # Papers, codes and attachments have pages of their own.
    without = ("issue_documents", "give_access_code", "attach", "withdraw_attachment")
    assert mismatches(ACTS, SERVICES, without=without) == []


def test_every_act_on_a_case_can_say_why_it_cannot_be_done() -> None:
    asked = {act.verb for act in ACTS if not act.begins}
    assert asked <= DisputeCase.ASKS.keys()


def test_every_act_stands_in_a_group_and_asks_for_a_right() -> None:
    assert [act.verb for act in ACTS if not act.group or not act.right] == []
