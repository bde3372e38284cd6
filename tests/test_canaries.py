"""The search for canaries finds what is there: otherwise its silence proves nothing."""

import base64
import json
from collections.abc import Callable
from datetime import date

import pytest

from domain.identity import check_phone, read_id_number
from tests.canaries import Hunt, canaries, dump
from tests.database import Database

ALL = canaries(500)


def test_five_hundred_canaries_differ_and_pass_every_check() -> None:
    assert len({value for c in ALL for value in c.values}) == 1_500
    for canary in ALL:
        assert canary.id_no.startswith("4499")
        assert read_id_number(canary.id_no, on=date(2026, 3, 2), sex=canary.sex)
        assert check_phone(canary.phone) == canary.phone


@pytest.mark.parametrize(
    "leak",
    [
        lambda v: v.encode(),
        lambda v: json.dumps({"x": v}).encode(),
        lambda v: json.dumps(json.dumps({"x": v})).encode(),
        lambda v: v.encode("utf-16"),
        lambda v: v.encode("utf-16-be"),
        lambda v: v.encode().hex().encode(),
        lambda v: v.encode().hex().upper().encode(),
        lambda v: v.encode("utf-16-le").hex().encode(),
        lambda v: base64.b64encode(v.encode()),
        lambda v: base64.b64encode(b"1" + v.encode() + b"22"),
        lambda v: base64.urlsafe_b64encode(b"12" + v.encode() + b"?"),
        lambda v: base64.b64encode(b'{"name":"' + v.encode() + b'"}').hex().encode(),
    ],
)
def test_a_leak_is_found_in_every_encoding(leak: Callable[[str], bytes]) -> None:
    hunt = Hunt(ALL)
    for canary in ALL[:20]:
        for value in canary.values:
            assert hunt.search(b"\x00 somewhere " + leak(value) + b" in the data") == [value]


def test_what_is_clean_is_silent() -> None:
    others = canaries(600)[500:]
    data = " ".join(value for c in others for value in c.values).encode()
    assert Hunt(ALL).search(data) == []
    assert len(Hunt(others).search(data)) == 300


def test_a_dump_shows_a_leak_in_any_schema_and_inside_bytes(database: Database) -> None:
    name, id_no, phone = ALL[7].values
    with database.pools.projector.connection() as conn:
        conn.execute("CREATE TABLE wall.leaky (name text, state bytea)")
        state = json.dumps({"id": id_no}).encode()
        conn.execute("INSERT INTO wall.leaky VALUES (%s, %s)", [name, state])
    with database.pools.writer.connection() as conn:
        conn.execute(
            "INSERT INTO log.reads"
            " (who, role, station, stream, field_class, purpose, route, outcome)"
            " VALUES ('', '', '', '', '', '', %s, '')",
            [f"/people?phone={phone}"],
        )
    assert sorted(Hunt(ALL).search(dump(database))) == sorted([name, id_no, phone])
