"""Judging one record on its own: is it a known kind, complete, of the right types, at a possible time?"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec

from closeknit.kit.text import Text
from closeknit.ledger.fields import CODE_LENGTH, Invalid, parse_time
from closeknit.ledger.kinds import REFERENCES, Kind, Mentions, Reference, Said, kinds
from closeknit.ledger.wire import DEEPEST_DATA, LONGEST_TEXT, Push, cleaned, content_digest

CLOCK_TOLERANCE_S = 120
FURTHEST_AHEAD = timedelta(hours=24)
LARGEST_CLOCK_ERROR_S = 10 * 366 * 86_400
LARGEST_NUMBER = 10**15  # a thousand of them still add up in every database
LARGEST_WHOLE = 2**31 - 1  # what a column for a count holds
AREA_LENGTH = 32
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


@dataclass
class Judged:
    """A record that is valid by itself; whether the codes it names are known is not yet asked."""

    id: UUID
    kind: Kind
    at: datetime
    said_at: datetime
    clock_error: float | None
    seq: int
    area: str
    person: str
    household: str
    place: str
    corrects: UUID | None
    data: dict[str, Any]
    said: Said
    digest: bytes
    push: Push
    mentions: Sequence[tuple[Reference, str]]  # the codes that must be known


def judge(raw: Any, push: Push) -> Judged:
    """The record, taken apart and checked. Raises `Invalid` with the field, the reason and what is allowed."""
    if not isinstance(raw, Mapping):
        raise Invalid("event", "wrong_type", Text("A record is a JSON object.", "记录应为 JSON 对象。"))
    event_id = _uuid(raw, "id")
    kind = kinds().get(str(raw.get("kind")))
    if kind is None or not isinstance(raw.get("kind"), str):
        raise Invalid(
            "kind", "unknown_kind", Text("This kind of record is not known here. Update the app.", "未知的记录类型。请更新应用。")
        )
    if push.hand and not kind.by_phone:
        raise Invalid("kind", "not_by_phone", Text("No phone may say this. Do it at the console.", "手机不能登记此类事项，请在后台办理。"))
    seq = raw.get("seq")
    if isinstance(seq, bool) or not isinstance(seq, int) or not 1 <= seq < 2**62:
        raise Invalid("seq", "wrong_type", Text("`seq` is a whole number from 1.", "seq 应为从 1 起的整数。"))
    said_at = _at(raw)
    error = clock_error(raw, push)
    corrects = _uuid(raw, "corrects") if raw.get("corrects") not in (None, "") else None
    area = _code(raw, "area", AREA_LENGTH)
    if not area:
        raise Invalid("area", "missing", Text("Every record names the area where it happened.", "每条记录须写明发生地区。"))
    references = {name: _code(raw, name, CODE_LENGTH) for name in REFERENCES}
    data, said = judged_data(raw, kind)
    _require_references(kind, references)
    _require_reason(kind, corrects, data)
    at = said_at + timedelta(seconds=error) if error and abs(error) > CLOCK_TOLERANCE_S else said_at
    if at > push.received_at + FURTHEST_AHEAD:
        raise Invalid(
            "at",
            "future_time",
            Text("The time lies more than a day ahead of the server's. Set the phone's clock.", "时间比服务器快一天以上。请校准手机时间。"),
        )
    said.check()
    return Judged(
        id=event_id, kind=kind, at=at, said_at=said_at, clock_error=error, seq=seq, area=area, corrects=corrects,
        data=data, said=said, digest=content_digest(raw, at=said_at.isoformat(), data=data), push=push, **references,
        mentions=[*((name, code) for name, code in references.items() if code), *_mentioned(said, data)],
    )  # fmt: skip


def digest_of(raw: Any) -> bytes:
    """The content digest of a record in whatever state: times compare as moments where they can be read."""
    if not isinstance(raw, Mapping):
        return content_digest({}, at="", data=raw)
    data = raw.get("data") or {}
    try:
        at: object = _at(raw).astimezone(UTC).isoformat()
    except Invalid:
        at = raw.get("at")
    return content_digest(raw, at=at, data=cleaned(data) if isinstance(data, Mapping) else data)


def clock_error(raw: Mapping[str, Any], push: Push) -> float | None:
    """Seconds by which the server's clock was ahead of the device's: the record's own, else the push's."""
    own = raw.get("clock_error")
    if own is None:
        return (push.received_at - push.pushed_at).total_seconds() if push.pushed_at else None
    if isinstance(own, bool) or not isinstance(own, int | float) or not abs(own) <= LARGEST_CLOCK_ERROR_S:
        raise Invalid(
            "clock_error",
            "wrong_type",
            Text("`clock_error` is a number of seconds, at most ten years either way.", "clock_error 应为秒数，前后不超过十年。"),
        )
    return float(own)


def judged_data(raw: Mapping[str, Any], kind: Kind) -> tuple[dict[str, Any], Said]:
    """The data without what is the same as missing, and the same as the kind's own struct."""
    data = raw.get("data")
    if data is None:
        data = {}
    if not isinstance(data, Mapping):
        raise Invalid("data", "wrong_type", Text("`data` is a JSON object.", "data 应为 JSON 对象。"))
    _measure_data(data, "data", 1)
    data = cleaned(data)
    for name in kind.integers & data.keys():
        if isinstance(data[name], float):
            raise Invalid(f"data.{name}", "wrong_type", Text("This is a whole number, without a decimal point.", "应为整数，不带小数点。"))
        if isinstance(data[name], int) and abs(data[name]) > LARGEST_WHOLE:
            raise Invalid(f"data.{name}", "too_large", Text("This must be at most {n}.", "此项不得大于 {n}。", n=LARGEST_WHOLE))
    try:
        said = msgspec.convert(data, kind.said, strict=True)
    except msgspec.ValidationError as error:
        raise _invalid(error, kind) from error
    for name in kind.moments & data.keys():
        try:
            parse_time(data[name])
        except ValueError as error:
            raise Invalid(
                f"data.{name}",
                "wrong_time",
                Text(
                    "A time is ISO 8601 with offset, or a bare day such as 2022-03-18.",
                    "时间应为带时区的 ISO 8601 格式，或日期如 2022-03-18。",
                ),
            ) from error
    return data, said


def _measure_data(value: Any, path: str, depth: int) -> None:
    if isinstance(value, str):
        if len(value) > LONGEST_TEXT:
            raise Invalid(path, "too_long", Text("A text has at most 4,000 characters.", "文字不超过 4000 字。"))
        if not is_storable(value):
            raise Invalid(
                path, "bad_character", Text("The text holds a character that is none. Type it again.", "文字中含有无效字符。请重新填写。")
            )
    elif isinstance(value, int | float):
        if not abs(value) <= LARGEST_NUMBER:
            raise Invalid(path, "too_large", Text("A number has at most 15 digits before the point.", "数字整数部分不超过 15 位。"))
    elif isinstance(value, Mapping | list):
        if depth > DEEPEST_DATA:
            raise Invalid(path, "too_deep", Text("`data` nests at most 4 levels.", "data 嵌套不超过 4 层。"))
        for name, each in value.items() if isinstance(value, Mapping) else enumerate(value):
            if isinstance(name, str) and not is_storable(name):
                raise Invalid(path, "bad_character", Text("A field's name holds a character that is none.", "字段名含有无效字符。"))
            _measure_data(each, f"{path}.{name}"[:60], depth + 1)


def is_storable(text: str) -> bool:
    """Whether every database takes the text: no NUL, no half of a surrogate pair."""
    return "\x00" not in text if text.isascii() else _UNSTORABLE.search(text) is None


def _invalid(error: msgspec.ValidationError, kind: Kind) -> Invalid:
    message = str(error)
    missing = re.search(r"missing required field `([^`]+)`", message)
    if missing:
        remedy = next((shape.field.help for shape in kind.shapes if shape.name == missing[1]), None)
        required = (
            Text("This field is required. {remedy}", "此项必填。{remedy}") if remedy else Text("This field is required.", "此项必填。")
        )
        return Invalid(f"data.{missing[1]}", "missing", required.format(remedy=remedy))
    place = re.search(r"at `\$\.([^`\[]+)", message)
    name = f"data.{place[1]}" if place else "data"
    bound = re.search(r"(>=|<=) (-?[\d.]+)", message)
    if bound:
        remedy = next((shape.field.help for shape in kind.shapes if shape.name == (place and place[1])), None)
        least = Text("This must be at least {n}. {remedy}", "此项不得小于 {n}。{remedy}")
        said = least if bound[1] == ">=" else Text("This must be at most {n}. {remedy}", "此项不得大于 {n}。{remedy}")
        return Invalid(name, "wrong_type", said.format(n=bound[2], remedy=remedy or ""))
    if "enum value" in message:
        return Invalid(name, "unknown_code", Text("This is not one of the allowed codes.", "不是允许的代码。"))
    return Invalid(
        name, "wrong_type", Text("The value has the wrong type or lies outside what is allowed.", "取值类型不对或超出允许范围。")
    )


def _uuid(raw: Mapping[str, Any], name: str) -> UUID:
    value = raw.get(name)
    try:
        if not isinstance(value, str) or len(value) != 36:
            raise ValueError
        return UUID(value)
    except ValueError as error:
        raise Invalid(name, "wrong_type", Text("`{field}` is a UUID.", "{field} 应为 UUID。", field=name)) from error


def _at(raw: Mapping[str, Any]) -> datetime:
    try:
        value = parse_time(str(raw.get("at")), day_allowed=False)
        assert isinstance(value, datetime)
        return value.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise Invalid("at", "wrong_time", Text("`at` is an ISO 8601 time with offset.", "at 应为带时区的 ISO 8601 时间。")) from error


def _code(raw: Mapping[str, Any], name: str, longest: int) -> str:
    value = raw.get(name)
    if value in (None, ""):
        return ""
    if not isinstance(value, str) or len(value) > longest or not is_storable(value):
        raise _no_code(name, longest)
    return value


def _mentioned(said: Said, data: Mapping[str, Any]) -> Mentions:
    """The codes in the data that must be known: one that no column holds is none, and the record cannot wait for it."""
    for reference, code in said.mentions():
        if len(code) > CODE_LENGTH:
            raise _no_code(next(f"data.{name}" for name, value in data.items() if code in (value if isinstance(value, list) else [value])))
        yield reference, code


def _no_code(name: str, longest: int = CODE_LENGTH) -> Invalid:
    return Invalid(
        name,
        "wrong_type",
        Text("`{field}` is a code of at most {n} characters.", "{field} 应为不超过 {n} 个字符的编码。", field=name, n=longest),
    )


def _require_references(kind: Kind, references: Mapping[Reference, str]) -> None:
    for name in kind.needs:
        if not references[name]:
            raise Invalid(name, "missing", Text("This record must name a {field}.", "此类记录必须写明 {field}。", field=name))
    if kind.needs_one_of and not any(references[name] for name in kind.needs_one_of):
        raise Invalid(kind.needs_one_of[0], "missing", Text("This record must name a household or a person.", "此类记录必须写明户或人员。"))


def _require_reason(kind: Kind, corrects: UUID | None, data: Mapping[str, Any]) -> None:
    if kind.name == "ledger.voided" and corrects is None:
        raise Invalid("corrects", "missing", Text("Say which record is withdrawn.", "请写明作废哪条记录。"))
    if corrects is not None and not (isinstance(data.get("reason"), str) and data["reason"].strip()):
        raise Invalid("data.reason", "missing", Text("A correction needs a reason.", "更正须写明原因。"))
