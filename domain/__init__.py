"""The rules of the office: facts, state, decisions, deadlines, codes, money. Pure."""
