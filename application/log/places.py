"""Where a position of the log stands: its stream and the version within, for links to an event."""

from collections.abc import Collection

from psycopg_pool import ConnectionPool


class EventPlaces:
    """Finds streams and versions by positions."""

    def __init__(self, pool: ConnectionPool) -> None:
        """Take the readers' pool."""
        self._pool = pool

    def versions(self, positions: Collection[int]) -> dict[int, tuple[str, int]]:
        """Give stream and version of each position; an unknown one is left out."""
        if not positions:
            return {}
        with self._pool.connection() as conn:
            rows = conn.execute(
                "SELECT notification_id, originator_id, originator_version FROM log.events"
                " WHERE notification_id = ANY(%s)",
                [list(positions)],
                prepare=True,
            ).fetchall()
        return {position: (stream, version) for position, stream, version in rows}
