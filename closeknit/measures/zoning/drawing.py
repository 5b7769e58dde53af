"""Drawing a zone: where, by which law, until when, with which exceptions, lifted by what; to extend or change it is a new order."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect

from closeknit.access import trail
from closeknit.access.scope import in_scope
from closeknit.areas.models import Area
from closeknit.console.forms import Form, FormField
from closeknit.console.page import show
from closeknit.console.parts import Notice
from closeknit.console.records import asking, links, names
from closeknit.console.records.saving import Entry, save
from closeknit.console.records.screens import told
from closeknit.console.screens import Request
from closeknit.kit import clock
from closeknit.kit.ids import carried_id
from closeknit.kit.text import Text
from closeknit.ledger.fields import Invalid
from closeknit.ledger.models import Event
from closeknit.measures.zones.kinds import CARE, Zone, doors, ends, living, named, zone_of
from closeknit.measures.zoning.picking import Picked, searched, tree
from closeknit.policy.packs import Policy, policy

FIELDS = ("name", "measure", "basis", "authority", "from_at", "until_at", "lifts", "exceptions", "other_exceptions", "delivers", "order_no")
ORDERED = Text("Ordered. Announce it now: print, post, read out.", "已登记决定。请立即发布通告：打印张贴、广播告知。")
NOT_FOUND = Text(
    "Nothing answers to “{words}”. Try the number of a building or group, a door or a name.",
    "未找到“{words}”。可输入如 12栋、3组、门牌或姓名。",
)
LIVES = Text("Chosen: {households} households, {persons} people.", "已选范围：{households} 户、{persons} 人。")
CHANGE = Text("Extend or change: {name}", "延长或变更：{name}")


def draw(request: Request, area: str) -> HttpResponse:
    """A new zone."""
    row = Area.objects.current().get(code=area)
    crumbs = [*links.above(request.account, row, "zones.list"), (row.name, links.to("zones.list", area=area))]
    return _form(request, area, None, heading=request.screen.title, crumbs=crumbs)


def change(request: Request, zone: str) -> HttpResponse:
    """A new order for a zone: longer, or for others."""
    held, _ = zone_of(request.account, zone, clock.now())
    order = held.shown(clock.now())
    area = order.area if in_scope(request.account, order.area) else request.account.area
    name = str(order.data["name"])
    return _form(request, area, held, heading=CHANGE.format(name=name), crumbs=[(name, links.to("zones.zone", zone=zone))])


def _form(request: Request, area: str, zone: Zone | None, **page: Any) -> HttpResponse:
    """The form: searched in and counted as often as somebody likes, and nothing ticked is lost; then recorded."""
    posted = request.POST if request.method == "POST" else None
    does, pack, now = posted.get("do", "") if posted else "", policy(area), clock.now()
    order = zone.shown(now) if zone else None
    form = Form(_fields(pack, again=order is not None), posted, _initial(pack, order))
    picked = Picked.of(posted) if posted is not None else _drawn(order)
    event = carried_id(request.POST)
    if does != "order":
        form.errors.clear()
    elif form.valid():
        number = zone.number if zone else f"Z{event.hex[-10:].upper()}"
        if _recorded(request, Entry(event, "zones.ordered", area, _data(request, form, picked, area, number)), form):
            told(request, str(event), ORDERED, links.to("zones.zone", zone=number))
            return redirect("zones.announcement", zone=number)
    context = {"form": form, "event": event, "doors": Notice(doors(pack), "info"), **_where(request, area, picked, does)}
    return show(request, "zoning/draw.html", context, status=422 if form.errors else 200, **page)


def _fields(pack: Policy, *, again: bool) -> list[FormField]:
    def choices(dotted: str) -> list[tuple[str, Text]]:
        return [(each.code, each.label) for each in named(pack, dotted).values() if each.code != CARE]

    return asking.fields(
        "zones.ordered", *FIELDS, *(("why",) if again else ()),
        measure={"type": "choice", "choices": choices("zones.measures")}, lifts={"choices": choices("zones.conditions")},
        exceptions={"choices": choices("zones.exceptions")}, delivers={"type": "long_text"}, why={"type": "long_text", "required": True},
    )  # fmt: skip


def _initial(pack: Policy, order: Event | None) -> dict[str, Any]:
    now = clock.now().replace(second=0, microsecond=0)
    if order is None:
        words = pack.get("zones.delivers")
        return {"from_at": now, "delivers": str(Text(words["en"], words["zh"])), "exceptions": list(named(pack, "zones.exceptions"))}
    return {name: order.data[name] for name in FIELDS if name in order.data} | {"from_at": max(ends(order), now), "until_at": None}


def _drawn(order: Event | None) -> Picked:
    data = order.data if order else {}
    return Picked(list(data.get("areas", ())), [], list(data.get("households", ())), list(data.get("without", ())))


def _data(request: Request, form: Form, picked: Picked, area: str, number: str) -> dict[str, Any]:
    said = asking.said("zones.ordered", form.values, area)
    return _covers(request, picked) | {**said, "zone": number, "exceptions": [CARE, *said.get("exceptions", ())]}


def _covers(request: Request, picked: Picked) -> dict[str, list[str]]:
    homes = picked.all_households(request.account)
    return {name: codes for name, codes in (("areas", picked.areas), ("households", homes), ("without", picked.without)) if codes}


def _recorded(request: Request, entry: Entry, form: Form) -> bool:
    try:
        save(request.account, entry)
    except Invalid as invalid:
        name = invalid.field.removeprefix("data.")
        form.refuse(name if name in {each.name for each in form.fields} else "", invalid.text)
    return form.valid()


def _where(request: Request, area: str, picked: Picked, does: str) -> dict[str, Any]:
    """The tree, what the search found, what is chosen, and how many live there."""
    words = request.POST.get("words", "").strip()[:40] if does else ""
    found, homes = searched(request.account, area, words) if words else ([], [])
    listed = list(dict.fromkeys([*picked.households, *picked.without]))
    chosen = names.households(listed, full=names.in_full(request.account, "registry.record"))
    trail.read(request.account, request.screen.name, [*chosen, *(one.code for one in homes)], what="household", path=request.path)
    counted = Event(data=_covers(request, picked))
    lives = living([(Zone("", [counted]), counted)], area) if does else None
    return {
        "tree": tree(request.account, area, picked.areas, words),
        "words": words,
        "nothing": NOT_FOUND.format(words=words) if words and not found and not homes else None,
        "buildings": [(each, each.value in picked.buildings) for each in found],
        "kept": [value for value in picked.buildings if value not in {each.value for each in found}],
        "homes": [one for one in homes if one.code not in listed],
        "chosen": [(one, code in picked.without) for code in listed if (one := chosen.get(code))],
        "lives": LIVES.format(households=len(lives.all_households), persons=len(lives.all_persons)) if lives else None,
    }
