"""Blind indexes: HMACs by which a person is found by ID number, phone or last four digits.

Nothing else about a person can be searched for in the database (reliability.md 8). The index of
the last four has few values: it serves only together with station and rights.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import psycopg
from psycopg_pool import ConnectionPool

from application.people.sealing import digest
from application.people.vault import Vault
from domain.identity import last_four

ID_NO, PHONE, LAST_FOUR = "id_no", "phone", "last_four"
_KINDS = (ID_NO, PHONE, LAST_FOUR)
_CLAIM = """
INSERT INTO keys.blind_index (kind, digest, person) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING
"""
_OTHERS = """
SELECT person, claimed_at < now() - interval '1 minute' FROM keys.blind_index
WHERE kind = 'id_no' AND digest = %s AND person <> %s
"""

_CLAIM_MANY = """
INSERT INTO keys.blind_index (kind, digest, person)
SELECT * FROM unnest(%s::text[], %s::bytea[], %s::text[]) ON CONFLICT DO NOTHING
"""
_OTHERS_OF_MANY = """
SELECT mine.person, i.person, i.claimed_at < now() - interval '1 minute'
FROM unnest(%s::bytea[], %s::text[]) AS mine(digest, person)
JOIN keys.blind_index i ON i.kind = 'id_no' AND i.digest = mine.digest AND i.person <> mine.person
"""
_FIND_MANY = """
SELECT digest, min(person) FROM keys.blind_index
WHERE kind = 'id_no' AND digest = ANY(%s) GROUP BY digest
"""
_DROP_MANY = "DELETE FROM keys.blind_index WHERE person = ANY(%s)"

_SETTLE = """
DELETE FROM keys.blind_index
WHERE person = %s AND kind = ANY(%s::text[]) AND NOT digest = ANY(%s::bytea[])
"""


class BlindIndex:
    """Rows (kind, digest, person), written and read by the role `yizhan_keys`."""

    def __init__(self, pool: ConnectionPool, vault: Vault) -> None:
        """Take the pool of the role; each kind has a key of its own."""
        self._pool = pool
        self._keys = {kind: vault.subkey(f"blind index {kind}") for kind in _KINDS}

    def claim(self, person: str, *, id_no: str = "", phone: str = "") -> tuple[str, bool]:
        """Enter a person's number and phone; give who else has the number, and if that is stale.

        ("", False) says that the number is this person's now. Call it inside a decision, after
        everything else was checked; rows of earlier numbers stay until `settle`.
        """
        with self._pool.connection() as conn, conn.transaction() as made:
            for row in self._rows(person, id_no, phone):
                conn.execute(_CLAIM, row)
            if not id_no:
                return "", False
            other = conn.execute(_OTHERS, [self.digest(ID_NO, id_no), person]).fetchone()
            if other is not None:
                raise psycopg.Rollback(made)
        return (str(other[0]), bool(other[1])) if other else ("", False)

    def claim_many(self, people: Sequence[tuple[str, str, str]]) -> dict[str, tuple[str, bool]]:
        """Enter (person, number, phone) of many at once, or nobody.

        Gives whose number another person has: person -> (holder, stale), as `claim`; empty when
        everybody was entered.
        """
        rows = [row for person, id_no, phone in people for row in self._rows(person, id_no, phone)]
        numbers = [(digest, person) for kind, digest, person in rows if kind == ID_NO]
        with self._pool.connection() as conn, conn.transaction() as made:
            conn.execute(_CLAIM_MANY, _columns(rows, 3))
            others = conn.execute(_OTHERS_OF_MANY, _columns(numbers, 2)).fetchall()
            if others:
                raise psycopg.Rollback(made)
        return {person: (str(holder), bool(stale)) for person, holder, stale in others}

    def drop_many(self, people: Sequence[str]) -> None:
        """Delete all rows of persons whose claims came to nothing."""
        with self._pool.connection() as conn:
            conn.execute(_DROP_MANY, [list(people)])

    def find_many(self, numbers: Iterable[str]) -> dict[str, str]:
        """Give the person of each ID number that is entered, in one query."""
        digests = {self.digest(ID_NO, number): number for number in numbers}
        with self._pool.connection() as conn:
            rows = conn.execute(_FIND_MANY, [list(digests)]).fetchall()
        return {digests[bytes(digest)]: str(person) for digest, person in rows}

    def change_phone(self, person: str, phone: str) -> None:
        """Let a person be found by a new phone, and by the old one no more."""
        self.claim(person, phone=phone)
        self.settle(person, phone=phone)

    def settle(self, person: str, *, id_no: str | None = None, phone: str | None = None) -> None:
        """Leave the rows of the present number or phone only; None leaves that kind alone."""
        kinds = [ID_NO, LAST_FOUR] * (id_no is not None) + [PHONE] * (phone is not None)
        kept = [row[1] for row in self._rows(person, id_no or "", phone or "")]
        with self._pool.connection() as conn:
            conn.execute(_SETTLE, [person, kinds, kept])

    def drop(self, person: str) -> None:
        """Delete all rows of a person, such as a claim that came to nothing."""
        self.settle(person, id_no="", phone="")

    def rebuild(self, people: Iterable[tuple[str, str, str]]) -> None:
        """Enter (person, number, phone) of all persons anew, as after a restore without keys' rows.

        Of two with one number the first keeps it: an old register may hold both.
        """
        rows = [row for person, id_no, phone in people for row in self._rows(person, id_no, phone)]
        with self._pool.connection() as conn, conn.transaction():
            conn.execute("DELETE FROM keys.blind_index")
            with conn.cursor() as cursor:
                cursor.executemany(_CLAIM, rows)

    def find(self, kind: str, value: str) -> list[str]:
        """Give the persons entered under a value, in the order in which they were opened."""
        with self._pool.connection() as conn:
            rows = conn.execute(
                "SELECT person FROM keys.blind_index WHERE kind = %s AND digest = %s ORDER BY 1",
                [kind, self.digest(kind, value)],
            ).fetchall()
        return [person for (person,) in rows]

    def shared_phones(self) -> list[list[str]]:
        """Give groups of persons entered under one phone."""
        with self._pool.connection() as conn:
            rows = conn.execute(
                "SELECT array_agg(person ORDER BY person) FROM keys.blind_index"
                " WHERE kind = 'phone' GROUP BY digest HAVING count(*) > 1"
            ).fetchall()
        return [list(persons) for (persons,) in rows]

    def index_of(self, person: str) -> bytes | None:
        """Give the index of a person's ID number, which guards the one open case (S-02).

        While a number is being corrected two are claimed: the younger one counts.
        """
        with self._pool.connection() as conn:
            row = conn.execute(
                "SELECT digest FROM keys.blind_index WHERE person = %s AND kind = 'id_no'"
                " ORDER BY claimed_at DESC LIMIT 1",
                [person],
            ).fetchone()
        return bytes(row[0]) if row else None

    def digest(self, kind: str, value: str) -> bytes:
        """Give the 128 bits under which a value of a kind is entered."""
        return digest(self._keys[kind], normalised(kind, value))

    def _rows(self, person: str, id_no: str, phone: str) -> Iterator[tuple[Any, ...]]:
        values = {ID_NO: id_no, LAST_FOUR: last_four(id_no), PHONE: phone}
        for kind, value in values.items():
            if normalised(kind, value):
                yield kind, self.digest(kind, value), person


def _columns(rows: Sequence[tuple[Any, ...]], width: int) -> list[list[Any]]:
    """Turn rows into the arrays of an `unnest`."""
    return [[row[place] for row in rows] for place in range(width)]


def normalised(kind: str, value: str) -> str:
    """Write a value as it is indexed: a number in upper case, a phone as digits."""
    if kind == PHONE:
        return re.sub(r"[^0-9]", "", value)
    return value.strip().upper()
