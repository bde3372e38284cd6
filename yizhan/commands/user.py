"""`yizhan user add`: accounts of the staff; the first one made is the admin."""

import uuid
from datetime import timedelta
from typing import Annotated

import typer

from application.persons import Papers
from application.rights import ROLES
from application.store import Stamp, Who
from yizhan.configuration import read_configuration
from yizhan.installation import installation
from yizhan.terminal import WRONG_USE, answer, fail, out
from yizhan.wiring import OPERATOR, Office

app = typer.Typer(no_args_is_help=True, help="Accounts of the staff.")
SPAN = timedelta(days=3 * 365)  # a role is granted for a span of days; three years to begin with


@app.callback()
def users() -> None:
    """Accounts of the staff."""


@app.command()
def add(
    login: Annotated[str, typer.Argument(help="The name to sign in with.")],
    name: Annotated[str, typer.Option(prompt=True, help="The person's name.")],
    sex: Annotated[str, typer.Option(prompt=True, help="male or female.")],
    password: Annotated[str, typer.Option(prompt=True, hide_input=True, confirmation_prompt=True)],
    role: Annotated[
        list[str] | None, typer.Option(help="A role; may be given several times.")
    ] = None,
    station: Annotated[str, typer.Option(help="The home station; default: the first one.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
) -> None:
    """Open an account with a first password; the first account of all is the admin."""
    with installation(read_configuration()) as opened, Office(opened) as office:
        office.bring_up()  # the wall says who has an account, so it must know the last one
        first = not office.lookups.accounts()
        roles = role or (["admin"] if first else [])
        if not roles or set(roles) - set(ROLES):
            raise fail(f"Give a --role: {', '.join(ROLES)}.", code=WRONG_USE)
        on = office.clock.today()
        home = station or office.lookups.first_station()
        who = Who(OPERATOR, home, frozenset({"admin", "station_manager"}), frozenset({home}))

        def stamp() -> Stamp:
            return Stamp(who, str(uuid.uuid4()), on)

        papers = Papers(name=name, sex=sex)
        person = office.persons.register(papers, domicile="", stamp=stamp()).streams[0]
        account = office.accounts.open_account(
            login=login,
            password=password,
            person=person,
            station=home,
            operator="government",
            stamp=stamp(),
        ).streams[0]
        for one in roles:
            office.accounts.grant_role(
                account, role=one, from_on=on, to_on=on + SPAN, stamp=stamp()
            )

    def show() -> None:
        out.print(f"{login}: {', '.join(roles)} ({account})")

    answer({"account": account, "login": login, "roles": roles}, as_json=as_json, show=show)
