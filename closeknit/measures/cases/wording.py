"""From an act to a text that names nobody: drafted by rule, and what must not go out found again before it does."""

from collections.abc import Iterable
from dataclasses import dataclass

from closeknit.areas.models import Area
from closeknit.kit.text import Text
from closeknit.ledger.models import Event
from closeknit.measures.inspections.kinds import ORDERS, Act, State, offices
from closeknit.policy.packs import Policy
from closeknit.registry.models import Member, Place
from closeknit.registry.reading.personal import findings, place_words
from closeknit.registry.reading.places import category

SMALL = ("village", "grid")  # areas by whose name one finds the shop
SHORTEST = 2
SOMEBODY, SOMEWHERE = "某某", "某村"  # what stands in a published text, whatever language its reader has
SHOP, WORKER, VILLAGE, SERVED = (
    Text("the name of premises", "场所名称"), Text("the name of somebody who works here", "工作人员姓名"),
    Text("the name of a village", "村（社区）名称"), Text("who took the notice, or objected", "签收人或提出异议的人"),
)  # fmt: skip
ENDS = {
    State.DONE: "目前已履行完毕。", State.LIFTED: "经复查整改到位，已解除措施。", State.OVER: "措施已到期结束。",
}  # fmt: skip
BODY = "{month}，{town}执法人员检查一家{sort}时发现：{found}。{by}{act}。{end}"


@dataclass(frozen=True)
class Leak:
    """A piece of a text that may not be published."""

    piece: str
    why: Text


def township(area: str) -> Area:
    """The area under whose name a case is published: the township above, so that no village is known."""
    row = Area.objects.current().get(code=area)
    above = Area.objects.current().filter(code__in=[code for code in row.path.split("/") if code]).exclude(level__in=SMALL)
    found: Area = above.order_by("-path").first() or row
    return found


def known_names(place: Place, events: Iterable[Event]) -> dict[str, tuple[str, Text]]:
    """What must not be named, with what stands in its place and what it is: premises, villages, workers, who took or objected."""
    town = township(place.area)
    below = Area.objects.below(town.code).values("code")
    names: dict[str, tuple[str, Text]] = {}
    for name, sort in Place.objects.current().filter(area__in=below).values_list("name", "category"):
        names[name] = f"某{Text('{sort}', '{sort}', sort=category(sort)).of('zh-hans')}", SHOP
    for name in Member.objects.current().filter(area__in=below).values_list("name", flat=True):
        names[name] = SOMEBODY, WORKER
    for name in Area.objects.below(town.code).filter(level__in=SMALL).values_list("name", flat=True):
        names[name] = SOMEWHERE, VILLAGE
    for event in events:
        told = event.told()
        for name in (told.get("receiver", ""), *(each.split()[0] for each in told.get("officers", ()) if each.split())):
            names[str(name)] = SOMEBODY, SERVED
    return {name: rest for name, rest in names.items() if len(name) >= SHORTEST}


def leaks(text: str, place: Place, events: Iterable[Event]) -> list[Leak]:
    """The pieces of a text that are about a person, or by which the premises are found."""
    names = known_names(place, events)
    found = [Leak(name, why) for name, (_, why) in names.items() if name in text]
    town = township(place.area)
    ours = [*place_words(town.code), *names]
    return found + [Leak(each.piece, each.why) for each in findings(text, town.code, ours)]


def cleaned(text: str, place: Place, events: Iterable[Event]) -> str:
    """The text with all of that replaced: the longest first, so that no rest of a name is left."""
    events = list(events)
    names = known_names(place, events)
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, names[name][0])
    for each in sorted(leaks(text, place, events), key=lambda leak: len(leak.piece), reverse=True):
        text = text.replace(each.piece, SOMEBODY)
    return text


def drafted(act: Act, place: Place, state: State, pack: Policy, events: Iterable[Event]) -> tuple[str, str]:
    """Title and text of a case from an act, without a name, a number, a plate, a day or a document in it."""
    sort = Text("{sort}", "{sort}", sort=category(place.category)).of("zh-hans")
    label, found = ORDERS[act.action].of("zh-hans"), "；".join(act.found) or "违反防控规定"
    paper = act.written.data if act.written else {}
    office = offices(pack).get(str(paper.get("office", "")))
    by = f"{office.label.of('zh-hans')}依据{paper['legal_basis']}作出" if office else "依法作出"
    month = act.made.at.astimezone(pack.timezone).strftime("%Y年%m月").replace("年0", "年")
    body = BODY.format(month=month, town=township(place.area).name, sort=sort, found=found, by=by, act=label, end=ENDS.get(state, ""))
    events = list(events)
    return cleaned(f"某{sort}{found.split('；')[0]}被{label}", place, events)[:80], cleaned(body, place, events)
