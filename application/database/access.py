"""Who logs in how: a connection string for each role, and pools of connections."""

from dataclasses import dataclass
from time import monotonic
from types import TracebackType
from typing import Self

from psycopg import Connection, ProgrammingError
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg_pool import ConnectionPool

from application.database import roles
from application.database.embedded import EmbeddedServer
from application.database.problem import UNREADABLE, DatabaseProblem

# The most connections one process holds as each role; `max_connections` is 200.
# The projector: two leaders' sessions, a page and a swap that read the log meanwhile, and waiters.
_SIZES = {roles.WRITER: 16, roles.READER: 24, roles.KEYS: 8, roles.PROJECTOR: 8}
_WAIT_SECONDS = 3.0
_TRUSTED_SECONDS = 0.05  # shorter than a server takes to come back


@dataclass(frozen=True)
class Access:
    """Connection strings by role; `owner` is empty where nobody gave it (no migrations then)."""

    writer: str
    projector: str
    reader: str
    keys: str
    owner: str = ""

    @classmethod
    def embedded(cls, server: EmbeddedServer, dbname: str) -> "Access":
        """Log each role in itself over the private socket."""
        own = {role: server.conninfo(dbname, role) for role in roles.ROLES}
        return cls(
            writer=own[roles.WRITER],
            projector=own[roles.PROJECTOR],
            reader=own[roles.READER],
            keys=own[roles.KEYS],
            owner=own[roles.OWNER],
        )

    @classmethod
    def given(cls, dsn: str, owner_dsn: str = "") -> "Access":
        """Log in as the writer and become the others by SET ROLE, as a start option."""
        return cls(
            writer=_with_role(dsn, ""),
            projector=_with_role(dsn, roles.PROJECTOR),
            reader=_with_role(dsn, roles.READER),
            keys=_with_role(dsn, roles.KEYS),
            owner=_with_role(owner_dsn, "") if owner_dsn else "",
        )


class Pools:
    """One pool a role, opened when it is first asked for; autocommit, checked before use."""

    def __init__(self, access: Access) -> None:
        """Open nothing yet."""
        self._conninfo = {
            roles.WRITER: access.writer,
            roles.PROJECTOR: access.projector,
            roles.READER: access.reader,
            roles.KEYS: access.keys,
        }
        self._open: dict[str, ConnectionPool] = {}

    @property
    def writer(self) -> ConnectionPool:
        """Connections that append and write the office's tables."""
        return self._pool(roles.WRITER)

    @property
    def projector(self) -> ConnectionPool:
        """Connections of the projection runner."""
        return self._pool(roles.PROJECTOR)

    @property
    def reader(self) -> ConnectionPool:
        """Connections that only read."""
        return self._pool(roles.READER)

    @property
    def keys(self) -> ConnectionPool:
        """Connections of the key vault and the blind indexes."""
        return self._pool(roles.KEYS)

    def close(self) -> None:
        """Close every pool."""
        while self._open:
            self._open.popitem()[1].close()

    def __enter__(self) -> Self:
        """Use until the end of the block."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        """Close."""
        self.close()

    def _pool(self, role: str) -> ConnectionPool:
        pool = self._open.get(role)
        if pool is None:
            made = ConnectionPool(
                self._conninfo[role],
                kwargs={"autocommit": True},
                min_size=1,
                max_size=_SIZES[role],
                timeout=_WAIT_SECONDS,
                connection_class=_CONNECTIONS,
                check=_check,
                name=role,
                open=False,
            )
            pool = self._open.setdefault(role, made)
            pool.open()
        return pool


class _Checked(Connection):
    """A connection that remembers when the server last answered a check."""

    answered = 0.0


_CONNECTIONS: type[Connection] = _Checked  # the pool's type is that of its plain connections


def _check(connection: Connection) -> None:
    """See whether the server is still there, once for the statements of a page.

    A page borrows a dozen times; asking each time would double its round trips. What dies within
    that moment is met by the Recorder's second try, or by a page that says to try again.
    """
    now = monotonic()
    if isinstance(connection, _Checked) and now - connection.answered > _TRUSTED_SECONDS:
        ConnectionPool.check_connection(connection)
        connection.answered = now


def _with_role(dsn: str, role: str) -> str:
    try:
        options = str(conninfo_to_dict(dsn).get("options") or "")
    except ProgrammingError:
        raise DatabaseProblem(UNREADABLE) from None  # its text may hold the password
    become = f" -c role={role}" if role else ""
    # Compiling a statement costs more than any of ours takes; a server's default is to do it.
    wanted = f"{options} -c timezone=Asia/Shanghai -c jit=off{become}".strip()
    return make_conninfo(dsn, options=wanted, connect_timeout=int(_WAIT_SECONDS))
