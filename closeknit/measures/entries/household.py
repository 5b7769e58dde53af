"""A household's page: who lives there, what is due, what was seen and said, how the register came to it. No whereabouts."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from closeknit.access import trail
from closeknit.access.scope import areas_of, can
from closeknit.areas.models import Area
from closeknit.console.page import show
from closeknit.console.parts import Action, Badge, Facts
from closeknit.console.records import links
from closeknit.console.records.names import code_words
from closeknit.console.screens import Request
from closeknit.kit.text import Text
from closeknit.measures.entries.dues import dues
from closeknit.measures.entries.trails import crumbs, shown
from closeknit.policy.packs import policy
from closeknit.registry.kinds import Category
from closeknit.registry.known import canonical
from closeknit.registry.models import Alias, Found, Household, Person, RosterRow
from closeknit.registry.reading import telling
from closeknit.registry.reading.names import Masked, age, once_merged, other_names, told_of

SEXES = {"m": Text("male", "男"), "f": Text("female", "女")}
DOUBTS = {"bad_id": Badge(Text("ID in doubt", "证件存疑"), "watch"), "no_id": Badge(Text("no ID", "缺证件号"), "watch")}
FOUND, SECOND = Badge(Text("in no list", "名册外"), "info"), Badge(Text("second address", "第二住址"), "quiet")
TAGS = {
    "living_alone": Text("lives alone", "独居"),
    "immobile": Text("cannot move easily", "行动不便"),
    "key": Text("key person", "重点人员"),
}
MORE = Q(kind__startswith="returnees.") | Q(kind__startswith="doorknock.")


@dataclass(frozen=True)
class Inmate(Masked):
    """Somebody who lives here, or has a second address here. `whole` is False where the reader's scope does not reach them."""

    code: str
    told: dict[str, Any]
    sex: str = ""
    years: int | None = None
    marks: tuple[Badge | Text | str, ...] = ()
    elsewhere: str = ""
    whole: bool = True

    @property
    def url(self) -> str:
        return links.to("register.person", code=self.code) if self.whole else ""

    @property
    def name(self) -> str:
        return str(self.told.get("name", "")) if self.whole else super().name


def tags(person: Person) -> tuple[Text | str, ...]:
    """What a roster marks somebody with."""
    return tuple(TAGS.get(tag, tag) for tag in person.tags)


def category(text: str) -> Text | str:
    """How somebody belongs to the place, in words."""
    return Category(text).label if text in {each.value for each in Category} else text


def inmates(names: list[str], account: object) -> list[Inmate]:
    """Who lives in a household, whoever was found in it, and whose second address it is."""
    here = Person.objects.current().filter(household__in=names).order_by("code")
    living = [_inmate(person) for person in here]
    found = list(Found.objects.filter(what="person", household__in=names).exclude(code__in=_merged()).order_by("at"))
    told = told_of(found)
    living += [Inmate(each.code, told[each.code], marks=(FOUND, category(told[each.code].get("category", "")))) for each in found]
    return living + list(_with_second_address(names, {each.code for each in living}, account))


def _inmate(person: Person) -> Inmate:
    marks = (*([DOUBTS[person.doubt]] if person.doubt in DOUBTS else []), category(person.category), *tags(person))
    return Inmate(person.code, person.told(), str(SEXES.get(person.sex, "")), age(person.birth_date), tuple(filter(None, marks)))


def _merged() -> Any:
    return Alias.objects.filter(withdrawn_at=None, reference="person", code__startswith="found:").values("code")


def _with_second_address(names: list[str], known: set[str], account: object) -> Iterable[Inmate]:
    rows = RosterRow.objects.current().filter(status="merged", household__in=names).values_list("person", flat=True)
    codes = {*canonical("person", list(rows)).values()} - known
    scope = set(areas_of(account).values_list("code", flat=True)) if codes else set()
    for person in Person.objects.current().filter(code__in=codes).order_by("code"):
        yield Inmate(
            person.code,
            person.told(),
            str(SEXES.get(person.sex, "")),
            age(person.birth_date),
            (SECOND,),
            person.household,
            person.area in scope,
        )


def household(request: Request, code: str) -> HttpResponse:
    end = canonical("household", [code]).get(code, code)
    if end != code:
        return redirect("register.household", code=end)
    row, found = (
        Household.objects.filter(code=code).order_by("-learned_at").first(),
        Found.objects.filter(code=code, what="household").first(),
    )
    home = row or found
    if home is None:
        raise Http404
    area = Area.objects.current().get(code=home.area)
    names = other_names("household", code)
    living = inmates(names, request.account)
    own = [each.code for each in living if not each.elsewhere]
    pack = policy(area.code)
    about = Q(household__in=[*names, *once_merged("household", code)]) | Q(person__in=own) & MORE
    told = row.told() if row else told_of([found])[code] if found else {}
    left = row is not None and row.retired_at is not None
    lines = telling.history(request.account, pack, about)
    trail.read(request.account, request.screen.name, [code, *(each.code for each in living)], what="household", path=request.path)
    context = {
        "code": code,
        "facts": facts(area, told, names, found),
        "left": left,
        "inmates": living,
        "dues": dues(request.account, area, [code], {each.code: each.name for each in living if each.code in own}),
        "several": True,
        "visits": shown(lines, register=False),
        "changes": shown(lines, register=True),
        "needs": _needs(lines),
    }
    heading = str(told.get("address") or told.get("name") or told.get("landmark") or code)
    above = crumbs(request.account, area.code, (Text("Households", "户"), links.to("register.households", area=area.code)))
    return show(
        request, "entries/household.html", context, heading=heading, crumbs=above, actions=_actions(request, code, area, found, left=left)
    )


def facts(area: Area, told: dict[str, Any], names: list[str], found: Found | None) -> Facts:
    """The head of the page: where it lies, and all codes under which it is known."""
    pairs: list[tuple[Text | str, object]] = [(Text("Code", "编号"), code_words(names[0])), (Text("Area", "所属区域"), area.name)]
    labels = {"address": Text("Address", "住址"), "landmark": Text("Landmark", "位置说明"), "name": Text("Name", "姓名")}
    pairs += [(label, told[name]) for name, label in labels.items() if told.get(name)]
    if found:
        pairs.append((Text("Found", "发现时间"), found.at))
    if names[1:]:
        pairs.append((Text("Also known as", "曾用编号"), "、".join(dict.fromkeys(str(code_words(name)) for name in names[1:]))))
    return Facts(pairs)


def _needs(lines: list[telling.Line]) -> list[tuple[Any, list[str]]]:
    """What was asked for at the door, with the day; the latest first."""
    told = ((line.event, line.event.told().get("needs")) for line in lines if line.stands and line.event.kind == "doorknock.visited")
    return [(event, needs) for event, needs in told if needs]


def _actions(request: Request, code: str, area: Area, found: Found | None, *, left: bool) -> list[Action]:
    here = urlencode({"household": code, "area": area.code, "next": request.path})
    actions = []
    if can(request.account, "doorknock.record"):
        for kind, label, icon in (
            ("visited", Text("Record a visit", "登记走访"), "door-enter"),
            ("phoned", Text("Record a call", "登记电话"), "phone"),
        ):
            to = links.to("records.record", kind=f"doorknock.{kind}")
            actions += [Action(label, f"{to}?{here}", icon, primary=kind == "visited")] if to else []
    if can(request.account, "registry.record"):
        add = urlencode({"what": "person", "household": code, "area": area.code})
        actions.append(Action(Text("Add a person found here", "登记本户名册外人员"), f"{reverse('register.add')}?{add}", "user-plus"))
        right = links.to("register.found_one", code=code) if found else links.to("register.amend_household", code=code)
        actions.append(Action(Text("Who is this in the roster?", "与名册比对") if found else Text("Put right", "更正"), right, "pencil"))
    if for_them := links.to("residents.for_household", code=code):
        actions.append(Action(Text("Do it for them", "代办"), for_them, "heart-handshake", method="post"))
    if card := links.to("cards.issue", area=area.code):
        actions.append(Action(Text("Card", "便民卡"), f"{card}?{urlencode({'household': code})}", "id-badge-2"))
    return actions
