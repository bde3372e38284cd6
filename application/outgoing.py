"""Calls to services of other houses: TLS or this machine, one limit of time for the whole answer.

No redirect is followed, no more than `MOST_BYTES` of an answer is read, and nothing of what was
sent stands in an address or in a log.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Mapping
from contextlib import suppress
from typing import NamedTuple
from urllib.parse import SplitResult, urlsplit

MOST_BYTES = 64 * 1024


class BadAddress(Exception):
    """An address that nothing may be sent to; the sentence says why."""


class Unreached(Exception):
    """There was no connection: nothing has left this machine."""


class Broken(Exception):
    """The connection ended, or time did, before the answer was whole: what was sent may be there.

    Its text is the kind of trouble alone; the trouble's own may repeat what was sent.
    """


class Said(NamedTuple):
    """An answer: its status, and at most one byte more than `MOST_BYTES` of its body."""

    status: int
    body: bytes


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


def path_of(address: SplitResult) -> str:
    """Give what is asked for at an address: its path and query."""
    return (address.path or "/") + (f"?{address.query}" if address.query else "")


def call(
    address: SplitResult,
    path: str,
    body: bytes | None,
    headers: Mapping[str, str],
    *,
    seconds: float,
) -> Said:
    """POST a body, or GET where there is none; raises `Unreached` or `Broken`."""
    connection = _connection(address, seconds)
    try:
        try:
            connection.connect()
        except OSError as problem:  # refused, no such host, no trust
            raise Unreached(type(problem).__name__) from None
        # Who drips a byte a second never meets the limit of a single read.
        alarm = threading.Timer(seconds, _hang_up, [connection.sock])
        alarm.daemon = True
        alarm.start()
        try:
            connection.request("GET" if body is None else "POST", path, body, dict(headers))
            answer = connection.getresponse()
            return Said(answer.status, answer.read(MOST_BYTES + 1))
        except (OSError, http.client.HTTPException, ValueError) as problem:
            raise Broken(type(problem).__name__) from None
        finally:
            alarm.cancel()
    finally:
        connection.close()


def _connection(address: SplitResult, seconds: float) -> http.client.HTTPConnection:
    host = address.hostname or ""
    if address.scheme == "https":
        trust = ssl.create_default_context()
        return http.client.HTTPSConnection(host, address.port, timeout=seconds, context=trust)
    return http.client.HTTPConnection(host, address.port, timeout=seconds)


def _hang_up(line: socket.socket) -> None:
    """Close the line under a reader that waits; one that closed by itself is no harm."""
    with suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)
