"""The name index in this process's memory: search and order by name, pinyin and initials.

Built from the `person.*` facts by a reader of the log and followed up to the watermark; nothing
of it is stored. An erasure drops the entry and the key at hand. What is searched are three flat
texts (`flat.py`): names, how they sound, and initials; ADR 0024 says what this costs and leaks.
"""

import threading
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from typing import NamedTuple

from application.people.flat import Flat
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
FRESH = 1_000  # persons whose names stand in a small text of their own until it is full
FUZZY = 5  # letters from which on one of them may be wrong


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
        self._slots: list[Entry] = []
        self._texts: list[Texts] = []
        self._building = threading.Lock()
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
        if persons:
            with self._building:  # the texts hold the name too: nothing of it stays behind
                self._slots, self._texts = list(self._entries.values()), []

    def put(self, entry: Entry) -> None:
        """Keep a person; the texts take the name in at the next search."""
        self._entries[entry.person] = entry
        self._slots.append(entry)

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
        return sorted(
            e.person
            for e in self._standing(texts.names.whole(plain) for texts in self._searched())
            if e.birth == birth and e.person not in self._into
        )

    def family(self, person: str) -> list[str]:
        """Give the person with every duplicate that was merged into it, and into those."""
        found, waiting = [], [self.survivor(person)]
        while waiting:
            found.append(waiting.pop())
            waiting += sorted(p for p, into in self._into.items() if into == found[-1])
        return found

    def twins(self) -> list[list[str]]:
        """Give groups of persons with the same name and birth date, merged ones left out."""
        groups: dict[tuple[str, date], list[str]] = {}
        for entry in list(self._entries.values()):
            if entry.birth and entry.person not in self._into:
                groups.setdefault((entry.plain, entry.birth), []).append(entry.person)
        return [sorted(group) for group in groups.values() if len(group) > 1]

    def search(self, text: str, limit: int = 50) -> list[str]:
        """Find persons by name, pinyin or initials, one slip tolerated; the best come first.

        Whole names come before beginnings, these before parts, and what is only near comes last;
        each rank in the order of pinyin. A rank is looked for only while room is left.
        """
        wanted = _plain(text)
        found: dict[str, None] = {}
        if not wanted:
            return []
        searched = self._searched()
        for rank in _latin(wanted) if wanted.isascii() else _written(wanted):
            hits = self._standing(rank(texts) for texts in searched)
            fresh = {e.person: e for e in hits if e.person not in found}
            found |= dict.fromkeys(e.person for e in sorted(fresh.values(), key=_order))
            if len(found) >= limit:
                break
        return list(found)[:limit]

    def order(self, persons: Iterable[str]) -> list[str]:
        """Sort persons by pinyin; those without a name stand at the end."""
        known = [(self._entries.get(person), person) for person in persons]
        named = sorted((e for e, _ in known if e is not None), key=_order)
        return [e.person for e in named] + sorted(p for e, p in known if e is None)

    def __len__(self) -> int:
        """Count the persons with a name."""
        return len(self._entries)

    def _searched(self) -> list["Texts"]:
        """Give the texts, with those who came since: a small one beside the large one."""
        with self._building:
            have = self._texts[-1].upto if self._texts else 0
            if have < len(self._slots):
                if len(self._slots) > 2 * len(self._entries) + FRESH:  # mostly names of before
                    self._slots, self._texts = list(self._entries.values()), []
                large = self._texts[:1]
                if not large or len(self._slots) - large[0].upto > FRESH:
                    large, begin = [], 0
                else:
                    begin = large[0].upto
                self._texts = [*large, Texts.of(self._slots, begin)]
            return list(self._texts)

    def _standing(self, owned: Iterable[Iterable[int]]) -> Iterator[Entry]:
        """Give the entries behind slots that still say what is known of their person."""
        slots = self._slots
        for numbers in owned:
            for number in set(numbers):
                entry = slots[number]
                if self._entries.get(entry.person) is entry:
                    yield entry

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
        self.put(
            Entry(
                person,
                identity["name"],
                plain,
                date.fromisoformat(birth) if birth else None,
                last_four(identity.get("id_no", "")),
                sex,
                read(plain),
            )
        )


def _plain(text: str) -> str:
    """Write a name or query without width, case and spaces."""
    return "".join(unicodedata.normalize("NFKC", text).lower().split())


def _order(entry: Entry) -> tuple[tuple[str, ...], str, str]:
    return entry.reading.order, entry.name, entry.person


class Texts(NamedTuple):
    """Flat texts of the slots up to a number: names, how they sound, initials."""

    names: Flat
    sounds: Flat
    initials: Flat
    upto: int

    @classmethod
    def of(cls, slots: Sequence[Entry], begin: int) -> "Texts":
        """Write the texts of the slots from a number on."""
        numbered = list(enumerate(slots[begin:], start=begin))
        return cls(
            Flat((e.plain, n) for n, e in numbered),
            Flat((way, n) for n, e in numbered for way in e.reading.joined),
            Flat((way, n) for n, e in numbered for way in e.reading.initials),
            len(slots),
        )


Rank = Callable[[Texts], Iterable[int]]


def _written(wanted: str) -> list[Rank]:
    """Give the ranks of a search by characters, the best first."""
    ranks: list[Rank] = [
        lambda t: t.names.whole(wanted),
        lambda t: t.names.begins(wanted),
        lambda t: t.names.holds(wanted),
    ]
    if len(wanted) == 1:
        return ranks
    ranks += [partial(_sounding, sound) for sound in read(wanted).joined]
    if len(wanted) == 2:  # of two the wrong one must sound right, or every 龚 would answer
        ranks.append(lambda t: t.names.whole(wanted[::-1]))
        ranks.append(lambda t: t.names.framed(*wanted))
        return ranks
    return [*ranks, lambda t: t.names.near(wanted)]


def _sounding(sound: str, texts: Texts) -> Iterable[int]:
    """Give who sounds so: another character of the same sound was typed."""
    return texts.sounds.whole(sound)


def _latin(wanted: str) -> list[Rank]:
    """Give the ranks of a search by Latin letters, the best first."""
    ranks: list[Rank] = [
        lambda t: t.names.whole(wanted),
        lambda t: t.sounds.whole(wanted),
        lambda t: t.initials.whole(wanted),
        lambda t: t.names.begins(wanted),
        lambda t: t.sounds.begins(wanted),
        lambda t: t.initials.begins(wanted),
    ]
    if len(wanted) > 1:
        ranks += [
            lambda t: t.names.holds(wanted),
            lambda t: t.sounds.holds(wanted),
            lambda t: t.initials.holds(wanted),
        ]
    if len(wanted) >= FUZZY:
        ranks.append(lambda t: t.sounds.near(wanted))
    return ranks
