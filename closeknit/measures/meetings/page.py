"""Recording a meeting or a visit, and one of them with its decisions and tasks."""

from functools import partial
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.timezone import localtime

from closeknit.access.models import Account
from closeknit.access.scope import can
from closeknit.areas.models import Area
from closeknit.console.page import show
from closeknit.console.parts import Action, Facts
from closeknit.console.records import links, names
from closeknit.console.records.asking import Asking, fields, respond, said, workers
from closeknit.console.records.saving import Entry, guard
from closeknit.console.screens import Request
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.ledger.fields import Invalid
from closeknit.ledger.models import TOTAL_ORDER, Event
from closeknit.ledger.queries import standing
from closeknit.measures.meetings.kinds import Decided, Held, Visited
from closeknit.measures.meetings.listing import HOLD, VISIT, lines
from closeknit.measures.tasks.kinds import lines as task_lines
from closeknit.measures.workforce.kinds import of_our_own
from closeknit.policy.packs import policy

DONE = Text("Recorded. Add its decisions and tasks.", "已登记，请补充决定事项并交办任务。")
DECIDED = Text("Decision recorded.", "决定事项已登记。")
DECIDE, TASK = Text("Add a decision", "添加决定"), Text("Set a task from it", "由此交办任务")
UNKNOWN = Text("There is no such meeting in your area. See the list of meetings.", "辖区内无此会议，可查会议列表。")
ASKED = {
    "meetings.held": ("title", "began_at", "ended_at", "chair", "attended", "summary"),
    "meetings.visited": ("leader", "where", "came_at", "instruction"),
}
MOST_BOXES = 60


def gathering(number: str) -> Event | None:
    """The meeting or visit of that number, as said last."""
    return max(standing(Held, Visited).filter(topic=number).defer("personal", "digest"), key=lambda event: event.order, default=None)


def area_of(number: str) -> str | None:
    """Where it was; None where there is none."""
    found = gathering(number)
    return found.area if found else None


def _new(kind: str, heading: Text, request: Request, area: str) -> HttpResponse:
    row = Area.objects.current().get(code=area)
    one = workers(request.account, area)
    several = {"choices": one["choices"], "help": ""} if len(one.get("choices", ())) in range(1, MOST_BOXES) else {}
    instead: dict[str, Any] = {
        "chair": one, "attended": several, "summary": {"type": "long_text"}, "instruction": {"type": "long_text"},
        "leader": {**one, "required": True},
    }  # fmt: skip
    asked = fields(kind, *ASKED[kind], **{name: instead[name] for name in ASKED[kind] if name in instead})

    def entries(values: dict[str, Any], form_id: UUID) -> list[Entry]:
        return [Entry(form_id, kind, area, said(kind, values, area))]

    now = clock.now().replace(second=0, microsecond=0)
    back = reverse("meetings.list", args=[area])
    crumbs = [*links.above(request.account, row, "meetings.list"), (row.name, back)]
    return respond(request, Asking(asked, entries, DONE, back), initial={"began_at": now, "came_at": now}, heading=heading, crumbs=crumbs)


hold, visit = partial(_new, "meetings.held", HOLD), partial(_new, "meetings.visited", VISIT)


def one(request: Request, number: str) -> HttpResponse:
    """A meeting or visit with its decisions and tasks."""
    event = gathering(number)
    assert event is not None  # the guard has asked for its area
    (line,), data, pack = lines([event]), event.data, policy(event.area)
    row = Area.objects.current().get(code=event.area)
    people = names.members(data.get("attended", ()))
    pairs: list[tuple[Text, object]] = [
        (Text("What", "类别"), line.badge), (Text("When", "时间"), line.at), (Text("Ended", "结束时间"), _ended(data)),
        (Text("Led by", "主持（带队）"), line.who), (Text("Place", "地点"), data.get("where")),
        (Text("Who was there", "参会人员"), "、".join(people.get(code, code) for code in data.get("attended", ()))),
        (Text("Summary", "会议要点"), data.get("summary")), (Text("Instructions", "指示要求"), data.get("instruction")),
        (Text("Area", "地区"), line.area),
    ]  # fmt: skip
    decisions = standing(Decided).filter(topic=number).order_by(*TOTAL_ORDER)
    context = {
        "facts": Facts([(word, value) for word, value in pairs if value]),
        "decisions": [each.data["decision"] for each in decisions],
        "tasks": task_lines(line.tasks, clock.now(), pack.timezone, request.account.member),
    }
    back = reverse("meetings.list", args=[event.area])
    crumbs = [*links.above(request.account, row, "meetings.list"), (row.name, back)]
    heading = Text("{title}", "{title}", title=line.title[:80])
    return show(request, "meetings/one.html", context, heading=heading, crumbs=crumbs, actions=_actions(request, event, line.title, data))


def _ended(data: dict[str, Any]) -> str:
    said_at = str(data.get("ended_at", ""))
    return said_at[:16].replace("T", " ")


def _actions(request: Request, event: Event, title: str, data: dict[str, Any]) -> list[Action]:
    made = []
    if event.kind == "meetings.held" and can(request.account, "headquarters.record"):
        made.append(Action(DECIDE, reverse("meetings.decide", args=[event.topic]), "plus"))
    new = links.to("tasks.new", area=event.area)
    if new:
        source = f"{localtime(event.at):%m-%d} {title}"[:100]
        query = {"origin": event.topic, "source": source, "where": data.get("where", ""), "matter": data.get("instruction", ""),
                 "next": request.path}  # fmt: skip
        url = f"{new}?{urlencode({name: value for name, value in query.items() if value})}"
        made.append(Action(TASK, url, "list-check", primary=True))
    return made


def decide(request: Request, number: str) -> HttpResponse:
    """The form of a decision."""
    event = gathering(number)
    if event is None or event.kind != "meetings.held":
        raise Http404
    asked = fields("meetings.decided", "decision", decision={"type": "long_text"})
    back = reverse("meetings.one", args=[number])

    def entries(values: dict[str, Any], form_id: UUID) -> list[Entry]:
        return [Entry(form_id, "meetings.decided", event.area, {"meeting": number, **said("meetings.decided", values, event.area)})]

    return respond(request, Asking(asked, entries, DECIDED, back), heading=DECIDE)


def meets(account: Account, entry: Entry) -> None:
    """Raises `Invalid` where a meeting names somebody whom the account's area does not have."""
    of_our_own(account, entry.data.get("attended", ()), "attended")
    of_our_own(account, [str(entry.data.get("chair", ""))], "chair")


def decides(account: Account, entry: Entry) -> None:
    """Raises `Invalid` where there is no such meeting in the account's area."""
    held = gathering(str(entry.data.get("meeting", "")))
    if held is None or held.kind != "meetings.held" or not can(account, "headquarters.record", held.area):
        raise Invalid("data.meeting", "unknown", UNKNOWN)


guard("meetings.held", meets)
guard("meetings.decided", decides)
