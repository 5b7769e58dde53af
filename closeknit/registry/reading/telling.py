"""Records in words, for those who may know: no whereabouts, no health but for those whose work it is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from closeknit.access.models import Account
from closeknit.access.roles import WORK_OF
from closeknit.access.scope import can
from closeknit.kit.text import Text
from closeknit.ledger.fields import Code, parse_time
from closeknit.ledger.kinds import Kind, Shape, kinds
from closeknit.ledger.models import Event
from closeknit.policy.packs import Policy
from closeknit.registry.models import Member, Place

MOST = 200
REGISTER = "registry"
VOIDED = "ledger.voided"


def sees(account: Account, kind: Kind) -> bool:
    """Whether records of a kind are open to the account's role."""
    return can(account, f"{WORK_OF.get(kind.measure, kind.measure)}.view")


def sees_health(account: Account) -> bool:
    """Whether health is the account's work."""
    return can(account, "testing.view") or can(account, "isolation.view")


def kinds_for(account: Account, policy: Policy) -> list[str]:
    """The kinds that stand in a household's or person's history: never whereabouts, health only for those whose work it is."""
    return [
        kind.name
        for kind in kinds().values()
        if not kind.whereabouts
        and kind.retention != "whereabouts"
        and kind.name != VOIDED
        and policy.has(kind.feature)
        and (kind.retention != "health" or sees_health(account))
        and sees(account, kind)
    ]


@dataclass(frozen=True)
class Line:
    """One record of a history: its state is stands, put_right or withdrawn, `gone` the reason."""

    event: Event
    kind: Text
    words: str
    who: str
    state: str
    gone: str
    measure: str

    @property
    def stands(self) -> bool:
        return self.event.superseded_at is None


def history(account: Account, policy: Policy, about: Q) -> list[Line]:
    """What was said of somebody, the latest first."""
    events = Event.objects.filter(about, kind__in=kinds_for(account, policy)).order_by("-at", "-received_at", "-seq")[:MOST]
    return lines(account, policy, list(events))


def lines(account: Account, policy: Policy, events: Sequence[Event]) -> list[Line]:
    """Records as lines; who withdrew or put right the struck ones is asked for all at once."""
    names = dict(Member.objects.current().filter(code__in={event.member for event in events}).values_list("code", "name"))
    ends = after(events)
    return [_line(event, account, policy, names, ends) for event in events]


def after(events: Iterable[Event]) -> dict[Any, Event]:
    """For each record that no longer stands, the one that ended it: its own correction or withdrawal, else a later correction of the
    record that it had corrected itself."""
    gone = [event for event in events if event.superseded_at]
    if not gone:
        return {}
    targets = {each for event in gone for each in (event.id, event.corrects) if each}
    last: dict[Any, Event] = {}
    for row in Event.objects.filter(corrects__in=targets).order_by("received_at", "seq", "id"):
        last[row.corrects] = row
    ends = {event.id: last.get(event.id) or last.get(event.corrects) for event in gone}
    return {event_id: end for event_id, end in ends.items() if end and end.id != event_id}


def _line(event: Event, account: Account, policy: Policy, names: dict[str, str], ends: dict[Any, Event]) -> Line:
    kind, end = kinds()[event.kind], ends.get(event.id)
    said = "；".join(f"{label} {value}" for label, value in pairs(event, account, policy))
    reason = str(end.told().get("reason", "")) if end else ""
    return Line(event, kind.label, said, names.get(event.member, event.member), state_of(event, end), reason, kind.measure)


def state_of(event: Event, end: Event | None) -> str:
    """stands, put_right or withdrawn; `end` is the record that ended it."""
    if event.superseded_at is None:
        return "stands"
    return "withdrawn" if end is None or end.kind == VOIDED else "put_right"


def pairs(event: Event, account: Account, policy: Policy) -> list[tuple[Text | str, str]]:
    """What a record says, by label. Of a whereabouts kind its decision alone: no person, plate, name or temperature."""
    kind, told = kinds()[event.kind], event.told()
    return [
        (shape.field.label, value(shape, told[shape.name]))
        for shape in kind.shapes
        if shape.name in told and _open_to(shape, kind, account, policy)
    ]


def _open_to(shape: Shape, kind: Kind, account: Account, policy: Policy) -> bool:
    if kind.whereabouts or kind.retention == "whereabouts":
        return shape.name == "decision"
    return policy.has(shape.field.feature) and (shape.field.privacy != "health" or sees_health(account))


def value(shape: Shape, said: Any) -> str:
    """A value in words: codes by their label, times as people read them."""
    if isinstance(said, bool):
        return str(Text("yes", "是") if said else Text("no", "否"))
    if isinstance(said, list):
        return "、".join(value(shape, one) for one in said)
    if isinstance(said, dict):
        return "、".join(f"{name} {number}" for name, number in said.items())
    if shape.is_moment:
        return str(said)[:16].replace("T", " ") if _is_time(said) else str(said)
    return f"{_label(shape, said)}{shape.field.unit or ''}"


def _is_time(said: Any) -> bool:
    try:
        return bool(parse_time(str(said)))
    except ValueError:
        return False


def _label(shape: Shape, said: Any) -> str:
    labels = {each.value: each.label for of in _codes(shape.type) for each in of}
    return str(labels.get(said, said))


def _codes(hint: Any) -> Iterable[type[Code]]:
    if isinstance(hint, type) and issubclass(hint, Code):
        yield hint
    for part in getattr(hint, "__args__", ()):
        yield from _codes(part)


def places(codes: Iterable[str]) -> dict[str, str]:
    """The names of places."""
    rows: QuerySet[Place] = Place.objects.current().filter(code__in=list(codes))
    return dict(rows.values_list("code", "name"))
