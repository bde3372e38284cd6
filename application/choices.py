"""What somebody chose for a list and is shown again (F-02): a word by account and name."""

from psycopg_pool import ConnectionPool


class ListChoices:
    """The rows of `office.choices`."""

    def __init__(self, pool: ConnectionPool) -> None:
        """Take the writer's pool."""
        self._pool = pool

    def keep(self, account: str, name: str, value: str) -> None:
        """Remember a choice; one that stands already is not written again."""
        with self._pool.connection() as conn:
            conn.execute(
                "INSERT INTO office.choices AS c (account, name, value) VALUES (%s, %s, %s)"
                " ON CONFLICT (account, name) DO UPDATE SET value = EXCLUDED.value"
                " WHERE c.value <> EXCLUDED.value",
                [account, name, value],
            )
