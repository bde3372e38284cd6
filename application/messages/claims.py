"""Claims 交付占用: who hands a message over right now, so that nobody does it twice (F-51).

Leases run by the clock of the database machine, not by the office's, which tests and the demo set.
"""

from typing import NamedTuple

from psycopg_pool import ConnectionPool

LEASE = 120  # seconds that a hand-over may take; longer than every adapter's own patience
_FRESH = """
INSERT INTO office.message_claims (message, attempt, lease_until)
VALUES (%s, %s, clock_timestamp() + make_interval(secs => %s))
ON CONFLICT DO NOTHING
"""
_TAKEN_OVER = """
UPDATE office.message_claims
SET asked = asked + 1, lease_until = clock_timestamp() + make_interval(secs => %s)
WHERE message = %s AND attempt = %s AND lease_until < clock_timestamp()
RETURNING asked
"""


class Claim(NamedTuple):
    """A claim that is ours: fresh, or taken over from a hand-over that nobody saw the end of."""

    fresh: bool
    asked: int = 0


class Claims:
    """The claims of the senders, in `office.message_claims`."""

    def __init__(self, pool: ConnectionPool) -> None:
        """Take the writer's pool."""
        self._pool = pool

    def take(self, message: str, attempt: int) -> Claim | None:
        """Claim one try of a message; None while another holds it."""
        with self._pool.connection() as conn:
            if conn.execute(_FRESH, [message, attempt, LEASE]).rowcount:
                return Claim(fresh=True)
            row = conn.execute(_TAKEN_OVER, [LEASE, message, attempt]).fetchone()
        return Claim(fresh=False, asked=row[0]) if row else None

    def wait(self, message: str, attempt: int, seconds: float) -> None:
        """Let nobody look at a try before some seconds are over."""
        with self._pool.connection() as conn:
            conn.execute(
                "UPDATE office.message_claims SET lease_until = clock_timestamp()"
                " + make_interval(secs => %s) WHERE message = %s AND attempt = %s",
                [seconds, message, attempt],
            )

    def drop(self, message: str, attempt: int) -> None:
        """Forget a try whose end stands in the log."""
        with self._pool.connection() as conn:
            conn.execute(
                "DELETE FROM office.message_claims WHERE message = %s AND attempt = %s",
                [message, attempt],
            )
