"""The records of a kind as a list, by day, area, member and what was decided. Of whereabouts only time, post and decision."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import get_language

from closeknit.access.models import Account
from closeknit.access.scope import areas_of, visible
from closeknit.areas.models import Area
from closeknit.console.lists.columns import Column, Filter, equals
from closeknit.console.lists.listing import Listing
from closeknit.console.parts import Badge, Empty
from closeknit.console.records import links, names, questions
from closeknit.console.records.words import said
from closeknit.kit.text import Text
from closeknit.ledger.fields import Code, Decision, plain_type
from closeknit.ledger.kinds import Kind, Shape
from closeknit.ledger.models import Event
from closeknit.policy.packs import Policy, policy

MOST_AREAS = 400
STANDING, WITHDRAWN = Text("Standing", "有效"), Text("Withdrawn or put right", "已作废或更正")
MARKED = Badge(Text("look at this", "待留意"), "watch")
NONE = Empty(
    Text("Nothing recorded yet", "尚无登记"),
    Text("What is recorded here or by phone stands here at once.", "登记后即时显示。"),
    icon="list",
)
Veil = Callable[[Account, list[Event]], set[UUID]]
_veils: dict[str, Veil] = {}


def veil(kind: str, hides: Veil) -> None:
    """From now on lists of a kind show without household and person the events that `hides` names for a reader."""
    _veils[kind] = hides


def veiled(account: Account, events: Iterable[Event]) -> set[UUID]:
    """Of these events those whose subject the account may not be shown."""
    by_kind: dict[str, list[Event]] = {}
    for event in events:
        if event.kind in _veils:
            by_kind.setdefault(event.kind, []).append(event)
    return {event_id for kind, group in by_kind.items() for event_id in _veils[kind](account, group)}


@dataclass(frozen=True)
class Line:
    """One record in the list. Of whereabouts `subject`, `member` and `url` stay empty."""

    event: Event
    words: str
    area: str
    place: str
    member: str = ""
    subject: str = ""
    url: str = ""

    @property
    def state(self) -> Badge | str:
        return Badge(WITHDRAWN, "watch") if self.event.superseded_at else MARKED if self.event.flags else ""


AT = Column("at", Text("When", "时间"), lambda line: line.event.at, ("at", "arrival"), lambda line: line.url, phone="title")
WORDS = Column("words", Text("What was said", "内容"), lambda line: line.words, phone="wide")
DECISION = Column("words", Text("Decision", "处置"), lambda line: line.words, phone="end")
SUBJECT = Column("subject", Text("Household or person", "户或人员"), lambda line: names.code_words(line.subject))
PLACE = Column("place", Text("Place", "场所"), lambda line: line.place)
POST = Column("place", Text("Post", "卡点、场所"), lambda line: line.place, phone="line")
AREA = Column("area", Text("Area", "地区"), lambda line: line.area)
MEMBER = Column("member", Text("By", "登记人"), lambda line: line.member)
STATE = Column("state", Text("State", "状态"), lambda line: line.state, phone="end")
COLUMNS = (AT, WORDS, SUBJECT, PLACE, AREA, MEMBER, STATE)
OF_WHEREABOUTS = (AT, POST, DECISION)
OF_HOUSEHOLD = Text("Code of household, person or place", "户、人员或场所编号")
OF_PLACE = Text("Code of the place", "场所编号")


def events_of(account: Account, kind: Kind) -> QuerySet[Event]:
    """The records of a kind in an account's scope; personal fields are not fetched."""
    return visible(Event.objects.filter(kind=kind.name), account).defer("digest", "personal")


def listing(account: Account, kind: Kind) -> Listing:
    """The list of a kind as an account sees it."""
    in_force = policy(account.area)
    coded = _coded(kind, in_force)
    return Listing(
        columns=OF_WHEREABOUTS if kind.whereabouts else COLUMNS,
        order="-at",
        empty=NONE,
        filters=[*_common(account, kind, in_force), *(_by_code(shape) for shape in coded)],
        search=_by_place if kind.whereabouts else _by_subject,
        search_label=OF_PLACE if kind.whereabouts else OF_HOUSEHOLD,
        codes=lambda line: [line.subject],
        what="records",
        dress=lambda events: _lines(account, kind, in_force, events),
    )


def _coded(kind: Kind, in_force: Policy) -> list[Shape]:
    """The open fields with a closed list: what the list is filtered by. Of whereabouts the decision alone."""
    shapes = [shape for shape in questions.shown(kind, in_force) if shape.field.privacy == "open"]
    bases = ((shape, plain_type(shape.type)[0]) for shape in shapes)
    wanted = Decision if kind.whereabouts else Code
    return [shape for shape, base in bases if isinstance(base, type) and issubclass(base, wanted)]


def _by_code(shape: Shape) -> Filter:
    base, _ = plain_type(shape.type)
    return Filter(f"data_{shape.name}", shape.field.label, equals(f"data__{shape.name}"), choices=questions.codes(base))


def _common(account: Account, kind: Kind, in_force: Policy) -> list[Filter]:
    areas = list(areas_of(account).order_by("path").values_list("code", "name")[:MOST_AREAS])
    filters = [
        Filter("days", Text("Days", "日期"), _between(in_force), "days"),
        Filter("area", Text("Area", "地区"), _below, choices=areas),
    ]
    if not kind.whereabouts:
        filters.append(Filter("member", Text("Member", "登记人编号"), equals("member"), "text"))
    states = (("standing", STANDING), ("withdrawn", WITHDRAWN))
    marked = Filter("marked", Text("Only what is to be looked at", "仅看待留意"), lambda events, _: events.exclude(flags=""), type="flag")
    return [*filters, Filter("state", Text("State", "状态"), _in_state, choices=states, standing="standing"), marked]


def _between(in_force: Policy) -> Callable[[Any, tuple[str, str]], Any]:
    """Local days of the place, from and to, either of which may be open."""

    def narrow(events: Any, days: tuple[str, str]) -> Any:
        for day, name, more in ((days[0], "at__gte", 0), (days[1], "at__lt", 1)):
            try:
                moment = datetime.combine(date.fromisoformat(day), time(), in_force.timezone) + timedelta(days=more)
            except (ValueError, OverflowError):
                continue
            events = events.filter(**{name: moment})
        return events

    return narrow


def _below(events: Any, area: str) -> Any:
    return events.filter(area__in=Area.objects.below(area).values("code"))


def _in_state(events: Any, state: str) -> Any:
    return events.filter(superseded_at__isnull=state == "standing")


def _by_place(events: Any, words: str) -> Any:
    return events.filter(place__startswith=words)


def _by_subject(events: Any, words: str) -> Any:
    return events.filter(Q(place__startswith=words) | Q(household__startswith=words) | Q(person__startswith=words))


def _lines(account: Account, kind: Kind, in_force: Policy, events: list[Event]) -> list[Line]:
    """Records in words; a statement for each sort of name, however many lines."""
    language = "en" if get_language() == "en" else "zh-hans"
    areas = Area.objects.names({event.area for event in events})
    posts = names.places({event.place for event in events} - {""})

    def place(event: Event) -> str:
        return posts[event.place].name if event.place in posts else event.place

    if kind.whereabouts:
        coded = {shape.name for shape in _coded(kind, in_force)}
        return [Line(event, said(_only(event, coded), language, policy=in_force), "", place(event)) for event in events]
    people = names.members(event.member for event in events)
    apart = veiled(account, events)
    return [
        Line(
            event, said(event, language, policy=in_force), areas.get(event.area, event.area), place(event),
            people.get(event.member, event.member), *(("", "") if event.id in apart else _subject(event)),
        )
        for event in events
    ]  # fmt: skip


def _subject(event: Event) -> tuple[str, str]:
    return event.household or event.person, links.to("register.event", event=event.id)


def _only(event: Event, names_of: set[str]) -> Event:
    return Event(id=event.id, kind=event.kind, data={name: value for name, value in event.data.items() if name in names_of})
