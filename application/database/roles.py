"""The five roles of the database and what they are to each other."""

from collections.abc import Iterable

OWNER = "yizhan_owner"
WRITER = "yizhan_writer"
PROJECTOR = "yizhan_projector"
READER = "yizhan_reader"
KEYS = "yizhan_keys"
ROLES = (OWNER, WRITER, PROJECTOR, READER, KEYS)


def statements(existing: Iterable[str], *, login: bool) -> list[str]:
    """Give the SQL that creates the missing roles and their memberships.

    `login`: each role logs in itself (embedded server); otherwise only owner and writer do and
    the writer's connections become the others by SET ROLE. The writer inherits nothing, or it
    would hold the rights of keys and projector all the time, and it is never a member of the
    owner. The owner is a member of the projector, whose schema it makes and dumps.
    """
    there = set(existing)
    attributes = {
        OWNER: "LOGIN",
        WRITER: "LOGIN NOINHERIT",
        PROJECTOR: "LOGIN" if login else "NOLOGIN",
        READER: "LOGIN" if login else "NOLOGIN",
        KEYS: "LOGIN" if login else "NOLOGIN",
    }
    made = [
        f"CREATE ROLE {role} {how} NOSUPERUSER NOCREATEDB NOCREATEROLE"
        for role, how in attributes.items()
        if role not in there
    ]
    if not made:
        return []
    return [
        *made,
        f"GRANT {PROJECTOR}, {READER}, {KEYS} TO {WRITER}",
        f"GRANT {PROJECTOR} TO {OWNER}",
    ]
