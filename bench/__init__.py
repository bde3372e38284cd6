"""Measurements against limits in the same process and database, as ratios (`make bench`)."""
