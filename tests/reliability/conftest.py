"""A desk for each test that kills."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.reliability.desk import Desk


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """A new home in a folder that the server's account can enter; no clerk outlives the test."""
    home = Path(tempfile.mkdtemp(prefix="yizhan-kill-"))
    home.chmod(0o755)
    for name in [name for name in os.environ if name.startswith("YIZHAN_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("YIZHAN_HOME", str(home))
    made = Desk(home)
    yield made
    made.end()
    shutil.rmtree(home)
