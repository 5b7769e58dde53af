"""What investigations tell the board of epidemiologists, and the first screen of whoever has a task."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from closeknit.access.models import Account
from closeknit.console.records import links
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.measures.command.kinds import Case, Look, Rule, Watched, watch
from closeknit.measures.investigations.screens import lines, own


@watch(
    Rule(
        "investigations.late", 84, "bad", "investigations.view",
        Text("Tasks of investigations late: {n}", "流行病学调查任务逾期：{n} 项"),
        Text("See the cases", "查看调查"),
        Text("Each hour more contacts are not known.", "每拖一小时，接触人员就更难找全。"),
    )
)  # fmt: skip
def late(look: Look) -> Watched:
    """Cases with tasks whose time is over."""
    found = [line for line in lines(look.area.code, look.now, look.as_of) if line.late]
    cases = [
        Case(line.case.number, line.case.opened.area, number=line.late, url=reverse("investigations.case", args=[line.case.number]))
        for line in found
    ]
    return Watched(cases, links.to("investigations.cases", area=look.area.code))


def home(request: HttpRequest) -> dict[str, Any] | None:
    """How many open tasks are one's own; nothing for who has none."""
    account = request.user
    tasks = own(account) if isinstance(account, Account) else []
    return {"n": len(tasks), "late": sum(task.is_late(clock.now()) for _, task in tasks)} if tasks else None
