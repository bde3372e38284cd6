"""Access codes 查询码 of the public progress page: given, looked up, kept for a short visit.

A code is made from the command that hands it out, so that a double click gives one code and none
is stored; what stays is a keyed hash, in the fact. A look-up does the same work whatever it finds:
one hash, one question to the wall, one row in the log of look-ups.
"""

import hashlib
import hmac
import re
import secrets
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple, Protocol

from psycopg_pool import ConnectionPool

from application.attempts import LONGEST, Attempts, Kind
from application.store import Done, Stamp
from domain.case_numbers import plain

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # 31 signs, none like another
LENGTH = 8
KEPT = timedelta(minutes=15)
# Five free tries for a number, fifty for an address; then waits that double, and never a lock.
NUMBER = Kind("progress_number", 5, LONGEST)
ADDRESS = Kind("progress_address", 50, LONGEST)
_OURS = re.compile(r"(LJ|JS)[0-9A-Z]{6,24}|[\u4e00-\u9fff]{2,6}\d{8}|document-[0-9a-f-]{36}")

Holders = Callable[[str], Sequence[tuple[str, str, Sequence[str]]]]


class Disputes(Protocol):
    """What records a code in a dispute; `DisputeFile` does."""

    def give_access_code(self, case: str, *, worker: str, digest: str, stamp: Stamp) -> Done:
        """Record that a claimant was handed a code."""
        ...


class Seekers(Protocol):
    """What records a code in a seeker's case; `Assistance` does."""

    def give_access_code(self, case: str, *, digest: str, stamp: Stamp) -> Done:
        """Record that the person was handed a code."""
        ...


class Held(NamedTuple):
    """Whose page it is: one person in one case."""

    case: str
    person: str


class Wait(NamedTuple):
    """When the next try is answered."""

    until: datetime


class Slip(NamedTuple):
    """A code that was just handed out; nothing can show it again."""

    person: str
    code: str


class AccessCodes:
    """Codes of the progress page, and the visits that a right one begins."""

    def __init__(
        self,
        disputes: Disputes,
        seekers: Seekers,
        holders: Holders,
        pool: ConnectionPool,
        key: bytes,
    ) -> None:
        """Take what records codes, who holds one, the writer's pool, and a key of this purpose."""
        self._disputes, self._seekers, self._holders = disputes, seekers, holders
        self._pool, self._key = pool, key
        self._attempts = Attempts(pool, account=NUMBER, address=ADDRESS)

    # At the counter

    def give(self, case: str, person: str, *, stamp: Stamp) -> tuple[Slip, Done]:
        """Hand out a code; the person's earlier one ends with it."""
        code = self._made(f"{stamp.command_id}/{case}/{person}")
        digest = self.digest(code)
        if case.startswith("dispute-"):
            done = self._disputes.give_access_code(case, worker=person, digest=digest, stamp=stamp)
        else:
            done = self._seekers.give_access_code(case, digest=digest, stamp=stamp)
        return Slip(person, shown(code)), done

    def digest(self, code: str) -> str:
        """Hash a code as typed: case, blanks and hyphens do not count."""
        return hmac.new(self._key, b"code " + typed(code).encode(), hashlib.sha256).hexdigest()

    def _made(self, seed: str) -> str:
        """Make a code out of a command: eight of 31 signs, 39.6 bits."""
        drawn = hmac.new(self._key, b"made " + seed.encode(), hashlib.sha256).digest()
        rest, signs = int.from_bytes(drawn), ""
        for _ in range(LENGTH):
            rest, place = divmod(rest, len(ALPHABET))
            signs += ALPHABET[place]
        return signs

    # Without an account

    def look_up(self, number: str, code: str, address: str, now: datetime) -> Held | Wait | None:
        """Find whose case a pair opens; None for every wrong pair alike."""
        wanted = plain(number)[:60]
        taken, until = self._attempts.take(wanted, address, now)
        if not taken:
            self._note("progress", wanted, address, "waiting", "")
            return Wait(until)
        rows = self._holders(self.digest(code[:40]))
        found = [Held(case, person) for case, person, numbers in rows if wanted in numbers]
        held = found[0] if len(found) == 1 else None
        outcome = "shown" if held else "refused"
        self._note("progress", wanted, address, outcome, held.case if held else "")
        if held:
            self._attempts.forgive(wanted)
        return held

    def note_verification(self, address: str, document: str, *, stream: str) -> None:
        """Keep a look-up of the verification page; `stream` is '' when nothing was confirmed."""
        self._note("verify", document, address, "shown" if stream else "refused", stream)

    def note_download(self, held: Held, document: str, address: str) -> None:
        """Keep that the person opened a paper of the own."""
        self._note("progress", document, address, "shown", held.case)

    def begin(self, held: Held, now: datetime) -> str:
        """Begin a visit of a quarter of an hour; give its token."""
        token = secrets.token_urlsafe(32)
        with self._pool.connection() as conn:
            conn.execute("DELETE FROM office.progress_visits WHERE expires_at < %s", [now])
            conn.execute(
                "INSERT INTO office.progress_visits (token_hash, case_id, person, expires_at)"
                " VALUES (%s, %s, %s, %s)",
                [_hashed(token), held.case, held.person, now + KEPT],
            )
        return token

    def visit(self, token: str, now: datetime) -> Held | None:
        """Give whose page a visit shows; None when it has ended."""
        with self._pool.connection() as conn:
            row = conn.execute(
                "SELECT case_id, person FROM office.progress_visits"
                " WHERE token_hash = %s AND expires_at > %s",
                [_hashed(token), now],
                prepare=True,
            ).fetchone()
        return Held(*row) if row else None

    def end(self, token: str) -> None:
        """End a visit."""
        with self._pool.connection() as conn:
            conn.execute(
                "DELETE FROM office.progress_visits WHERE token_hash = %s", [_hashed(token)]
            )

    def _note(self, page: str, number: str, address: str, outcome: str, stream: str) -> None:
        """Write a row; if it fails, nothing is shown."""
        ours = number if _OURS.fullmatch(number) else ""
        with self._pool.connection() as conn:
            conn.execute(
                "INSERT INTO log.lookups (page, number, address, outcome, stream)"
                " VALUES (%s, %s, %s, %s, %s)",
                [page, ours[:60], address, outcome, stream],
                prepare=True,
            )


def typed(code: str) -> str:
    """Read a code as typed."""
    return "".join(sign for sign in code.upper() if sign.isalnum())


def shown(code: str) -> str:
    """Write a code as 7KQM-3XRT."""
    return f"{code[:4]}-{code[4:]}"


def _hashed(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
