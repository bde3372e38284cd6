"""One installation opened: database, migrations, key vault. Everything else is wired upon it."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from application.database.access import Access, Pools
from application.database.choice import Opened, open_database
from application.database.migrate import migrate, pending
from application.database.problem import DatabaseProblem
from application.people.vault import Vault
from yizhan.configuration import Configuration

DEMO_DATABASE = "yizhan_demo"


@dataclass(frozen=True)
class Installation:
    """A database of ours, its pools and its vault, until the block ends."""

    configuration: Configuration
    home: Path
    opened: Opened
    pools: Pools
    vault: Vault

    @property
    def access(self) -> Access:
        """The connection strings by role."""
        return self.opened.access

    @property
    def embedded(self) -> bool:
        """Say whether our own supervisor runs the server."""
        return self.opened.server is not None


@contextmanager
def installation(
    configuration: Configuration,
    *,
    name: str = "yizhan",
    clock: Literal["system", "test"] = "system",
    home: Path | None = None,
) -> Iterator[Installation]:
    """Open the database, bring an embedded one up to date, unlock the vault; close it all.

    Raises `DatabaseProblem` with one sentence: no server, wrong DSN, old version, missing
    migrations on a given server, a wrong or missing master key.
    """
    home = home or configuration.home
    with database(configuration, home=home, name=name) as opened:
        if opened.server is not None:
            migrate(opened.access.owner, clock=clock)
        elif waiting := pending(opened.access.writer):
            raise DatabaseProblem(
                f"{len(waiting)} migrations are missing: run `yizhan migrate` "
                "with YIZHAN_DSN_OWNER set."
            )
        with Pools(opened.access) as pools:
            vault = Vault.unlock(
                pools.keys, environment(configuration), home, may_make=opened.server is not None
            )
            yield Installation(configuration, home, opened, pools, vault)


@contextmanager
def database(
    configuration: Configuration, *, home: Path | None = None, name: str = "yizhan"
) -> Iterator[Opened]:
    """Open the database without looking into it."""
    home = home or configuration.home
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DatabaseProblem(f"The folder {home} cannot be used: {error.strerror}.") from error
    opened = open_database(
        home,
        dsn=configuration.dsn.get_secret_value(),
        owner_dsn=configuration.dsn_owner.get_secret_value(),
        name=name,
    )
    try:
        yield opened
    finally:
        opened.close()


def environment(configuration: Configuration) -> Mapping[str, str]:
    """Give the master key's settings as the vault reads them, from the file's lines too."""
    given = dict(os.environ)
    if key := configuration.master_key.get_secret_value():
        given["YIZHAN_MASTER_KEY"] = key
    if configuration.master_key_file:
        given["YIZHAN_MASTER_KEY_FILE"] = str(configuration.master_key_file)
    return given
