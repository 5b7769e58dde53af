"""The page of one tube: its whole way, what does not reconcile about it, and what to do."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.urls import reverse

from closeknit.access import trail
from closeknit.access.scope import can
from closeknit.areas.models import Area
from closeknit.campaigns.models import Campaign
from closeknit.console.page import show
from closeknit.console.parts import Action, Facts
from closeknit.console.records import links, names
from closeknit.console.records.names import Called
from closeknit.console.screens import Request
from closeknit.kit.text import Text
from closeknit.ledger.models import Event
from closeknit.ledger.queries import standing
from closeknit.measures.command.kinds import moment
from closeknit.measures.testing.kinds import EnvironmentSampled, Matter, Resulted, Sampled, TubeCleared, TubeSealed
from closeknit.measures.tubes.models import Passage, Tube
from closeknit.measures.tubes.queries import matters, two_tubes
from closeknit.measures.tubes.rules import REMEDIES
from closeknit.measures.tubes.words import MATTERS, RESULTS, badge
from closeknit.policy.packs import policy

SAMPLED = Text("{name} sampled", "{name} 采样")
AROUND = Text("Surface or goods sampled: {what}", "环境采样：{what}")
SEALED = Text("Sealed over {n}", "封管，{n} 份")
HANDED = Text("Handed over in box {box} to {carrier}", "交接：转运箱 {box}，转运人 {carrier}")
RECEIVED = Text("Received by {lab}", "{lab} 接收")
RESULTED = Text("{result}, {lab}", "{result}（{lab}）")
CLEARED = Text("Cleared “{matter}”: {reason}", "核销“{matter}”：{reason}")
SOMEBODY = Text("Somebody", "一人")


@dataclass(frozen=True)
class Step:
    """One thing that happened to the tube."""

    at: datetime
    words: Text
    member: str = ""
    url: str = ""


@dataclass(frozen=True)
class Trouble:
    """One matter, what to do about it, and the way to clear it."""

    label: Text
    todo: Text
    who: Text | str
    clear: str


def tube(request: Request, code: str) -> HttpResponse:
    """One tube; the names of its people only for whom may see them, which the trail keeps."""
    row = Tube.objects.filter(code=code).first()
    if row is None:
        raise Http404
    pack = policy(row.area)
    sees_people = can(request.account, "testing.view")
    said = list(standing(Sampled, EnvironmentSampled, TubeSealed, Resulted, TubeCleared).filter(topic=code))
    people = [event.person for event in said if event.person]
    called = names.persons(people, full=names.in_full(request.account, "testing.record")) if sees_people else {}
    if sees_people:
        trail.read(request.account, request.screen.name, people, path=request.path)
    steps = sorted([*_said(said, called), *_passed(code)], key=lambda step: step.at)
    context = {"facts": _facts(row), "steps": steps, "troubles": _troubles(request, row, moment(request, pack).now), "badge": badge(row)}
    area = Area.objects.current().get(code=row.area)
    crumbs = [*links.above(request.account, area, "tubes.list"), (area.name, reverse("tubes.list", args=[area.code]))]
    heading = Text("Tube {code}", "采样管 {code}", code=code)
    return show(request, "tubes/tube.html", context, heading=heading, crumbs=crumbs, actions=_actions(request, row))


def _said(events: Sequence[Event], called: dict[str, Called]) -> Iterable[Step]:
    members = names.members(event.member for event in events)
    for event in events:
        url = links.to("register.event", event=event.id)
        yield Step(event.at, _words(event, called), members.get(event.member, event.member), url)


def _words(event: Event, called: dict[str, Called]) -> Text:
    data = event.data
    if event.kind == "testing.sampled":
        one = called.get(event.person)
        return SAMPLED.format(name=(one.name if one else "") or SOMEBODY)
    if event.kind == "testing.environment_sampled":
        return AROUND.format(what=data["object"])
    if event.kind == "testing.tube_sealed":
        return SEALED.format(n=data["count"])
    if event.kind == "testing.resulted":
        return RESULTED.format(result=RESULTS[data["result"]], lab=data["lab"])
    return CLEARED.format(matter=MATTERS[data["matter"]], reason=event.told()["reason"])


def _passed(code: str) -> Iterable[Step]:
    passages = list(Passage.objects.filter(tube=code))
    members = dict(Event.objects.filter(id__in=[each.event for each in passages]).values_list("id", "member"))
    people = names.members(members.values())
    for each in passages:
        words = (
            HANDED.format(box=each.box, carrier=each.carrier) if each.step == Passage.Step.HANDED_OVER else RECEIVED.format(lab=each.lab)
        )
        member = members.get(each.event, "")
        yield Step(each.at, words, people.get(member, member), links.to("register.event", event=each.event))


def _facts(row: Tube) -> Facts:
    places = names.places([row.place])
    campaign = Campaign.objects.current().filter(code=row.round).first() if row.round else None
    pairs: list[tuple[Text | str, Any]] = [
        (Text("State", "状态"), badge(row)),
        (Text("Site", "采样点"), places[row.place].name if row.place in places else None),
        (Text("Round", "轮次"), str(campaign or row.round) or None),
        (Text("Pool of", "混采规格"), row.pool or None),
        (Text("Persons sampled into it", "登记人数"), row.persons),
        (Text("Sealed over", "封管份数"), row.sealed_count),
        (Text("Box", "转运箱"), row.box or None),
        (Text("Laboratory", "检测机构"), row.lab or None),
    ]
    return Facts(pairs)


def _troubles(request: Request, row: Tube, now: datetime) -> list[Trouble]:
    here = Tube.objects.filter(code=row.code)
    sees, to_clear = can(request.account, "testing.view"), links.to("reconciling.clear", area=row.area)
    found = []
    for part in matters(here, policy(row.area), now):
        for name in part.values_list("matter", flat=True):
            who: Text | str = ""
            if name == Matter.TWO_TUBES and sees:
                codes = two_tubes(here).get(row.code, set())
                who = "、".join(each.name for each in names.persons(codes, full=names.in_full(request.account, "testing.record")).values())
            way = f"{to_clear}?{urlencode({'tube': row.code, 'matter': name})}" if to_clear else ""
            found.append(Trouble(MATTERS[name], REMEDIES[name], who, way))
    return found


def _actions(request: Request, row: Tube) -> list[Action]:
    """What may be recorded of it from here."""
    if not can(request.account, "testing.record"):
        return []
    actions = []
    back = {"next": request.path, "area": row.area, "place": row.place}
    for kind, label, icon, asks in (
        ("testing.tube_sealed", Text("Seal", "封管"), "lock", {"tube": row.code, "count": str(row.persons)} if not row.seals else {}),
        ("testing.handed_over", Text("Hand over", "交接"), "package", {"tubes": row.code} if not row.hand_overs else {}),
    ):
        if asks:
            query = urlencode({**back, **asks})
            actions.append(Action(label, f"{reverse('records.record', args=[kind])}?{query}", icon))
    return actions
