"""The rows behind a figure as people read them. Of whereabouts: time, post and decision, and nobody."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language

from closeknit.access import trail
from closeknit.access.scope import can
from closeknit.areas.models import Area
from closeknit.console.evidence.links import link
from closeknit.console.records import names
from closeknit.console.records.listing import veiled
from closeknit.console.records.names import Called
from closeknit.console.records.words import said
from closeknit.console.screens import Request
from closeknit.kit.text import Text
from closeknit.ledger.fields import Decision
from closeknit.ledger.kinds import kinds
from closeknit.ledger.models import Event
from closeknit.policy.packs import Policy
from closeknit.reports.papers.wording import STATES
from closeknit.reports.rows import Row

TOGETHER = 500  # rows whose names are asked for at once
NAMELESS = Text("Refused finally; the village has the name", "多次拒绝，名单由村（社区）掌握")
SCREENS = {"household": "register.household", "person": "register.person"}


@dataclass(frozen=True)
class Line:
    """One row. `url` leads to whom or what it is about, `record` to the record itself."""

    title: str | Text
    url: str = ""
    at: datetime | None = None
    words: str | Text = ""
    area: str = ""
    who: str = ""
    record: str = ""
    received_at: datetime | None = None
    weight: int = 1


@dataclass(frozen=True)
class _Names:
    """The names that one page needs, asked for at once."""

    called: dict[tuple[str, str], Called]
    members: dict[str, str]
    areas: dict[str, str]


def lines(request: Request, rows: Sequence[Row], policy: Policy, *, bare: bool) -> list[Line]:
    """The rows as lines; who is shown is written to the trail first. `bare` for figures of whereabouts."""
    return [line for start in range(0, len(rows), TOGETHER) for line in _lines(request, rows[start : start + TOGETHER], policy, bare)]


def _lines(request: Request, rows: Sequence[Row], policy: Policy, bare: bool) -> list[Line]:
    hidden = [bare or bool(row.event and kinds()[row.event.kind].whereabouts) for row in rows]
    apart = veiled(request.account, [row.event for row, is_bare in zip(rows, hidden, strict=True) if row.event and not is_bare])
    named = [not is_bare and not (row.event and row.event.id in apart) for row, is_bare in zip(rows, hidden, strict=True)]
    known = _names(
        request,
        [row for row, is_named in zip(rows, named, strict=True) if is_named],
        [row for row, is_named in zip(rows, named, strict=True) if not is_named],
    )
    return [
        _line(row, known, policy) if is_named else _bare(row, known) if is_bare else _nameless(row, known)
        for row, is_named, is_bare in zip(rows, named, hidden, strict=True)
    ]


def _nameless(row: Row, known: _Names) -> Line:
    """A row whose household is a number above the village."""
    assert row.event is not None
    return Line(NAMELESS, at=row.event.at, area=known.areas.get(row.event.area, row.event.area), weight=row.weight)


def _bare(row: Row, known: _Names) -> Line:
    """Time, post and decision; no person, plate, name or member, and no way to the record."""
    event = row.event
    if event is None:
        return Line("—")
    post = known.called.get(("place", event.place))
    decision = next((each.label for each in Decision if each.value == event.data.get("decision")), Text("no decision", "无处置"))
    return Line(post.name if post else event.place, at=event.at, words=decision, received_at=event.received_at, weight=row.weight)


def _line(row: Row, known: _Names, policy: Policy) -> Line:
    event, about, code = row.event, *_subject(row)
    called = known.called.get((about, code))
    place = row.event.area if row.event else called.area if called else ""
    return Line(
        _title(row, about, code, called, known),
        link(SCREENS[about], code=code) if about in SCREENS and called else "",
        event.at if event else None,
        _words(row, policy),
        known.areas.get(place, place),
        known.members.get(event.member, event.member) if event and about != "member" else "",
        link("register.event", event=str(event.id)) if event else "",
        event.received_at if event else None,
        row.weight,
    )


def _subject(row: Row) -> tuple[str, str]:
    """What a row is about: an event is about its household, person or place where it names one."""
    if row.about == "event" and row.event:
        return next(((name, code) for name in ("household", "person", "place") if (code := getattr(row.event, name))), ("event", ""))
    return row.about, row.code


def _title(row: Row, about: str, code: str, called: Called | None, known: _Names) -> str | Text:
    if called:
        return " ".join(filter(None, [called.name, called.address])) or called.code
    if about == "member":
        return known.members.get(code, code)
    if about in ("area", "report"):
        return known.areas.get(code, code)
    if about == "roster":
        return row.words
    if about == "event" and row.event:
        return kinds()[row.event.kind].label
    return code


def _words(row: Row, policy: Policy) -> str | Text:
    if row.about == "report":
        return STATES[row.words]
    if row.about in ("area", "roster") or row.event is None:
        return ""
    event = row.event
    label, words = str(kinds()[event.kind].label), said(event, "en" if get_language() == "en" else "zh-hans", policy=policy)
    return f"{label} · {words}" if words else label


def _names(request: Request, rows: Sequence[Row], bare: Sequence[Row]) -> _Names:
    """Asks for names, after writing down whose they are; people are named only to those who see the register."""
    subjects = [_subject(row) for row in rows]
    called = {("place", code): one for code, one in names.places(_codes(subjects, "place") | _posts(bare)).items()}
    if can(request.account, "registry.view"):
        full = names.in_full(request.account, "registry.record")
        for about, ask in (("household", names.households), ("person", names.persons)):
            codes = _codes(subjects, about)
            trail.read(request.account, request.screen.name, codes, what=about, path=request.path)
            called.update({(about, code): one for code, one in ask(codes, full=full).items()})
    events = [row.event for row in rows if row.event]
    members = names.members({*(event.member for event in events), *_codes(subjects, "member")})
    there = {row.event.area for row in bare if row.event}
    wanted = {*there, *(event.area for event in events), *(one.area for one in called.values()), *_codes(subjects, "area", "report")}
    areas = Area.objects.names(wanted)
    return _Names(called, members, areas)


def _codes(subjects: Iterable[tuple[str, str]], *about: str) -> set[str]:
    return {code for what, code in subjects if what in about and code}


def _posts(rows: Iterable[Row]) -> set[str]:
    events: list[Event] = [row.event for row in rows if row.event]
    return {event.place for event in events if event.place}
