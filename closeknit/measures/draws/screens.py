"""Drawing from a group, and a draw: who was drawn, how far it has come class by class, and the same draw made again."""

from collections import Counter
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from closeknit.areas.models import Area
from closeknit.campaigns.cadences.rules import OVERDUE
from closeknit.campaigns.cadences.standing import today
from closeknit.campaigns.models import Group, Owing
from closeknit.console.forms import Form, FormField
from closeknit.console.page import show
from closeknit.console.parts import Action, Badge, Facts, Progress
from closeknit.console.records import links, names
from closeknit.console.screens import Request
from closeknit.console.tell import tell
from closeknit.kit import clock
from closeknit.kit.ids import uuid7
from closeknit.kit.text import Text
from closeknit.ledger.fields import Invalid
from closeknit.ledger.models import Event
from closeknit.measures.draws import drawing
from closeknit.policy.packs import policy

DONE = Text("{n} drawn. They are due now.", "已抽取 {n} 人，现列入应检名单。")
ONE_OF = Text("Give a share or a number, not both.", "抽检比例与人数请填一项。")
AGREES = Badge(Text("Drawn again: the same list, the same people.", "重抽核对：名单与抽中人员一致。"), "good")
DIFFERS = Badge(Text("Drawn again, it is not the same. Tell whoever keeps the system.", "重抽结果不一致，请联系系统管理员。"), "bad")


def area_of_draw(event: UUID) -> str | None:
    """Where a draw was made; None where there is none."""
    return Event.objects.filter(id=event, kind="routine.drawn").values_list("area", flat=True).first()


def new(request: Request, code: str) -> HttpResponse:
    """Draws from a group."""
    group = Group.objects.filter(topic=code).first()
    if group is None:
        raise Http404
    now, pack = clock.now(), policy(group.area)
    day = now.astimezone(pack.timezone).date()
    classes = sorted({of for of in drawing.members(code, now).values() if of})
    named = [(each, each) for each in classes]
    every = Text("Of each class so many, at least one.", "各班级分别抽取，每班至少一人。")
    fields = [
        FormField("event", "", "hidden"),
        FormField("percent", Text("Share", "抽检比例"), "number", unit="%", minimum=0.1, maximum=100, help=every if classes else ""),
        FormField("number", Text("Or a number", "或抽检人数"), "integer", minimum=1, maximum=5000),
        *([FormField("school_class", Text("Only of the class", "仅抽该班级"), "choice", choices=named)] if classes else []),
        FormField("until_day", Text("To be sampled by", "采样截止日期"), "date", required=True),
    ]  # fmt: skip
    until = drawing.last_day(day, int(pack.get("routine.draw_within_days")))
    initial = {"event": str(uuid7()), "percent": f"{(group.share or 0.2) * 100:g}", "until_day": until}
    form = Form(fields, request.POST if request.method == "POST" else None, initial)
    if form.valid() and (event := _drawn(request, group, form)):
        tell(request, DONE.format(n=len(event.data["drawn"])))
        return redirect(links.to("routine.draw", event=str(event.id)))
    back = links.to("routine.group", code=code)
    heading = Text("Draw by lot: {name}", "随机抽检：{name}", name=group.label)
    submit = Text("Draw now", "现在抽取")
    context = {"form": form, "cancel": back, "submit": submit}
    status = 422 if form.errors else 200
    return show(request, "console/pages/form.html", context, heading=heading, crumbs=[(group.label, back)], status=status)


def _drawn(request: Request, group: Group, form: Form) -> Event | None:
    said = form.values
    if bool(said["percent"]) == bool(said["number"]):
        form.refuse("number", ONE_OF)
        return None
    share = round(float(said["percent"]) / 100, 6) if said["percent"] else None
    wish = drawing.Wish(share, said["number"], said.get("school_class", ""), said["until_day"])
    try:
        event_id = UUID(said["event"])
    except ValueError as error:
        raise BadRequest from error
    try:
        return drawing.draw(request.account, group, wish, event_id=event_id)
    except Invalid as invalid:
        form.refuse({"share": "percent"}.get(invalid.field, invalid.field), invalid.text)
        return None


@dataclass(frozen=True)
class Line:
    """One class of a draw."""

    name: str
    drawn: int
    sampled: int
    overdue: int

    @property
    def progress(self) -> Progress:
        return Progress(self.sampled, self.drawn)


def draw(request: Request, event: UUID) -> HttpResponse:
    """One draw."""
    held = Event.objects.filter(id=event, kind="routine.drawn", superseded_at=None).first()
    group = Group.objects.filter(topic=held.topic).first() if held else None
    if held is None or group is None:
        raise Http404
    data, pack = held.data, policy(group.area)
    who = names.members([held.member]).get(held.member, held.member)
    facts = Facts(
        [
            (Text("Group", "人群组"), group.label), (Text("Drawn", "抽取时间"), held.at), (Text("By", "抽取人"), who),
            (Text("Of", "抽取范围"), Text("{n} of {all}", "{all} 人中抽 {n} 人", n=len(data["drawn"]), all=data["among"])),
            *([(Text("Class", "班级"), data["school_class"])] if data.get("school_class") else []),
            (Text("To be sampled by", "采样截止日期"), data["until_day"]),
        ]
    )  # fmt: skip
    again = drawing.again(held)
    way = f"{links.to('routine.persons', area=group.area)}?{urlencode({'draw': str(event), 'state': ''})}"
    context: dict[str, Any] = {
        "facts": facts, "data": data, "draw": held, "lines": _lines(held, group), "word": AGREES if again.agrees else DIFFERS,
        "again": again,
    }  # fmt: skip
    area = Area.objects.current().get(code=group.area)
    crumbs = [(area.name, links.to("routine.groups", area=area.code)), (group.label, links.to("routine.group", code=group.topic))]
    heading = Text("Draw of {day}: {name}", "{day} 随机抽检：{name}", day=held.at.astimezone(pack.timezone).date(), name=group.label)
    actions = [Action(Text("Who was drawn", "抽中名单"), way, "list-check", primary=True)]
    return show(request, "draws/draw.html", context, heading=heading, crumbs=crumbs, actions=actions)


def _lines(event: Event, group: Group) -> list[Line]:
    seen = today(group.area, policy(group.area), clock.now())
    classes = dict(Owing.objects.filter(draw=None, group=event.topic).values_list("person", "school_class"))
    rows = seen.rows().filter(draw=event.id).order_by()
    late = set(rows.filter(seen.in_state(OVERDUE)).values_list("person", flat=True))
    drawn: Counter[str] = Counter()
    sampled: Counter[str] = Counter()
    overdue: Counter[str] = Counter()
    for person, since, last in rows.values_list("person", "since", "last"):
        of = classes.get(person, "")
        drawn[of] += 1
        sampled[of] += last is not None and last >= since
        overdue[of] += person in late
    return [Line(of, drawn[of], sampled[of], overdue[of]) for of in sorted(drawn)]
