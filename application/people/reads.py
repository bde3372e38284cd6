"""The read log 查阅日志: who looked at whose data and why, never the values; only added to."""

from typing import Literal

from psycopg_pool import ConnectionPool

from application.store import Who

Kind = Literal["view", "search", "reveal", "access"]

_ADD = """
INSERT INTO log.reads (kind, who, role, station, stream, field_class, purpose, route, outcome)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)
"""


class ReadLog:
    """Rows of `log.reads`, written as `yizhan_writer`. If the row fails, so does the page."""

    def __init__(self, pool: ConnectionPool) -> None:
        """Take the writer's pool."""
        self._pool = pool

    def write(
        self,
        kind: Kind,
        who: Who,
        *,
        stream: str = "",
        field_class: str,
        purpose: str = "",
        route: str = "",
        outcome: str = "shown",
    ) -> None:
        """Add a row and commit it; any failure is the caller's, who then shows nothing."""
        role = ",".join(sorted(who.roles))
        with self._pool.connection() as conn:
            conn.execute(
                _ADD,
                [
                    kind,
                    who.account,
                    role,
                    who.station,
                    stream,
                    field_class,
                    purpose,
                    route,
                    outcome,
                ],
            )
