"""Who of the roster somebody found may be: suggestions, the surest first; a person decides."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from rapidfuzz import fuzz

from closeknit.areas.models import Area, Level
from closeknit.kit import citizen_id
from closeknit.kit.folding import name_pinyin
from closeknit.kit.sealing import blind
from closeknit.kit.text import Text
from closeknit.ledger.models import Event
from closeknit.registry.models import Found, Person
from closeknit.registry.searching import plain, search_persons

LIKELY = 75  # of 100: below this two names are not alike
MOST = 5
SAME_ID, SAME_PHONE = Text("same ID number", "证件号码相同"), Text("same telephone", "电话相同")
SAME_NAME, SAME_SOUND, ALIKE = Text("same name", "姓名相同"), Text("name sounds the same", "姓名同音"), Text("similar name", "姓名相近")


@dataclass(frozen=True)
class Suggestion:
    """Somebody of the roster, how sure it is (of 100), and why."""

    person: Person
    score: int
    why: Text


def suggestions(found: Found) -> list[Suggestion]:
    """Persons of the same township who may be who was found; for a household those who may live in it."""
    people = _township(found.area)
    by_code: dict[str, Suggestion] = {}
    for told in _told(found):
        for each in _like(told, people):
            if each.score > (by_code[each.person.code].score if each.person.code in by_code else 0):
                by_code[each.person.code] = each
    return sorted(by_code.values(), key=lambda each: (-each.score, each.person.code))[:MOST]


def _told(found: Found) -> Iterable[dict[str, str]]:
    events = Event.objects.filter(id=found.event)
    if found.what == "household":
        inmates = Found.objects.filter(household=found.code, what="person").values("event")
        events = events | Event.objects.filter(id__in=inmates)
    return [event.told() for event in events]


def _township(area: str) -> QuerySet[Person]:
    """The persons of the township around an area; a valid ID is looked for everywhere by `_like`."""
    path = Area.objects.current().filter(code=area).values_list("path", flat=True).first() or ""
    town = Area.objects.current().filter(code__in=path.strip("/").split("/"), level=Level.TOWNSHIP).values_list("code", flat=True).first()
    return Person.objects.current().filter(area__in=Area.objects.below(town or area).values("code"))


def _like(told: dict[str, str], people: QuerySet[Person]) -> Iterable[Suggestion]:
    number = citizen_id.read(told.get("id_no", "")).number
    if number:
        for person in people.filter(id_index=blind(number, purpose="id")):
            yield Suggestion(person, 100, SAME_ID)
    phone = plain(told.get("phone", ""))
    if len(phone) >= 7:
        for person in search_persons(phone, people, most=MOST):
            yield Suggestion(person, 95, SAME_PHONE)
    name = told.get("name", "")
    if name:
        yield from _alike(name, people)


def _alike(name: str, people: QuerySet[Person]) -> Iterable[Suggestion]:
    said, folded = name_pinyin(name), plain(name)
    surname = folded[:1]
    queries = dict.fromkeys(filter(None, (folded, said.full, folded[1:] if len(folded) > 2 else "", surname)))
    seen: dict[str, Person] = {}
    for query in queries:
        for person in search_persons(query, people, most=50):
            seen.setdefault(person.code, person)
    for person in seen.values():
        other = person.told().get("name", "")
        if plain(other) == folded:
            yield Suggestion(person, 90, SAME_NAME)
        elif name_pinyin(other).full == said.full:
            yield Suggestion(person, 85, SAME_SOUND)
        elif (score := int(fuzz.ratio(name_pinyin(other).full, said.full))) >= LIKELY:
            yield Suggestion(person, min(score, 80), ALIKE)
