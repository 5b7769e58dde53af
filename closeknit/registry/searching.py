"""Finding a person by a part of the name, by pinyin, by the last digits of an ID or a phone, without a readable name in the database."""

from collections.abc import Iterable, Iterator, Mapping

from closeknit.kit.folding import fold, name_pinyin
from closeknit.kit.ids import uuid7
from closeknit.kit.sealing import blind
from closeknit.ledger import bulk
from closeknit.registry.models import SearchToken
from closeknit.registry.roster.person import RosterPerson

PURPOSE = "search"


def tokens(name: str, id_no: str, phone: str) -> Iterator[str]:
    """What somebody is found by: the name and each two characters of it, pinyin in full and by initials, the ends of ID and phone."""
    folded = fold(name).lower()
    yield folded
    yield from (folded[start : start + 2] for start in range(len(folded) - 1))
    pinyin = name_pinyin(name)
    yield pinyin.full
    yield pinyin.initials
    for number in (id_no.upper(), *phone.split(";")):
        if len(number) >= 6:
            yield from (number, number[-6:], number[-4:])


def index_persons(persons: Mapping[str, RosterPerson], *, replace: Iterable[str] = ()) -> None:
    """Makes these persons findable; `replace` names those who were found by other tokens before."""
    stale = list(replace)
    if stale:
        SearchToken.objects.filter(person__in=stale).delete()
    rows = [
        {"id": uuid7(), "token": blind(token, purpose=PURPOSE), "person": code}
        for code, person in persons.items()
        for token in {*tokens(person.name, person.id_no, person.phone)}
        if token
    ]
    bulk.insert(SearchToken, rows)


def query_token(query: str) -> bytes:
    """The token that a typed query matches."""
    plain = fold(query)
    return blind(plain.upper() if plain[:1].isdigit() else plain.lower(), purpose=PURPOSE)
