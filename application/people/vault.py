"""The vault: a data key for each subject, wrapped by the master key; seal, open, destroy.

A new subject's key row is committed before the append that uses it; a key that no fact uses is
harmless and swept. Destroying a key leaves a row that says when, so that no new key is made.
"""

import os
import threading
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from psycopg_pool import ConnectionPool

from application.people import master
from application.people.master import KeyProblem, MasterKey
from application.people.sealing import Box, DataKey
from domain.kernel import N_, Envelope, Redacted, Refused, Sealed

# The office's own key: sub-keys come from it, and it proves the master key at the start.
OFFICE = "office"
_CACHED = 10_000
_SELECT = "SELECT subject, wrapped FROM keys.subject_keys WHERE subject = ANY(%s)"
_INSERT = """
INSERT INTO keys.subject_keys (subject, kid, wrapped)
SELECT * FROM unnest(%s::text[], %s::text[], %s::bytea[]) ON CONFLICT DO NOTHING
"""
_DESTROY = """
INSERT INTO keys.subject_keys AS k (subject, kid, destroyed_at)
SELECT subject, %s, now() FROM unnest(%s::text[]) AS subject
ON CONFLICT (subject) DO UPDATE SET wrapped = NULL, destroyed_at = now()
WHERE k.destroyed_at IS NULL
"""
_UNUSED = """
SELECT subject FROM keys.subject_keys
WHERE wrapped IS NOT NULL AND created_at < now() - interval '1 day'
  AND subject > %s AND subject <> %s ORDER BY subject LIMIT 1000
"""


class Vault:
    """Keys of subjects, unwrapped for as long as they are in use."""

    def __init__(self, pool: ConnectionPool, key: MasterKey, office: bytes) -> None:
        """Take the pool of the role `yizhan_keys`; use `unlock`, which proves the master key."""
        self._pool, self._master, self._office = pool, key, office
        self._keys: OrderedDict[str, DataKey] = OrderedDict()
        self._lock = threading.Lock()

    @classmethod
    def unlock(
        cls, pool: ConnectionPool, environ: Mapping[str, str], home: Path, *, may_make: bool
    ) -> "Vault":
        """Open the vault, or say in one sentence which key is missing or wrong.

        `may_make` lets the first start of an embedded database make a key file in `home`. Nothing
        is written before the key is proved: a database that has keys wants its own master key.
        """
        row = _office_row(pool)
        key = master.find(environ, home)
        if key is None and row is not None:
            raise KeyProblem(
                f"The master key {row[0]} of this database is missing: put it back to "
                f"{master.file_of(home)} (0400) or name it in YIZHAN_MASTER_KEY_FILE."
            )
        if key is None:
            if not may_make:
                raise KeyProblem("No master key: name a file with YIZHAN_MASTER_KEY_FILE.")
            key = master.make(home)
        if row is None:
            new = key.wrap(os.urandom(master.SIZE))
            with pool.connection() as conn:
                conn.execute(_INSERT, [[OFFICE], [key.kid], [new]])
            row = _office_row(pool)
        if row is None or row[0] != key.kid:
            wanted = row[0] if row else "another one"
            raise KeyProblem(f"This database wants the master key {wanted}, not {key.kid}.")
        return cls(pool, key, key.unwrap(row[1]))

    def seal(
        self, subject: str, field: str, stream: str, version: int, value: object
    ) -> dict[str, Any]:
        """Seal a value of a subject for its place; a new subject's key is committed before.

        Raises `Refused` P-07 when the subject was erased.
        """
        return self._key(subject).seal(subject, field, stream, version, value)

    def seal_bytes(self, subject: str, clear: bytes, *place: str) -> bytes:
        """Seal a file of a subject for its place; raises `Refused` P-07 as `seal` does."""
        return self._key(subject).seal_bytes(clear, subject, *place)

    def open_bytes(self, subject: str, sealed: bytes, *place: str) -> bytes | Redacted:
        """Open a file of a subject, or say that the key is gone; raises `SealBroken`."""
        key = self._cached(subject) or self._load([subject]).get(subject)
        return key.open_bytes(sealed, subject, *place) if key else Redacted()

    def prepare(self, subjects: Iterable[str]) -> None:
        """Make the missing keys of many subjects in one statement, as an import does."""
        self._ensure([s for s in dict.fromkeys(subjects) if self._cached(s) is None])

    def open(self, sealed: Sealed) -> object:
        """Open one value: the text or record, or `Redacted` when its key is gone."""
        return self.open_many([sealed])[0]

    def open_many(self, values: Sequence[Sealed]) -> list[object]:
        """Open values in order, with one query for all keys that are not at hand.

        Raises `SealBroken` for a value that was moved or changed.
        """
        subjects = dict.fromkeys(v.subject for v in values if isinstance(v.value, Envelope))
        keys = {s: self._cached(s) for s in subjects}
        absent = [s for s, key in keys.items() if key is None]
        if absent:
            keys |= self._load(absent)
        return [_opened(value, keys.get(value.subject)) for value in values]

    def destroy(self, *subjects: str) -> None:
        """Destroy keys and blind indexes of subjects for ever; again changes nothing."""
        if OFFICE in subjects:
            raise ValueError("The office's own key is not a person's.")
        if not subjects:
            return
        named = list(subjects)
        with self._pool.connection() as conn, conn.transaction():
            conn.execute(_DESTROY, [self._master.kid, named])
            conn.execute("DELETE FROM keys.blind_index WHERE person = ANY(%s)", [named])
        self.forget(*subjects)

    def forget(self, *subjects: str) -> None:
        """Drop unwrapped keys from memory, as when another process destroyed them."""
        with self._lock:
            for subject in subjects:
                self._keys.pop(subject, None)

    def erased(self) -> list[str]:
        """List whose keys were destroyed: kept beside backups, given to `destroy` on restore."""
        with self._pool.connection() as conn:
            rows = conn.execute(
                "SELECT subject FROM keys.subject_keys WHERE destroyed_at IS NOT NULL ORDER BY 1"
            ).fetchall()
        return [subject for (subject,) in rows]

    def gone(self, subjects: Collection[str]) -> frozenset[str]:
        """Say whose keys of some were destroyed."""
        with self._pool.connection() as conn:
            rows = conn.execute(
                "SELECT subject FROM keys.subject_keys"
                " WHERE destroyed_at IS NOT NULL AND subject = ANY(%s)",
                [list(subjects)],
            ).fetchall()
        return frozenset(subject for (subject,) in rows)

    def sweep(self, unused: Callable[[list[str]], Iterable[str]]) -> int:
        """Delete keys older than a day that no fact uses; `unused` says which of a page these are.

        They are left by commands that were refused after their key was made.
        """
        swept, last = 0, ""
        with self._pool.connection() as conn:
            while page := [s for (s,) in conn.execute(_UNUSED, [last, OFFICE]).fetchall()]:
                last = page[-1]
                gone = sorted(set(unused(page)) & set(page))
                conn.execute("DELETE FROM keys.subject_keys WHERE subject = ANY(%s)", [gone])
                self.forget(*gone)
                swept += len(gone)
        return swept

    def subkey(self, purpose: str) -> bytes:
        """Derive the key of one purpose from the office's own (HKDF-SHA-256)."""
        derived = HKDF(hashes.SHA256(), master.SIZE, salt=None, info=f"yizhan {purpose}".encode())
        return derived.derive(self._office)

    def box(self, purpose: str) -> Box:
        """Give the box of one purpose: `drafts`, `searches`."""
        return Box(self.subkey(f"box {purpose}"))

    def _key(self, subject: str) -> DataKey:
        key = self._cached(subject) or self._ensure([subject]).get(subject)
        if key is None:
            raise Refused(
                rule="P-07", text=N_("该人员的个人信息已依法删除，不能再登记其个人信息。")
            )
        return key

    def _cached(self, subject: str) -> DataKey | None:
        with self._lock:
            key = self._keys.get(subject)
            if key is not None:
                self._keys.move_to_end(subject)
            return key

    def _ensure(self, subjects: Sequence[str]) -> dict[str, DataKey | None]:
        """Read keys, making those that never were; None for a destroyed one."""
        found = self._load(subjects)
        missing = [s for s in subjects if s not in found]
        if missing:
            wrapped = [self._master.wrap(os.urandom(master.SIZE)) for _ in missing]
            with self._pool.connection() as conn:
                conn.execute(_INSERT, [missing, [self._master.kid] * len(missing), wrapped])
            found |= self._load(missing)
        return found

    def _load(self, subjects: Sequence[str]) -> dict[str, DataKey | None]:
        """Read and unwrap keys; None for a destroyed one, nothing for an unknown one."""
        if not subjects:
            return {}
        with self._pool.connection() as conn:
            rows = conn.execute(_SELECT, [list(subjects)]).fetchall()
        found = {s: DataKey(self._master.unwrap(w)) if w else None for s, w in rows}
        with self._lock:
            for subject, key in found.items():
                if key is not None:
                    self._keys[subject] = key
            while len(self._keys) > _CACHED:
                self._keys.popitem(last=False)
        return found


def _office_row(pool: ConnectionPool) -> tuple[str, bytes] | None:
    with pool.connection() as conn:
        return conn.execute(
            "SELECT kid, wrapped FROM keys.subject_keys WHERE subject = %s", [OFFICE]
        ).fetchone()


def _opened(sealed: Sealed, key: DataKey | None) -> object:
    """Open one value; what was never sealed passes, what lost its key is redacted."""
    place = sealed.value
    if not isinstance(place, Envelope):
        return place
    if key is None:
        return Redacted()
    return key.open(place.sealed, sealed.subject, sealed.field, place.stream, place.version)
