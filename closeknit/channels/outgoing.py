"""The one way in which the server asks something of another host: https, a host that is allowed, no redirect, no proxy, little patience."""

import http.client
import ipaddress
import json
import socket
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

from closeknit.channels.outcomes import Failed

HOSTS: Mapping[str, str] = {"wecom": "qyapi.weixin.qq.com", "dingtalk": "oapi.dingtalk.com", "feishu": "open.feishu.cn"}
SECONDS, ALTOGETHER, MOST_BYTES = 8.0, 20.0, 65_536
LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True)
class Reply:
    """What came back."""

    status: int
    body: bytes

    def said(self) -> dict[str, Any]:
        """The body as an object; empty where it is none."""
        try:
            found = json.loads(self.body)
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}


def is_allowed(url: str, kind: str) -> bool:
    """Whether messages may go there: https to the robot's own host or one that the operator named; to this machine only in tests."""
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        return False
    if parts.username or parts.password or parts.fragment:
        return False
    if host in LOOPBACK:
        return bool(settings.OUTGOING_TO_LOOPBACK)
    known = host == HOSTS.get(kind) and port in (None, 443)
    return parts.scheme == "https" and (known or host in settings.OUTGOING_HOSTS)


def post(url: str, body: Mapping[str, Any], kind: str, headers: Mapping[str, str] | None = None) -> Reply:
    """Sends JSON and gives the answer. Raises Failed: blocked, unreachable, tls (nothing arrived), or uncertain (it may have)."""
    if not is_allowed(url, kind):
        raise Failed("blocked")
    parts = urlsplit(url)
    content = json.dumps(body, ensure_ascii=False).encode()
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    connection = _connected(parts)
    try:
        connection.request("POST", path or "/", content, {"Content-Type": "application/json; charset=utf-8", **(headers or {})})
        answer = connection.getresponse()
        return Reply(answer.status, _read(answer))
    except (OSError, http.client.HTTPException) as error:
        raise Failed("uncertain") from error
    finally:
        connection.close()


def _read(answer: http.client.HTTPResponse) -> bytes:
    ends, found = time.monotonic() + ALTOGETHER, b""
    while len(found) < MOST_BYTES and (piece := answer.read1(MOST_BYTES - len(found))):
        found += piece
        if time.monotonic() > ends:
            raise TimeoutError
    return found


def _connected(parts: SplitResult) -> http.client.HTTPConnection:
    """A connection to an address that was looked at, so that a name cannot lead elsewhere between look and use."""
    host, secure = parts.hostname or "", parts.scheme == "https"
    port = parts.port or (443 if secure else 80)
    try:
        address = _address(host, port)
        plain = socket.create_connection((address, port), SECONDS)
    except OSError as error:
        raise Failed("unreachable") from error
    connection = http.client.HTTPConnection(host, port, timeout=SECONDS)
    try:
        connection.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=host) if secure else plain
    except (ssl.SSLError, OSError) as error:
        plain.close()
        raise Failed("tls") from error
    return connection


def _address(host: str, port: int) -> str:
    """The host's first address, if all of them may be spoken to. Raises Failed, or OSError for a name that nobody knows."""
    found = [str(each[4][0]) for each in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not found or not all(may_be_reached(each, named=host in settings.OUTGOING_HOSTS) for each in found):
        raise Failed("blocked")
    return found[0]


def may_be_reached(address: str, *, named: bool) -> bool:
    """Whether an address may be spoken to: public ones; private ones only of a host that the operator named; this machine only in tests."""
    found = ipaddress.ip_address(address)
    if found.is_loopback:
        return bool(settings.OUTGOING_TO_LOOPBACK)
    if found.is_link_local or found.is_multicast or found.is_unspecified or found.is_reserved:
        return False
    return found.is_global or named
