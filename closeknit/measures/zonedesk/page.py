"""One zone on one page: what holds until when and why, who lives there, what is brought, what lifts it, what was said."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.http import HttpResponse

from closeknit.access import trail
from closeknit.access.scope import can
from closeknit.areas.models import Area
from closeknit.console.page import show
from closeknit.console.parts import Action, Badge, Facts, Notice
from closeknit.console.records import links
from closeknit.console.records.words import sentences
from closeknit.console.screens import Request
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.ledger.models import Event
from closeknit.measures.zonedesk.brought import brought
from closeknit.measures.zonedesk.hints import hints
from closeknit.measures.zones.kinds import STATES, Living, Zone, begins, doors, ends, exceptions, label, zone_of
from closeknit.policy.packs import Policy, policy

MOST = 60
OVER = Text(
    "This zone is over since {when}: everybody is free to go out. Take the announcement down, and tell them that it has ended.",
    "该管控区已于 {when} 结束，居民可自由外出。请撤下通告，并告知居民管控已结束。",
)
CHANGED = Text(
    "What holds here has changed and nobody has told those who live here. Announce it.", "管控内容已变更，尚未告知居民，请发布通告。"
)
LIFTABLE = Text("All conditions are met. Lift it now: nobody is kept longer than needed.", "解除条件均已达到，请立即解除，不得多管一天。")
ITSELF = Text("{when}; it ends by itself", "{when}，到期自行解除")
FOLLOWS = Text("{from_at} until {until_at}", "{from_at} 至 {until_at}")
MORE = Text("and {n} more", "等，另有 {n} 处")
MOST_NAMED = 20


@dataclass(frozen=True)
class Condition:
    """A condition that lifts the zone: whether it is met, on what that rests, and what the records say of it."""

    code: str
    label: Text | str
    met: bool
    note: Event | None
    url: str
    hint: Text | None

    @property
    def badge(self) -> Badge:
        return Badge(Text("met", "已达到"), "good") if self.met else Badge(Text("not met", "未达到"), "quiet")


def page(request: Request, zone: str) -> HttpResponse:
    """The page of a zone; whose objection is shown is written to the trail."""
    now = clock.now()
    held, lives = zone_of(request.account, zone, now)
    order, area = held.shown(now), request.account.area
    pack, state = policy(order.area), held.state(now)
    trail.read(request.account, request.screen.name, [each.household for each in held.objections], what="household", path=request.path)
    events = _events(zone)
    worded = zip(events, sentences(events, dated=True), strict=True)
    manages, records = can(request.account, "zones.manage"), can(request.account, "zones.record")
    known = hints(held, lives, pack, now) if manages and state == "in_force" else {}
    context = {
        "visited": known.get(""),
        "doors": Notice(doors(pack), "info"),
        "notices": _notices(held, order, state, now, zone),
        "badge": Badge(*STATES[state]),
        "facts": _facts(held, order, lives, pack, now),
        "exceptions": exceptions(order.data, pack),
        "conditions": _conditions(held, order, pack, known),
        "tiles": brought(held, order, lives, area) if can(request.account, "supplies.view") else [],
        "objections": _objections(request, held, manages),
        "may_note": manages,
        "timeline": [(text, links.to("register.event", event=str(event.id))) for event, text in worded],
    }
    row = Area.objects.current().get(code=area)
    crumbs = [*links.above(request.account, row, "zones.list"), (row.name, links.to("zones.list", area=area))]
    actions = _actions(zone, state, manages=manages, records=records)
    return show(request, "zonedesk/zone.html", context, heading=str(order.data["name"]), crumbs=crumbs, actions=actions)


def _events(zone: str) -> list[Event]:
    """All that was said of a zone, the latest first, without anybody's words."""
    about = Q(kind__startswith="zones.", data__zone=zone) | Q(kind="zonechecks.checked", topic=zone)
    return list(Event.objects.filter(about).defer("personal").order_by("-at", "-received_at")[:MOST])


def _notices(zone: Zone, order: Event, state: str, now: datetime, number: str) -> list[Notice]:
    announce = Action(Text("Announcement", "通告"), links.to("zones.announcement", zone=number), "speakerphone")
    untold, found = zone.is_untold(now), []
    if untold and state == "over":
        found.append(Notice(OVER.format(when=zone.ended_at(now)), "bad", action=announce))
    elif untold:
        found.append(Notice(CHANGED, "watch", action=announce))
    if state == "in_force" and not zone.unmet(order):
        lift = Action(Text("Lift", "解除"), links.to("zones.say", zone=number, what="lifted"), "circle-check")
        found.append(Notice(LIFTABLE, "watch", action=lift if lift.url else None))
    return found


def _facts(zone: Zone, order: Event, lives: Living, pack: Policy, now: datetime) -> Facts:
    data, coming = order.data, zone.next_order(now)
    names = Area.objects.names(data.get("areas", ()))
    covered = [names.get(code, code) for code in data.get("areas", ())]
    where = "、".join(covered[:MOST_NAMED]) + (f" {MORE.format(n=len(covered) - MOST_NAMED)}" if len(covered) > MOST_NAMED else "")
    pairs: list[tuple[Text, Any]] = [
        (Text("Measure", "措施"), label(pack, "zones.measures", str(data["measure"]))),
        (Text("Legal basis", "法律依据"), data["basis"]),
        (Text("Who orders it", "决定机关"), data["authority"]),
        (Text("Order number", "文书编号"), data.get("order_no")),
        (Text("From", "开始"), begins(order)),
        (Text("Until", "截止"), ITSELF.format(when=_local(ends(order), pack))),
        (Text("An order that follows", "后续决定"), _span(coming, pack) if coming else None),
        (Text("Why it was extended or changed", "延长或变更理由"), data.get("why")),
        (Text("Areas", "所含地区"), where),
        (Text("Households named", "单列户数"), len(data.get("households", ())) or None),
        (Text("Households left out", "不纳入户数"), len({*data.get("without", ()), *zone.excepted(order)}) or None),
        (Text("Households of your area", "辖区内户数"), len(lives.households[zone.number])),
        (Text("People of your area", "辖区内人数"), len(lives.persons[zone.number])),
        (Text("Brought to the door", "上门服务"), data.get("delivers")),
    ]
    return Facts([(word, value) for word, value in pairs if value not in (None, "")])


def _local(moment: datetime, pack: Policy) -> str:
    return moment.astimezone(pack.timezone).strftime("%Y-%m-%d %H:%M")


def _span(order: Event, pack: Policy) -> Text:
    return FOLLOWS.format(from_at=_local(begins(order), pack), until_at=_local(ends(order), pack))


def _conditions(zone: Zone, order: Event, pack: Policy, known: dict[str, Text]) -> list[Condition]:
    unmet = zone.unmet(order)
    url = links.to("zones.say", zone=zone.number, what="condition_noted")
    return [
        Condition(
            code, label(pack, "zones.conditions", code), code not in unmet, zone.notes.get(code), f"{url}?condition={code}", known.get(code)
        )
        for code in order.data["lifts"]
    ]


def _objections(request: Request, zone: Zone, manages: bool) -> list[tuple[Event, str, str]]:
    """Objections of the reader's area that nobody has decided, with their words for whoever decides."""
    if not zone.objections or not manages:
        return []
    told = {each.id: each.told() for each in Event.objects.filter(id__in=[each.id for each in zone.objections])}
    url = links.to("zones.say", zone=zone.number, what="objection_decided")
    return [(each, str(told[each.id].get("words", "")), f"{url}?objection={each.topic}") for each in zone.objections]


def _actions(zone: str, state: str, *, manages: bool, records: bool) -> list[Action]:
    def say(what: str) -> str:
        return links.to("zones.say", zone=zone, what=what)

    actions = [
        Action(Text("Announcement", "通告"), links.to("zones.announcement", zone=zone), "speakerphone"),
        Action(Text("Who lives in it", "住户名单"), links.to("zones.people", zone=zone), "users"),
        Action(Text("Check it", "开展检查"), links.to("zonechecks.check", zone=zone), "clipboard-check"),
    ]
    if records and state != "over":
        actions.append(Action(Text("Objection", "登记异议"), say("objected"), "message-2"))
    if manages:
        actions.append(Action(Text("Extend or change", "延长或变更"), links.to("zones.order", zone=zone), "hourglass"))
        if state != "over":
            actions.append(Action(Text("Lift", "解除"), say("lifted"), "circle-check"))
    return [each for each in actions if each.url]
