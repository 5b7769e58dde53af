"""`closeknit serve`: starts the web server."""

import errno
import socket
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.db import connections
from granian import Granian
from granian.constants import Interfaces

from closeknit import environment
from closeknit.console.certificates import serving
from closeknit.console.doctor.database import pending_migrations
from closeknit.kit.command import Speaking
from closeknit.kit.text import Text

STOPPING_S = 10
LEAVING_S = 3  # so long a server that was just stopped may take to leave its port
BEHIND = Text(
    "The database is behind the program by {count} migration{count:s} (first: {first}). Make a backup, then type: closeknit migrate",
    "数据库比程序旧，还有 {count} 项迁移未执行（第一项：{first}）。请先备份，再运行：closeknit migrate",
)
ADDRESS = Text(
    "CLOSEKNIT_BIND is {value}. Allowed: ADDRESS:PORT, for example 127.0.0.1:8000.",
    "CLOSEKNIT_BIND 的值是 {value}。应为“地址:端口”，例如 127.0.0.1:8000。",
)
TAKEN = Text(
    "{value} is taken: Closeknit, or another program, answers there already. Stop it, or take another port, for example: "
    "CLOSEKNIT_BIND=127.0.0.1:8080",
    "{value} 已被占用：织密或其他程序正在使用。请先停止它，或改用其他端口，例如 CLOSEKNIT_BIND=127.0.0.1:8080",
)
CLOSED = Text("Nothing can listen on {value}: {reason}.", "无法在 {value} 上启动服务：{reason}。")
OPEN = Text("Closeknit answers at {url} (stop with Ctrl-C).", "织密已启动：{url}（按 Ctrl-C 停止）。")


def bind() -> tuple[str, int]:
    """Address and port of CLOSEKNIT_BIND."""
    value = environment.text("CLOSEKNIT_BIND")
    address, _, port = value.rpartition(":")
    if not address or not port.isdecimal() or not 0 < int(port) < 65536:
        raise CommandError(str(ADDRESS.format(value=value)))
    return address.strip("[]"), int(port)


def refuse_taken(address: str, port: int) -> None:
    """Refuses where something listens there already: the system would share the visitors out between both programs."""
    until = time.monotonic() + LEAVING_S
    while error := hindrance(address, port):
        taken = error.errno == errno.EADDRINUSE
        if not taken or time.monotonic() > until:
            text = TAKEN if taken else CLOSED
            raise CommandError(str(text.format(value=f"{address}:{port}", reason=error.strerror))) from error
        time.sleep(0.1)


def hindrance(address: str, port: int) -> OSError | None:
    """What the system says against listening there; None where one can."""
    with socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # what was closed a moment ago is free
        try:
            probe.bind((address, port))
        except OSError as error:
            return error
    return None


def certificate() -> tuple[Path, Path] | None:
    """The files of certificate and key to show; None for plain http."""
    try:
        return serving.pair()
    except serving.NotReady as refusal:
        raise CommandError(str(refusal)) from refusal


class Command(Speaking):
    """One process: SQLite has one writer, and a district's load fits; more machines come before more processes."""

    summary = Text("Start the web server.", "启动网页服务。")
    example = "closeknit serve\nCLOSEKNIT_BIND=127.0.0.1:8080 closeknit serve"

    def handle(self, *args: Any, **options: Any) -> None:
        """Serves until it is stopped; refuses where the database is behind the program."""
        address, port = bind()
        refuse_taken(address, port)
        if behind := pending_migrations():
            raise CommandError(str(BEHIND.format(count=len(behind), first=behind[0])))
        files = certificate()
        connections.close_all()
        host = "localhost" if address in {"127.0.0.1", "::1", "0.0.0.0"} else address  # noqa: S104  (only to print it)
        scheme = "https" if environment.switch("CLOSEKNIT_TLS") else "http"
        if warning := serving.warning():
            self.stderr.write(str(warning))
        self.stdout.write(str(OPEN.format(url=f"{scheme}://{host}:{port}/")))
        self.stdout.flush()
        Path(settings.STATIC_ROOT).mkdir(mode=0o700, exist_ok=True)
        server = Granian(
            "closeknit.asgi:application",
            address=address,
            port=port,
            interface=Interfaces.ASGINL,
            workers=1,
            websockets=False,
            respawn_failed_workers=True,
            workers_kill_timeout=STOPPING_S,  # a page that is being made may wait for ever; what was acknowledged is on the disk
            log_access=False,  # addresses of pages name areas and households
            ssl_cert=files[0] if files else None,
            ssl_key=files[1] if files else None,
        )
        server.serve()
