"""The embedded server: started by the first process that needs it, stopped by the last."""

import atexit
import os
import shlex
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, ClassVar, Self

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from application.database import cluster, roles
from application.database.account import SEES_PROCESSES, Account, account_for, processes_in
from application.database.binaries import Binaries, find_binaries, reachable
from application.database.problem import DatabaseProblem
from application.database.turns import Turns, end_gently

_RETRY_SECONDS = 30.0
_RECOVERY_SECONDS = 600


class EmbeddedServer:
    """One PostgreSQL in one folder, shared by all processes that name the folder."""

    settings: ClassVar[Mapping[str, str]] = {
        "listen_addresses": "",
        "port": "5432",
        "wal_compression": "on",
        "jit": "off",
        "timezone": "Asia/Shanghai",
        "log_timezone": "Asia/Shanghai",
        "shared_buffers": "256MB",
        "max_connections": "200",
        "fsync": "on",  # a store of evidence
        "unix_socket_permissions": "0700",
    }

    def __init__(self, folder: Path, *, bin_dir: Path | None = None) -> None:
        """Name the folder (`$YIZHAN_HOME/pg`) and, if need be, the programs."""
        self.folder = folder.absolute()
        self._given = bin_dir
        self._turns: Turns | None = None
        self._socket: Path | None = None
        self._programs: Binaries | None = None

    @property
    def binaries(self) -> Binaries:
        """The programs of this server, `pg_dump` among them."""
        if self._programs is None:
            major = cluster.written_by(self.data)
            self._programs = find_binaries(self._given, written_by=major)
        return self._programs

    @property
    def data(self) -> Path:
        """The data folder."""
        link = self.folder / "place"
        return (link.resolve() if link.is_symlink() else self.folder) / "data"

    def start(self) -> None:
        """Start the server, or join the one that runs; make it the first time.

        Called again it starts a server that was killed meanwhile, at the same socket, so that the
        pools of living processes find it.
        """
        self._make_folder()
        binaries = self.binaries
        self._turns = self._turns or Turns(self.folder)
        with self._turns.boot():
            self._turns.enter()
            try:
                self._serve(binaries)
            except BaseException:
                if self._turns.leave():
                    self._halt()
                raise
        atexit.register(self.stop)
        end_gently()

    def stop(self) -> None:
        """Leave the server; the last one stops it."""
        if self._turns is None or not self._turns.entered:
            return
        with self._turns.boot():
            if self._turns.leave():
                self._halt()
        self._socket = None
        atexit.unregister(self.stop)

    def conninfo(self, dbname: str, user: str) -> str:
        """Give the connection string of a role over the private socket."""
        if self._socket is None:
            raise DatabaseProblem("The embedded database is not started.")
        return make_conninfo(
            host=str(self._socket), port=5432, dbname=dbname, user=user, connect_timeout=3
        )

    def create_database(self, name: str, template: str | None = None) -> None:
        """Create a database that belongs to the owner role, empty or as a copy of another."""
        made = sql.SQL("CREATE DATABASE {} OWNER {}").format(
            sql.Identifier(name), sql.Identifier(roles.OWNER)
        )
        if template is not None:  # its files are copied: to log each page takes twice as long
            made += sql.SQL(" TEMPLATE {} STRATEGY FILE_COPY").format(sql.Identifier(template))
        self._as_superuser(made)

    def drop_database(self, name: str) -> None:
        """Drop a database and whoever is connected to it."""
        dropped = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        self._as_superuser(dropped)

    def rename_database(self, old: str, new: str) -> None:
        """Give a database its final name."""
        renamed = sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
            sql.Identifier(old), sql.Identifier(new)
        )
        self._as_superuser(renamed)

    def databases(self) -> frozenset[str]:
        """Name the databases."""
        with self._superuser() as connection:
            rows = connection.execute("SELECT datname FROM pg_database").fetchall()
        return frozenset(str(row[0]) for row in rows)

    def __enter__(self) -> Self:
        """Start."""
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        """Stop."""
        self.stop()

    def _make_folder(self) -> None:
        try:
            if not self.folder.exists():
                self.folder.mkdir(parents=True, exist_ok=True)
                self.folder.chmod(0o755 if os.geteuid() == 0 else 0o700)
            if not os.access(self.folder, os.W_OK | os.X_OK):
                raise PermissionError(13, "Permission denied", str(self.folder))
            (self.folder / ".boot").touch(0o600)
        except OSError as error:
            raise DatabaseProblem(
                f"The folder {self.folder} cannot be written ({error.strerror}): "
                "choose another one with YIZHAN_HOME."
            ) from error

    def _serve(self, binaries: Binaries) -> None:
        account = account_for(self.data)
        place = cluster.place_for(self.folder, account)
        data = place / "data"
        self._programs = binaries = reachable(binaries, account, place)
        if data.exists():
            cluster.check_major(data, binaries)
        else:
            cluster.make(data, binaries, account)
        started, pause = time.monotonic(), 0.05
        while True:
            problem = self._try(account, data)
            if problem is None:
                break
            # A server in recovery answers late; children of a killed one need a moment to go.
            limit = _RECOVERY_SECONDS if "starting up" in problem else _RETRY_SECONDS
            if time.monotonic() - started > limit:
                raise DatabaseProblem(f"The database in {data} does not start: {problem}")
            time.sleep(pause)
            pause = min(pause * 2, 2.0)
        self._make_roles()

    def _try(self, account: Account, data: Path) -> str | None:
        if processes_in(account, data) if SEES_PROCESSES else (data / "postmaster.pid").exists():
            problem = self._join(data)
            return problem if SEES_PROCESSES or problem is None else self._launch(account, data)
        return self._launch(account, data)

    def _join(self, data: Path) -> str | None:
        self._socket = cluster.socket_folder(data)
        if self._socket is None:
            return "its processes are there, but its note postmaster.pid is not."
        try:
            with self._superuser():
                return None
        except psycopg.OperationalError as error:
            return str(error).strip()

    def _launch(self, account: Account, data: Path) -> str | None:
        # No live process works in the data folder, so the note of a killed server is stale,
        # whatever process bears its number today.
        self._socket = cluster.free_socket_folder(account, cluster.socket_folder(data))
        if SEES_PROCESSES:
            (data / "postmaster.pid").unlink(missing_ok=True)
        log = data.parent / "server.log"
        log.touch(0o600)
        account.own(log, 0o600)
        settings = {**self.settings, "unix_socket_directories": str(self._socket)}
        flags = " ".join(f"-c {shlex.quote(f'{key}={value}')}" for key, value in settings.items())
        done = account.run(
            [
                *(self.binaries / "pg_ctl", "start", "-w", "-t", str(_RECOVERY_SECONDS)),
                *("-D", data, "-l", log, "-o", flags),
            ],
            timeout=_RECOVERY_SECONDS + 30,
        )
        if done.returncode == 0:
            return None
        cluster.drop_socket_folder(self._socket)
        tail = log.read_text(errors="replace").strip().splitlines()[-3:]
        return " / ".join([*tail, f"see {log}."])

    def _halt(self) -> None:
        account = account_for(self.data)
        socket = cluster.socket_folder(self.data)  # another process may have started it anew
        if not SEES_PROCESSES or processes_in(account, self.data):
            command: list[str | Path] = [
                self.binaries / "pg_ctl",
                "stop",
                "-w",
                "-t",
                "60",
                "-m",
                "fast",
            ]
            if account.run([*command, "-D", self.data], timeout=90).returncode:
                return
        cluster.drop_socket_folder(socket)
        cluster.drop_socket_folder(self._socket)

    def _make_roles(self) -> None:
        with self._superuser() as connection:
            rows = connection.execute("SELECT rolname FROM pg_roles").fetchall()
            for statement in roles.statements((str(row[0]) for row in rows), login=True):
                connection.execute(statement.encode())

    def _superuser(self) -> psycopg.Connection[tuple[Any, ...]]:
        return psycopg.connect(self.conninfo("postgres", cluster.SUPERUSER), autocommit=True)

    def _as_superuser(self, statement: sql.Composed) -> None:
        with self._superuser() as connection:
            connection.execute(statement)
