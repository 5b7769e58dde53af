"""A started server, reached as a phone reaches it: by https, with the local authority as the only root of trust."""

import contextlib
import os
import re
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from pathlib import Path

import pytest

from closeknit.console.certificates.asking import shown_at
from tests.field.phones import free_port

PROGRAM = Path(sys.executable).parent / "closeknit"
PEM = re.compile(r"-----BEGIN|PRIVATE KEY")


class Box:
    """A box in a town hall: a home of its own, settings, and what its server printed."""

    def __init__(self, home: Path) -> None:
        self.home, self.port, self.printed = home, free_port(), home / "printed"
        own = {"HOME": str(home), "BIND": f"127.0.0.1:{self.port}", "TLS": "on", "HOSTS": "localhost,127.0.0.1,townhall.local"}
        app = home / "app/field"
        app.mkdir(parents=True)
        (app / "index.html").write_text("<title>Field</title>")
        own |= {"FIELD_APP": str(app.parent), "DATABASE_URL": f"sqlite:///{home}/closeknit.db", "LANGUAGE": "en"}
        self.settings = {"DJANGO_SETTINGS_MODULE": "closeknit.settings"} | {f"CLOSEKNIT_{name}": value for name, value in own.items()}

    def typed(self, *words: str) -> str:
        """What a command prints, on both streams."""
        done = subprocess.run([PROGRAM, *words], capture_output=True, text=True, env=os.environ | self.settings)
        assert done.returncode == 0, done.stderr
        return done.stdout + done.stderr

    @contextlib.contextmanager
    def serving(self) -> Iterator[None]:
        """The server, from when it answers until the block ends."""
        with (
            self.printed.open("a") as log,
            subprocess.Popen([PROGRAM, "serve"], stdout=log, stderr=log, env=os.environ | self.settings) as server,
        ):
            try:
                self._wait(server)
                yield
            finally:
                server.terminate()
                server.wait(30)

    def _wait(self, server: "subprocess.Popen[bytes]") -> None:
        for _ in range(300):
            assert server.poll() is None, self.printed.read_text()
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
                return
            time.sleep(0.1)
        raise AssertionError(self.printed.read_text())

    def get(self, path: str, name: str = "localhost", roots: Path | None = None) -> HTTPResponse:
        """A page by https under a name, with these roots of trust; the connection always goes to this machine."""
        trust = ssl.create_default_context(cafile=roots or self.home / "tls/authority.crt")
        connection = HTTPSConnection("127.0.0.1", self.port, timeout=20)
        plain = socket.create_connection(("127.0.0.1", self.port), 20)
        connection.sock = trust.wrap_socket(plain, server_hostname=name)
        connection.request("GET", path, headers={"Host": f"{name}:{self.port}"})
        return connection.getresponse()


@pytest.fixture(scope="module")
def box(tmp_path_factory: pytest.TempPathFactory) -> Box:
    """A box whose database is there."""
    made = Box(tmp_path_factory.mktemp("box"))
    made.typed("migrate")
    return made


def test_a_phone_reaches_the_box_by_https_and_trusts_it_after_a_renewal(box: Box):
    said = box.typed("certificate", "--name", "townhall.local", "--days", "30")
    with box.serving():
        for name in ("townhall.local", "localhost", "127.0.0.1"):
            assert (box.get("/field/", name).status, box.get("/field/", name).read()) == (200, b"<title>Field</title>")
        seen, refusal = shown_at(f"https://127.0.0.1:{box.port}")
        assert (seen and seen.names[0], refusal) == ("townhall.local", "unable to get local issuer certificate")
        signing_in = box.get("/sign-in/")
        assert (signing_in.status, signing_in.headers["Strict-Transport-Security"]) == (200, None)
        assert "Secure" in signing_in.headers["Set-Cookie"]
        with pytest.raises(ssl.SSLCertVerificationError, match="Hostname mismatch"):
            box.get("/field/", "bank.example")
        with pytest.raises(ssl.SSLCertVerificationError, match="unable to get local issuer"):
            box.get("/field/", roots=_another_root(box))
        with pytest.raises((HTTPException, OSError)):
            by_plain_http(box.port)

    authority = (box.home / "tls/authority.crt").read_bytes()
    said += box.typed("certificate")
    with box.serving():
        assert box.get("/field/", "townhall.local").status == 200

    assert (box.home / "tls/authority.crt").read_bytes() == authority
    assert PEM.search(said + box.printed.read_text()) is None


def _another_root(box: Box) -> Path:
    """An authority that did not make the server's certificate."""
    other = Box(box.home / "other")
    other.typed("certificate")
    return other.home / "tls/authority.crt"


def by_plain_http(port: int) -> int:
    """The status of a page by plain http."""
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", "/field/")
    return connection.getresponse().status


def test_behind_a_web_server_with_https_nobody_is_sent_round_in_circles(tmp_path: Path, box: Box):
    behind = Box(tmp_path)
    behind.settings["CLOSEKNIT_DATABASE_URL"] = box.settings["CLOSEKNIT_DATABASE_URL"]
    with behind.serving():
        found = {}
        for scheme in ("https", "http"):
            connection = HTTPConnection("127.0.0.1", behind.port, timeout=20)
            connection.request("GET", "/sign-in/", headers={"X-Forwarded-Proto": scheme})
            answer = connection.getresponse()
            found[scheme] = (answer.status, answer.headers["Location"])

    assert found == {"https": (200, None), "http": (301, f"https://127.0.0.1:{behind.port}/sign-in/")}
