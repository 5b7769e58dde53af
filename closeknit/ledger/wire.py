"""The wire format: a push as it comes in, taken apart without judging it."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import msgspec

from closeknit.kit.clock import can_be_meant
from closeknit.kit.sealing import blind
from closeknit.kit.text import Text

VERSION = 1
MOST_BYTES = 2_000_000
MOST_EVENTS = 1_000
LONGEST_TEXT = 4_000
DEEPEST_DATA = 4

_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")
_ESCAPE = re.compile(rb"\\(?:u[dD][89abAB]..\\u[dD][c-fC-F]..|(u[dD][89a-fA-F]..)|.)", re.DOTALL)  # group 1: a half alone


class BadPush(Exception):
    """A push that cannot be taken apart; nothing of it was recorded. `status` is the HTTP status; retry_after: in how many seconds it
    may come again (0: that changes nothing)."""

    def __init__(self, field: str, text: Text, status: int = 400, *, retry_after: int = 0) -> None:
        super().__init__(f"{field}: {text.en}")
        self.field, self.text, self.status, self.retry_after = field, text, status, retry_after


@dataclass(frozen=True)
class Hand:
    """What is known of a push that came from a phone. flags: what is marked on each of its records; usual: the kinds that the member's
    work brings with it, None where that is not known."""

    flags: tuple[str, ...] = ()
    usual: Collection[str] | None = None


@dataclass(frozen=True)
class Push:
    """One push: whose records, what both clocks read, and the records as they came. live: it is coming in now, so that the moment at
    which its records count as received is read within the writing transaction, after those that were sealed before it. hand: what is
    known of the phone that brought it; None: it came by no phone."""

    device: str
    member: str
    events: Sequence[Any] = field(repr=False)
    pushed_at: datetime | None
    received_at: datetime
    live: bool = False
    hand: Hand | None = None


def take_apart(body: bytes, *, received_at: datetime | None) -> Push:
    """A push from its JSON. `received_at` is the server's clock; only a scenario brings its own (None). Raises `BadPush`."""
    if len(body) > MOST_BYTES:
        raise BadPush(
            "push",
            Text(
                "A push has at most 2 MB; this one has {n} bytes. Send the records in smaller pushes.",
                "一次上传不超过 2 MB，本次为 {n} 字节。请分批上传。",
                n=len(body),
            ),
            413,
        )
    try:
        raw = msgspec.json.decode(_mended(body))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BadPush(
            "push", Text("The push is not JSON in UTF-8. Send one JSON object.", "上传内容不是 UTF-8 编码的 JSON。请发送一个 JSON 对象。")
        ) from error
    return from_mapping(raw, received_at=received_at)


def _mended(body: bytes) -> bytes:
    """The JSON with U+FFFD where it escapes half of a surrogate pair, as JavaScript does with a text that was cut within a sign: one
    such word must not hold back the other records of its push for ever."""
    if _SURROGATE.search(body) is None:
        return body
    return _ESCAPE.sub(lambda found: rb"\ufffd" if found[1] else found[0], body)


def from_mapping(raw: Any, *, received_at: datetime | None) -> Push:
    """A push from its decoded JSON. Raises `BadPush` with the field and the remedy."""
    if not isinstance(raw, Mapping):
        raise BadPush("push", Text("A push is one JSON object.", "上传内容应为一个 JSON 对象。"))
    version = raw.get("v", VERSION)
    if isinstance(version, bool) or not isinstance(version, int) or not 1 <= version <= VERSION:
        raise BadPush(
            "v",
            Text(
                "This server reads version {n} of the format. Update the app or the server.",
                "本服务器支持第 {n} 版格式。请更新。",
                n=VERSION,
            ),
        )
    events = raw.get("events")
    if not isinstance(events, list) or not events:
        raise BadPush("events", Text("`events` is a list of 1 to 1,000 records.", "events 应为 1 至 1000 条记录的列表。"))
    if len(events) > MOST_EVENTS:
        raise BadPush(
            "events",
            Text(
                "A push has at most 1,000 records; this one has {n}. Send them in several pushes.",
                "一次上传不超过 1000 条记录，本次为 {n} 条。请分批上传。",
                n=len(events),
            ),
            413,
        )
    return Push(
        device=_word(raw, "device"),
        member=_word(raw, "member"),
        events=events,
        pushed_at=_time(raw, "pushed_at") if raw.get("pushed_at") else None,
        received_at=received_at or _time(raw, "received_at"),
        live=received_at is not None,
    )


def _word(raw: Mapping[str, Any], name: str) -> str:
    value = raw.get(name)
    if not isinstance(value, str) or not 0 < len(value) <= 80 or not value.isprintable():
        raise BadPush(name, Text("`{field}` is a code of 1 to 80 characters.", "{field} 应为 1 至 80 个字符的编码。", field=name))
    return value


def _time(raw: Mapping[str, Any], name: str) -> datetime:
    try:
        moment = datetime.fromisoformat(str(raw.get(name)))
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None or not can_be_meant(moment):
        raise BadPush(name, Text("`{field}` is an ISO 8601 time with offset.", "{field} 应为带时区的 ISO 8601 时间。", field=name))
    return moment


def content_digest(event: Mapping[str, Any], *, at: Any, data: Any) -> bytes:
    """A keyed digest of what makes two records the same: kind, at, area, references, corrects and data."""
    parts = [event.get("kind"), str(at), *(event.get(name) or None for name in ("area", "person", "household", "place", "corrects")), data]
    return blind(msgspec.json.encode(parts, order="deterministic").decode(), purpose="content")


def cleaned(value: Mapping[str, Any]) -> dict[str, Any]:
    """The data without null, "" and []: on the wire these are the same as missing. Only the outermost level is cleaned."""
    return {name: each for name, each in value.items() if each is not None and each != "" and each != []}
