"""The office's clock: it follows the database's, which in a test database can be set."""

from datetime import UTC, date, datetime, timedelta, timezone
from time import monotonic

from psycopg_pool import ConnectionPool

# The office's own time; the whole country keeps it.
CHINA = timezone(timedelta(hours=8), "Asia/Shanghai")
REFRESH = 30.0  # seconds between two looks at the database's clock


class OfficeClock:
    """Today and now as the database sees them, asked once in a while and counted on in between."""

    def __init__(self, pool: ConnectionPool) -> None:
        """Look at the database's clock once."""
        self._pool = pool
        self._stands: datetime | None = None
        self._ahead = timedelta()
        self._asked = -REFRESH
        self.test = False

    def now(self) -> datetime:
        """Give the moment, with its zone."""
        if monotonic() - self._asked >= REFRESH:
            self.refresh()
        if self._stands is not None:
            return self._stands.astimezone(CHINA)
        return datetime.now(UTC).astimezone(CHINA) + self._ahead

    def today(self) -> date:
        """Give the day at the office."""
        return self.now().date()

    def refresh(self) -> None:
        """Ask the database again, after its clock was set."""
        with self._pool.connection() as conn:
            row = conn.execute("SELECT clock, stands_at, log.now() FROM log.identity").fetchone()
        if row is None:
            raise LookupError("The log has no identity; run `yizhan migrate`.")
        clock, self._stands, at = row
        self.test = clock == "test"
        self._ahead = at - datetime.now(UTC) if self._stands is None else timedelta()
        self._asked = monotonic()
