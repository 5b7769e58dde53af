"""The records of a kind as a list, by day, area, member and what was decided. Of whereabouts only time, post and decision."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import get_language

from closeknit.access.models import Account
from closeknit.access.scope import areas_of, visible
from closeknit.areas.models import Area
from closeknit.console.forms import FormField
from closeknit.console.records import links, names, questions
from closeknit.console.records.words import said
from closeknit.kit.text import Text
from closeknit.ledger.fields import Code, Decision
from closeknit.ledger.kinds import Kind, Shape
from closeknit.ledger.models import Event
from closeknit.policy.packs import Policy, policy

ON_A_PAGE, IN_A_FILE = 50, 5000
STATES = (("", Text("Standing", "有效")), ("withdrawn", Text("Withdrawn or put right", "已作废或更正")), ("all", Text("All", "全部")))
ORDERS = {"": ("-at", "-arrival"), "oldest": ("at", "arrival")}
KEPT = frozenset({"day", "area", "member", "q", "state", "sort", "page"})
Veil = Callable[[Account, list[Event]], set[UUID]]
_veils: dict[str, Veil] = {}


def veil(kind: str, hides: Veil) -> None:
    """From now on lists of a kind show without household and person the events that `hides` names for a reader."""
    _veils[kind] = hides


@dataclass(frozen=True)
class Line:
    """One record in the list."""

    event: Event
    words: str
    area: str
    member: str
    place: str
    subject: str
    url: str

    @property
    def withdrawn(self) -> bool:
        return self.event.superseded_at is not None


@dataclass(frozen=True)
class Listing:
    """The list as its address asks for it."""

    request: HttpRequest
    account: Account
    kind: Kind

    @cached_property
    def query(self) -> dict[str, str]:
        """What the address asks; what is no question of this list is left out."""
        names_of = KEPT | {shape.name for shape in self.coded}
        return {name: value for name, value in self.request.GET.items() if name in names_of and value}

    @cached_property
    def policy(self) -> Policy:
        return policy(self.account.area)

    @cached_property
    def coded(self) -> list[Shape]:
        """The open fields with a closed list: what the list is filtered by."""
        shapes = [shape for shape in questions.shown(self.kind, self.policy) if shape.field.privacy == "open"]
        bases = ((shape, questions.plain_type(shape.type)[0]) for shape in shapes)
        wanted = Decision if self.kind.whereabouts else Code
        return [shape for shape, base in bases if isinstance(base, type) and issubclass(base, wanted)]

    @cached_property
    def filters(self) -> list[FormField]:
        """The questions above the list."""
        rows = areas_of(self.account).order_by("path").values_list("code", "name")[:400]
        asked = [FormField("day", Text("Day", "日期"), "date"), FormField("area", Text("Area", "地区"), "choice", choices=list(rows))]
        asked += [questions.question(shape) for shape in self.coded]
        if not self.kind.whereabouts:
            asked.append(FormField("member", Text("Member", "登记人")))
        return [FormField(each.name, each.label, each.type, False, each.choices) for each in asked if each.type != "choice" or each.choices]

    @cached_property
    def events(self) -> QuerySet[Event]:
        """The records that are asked for, unfetched and in order."""
        events = visible(Event.objects.filter(kind=self.kind.name), self.account).defer("digest", "personal")
        state, query = self.query.get("state", ""), self.query
        events = events if state == "all" else events.filter(superseded_at__isnull=state != "withdrawn")
        if query.get("area"):
            events = events.filter(area__in=Area.objects.below(query["area"]).values("code"))
        if query.get("member") and not self.kind.whereabouts:
            events = events.filter(member=query["member"])
        for shape in self.coded:
            if query.get(shape.name):
                events = events.filter(**{f"data__{shape.name}": query[shape.name]})
        return self._on_day(self._searched(events)).order_by(*ORDERS.get(query.get("sort", ""), ORDERS[""]))

    def _searched(self, events: QuerySet[Event]) -> QuerySet[Event]:
        words = self.query.get("q", "").strip()[:80]
        if not words:
            return events
        wanted = Q(place__startswith=words)
        return events.filter(wanted if self.kind.whereabouts else wanted | Q(household__startswith=words) | Q(person__startswith=words))

    def _on_day(self, events: QuerySet[Event]) -> QuerySet[Event]:
        try:
            start = datetime.combine(date.fromisoformat(self.query.get("day", "")), time(), self.policy.timezone)
        except ValueError:
            return events
        return events.filter(at__gte=start, at__lt=start + timedelta(days=1))

    @cached_property
    def count(self) -> int:
        return self.events.count()

    @property
    def pages(self) -> int:
        return max(1, -(-self.count // ON_A_PAGE))

    @property
    def page(self) -> int:
        asked = self.query.get("page", "1")
        return min(int(asked), self.pages) if asked.isdecimal() and asked != "0" else 1

    @property
    def before(self) -> str:
        return self.url(page=str(self.page - 1))

    @property
    def after(self) -> str:
        return self.url(page=str(self.page + 1))

    def url(self, **changes: str) -> str:
        """This list with something changed; without a page it begins at the first."""
        pairs = {name: value for name, value in {**self.query, "page": "", **changes}.items() if value}
        return f"{self.request.path}?{urlencode(pairs)}" if pairs else self.request.path

    @property
    def saved_query(self) -> str:
        """What is kept of a view."""
        return self.url(q="").partition("?")[2]

    def lines(self, first: int, last: int) -> list[Line]:
        """A part of the list in words; a statement for each sort of name, however many lines."""
        events = list(self.events[first:last])
        areas = dict(Area.objects.current().filter(code__in={event.area for event in events}).values_list("code", "name"))
        people = {} if self.kind.whereabouts else names.members(event.member for event in events)
        places = names.places({event.place for event in events} - {""})
        veiled = _veils[self.kind.name](self.account, events) if self.kind.name in _veils else set()
        made = []
        for event in events:
            place = places[event.place].name if event.place in places else event.place
            member = "" if self.kind.whereabouts else people.get(event.member, event.member)
            subject = "" if self.kind.whereabouts or event.id in veiled else event.household or event.person
            url = "" if self.kind.whereabouts or event.id in veiled else links.to("register.event", event=event.id)
            made.append(Line(event, self._words(event), areas.get(event.area, event.area), member, place, subject, url))
        return made

    def _words(self, event: Event) -> str:
        language = "en" if get_language() == "en" else "zh-hans"
        if not self.kind.whereabouts:
            return said(event, language, policy=self.policy)
        coded = {shape.name for shape in self.coded}
        open_part = Event(id=event.id, kind=event.kind, data={name: value for name, value in event.data.items() if name in coded})
        return said(open_part, language, policy=self.policy)
