"""Robots and gateways of our own, on this machine: each answers what it was told to, and keeps what it got."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Fake:
    """A server: its address, what it answers (status and body; None: it hangs up without a word), and what it got."""

    port: int = 0
    answers: list[tuple[int, Any] | None] = field(default_factory=list)
    got: list[tuple[str, dict[str, str], dict[str, Any]]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/send?key=SECRET"


@contextmanager
def serving(*answers: tuple[int, Any] | None) -> Iterator[Fake]:
    """A server that gives these answers in turn, the last one for ever."""
    fake = Fake(answers=list(answers))

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            fake.got.append((self.path, dict(self.headers), json.loads(body)))
            answer = fake.answers.pop(0) if len(fake.answers) > 1 else fake.answers[0]
            if answer is None:
                self.connection.close()
                return
            status, said = answer
            self.send_response(status)
            if isinstance(said, str) and said.startswith("http"):
                self.send_header("Location", said)
            raw = json.dumps(said).encode()
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        def log_message(self, *args: Any) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    server.daemon_threads = True
    fake.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield fake
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
