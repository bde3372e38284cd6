"""One server a test run, shared by all workers; one database a test, copied from a template."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from application.database.access import Access, Pools
from application.database.binaries import SYSTEM
from application.database.embedded import EmbeddedServer
from tests.database import Database, RunServer, migrated

MEMORY = "/dev/shm"  # noqa: S108 - a folder of our own is made in it
ROOM = 4 << 30  # bytes; a run takes a fraction
_FOLDER = pytest.StashKey[Path]()


def pytest_configure(config: pytest.Config) -> None:
    """Name the folder of the run, for all that is temporary; a worker takes its controller's.

    A database is made many times as fast in the machine's memory as on a disk, so that is taken
    where it has room, lets programs run, and nobody named another place by TMPDIR.
    """
    given = getattr(config, "workerinput", {}).get("yizhan_run")
    memory = _memory() if "TMPDIR" not in os.environ else None
    made = given or tempfile.mkdtemp(prefix="yizhan-tests-", dir=memory)
    Path(made).chmod(0o755)  # as root the server runs as another user
    os.environ["TMPDIR"] = tempfile.tempdir = made
    config.stash[_FOLDER] = Path(made)


def _memory() -> str | None:
    try:
        found = os.statvfs(MEMORY)
    except OSError:
        return None
    roomy = found.f_bavail * found.f_frsize > ROOM
    return MEMORY if roomy and not found.f_flag & os.ST_NOEXEC else None


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell a worker the folder."""
    node.workerinput["yizhan_run"] = str(node.config.stash[_FOLDER])


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove the folder when all workers are done."""
    if not hasattr(config, "workerinput"):
        shutil.rmtree(config.stash[_FOLDER], ignore_errors=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a server."""
    for item in items:
        wanted = set(getattr(item, "fixturenames", ()))
        if wanted & {"server", "database", "system_server"}:
            item.add_marker(pytest.mark.postgres)


@pytest.fixture(scope="session")
def server(pytestconfig: pytest.Config) -> Iterator[EmbeddedServer]:
    """The run's embedded server; the last worker stops it."""
    with RunServer(pytestconfig.stash[_FOLDER] / "pg") as started:
        yield started


@pytest.fixture
def database(server: EmbeddedServer) -> Iterator[Database]:
    """A fresh database, dropped after the test."""
    name = f"t_{uuid4().hex}"
    server.create_database(name, template=migrated(server))
    access = Access.embedded(server, name)
    try:
        with Pools(access) as pools:
            yield Database(name, server, access, pools)
    finally:
        server.drop_database(name)


@pytest.fixture(scope="session")
def system_server(pytestconfig: pytest.Config) -> Iterator[EmbeddedServer]:
    """A server of Debian's PostgreSQL 15, the oldest that is supported."""
    programs = SYSTEM / "15" / "bin"
    if not (programs / "initdb").is_file():
        pytest.skip(f"PostgreSQL 15 is not installed in {programs}")
    with EmbeddedServer(pytestconfig.stash[_FOLDER] / "pg15", bin_dir=programs) as started:
        yield started
