"""What hangs on the wall: caseload, deadlines, facts and measures."""
