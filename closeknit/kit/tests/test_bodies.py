"""What a request may bring at most, whoever sends it."""

import asyncio
import os
import tempfile
from typing import Any

import pytest
from django.core.handlers.asgi import ASGIHandler

from closeknit.asgi import application
from closeknit.kit.bodies import MOST_BYTES, with_bounded_bodies
from closeknit.settings import FILE_UPLOAD_MAX_MEMORY_SIZE


def answered(app: Any, *chunks: bytes, announced: int | None = None) -> tuple[list[int], list[int]]:
    """The statuses that were sent, and the sizes of the chunks that were asked for."""
    headers = [(b"host", b"localhost"), (b"content-type", b"multipart/form-data; boundary=b")]
    if announced is not None:
        headers.append((b"content-length", str(announced).encode()))
    scope = {
        "type": "http", "method": "POST", "path": "/sign-in/", "query_string": b"", "root_path": "", "scheme": "http", "headers": headers,
    }  # fmt: skip
    left, asked, statuses = list(chunks), [], []

    async def receive() -> dict[str, Any]:
        if asked and not left:
            await asyncio.Event().wait()  # whoever sent the body waits for the answer
        body = left.pop(0) if left else b""
        asked.append(len(body))
        return {"type": "http.request", "body": body, "more_body": bool(left)}

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            statuses.append(message["status"])

    asyncio.run(app(scope, receive, send))
    return statuses, asked


def test_a_body_that_announces_too_much_is_refused_before_it_is_read():
    assert answered(application, b"x" * 10, announced=MOST_BYTES + 1) == ([413], [])


def test_a_body_that_hides_its_length_is_cut_off():
    small = with_bounded_bodies(ASGIHandler(), most=1_000_000)

    statuses, asked = answered(small, *[b"x" * 400_000] * 9)

    assert (statuses, asked) == ([413], [400_000] * 3)


@pytest.mark.django_db
@pytest.mark.parametrize("announced", [None, 10, "a few"])
def test_a_body_within_the_bound_reaches_the_pages(announced: Any):
    statuses, _ = answered(application, b"x" * 10, announced=announced)

    assert statuses == [403], "the page itself refuses it: it brings no token against forged forms"


@pytest.mark.django_db
@pytest.mark.parametrize(("in_memory", "written"), [(FILE_UPLOAD_MAX_MEMORY_SIZE, False), (2_500_000, True)])
def test_a_scan_touches_no_disk_in_the_clear(in_memory: int, written: bool, settings: Any, monkeypatch: pytest.MonkeyPatch):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = in_memory
    made: list[str] = []
    real = os.open
    monkeypatch.setattr(os, "open", lambda path, *rest, **named: (made.append(str(path)), real(path, *rest, **named))[1])

    answered(application, *[b"x" * 1_000_000] * 10)

    assert any(path.startswith(tempfile.gettempdir()) for path in made) is written
