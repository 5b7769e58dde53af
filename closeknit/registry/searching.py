"""Finding a person by a part of the name, by pinyin, by the last digits of an ID or a phone, without a readable name in the database."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from django.db.models import Count, QuerySet

from closeknit.kit.folding import SURNAMES, fold, name_pinyin
from closeknit.kit.ids import uuid7
from closeknit.kit.sealing import blind
from closeknit.ledger import bulk
from closeknit.registry.models import Person, SearchToken

PURPOSE = "search"
ENDS = 4  # digits: what a longer query has before them is compared with what is decrypted
MOST_LOOKED_AT = 400
_BETWEEN = re.compile(r"[\s·•・‧.\-_'’]+")
_NUMBER = re.compile(r"[+\d][\d]*X?")


class Findable(NamedTuple):
    """What somebody is found by: the name, the ID as it is written, phones joined by `;`."""

    name: str
    id_no: str
    phone: str


def plain(text: str) -> str:
    """A name or a query without what people leave out: width, traditional forms, capitals, dots and blanks."""
    return _BETWEEN.sub("", fold(text)).replace("ü", "v")


def tokens(person: Findable) -> Iterator[str]:
    """What is kept of a person: the name, its surname and each two characters of it, pinyin (in full, surname, given name, initials),
    and the last four of ID and phones."""
    name = plain(person.name)
    yield name
    yield from (name[start : start + 2] for start in range(len(name) - 1))
    pinyin = name_pinyin(person.name)
    full, initials = plain(pinyin.full), pinyin.initials
    yield full
    yield initials
    if not name.isascii():
        surname = name[:2] if name[:2] in SURNAMES else name[:1]
        said = SURNAMES[surname].replace(" ", "") if surname in SURNAMES else name_pinyin(surname).full
        yield from (surname, said, full.removeprefix(said))
    else:
        yield from fold_words(person.name)
    for number in (person.id_no, *person.phone.split(";")):
        digits = plain(number).upper()
        if len(digits) >= ENDS + 2:
            yield digits[-ENDS:]


def fold_words(name: str) -> list[str]:
    """The words of a name in letters, each by itself."""
    return [plain(word) for word in name.split()]


def token(text: str) -> bytes:
    """The blind index of a token."""
    return blind(text, purpose=PURPOSE)


def index_persons(persons: Mapping[str, Findable], *, replace: Iterable[str] = ()) -> None:
    """Makes these persons findable; `replace` names those who were found by other tokens before."""
    stale = list(replace)
    if stale:
        SearchToken.objects.filter(person__in=stale).delete()
    rows = [{"id": uuid7(), "token": token(text), "person": code} for code, person in persons.items() for text in {*tokens(person)} if text]
    bulk.insert(SearchToken, rows)


def search_persons(query: str, among: QuerySet[Person], *, most: int = 20) -> list[Person]:
    """The persons of `among` whom a query means: those who fit best first. What is typed is compared with what is decrypted."""
    text = plain(query)
    if not text:
        return []
    if _NUMBER.fullmatch(text.upper()):
        return _by_number(text.upper().removeprefix("+86"), among, most)
    found = _fitting(text, _with_all(among, [text]), most)
    if len(found) < most and not text.isascii() and len(text) > 2:
        pairs = [text[start : start + 2] for start in range(len(text) - 1)]
        found += [person for person in _fitting(text, _with_all(among, pairs), most) if person not in found]
    if not found and text.isascii():
        found = _by_beginning(text, among, most)
    return found[:most]


def _with_all(among: QuerySet[Person], texts: Iterable[str]) -> QuerySet[Person]:
    wanted = {token(text) for text in texts}
    codes = SearchToken.objects.filter(token__in=wanted)
    if len(wanted) == 1:
        return among.filter(code__in=codes.values("person"))
    all_of = codes.values("person").annotate(hits=Count("token", distinct=True)).filter(hits=len(wanted))
    return among.filter(code__in=all_of.values("person"))


def _fitting(text: str, persons: QuerySet[Person], most: int) -> list[Person]:
    """Those whose name or pinyin really holds the text; whole names first."""
    ranked = []
    for person in persons.order_by("code")[:MOST_LOOKED_AT]:
        name = person.told().get("name", "")
        folded = plain(name)
        said = name_pinyin(name) if text.isascii() else None
        if text in folded or (said and (text in plain(said.full) or text == said.initials)):
            ranked.append((folded != text and (said is None or plain(said.full) != text), len(folded), person.code, person))
    return [person for *_, person in sorted(ranked, key=lambda each: each[:3])][:most]


def _by_beginning(text: str, among: QuerySet[Person], most: int) -> list[Person]:
    """Pinyin that breaks off within a syllable: by the longest beginning that somebody's surname is."""
    for length in range(len(text) - 1, 0, -1):
        found = _fitting(text, _with_all(among, [text[:length]]), most)
        if found:
            return found
    return []


def _by_number(digits: str, among: QuerySet[Person], most: int) -> list[Person]:
    if len(digits) < ENDS:
        return []
    found = []
    for person in _with_all(among, [digits[-ENDS:]]).order_by("code")[:MOST_LOOKED_AT]:
        told = person.told()
        numbers = (told.get("id_no", ""), *told.get("phone", "").split(";"))
        if any(plain(number).upper().endswith(digits) for number in numbers):
            found.append(person)
    return found[:most]
