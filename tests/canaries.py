"""Invented people whose names and numbers must be found nowhere in clear, and the search (T2).

`Hunt(canaries(500)).search(data)` looks for every value in plain UTF-8, JSON escapes, UTF-16, hex
and base64, also inside what a database dump shows as hex. `dump(database)` gives all of a database,
projections and read log included.
"""

import base64
import json
import re
import subprocess
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import product
from typing import NamedTuple

from domain.identity import FEMALE, MALE, check_character
from tests.database import Database

_SURNAMES = "龚欧仇单曾解查区盖朴繁任华黑尉迟逄佴乜亓"
_GIVEN = "龘靐齉爩鱻麤灪吁籲韊驫鸞饢癵纞鑿豔虋"
_PREFIX = 6  # bytes by which a place is looked at more closely
_HEX = re.compile(rb"[0-9a-f]{16,}")


class Canary(NamedTuple):
    """One invented person: a name of three rare characters, a valid number, a mobile phone."""

    name: str
    id_no: str
    phone: str
    sex: str

    @property
    def values(self) -> tuple[str, str, str]:
        """What must not be found."""
        return self.name, self.id_no, self.phone


def canaries(count: int) -> list[Canary]:
    """Invent people, the same ones each time; the district 4499 does not exist."""
    names = ("".join(parts) for parts in product(_SURNAMES, _GIVEN, _GIVEN))
    return [_canary(n, name) for n, name in zip(range(count), names, strict=False)]


def _canary(n: int, name: str) -> Canary:
    born = date(1960, 1, 1) + timedelta(days=29 * n % 16_000)
    first_17 = f"4499{n % 90 + 10:02}{born:%Y%m%d}{n % 1000:03}"
    phone = f"1{3 + n % 7}{(n * 7_919_317 + 31_415_926) % 10**9:09}"
    sex = MALE if n % 2 else FEMALE
    return Canary(name, first_17 + check_character(first_17), phone, sex)


class Hunt:
    """A search for many values in many encodings at once."""

    def __init__(self, people: Iterable[Canary]) -> None:
        """Write down every form of every value."""
        self._forms: dict[bytes, list[tuple[bytes, str]]] = {}
        for canary in people:
            for value in canary.values:
                for form in set(_forms(value)):
                    self._forms.setdefault(form[:_PREFIX], []).append((form, value))

    def search(self, data: bytes) -> list[str]:
        """Give the values found, each once; what stands there in hex is looked into as well."""
        found = dict.fromkeys(self._look(data))
        found |= dict.fromkeys(self._look(data.lower()))
        for run in _HEX.finditer(data.lower()):
            digits = run.group()
            found |= dict.fromkeys(self._look(bytes.fromhex(digits[: len(digits) & ~1].decode())))
        return list(found)

    def _look(self, data: bytes) -> Iterator[str]:
        forms = self._forms
        for at in range(len(data) - _PREFIX + 1):
            if (prefix := data[at : at + _PREFIX]) in forms:
                yield from (v for form, v in forms[prefix] if data.startswith(form, at))


def _forms(value: str) -> Iterator[bytes]:
    """Write a value in every encoding that it might leak in; letters in hex are small."""
    plain = [value.encode(), value.encode("utf-16-le"), value.encode("utf-16-be")]
    for text in plain:
        yield text
        yield text.hex().encode()
        for shift in range(3):
            coded = base64.b64encode(bytes(shift) + text).decode().rstrip("=")
            kept = coded[-(-shift * 4 // 3) : (shift + len(text)) * 4 // 3]
            yield kept.encode()
            yield kept.translate(str.maketrans("+/", "-_")).encode()
    escaped = json.dumps(value)[1:-1]
    yield escaped.encode()
    yield escaped.replace("\\", "\\\\").encode()
    yield value.lower().encode()


def dump(database: Database) -> bytes:
    """Give all of a database as pg_dump writes it: every schema, every row."""
    done = subprocess.run(
        [
            database.server.binaries / "pg_dump",
            "--dbname",
            database.server.conninfo(database.name, "postgres"),
        ],
        capture_output=True,
        check=True,
        timeout=120,
    )
    return done.stdout


def server_log(database: Database) -> bytes:
    """Give what the database server wrote about its work, failed statements included."""
    files = database.server.folder.rglob("server.log")
    return b"".join(path.read_bytes() for path in files)
