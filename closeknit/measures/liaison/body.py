"""One headquarters, task force or group: its people, its liaison's log, and what its members have recorded, for all agencies alike."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse

from closeknit.access.models import Account
from closeknit.access.scope import can
from closeknit.areas.models import Area
from closeknit.console.page import show
from closeknit.console.parts import Action, Facts
from closeknit.console.records import links
from closeknit.console.records.asking import Asking, fields, respond, said
from closeknit.console.records.saving import Entry, guard
from closeknit.console.records.words import sentences
from closeknit.console.screens import Request
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.ledger.fields import Invalid
from closeknit.ledger.kinds import kinds
from closeknit.ledger.models import Event
from closeknit.ledger.queries import in_area, standing
from closeknit.measures.headquarters.kinds import Body, BodyType, bodies
from closeknit.measures.liaison.kinds import Logged
from closeknit.measures.liaison.listing import SOLVE, Line, lines
from closeknit.measures.liaison.standing import logs
from closeknit.policy.packs import policy
from closeknit.registry.members.answering import role_words
from closeknit.registry.models import Household, Member, Person

LOG, CHANGE, END, TASK = Text("Log progress", "登记进展"), Text("Change", "调整"), Text("End it", "撤销"), Text("Set a task", "交办任务")
DONE = Text("Recorded.", "已登记。")
TYPES = {each.value: each.label for each in BodyType}
RECENT, MOST = timedelta(days=3), 30
NO_BODY = Text("No group of this name stands in your area. See the list under Headquarters.", "辖区内无此名称的专班，可查“指挥体系”。")
NO_LOG = Text("There is no open problem of this number in your area. See the liaison log.", "辖区内无此编号的未解决问题，可查联络日志。")


def body_of(area: str, name: str) -> Body | None:
    """The body of that name of exactly this area."""
    today = clock.now().astimezone(policy(area).timezone).date()
    return next((body for body in bodies(area, today) if body.area == area and body.name == name), None)


def _found(area: str, name: str) -> Body:
    found = body_of(area, name)
    if found is None:
        raise Http404
    return found


def page(request: Request, area: str, body: str) -> HttpResponse:
    """A body's page."""
    one, row = _found(area, body), Area.objects.current().get(code=area)
    data = one.event.data
    people = {each.code: each for each in Member.objects.current().filter(code__in=one.people)}
    entries = standing(Logged).filter(area=area, data__body=body).defer("personal", "digest")
    pairs: list[tuple[Text, object]] = [
        (Text("Type", "类型"), TYPES[data["type"]]), (Text("Scope", "职责范围"), data.get("scope")),
        (Text("Agencies", "成员单位"), "、".join(data.get("units", ()))), (Text("Area", "地区"), row.name),
        (Text("From", "起"), data.get("since")), (Text("Until", "止"), data.get("until")),
        (Text("From the template", "来自模板"), data.get("template")),
        (Text("State", "状态"), Text("at work", "运行中") if one.stands else Text("ended", "已结束")),
    ]  # fmt: skip
    context = {
        "facts": Facts([(word, value) for word, value in pairs if value]),
        "people": [_person(code, people.get(code), one) for code in one.people],
        "covered": _covered(one),
        "log": lines(logs(entries))[:MOST],
        "records": _records(one),
        "may_solve": can(request.account, "tasks.record"),
    }
    crumbs = [*links.above(request.account, row, "headquarters.list"), (row.name, links.to("headquarters.list", area=area))]
    return show(
        request, "liaison/body.html", context, heading=Text("{name}", "{name}", name=body), crumbs=crumbs,
        actions=_actions(request, one),
    )  # fmt: skip


def _person(code: str, member: Member | None, one: Body) -> dict[str, Any]:
    part = Text("Leader", "负责人") if code == one.leader else Text("Liaison", "联络员") if code == one.liaison else ""
    if member is None:
        return {"name": code, "part": part, "unit": "", "phone": ""}
    return {"name": member.name, "part": part, "unit": member.unit or role_words(member.role), "phone": member.phone.split(";")[0]}


def _covered(one: Body) -> list[dict[str, Any]]:
    """The areas that it cuts across, each with how many households and persons live in it; three statements an area."""

    def line(row: Area) -> dict[str, Any]:
        below = Area.objects.below(row.code).values("code")
        counts = [model.objects.current().filter(area__in=below).count() for model in (Household, Person)]
        return {"name": row.name, "url": links.to("register.area", area=row.code), "households": counts[0], "persons": counts[1]}

    return [line(row) for row in Area.objects.current().filter(code__in=one.event.data.get("covers", ())).order_by("path")]


def _records(one: Body) -> list[str]:
    """What its members recorded in its area of late, in words without anything personal; nothing of whereabouts."""
    shared = [name for name, kind in kinds().items() if not kind.whereabouts and kind.retention == "open"]
    mine = Event.objects.filter(member__in=one.people, kind__in=shared, superseded_at__isnull=True, at__gt=clock.now() - RECENT)
    return sentences(in_area(mine, one.area).defer("personal", "digest").order_by("-at", "-id")[:MOST], dated=True)


def _actions(request: Request, one: Body) -> list[Action]:
    if not one.stands:
        return []
    made = []
    if can(request.account, "headquarters.record"):
        query = urlencode({"body": one.name, "area": one.area, "next": request.path})
        made.append(Action(END, f"{reverse('records.record', args=['headquarters.ended'])}?{query}", "ban"))
        made.append(Action(CHANGE, f"{links.to('headquarters.form', area=one.area)}?{query}", "pencil"))
    new = links.to("tasks.new", area=one.area)
    if new:
        made.append(Action(TASK, f"{new}?{urlencode({'source': one.name, 'owner': one.leader})}", "list-check"))
    if can(request.account, "tasks.record"):
        made.append(Action(LOG, reverse("liaison.log", args=[one.area, one.name]), "plus", primary=True))
    return made


def log(request: Request, area: str, body: str) -> HttpResponse:
    """The form of a log entry."""
    _found(area, body)
    asked = fields("liaison.logged", "progress", "problem", progress={"type": "long_text"}, problem={"type": "long_text"})

    def entries(values: dict[str, Any], form_id: UUID) -> list[Entry]:
        return [Entry(form_id, "liaison.logged", area, {"body": body, **said("liaison.logged", values, area)})]

    back = reverse("liaison.body", args=[area, body])
    return respond(request, Asking(asked, entries, DONE, back), heading=Text("Log: {name}", "联络日志：{name}", name=body))


def _entry(number: str) -> Line | None:
    found = lines(logs(standing(Logged).filter(topic=number).defer("personal", "digest")))
    return found[0] if found else None


def area_of_log(number: str) -> str | None:
    """Where an entry was logged; None where there is none."""
    found = _entry(number)
    return found.log.event.area if found else None


def solve(request: Request, number: str) -> HttpResponse:
    """Says how a problem was solved."""
    found = _entry(number)
    if found is None or not found.log.event.data.get("problem"):
        raise Http404
    area = found.log.event.area
    asked = fields("liaison.solved", "words", words={"type": "long_text"})

    def entries(values: dict[str, Any], form_id: UUID) -> list[Entry]:
        return [Entry(form_id, "liaison.solved", area, {"log": number, **said("liaison.solved", values, area)})]

    back = reverse("liaison.list", args=[area])
    heading = Text("{solve}: {problem}", "{solve}：{problem}", solve=SOLVE, problem=found.log.event.data["problem"][:60])
    return respond(request, Asking(asked, entries, DONE, back), heading=heading)


def logs_for(account: Account, entry: Entry) -> None:
    """Raises `Invalid` where no group of that name stands in the record's area."""
    one = body_of(entry.area, str(entry.data.get("body", "")))
    if one is None or not one.stands:
        raise Invalid("data.body", "unknown", NO_BODY)


def solves(account: Account, entry: Entry) -> None:
    """Raises `Invalid` where there is no such problem in the account's area."""
    found = _entry(str(entry.data.get("log", "")))
    if found is None or not found.log.event.data.get("problem") or not can(account, "tasks.record", found.log.event.area):
        raise Invalid("data.log", "unknown", NO_LOG)


guard("liaison.logged", logs_for)
guard("liaison.solved", solves)
