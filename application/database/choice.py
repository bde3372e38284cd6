"""Which database this installation uses: a given one, else the embedded server in its folder."""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg

from application.database import roles
from application.database.access import Access
from application.database.binaries import Binaries, find_major
from application.database.embedded import EmbeddedServer
from application.database.migrate import Connection, connect

DATABASE = "yizhan"


@dataclass(frozen=True)
class Opened:
    """The database of this process, until `close()`."""

    access: Access
    server: EmbeddedServer | None = None

    def binaries(self) -> Binaries:
        """Give the client programs that fit the server (`pg_dump`, `pg_restore`)."""
        if self.server is not None:
            return self.server.binaries
        with connect(self.access.writer) as connection:
            return find_major(connection.info.server_version // 10_000)

    def close(self) -> None:
        """Leave the embedded server; the last process stops it."""
        if self.server is not None:
            self.server.stop()


def open_database(
    home: Path, *, dsn: str = "", owner_dsn: str = "", name: str = DATABASE
) -> Opened:
    """Use the given server and start nothing, else start the embedded one with the database.

    Raises `DatabaseProblem` for a server that does not answer, is too old, or cannot be started.
    """
    if dsn:
        access = Access.given(dsn, owner_dsn)
        connect(access.writer).close()
        return Opened(access)
    server = EmbeddedServer(home / "pg")
    server.start()
    try:
        if name not in server.databases():
            # Another process may be first.
            with suppress(psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):
                server.create_database(name)
        return Opened(Access.embedded(server, name), server)
    except BaseException:
        server.stop()
        raise


def complaints(access: Access) -> list[str]:
    """Say what is wrong with the writer's role: too strong, or not able to become the others."""
    with connect(access.writer) as connection:
        row = connection.execute(
            "SELECT rolsuper, rolinherit, rolname FROM pg_roles WHERE rolname = session_user"
        ).fetchone()
        superuser, inherits, user = row or (True, True, "")
        found = []
        if superuser:
            found.append(f"{user} is a superuser: let YIZHAN_DSN name {roles.WRITER}.")
        elif user != roles.WRITER:
            found.append(f"YIZHAN_DSN names {user}: let it name {roles.WRITER}.")
        elif inherits:
            found.append(f"{user} inherits the rights of other roles: ALTER ROLE {user} NOINHERIT.")
        found += [
            f"{user} cannot become {role}: GRANT {role} TO {user}."
            for role in (roles.PROJECTOR, roles.READER, roles.KEYS)
            if not _may_become(connection, role)
        ]
        if not superuser and _may_become(connection, roles.OWNER):
            found.append(f"{user} is a member of {roles.OWNER}: REVOKE {roles.OWNER} FROM {user}.")
    return found


def _may_become(connection: Connection, role: str) -> bool:
    return connection.execute(
        "SELECT pg_has_role(oid, 'MEMBER') FROM pg_roles WHERE rolname = %s", [role]
    ).fetchone() == (True,)
