"""Templates that an area may take, and what it has taken with the status of each item."""

from dataclasses import dataclass, field
from datetime import datetime

from closeknit.areas.models import Area
from closeknit.kit.text import Text
from closeknit.ledger.models import Event
from closeknit.ledger.queries import in_area, standing
from closeknit.measures.schemes.kinds import ItemSaid, Part, Taken, Written, item_name
from closeknit.policy.packs import Policy

SHIPPED = "schemes"
OPEN = ("not_started", "under_way")


@dataclass(frozen=True)
class Scheme:
    """A template: the items of each part, one a line. event: None where it is shipped with the pack."""

    name: str
    version: int
    parts: dict[str, list[str]]
    event: Event | None = None
    words: dict[str, Text] = field(default_factory=dict)

    def line(self, item: str) -> Text | str:
        """An item as its reader reads it: what is shipped in both languages, what was written as it was written."""
        return self.words.get(item, item)


def shipped(pack: Policy) -> dict[str, Scheme]:
    """The templates that come with the pack, by name."""
    made = {}
    for name, said in (pack.get(SHIPPED) or {}).items():
        parts = {part.value: [each["zh"] for each in said[part.value]] for part in Part if part.value in said}
        lines = {each["zh"]: Text(each["en"], each["zh"]) for part in parts for each in said[part]}
        made[name] = Scheme(name, 1, parts, words=lines | {name: Text(said["label"]["en"], said["label"]["zh"])})
    return made


def schemes(area: str, pack: Policy) -> dict[str, Scheme]:
    """The templates of an area by name: of each the highest version of the nearest area, itself or above; else the shipped one."""
    path = Area.objects.current().filter(code=area).values_list("path", flat=True).first() or ""
    above = [code for code in path.split("/") if code]
    found = shipped(pack)
    written = sorted(standing(Written).filter(area__in=above).defer("personal", "digest"), key=lambda event: event.order)
    for event in sorted(written, key=lambda event: (above.index(event.area), event.data["version"])):
        found[event.topic] = Scheme(event.topic, int(event.data["version"]), parts_of(event), event)
    return found


def parts_of(event: Event) -> dict[str, list[str]]:
    """The items of a version that was written."""
    return {part.value: list(event.data[part.value]) for part in Part if event.data.get(part.value)}


@dataclass(frozen=True)
class Item:
    """An item of a taken template with what was said of it last."""

    part: str
    name: str
    said: Event | None

    @property
    def status(self) -> str:
        return str(self.said.data["status"]) if self.said else "not_started"

    @property
    def is_open(self) -> bool:
        return self.status in OPEN


@dataclass(frozen=True)
class InUse:
    """A template as an area has taken it last."""

    event: Event
    items: list[Item]


def in_use(area: str, *, until: datetime | None = None, as_of: datetime | None = None) -> list[InUse]:
    """The templates that an area and those below it have taken; two statements."""

    def before(*said: type[Taken] | type[ItemSaid]) -> list[Event]:
        events = in_area(standing(*said, as_of=as_of), area, as_of).defer("personal", "digest")
        return sorted(events.filter(at__lt=until) if until else events, key=lambda event: event.order)

    taken = {(event.area, event.topic): event for event in before(Taken)}
    said = {(event.area, event.topic, event.data["part"], event.data["item"]): event for event in before(ItemSaid)}
    made = []
    for (code, name), event in taken.items():
        pairs = [(part.value, item) for part in Part for item in event.data["items"].get(part.value, ())]
        made.append(InUse(event, [Item(part, item, said.get((code, name, part, item))) for part, item in pairs]))
    return made


def names_of(scheme: Scheme) -> dict[str, list[str]]:
    """The names of the items of each part."""
    return {part: [item_name(line) for line in lines] for part, lines in scheme.parts.items()}
