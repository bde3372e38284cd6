"""The name index in this process's memory: search and order by name, pinyin and initials.

Built from the `person.*` facts by a reader of the log and followed up to the watermark; nothing
of it is stored. An erasure drops the entry and the key at hand.
"""

import threading
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import NamedTuple

from application.people.pinyin import Reading, read
from application.people.vault import Vault
from domain.identity import last_four
from domain.kernel import Recorded, Sealed
from domain.person.facts import (
    Erased,
    IdentityCorrected,
    Merged,
    Registered,
    ToldApart,
    Unmerged,
)

Read = Callable[[int, int], Sequence[Recorded]]

_PAGE = 5_000


class Entry(NamedTuple):
    """What is kept of one person: enough for lists, warnings and search."""

    person: str
    name: str
    plain: str
    birth: date | None
    last4: str
    sex: str
    reading: Reading


class NameIndex:
    """Names of all persons of this log; safe to ask and follow from many threads."""

    def __init__(self, vault: Vault, read_page: Read) -> None:
        """Take the vault, and `read(after, limit)` of the log reader."""
        self._vault, self._read = vault, read_page
        self._entries: dict[str, Entry] = {}
        self._into: dict[str, str] = {}
        self._apart: set[frozenset[str]] = set()
        self._following = threading.Lock()
        self.position = 0

    def follow(self) -> int:
        """Take what was recorded since the last time; give the position it has reached."""
        with self._following:
            while page := self._read(self.position, _PAGE):
                self._take(page)
                self.position = page[-1].position
            return self.position

    def drop(self, *persons: str) -> None:
        """Forget persons at once, as their erasure does."""
        for person in persons:
            self._entries.pop(person, None)

    def get(self, person: str) -> Entry | None:
        """Give what is known of a person; None after erasure, or before it was followed."""
        return self._entries.get(person)

    def survivor(self, person: str) -> str:
        """Give the person in whom a merged duplicate goes on, or the person itself."""
        seen = {person}
        while (into := self._into.get(person)) and into not in seen:
            seen.add(into)
            person = into
        return person

    def told_apart(self, one: str, other: str) -> bool:
        """Say whether two were confirmed not to be one person (F-27)."""
        return frozenset((one, other)) in self._apart

    def alike(self, name: str, birth: date) -> list[str]:
        """Give persons with the same name and birth date, duplicates that were merged left out."""
        plain = _plain(name)
        return [
            e.person
            for e in list(self._entries.values())
            if e.birth == birth and e.plain == plain and e.person not in self._into
        ]

    def search(self, text: str, limit: int = 50) -> list[str]:
        """Find persons by part of the name, pinyin or initials, one wrong character tolerated.

        Those that match to the letter come first, each group in the order of pinyin.
        """
        wanted = _plain(text)
        if not wanted:
            return []
        matches = _sounds if wanted.isascii() else _looks
        found: tuple[list[Entry], list[Entry]] = ([], [])
        sound = "".join(read(wanted).joined[:1])
        for entry in list(self._entries.values()):
            rank = matches(entry, wanted, sound)
            if rank is not None:
                found[rank].append(entry)
        ranked = [entry for group in found for entry in sorted(group, key=_order)]
        return [entry.person for entry in ranked[:limit]]

    def order(self, persons: Iterable[str]) -> list[str]:
        """Sort persons by pinyin; those without a name stand at the end."""
        known = [(self._entries.get(person), person) for person in persons]
        named = sorted((e for e, _ in known if e is not None), key=_order)
        return [e.person for e in named] + sorted(p for e, p in known if e is None)

    def __len__(self) -> int:
        """Count the persons with a name."""
        return len(self._entries)

    def _take(self, page: Sequence[Recorded]) -> None:
        opened = self._open(page)
        erased: list[str] = []
        for recorded in page:
            match recorded.event:
                case Registered(sex=sex) | IdentityCorrected(sex=sex):
                    self._name(recorded.stream, opened[recorded.position], sex)
                case Merged(into=into):
                    self._into[recorded.stream] = into
                case Unmerged(other=other):
                    if self._into.get(recorded.stream) == other:
                        del self._into[recorded.stream]
                case ToldApart(other=other):
                    self._apart.add(frozenset((recorded.stream, other)))
                case Erased():
                    erased.append(recorded.stream)
        # Again what the erasure did: after a crash in between, and in every other process.
        self._vault.destroy(*erased)
        self.drop(*erased)

    def _open(self, page: Sequence[Recorded]) -> dict[int, object]:
        sealed: dict[int, Sealed] = {
            r.position: r.event.identity
            for r in page
            if isinstance(r.event, Registered | IdentityCorrected)
        }
        return dict(zip(sealed, self._vault.open_many(list(sealed.values())), strict=True))

    def _name(self, person: str, identity: object, sex: str) -> None:
        if not isinstance(identity, dict):
            self.drop(person)
            return
        birth = identity.get("birth")
        plain = _plain(identity["name"])
        self._entries[person] = Entry(
            person,
            identity["name"],
            plain,
            date.fromisoformat(birth) if birth else None,
            last_four(identity.get("id_no", "")),
            sex,
            read(plain),
        )


def _plain(text: str) -> str:
    """Write a name or query without width, case and spaces."""
    return "".join(unicodedata.normalize("NFKC", text).lower().split())


def _order(entry: Entry) -> tuple[tuple[str, ...], str, str]:
    return entry.reading.order, entry.name, entry.person


def _looks(entry: Entry, wanted: str, sound: str) -> int | None:
    """Rank a name against characters: 0 part of it, 1 one wrong character, None no match.

    Of two characters the wrong one must sound right, or every 龚 would answer to 龚风.
    """
    name = entry.plain
    if wanted in name:
        return 0
    if len(wanted) > 2:
        return 1 if _nearly(wanted, name) else None
    same = _nearly(wanted, name) and any(sound in joined for joined in entry.reading.joined)
    return 1 if len(wanted) == 2 and same else None


def _sounds(entry: Entry, wanted: str, _sound: str) -> int | None:
    """Rank a name against Latin letters: pinyin, initials, or one wrong letter of five."""
    reading = entry.reading
    if any(wanted in text for text in (*reading.joined, *reading.initials, entry.plain)):
        return 0
    if len(wanted) >= 5 and any(_nearly(wanted, joined) for joined in reading.joined):
        return 1
    return None


def _nearly(wanted: str, text: str) -> bool:
    """Say whether a piece of the text differs from what is wanted in one character only."""
    size = len(wanted)
    half = size // 2
    if wanted[:half] not in text and wanted[half:] not in text:
        return False
    return any(
        sum(a != b for a, b in zip(wanted, text[at : at + size], strict=True)) == 1
        for at in range(len(text) - size + 1)
    )
