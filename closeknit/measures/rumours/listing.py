"""The rumours: open ones first, with who owes the answer and by when."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse

from closeknit.access.models import Account
from closeknit.access.scope import can
from closeknit.areas.models import Area
from closeknit.console.lists.columns import Column, Filter, where, words_said
from closeknit.console.lists.listing import Listing
from closeknit.console.parts import Action, Badge, Empty
from closeknit.console.records import links, names
from closeknit.console.screens import Request
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.ledger.models import Event
from closeknit.measures.rumours.kinds import Finding, HeardOn
from closeknit.measures.rumours.standing import Rumour, rumours
from closeknit.policy.packs import Policy, policy
from closeknit.registry.members.answering import Callees, Whom

HEARD_ON = {each.value: each.label for each in HeardOn}
FINDINGS = {each.value: each.label for each in Finding}
STATES = {
    "open": Text("Not answered", "未答复"), "late": Text("Late", "逾期"), "heard": Text("To be checked", "待核实"),
    "checked": Text("To be answered", "待答复"), "answered": Text("Answered", "已答复"),
}  # fmt: skip
RUMOURS, HEAR = Text("Rumours", "谣言线索"), Text("Note a rumour", "登记谣言线索")
NONE = Empty(
    Text("No rumour noted", "暂无谣言线索"),
    Text(
        "Note what people say and where it was heard; it is checked and answered with an approved text.",
        "请登记传言内容和来源；核实后用审定文稿答复。",
    ),
    icon="message-2",
)


@dataclass(frozen=True)
class Row:
    """A rumour as the list shows it; what was said is told to those who record."""

    rumour: Rumour
    area: str
    due: datetime
    late: bool
    whom: Whom | None
    words: str = ""

    @property
    def badge(self) -> Badge:
        if self.late:
            return Badge(STATES["late"], "bad")
        return Badge(STATES[self.rumour.state], "good" if self.rumour.answered else "watch")

    @property
    def rank(self) -> tuple[Any, ...]:
        """What has waited longest first, answered ones last."""
        return self.rumour.answered is not None, self.due, self.rumour.code

    @property
    def url(self) -> str:
        return links.to("rumours.rumour", code=self.rumour.code)

    def is_in(self, state: str) -> bool:
        """Whether the filter's choice holds it."""
        return {"open": self.rumour.answered is None, "late": self.late}.get(state, self.rumour.state == state)


def rows(found: Iterable[Rumour], pack: Policy, now: datetime) -> list[Row]:
    """The rumours with who owes the answer: the owner, else who answers for the area."""
    found, hours = list(found), float(pack.get("outreach.answer_within_h"))
    areas = Area.objects.names({each.heard.area for each in found})
    callees = Callees([(each.heard.area, each.owner) for each in found])
    return [
        Row(each, areas.get(each.heard.area, each.heard.area), each.due(hours), each.is_late(now, hours),
            callees.of(each.heard.area, each.owner))
        for each in found
    ]  # fmt: skip


def dressed(account: Account, found: list[Row]) -> list[Row]:
    """The rows with what was said, for those who record; one statement."""
    if not names.in_full(account, "outreach.record"):
        return found
    told = {event.id: event.told()["words"] for event in Event.objects.filter(id__in=[row.rumour.heard.id for row in found])}
    return [replace(row, words=told.get(row.rumour.heard.id, "")) for row in found]


def _finding(row: Row) -> Text | None:
    return FINDINGS[row.rumour.checked.data["finding"]] if row.rumour.checked else None


COLUMNS = (
    Column("heard", Text("Heard", "登记时间"), lambda row: row.rumour.heard.at, sort=lambda row: (row.rumour.heard.at, row.rumour.code),
           phone="title", link=lambda row: row.url),
    Column("state", Text("State", "状态"), lambda row: row.badge, sort=lambda row: row.rank, phone="end"),
    Column("words", Text("What is said", "传言内容"), lambda row: row.words or None, phone="wide"),
    Column("on", Text("Heard on", "来源"), lambda row: HEARD_ON[row.rumour.heard.data["heard_on"]],
           sort=lambda row: (row.rumour.heard.data["heard_on"], row.rank)),
    Column("times", Text("Times heard", "听闻次数"), lambda row: row.rumour.times, number=True,
           sort=lambda row: (row.rumour.times, row.rank)),
    Column("finding", Text("What came of it", "核实结果"), _finding),
    Column("text", Text("Answered with", "答复文稿"), lambda row: row.rumour.answered.data["text_id"] if row.rumour.answered else None,
           link=lambda row: links.to("library.text", code=row.rumour.answered.data["text_id"]) if row.rumour.answered else ""),
    Column("due", Text("Answer due", "答复期限"), lambda row: row.due, sort=lambda row: (row.due, row.rumour.code)),
    Column("whom", Text("Who owes the answer", "责任人"), lambda row: row.whom.name if row.whom else None),
    Column("phone", Text("Telephone", "联系电话"), lambda row: row.whom.dials if row.whom else None),
    Column("area", Text("Area", "地区"), lambda row: row.area, sort=lambda row: (row.rumour.heard.area, row.rank)),
)  # fmt: skip


def listed(request: Request, area: str) -> HttpResponse:
    """The rumours of an area."""
    row = Area.objects.current().get(code=area)
    below = Area.objects.below(area).values_list("code", flat=True)
    found = rows(rumours(areas=below), policy(area), clock.now())
    listing = Listing(
        columns=COLUMNS,
        order="state",
        empty=NONE,
        filters=(
            Filter("state", Text("State", "状态"), where(lambda each, state: each.is_in(state)), choices=list(STATES.items())),
            Filter("on", Text("Heard on", "来源"), where(lambda each, value: each.rumour.heard.data["heard_on"] == value),
                   choices=list(HEARD_ON.items())),
        ) if found else (),
        search=words_said(lambda each: (each.area, each.whom.name if each.whom else "")),
        codes=lambda each: [f"event:{each.rumour.heard.id}"],
        what="records",
        dress=partial(dressed, request.account),
    )  # fmt: skip
    actions = []
    if can(request.account, "outreach.record"):
        query = urlencode({"area": area, "next": request.path})
        actions.append(Action(HEAR, f"{links.to('records.record', kind='outreach.rumour_heard')}?{query}", "plus", primary=True))
    heading = Text("Rumours: {area}", "{area} 谣言线索", area=row.name)
    crumbs = links.above(request.account, row, "rumours.list")
    return listing.respond(request, found, heading=heading, crumbs=crumbs, actions=actions)
