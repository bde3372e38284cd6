"""A gateway and a mail server on loopback that do what the tests tell them, and count."""

import json
import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from application.messages.signing import HEADER, genuine

SECRET = b"a secret of the tests"


class StubGateway:
    """A gateway that honours ids, over HTTP; `answer` may be exchanged for a trouble."""

    def __init__(self) -> None:
        self.calls: list[dict[str, Any]] = []  # every POST that came
        self.shown: dict[str, str] = {}  # id -> what a phone showed, once
        self.status: dict[str, dict[str, Any]] = {}
        self.trouble: int | str = 0  # a status, "hang up", "garbage"
        self.forged = 0
        self.address = ""

    def post(self, body: bytes, signature: str, now: float) -> tuple[int, bytes] | None:
        if not genuine(SECRET, body, signature, now=now):
            self.forged += 1
            return 401, b"{}"
        said = json.loads(body)
        self.calls.append(said)
        if self.trouble in {429, 503, 422, 404}:
            return int(self.trouble), b'{"reason": "no_such_number", "code": "E1"}'
        self.shown.setdefault(said["id"], said["text"])  # from here on the phone rings
        if self.trouble == "hang up":
            return None
        if self.trouble == "garbage":
            return 200, b"<html>please sign in</html>"
        if self.trouble:
            return int(self.trouble), b"{}"
        return 202, json.dumps({"reference": f"G-{len(self.calls)}"}).encode()

    def ask(self, message: str) -> tuple[int, bytes]:
        if message not in self.shown:
            return 404, b'{"known": false}'
        known = {"known": True, "reference": "G-asked", "status": "accepted"}
        return 200, json.dumps(known | self.status.get(message, {})).encode()


@contextmanager
def gateway() -> Iterator[StubGateway]:
    """Serve a stub gateway."""
    stub = StubGateway()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            answer = stub.post(body, self.headers[HEADER] or "", time.time())
            self._say(answer)

        def do_GET(self) -> None:
            if not genuine(SECRET, self.path.encode(), self.headers[HEADER] or "", now=time.time()):
                stub.forged += 1
                self._say((401, b"{}"))
                return
            self._say(stub.ask(self.path.partition("id=")[2]))

        def _say(self, answer: tuple[int, bytes] | None) -> None:
            if answer is None:
                self.close_connection = True
                self.connection.close()
                return
            status, body = answer
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Say nothing: what comes here is personal."""

        def handle(self) -> None:
            try:
                super().handle()
            except (OSError, ValueError):
                return  # hung up

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    stub.address = f"http://127.0.0.1:{server.server_address[1]}"
    with serving(server):
        yield stub


class StubMail:
    """A mail server without TLS that takes letters, or says no at a step."""

    def __init__(self) -> None:
        self.letters: list[bytes] = []
        self.no: dict[str, str] = {}  # command -> answer instead
        self.hangs_up = False
        self.port = 0


@contextmanager
def mail() -> Iterator[StubMail]:
    """Serve a stub mail server."""
    stub = StubMail()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self._say("220 stub")
            while line := self.rfile.readline():
                word = line.decode("latin-1").split()[0].upper() if line.split() else ""
                if word in stub.no:
                    self._say(stub.no[word])
                elif word == "EHLO":
                    self._say("250 stub")
                elif word == "DATA":
                    self._say("354 go on")
                    letter = b""
                    while (piece := self.rfile.readline()) not in {b".\r\n", b""}:
                        letter += piece
                    stub.letters.append(letter)
                    if stub.hangs_up:
                        return
                    self._say(stub.no.get("END", "250 2.0.0 Ok: queued as 4F2A9"))
                elif word == "QUIT":
                    self._say("221 bye")
                    return
                else:
                    self._say("250 ok")

        def _say(self, text: str) -> None:
            self.wfile.write(f"{text}\r\n".encode())

    socketserver.ThreadingTCPServer.daemon_threads = True
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
    stub.port = server.server_address[1]
    with serving(server):
        yield stub


@contextmanager
def serving(server: socketserver.BaseServer) -> Iterator[None]:
    """Serve in a thread until the end of the block."""
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
