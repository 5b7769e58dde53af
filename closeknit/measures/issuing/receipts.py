"""Receipts: a press of the recipient, a note of who was told by telephone or in a group, and the end of a directive."""

from typing import Any
from uuid import UUID, uuid5

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localtime

from closeknit.access.models import Account
from closeknit.access.scope import can, in_scope
from closeknit.areas.models import Area
from closeknit.console.forms import FormField
from closeknit.console.records.asking import Asking, fields, respond, said, workers
from closeknit.console.records.saving import Entry, author, guard, save
from closeknit.console.records.screens import told as recorded
from closeknit.console.screens import Request
from closeknit.console.tell import tell
from closeknit.kit.text import Text
from closeknit.ledger.fields import Invalid
from closeknit.measures.directives.kinds import Channel, Directive, What, directive_of
from closeknit.measures.issuing.page import found

KIND, ENDED = "directives.received", "directives.ended"
LABELS = {each.value: each.label for each in What}
DONE = Text("Receipt recorded.", "回执已登记。")
GONE = Text("The directive is ended.", "指令已终止。")
UNKNOWN = Text("There is no directive of this number in force. See the list of directives.", "无此编号的执行中指令，可查指令列表。")
NOT_THEIRS = Text("This directive does not go to {area}. Choose one of its recipients.", "该指令未发给{area}，请从接收单位中选择。")
OLD = Text(
    "Version {n} holds now. Open the directive again: what was read of an earlier version does not count for it.",
    "现行为第 {n} 版，请重新打开指令。旧版回执不计入新版。",
)
ONLY_THEMSELVES = Text(
    "“Read” is said by the recipient alone. Where you have told them, note it as told: it counts the same.",
    "“已阅”只能由接收单位自己登记。由您电话等方式传达的，请登记为“已传达”，效力相同。",
)
TOO_EARLY = Text(
    "Version {n} was issued on {at}, and nobody can have been told of it before. Give a time from then on.",
    "第 {n} 版于 {at} 下发，传达时间不能早于下发，请填写此后的时间。",
)
TO = Text("Who was told", "已传达单位")
NONE_LEFT = Text("Everybody here has read it.", "本辖区均已阅知。")
WHEN = FormField("when", Text("When they were told", "传达时间"), "datetime", help=Text("Left empty: now.", "不填即为现在。"))
WAYS = [(each.value, each.label) for each in Channel if each is not Channel.PAGE]


def say(request: Request, area: str, number: str) -> HttpResponse:
    """A recipient's own receipt: read in one press; acted on, or what stands in the way, with words."""
    one, what = found(request, area, number), request.GET.get("what", "acted")
    back = reverse("directives.directive", args=[area, number])
    if area not in one.to or what not in ("read", "acted", "cannot"):
        raise Http404
    about = {"directive": number, "version": one.version, "what": what, "channel": "page"}
    if what == "read":
        if request.method == "POST":
            _press(request, Entry(uuid5(one.event.id, f"read {area} {request.account.username}"), KIND, area, about), back)
        return redirect(back)
    asked = fields(KIND, "words", words={"type": "long_text", "required": what == "cannot"})
    asking = Asking(asked, lambda values, form_id: [Entry(form_id, KIND, area, about | said(KIND, values, area))], DONE, back)
    heading = Text("{what}: {title}", "{what}：{title}", what=LABELS[what], title=one.event.data["title"][:60])
    return respond(request, asking, heading=heading)


def _press(request: Request, entry: Entry, back: str) -> None:
    try:
        answer = save(request.account, entry)
    except Invalid as invalid:
        tell(request, invalid.text, tone="bad")
    else:
        recorded(request, answer.id, DONE, back)


def told(request: Request, area: str, number: str) -> HttpResponse:
    """Who of the area was told, by whom, when and in what way; several at once, as after a message in a group."""
    one = found(request, area, number)
    back = reverse("directives.directive", args=[area, number])
    below = Area.objects.below(area).filter(code__in=one.to).exclude(code__in=one.receipts).order_by("path")
    left = list(below.values_list("code", "name"))
    if not left:
        tell(request, NONE_LEFT, tone="info")
        return redirect(back)
    people = workers(request.account, request.account.area)
    asked = [
        FormField("to", TO, "list", required=True, choices=left),
        *fields(KIND, "channel", "told_by", "whom", "words", channel={"choices": WAYS, "required": True}, told_by=people, whom=people),
        WHEN,
    ]

    def entries(values: dict[str, Any], form_id: UUID) -> list[Entry]:
        about = {"directive": number, "version": one.version, "what": "told", **said(KIND, values, area)}
        return [Entry(uuid5(form_id, code), KIND, code, about, at=values["when"]) for code in values["to"]]

    chosen = [code for code, _ in left if code == request.GET.get("to")]
    initial = {"to": chosen, "channel": "telephone", "told_by": author(request.account)}
    asking = Asking(asked, entries, DONE, back)
    heading = Text("Told: {title}", "登记传达：{title}", title=one.event.data["title"][:60])
    return respond(request, asking, initial=initial, heading=heading)


def end(request: Request, area: str, number: str) -> HttpResponse:
    """Ends a directive with a reason; the sender alone, or who stands above."""
    one = found(request, area, number)
    if not in_scope(request.account, one.event.area):
        raise Http404
    back = reverse("directives.list", args=[area])
    about = {"directive": number}

    def entries(values: dict[str, Any], form_id: UUID) -> list[Entry]:
        return [Entry(form_id, ENDED, one.event.area, about | said(ENDED, values, area))]

    heading = Text("End: {title}", "终止指令：{title}", title=one.event.data["title"][:60])
    return respond(request, Asking(fields(ENDED, "reason"), entries, GONE, back), heading=heading)


def _standing(entry: Entry) -> Directive:
    one = directive_of(str(entry.data.get("directive", "")))
    if one is None or (one.ended and one.ended.id != entry.id):
        raise Invalid("data.directive", "unknown", UNKNOWN)
    return one


def receives(account: Account, entry: Entry) -> None:
    """Raises `Invalid` where no such directive goes to the area, another version holds, or somebody else says "read"."""
    one = _standing(entry)
    if entry.area not in one.to:
        name = Area.objects.names({entry.area}).get(entry.area, entry.area)
        raise Invalid("area", "outside", NOT_THEIRS.format(area=name))
    if entry.data.get("version") != one.version:
        raise Invalid("data.version", "superseded", OLD.format(n=one.version))
    if entry.at is not None and entry.at < one.event.at:
        at = f"{localtime(one.event.at):%Y-%m-%d %H:%M}"
        raise Invalid("data.when", "too_early", TOO_EARLY.format(n=one.version, at=at))
    if entry.data.get("what") == "read" and account.area != entry.area:
        raise Invalid("data.what", "not_yours", ONLY_THEMSELVES)


def ends(account: Account, entry: Entry) -> None:
    """Raises `Invalid` where there is no such directive, or it was sent from outside the account's area."""
    one = _standing(entry)
    if one.event.area != entry.area or not can(account, "directives.manage", one.event.area):
        raise Invalid("data.directive", "outside", UNKNOWN)


guard(KIND, receives)
guard(ENDED, ends)
