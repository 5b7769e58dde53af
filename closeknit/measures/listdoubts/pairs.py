"""Is this the same person? An item beside those of the register whom it may mean; a person decides with one press."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar
from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from closeknit.access import trail
from closeknit.access.models import Account
from closeknit.access.scope import in_scope, visible
from closeknit.areas.models import Area
from closeknit.console.lists.columns import Column, words_in
from closeknit.console.lists.listing import Listing
from closeknit.console.page import show
from closeknit.console.parts import Empty, Pressable
from closeknit.console.records import links
from closeknit.console.records.saving import Entry, guard, save
from closeknit.console.records.screens import told as tell_recorded
from closeknit.console.screens import Request
from closeknit.console.tell import tell
from closeknit.kit.text import Text
from closeknit.ledger.fields import Invalid
from closeknit.ledger.kinds import names as kind_names
from closeknit.measures.listdoubts.places import tabs
from closeknit.measures.listdoubts.rules import agreements
from closeknit.measures.lists.kinds import READS, Item, WhyReturned, area_of_item, told_of
from closeknit.registry.models import Household, Person
from closeknit.registry.reading.names import Masked, choices, masked_id, masked_name, masked_phone

OTHERS = Text("This item is not in your area. Take the code from your own list.", "该条目不在您的辖区，请从本辖区名单中选择。")
GONE = Text("The person is not in your area any more. Compare again.", "该人员已不在您的辖区，请重新比对。")
DECIDED = {
    "same": Text("Decided: the same person.", "已判定：同一人。"), "none": Text("Decided: none of them.", "已判定：均不是。"),
    "return": Text("Returned to who pushed it.", "已退回上级。"), "assign": Text("Given to {area}.", "已分派至{area}。"),
}  # fmt: skip
NONE = Empty(
    Text("Nobody is in doubt", "暂无待比对人员"),
    Text("Where a row may mean somebody of the register, both stand here side by side.", "推送条目疑似在册时，双方信息在此并列比对。"),
    icon="circle-check",
)


@dataclass(frozen=True)
class Candidate:
    """Somebody of the register, masked, with what agrees."""

    code: str
    name: str
    id_no: str
    phone: str
    address: str
    area: str
    why: list[Text]
    url: str


@dataclass(frozen=True)
class Pair(Masked, Pressable):
    """An item and those whom it may mean, side by side."""

    item: Item
    told: dict[str, Any]
    area_name: str
    candidates: list[Candidate]
    back: str
    template: ClassVar[str] = "lists/pair.html"
    reasons: ClassVar[list[WhyReturned]] = list(WhyReturned)

    @property
    def send_to(self) -> str:
        return reverse("lists.decide", args=[self.item.topic])


def _paired(request: Request, items: list[Item]) -> list[Pair]:
    """The items of a page with their candidates; a few statements, however many."""
    told = told_of(items)
    people = visible(Person.objects.current(), request.account).filter(code__in={code for each in items for code in each.candidates})
    persons = {each.code: each for each in people}
    homes = {each.code: each.told().get("address", "") for each in Household.objects.current().filter(
        code__in={each.household for each in persons.values()})}  # fmt: skip
    names = Area.objects.names({each.area for each in (*items, *persons.values())})
    back = request.get_full_path()
    return [
        Pair(each, told.get(each.topic, {}), names.get(each.area, each.area),
             [_candidate(persons[code], told.get(each.topic, {}), homes, names) for code in each.candidates if code in persons], back)
        for each in items
    ]  # fmt: skip


def _candidate(person: Person, said: dict[str, Any], homes: dict[str, str], names: dict[str, str]) -> Candidate:
    own = {**person.told(), "address": homes.get(person.household, "")}
    return Candidate(
        person.code, masked_name(own.get("name", "")), masked_id(own.get("id_no", "")), masked_phone(own.get("phone", "")),
        own["address"], names.get(person.area, person.area), agreements(said, own), links.to("register.person", code=person.code),
    )  # fmt: skip


def _codes(pair: Pair) -> Iterable[str]:
    return [f"item:{pair.item.topic}", *(each.code for each in pair.candidates)]


def pairs(request: Request, area: str) -> HttpResponse:
    """The items that wait for a person; both sides are written to the trail."""
    row = Area.objects.current().get(code=area)
    waiting = Item.objects.to_compare().filter(area__in=Area.objects.below(area).values("code"))
    listing = Listing(
        columns=(
            Column("name", Text("On the list", "名单所列"), lambda pair: pair.name, phone="title"),
            Column("area", Text("Area", "地区"), lambda pair: pair.area_name, sort=("area", "topic")),
            Column("list", Text("List", "名单"), lambda pair: pair.item.list, sort=("list", "topic")),
            Column("deadline", Text("By", "核查时限"), lambda pair: pair.item.deadline, sort=("deadline", "topic"), phone="end"),
            Column("pair", Text("May be", "疑似人员"), lambda pair: pair, phone="wide",
                   export=lambda pair: "、".join(each.code for each in pair.candidates)),
        ),
        order="deadline",
        empty=NONE,
        search=words_in("list", "topic"),
        search_label=Text("List or code", "名单或编号"),
        codes=_codes,
        dress=partial(_paired, request),
        per_page=10,
    )  # fmt: skip
    heading = Text("The same person? {area}", "{area} 疑似人员比对", area=row.name)
    crumbs = links.above(request.account, row, "lists.pairs")
    context = {"tabs": tabs(request, area, "pairs")}
    return listing.respond(request, waiting, template="lists/waiting.html", context=context, heading=heading, crumbs=crumbs)


def decide(request: Request, item: str) -> HttpResponse:
    """One item with all that can be decided of it, and what a press decides."""
    held = Item.objects.filter(topic=item).first()
    if held is None:
        raise Http404
    if request.method == "POST":
        return _decided(request, held)
    (pair,) = _paired(request, [held])
    trail.read(request.account, request.screen.name, _codes(pair), path=request.path)
    context = {"pair": pair, "areas": choices(request.account)}
    crumbs = [(pair.area_name, links.to("lists.items", area=held.area))]
    return show(request, "lists/decide.html", context, heading=pair.name or held.list, crumbs=crumbs)


def _decided(request: Request, held: Item) -> HttpResponse:
    said = request.POST
    back = links.ours(said.get("next", ""), links.to("lists.item", item=held.topic))
    try:
        event_id, what = UUID(said.get("event", "")), DECIDED[said.get("do", "")]
    except (ValueError, KeyError) as error:
        raise BadRequest from error
    data, references, area = {"item": held.topic}, {}, held.area
    if said["do"] == "same":
        person = visible(Person.objects.current(), request.account).filter(code=said.get("person", "")).first()
        if person is None:
            tell(request, GONE, tone="bad")
            return redirect(back)
        references, area = {"person": person.code, "household": person.household}, person.area
    if said["do"] == "assign":
        if not in_scope(request.account, said.get("area", "")):
            raise Http404
        area = said["area"]
        what = what.format(area=Area.objects.names([area])[area])
    if said["do"] == "return":
        data["reason"] = said.get("reason", "")
    kind = {"same": "lists.matched", "none": "lists.matched", "return": "lists.returned", "assign": "lists.assigned"}[said["do"]]
    data |= {"how": "decided"} if kind == "lists.matched" else {}
    try:
        save(request.account, Entry(event_id, kind, area, data, references))
    except Invalid as invalid:
        tell(request, invalid.text, tone="bad")
    else:
        tell_recorded(request, str(event_id), what, back)
    return redirect(back)


def not_of_others(account: Account, entry: Entry) -> None:
    """Raises `Invalid` where the item lies outside the account's area, or is none: nobody closes another's."""
    if not in_scope(account, area_of_item(str(entry.data.get("item", "")))):
        raise Invalid("data.item", "outside", OTHERS)


for _kind in kind_names(*READS[1:]):
    guard(_kind, not_of_others)
