"""Messages by a gateway and letters by a mail server, each on loopback, well and in trouble."""

import base64
import socket
from collections.abc import Iterator

import pytest

from application.messages.adapters import Accepted, Parcel, Rejected, Told, Uncertain
from application.messages.gateway import GatewaySms
from application.messages.signing import WINDOW, genuine, sign
from application.messages.smtp import Server, SmtpMail
from tests.messages.stubs import SECRET, StubGateway, StubMail, gateway, mail

PARCEL = Parcel("0199-1", "sms", "13800138000", "通知", "【站】您好。")
LETTER = Parcel("0199-2", "email", "li@example.cn", "通知", "【站】您好。")


@pytest.fixture
def stub() -> Iterator[StubGateway]:
    """A gateway for one test."""
    with gateway() as made:
        yield made


@pytest.fixture
def post_office() -> Iterator[StubMail]:
    """A mail server for one test."""
    with mail() as made:
        yield made


def sms(stub: StubGateway) -> GatewaySms:
    return GatewaySms(f"{stub.address}/send", SECRET, status_url=f"{stub.address}/status")


def smtp(stub: StubMail) -> SmtpMail:
    return SmtpMail(Server("127.0.0.1", stub.port, "station@example.cn", security="none"))


def closed_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def test_a_gateway_takes_a_signed_message_and_gives_its_reference(stub: StubGateway) -> None:
    assert sms(stub).hand_over(PARCEL) == Accepted("G-1")
    assert stub.calls == [{"id": "0199-1", "to": "13800138000", "text": "【站】您好。"}]
    assert stub.forged == 0


def test_another_secret_is_no_secret(stub: StubGateway) -> None:
    wrong = GatewaySms(f"{stub.address}/send", b"another", status_url=f"{stub.address}/status")
    assert wrong.hand_over(PARCEL) == Rejected("refused", passing=True, detail="401")
    assert wrong.ask("0199-1") is None
    assert (stub.calls, stub.forged) == ([], 2)


@pytest.mark.parametrize(
    ("trouble", "answer"),
    [
        (422, Rejected("no_such_number", passing=False, detail="E1")),
        (404, Rejected("refused", passing=True, detail="404")),
        (429, Rejected("busy", passing=True, detail="429")),
        (503, Rejected("busy", passing=True, detail="503")),
        (500, Uncertain("broken_answer")),
        (502, Uncertain("broken_answer")),
        ("garbage", Uncertain("broken_answer")),
        ("hang up", Uncertain("timeout")),
    ],
)
def test_a_trouble_says_what_is_certain(
    stub: StubGateway, trouble: int | str, answer: object
) -> None:
    stub.trouble = trouble
    assert sms(stub).hand_over(PARCEL) == answer


def test_a_gateway_that_is_not_there_has_certainly_taken_nothing() -> None:
    gone = GatewaySms(f"http://127.0.0.1:{closed_port()}/", SECRET)
    assert gone.hand_over(PARCEL) == Rejected("unreachable", passing=True)
    assert gone.answers is False
    assert gone.ask("0199-1") is None


def test_a_slow_gateway_is_uncertain(stub: StubGateway, monkeypatch: pytest.MonkeyPatch) -> None:
    def impatient(*_: object, **__: object) -> None:
        raise TimeoutError

    monkeypatch.setattr("http.client.HTTPConnection.getresponse", impatient)
    assert sms(stub).hand_over(PARCEL) == Uncertain("timeout")


def test_a_gateway_is_asked_by_the_id(stub: StubGateway) -> None:
    adapter = sms(stub)
    assert adapter.ask("0199-1") == Told(known=False)
    adapter.hand_over(PARCEL)
    assert adapter.ask("0199-1") == Told(known=True, reference="G-asked")
    stub.status["0199-1"] = {"status": "delivered", "reference": "R-1"}
    assert adapter.ask("0199-1") == Told(known=True, reference="R-1", delivered=True)
    stub.status["0199-1"] = {"status": "failed", "code": "x" * 99}
    assert adapter.ask("0199-1") == Told(known=True, reference="G-asked", delivered=False)


def test_a_signature_holds_for_its_body_its_moment_and_its_secret() -> None:
    header = sign(SECRET, b"body", at=1_000)
    assert genuine(SECRET, b"body", header, now=1_000 + WINDOW)
    for secret, body, signature, now in (
        (SECRET, b"body", header, 1_001 + WINDOW),
        (SECRET, b"body", header, 999 - WINDOW),
        (SECRET, b"other", header, 1_000),
        (b"other", b"body", header, 1_000),
        (b"", b"body", sign(b"", b"body", at=1_000), 1_000),
        (SECRET, b"body", header.replace("t=1000", "t=1001"), 1_000),
        (SECRET, b"body", header[:-1], 1_000),
        (SECRET, b"body", "", 1_000),
    ):
        assert not genuine(secret, body, signature, now=now)


def test_a_mail_server_takes_a_letter(post_office: StubMail) -> None:
    assert smtp(post_office).hand_over(LETTER) == Accepted("4F2A9")
    letter = post_office.letters[0].decode()
    assert "To: li@example.cn" in letter
    assert "Message-ID: <0199-2@example.cn>" in letter
    assert "Auto-Submitted: auto-generated" in letter
    body = base64.b64decode(letter.split("\r\n\r\n", 1)[1])
    assert body.decode().strip() == "【站】您好。"


@pytest.mark.parametrize(
    ("command", "said", "answer"),
    [
        ("RCPT", "550 no such user", Rejected("no_such_number", passing=False, detail="550")),
        ("RCPT", "451 later", Rejected("busy", passing=True, detail="451")),
        ("MAIL", "553 not you", Rejected("refused", passing=False, detail="553")),
        ("DATA", "554 no", Rejected("refused", passing=False, detail="554")),
        ("END", "452 full", Rejected("busy", passing=True, detail="452")),
        ("END", "554 spam", Rejected("refused", passing=False, detail="554")),
    ],
)
def test_a_mail_server_that_says_no_has_not_taken_it(
    post_office: StubMail, command: str, said: str, answer: object
) -> None:
    post_office.no[command] = said
    assert smtp(post_office).hand_over(LETTER) == answer


def test_a_mail_server_that_hangs_up_after_the_letter_is_uncertain(post_office: StubMail) -> None:
    post_office.hangs_up = True
    adapter = smtp(post_office)
    assert adapter.hand_over(LETTER) == Uncertain("timeout")
    assert (adapter.answers, adapter.ask("0199-2")) == (False, None)


def test_a_mail_server_without_tls_gets_nothing_when_tls_is_wanted(post_office: StubMail) -> None:
    strict = SmtpMail(Server("127.0.0.1", post_office.port, "a@example.cn"))
    assert strict.hand_over(LETTER) == Rejected("unreachable", passing=True)
    assert post_office.letters == []
    gone = SmtpMail(Server("127.0.0.1", closed_port(), "a@example.cn", security="none"))
    assert gone.hand_over(LETTER) == Rejected("unreachable", passing=True)
