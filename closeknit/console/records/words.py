"""A record in words, for a history: "15:04 谭德雪 入户走访：已见面，在家人数 3"."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import get_language

from closeknit.console.records.names import members
from closeknit.kit.text import Text
from closeknit.ledger.fields import Code, Decision, parse_time, plain_type
from closeknit.ledger.kinds import Kind, Shape, kinds
from closeknit.ledger.models import Event
from closeknit.policy.packs import Policy
from closeknit.registry.models import Place

LINE = Text("{when} {who} · {what}", "{when} {who} {what}")
WHAT = Text("{kind}: {words}", "{kind}：{words}")
NO_NAMES: Mapping[str, str] = {}
NOT_STANDING = Text(" (withdrawn or put right)", "（已作废或更正）")
SIGNS = {"en": (", ", " "), "zh-hans": ("，", " ")}
NUMBER = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")  # of a record: for computers
MEMBER = re.compile(r"[A-Za-z0-9_-]{2,20}")


def sentence(event: Event, language: str = "", **how: Any) -> str:
    """One record as a line; `sentences` for many, it asks for all names at once."""
    return sentences([event], language, **how)[0]


def sentences(
    events: Iterable[Event], language: str = "", *, policy: Policy | None = None, whole: bool = False, dated: bool = False
) -> list[str]:
    """Records as lines: when, who, what was said. Of whereabouts only time, post and what was decided.

    whole: also what is personal or of health, for pages that write a reading. dated: the day before the time. policy: leaves out what
    the pack in force does not ask.
    """
    language = language or ("en" if get_language() == "en" else "zh-hans")
    events = list(events)
    open_ = [event for event in events if not kinds()[event.kind].whereabouts]
    names = members({event.member for event in open_}.union(*(_maybe_members(event) for event in open_)))
    posts = dict(Place.objects.current().filter(code__in=_posts(events)).values_list("code", "name"))
    return [_line(event, language, names | posts, "%Y-%m-%d %H:%M" if dated else "%H:%M", policy, whole) for event in events]


def _posts(events: Iterable[Event]) -> set[str]:
    return {event.place for event in events if event.place and kinds()[event.kind].whereabouts}


def _maybe_members(event: Event) -> set[str]:
    """The words of a record that may be the code of somebody who works here."""
    words = [one for value in event.data.values() for one in (value if isinstance(value, list) else [value]) if isinstance(one, str)]
    return {one for one in words if MEMBER.fullmatch(one)}


def _line(event: Event, language: str, names: Mapping[str, str], pattern: str, policy: Policy | None, whole: bool) -> str:
    kind = kinds()[event.kind]
    subject = event.place if kind.whereabouts else event.member
    words = _decisions(event, kind, language) if kind.whereabouts else said(event, language, policy=policy, whole=whole, names=names)
    label = kind.label.of(language)
    what = WHAT.format(kind=label, words=words).of(language) if words else label
    line = LINE.format(when=localtime(event.at).strftime(pattern), who=names.get(subject, subject), what=what).of(language)
    return line + (NOT_STANDING.of(language) if event.superseded_at else "")


def _decisions(event: Event, kind: Kind, language: str) -> str:
    return SIGNS[language][0].join(_codes(event.data, kind, language))


def _codes(data: Mapping[str, Any], kind: Kind, language: str) -> Iterator[str]:
    for shape in kind.shapes:
        if shape.name in data and _code_of(shape) is Decision:
            yield _value(shape, data[shape.name], language)


def said(event: Event, language: str, *, policy: Policy | None = None, whole: bool = False, names: Mapping[str, str] = NO_NAMES) -> str:
    """What the record says, field by field; nothing personal and nothing of health unless it is asked whole. Numbers of records are left
    out. names: of the members whose codes stand in it."""
    kind, data = kinds()[event.kind], event.told() if whole else event.data
    parts = [
        _part(shape, data[shape.name], language, names)
        for shape in kind.shapes
        if shape.name in data and (whole or shape.field.privacy == "open") and (policy is None or policy.has(shape.field.feature))
    ]
    return SIGNS[language][0].join(part for part in parts if part)


def _part(shape: Shape, value: Any, language: str, names: Mapping[str, str]) -> str:
    label = shape.field.label.of(language)
    if isinstance(value, str) and NUMBER.fullmatch(value):
        return ""
    if value is True:
        return label
    if value is False:
        return f"{label}{SIGNS[language][1]}{Text('no', '否').of(language)}"
    if _code_of(shape):
        return _value(shape, value, language)
    unit = shape.field.unit.of(language) if shape.field.unit else ""
    return f"{label}{SIGNS[language][1]}{_value(shape, value, language, names)}{unit}"


def _value(shape: Shape, value: Any, language: str, names: Mapping[str, str] = NO_NAMES) -> str:
    if isinstance(value, list):
        return ("; " if language == "en" else "、").join(_value(shape, one, language, names) for one in value)
    if isinstance(value, dict):
        return "; ".join(f"{name} = {one}" for name, one in value.items())
    if shape.is_moment and isinstance(value, str):
        return _moment(value)
    if isinstance(value, str) and value in names:
        return names[value]
    of = _code_of(shape)
    return of(value).label.of(language) if of and value in {each.value for each in of} else str(value)


def _moment(value: str) -> str:
    """A time as a clock here shows it; a bare day as it stands."""
    try:
        time = parse_time(value)
    except ValueError:
        return value
    return localtime(time).strftime("%Y-%m-%d %H:%M") if isinstance(time, datetime) else value


def _code_of(shape: Shape) -> type[Code] | None:
    base, _ = plain_type(shape.type)
    if getattr(base, "__origin__", None) is list:
        base, _ = plain_type(base.__args__[0])
    return base if isinstance(base, type) and issubclass(base, Code) else None
