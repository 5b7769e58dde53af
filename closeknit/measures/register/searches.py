"""What the search box finds in the register: persons, households, places, of the reader's scope; names whole for who keeps the register,
masked for all others. Whoever is shown is written to the trail by the page."""

from django.db.models import Q
from django.urls import reverse

from closeknit.access.models import Account
from closeknit.access.scope import areas_of, can, visible
from closeknit.areas.models import Area
from closeknit.console.manifest import Hit
from closeknit.console.records import links
from closeknit.kit.folding import fold, name_pinyin
from closeknit.kit.text import Text
from closeknit.registry.models import Household, Person, Place
from closeknit.registry.reading.names import found_here, masked_id, masked_name, told_of
from closeknit.registry.searching import plain, search_persons

PERSONS, HOUSEHOLDS, PLACES, AREAS = Text("Persons", "人员"), Text("Households", "户"), Text("Places", "场所"), Text("Areas", "区域")
MOST = 12
MOST_FOUND = 400  # those found are few; they are read one by one
MOST_READ = 2_000  # areas whose names are read one by one; of more the database looks
HEADS = ("户主", "本人")


def _called(account: Account, name: str) -> str:
    """A name as this reader sees it among hits."""
    return name if can(account, "registry.manage") else masked_name(name)


def persons(account: Account, query: str) -> list[Hit]:
    """By characters, pinyin, the end of an ID or telephone, or the code; the households of which they are the head as well."""
    if not can(account, "registry.view"):
        return []
    people = visible(Person.objects.current(), account)
    rows = [*people.filter(code__iexact=query.strip())[:1], *search_persons(query, people, most=MOST)]
    names = Area.objects.names({row.area for row in rows})
    hits: list[Hit] = []
    for row in {row.code: row for row in rows}.values():
        told = row.told()
        sub = " · ".join(filter(None, (names.get(row.area, ""), masked_id(told.get("id_no", "")))))
        name = _called(account, told.get("name", ""))
        hits.append(Hit(name, links.to("register.person", code=row.code), PERSONS, sub, row.code))
        if told.get("relation", "") in HEADS:
            url = links.to("register.household", code=row.household)
            hits.append(
                Hit(
                    Text("{name}'s household", "{name}户", name=name),
                    url,
                    HOUSEHOLDS,
                    f"{row.household} · {names.get(row.area, '')}",
                    row.household,
                )
            )
    return hits


def households(account: Account, query: str) -> list[Hit]:
    """By the beginning or the end of the code."""
    words = query.strip()
    if not can(account, "registry.view") or len(words) < 2:
        return []
    rows = (
        visible(Household.objects.current(), account).filter(Q(code__istartswith=words) | Q(code__iendswith=words)).order_by("code")[:MOST]
    )
    names = Area.objects.names({row.area for row in rows})
    return [Hit(row.code, links.to("register.household", code=row.code), HOUSEHOLDS, names.get(row.area, ""), row.code) for row in rows]


def found(account: Account, query: str) -> list[Hit]:
    """Those whom no list knows, by name, pinyin or landmark."""
    words = plain(query)
    if not can(account, "registry.view") or len(words) < 2:
        return []
    rows = found_here(account)[:MOST_FOUND]
    told = told_of(rows)
    fitting = [row for row in rows if _fits(told[row.code], words)][:MOST]
    return [_found_hit(account, row.code, row.what, told[row.code]) for row in fitting]


def _fits(told: dict[str, str], words: str) -> bool:
    name = told.get("name", "")
    said = name_pinyin(name) if name and words.isascii() else None
    numbers = [told.get("id_no", ""), told.get("phone", "")]
    ends = len(words) >= 4 and any(plain(number).endswith(words) for number in numbers)
    return (
        words in plain(name)
        or words in plain(told.get("landmark", ""))
        or ends
        or bool(said and (words in said.full or words == said.initials))
    )


def _found_hit(account: Account, code: str, what: str, told: dict[str, str]) -> Hit:
    kind = PERSONS if what == "person" else HOUSEHOLDS
    title = _called(account, told.get("name", "")) or Text("In no list", "名册外")
    return Hit(title, reverse(f"register.{what}", kwargs={"code": code}), kind, told.get("landmark", ""), code)


def places(account: Account, query: str) -> list[Hit]:
    """By name or code; every role may know where a place is."""
    words = query.strip()
    rows = visible(Place.objects.current(), account).filter(
        Q(name__icontains=words) | Q(name__icontains=fold(words)) | Q(code__istartswith=words)
    )
    found = list(rows.order_by("code")[:MOST]) if words else []
    names = Area.objects.names({row.area for row in found})
    to = {row.code: links.to("venues.place", code=row.code) or links.to("register.places", area=row.area) for row in found}
    return [
        Hit(row.name, f"{to[row.code]}?q={row.code}" if "/places/" in to[row.code] else to[row.code], PLACES, names.get(row.area, ""))
        for row in found
    ]


def areas(account: Account, query: str) -> list[Hit]:
    """By name or code, and among no more than a county's areas by pinyin, for those who see the register."""
    words = plain(query)
    if not can(account, "registry.view") or len(words) < 2:
        return []
    scope = areas_of(account).order_by("path")
    rows = list(scope[: MOST_READ + 1])
    if len(rows) > MOST_READ:
        named = Q(name__contains=query.strip()) | Q(name__contains=fold(query))
        rows = list(scope.filter(named | Q(code__startswith=words))[:MOST])
    fitting = [
        row
        for row in rows
        if words in plain(row.name)
        or row.code.startswith(words)
        or (words.isascii() and words.isalpha() and name_pinyin(row.name).full.startswith(words))
    ]
    return [Hit(row.name, links.to("register.area", area=row.code), AREAS, row.code) for row in fitting[:MOST]]


ALL = (persons, households, found, places, areas)
