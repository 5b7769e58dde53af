"""Finding a person by a part of the name, by pinyin, by the last digits of an ID or a phone, without a readable name in the database."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from django.db.models import QuerySet

from closeknit.kit.folding import fold, name_pinyin, parted
from closeknit.kit.sealing import blind
from closeknit.registry.large.filling import fill
from closeknit.registry.models import Person, SearchWords

PURPOSE = "search"
WORD = 12  # hexadecimal digits
ENDS = 4  # digits: what a longer query has before them is compared with what is decrypted
MOST_LOOKED_AT = 400
_BETWEEN = re.compile(r"[\s·•・‧.\-_'’]+")
_NUMBER = re.compile(r"[+\d][\d]*X?")
_DIGITS = re.compile(r"\d+")


class Findable(NamedTuple):
    """What somebody is found by: the name, the ID as it is written, phones joined by `;`, the address."""

    name: str
    id_no: str
    phone: str
    address: str = ""


def plain(text: str) -> str:
    """A name or a query without what people leave out: width, traditional forms, capitals, dots and blanks."""
    folded = fold(text)
    if not folded.isalnum():  # else nothing stands in between
        folded = _BETWEEN.sub("", folded)
    return folded.replace("ü", "v")


def _of_name(written: str) -> set[str]:
    """What is kept of a name: itself, its surname and each two characters of it, pinyin (in full, surname, given name, initials)."""
    name = plain(written)
    if name.isascii():
        pinyin = name_pinyin(written)
        pairs = {name[start : start + 2] for start in range(len(name) - 1)}
        return set(map(word, {name, plain(pinyin.full), pinyin.initials, *pairs, *fold_words(written)} - {""}))
    surname, given = parted(name)
    said = plain(surname.said.full + given.said.full)
    initials = surname.said.initials + given.said.initials
    pairs = {name[start : start + 2] for start in range(len(name) - 1)}
    common = {surname.text, surname.said.full, said.removeprefix(surname.said.full), initials, *pairs} - {name, said, ""}
    return {*map(word, common), *map(rare, {name, said} - {""})}


def _ends(person: Findable) -> Iterator[str]:
    """The last four of ID and phones, and phones whole."""
    phones = person.phone.split(";") if person.phone else []
    for number in (person.id_no, *phones):
        digits = plain(number).upper()
        if len(digits) >= ENDS + 2:
            yield word(digits[-ENDS:])
    yield from map(whole_phone, phones)


def fold_words(name: str) -> list[str]:
    """The words of a name in letters, each by itself."""
    return [plain(word) for word in name.split()]


@lru_cache(maxsize=200_000)
def word(text: str) -> str:
    """The blind index of a part, 48 bits of it: what is found by it is decrypted and compared."""
    return rare(text)


def rare(text: str) -> str:
    """The same for what few share: it is not kept in memory."""
    return blind(text, purpose=PURPOSE).hex()[:WORD]


def words(person: Findable) -> str:
    """All words of a person as they are kept."""
    return " ".join(_of_name(person.name).union(_ends(person), _at_home(person.address)))


def whole_phone(number: str) -> str:
    """The word of a telephone as it is dialled."""
    return rare(f"phone {number}")


@lru_cache(maxsize=10_000)
def _at_home(address: str) -> tuple[str, ...]:
    numbers = door(address)
    return (at_door(numbers),) if numbers else ()


def door(address: str) -> str:
    """The last four numbers of an address, which stay when a town is put before it; empty where it has fewer than two."""
    numbers = _DIGITS.findall(fold(address)) if address else []
    return "-".join(numbers[-4:]) if len(numbers) > 1 else ""


def at_door(numbers: str) -> str:
    """The word by which who lives behind such a door comes into question for a list's row; nobody searches by it."""
    return rare(f"door {numbers}")


def index_persons(persons: Mapping[str, str], *, replace: Iterable[str] = ()) -> None:
    """Makes persons findable by their words; `replace` names those who were found by other words before."""
    SearchWords.objects.filter(person__among=frozenset(replace)).delete()
    fill(SearchWords, [{"person": code, "words": said} for code, said in persons.items()])


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
    held = SearchWords.objects.filter(words__hold_all=[word(text) for text in texts])
    return among.filter(code__in=held.values("person"))


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
