"""A database of its own for one test."""

from dataclasses import dataclass

from application.database.access import Access, Pools
from application.database.embedded import EmbeddedServer


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
