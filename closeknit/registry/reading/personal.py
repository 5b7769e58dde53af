"""What may not go out: telephones, ID numbers, plates, and names of the register. Says which piece, and why."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.db.models import QuerySet

from closeknit.areas.models import Area
from closeknit.kit.text import Text
from closeknit.registry.models import Person, SearchWords
from closeknit.registry.searching import plain, word

NUMBERS = (
    (re.compile(r"(?<!\d)1[3-9]\d(?:[ -]?\d){8}(?!\d)"), Text("a mobile number", "手机号码")),
    (re.compile(r"(?<!\d)\d{6}[ -]?\d{8}[ -]?\d{3}[\dXx](?![\dXx])|(?<!\d)\d{15}(?!\d)"), Text("an ID number", "证件号码")),
    (
        re.compile(r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z][·. ]?[A-Z0-9]{5,6}(?![A-Z0-9])"),
        Text("a plate", "车牌号"),
    ),
)
NAME = Text("the name of somebody in the register", "名册中人员的姓名")
HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
LENGTHS = (2, 3, 4)
MOST_COMPARED = 200  # persons whose surname and two characters fit; two persons of one name are enough to know it


def place_words(area: str) -> Iterator[str]:
    """The names of the areas around and below one: words that look like names of people and are none."""
    path = Area.objects.current().filter(code=area).values_list("path", flat=True).first() or ""
    above = [code for code in path.split("/") if code]
    yield from Area.objects.current().filter(code__in=above).values_list("name", flat=True)
    yield from Area.objects.below(area).values_list("name", flat=True)


class Finding(NamedTuple):
    """A piece of a text that may not go out."""

    piece: str
    why: Text


def findings(text: str, area: str, vocabulary: Iterable[str] = ()) -> list[Finding]:
    """The pieces of a text that are about a person. vocabulary: words that look like names and are none."""
    folded = unicodedata.normalize("NFKC", text)
    found = [Finding(match[0], why) for pattern, why in NUMBERS for match in pattern.finditer(folded)]
    return found + [Finding(name, NAME) for name in _names(folded, area, vocabulary)]


def _names(text: str, area: str, vocabulary: Iterable[str]) -> list[str]:
    for term in sorted({unicodedata.normalize("NFKC", term) for term in vocabulary}, key=len, reverse=True):
        text = text.replace(term, "\n")
    windows = {
        run[start : start + length]
        for run in HAN.findall(text) for length in LENGTHS for start in range(len(run) - length + 1)
    }  # fmt: skip
    by_word = {word(plain(window)): window for window in windows}
    rows = SearchWords.objects.filter(words__hold_any=list(by_word)).values_list("words", flat=True)
    known = {each for row in rows.iterator() for each in row.split() if each in by_word}
    people = Person.objects.current().filter(area__in=Area.objects.below(area).values("code"))
    return sorted({by_word[each] for each in known if _is_name(by_word[each], people)})


def _is_name(window: str, people: QuerySet[Person]) -> bool:
    """Whether somebody is called so, and not only has these characters in the name."""
    name = plain(window)
    for part in (name, name[:1]) if len(name) == min(LENGTHS) else (name,):
        people = people.filter(code__in=SearchWords.objects.filter(words__hold_all=[word(part)]).values("person"))
    return any(plain(person.told().get("name", "")) == name for person in people.order_by("code")[:MOST_COMPARED])
