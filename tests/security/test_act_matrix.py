"""Every act of every desk, asked by every role: who sees the form, whose form is taken (9.1)."""

import inspect
import uuid
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest

from application import rights
from application.store import Stamp
from tests.security.conftest import Whole
from tests.security.matrix import NINE_ONE, ROLES, tried
from tests.wired import TODAY
from web.acts import Act, Desk, Field


def acts(whole: Whole) -> Iterator[tuple[Desk, Act]]:
    for desk in whole.desks.values():
        for act in desk.acts:
            if act.begins or stream_of(whole, desk):
                yield desk, act


def test_every_act_names_a_right_of_the_domain(whole: Whole) -> None:
    named = [(desk.kind, act.verb, act.right) for desk, act in acts(whole)]
    assert len(named) > 180
    assert [one for one in named if one[2] not in NINE_ONE] == []


def act_place(whole: Whole, desk: Desk, act: Act) -> str:
    if act.begins:
        return f"/{desk.kind}/new/{act.verb}"
    return f"/{desk.kind}/{stream_of(whole, desk)}/{act.verb}"


def stream_of(whole: Whole, desk: Desk) -> str:
    match desk.kind:
        case "seekers" | "disputes":
            return whole.cases[desk.kind]
        case "staff":
            return whole.accounts["caseworker"]
        case "stations":
            return whole.stock.places.staff["caseworker"].station
        case _:
            found = list(whole.office.entries.of_kind(desk.stream, limit=1))
            return found[0].stream if found else ""


def one_of_each_right(whole: Whole) -> list[tuple[Desk, Act]]:
    """Give the first act of each right of each desk, on a case and to begin one."""
    return list(
        {(desk.kind, act.right, act.begins): (desk, act) for desk, act in acts(whole)}.values()
    )


@pytest.mark.parametrize("role", [*ROLES, "stranger", ""])
def test_an_act_of_each_right_agrees_with_the_rights_for(whole: Whole, role: str) -> None:
    chosen = one_of_each_right(whole)
    assert len(chosen) > 20
    agrees(whole, role, chosen)


@pytest.mark.long
@pytest.mark.parametrize("role", [*ROLES, "stranger", ""])
def test_every_act_agrees_with_the_rights_for(whole: Whole, role: str) -> None:
    agrees(whole, role, acts(whole))


def agrees(whole: Whole, role: str, chosen: Iterable[tuple[Desk, Act]]) -> None:
    """The form is drawn exactly for those whom `rights.py` lets pass; others' POST is not read."""
    client, before, wrong = whole.client(role), whole.last, []
    held = whole.office.accounts.who(whole.accounts[role], TODAY) if role else None
    for desk, act in chosen:
        place = act_place(whole, desk, act)
        stream = "" if act.begins else place.split("/")[2]
        state: Any = desk.aggregate()
        if stream:
            state = whole.office.store.load(desk.aggregate, stream)
        expected = held is not None and rights.may(held, act.right, state, stream)
        if held is not None and not held.roles & NINE_ONE[act.right]:
            assert not expected
        for method in ("GET",) if expected else ("GET", "POST"):
            met = tried(client, role, method, place)
            if met.let_in != expected:
                wrong.append(met)
    assert not wrong, wrong
    assert whole.last == before, "an empty form recorded something"


# To give somebody else's case to somebody asks for more than to take one.
NARROWER = {"seekers assign": "case.reassign"}


class Captured(Exception):
    """What a service asked of the store."""


class Recording:
    """A store that takes down the rights asked for and decides nothing."""

    def __init__(self, store: Any) -> None:
        self._store = store

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def decide(self, stamp: Any, *parts: Any) -> None:
        raise Captured(*(part.right for part in parts))


def asked_for(method: Callable[..., Any], act: Act, known: dict[str, str]) -> dict[str, Any]:
    """Give something for every argument of a service's method, somebody known for a person."""
    fields = {field.name: dummy(field) for field in act.fields} | known
    wanted = list(inspect.signature(method).parameters.values())[0 if act.begins else 1 :]
    return {
        one.name: fields.get(one.name, Whatever("text"))
        for one in wanted
        if one.name != "stamp" and (one.name in fields or one.default is one.empty)
    }


class Whatever(str):
    """A text, and a record whose every field is a text."""

    __slots__ = ()

    def __getattr__(self, name: str) -> str:
        return "text"


def dummy(field: Field) -> Any:
    """Something of the kind that a field gives."""
    value: Any = {
        "int": 1,
        "bool": True,
        "date": TODAY,
        "month": TODAY,
        "money": 1,
        "time": "",  # two equal times are no hours to work in
    }.get(field.kind)
    if value is None:
        value = next(iter(field.choices or {}), "text")
    return (value,) if field.many or field.kind == "table" else value


def test_every_service_asks_for_the_right_that_its_form_shows(
    whole: Whole, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever sends a form past the page meets the same right in `Store.decide`."""
    who = whole.stock.places.who("manager")
    known = {"officer": who.account, "person": whole.stock.known.id}
    other: dict[str, Any] = {}
    for desk, act in acts(whole):
        for service in desk.services:
            if isinstance(getattr(service, "_store", None), Recording):
                continue
            monkeypatch.setattr(service, "_store", Recording(whole.office.store))
        given = () if act.begins else (stream_of(whole, desk),)
        stamp = Stamp(who, str(uuid.uuid4()), TODAY)
        method = desk.method(act.verb)
        try:
            method(*given, stamp=stamp, **asked_for(method, act, known))
        except Captured as captured:
            name = f"{desk.kind} {act.verb}"
            if captured.args[0] != NARROWER.get(name, act.right):
                other[name] = (act.right, captured.args)
        except Exception as error:  # noqa: BLE001 - said in the assertion
            other[f"{desk.kind} {act.verb}"] = repr(error)[:150]
    assert not other, other
