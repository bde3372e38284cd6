"""What a page may show of a person; the right decides here, not in a template (decision 25)."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from domain.identity import age_on, last_four, mask_address, mask_name, mask_phone
from domain.kernel import Redacted

# What may be revealed, and the record it stands in.
REVEALED = {
    "id_no": "identity",
    "name": "identity",
    "birth": "identity",
    "phone": "contact",
    "address": "contact",
    "number": "account",
}


class PersonView(NamedTuple):
    """A person on a page. `full` is for own or assigned cases: name and age in full.

    Number, phone and address are masked for everybody; the whole value only by reveal. Everything
    is empty and `erased` true when the key is gone 已依法删除.
    """

    person: str
    name: str = ""
    last4: str = ""
    age: int | None = None
    sex: str = ""
    phone: str = ""
    address: str = ""
    full: bool = False
    erased: bool = False


def view(
    person: str,
    identity: object,
    contact: object,
    *,
    sex: str,
    full: bool,
    on: date,
) -> PersonView:
    """Mask an opened identity and contact; `on` is the day the age is counted to."""
    if not isinstance(identity, Mapping):
        return PersonView(person, sex=sex, erased=isinstance(identity, Redacted))
    reached: Mapping[str, Any] = contact if isinstance(contact, Mapping) else {}
    name, birth = str(identity["name"]), identity.get("birth")
    phone, address = reached.get("phone", ""), reached.get("address", "")
    return PersonView(
        person,
        name=name if full else mask_name(name),
        last4=last_four(identity.get("id_no", "")),
        age=age_on(date.fromisoformat(birth), on) if birth and full else None,
        sex=sex,
        phone=mask_phone(phone) if phone else "",
        address=mask_address(address) if address else "",
        full=full,
    )
