"""A register over HTTP: one question, and nothing but a whole answer counts."""

import json
import logging
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

from application.certifying.register import Answer
from application.certifying.service import Service
from application.outgoing import MOST_BYTES, BadAddress
from tests.certifying.stub import Reply, Stub, raw, register, says

ON = date(2026, 4, 16)
NUMBER = "449901198501010017"
H03 = frozenset({"H03"})


@pytest.fixture
def stub() -> Iterator[Stub]:
    with register() as made:
        yield made


def asked(stub: Stub, reply: Reply, *, seconds: float = 5.0) -> Answer:
    stub.reply = reply
    return Service("县低保登记", H03, stub.url, "door", seconds=seconds).ask(NUMBER, "H03", ON)


def test_a_whole_answer_is_kept_with_everything_that_came_back(stub: Stub) -> None:
    found = asked(
        stub,
        says(
            answer="met", criterion="H03", reference="DB-7", as_of="2026-04-15",
            valid_from="2025-01-01", valid_to="2026-12-31", household=3, id_number=NUMBER,
        ),
    )  # fmt: skip
    assert (found.answer, found.reference, found.as_of) == ("met", "DB-7", date(2026, 4, 15))
    assert json.loads(found.returned)["household"] == 3
    assert NUMBER not in found.returned
    assert stub.asked == [{"id_number": NUMBER, "criterion": "H03", "on": "2026-04-16"}]
    assert stub.paths == ["/v1/certify"]
    assert stub.doors == ["Bearer door"]


@pytest.mark.parametrize("answer", ["not_met", "unknown"])
def test_a_no_and_nobody_are_answers(stub: Stub, answer: str) -> None:
    assert asked(stub, says(answer=answer)).answer == answer


@pytest.mark.parametrize(
    "reply",
    [
        says(500, answer="met"),
        says(503),
        says(404, answer="met"),
        raw(b"", 307),
        raw(b"<html>"),
        raw(b"\xff\xfe\x00"),
        raw(b"[" * 40_000),
        raw(b'"met"'),
        raw(json.dumps({"answer": "met", "more": "x" * MOST_BYTES}).encode()),
        says(answer="perhaps"),
        says(met=True),
        says(answer="met", as_of="yesterday"),
        says(answer="met", valid_to=20261231),
    ],
)
def test_what_is_no_answer_is_an_unavailable_register(stub: Stub, reply: Reply) -> None:
    assert asked(stub, reply).answer == "unavailable"
    assert len(stub.asked) == 1


@pytest.mark.parametrize(
    "said",
    [
        {"answer": "met", "valid_to": "2026-04-15"},
        {"answer": "met", "valid_from": "2026-04-17"},
        {"answer": "met", "criterion": "H02"},
        {"answer": "not_met", "as_of": "2026-04-17"},
    ],
)
def test_an_answer_against_itself_or_the_question_is_none(stub: Stub, said: dict[str, Any]) -> None:
    found = asked(stub, says(**said))
    assert (found.answer, json.loads(found.returned)) == (
        "unavailable",
        {"problem": "contradictory"},
    )


def test_a_silent_register_is_left_in_time(stub: Stub) -> None:
    def silent(_handler: BaseHTTPRequestHandler, _asked: dict[str, Any]) -> None:
        stub.let_go.wait(30)

    assert asked(stub, silent, seconds=0.3).answer == "unavailable"


def test_a_register_that_drips_is_left_in_time_as_well(stub: Stub) -> None:
    def drips(handler: BaseHTTPRequestHandler, _asked: dict[str, Any]) -> None:
        handler.send_response(200)
        handler.end_headers()
        with suppress(OSError):
            while not stub.let_go.wait(0.05):
                handler.wfile.write(b" ")
                handler.wfile.flush()

    assert asked(stub, drips, seconds=0.4).answer == "unavailable"


def test_nobody_there_is_unavailable_and_the_log_names_nobody(
    stub: Stub, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    gone = Service("县低保登记", H03, "http://127.0.0.1:9/")
    assert gone.ask(NUMBER, "H03", ON).answer == "unavailable"
    asked(stub, says(500))
    assert "did not answer" in caplog.text
    assert NUMBER not in caplog.text


@pytest.mark.parametrize(
    "url",
    [
        "http://register.example/",
        "ftp://127.0.0.1/",
        "https:///x",
        "https://user:secret@register.example/",
        "http://127.0.0.1.example/",
        "",
    ],
)
def test_no_number_travels_in_the_open(url: str) -> None:
    with pytest.raises(BadAddress):
        Service("县低保登记", H03, url)


@pytest.mark.parametrize(
    "url", ["https://register.example/v1", "http://localhost:81/", "http://[::1]/"]
)
def test_tls_and_this_machine_are_good_addresses(url: str) -> None:
    assert Service("县低保登记", H03, url).name == "县低保登记"
