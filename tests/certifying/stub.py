"""A register on loopback that answers what a test wants, and remembers what it was asked."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Reply = Callable[[BaseHTTPRequestHandler, dict[str, Any]], None]


class Stub:
    """What the register was asked, by which path and door, and how it answers."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.paths: list[str] = []
        self.doors: list[str] = []
        self.let_go = threading.Event()
        self.reply: Reply = says(answer="unknown")
        self.url = ""


def says(status: int = 200, **answer: Any) -> Reply:
    """Answer with JSON."""
    return raw(json.dumps(answer).encode(), status)


def raw(body: bytes, status: int = 200) -> Reply:
    """Answer with any bytes."""

    def reply(handler: BaseHTTPRequestHandler, _asked: dict[str, Any]) -> None:
        handler.send_response(status)
        if status in {301, 307}:
            handler.send_header("Location", f"http://127.0.0.1:{handler.server.server_port}/other")  # type: ignore[attr-defined]  # of every HTTPServer
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return reply


@contextmanager
def register() -> Iterator[Stub]:
    """Serve from a thread until the end of the block."""
    stub = Stub()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            stub.asked.append(json.loads(body))
            stub.paths.append(self.path)
            stub.doors.append(self.headers.get("Authorization", ""))
            stub.reply(self, stub.asked[-1])

        def log_message(self, *_args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    stub.url = f"http://127.0.0.1:{server.server_port}/v1/certify"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield stub
    finally:
        stub.let_go.set()
        server.shutdown()
        thread.join()
        server.server_close()
