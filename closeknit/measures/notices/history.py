"""What went out: each notice on each channel with its outcome, and what to do where it did not."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from closeknit.access.scope import can, in_scope, visible
from closeknit.areas.models import Area
from closeknit.channels import queue
from closeknit.channels.models import Delivery, Message
from closeknit.channels.outcomes import words
from closeknit.console.lists.columns import Column, Filter, between_days, equals, words_in
from closeknit.console.lists.listing import Listing
from closeknit.console.page import show
from closeknit.console.parts import Action, Badge, Empty, Facts
from closeknit.console.records import names
from closeknit.console.screens import Request
from closeknit.console.tell import tell
from closeknit.kit.text import Text
from closeknit.measures.notices.actions import CLOCK, PERSONAL, copied
from closeknit.measures.notices.kinds import Purpose, Way
from closeknit.measures.notices.writing import WRITE

HEADING = Text("Notices", "通知发布")
STATES = {
    "waiting": Badge(Text("Waiting", "等待发送"), "info", "hourglass"), "sending": Badge(Text("Being sent", "发送中"), "info", "hourglass"),
    "sent": Badge(Text("Sent", "已发送"), "good"), "failed": Badge(Text("Not sent", "未发出"), "bad"),
    "uncertain": Badge(Text("Uncertain", "待核实"), "watch"), "by_hand": Badge(Text("To be copied", "待人工复制"), "watch"),
}  # fmt: skip


def told(delivery: Delivery) -> Text:
    """What became of it, and what to do."""
    if delivery.outcome == "personal":
        return PERSONAL.format(piece="")
    return words(delivery.outcome, delivery.detail)


LISTING = Listing(
    columns=(
        Column("at", Text("Written", "时间"), lambda row: row.message.at, sort=("message__at", "id"), phone="line"),
        Column("text", Text("Text", "内容"), lambda row: row.message.text.splitlines()[0][:60] if row.message.text else "", phone="title",
               link=lambda row: reverse("notices.message", args=[row.message_id]), export=lambda row: row.message.text),
        Column("state", Text("State", "状态"), lambda row: STATES[row.state], sort=("state", "id"), phone="end",
               export=lambda row: STATES[row.state].label),
        Column("purpose", Text("Purpose", "用途"), lambda row: Purpose(row.message.purpose).label, sort=("message__purpose", "id")),
        Column("channel", Text("Channel", "渠道"), lambda row: row.channel.name, sort=("channel__name", "id")),
        Column("kind", Text("Kind", "类型"), lambda row: Way(row.channel.kind).label, sort=("channel__kind", "id")),
        Column("outcome", Text("Outcome", "结果"), told, phone="wide"),
        Column("attempts", Text("Attempts", "尝试次数"), lambda row: row.attempts, sort=("attempts", "id"), number=True),
        Column("last", Text("Last attempt", "最近尝试"), lambda row: row.last_at, sort=("last_at", "id"), hidden=True),
    ),
    order="-at",
    empty=Empty(
        Text("Nothing was sent yet", "尚未发出通知"),
        Text("Open a channel, then write a notice; the day's figures are filled in.", "先新增渠道，再编写通知；当日数据自动填入。"),
        icon="speakerphone",
    ),
    filters=(
        Filter("state", Text("State", "状态"), equals("state"), choices=[(name, each.label) for name, each in STATES.items()]),
        Filter("purpose", Text("Purpose", "用途"), equals("message__purpose"), choices=[(each.value, each.label) for each in Purpose]),
        Filter("kind", Text("Kind", "类型"), equals("channel__kind"), choices=[(each.value, each.label) for each in Way]),
        Filter("days", Text("Day", "日期"), between_days("message__at"), type="days"),
    ),
    search=words_in("message__text", "channel__name"),
)  # fmt: skip


def notices(request: Request) -> HttpResponse:
    """Everything that went out, or should have, in the reader's scope."""
    rows: QuerySet[Delivery] = visible(Delivery.objects.select_related("message", "channel"), request.account, "message__area")
    heads = []
    if can(request.account, "notices.manage"):
        heads.append(Action(Text("Channels", "通知渠道"), reverse("notices.channels"), "settings"))
    if can(request.account, "notices.record"):
        heads.append(Action(WRITE, reverse("notices.write"), "pencil", primary=True))
    return LISTING.respond(request, rows.defer("channel__sealed"), actions=heads)


def area_of_message(message: UUID) -> str | None:
    """Where a notice belongs; None where there is none."""
    found: str | None = Message.objects.filter(id=message).values_list("area", flat=True).first()
    return found


def message(request: Request, message: UUID) -> HttpResponse:
    """One notice: its text to copy, and each channel with its outcome."""
    held = Message.objects.get(id=message)
    deliveries = list(held.deliveries.select_related("channel").defer("channel__sealed").order_by("channel__name", "id"))
    area = Area.objects.names({held.area}).get(held.area, held.area)
    who = Text("by itself", "自动发送") if held.by == CLOCK else names.members({held.by}).get(held.by, held.by)
    facts = Facts([
        (Text("Purpose", "用途"), Purpose(held.purpose).label), (Text("Area", "地区"), area), (Text("Day", "日期"), held.day),
        (Text("Written", "时间"), held.at), (Text("By", "发送人"), who),
    ])  # fmt: skip
    may = can(request.account, "notices.record")
    context = {
        "message": held, "facts": facts, "waits": any(each.state == "waiting" for each in deliveries),
        "deliveries": [(each, STATES[each.state], told(each), _press(each) if may else None) for each in deliveries],
    }  # fmt: skip
    return show(request, "notices/message.html", context, heading=Purpose(held.purpose).label, crumbs=[(HEADING, reverse("notices.list"))])


def _press(delivery: Delivery) -> Action | None:
    if delivery.channel.closed_at or delivery.outcome == "personal":
        return None
    if delivery.state == "by_hand":
        return Action(
            Text("I have copied it into the group", "已复制到群"), reverse("notices.press", args=[delivery.id]), "check", method="post"
        )
    if delivery.state in ("failed", "uncertain"):
        return Action(Text("Send again", "重新发送"), reverse("notices.press", args=[delivery.id]), "refresh", method="post")
    return None


def area_of_delivery(delivery: UUID) -> str | None:
    """Where the notice of a delivery belongs."""
    found: str | None = Delivery.objects.filter(id=delivery).values_list("message__area", flat=True).first()
    return found


@require_POST
def press(request: Request, delivery: UUID) -> HttpResponse:
    """Sends again what did not go out; notes what was copied by hand."""
    held = Delivery.objects.select_related("message", "channel").get(id=delivery)
    if not in_scope(request.account, held.channel.area):
        raise Http404
    if copied(held):
        tell(request, Text("Noted as sent.", "已记为发出。"))
    elif held.outcome != "personal" and queue.again(held):
        tell(request, Text("In the queue again.", "已重新进入发送队列。"), tone="info")
    return redirect("notices.message", message=held.message_id)
