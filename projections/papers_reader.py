"""Looking up an issued paper by its code, and who holds an access code."""

from dataclasses import dataclass
from datetime import date, datetime

from projections.papers import PAPERS
from projections.runner import Pool

COLUMNS = ", ".join(PAPERS.names)


@dataclass(frozen=True)
class Paper:
    """A row of the register of papers."""

    document: str
    case_id: str
    case_no: str
    kind: str
    code: str
    sha256: str
    station: str
    issued_on: date
    recorded_at: datetime
    at_position: int
    void: bool


class PapersReader:
    """The reader of issued papers and access codes."""

    def __init__(self, pool: Pool) -> None:
        """Take the readers' pool."""
        self._pool = pool

    def with_code(self, code: str) -> list[Paper]:
        """Give the papers of a verification code: one, or none."""
        with self._pool.connection() as conn:
            rows = conn.execute(
                f"SELECT {COLUMNS} FROM wall.papers WHERE code = %s", [code], prepare=True
            ).fetchall()
        return [Paper(*row) for row in rows]

    def holders(self, digest: str) -> list[tuple[str, str, list[str]]]:
        """Give case, person and numbers of everybody whose code has this hash."""
        with self._pool.connection() as conn:
            return conn.execute(
                "SELECT case_id, person, numbers FROM wall.access_codes WHERE digest = %s",
                [digest],
                prepare=True,
            ).fetchall()
