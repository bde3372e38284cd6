"""The search box over the whole product: every way to write somebody, ranked, by right, logged."""

import re
from collections.abc import Callable

import pytest

from application.people.pinyin import read
from domain.dispute import DisputeCase
from projections.lists import Query
from tests.caseload.town import Town
from tests.wired import TODAY
from yizhan.demo.people import Someone


def found(hecheng: Town, label: str, text: str) -> list[str]:
    browser = hecheng.client(label)
    page = browser.get("/cases").text
    csrf = page.split('name="csrf" value="')[1].split('"')[0]
    answer = browser.post("/search", data={"csrf": csrf, "text": text})
    assert answer.status_code == 303
    assert text not in answer.headers["location"]
    shown = browser.get(answer.headers["location"]).text
    return re.findall(r'<tr data-row="/[a-z]+/([^"]+)"', shown)


@pytest.mark.parametrize(
    "write",
    [
        lambda name, _p: name,
        lambda name, _p: "".join(read(name).joined[:1]),
        lambda name, _p: read(name).initials[0],
        lambda name, _p: read(name).joined[0][:-1],
        lambda _n, person: person.id_no[-4:],
        lambda _n, person: person.phone,
    ],
)
def test_a_seeker_is_found_by_every_way_of_writing(
    hecheng: Town, write: Callable[[str, Someone], str]
) -> None:
    row = hecheng.office.caseload.page(_mine(hecheng)).rows[0]
    name = hecheng.office.names.get(row.person)
    assert name is not None
    someone = next(p for p in hecheng.roster.people if p.id == row.person)
    assert row.case_id in found(hecheng, "caseworker", write(name.name, someone))


def test_every_claimant_of_a_dispute_is_found_and_strangers_find_nothing(hecheng: Town) -> None:
    disputes = hecheng.office.caseload.page(_of(hecheng, "mediator")).rows
    many = next(row for row in disputes if row.claimants > 2)
    last = list(hecheng.office.store.load(DisputeCase, many.case_id).workers)[-1]
    entry = hecheng.office.names.get(last)
    assert entry is not None
    assert many.case_id in found(hecheng, "mediator", entry.name)
    assert many.case_id in found(hecheng, "manager", entry.name)
    assert many.case_id not in found(hecheng, "huiya-1", entry.name)
    with hecheng.office.installation.pools.reader.connection() as conn:
        logged = conn.execute("SELECT count(*) FROM log.reads WHERE kind = 'search'").fetchone()
    assert logged is not None
    assert logged[0] >= 3


def test_a_case_number_comes_first(hecheng: Town) -> None:
    row = hecheng.office.caseload.page(_mine(hecheng)).rows[0]
    assert found(hecheng, "caseworker", row.case_no[-11:])[0] == row.case_id


def _mine(hecheng: Town) -> Query:
    return _of(hecheng, "caseworker")


def _of(hecheng: Town, label: str) -> Query:
    return Query(today=TODAY, officer=hecheng.places.staff[label].account)
