"""The event log: the Mapper, the Recorder, the store on PostgreSQL, and the reader.

The library `eventsourcing` is used through its seams and nowhere else; what is not taken from it,
and why, is listed beside the tests in tests/application/log/.
"""
