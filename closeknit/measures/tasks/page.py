"""Setting a task, one task with its story, and its steps; what is set without a matter, a place or a named owner is refused."""

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
from closeknit.console.records.asking import Asking, fields, respond, said, workers
from closeknit.console.records.saving import Entry, guard
from closeknit.console.records.words import sentences
from closeknit.console.screens import Request
from closeknit.kit import clock
from closeknit.kit.ids import carried_id, next_number
from closeknit.kit.text import Text
from closeknit.ledger.fields import Invalid
from closeknit.ledger.models import TOTAL_ORDER, Event
from closeknit.measures.command.kinds import moment
from closeknit.measures.tasks.listing import lines
from closeknit.measures.tasks.said import Step
from closeknit.measures.tasks.standing import Task, task_of
from closeknit.measures.workforce.kinds import of_our_own
from closeknit.policy.packs import policy

SET, STEPPED = "tasks.set", "tasks.stepped"
DONE, NOTED = Text("The task is set.", "任务已交办。"), Text("Recorded.", "已登记。")
STEPS = {
    "done": (Text("Done", "完成"), "circle-check"), "noted": (Text("Note progress or a problem", "登记进展或问题"), "pencil"),
    "carried_over": (Text("Carry over", "延期"), "clock"), "given": (Text("Give to somebody else", "转交"), "user"),
    "dropped": (Text("Drop", "取消"), "ban"), "reopened": (Text("Not done: open again", "未落实，重新办理"), "refresh"),
}  # fmt: skip
ASKED = {"done": ("words",), "noted": ("words",), "carried_over": ("until", "words"), "given": ("to", "words"), "dropped": ("words",),
         "reopened": ("words",)}  # fmt: skip
BY_MANAGERS = ("given", "dropped", "reopened")
LABELS = {each.value: each.label for each in Step}
NOT_YOURS = Text(
    "The owner says what becomes of a task, or who set it. Ask {owner}, or the town's clerk.",
    "任务进展由责任人或交办人登记，请联系 {owner} 或乡镇专干。",
)
UNKNOWN = Text("There is no task of this number in your area. See the list of tasks.", "辖区内无此编号的任务，可查任务列表。")
SETS_NONE = Text("Your account sets no tasks here. Ask the town's clerk.", "您的账户不能在此交办任务，请联系乡镇专干。")
TAKEN = Text("The number {number} is a task of another area. Take another number.", "编号 {number} 属于其他地区的任务，请改用其他编号。")


def new(request: Request, area: str) -> HttpResponse:
    """The form of a task; what it follows from comes with the query."""
    row = Area.objects.current().get(code=area)
    sent = Event.objects.filter(id=carried_id(request.POST), kind=SET).first()  # by this form already: pressed twice
    number = sent.topic if sent else next_number(Event.objects.filter(kind=SET).values_list("topic", flat=True), "R-001")
    people = {**workers(request.account, area), "required": True}
    short = {"type": "text", "maximum": 200}
    asked = fields(SET, "matter", "where", "owner", "due_at", "goal", "source", owner=people, matter={"type": "long_text"}, where=short)
    origin = request.GET.get("origin", "")[:120]

    def entries(values: dict[str, Any], form_id: UUID) -> list[Entry]:
        data = {"task": number, **said(SET, values, area)}
        return [Entry(form_id, SET, area, data | ({"origin": origin} if origin else {}))]

    after = request.GET.get("next", "")
    back, cancel = (links.ours(after, url) for url in (reverse("tasks.task", args=[number]), reverse("tasks.list", args=[area])))
    initial = {name: request.GET.get(name, "") for name in ("matter", "where", "owner", "goal", "source")}
    initial["due_at"] = clock.now().replace(second=0, microsecond=0) + timedelta(hours=float(policy(area).get("tasks.due_within_h")))
    heading = Text("Set a task: {area}", "{area} 交办任务", area=row.name)
    crumbs = [*links.above(request.account, row, "tasks.list"), (row.name, reverse("tasks.list", args=[area]))]
    return respond(request, Asking(asked, entries, DONE, back, cancel), initial=initial, heading=heading, crumbs=crumbs)


def area_of_task(number: str, **_: str) -> str | None:
    """Where a task lies; None where there is none of that number."""
    found = task_of(number)
    return found.area if found else None


def task(request: Request, number: str) -> HttpResponse:
    """One task: what, where, who, until when; what happened; the next steps."""
    one = task_of(number)
    assert one is not None  # the guard has asked for its area
    pack, row = policy(one.area), Area.objects.current().get(code=one.area)
    (line,) = lines([one], moment(request, pack).now, pack.timezone, request.account.member)
    data = one.event.data
    pairs: list[tuple[Text, object]] = [
        (Text("State", "状态"), line.badge), (Text("Place", "地点"), data["where"]), (Text("Owner", "责任人"), line.owner),
        (Text("Due", "完成时限"), line.due), (Text("Why carried over", "延期原因"), line.reason),
        (Text("Goal", "所属目标"), data.get("goal")),
        (Text("Follows from", "任务来源"), data.get("source")), (Text("Area", "地区"), line.area), (Text("Number", "编号"), number),
    ]  # fmt: skip
    events = list(Event.objects.filter(kind__in=(SET, STEPPED), topic=number).order_by(*TOTAL_ORDER))
    story = zip(sentences(events, dated=True), events, strict=True)
    context = {
        "facts": Facts([(word, value) for word, value in pairs if value]),
        "matter": data["matter"],
        "story": [(words, event.superseded_at, links.to("register.event", event=str(event.id))) for words, event in story],
    }
    crumbs = [*links.above(request.account, row, "tasks.list"), (row.name, reverse("tasks.list", args=[row.code]))]
    heading = Text("Task {number}", "任务 {number}", number=number)
    return show(request, "tasks/task.html", context, heading=heading, crumbs=crumbs, actions=_actions(request, one))


def may_step(account: Account, one: Task, step: str) -> bool:
    """Whether the account says this step: whoever manages tasks there; the owner what is theirs to say."""
    if can(account, "tasks.manage", one.area):
        return True
    return step not in BY_MANAGERS and bool(account.member) and account.member == one.owner and can(account, "tasks.record")


def _actions(request: Request, one: Task) -> list[Action]:
    open_ = ("done", "noted", "carried_over", "given", "dropped")
    offered = [step for step in (open_ if one.state == "open" else ("reopened",)) if may_step(request.account, one, step)]
    back = urlencode({"next": request.path})
    urls = {step: f"{reverse('tasks.step', args=[one.number, step])}?{back}" for step in offered}
    return [Action(STEPS[step][0], urls[step], STEPS[step][1], primary=step == "done") for step in offered]


def step(request: Request, number: str, step: str) -> HttpResponse:
    """The form of one step."""
    one = task_of(number)
    if one is None or step not in STEPS:
        raise Http404
    instead: dict[str, Any] = {"words": {"type": "long_text", "required": step not in ("done", "given")},
                               "until": {"type": "datetime", "required": True}}  # fmt: skip
    if step == "given":
        instead["to"] = {**workers(request.account, request.account.area), "required": True}
    asked = fields(STEPPED, *ASKED[step], **{name: instead[name] for name in ASKED[step]})
    about = {"task": number, "step": step}

    def entries(values: dict[str, Any], form_id: UUID) -> list[Entry]:
        return [Entry(form_id, STEPPED, one.area, about | said(STEPPED, values, one.area), {"place": one.event.place})]

    back = links.ours(request.GET.get("next", ""), reverse("tasks.task", args=[number]))
    heading = Text("{step}: {matter}", "{step}：{matter}", step=LABELS[step], matter=one.event.data["matter"][:60])
    return respond(request, Asking(asked, entries, NOTED, back), heading=heading)


def sets(account: Account, entry: Entry) -> None:
    """Raises `Invalid` where the account sets no tasks there, the number is another area's task, or nobody of its area is the owner."""
    if not can(account, "tasks.manage", entry.area):
        raise Invalid("area", "not_allowed", SETS_NONE)
    held = task_of(str(entry.data.get("task", "")))
    if held is not None and held.area != entry.area:
        raise Invalid("data.task", "taken", TAKEN.format(number=held.number))
    of_our_own(account, [str(entry.data.get("owner", ""))], "owner")


def steps_on(account: Account, entry: Entry) -> None:
    """Raises `Invalid` where there is no such task in the account's area, or the step is not the account's to say."""
    one = task_of(str(entry.data.get("task", "")))
    if one is None or one.area != entry.area or not can(account, "tasks.record", one.area):
        raise Invalid("data.task", "unknown", UNKNOWN)
    if not may_step(account, one, str(entry.data.get("step", ""))):
        (line,) = lines([one], clock.now(), policy(one.area).timezone)
        raise Invalid("data.step", "not_yours", NOT_YOURS.format(owner=line.owner))
    of_our_own(account, [str(entry.data.get("to", ""))], "to")


guard(SET, sets)
guard(STEPPED, steps_on)
