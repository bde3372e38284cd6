"""A register behind a web address 登记库接口: one question, one small JSON answer, little patience.

`POST` with `{"id_number", "criterion", "on"}`; the answer is a JSON object with `answer` (met,
not_met or unknown), `criterion`, and where there are such `reference`, `as_of`, `valid_from` and
`valid_to`. The number travels in the body only, over TLS or on this machine. No redirect is
followed. Whatever is not such an answer is a register that did not answer.
"""

import http.client
import ipaddress
import json
import logging
import socket
import threading
from contextlib import suppress
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from application.certifying.register import Answer, unavailable

SECONDS = 5.0  # for the whole question, however slowly the answer drips
MOST_BYTES = 64 * 1024
MOST_TEXT = 200
SAID = frozenset({"met", "not_met", "unknown"})
_log = logging.getLogger(__name__)


class BadAddress(Exception):
    """An address that no number may be sent to; the sentence says why."""


class Service:
    """A register that is asked over HTTP."""

    def __init__(
        self,
        name: str,
        criteria: frozenset[str],
        url: str,
        token: str = "",
        *,
        seconds: float = SECONDS,
    ) -> None:
        """Take the words for it, what it tells about, its address, and a token for its door."""
        check_address(url)
        self.name, self.criteria, self._seconds = name, criteria, seconds
        self._address, self._token = urlsplit(url), token

    def ask(self, id_number: str, category: str, on: date) -> Answer:
        """Ask; a slow, broken, contradictory or silent service is an unavailable register."""
        question = {"id_number": id_number, "criterion": category, "on": on.isoformat()}
        try:
            status, body = self._post(json.dumps(question).encode())
        except (OSError, http.client.HTTPException, ValueError) as problem:
            # Never the text of the problem: it may repeat what was sent.
            _log.warning("A register did not answer: %s", type(problem).__name__)
            return unavailable("silent")
        if status != http.client.OK:
            _log.warning("A register answered with status %d", status)
            return unavailable(f"status {status}")
        if len(body) > MOST_BYTES:
            return unavailable("too long")
        try:
            return _read(json.loads(body), category, on, id_number)
        except (ValueError, TypeError, RecursionError):
            return unavailable("garbage")

    def _post(self, question: bytes) -> tuple[int, bytes]:
        """Send the question and take the answer, all within the limit of time."""
        address = self._address
        kind = (
            http.client.HTTPSConnection if address.scheme == "https" else http.client.HTTPConnection
        )
        connection = kind(address.hostname or "", address.port, timeout=self._seconds)
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if self._token:
            headers["Authorization"] = f"Bearer {self._token}"
        path = (address.path or "/") + (f"?{address.query}" if address.query else "")
        connection.connect()
        # A service that drips a byte a second never meets the limit of a single read.
        alarm = threading.Timer(self._seconds, _hang_up, [connection.sock])
        alarm.daemon = True
        alarm.start()
        try:
            connection.request("POST", path, question, headers)
            answer = connection.getresponse()
            return answer.status, answer.read(MOST_BYTES + 1)
        finally:
            alarm.cancel()
            connection.close()


def _hang_up(line: socket.socket) -> None:
    """Close the line under a reader that waits; one that closed by itself is no harm."""
    with suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)


def check_address(url: str) -> None:
    """Refuse an address without TLS that is not on this machine, and one with a password."""
    address = urlsplit(url)
    if address.username or address.password:
        raise BadAddress("an address with a password in it: use `token`")
    if address.scheme == "https" and address.hostname:
        return
    if address.scheme == "http" and _loopback(address.hostname or ""):
        return
    raise BadAddress("only https, or http on this machine")


def _loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _read(said: Any, category: str, on: date, id_number: str) -> Answer:
    """Read an answer; one that contradicts itself or the question is none."""
    if not isinstance(said, dict) or said.get("answer") not in SAID:
        return unavailable("garbage")
    valid_from, valid_to = _day(said, "valid_from"), _day(said, "valid_to")
    as_of = _day(said, "as_of") or on
    answer = str(said["answer"])
    holds = (valid_from or on) <= on <= (valid_to or on)
    another = said.get("criterion", category) != category
    if another or as_of > on or (answer == "met" and not holds):
        return unavailable("contradictory")
    reference = str(said.get("reference") or "")[:MOST_TEXT]
    kept = {str(k): v for k, v in said.items() if k not in {"answer", "reference", "id_number"}}
    returned = json.dumps(kept, ensure_ascii=False).replace(id_number, "…")
    return Answer(answer, reference.replace(id_number, "…"), returned, as_of)


def _day(said: dict[str, Any], name: str) -> date | None:
    return date.fromisoformat(said[name]) if said.get(name) else None
