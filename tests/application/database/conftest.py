"""Folders and processes for tests of the embedded server."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

Child = Callable[..., "subprocess.Popen[str]"]
ROOT = Path(__file__).parents[3]

# As root: become `nobody` once everything is imported, since root's Python may be out of reach.
DROP = """
import os, resource, sys
import application.database.choice
os.chdir("/")
os.setgroups([])
os.setgid(65534)
os.setuid(65534)
"""


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder that every account can enter; pytest's own is closed to the server's account."""
    folder = Path(tempfile.mkdtemp(prefix="yizhan-place-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def child() -> Iterator[Child]:
    """Start Python processes with their own server objects; none outlives the test."""
    started = []

    def start(script: str, *arguments: object, ordinary: bool = False) -> subprocess.Popen[str]:
        drop = DROP if ordinary and os.geteuid() == 0 else ""
        process = subprocess.Popen(
            [sys.executable, "-u", "-c", drop + script, *map(str, arguments)],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()
