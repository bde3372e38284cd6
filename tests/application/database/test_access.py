import pytest

from tests.database import Database


@pytest.mark.parametrize("role", ["writer", "projector", "reader", "keys"])
def test_each_pool_logs_in_as_its_own_role(database: Database, role: str) -> None:
    with getattr(database.pools, role).connection() as connection:
        row = connection.execute("SELECT session_user, current_setting('timezone')").fetchone()
    assert row == (f"yizhan_{role}", "Asia/Shanghai")
