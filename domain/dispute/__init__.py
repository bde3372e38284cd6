"""Labour disputes 劳动争议: facts, state, decisions by phase, and the case that is all of them."""

from domain.dispute.claims import ClaimsPhase
from domain.dispute.elsewhere import ElsewherePhase
from domain.dispute.escalation import EscalationPhase
from domain.dispute.filing import FilingPhase
from domain.dispute.intake import IntakePhase
from domain.dispute.mediation import MediationPhase
from domain.dispute.officers import OfficersPhase
from domain.dispute.payments import PaymentsPhase
from domain.dispute.settlement import SettlementPhase


class DisputeCase(
    IntakePhase,
    ClaimsPhase,
    OfficersPhase,
    MediationPhase,
    SettlementPhase,
    PaymentsPhase,
    EscalationPhase,
    ElsewherePhase,
    FilingPhase,
):
    """One dispute: a state (`state.py`) and what may be asked of it in each phase."""
