"""Blind indexes from the log: after a restore, or when `doctor` finds them wanting."""

from application.people.blind import BlindIndex
from application.people.names import Read
from application.people.vault import Vault
from domain.kernel import Recorded, Sealed
from domain.person.facts import ContactChanged, IdentityCorrected, Registered

_PAGE = 5_000


def reindex(read_page: Read, vault: Vault, index: BlindIndex) -> int:
    """Write all index rows from the `person.*` facts; give the number of persons.

    `read_page` is `read(after, limit)` of the log reader. Persons whose key is gone have none.
    """
    numbers: dict[str, str] = {}
    phones: dict[str, str] = {}
    position = 0
    while page := read_page(position, _PAGE):
        position = page[-1].position
        sealed = [(r.stream, value) for r in page for value in _sealed(r)]
        opened = vault.open_many([value for _, value in sealed])
        for (person, value), record in zip(sealed, opened, strict=True):
            if isinstance(record, dict):
                kept, name = (numbers, "id_no") if value.field == "identity" else (phones, "phone")
                kept[person] = record.get(name, "")
    index.rebuild((p, number, phones.get(p, "")) for p, number in numbers.items())
    return len(numbers)


def _sealed(recorded: Recorded) -> list[Sealed]:
    """Give what a fact says of number and phone."""
    match recorded.event:
        case Registered(identity=identity, contact=contact):
            return [identity, contact]
        case IdentityCorrected(identity=identity):
            return [identity]
        case ContactChanged(contact=contact):
            return [contact]
    return []
