"""A desk for each test that kills."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.reliability.desk import Desk

SIDE_BY_SIDE = 4


@contextmanager
def new_desk() -> Iterator[Desk]:
    """Give a new home in a folder that the server's account can enter; no clerk outlives it."""
    home = Path(tempfile.mkdtemp(prefix="yizhan-kill-"))
    home.chmod(0o755)
    made = Desk(home)
    yield made
    made.end()
    shutil.rmtree(home)


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """One desk, and no other configuration than its home."""
    for name in [name for name in os.environ if name.startswith("YIZHAN_")]:
        monkeypatch.delenv(name)
    with new_desk() as made:
        monkeypatch.setenv("YIZHAN_HOME", str(made.home))
        yield made


@pytest.fixture
def desks(desk: Desk) -> Iterator[list[Desk]]:
    """Some desks, each with a server of its own: a program waits most of the time for its own."""
    with ExitStack() as stack:
        yield [desk, *(stack.enter_context(new_desk()) for _ in range(SIDE_BY_SIDE - 1))]
