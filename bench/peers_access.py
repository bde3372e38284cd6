"""The harness's database as the product's roles see it."""

import os

from psycopg.conninfo import make_conninfo

from application.database import roles
from application.database.access import Access
from application.database.migrate import migrate
from bench.rig import connect

ONCE = 45  # advisory lock: one process at a time makes the tables


def access() -> Access:
    """Log in to the harness's database as each role of the product; make its tables once."""
    dsn = os.environ["PEERS_DSN"]
    with connect(dsn) as conn:
        conn.execute("SELECT pg_advisory_lock(%s)", [ONCE])
        known = [str(row[0]) for row in conn.execute("SELECT rolname FROM pg_roles").fetchall()]
        for statement in roles.statements(known, login=True):
            conn.execute(statement.encode())
        own = f"ALTER DATABASE {conn.info.dbname} OWNER TO {roles.OWNER}"
        conn.execute(own.encode())
        given = Access(
            writer=_as(dsn, roles.WRITER),
            projector=_as(dsn, roles.PROJECTOR),
            reader=_as(dsn, roles.READER),
            keys=_as(dsn, roles.KEYS),
            owner=_as(dsn, roles.OWNER),
        )
        migrate(given.owner, clock="system")
        if conn.execute("SELECT to_regclass('public.caseload')").fetchone() != (None,):
            conn.execute(f"GRANT SELECT ON public.caseload, public.ckpt TO {roles.READER}".encode())
    return given


def _as(dsn: str, role: str) -> str:
    return make_conninfo(dsn, options=f"-c role={role} -c timezone=Asia/Shanghai -c jit=off")
