"""What is said in an investigation: opened, staff named, a task given and ended, closed."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.urls import reverse

from closeknit.access import trail
from closeknit.access.models import Account
from closeknit.areas.models import Area
from closeknit.console.records import asking, links
from closeknit.console.records.saving import Entry, guard
from closeknit.console.screens import Request
from closeknit.kit.text import Text
from closeknit.ledger.fields import Invalid
from closeknit.ledger.record import lock, writing
from closeknit.measures.investigations.case import Case, is_taken, leads
from closeknit.measures.investigations.screens import WHAT, case_of
from closeknit.measures.zones.kinds import named
from closeknit.policy.packs import policy
from closeknit.registry.models import Member

OPENED = Text("Opened. Give the first task.", "已启动，请交办首项任务。")
GIVEN = Text("Task given.", "任务已交办。")
ENDED = Text("Recorded.", "已登记。")
NAMED = Text("Who may read the case is recorded.", "可查看人员已登记。")
CLOSED = Text("Closed.", "调查已结束。")
TAKEN = Text("This number is or was a case's. Choose another.", "该调查编号已被使用，请另取编号。")
NOBODY = Text(
    "Nobody who works for the response has the code {code}. See the list of members.", "没有编号为 {code} 的工作人员，请查人员名单。"
)


def open_case(request: Request, area: str) -> HttpResponse:
    """A new case. Of many who take the same number at once one gets it: the others wait, and then see that it is taken."""

    def entries(values: dict[str, Any], form: UUID) -> list[Entry]:
        if is_taken(str(values["case"]), form=form):
            raise Invalid("data.case", "taken", TAKEN)
        return [Entry(form, "investigations.opened", area, asking.said("investigations.opened", values, area))]

    workers = asking.workers(request.account, area)
    fields = asking.fields(
        "investigations.opened", "case", "matter", "staff", matter={"type": "long_text"}, staff=workers | _several(workers)
    )
    back = links.to("investigations.cases", area=area)
    row = Area.objects.current().get(code=area)
    with _alone() if request.method == "POST" else nullcontext():
        return asking.respond(request, asking.Asking(fields, entries, OPENED, back), crumbs=[(row.name, back)])


@contextmanager
def _alone() -> Iterator[None]:
    """Within the block nobody else records anything."""
    with writing():
        lock()
        yield


def _several(workers: dict[str, Any]) -> dict[str, Any]:
    """The same choice for several."""
    return {"type": "list"} if "choices" in workers else {}


def _led(request: Request, number: str) -> Case:
    case = case_of(request.account, number)
    if not leads(request.account, case):
        raise PermissionDenied
    if case.closed:
        raise Http404
    return case


def _respond(request: Request, case: Case, what: str, names: tuple[str, ...], done: Text, **page: Any) -> HttpResponse:
    """One form about a case; afterwards back to it. The reading is written to the trail."""
    kind, back, area = f"investigations.{what}", reverse("investigations.case", args=[case.number]), case.opened.area
    extra, instead = page.pop("extra", {}), page.pop("instead", {})

    def entries(values: dict[str, Any], form: UUID) -> list[Entry]:
        return [Entry(form, kind, area, {**asking.said(kind, values, area), "case": case.number, **extra})]

    trail.read(request.account, request.screen.name, [case.number], what=WHAT, path=request.path)
    fields = asking.fields(kind, *names, **instead)
    return asking.respond(request, asking.Asking(fields, entries, done, back), crumbs=[(case.number, back)], **page)


def task(request: Request, case: str) -> HttpResponse:
    """A task for somebody, with a time, with or without the police."""
    held = _led(request, case)
    choices = [(each.code, each.label) for each in named(policy(held.opened.area), "investigations.tasks").values()]
    instead = {
        "what": {"type": "choice", "choices": choices}, "words": {"type": "long_text"},
        "to": asking.workers(request.account, request.account.area),
    }  # fmt: skip
    return _respond(request, held, "task_given", ("what", "words", "to", "due_at", "police", "officer"), GIVEN, instead=instead)


def done(request: Request, case: str, task: str) -> HttpResponse:
    """What became of a task: said by who has it, or by who leads the case."""
    held = case_of(request.account, case)
    one = next((each for each in held.open_tasks if each.number == task), None)
    if one is None or held.closed:
        raise Http404
    if one.given.data["to"] != request.account.member and not leads(request.account, held):
        raise PermissionDenied
    return _respond(request, held, "task_done", ("outcome", "words"), ENDED, extra={"task": task}, instead={"words": {"type": "long_text"}})


def staff(request: Request, case: str) -> HttpResponse:
    """Who may read the case besides those with a task."""
    held = _led(request, case)
    workers = asking.workers(request.account, request.account.area)
    return _respond(
        request, held, "staff_named", ("staff",), NAMED, instead={"staff": workers | _several(workers)}, initial={"staff": held.staff}
    )


def close(request: Request, case: str) -> HttpResponse:
    """What the investigation found."""
    return _respond(request, _led(request, case), "closed", ("outcome", "words"), CLOSED, instead={"words": {"type": "long_text"}})


def members_known(account: Account, entry: Entry) -> None:
    """Raises `Invalid` where a case or a task is somebody's who does not work for the response."""
    for name in ("staff", "to"):
        codes = entry.data.get(name) or []
        codes = [codes] if isinstance(codes, str) else codes
        there = set(Member.objects.current().filter(code__in=codes).values_list("code", flat=True))
        for code in codes:
            if code not in there:
                raise Invalid(f"data.{name}", "unknown", NOBODY.format(code=code))


for kind in ("opened", "staff_named", "task_given"):
    guard(f"investigations.{kind}", members_known)
