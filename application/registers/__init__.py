"""Old registers 台账 read into ordinary facts: limits, profiles, mapping, and the import itself."""
