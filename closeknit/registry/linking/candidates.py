"""Who of the register comes into question for each row of a list, by blind words alone: nobody is decrypted for it.

A row and a person come together by the sound of the name, or by two words one of which is the end of an ID, the end of a telephone or the
numbers of a door: so a name may be typed wrong, an ID may be missing, a telephone may be an old one.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from django.db.models import QuerySet

from closeknit.registry.linking.whom import Whom
from closeknit.registry.models import Person, SearchWords
from closeknit.registry.searching import ENDS, Findable, at_door, whole_phone, word, words

MANY = 4_000  # words: from so many on all words of the register are read, which is quicker
READ_AT_ONCE = 10_000


def candidates(whoms: Sequence[Whom], among: QuerySet[Person]) -> list[list[str]]:
    """The codes of those who come into question, for each row."""
    said = [word(each.said) if each.said else "" for each in whoms]
    own = [frozenset(_words(each)) for each in whoms]
    rows_of: dict[str, list[int]] = defaultdict(list)
    for row, whom in enumerate(whoms):
        for each in {said[row], *_rare(whom)} - {""}:
            rows_of[each].append(row)
    found: list[list[str]] = [[] for _ in whoms]
    for code, held in _held(list(rows_of), among):
        theirs = held.split()
        for row in {row for each in theirs if each in rows_of for row in rows_of[each]}:
            if said[row] in theirs or len(own[row].intersection(theirs)) > 1:
                found[row].append(code)
    return found


def _held(wanted: Sequence[str], among: QuerySet[Person]) -> Iterator[tuple[str, str]]:
    """Whoever holds one of the words, then those of them who are among: asked together, a database whose tables were never counted looks
    every person up by every word."""
    if not wanted:
        return
    held = SearchWords.objects.filter(words__hold_any=wanted) if len(wanted) < MANY else SearchWords.objects.all()
    rows = held.values_list("person", "words").iterator(chunk_size=READ_AT_ONCE)
    while some := dict(islice(rows, READ_AT_ONCE)):
        for code in among.filter(code__among=frozenset(some)).values_list("code", flat=True):
            yield code, some[code]


def _rare(whom: Whom) -> Iterable[str]:
    """Words that few persons share."""
    if len(whom.digits) >= ENDS + 2:
        yield word(whom.digits[-ENDS:])
    for phone in whom.phones:
        yield from (word(phone[-ENDS:]), whole_phone(phone))
    if whom.door:
        yield at_door(whom.door)


def _words(whom: Whom) -> Iterable[str]:
    return [*words(Findable(whom.name, "", "")).split(), *_rare(whom)] if whom.name else list(_rare(whom))
