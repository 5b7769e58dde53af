"""The devices' door over HTTP: what a push is answered, and what it cannot do."""

import asyncio
import gzip
import json
import logging
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.db import connection, connections

from closeknit.asgi import application
from closeknit.ledger.models import Event
from closeknit.sync import door, gathering
from closeknit.sync.door import PATH
from closeknit.sync.models import Device, enrol
from closeknit.sync.pushing import PUSHES
from tests.town import WEST, Field, build

DEVICE = "D1"


@pytest.fixture
def token(transactional_db: None, tmp_path: Any) -> str:
    build(tmp_path)
    return enrol(DEVICE, area=WEST, by="test")


async def sent(body: bytes, *, token: str, device: str = DEVICE, method: str = "POST", **headers: str) -> tuple[int, dict[str, Any]]:
    """Sends a request through the ASGI application as a server would; status and JSON."""
    named = {"authorization": f"Bearer {token}", "x-device": device, "accept-language": "en", **headers}
    scope = {
        "type": "http", "method": method, "path": PATH, "query_string": b"", "root_path": "", "scheme": "http",
        "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in named.items()],
    }  # fmt: skip
    parts = [body[start : start + 65_536] for start in range(0, len(body), 65_536)] or [b""]
    told: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": parts.pop(0), "more_body": bool(parts)}

    async def send(message: Any) -> None:
        told.append(dict(message))

    await application(scope, receive, send)
    return told[0]["status"], json.loads(told[1]["body"])


def post(body: bytes, **rest: str) -> tuple[int, dict[str, Any]]:
    """The same of one request alone."""
    return together((body, rest))[0]


def together(*requests: tuple[bytes, dict[str, str]]) -> list[tuple[int, dict[str, Any]]]:
    """The same of requests that arrive at once."""

    async def served() -> list[tuple[int, dict[str, Any]]]:
        return await asyncio.gather(*(sent(body, **rest) for body, rest in requests))

    return run(served())


def run(served: Coroutine[Any, Any, Any]) -> Any:
    """Runs it in a loop of its own; when that ends, so do its threads, and their connections with them."""

    async def closing() -> Any:
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(1))  # one can be told to close its connection
        try:
            return await served
        finally:
            await sync_to_async(connections.close_all, thread_sensitive=False)()
            PUSHES.close()

    return asyncio.run(closing())


def push(*events: dict[str, Any], **rest: Any) -> bytes:
    return json.dumps({"v": 1, "device": DEVICE, "member": "W1", "pushed_at": Field().now.isoformat(), "events": events, **rest}).encode()


def visit(field: Field, **rest: Any) -> dict[str, Any]:
    return field.event("doorknock.visited", household="H1", data={"outcome": "met"}, clock_error=0, **rest)


def test_a_push_is_answered_by_id_and_says_what_is_missing(token: str):
    field = Field()
    first, _skipped, third = visit(field), visit(field), visit(field) | {"area": "999"}

    status, answer = post(push(first, third), token=token)

    assert status == 200
    assert [each["status"] for each in answer["answers"]] == ["accepted", "rejected"]
    assert (answer["held_to"], answer["missing"]) == (1, [2])


def test_a_packed_push_is_unpacked(token: str):
    status, answer = post(gzip.compress(push(visit(Field()))), token=token, content_encoding="gzip")

    assert (status, answer["answers"][0]["status"]) == (200, "accepted")


def test_the_server_keeps_its_own_clock(token: str):
    post(push(visit(Field()), received_at="2001-01-01T00:00:00+00:00"), token=token)

    assert Event.objects.get().received_at.year > 2020


@pytest.mark.parametrize(
    ("body", "change", "status", "field"),
    [
        (b"{", {}, 400, "push"),
        (b"x" * 5_000_000, {}, 413, "push"),
        (gzip.compress(b" " * 50_000_000), {"content_encoding": "gzip"}, 413, "push"),
        (b"no gzip", {"content_encoding": "gzip"}, 400, "push"),
        (gzip.compress(push(visit(Field())))[:-12], {"content_encoding": "gzip"}, 400, "push"),
        (gzip.compress(b'{"device": "D1"}' * 99)[:-12], {"content_encoding": "gzip"}, 400, "push"),
        (push(*[{}] * 100_000), {}, 413, "events"),
        (push(*[{}] * 1_001), {}, 413, "events"),
        (push(), {}, 400, "events"),
        (push({}), {"device": "D2"}, 401, "device"),
        (push({}, device="D9"), {}, 403, "device"),
        (push({}), {"authorization": "Bearer wrong"}, 401, "device"),
        (push({}), {"authorization": ""}, 401, "device"),
        (b"", {"method": "GET"}, 405, "method"),
    ],
)
def test_what_cannot_be_taken_says_why_and_leaves_nothing(token: str, body, change, status, field):
    answered, answer = post(body, **{"token": token, **change})

    assert (answered, answer["error"]) == (status, field)
    assert len(answer["text"]) > 10
    assert Event.objects.count() == 0


def test_a_revoked_device_is_told_so_by_its_token_alone(token: str):
    unknown = post(push(visit(Field())), token=token, device="D7")
    Device.objects.filter(code=DEVICE).update(revoked_at=Field().now)

    status, answer = post(push(visit(Field())), token=token)

    assert (status, answer["error"], answer["revoked"]) == (410, "device", True)
    assert post(push(visit(Field())), token="guessed") == unknown
    assert (unknown[0], "revoked" in unknown[1]) == (401, False)
    assert Event.objects.count() == 0


def test_the_token_itself_is_not_kept(token: str):
    assert token.encode() not in bytes(Device.objects.get().token_digest)


def test_a_failure_of_the_server_tells_the_device_and_not_the_log(token: str, caplog: pytest.LogCaptureFixture):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE ledger_event RENAME TO ledger_event_gone")
    try:
        with caplog.at_level(logging.DEBUG):
            status, answer = post(push(visit(Field()) | {"data": {"outcome": "met", "note": "张三丰"}}), token=token)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE ledger_event_gone RENAME TO ledger_event")

    assert (status, answer["error"]) == (503, "server")
    assert "张三丰" not in caplog.text
    assert "H1" not in caplog.text


def test_no_push_leaves_personal_words_in_the_log(token: str, caplog: pytest.LogCaptureFixture):
    secret = {"what": "person", "name": "张三丰", "phone": "19912345678"}
    with caplog.at_level(logging.DEBUG):
        post(push(Field().event("registry.found", data=secret)), token=token)
        post(push(Field().event("registry.found", data=secret | {"what": "张三丰"})), token=token)

    assert [word for word in ("张三丰", "19912345678") if word in caplog.text] == []


def test_a_stranger_does_not_take_the_turn_of_a_phone(token: str):
    strangers = [(push(visit(Field())), {"token": "made up"})] * gathering.MOST_OF_ONE

    *turned_away, (status, answer) = together(*strangers, (push(visit(Field())), {"token": token}))

    assert {each for each, _ in turned_away} == {401}
    assert (status, answer["answers"][0]["status"]) == (200, "accepted")


def test_what_a_stranger_sends_is_not_read(token: str):
    told: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        raise AssertionError

    async def send(message: Any) -> None:
        told.append(dict(message))

    headers = [(b"authorization", b"Bearer made up"), (b"x-device", DEVICE.encode())]
    run(application({"type": "http", "method": "POST", "path": PATH, "headers": headers}, receive, send))

    assert told[0]["status"] == 401


def test_what_is_turned_away_does_not_make_the_server_look_fast(token: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(PUSHES, "speed", 1.0)
    turned_away, _ = post(b" " * 1_000_000, token=token)
    after_nothing = PUSHES.speed

    recorded, _ = post(push(visit(Field())), token=token)

    assert (turned_away, after_nothing, recorded, PUSHES.speed > 1.0) == (400, 1.0, 200, True)


def test_who_dribbles_is_not_waited_for(token: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(door, "LONGEST_BODY_S", 0.05)
    sent: list[dict[str, Any]] = []

    async def never() -> dict[str, Any]:
        await asyncio.sleep(60)
        raise AssertionError

    async def send(message: Any) -> None:
        sent.append(dict(message))

    headers = [(b"authorization", f"Bearer {token}".encode()), (b"x-device", DEVICE.encode()), (b"accept-language", b"en")]
    run(application({"type": "http", "method": "POST", "path": PATH, "headers": headers}, never, send))

    assert sent[0]["status"] == 408
    assert "Send fewer records" in sent[1]["body"].decode()


def test_a_server_with_too_much_to_do_says_when_to_come_again(token: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(PUSHES, "weight", 10**9)
    monkeypatch.setattr(PUSHES, "speed", 10.0**8)
    monkeypatch.setattr(gathering, "LONGEST_WAIT_S", 5.0)

    status, answer = post(push(visit(Field())), token=token)

    assert (status, answer["error"]) == (503, "push")
    assert "in 10 s" in answer["text"]
    assert not Event.objects.exists()
