"""Choosing the household, person or place of a record: by code, name, pinyin, the end of an ID or a telephone, within one's scope."""

from dataclasses import dataclass

from django.db.models import Q

from closeknit.access.models import Account
from closeknit.access.scope import can, visible
from closeknit.console.records import names
from closeknit.console.records.names import Called
from closeknit.kit.text import Text
from closeknit.ledger.fields import Invalid
from closeknit.ledger.kinds import Reference
from closeknit.registry.models import Found, Household, Person, Place
from closeknit.registry.searching import search_persons

MOST = 8
LABELS: dict[Reference, Text] = {
    "household": Text("Household", "户"),
    "person": Text("Person", "人员"),
    "place": Text("Place", "场所"),
}
NONE = Text(
    "Nobody and nothing in your area answers to “{words}”. Try the code, the name, or the last digits of the ID.",
    "辖区内未找到“{words}”。可输入编号、姓名或证件号末几位。",
)
SEVERAL = Text("Several answer to “{words}”. Choose one of them.", "“{words}”对应多个对象，请选择其一。")


@dataclass(frozen=True)
class Asked:
    """A reference as a form asks for it: what was typed, what is offered, which one is chosen."""

    reference: Reference
    required: bool
    typed: str = ""
    chosen: str = ""
    offered: tuple[Called, ...] = ()
    error: Text | None = None

    @property
    def label(self) -> Text:
        return LABELS[self.reference]

    @property
    def id(self) -> str:
        return f"f-ref_{self.reference}"


def may_find(account: Account, reference: Reference) -> bool:
    """Whether the account may search here: places are open to all, people only to those who see the register."""
    return reference == "place" or can(account, "registry.view")


def found(account: Account, reference: Reference, words: str) -> list[Called]:
    """Up to eight of the account's scope that answer to the words."""
    words = words.strip()
    if not words:
        return []
    if reference == "place":
        rows = visible(Place.objects.current(), account).filter(Q(name__icontains=words) | Q(code__istartswith=words))
        return list(names.places(rows.order_by("code").values_list("code", flat=True)[:MOST]).values())
    full = names.in_full(account, "registry.record")
    people = search_persons(words, visible(Person.objects.current(), account), most=MOST)
    if reference == "person":
        codes = _by_code(Person, account, words) or [person.code for person in people]
        return list(names.persons(codes, full=full).values())
    codes = _by_code(Household, account, words) or [person.household for person in people]
    return list(names.households(dict.fromkeys(codes), full=full).values())


def _by_code(model: type[Household] | type[Person], account: Account, words: str) -> list[str]:
    rows = visible(model.objects.current(), account).filter(code__istartswith=words)
    return list(rows.order_by("code").values_list("code", flat=True)[:MOST])


def called(account: Account, reference: Reference, code: str) -> Called | None:
    """Who or what stands under a code in the account's scope; None where it is not there, which looks the same."""
    if not code or not area_of(account, reference, code):
        return None
    if reference == "place":
        return names.places([code]).get(code)
    full = names.in_full(account, "registry.record")
    return (names.persons if reference == "person" else names.households)([code], full=full).get(code) or Called(code, "")


def area_of(account: Account, reference: Reference, code: str) -> str:
    """The area in which somebody or something of the account's scope lies; empty where it is not there."""
    model = {"household": Household, "person": Person, "place": Place}[reference]
    row = visible(model.objects.current(), account).filter(code=code).values_list("area", flat=True).first()
    if row is None and reference != "place":
        row = visible(Found.objects.all(), account).filter(code=code, what=reference).values_list("area", flat=True).first()
    return row or ""


def resolve(account: Account, reference: Reference, typed: str, chosen: str) -> Called | None:
    """The one that is meant. Raises `Invalid` where nobody, or more than one, answers to what was typed; None where nothing was."""
    for code in (chosen, typed.strip()):
        one = called(account, reference, code)
        if one:
            return one
    if not typed.strip() and not chosen:
        return None
    hits = found(account, reference, typed) if may_find(account, reference) else []
    if len(hits) == 1:
        return hits[0]
    raise Invalid(reference, "several" if hits else "unknown", (SEVERAL if hits else NONE).format(words=typed or chosen))
