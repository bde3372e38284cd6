"""Labour disputes 劳动争议: facts, state, decisions by phase, and the case that is all of them."""

from domain.dispute.state import DisputeState


class DisputeCase(DisputeState):
    """One dispute: a state (`state.py`) and what may be asked of it in each phase."""
