"""Seekers 求职帮扶: facts, state, decisions by phase, and the case that is all of them."""

from domain.seeker.state import SeekerState


class SeekerCase(SeekerState):
    """One seeker's case: a state (`state.py`) and what may be asked of it in each phase."""
