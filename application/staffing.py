"""Opening an account for somebody who has none yet: who it is, and the account, in one act."""

import secrets
import uuid
from dataclasses import replace

from application import rights
from application.accounts import Accounts
from application.persons import Papers, Persons
from application.store import Done, Stamp
from domain.kernel import Aggregate

RIGHT = "staff.manage"


def first_password() -> str:
    """Make a password to be told once; its owner changes it at the first sign-in."""
    return f"Aa7-{secrets.token_urlsafe(12)}"


class Staffing:
    """What an admin asks for that concerns a person and an account."""

    def __init__(self, persons: Persons, accounts: Accounts) -> None:
        """Take the two services."""
        self._persons, self._accounts = persons, accounts

    def open(
        self,
        *,
        name: str,
        sex: str,
        login: str,
        password: str,
        station: str,
        operator: str,
        stamp: Stamp,
    ) -> Done:
        """Write down who it is and open the account; the account is the first stream (P-06, P-07).

        The right to open accounts covers the name of who holds one.
        """
        rights.check(stamp.who, RIGHT, Aggregate(), "")
        covered = replace(
            stamp,
            who=replace(stamp.who, roles=stamp.who.roles | {"station_manager"}),
            command_id=str(uuid.uuid5(uuid.UUID(stamp.command_id), "person")),
        )
        person = self._persons.register(Papers(name=name, sex=sex), domicile="", stamp=covered)
        return self._accounts.open_account(
            login=login,
            password=password,
            person=person.streams[0],
            station=station,
            operator=operator,
            stamp=stamp,
        )
