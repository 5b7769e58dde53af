"""A bound to what a request may bring, before anything of it is kept: without one whoever reaches the server could fill its disk."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

MOST_BYTES = 100_000_000
WORDS = (
    "This is more than {n} MB. Send it in smaller files.\n",
    "内容超过 {n} MB。请拆分后分批上传。\n",
)
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]


def with_bounded_bodies(application: Application, *, most: int = MOST_BYTES) -> Application:
    """The application, which never sees more than `most` bytes of a body; more is answered with 413, whatever length was announced."""

    async def bounded(scope: Scope, receive: Receive, send: Send) -> None:
        size = 0

        async def counted() -> MutableMapping[str, Any]:
            nonlocal size
            message = await receive()
            size += len(message.get("body", b""))
            return message if size <= most else {"type": "http.disconnect"}

        async def sent(message: MutableMapping[str, Any]) -> None:
            if size <= most:
                await send(message)

        if scope["type"] != "http":
            await application(scope, receive, send)
        elif _announced(scope) > most:
            await _refuse(send, most)
        else:
            await application(scope, counted, sent)
            if size > most:
                await _refuse(send, most)

    return bounded


def _announced(scope: Scope) -> int:
    said = dict(scope["headers"]).get(b"content-length", b"")
    return int(said) if said.isdigit() else 0


async def _refuse(send: Send, most: int) -> None:
    words = "".join(line.format(n=most // 1_000_000) for line in WORDS).encode()
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store"), (b"x-content-type-options", b"nosniff")]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": words})
