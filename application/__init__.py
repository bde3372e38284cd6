"""What a user may ask for: one method a command, access rules, the event log, keys."""
