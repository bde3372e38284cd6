"""Persons who are registered by the way, in the very append of what they came for.

A wage table of 300 workers, or one claim at the counter, is one command: the files of new persons
open in the same statement as their claims, or nothing is recorded at all. Their numbers are
claimed last, when every decision has been taken, and given back when the append is refused.
"""

import uuid
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from application.people.blind import BlindIndex
from application.people.names import NameIndex
from application.people.vault import Vault
from application.persons import Papers
from application.store import Clash, Done, Part, Stamp, Store
from domain.identity import check_identity, check_phone
from domain.kernel import N_, Event, Refused
from domain.person import Person


class Entrant(NamedTuple):
    """Somebody who has no file yet: the id the file will have, papers, phone."""

    person: str
    papers: Papers
    phone: str = ""


def entrant_id(stamp: Stamp, place: int) -> str:
    """Give the id of the person at a place of a form: the same when the form is sent again.

    It is derived from the place and never from an ID number, which a hash would not hide.
    """
    return f"person-{uuid.uuid5(uuid.UUID(stamp.command_id), str(place))}"


class Enrolling:
    """Finds persons by number, and opens the files of many in another command's append."""

    def __init__(self, store: Store, vault: Vault, index: BlindIndex, names: NameIndex) -> None:
        """Take the log, the keys and both indexes."""
        self._store, self._vault, self._index, self._names = store, vault, index, names

    def known(self, numbers: Iterable[str]) -> dict[str, str]:
        """Give the person behind each ID number that is registered; others are left out."""
        wanted = list(dict.fromkeys(numbers))
        if not wanted:
            return {}
        self._names.follow()
        found = self._index.find_many(wanted)
        return {number: self._names.survivor(person) for number, person in found.items()}

    def name_of(self, person: str) -> str:
        """Give a person's name, to be held against the one that was typed; "" when unknown."""
        entry = self._names.get(person)
        return entry.name if entry else ""

    def decide(self, stamp: Stamp, entrants: Sequence[Entrant], *parts: Part[Any]) -> Done:
        """Take a command together with the files of its new persons, as one append."""
        if not entrants:
            return self._store.decide(stamp, *parts)
        self._vault.prepare(one.person for one in entrants)
        files = [
            Part(Person, one.person, self._opening(one, stamp), "person.edit", fresh=True)
            for one in entrants
        ]
        claiming = Part(Person, entrants[-1].person, self._claiming(entrants))
        try:
            return self._store.decide(stamp, *parts, *files, claiming)
        except (Refused, Clash):
            self._index.drop_many([one.person for one in entrants])
            raise

    def _opening(self, one: Entrant, stamp: Stamp) -> Callable[[Person], list[Event]]:
        def decision(state: Person) -> list[Event]:
            identity = check_identity(**one.papers._asdict(), occurred_on=stamp.occurred_on)
            phone = check_phone(one.phone) if one.phone.strip() else ""
            return state.register(person=one.person, identity=identity, domicile="", phone=phone)

        return decision

    def _claiming(self, entrants: Sequence[Entrant]) -> Callable[[Person], list[Event]]:
        """Claim every number once all has been decided; the last thing that can refuse."""
        wanted = [(one.person, one.papers.id_no, one.phone) for one in entrants]

        def decision(_state: Person) -> list[Event]:
            taken = self._index.claim_many(wanted)
            stale = [holder for holder, old in taken.values() if old and not self._exists(holder)]
            if stale:
                self._index.drop_many(stale)
                taken = self._index.claim_many(wanted)
            if taken:
                raise Refused(
                    rule="P-01",
                    text=N_("有{n}个证件号码刚刚由别人登记，请重新提交。"),
                    n=len(taken),
                )
            return []

        return decision

    def _exists(self, person: str) -> bool:
        return self._store.load(Person, person).version > 0
