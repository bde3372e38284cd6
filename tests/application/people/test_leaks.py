"""Five hundred canaries go through the services and are found nowhere in clear (T2, T20).

Projections that come later are covered as well: the dump holds every schema.
"""

import io
from itertools import pairwise

import pytest
import structlog

from application.people.redaction import redact
from application.persons import Papers
from domain.kernel import Redacted, Refused, Sealed
from domain.person import Person
from tests.application.people.conftest import MANAGER, TODAY, WORKER, Office, stamp
from tests.canaries import Canary, Hunt, canaries, dump, server_log

ALL = canaries(500)


def _papers(canary: Canary) -> Papers:
    return Papers(canary.name, canary.sex, id_no=canary.id_no)


def _register(office: Office, canary: Canary) -> str:
    done = office.persons.register(
        _papers(canary), domicile="440784", phone=canary.phone, address=canary.name, stamp=stamp()
    )
    return done.streams[0]


def _work_with(office: Office, canary: Canary, person: str) -> None:
    """Use everything that takes or gives personal data."""
    name, id_no, phone = canary.values
    office.persons.give_account(person, bank=name, number=id_no[:17], stamp=stamp())
    office.persons.file_proof(person, kind=name, sha256="0" * 64, valid_until=None, stamp=stamp())
    office.persons.change_contact(person, phone=phone, address=name, stamp=stamp())
    office.persons.correct_identity(
        person, _papers(canary), domicile="440785", reason=name, stamp=stamp()
    )
    office.persons.correct_record(
        person, version=3, field="kind", value=name, reason=phone, stamp=stamp()
    )
    office.persons.duplicates(on=TODAY, id_no=id_no, name=name, phone=phone)
    for text in (name, id_no, phone):
        assert office.sight.search(text, WORKER, route="/search")[0] == person
    revealed = office.sight.reveal(
        person, field="id_no", purpose="contact", who=WORKER, route="/reveal"
    )
    assert revealed == id_no
    with pytest.raises(Refused):
        _register(office, canary)


def test_nothing_of_five_hundred_people_stands_anywhere_in_clear(office: Office) -> None:
    written = io.StringIO()
    log = structlog.wrap_logger(
        structlog.PrintLogger(written), processors=[redact, structlog.processors.JSONRenderer()]
    )
    persons = []
    for canary in ALL:
        persons.append(_register(office, canary))
        log.info("registered", person=persons[-1], name=canary.name, route=f"/p/{canary.phone}")
    office.leader.drain()
    for canary, person in list(zip(ALL, persons, strict=True))[:10]:
        _work_with(office, canary, person)
    shown = office.sight.names(persons, full=lambda _: True, on=TODAY)
    assert [view.name for view in shown.values()] == [canary.name for canary in ALL]

    hunt, dumped = Hunt(ALL), dump(office.database)
    assert dumped.count(b"person.registered") == 500
    assert hunt.search(dumped) == []
    assert hunt.search(written.getvalue().encode()) == []
    assert hunt.search(server_log(office.database)[-2_000_000:]) == []


def test_erased_people_are_gone_and_every_count_stays(office: Office) -> None:
    few = ALL[:12]
    persons = [_register(office, canary) for canary in few]
    office.leader.drain()
    counted = [
        (r.event.birth_year, r.event.sex, r.event.domicile)  # type: ignore[attr-defined]  # all are registrations
        for r in office.leader.read(0, 100)
    ]
    for person in persons[:4]:
        office.persons.request_erasure(person, ground="own_request", stamp=stamp(WORKER))
        office.persons.approve_erasure(person, stamp=stamp(MANAGER))
        office.persons.erase(person, stamp=stamp(MANAGER))
    office.leader.drain()
    log = office.leader.read(0, 100)
    assert [later.position > r.position for r, later in pairwise(log)] == [True] * (len(log) - 1)
    assert (
        counted
        == [
            (r.event.birth_year, r.event.sex, r.event.domicile)  # type: ignore[attr-defined]  # all are registrations
            for r in log[:12]
        ]
    )
    values: list[Sealed] = [r.event.identity for r in log[:12]]  # type: ignore[attr-defined]  # all are registrations
    opened = office.vault.open_many(values)
    assert opened[:4] == [Redacted()] * 4
    assert [record["name"] for record in opened[4:]] == [c.name for c in few[4:]]  # type: ignore[index]  # records
    views = office.sight.names(persons, full=lambda _: True, on=TODAY)
    assert [views[p].erased for p in persons] == [True] * 4 + [False] * 8
    assert office.store.load(Person, persons[0]).birth_year == counted[0][0]
    assert office.vault.erased() == sorted(persons[:4])
    for canary in few[:4]:
        assert office.sight.search(canary.id_no, WORKER, route="/search") == []
        assert office.sight.search(canary.phone, WORKER, route="/search") == []
