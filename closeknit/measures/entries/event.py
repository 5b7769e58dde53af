"""One record in words: what, when by whose clock, by whom, where; what it puts right and what put it right."""

from datetime import timedelta
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.timezone import localtime

from closeknit.access import trail
from closeknit.access.scope import areas_of, can
from closeknit.areas.models import Area
from closeknit.console.page import show
from closeknit.console.parts import Action, Facts, Notice
from closeknit.console.records import links
from closeknit.console.records.names import code_words, members
from closeknit.console.screens import Request
from closeknit.kit.text import Text
from closeknit.ledger.kinds import Kind, kinds
from closeknit.ledger.models import Event
from closeknit.measures.entries.trails import STATES, crumbs
from closeknit.policy.packs import policy
from closeknit.registry.reading import telling
from closeknit.registry.reading.names import area_of_household, area_of_person

FLAGS = {
    "unknown_member": Text("recorded by somebody who is on no list of members", "登记人不在人员名单"),
    "outside_area": Text("recorded outside the member's own area", "在登记人责任区外登记"),
    "other_phone": Text("recorded on a phone that is not handed about where the member works", "手机的交接范围不含登记人责任区"),
    "other_work": Text("recorded on a phone, and not of the member's work", "手机登记，不属登记人职责"),
    "anothers": Text("puts right or withdraws what somebody else recorded, from a phone", "用手机更正或作废他人的记录"),
}
WRONG_CLOCK = Text("{said} by the device, whose clock was {n} wrong", "设备时间 {said}，时钟偏差 {n}")
WHEREABOUTS = Notice(
    Text(
        "Of passages and entries only time, post and decision are shown, to nobody more.",
        "卡点、场所通行记录仅显示时间、点位与处置，任何人不得查看更多。",
    ),
    "info",
)


def event(request: Request, event: UUID) -> HttpResponse:
    held = Event.objects.filter(id=event).first()
    kind = kinds().get(held.kind) if held else None
    if held is None or kind is None or not telling.sees(request.account, _judged_by(held, kind)):
        raise Http404
    hidden = kind.whereabouts or kind.retention == "whereabouts"
    if kind.retention == "health" and not telling.sees_health(request.account):
        raise Http404
    pack = policy(held.area)
    if not hidden:
        trail.read(request.account, request.screen.name, [held.household, held.person], path=request.path)
    area = Area.objects.current().filter(code=held.area).first()
    context = {
        "head": Facts(_place(held, area) if hidden else _head(held, area)),
        "subjects": [] if hidden else subjects(request, held),
        "said": telling.pairs(held, request.account, pack),
        "state": STATES[telling.state_of(held, telling.after([held]).get(held.id))],
        "corrects": _linked(held.corrects),
        "corrected_by": _corrections(held),
        "notice": WHEREABOUTS if hidden else None,
        "hidden": hidden,
    }
    actions = [] if hidden else _actions(request, held, kind)
    return show(request, "entries/event.html", context, heading=kind.label, crumbs=crumbs(request.account, held.area), actions=actions)


def _judged_by(held: Event, kind: Kind) -> Kind:
    """The kind whose readers may read the record: of a withdrawal that of what it withdrew."""
    original = Event.objects.filter(id=held.corrects).first() if kind.name == telling.VOIDED and held.corrects else None
    return kinds().get(original.kind, kind) if original else kind


def _place(held: Event, area: Area | None) -> list[tuple[Text | str, object]]:
    post = telling.places([held.place]).get(held.place, held.place)
    return [(Text("When", "时间"), held.at), (Text("Post", "点位"), post), (Text("Area", "地区"), area.name if area else held.area)]


def _head(held: Event, area: Area | None) -> list[tuple[Text | str, object]]:
    who = members([held.member]).get(held.member, held.member)
    pairs: list[tuple[Text | str, object]] = [(Text("When", "发生时间"), held.at)]
    error = abs(held.at - held.said_at)
    if error:
        words = _length(error)
        pairs.append((Text("Device's time", "设备时间"), WRONG_CLOCK.format(said=f"{localtime(held.said_at):%Y-%m-%d %H:%M}", n=words)))
    pairs += [(Text("Received", "接收时间"), held.received_at), (Text("By", "登记人"), who)]
    pairs.append((Text("Area", "地区"), area.name if area else held.area))
    if held.place:
        pairs.append((Text("Place", "场所"), telling.places([held.place]).get(held.place, held.place)))
    pairs += [(FLAGGED, FLAGS.get(flag, flag)) for flag in held.flags.split() if flag]
    return pairs


FLAGGED, TAKE_BACK = Text("Flagged", "提示"), Text("Take the merge back", "取消合并")


def _length(error: timedelta) -> Text:
    hours = error.total_seconds() / 3600
    if hours >= 1:
        return Text("{n} hour{n:s}", "{n} 小时", n=f"{hours:.1f}")
    return Text("{n} minute{n:s}", "{n} 分钟", n=f"{hours * 60:.0f}")


def subjects(request: Request, held: Event) -> list[tuple[Text, Text | str, str]]:
    """The household and person of a record, each with the way to its page where it lies within the reader's scope."""
    scope = set(areas_of(request.account).values_list("code", flat=True))
    about = (
        (Text("Household", "户"), "register.household", held.household, area_of_household),
        (Text("Person", "人员"), "register.person", held.person, area_of_person),
    )
    return [
        (label, code_words(code), reverse(name, kwargs={"code": code}) if find(code) in scope else "")
        for label, name, code, find in about
        if code
    ]


def _linked(event: UUID | None) -> Event | None:
    return Event.objects.filter(id=event).first() if event else None


def _corrections(held: Event) -> list[tuple[Event, Text, str]]:
    rows = Event.objects.filter(corrects=held.id).order_by("received_at", "seq")
    return [(row, kinds()[row.kind].label, str(row.told().get("reason", ""))) for row in rows if row.kind in kinds()]


def _actions(request: Request, held: Event, kind: Kind) -> list[Action]:
    if kind.name == "registry.merged" and held.superseded_at is None:
        way = links.to("register.found_one", code=held.household or held.person)
        return [Action(TAKE_BACK, way, "arrow-back-up")] if way else []
    own = held.member in (request.account.member, request.account.username)
    work = telling.WORK_OF.get(kind.measure, kind.measure)
    if held.superseded_at or not kind.by_form or not can(request.account, f"{work}.{'record' if own else 'manage'}"):
        return []
    ways = (("records.correct", Text("Put right", "更正"), "pencil"), ("records.withdraw", Text("Withdraw", "作废"), "ban"))
    return [Action(label, f"{to}?next={request.path}", icon) for name, label, icon in ways if (to := links.to(name, event=held.id))]
