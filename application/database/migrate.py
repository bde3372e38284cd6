"""Numbered SQL files, each applied once, in order, and never changed afterwards."""

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple

import psycopg
from psycopg import sql

from application.database import roles
from application.database.binaries import OLDEST
from application.database.problem import UNREADABLE, DatabaseProblem

FOLDER = Path(__file__).parent / "migrations"

_LOCK = 0x595A_4D47  # "YZMG"
_LOG = "0001_log"  # makes log.identity, which says the clock
Connection = psycopg.Connection[tuple[Any, ...]]

_TABLE = b"""
CREATE SCHEMA IF NOT EXISTS migrations;
GRANT USAGE ON SCHEMA migrations TO PUBLIC;
CREATE TABLE IF NOT EXISTS migrations.applied (
    name text PRIMARY KEY,
    sha256 text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now()
);
GRANT SELECT ON migrations.applied TO PUBLIC;
"""


class _File(NamedTuple):
    name: str
    text: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.text).hexdigest()


def migrate(
    owner_conninfo: str, *, clock: Literal["system", "test"], folder: Path = FOLDER
) -> list[str]:
    """Apply what is missing and name it; one process at a time, one transaction a file.

    `clock` says what gives `recorded_at`, for ever: the database's own clock, or a test's.
    Raises `DatabaseProblem` for a file that was changed or lost after it was applied.
    """
    with connect(owner_conninfo) as connection:
        connection.execute("SET lock_timeout = '60s'")
        try:
            connection.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        except psycopg.errors.LockNotAvailable as error:
            raise DatabaseProblem("Another process has been migrating for a minute.") from error
        create_roles(connection)
        connection.execute(_TABLE)
        done: list[str] = []
        for file in _missing(connection, _files(folder)):
            with connection.transaction():
                _apply(connection, file)
                if file.name == _LOG and clock == "test":
                    connection.execute("SELECT log.use_test_clock()")
            done.append(file.name)
        _check_clock(connection, clock)
        return done


def pending(conninfo: str, *, folder: Path = FOLDER) -> list[str]:
    """Name the files that are not applied yet; any role may ask."""
    with connect(conninfo) as connection:
        return [file.name for file in _missing(connection, _files(folder))]


def connect(conninfo: str, *, oldest: int = OLDEST) -> Connection:
    """Connect, or say in one sentence why not; refuse a server that is too old."""
    try:
        connection = psycopg.connect(conninfo, autocommit=True)
    except psycopg.ProgrammingError:
        raise DatabaseProblem(UNREADABLE) from None  # its text may hold the password
    except psycopg.OperationalError as error:
        raise DatabaseProblem(
            f"The database does not answer: {_line(error)} Check YIZHAN_DSN and the server."
        ) from error
    if connection.info.server_version // 10_000 < oldest:
        version = connection.info.parameter_status("server_version")
        connection.close()
        raise DatabaseProblem(
            f"The server is PostgreSQL {version}: {oldest} or newer is needed, update the server."
        )
    return connection


def _files(folder: Path) -> Sequence[_File]:
    found = sorted(path for path in folder.glob("*.sql") if re.match(r"\d{4}_", path.name))
    return [_File(path.stem, path.read_bytes()) for path in found]


def _missing(connection: Connection, files: Sequence[_File]) -> list[_File]:
    if connection.execute("SELECT to_regclass('migrations.applied')").fetchone() == (None,):
        return list(files)
    rows = connection.execute("SELECT name, sha256 FROM migrations.applied").fetchall()
    applied = {str(name): str(sha256) for name, sha256 in rows}
    by_name = {file.name: file for file in files}
    for name, sha256 in sorted(applied.items()):
        if name not in by_name:
            raise DatabaseProblem(
                f"Migration {name} was applied to this database and is not in this version of "
                "yizhan: install the version that has it."
            )
        if by_name[name].sha256 != sha256:
            raise DatabaseProblem(
                f"Migration {name} was changed after it was applied: restore the file of the "
                "release, and put changes into a new one."
            )
    return [file for file in files if file.name not in applied]


def _apply(connection: Connection, file: _File) -> None:
    try:
        connection.execute(file.text)
    except psycopg.Error as error:
        raise DatabaseProblem(f"Migration {file.name} failed: {_line(error)}") from error
    connection.execute(
        "INSERT INTO migrations.applied (name, sha256) VALUES (%s, %s)", [file.name, file.sha256]
    )


def create_roles(connection: Connection) -> None:
    """Create the missing roles and go on as the owner, or say what the administrator has to run."""
    row = connection.execute(
        "SELECT current_user, rolcreaterole OR rolsuper FROM pg_roles WHERE rolname = current_user"
    ).fetchone()
    user, may_create = row or ("", False)
    rows = connection.execute("SELECT rolname FROM pg_roles").fetchall()
    wanted = roles.statements((str(name) for (name,) in rows), login=False)
    listed = "".join(f"\n    {statement};" for statement in wanted)
    ask = (
        f"Roles are missing and {user} may not create them. Ask the administrator of the server "
        f"to run this, and to make {roles.OWNER} the owner of the database:{listed}"
    )
    if wanted and not may_create:
        raise DatabaseProblem(ask)
    try:
        with connection.transaction():
            for statement in wanted:
                connection.execute(statement.encode())
    except psycopg.errors.InsufficientPrivilege as error:
        raise DatabaseProblem(ask) from error
    if user != roles.OWNER:
        _hand_over(connection, str(user))


def _hand_over(connection: Connection, user: str) -> None:
    owner, me = sql.Identifier(roles.OWNER), sql.Identifier(user)
    grant = sql.SQL("GRANT CREATE ON DATABASE {} TO {}")
    database = sql.Identifier(connection.info.dbname)
    try:
        connection.execute(sql.SQL("GRANT {} TO {}").format(owner, me))
        connection.execute(grant.format(database, owner))
        connection.execute(sql.SQL("SET ROLE {}").format(owner))
    except psycopg.Error as error:
        raise DatabaseProblem(
            f"{user} cannot become {roles.OWNER}: {_line(error)} Give the DSN of {roles.OWNER} "
            "in YIZHAN_DSN_OWNER."
        ) from error


def _check_clock(connection: Connection, clock: str) -> None:
    if connection.execute("SELECT to_regclass('log.identity')").fetchone() == (None,):
        return
    row = connection.execute("SELECT clock FROM log.identity").fetchone()
    if row is None or row[0] != clock:
        raise DatabaseProblem(
            f"The clock of this database is {row[0] if row else 'unknown'}, not {clock}, and that "
            "is for ever: use another database."
        )


def _line(error: psycopg.Error) -> str:
    """Give the server's words as a sentence with a mark at its end."""
    said = " ".join(str(error).split()).rstrip(".")
    return said if said.endswith(("?", "!")) else f"{said}."
