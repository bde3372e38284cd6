"""Who may see what of persons: lists and pages masked, search, reveal with purpose."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from application.people.blind import ID_NO, LAST_FOUR, PHONE, BlindIndex
from application.people.names import NameIndex
from application.people.reads import ReadLog
from application.people.vault import Vault
from application.people.views import REVEALED, PersonView, view
from application.seen import seen
from application.store import Store, Who
from domain.codes_person import PURPOSES
from domain.kernel import N_, Redacted, Refused, Sealed
from domain.person import Person

_READERS = frozenset({"caseworker", "mediator", "station_manager", "auditor"})


class Sight:
    """Reads of persons; each search and reveal stands in the read log."""

    def __init__(
        self, store: Store, vault: Vault, index: BlindIndex, names: NameIndex, reads: ReadLog
    ) -> None:
        """Take the log, keys, both indexes and the read log."""
        self._store, self._vault, self._index = store, vault, index
        self._names, self._reads = names, reads

    def view(self, person: str, *, full: bool, on: date) -> PersonView:
        """Show one person, masked by right; `full` for own or assigned cases (decision 25)."""
        state = self._store.load(Person, person)
        if state.identity is None or state.contact is None:
            return PersonView(person)
        identity, contact = self._vault.open_many([state.identity, state.contact])
        return view(person, identity, contact, sex=state.sex, full=full, on=on)

    def names(
        self, persons: Iterable[str], *, full: Callable[[str], bool], on: date
    ) -> dict[str, PersonView]:
        """Show the persons of a list from memory; only who is not there yet is loaded."""
        looked = seen()
        if looked is None or looked.persons > self._names.position:
            self._names.follow()
        shown: dict[str, PersonView] = {}
        for person in dict.fromkeys(persons):
            entry = self._names.get(person)
            if entry is None:
                shown[person] = self.view(person, full=full(person), on=on)
                continue
            record = {"name": entry.name, "id_no": entry.last4}
            if entry.birth:
                record["birth"] = entry.birth.isoformat()
            shown[person] = view(person, record, {}, sex=entry.sex, full=full(person), on=on)
        return shown

    def search(self, text: str, who: Who, *, route: str, limit: int = 50) -> list[str]:
        """Find persons by name, phone or tail of the number; the search stands in the read log.

        The caller narrows the answer to the cases that the asker may see.
        """
        self._reads.write("search", who, field_class="name", route=route)
        self._names.follow()
        tail = "".join(text.split()).upper()
        if len(tail) == 18 and tail[:17].isdigit():
            found = self._index.find(ID_NO, tail)
        elif len(tail) == 4 and tail[:3].isdigit():
            found = self._names.order(self._index.find(LAST_FOUR, tail))
        elif tail.replace("-", "").isdigit():
            found = self._names.order(self._index.find(PHONE, tail))
        else:
            found = self._names.search(text, limit)
        # Who was merged is found in every file of the same human being.
        families = (one for person in found for one in self._names.family(person))
        return list(dict.fromkeys(families))[:limit]

    def reveal(
        self, person: str, *, field: str, purpose: str, who: Who, case: str = "", route: str
    ) -> str | Redacted:
        """Show one whole value, for a purpose, with a row in the read log or not at all (P-06)."""
        if not who.roles & _READERS:
            raise Refused(rule="P-05", text=N_("您的角色没有查看完整个人信息的权限。"))
        if field not in REVEALED:
            raise Refused(rule="P-06", text=N_("该项不能查看。"), field="field")
        if purpose not in PURPOSES:
            raise Refused(rule="P-06", text=N_("请选择查看完整信息的用途。"), field="purpose")
        record = self._opened(getattr(self._store.load(Person, person), REVEALED[field]))
        gone = isinstance(record, Redacted)
        self._reads.write(
            "reveal",
            who,
            stream=case or person,
            field_class=field,
            purpose=purpose,
            route=route,
            outcome="erased" if gone else "shown",
        )
        return Redacted() if isinstance(record, Redacted) else str(record.get(field, ""))

    def _opened(self, sealed: Sealed | None) -> dict[str, Any] | Redacted:
        value = self._vault.open(sealed) if sealed else {}
        return value if isinstance(value, dict) else Redacted()
