"""Labour disputes 劳动争议: facts, state, decisions by phase, and the case that is all of them."""
