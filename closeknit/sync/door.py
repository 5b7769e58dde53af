"""The devices' door: a plain ASGI function in front of Django, `POST /api/v1/push`."""

import gzip
import logging
import zlib
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

import msgspec
from asgiref.sync import sync_to_async
from django.db import close_old_connections
from django.utils import translation

from closeknit.kit.text import Text
from closeknit.ledger.wire import MOST_BYTES, BadPush
from closeknit.sync.receiving import receive, refused

PATH = "/api/v1/push"
log = logging.getLogger("closeknit.sync")
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

TOO_LARGE = Text("A push has at most 2 MB. Send the records in smaller pushes.", "一次上传不超过 2 MB。请分批上传。")
NOT_GZIP = Text("The push says that it is gzip and is not.", "上传内容声明为 gzip，但无法解压。")
ONLY_POST = Text("Send a push with POST.", "请使用 POST 上传。")
BROKEN = Text("The server could not record the push. Nothing of it was kept; send it again later.", "服务器未能保存本次上传，请稍后重试。")


def with_devices_door(application: Application) -> Application:
    """The application, with the devices' door before it."""

    async def door(scope: Scope, receive_message: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] == PATH:
            await _push(scope, receive_message, send)
        else:
            await application(scope, receive_message, send)

    return door


async def _push(scope: Scope, receive_message: Receive, send: Send) -> None:
    headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
    language = "en" if headers.get("accept-language", "").lower().startswith("en") else "zh-hans"
    try:
        if scope["method"] != "POST":
            raise BadPush("method", ONLY_POST, 405)
        body = _unpacked(await _body(receive_message), headers)
        scheme, _, token = headers.get("authorization", "").partition(" ")
        answer = await sync_to_async(_received, thread_sensitive=False)(
            body, headers.get("x-device", ""), token if scheme.lower() == "bearer" else "", language
        )
        await _answer(send, 200, answer)
    except BadPush as problem:
        await _answer(send, problem.status, refused(problem, language))
    except Exception as error:  # the device must get an answer, and the log no word of what was pushed
        log.error("push failed: %s", type(error).__name__)
        await _answer(send, 503, refused(BadPush("server", BROKEN, 503), language), retry_after=30)


def _received(body: bytes, device: str, token: str, language: str) -> dict[str, Any]:
    close_old_connections()
    try:
        with translation.override(language):
            return receive(body, device=device, token=token)
    finally:
        close_old_connections()


async def _body(receive_message: Receive) -> bytes:
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


def _unpacked(body: bytes, headers: dict[str, str]) -> bytes:
    if headers.get("content-encoding") != "gzip":
        return body
    try:
        unpacked = zlib.decompressobj(wbits=31).decompress(body, MOST_BYTES + 1)
    except (zlib.error, gzip.BadGzipFile) as error:
        raise BadPush("push", NOT_GZIP) from error
    if len(unpacked) > MOST_BYTES:
        raise BadPush("push", TOO_LARGE, 413)
    return unpacked


async def _answer(send: Send, status: int, content: dict[str, Any], *, retry_after: int = 0) -> None:
    headers = [(b"content-type", b"application/json"), (b"cache-control", b"no-store")]
    if retry_after:
        headers.append((b"retry-after", str(retry_after).encode()))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": msgspec.json.encode(content)})
