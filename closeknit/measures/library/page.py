"""One text: its versions, what is in force, the decision, and a sheet to read out or to hang up."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from closeknit.access.scope import can, in_scope
from closeknit.areas.models import Area
from closeknit.console.forms import Asked, Form, FormField
from closeknit.console.page import show
from closeknit.console.parts import Action, Badge, Facts
from closeknit.console.records import names
from closeknit.console.records.saving import Entry, save
from closeknit.console.records.words import sentences
from closeknit.console.screens import Request
from closeknit.console.tell import tell
from closeknit.kit.ids import uuid7
from closeknit.kit.text import Text
from closeknit.ledger.fields import Invalid
from closeknit.ledger.models import TOTAL_ORDER, Event
from closeknit.measures.library.listing import ABOUTS, FORMS, STATES
from closeknit.measures.library.texts import DECIDED, WRITTEN, LibraryText, Version, seal_of, texts

LIBRARY = Text("Library of texts", "宣传文稿库")
REASON = FormField("reason", Text("Reason, where it is not approved", "原因（退回或停用时填写）"), "long_text", maximum=400)
WHY = FormField("why", Text("Why it is withdrawn", "停用原因"), "long_text", required=True, maximum=400)
DONE = {
    "approved": Text("Approved. It can be used from now on.", "已审定，即可使用。"), "sent_back": Text("Sent back.", "已退回修改。"),
    "withdrawn": Text("Withdrawn. Nobody uses it any more.", "已停用。"),
}  # fmt: skip


def area_of_text(code: str) -> str | None:
    """Where a text lies; None where there is none of that number."""
    held = texts(code).get(code)
    return held.area if held else None


def _held(request: Request, code: str) -> tuple[Area, LibraryText]:
    """The text where it lies in the reader's area, or holds there; what lies elsewhere is answered like what does not exist."""
    held = texts(code).get(code)
    own = Area.objects.current().filter(code=request.account.area).first()
    if held is None or own is None or not (f"/{held.area}/" in own.path or in_scope(request.account, held.area)):
        raise Http404
    return Area.objects.current().get(code=held.area), held


def text(request: Request, code: str) -> HttpResponse:
    """The text: the newest version to be read, those before it, what has happened."""
    area, held = _held(request, code)
    latest, may_decide = held.latest, can(request.account, "outreach.manage", held.area)
    who = names.members({step.member for step in held.steps})
    facts = Facts([(label, value) for label, value in (
        (Text("Newest version", "最新版本"), latest.number), (Text("State", "状态"), Badge(*STATES[latest.state])),
        (Text("Version in force", "可用版本"), held.in_force.number if held.in_force else Text("none", "无")),
        (Text("Approved by", "审定人"), _approver(held.in_force, who)),
        (Text("Form", "形式"), FORMS[latest.written.data["form"]]), (Text("About", "内容类别"), ABOUTS[latest.written.data["about"]]),
        (Text("Written by", "撰稿人"), who.get(latest.written.member, latest.written.member)),
        (Text("Where the recording or poster lies", "音频或海报文件位置"), latest.written.data.get("file", "")),
        (Text("Holds in", "适用地区"), area.name), (Text("Number", "编号"), held.code),
    ) if value])  # fmt: skip
    events = list(Event.objects.filter(kind__in=(WRITTEN, DECIDED), topic=code).order_by(*TOTAL_ORDER))
    context = {
        "facts": facts, "latest": latest, "seen": seal_of(latest.written.data), "reason": Form((REASON,)).asked[0], "held": held,
        "why": Asked(WHY, ""),
        "may_decide": may_decide, "may_use": latest.state != "approved", "timeline": sentences(events, dated=True),
        "older": [(each, Badge(*STATES[each.state])) for each in reversed(held.versions[:-1])],
    }  # fmt: skip
    crumbs = [(LIBRARY, reverse("library.texts", args=[request.account.area]))]
    return show(request, "library/text.html", context, heading=latest.written.data["title"], crumbs=crumbs, actions=_actions(request, held))


def _approver(version: Version | None, who: dict[str, str]) -> str:
    return who.get(version.decided.member, version.decided.member) if version and version.decided else ""


def _actions(request: Request, held: LibraryText) -> list[Action]:
    actions = [Action(Text("Sheet to print", "打印张贴稿"), reverse("library.sheet", args=[held.code]), "printer")] if held.in_force else []
    if can(request.account, "outreach.record", held.area):
        url = f"{reverse('library.write', args=[held.area])}?text={held.code}"
        actions.append(Action(Text("Write the next version", "修订新版"), url, "pencil"))
    return actions


@require_POST
def decide(request: Request, code: str) -> HttpResponse:
    """Approves what was read, sends it back or withdraws it."""
    held, number = texts(code)[code], request.POST.get("version", "")
    said: dict[str, Any] = {
        "text": code, "version": int(number) if number.isdecimal() else held.latest.number, "outcome": request.POST.get("outcome", ""),
        "seen": request.POST.get("seen", ""), "reason": (request.POST.get("reason") or request.POST.get("why", "")).strip(),
    }  # fmt: skip
    if said["outcome"] == "approved" and said["seen"] != seal_of(held.latest.written.data):
        tell(request, Text("Somebody has changed the text meanwhile. Read it again.", "文稿已被修改，请重新阅读后审定。"), tone="watch")
        return redirect("library.text", code=code)
    try:
        save(request.account, Entry(uuid7(), DECIDED, held.area, said))
    except Invalid as invalid:
        tell(request, invalid.text, tone="bad")
    else:
        tell(request, DONE[said["outcome"]])
    return redirect("library.text", code=code)


def sheet(request: Request, code: str) -> HttpResponse:
    """The version in force in large letters: to read out, to hang up, to hand out."""
    area, held = _held(request, code)
    if held.in_force is None:
        raise Http404
    context = {"version": held.in_force, "area": area.name, "held": held}
    crumbs = [(LIBRARY, reverse("library.texts", args=[request.account.area])), (held.code, reverse("library.text", args=[code]))]
    return show(request, "library/sheet.html", context, heading=held.in_force.written.data["title"], crumbs=crumbs)
