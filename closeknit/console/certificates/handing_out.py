"""A tiny page by plain http that gives the authority's certificate to phones, for some minutes, and nothing else."""

import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer

from cryptography.hazmat.primitives.serialization import Encoding
from django.template.loader import render_to_string

from closeknit.console.certificates.reading import Certificate

MINUTES = 10
SILENCE = 10  # seconds that a phone may say nothing
PAGE, FOR_IPHONE, FOR_ANDROID = "/", "/closeknit.crt", "/android/closeknit.crt"
HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
}


class Desk(ThreadingHTTPServer):
    """What is handed out: path, type and content of each of three answers."""

    daemon_threads = True
    timeout = 0.5

    def __init__(self, address: tuple[str, int], authority: Certificate, server: str, told: Callable[[str], None]) -> None:
        content = authority.read.public_bytes(Encoding.DER)
        context = {"fingerprint": authority.fingerprint, "title": authority.issuer, "server": server}
        page = render_to_string("console/certificates/page.html", context | {"iphone": FOR_IPHONE, "android": FOR_ANDROID})
        # An iPhone installs what is named a certificate; Android has to be made to store it, or it refuses there and then.
        self.answers = {
            PAGE: ("text/html; charset=utf-8", page.encode()),
            FOR_IPHONE: ("application/x-x509-ca-cert", content),
            FOR_ANDROID: ("application/octet-stream", content),
        }
        self.told = told
        super().__init__(address, Visit)

    def server_bind(self) -> None:
        """Without asking what this machine is called: where nobody answers that, it takes long."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = "", int(self.server_address[1])

    def open_for(self, seconds: float) -> None:
        """Answers until the time is over."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.handle_request()

    def handle_error(self, request: object, client_address: object) -> None:
        """A phone that goes away in the middle is no error of ours."""


class Visit(BaseHTTPRequestHandler):
    """One question of a phone."""

    server: Desk
    timeout = SILENCE

    def version_string(self) -> str:
        """Nothing about what answers."""
        return "Closeknit"

    def do_GET(self) -> None:
        """One of the three answers, or 404."""
        kind, content = self.server.answers.get(self.path, ("", b""))
        self.send_response(200 if kind else 404)
        for name, value in HEADERS.items():
            self.send_header(name, value)
        self.send_header("Content-Type", kind or "text/plain")
        self.send_header("Content-Length", str(len(content)))
        if self.path == FOR_ANDROID:
            self.send_header("Content-Disposition", 'attachment; filename="closeknit.crt"')
        self.end_headers()
        if self.command == "HEAD":
            return
        self.wfile.write(content)
        if kind and self.path != PAGE:
            self.server.told(str(self.client_address[0]))

    do_HEAD = do_GET

    def log_message(self, format: str, *arguments: object) -> None:
        """Nothing: who fetched it is told on the clerk's screen."""
