"""A database of its own for one test, copied from one that is made once a run."""

import fcntl
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import ClassVar

from application.database.access import Access, Pools
from application.database.embedded import EmbeddedServer
from application.database.migrate import migrate


@dataclass(frozen=True)
class Database:
    """A fresh database with the tables of all migrations; its clock can be set by the owner."""

    name: str
    server: EmbeddedServer
    access: Access
    pools: Pools

    def conninfo(self, role: str) -> str:
        """Give the connection string of `writer`, `projector`, `reader`, `keys` or `owner`."""
        return str(getattr(self.access, role))


class RunServer(EmbeddedServer):
    """The server of a run of tests: what is written need not outlive the machine, only a kill."""

    settings: ClassVar[Mapping[str, str]] = {
        **EmbeddedServer.settings,
        "fsync": "off",
        "full_page_writes": "off",
    }


def migrated(server: EmbeddedServer) -> str:
    """Name the database that has the tables of all migrations, a test clock, and nothing else."""
    return made_once(
        server, "migrated", lambda name: migrate(Access.embedded(server, name).owner, clock="test")
    )


def made_once(
    server: EmbeddedServer,
    name: str,
    make: Callable[[str], object],
    *,
    template: str | None = None,
) -> str:
    """Name a database to copy; the first worker of the run that wants it makes it, others wait.

    It gets its name when it is whole, so that a failed making leaves nothing that looks made.
    """
    with (server.folder.parent / f"{name}.lock").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        if name not in server.databases():
            half = f"{name}_half"
            server.drop_database(half)
            server.create_database(half, template=template)
            make(half)
            server.rename_database(half, name)
    return name
