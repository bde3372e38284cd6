"""The thread that looks again: at once, after trouble, and not once it is stopped."""

import logging
import threading

import pytest

from application.lookout import Lookout


class Passing(Exception):
    """What is no trouble."""


def test_it_looks_again_after_trouble_and_ends_when_told(caplog: pytest.LogCaptureFixture) -> None:
    came, looks = threading.Event(), iter([Passing(), ValueError("what it was about"), None])

    def look() -> None:
        trouble = next(looks)
        if trouble is None:
            came.set()
        else:
            raise trouble

    lookout = Lookout("trial", 0.001, look, Passing)
    with caplog.at_level(logging.WARNING):
        lookout.start()
        assert came.wait(10)
        lookout.stop()
    told = [
        record.getMessage() for record in caplog.records if record.name == "application.lookout"
    ]
    assert told[0] == "trial: ValueError, and looks again."
    assert not any("what it was about" in line for line in told), "it may name a person"
    assert lookout.ending
