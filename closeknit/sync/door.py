"""The devices' door: plain ASGI functions in front of Django, `POST /api/v1/` push, enrol, pull and rescue."""

import asyncio
import gzip
import zlib
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import Any

from asgiref.sync import sync_to_async
from django.utils import translation

from closeknit.kit.text import Text
from closeknit.ledger.wire import MOST_BYTES, BadPush
from closeknit.sync.pushing import admit, live_connections, push
from closeknit.sync.receiving import Sent
from closeknit.sync.replies import BROKEN, Reply, broken, refused, told
from closeknit.sync.routes import ROUTES, Caller

BEGINNING = "/api/v1/"
PUSH = "push"
PATH = BEGINNING + PUSH
LONGEST_BODY_S = 60
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

TOO_LARGE = Text("A push has at most 2 MB. Send the records in smaller pushes.", "一次上传不超过 2 MB。请分批上传。")
NOT_GZIP = Text("The push says that it is gzip and is not.", "上传内容声明为 gzip，但无法解压。")
TOO_SLOW = Text(
    "The push did not arrive within {n} s. Send fewer records at once.", "上传超过 {n} 秒未完成，请减少每次上传的记录数。", n=LONGEST_BODY_S
)
ONLY_POST = Text("Send a push with POST.", "请使用 POST 上传。")


def with_devices_door(application: Application) -> Application:
    """The application, with the devices' door before it."""

    async def door(scope: Scope, receive_message: Receive, send: Send) -> None:
        route = scope["path"].removeprefix(BEGINNING) if scope["type"] == "http" else ""
        if (route in ROUTES or route == PUSH) and scope["path"] == BEGINNING + route:
            await _send(send, await _answered(route, scope, receive_message))
        else:
            await application(scope, receive_message, send)

    return door


async def _answered(route: str, scope: Scope, receive_message: Receive) -> Reply:
    headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
    caller = _caller(scope, headers)
    try:
        if scope["method"] != "POST":
            raise BadPush("method", ONLY_POST, 405)
        if route == PUSH:
            await admit(caller.device, caller.token)
        body = _unpacked(await _body(receive_message), headers)
        packs = "gzip" in headers.get("accept-encoding", "")
        if route == PUSH:
            return await push(Sent(body, caller.device, caller.token), language=caller.language, packs=packs)
        return await sync_to_async(_worked, thread_sensitive=False)(route, body, caller, packs)
    except BadPush as problem:
        return refused(problem, caller.language)
    except Exception as error:
        return broken(route, error, caller.language)


def _caller(scope: Scope, headers: Mapping[str, str]) -> Caller:
    scheme, _, token = headers.get("authorization", "").partition(" ")
    return Caller(
        device=headers.get("x-device", ""),
        token=token if scheme.lower() == "bearer" else "",
        language="en" if headers.get("accept-language", "").lower().startswith("en") else "zh-hans",
        address=str((scope.get("client") or ("",))[0]),
        server=f"{scope.get('scheme', 'http')}://{headers.get('host', '')}",
    )


def _worked(route: str, body: bytes, caller: Caller, packs: bool) -> Reply:
    with live_connections(), translation.override(caller.language):
        return told(ROUTES[route](body, caller), packs=packs)


async def _body(receive_message: Receive) -> bytes:
    """What was sent; who dribbles it is not waited for: a phone on a bad line sends smaller pushes, and nothing of this one is kept."""
    try:
        async with asyncio.timeout(LONGEST_BODY_S):
            return await _whole(receive_message)
    except TimeoutError as error:
        raise BadPush("push", TOO_SLOW, 408) from error


async def _whole(receive_message: Receive) -> bytes:
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive_message()
        if message["type"] == "http.disconnect":
            raise BadPush("push", BROKEN, 400)
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > MOST_BYTES:
            raise BadPush("push", TOO_LARGE, 413)
        if not message.get("more_body"):
            return b"".join(parts)


def _unpacked(body: bytes, headers: Mapping[str, str]) -> bytes:
    if headers.get("content-encoding") != "gzip":
        return body
    unpacking = zlib.decompressobj(wbits=31)
    try:
        unpacked = unpacking.decompress(body, MOST_BYTES + 1)
    except (zlib.error, gzip.BadGzipFile) as error:
        raise BadPush("push", NOT_GZIP) from error
    if len(unpacked) > MOST_BYTES:
        raise BadPush("push", TOO_LARGE, 413)
    if not unpacking.eof:  # cut off: what is left of it may be JSON all the same
        raise BadPush("push", NOT_GZIP)
    return unpacked


async def _send(send: Send, reply: Reply) -> None:
    headers = [(b"content-type", b"application/json"), (b"cache-control", b"no-store"), (b"vary", b"Accept-Encoding")]
    headers.append((b"x-content-type-options", b"nosniff"))
    if reply.packed:
        headers.append((b"content-encoding", b"gzip"))
    if reply.retry_after:
        headers.append((b"retry-after", str(reply.retry_after).encode()))
    await send({"type": "http.response.start", "status": reply.status, "headers": headers})
    await send({"type": "http.response.body", "body": reply.body})
