"""Receipts over the wire: genuine, forged, old, twice, too early; and the whole way with a stub."""

import json
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from starlette.testclient import TestClient

from application.messages.adapters import Dry
from application.messages.gateway import GatewaySms
from application.messages.receipts import Receipts
from application.messages.signing import HEADER, sign
from tests.messages.stubs import SECRET, StubGateway, gateway
from tests.messages.town import Gateway, Post
from web.messages.receipts import PATH
from web.site import create_site

pytestmark = pytest.mark.postgres


@pytest.fixture(autouse=True)
def by_day(post: Post) -> None:
    """Begin every test at nine in the morning."""
    post.at(9)


@pytest.fixture
def stub() -> Iterator[StubGateway]:
    """A gateway for one test."""
    with gateway() as made:
        yield made


@pytest.fixture
def browser(post: Post) -> TestClient:
    """The site of an office that shares a secret with its gateway."""
    office = post.office
    receipts = Receipts(
        office.store, office.reader.history, secret=SECRET, now=office.clock.now
    )  # fmt: skip
    parts = post.town.parts
    own = replace(parts.extra["messages"], receipts=receipts)
    site = create_site(parts.but(extra={**parts.extra, "messages": own}))
    return TestClient(site, base_url="http://127.0.0.1:8000")


def posted(browser: TestClient, message: str, status: str = "delivered", **more: Any) -> int:
    body = {"id": message.partition("-")[2], "status": status, **more}
    return signed(browser, json.dumps(body).encode())


def signed(browser: TestClient, body: bytes, *, at: float | None = None) -> int:
    header = sign(SECRET, body, at=int(at or time.time()))
    return browser.post(PATH, content=body, headers={HEADER: header}).status_code


def handed(post: Post) -> str:
    message = post.queue()
    post.look(Gateway())
    return message


def test_a_receipt_makes_a_message_delivered_once(post: Post, browser: TestClient) -> None:
    message = handed(post)
    for _ in range(3):
        assert posted(browser, message, receipt="R-7") == 200
    assert posted(browser, message, receipt="R-8") == 200
    assert post.facts(message) == ["queued", "handed_over", "delivered"]


def test_a_denial_after_delivery_changes_nothing_and_the_other_way_round_it_does(
    post: Post, browser: TestClient
) -> None:
    first, second = handed(post), handed(post)
    assert posted(browser, first) == 200
    assert posted(browser, first, "failed", code="4") == 200
    assert post.message(first).standing == "delivered"
    assert posted(browser, second, "failed", code="4") == 200
    assert post.message(second).standing == "failed"
    assert posted(browser, second) == 200
    assert post.message(second).standing == "delivered"


def test_a_receipt_that_is_faster_than_the_fact_is_kept(post: Post, browser: TestClient) -> None:
    message, fast = post.queue(), Gateway()
    fast.before = lambda: None

    def at_once() -> None:
        assert posted(browser, message) == 200

    fast.before = at_once
    post.look(fast)
    assert post.facts(message) == ["queued", "delivered", "handed_over"]
    assert post.message(message).standing == "delivered"


def test_what_is_not_genuine_is_refused(post: Post, browser: TestClient) -> None:
    message = handed(post)
    body = json.dumps({"id": message.partition("-")[2], "status": "delivered"}).encode()
    now = time.time()
    assert browser.post(PATH, content=body).status_code == 401
    forged = sign(b"another", body, at=int(now))
    assert browser.post(PATH, content=body, headers={HEADER: forged}).status_code == 401
    other = {HEADER: sign(SECRET, b"{}", at=int(now))}
    assert browser.post(PATH, content=body, headers=other).status_code == 401
    assert signed(browser, body, at=now - 3_600) == 401
    assert post.facts(message) == ["queued", "handed_over"]


def test_what_cannot_be_read_or_is_not_ours_is_said_by_a_bare_status(
    post: Post, browser: TestClient
) -> None:
    for body in (b"", b"[]", b'{"id": "x", "status": "delivered"}', b'{"id": 1}', b"\xff"):
        assert signed(browser, body) == 400
    assert posted(browser, "message-00000000-0000-7000-8000-000000000000") == 404
    assert signed(browser, b"x" * 5_000) == 413
    assert browser.get(PATH).status_code in {404, 405}
    dry = post.queue()
    post.look(Dry())
    assert posted(browser, dry) == 409


def test_an_office_without_a_secret_takes_no_receipt(post: Post) -> None:
    message = handed(post)
    plain = TestClient(post.town.site, base_url="http://127.0.0.1:8000")
    body = json.dumps({"id": message.partition("-")[2], "status": "delivered"}).encode()
    header = sign(b"", body, at=int(time.time()))
    assert plain.post(PATH, content=body, headers={HEADER: header}).status_code == 401


def test_the_whole_way_over_a_gateway_that_loses_its_answer(
    post: Post, stub: StubGateway, browser: TestClient
) -> None:
    message = post.queue()
    sms = GatewaySms(f"{stub.address}/send", SECRET, status_url=f"{stub.address}/status")
    stub.trouble = "hang up"
    post.look(sms)
    stub.trouble = 0
    post.look(sms)
    assert (len(stub.calls), len(stub.shown)) == (1, 1)
    assert post.line(message).state == "handed_over"
    assert posted(browser, message, receipt="R-1") == 200
    post.town.settle()
    assert post.line(message).state == "delivered"
    page = post.town.at("caseworker").see(f"/seekers/{post.seeker}/messages/{message}")
    assert "已送达" in page


def test_neither_number_nor_text_is_written_to_a_log(
    post: Post, stub: StubGateway, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    message = post.queue()
    sms = GatewaySms(f"{stub.address}/send", SECRET, status_url=f"{stub.address}/status")
    for trouble in ("hang up", 503, 422):
        stub.trouble = trouble
        stub.shown.clear()
        post.look(sms)
        post.at(12)
    phone = post.office.messaging.messages.reach(post.person).phone
    assert stub.calls, message
    assert phone not in caplog.text
    assert "身份证来一趟" not in caplog.text
