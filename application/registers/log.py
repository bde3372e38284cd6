"""What an import asks of the log: which rows and streams are there, and to append histories."""

from collections.abc import Sequence

from psycopg_pool import ConnectionPool

from application.store import Done, History, Store, Who


class RegisterLog:
    """The log as an import sees it: look-ups as the reader, appends through the store."""

    def __init__(self, store: Store, pool: ConnectionPool) -> None:
        """Take the store and the pool of the role that only reads."""
        self._store, self._pool = store, pool

    def append_history(self, who: Who, batch: str, chunk: int, rows: Sequence[History]) -> Done:
        """Append whole histories in one transaction."""
        return self._store.append_history(who, batch, chunk, rows)

    def known_sources(self, identities: Sequence[str]) -> set[str]:
        """Say which row identities stand in `guard.source_row`."""
        return self._among(
            "SELECT identity FROM guard.source_row WHERE identity = ANY(%s)", identities
        )

    def known_streams(self, streams: Sequence[str]) -> set[str]:
        """Say which streams exist."""
        return self._among(
            "SELECT originator_id FROM log.events"
            " WHERE originator_id = ANY(%s) AND originator_version = 1",
            streams,
        )

    def _among(self, statement: str, asked: Sequence[str]) -> set[str]:
        if not asked:
            return set()
        with self._pool.connection() as conn:
            return {str(row[0]) for row in conn.execute(statement, [list(asked)], prepare=True)}
