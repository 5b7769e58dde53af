"""The channels: which there are, opening one, changing it. Addresses and secrets go in and are never shown again."""

import re
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from closeknit.access.scope import in_scope, visible
from closeknit.areas.models import Area
from closeknit.channels.limits import ROBOTS
from closeknit.channels.models import Channel
from closeknit.channels.outcomes import words
from closeknit.channels.outgoing import is_allowed
from closeknit.channels.sending import CONSOLE
from closeknit.console.forms import Form, FormField
from closeknit.console.lists.columns import Column, Filter, where, words_said
from closeknit.console.lists.listing import Listing
from closeknit.console.page import show
from closeknit.console.parts import Action, Badge, Empty, Notice
from closeknit.console.records.saving import author
from closeknit.console.screens import Request
from closeknit.console.tell import tell
from closeknit.kit import clock
from closeknit.kit.ids import uuid7
from closeknit.kit.sealing import blind, seal
from closeknit.kit.text import Text
from closeknit.measures.notices.kinds import Purpose, Way
from closeknit.registry.reading.names import choices

HEADING = Text("Channels", "通知渠道")
NEW = Text("New channel", "新增渠道")
PURPOSES = [(each.value, each.label) for each in Purpose]
KINDS = [(each.value, each.label) for each in Way]
BY_THEMSELVES = [(each.value, each.label) for each in (Purpose.REMINDER, Purpose.BULLETIN, Purpose.BUSINESS)]
NONE = Empty(
    Text("No channel yet", "尚无通知渠道"),
    Text(
        "Open one: the robot of a group, a list of mail addresses, an SMS template, or copying by hand.",
        "请新增：群机器人、邮件名单、短信模板或人工复制。",
    ),
    icon="speakerphone",
)  # fmt: skip
KEPT = Text("It is kept encrypted and not shown again. Leave it blank to keep what is there.", "加密保存，不再显示。留空则保持不变。")
MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
NOT_MAIL = Text("“{each}” is no mail address.", "“{each}”不是邮箱地址。")
NOT_PHONE = Text("“{each}” is no mobile number.", "“{each}”不是手机号码。")
NEEDED = Text("Fill in “{label}”.", "请填写“{label}”。")
SECRET = {"url", "secret", "addresses", "phones"}


def area_of(channel: UUID) -> str | None:
    """Where a channel belongs; None where there is none."""
    found: str | None = Channel.objects.filter(id=channel, closed_at=None).values_list("area", flat=True).first()
    return found


def _badge(channel: Channel) -> Badge:
    labels = [str(label) for value, label in BY_THEMSELVES if value in channel.automatic]
    return Badge("、".join(labels), "info") if labels else Badge(Text("by press only", "仅手动"), "quiet")


LISTING = Listing(
    columns=(
        Column("name", Text("Channel", "渠道"), lambda row: row[0].name, sort=lambda row: row[0].name, phone="title",
               link=lambda row: reverse("notices.channel", args=[row[0].id])),
        Column("kind", Text("Kind", "类型"), lambda row: Way(row[0].kind).label, sort=lambda row: row[0].kind, phone="end"),
        Column("area", Text("Area", "地区"), lambda row: row[1], sort=lambda row: row[0].area),
        Column("for", Text("Used for", "用途"), lambda row: "、".join(str(Purpose(each).label) for each in row[0].purposes)),
        Column("auto", Text("By itself", "自动发送"), lambda row: _badge(row[0]), export=lambda row: _badge(row[0]).label),
        Column("recipients", Text("Reaches", "人数"), lambda row: row[0].recipients, sort=lambda row: row[0].recipients, number=True),
    ),
    order="name",
    empty=NONE,
    filters=(
        Filter("kind", Text("Kind", "类型"), where(lambda row, kind: row[0].kind == kind), choices=KINDS),
    ),
    search=words_said(lambda row: (row[0].name, row[1])),
)  # fmt: skip


def channels(request: Request) -> HttpResponse:
    """The channels of the reader's scope."""
    held = list(visible(Channel.objects.filter(closed_at=None).defer("sealed"), request.account))
    areas = Area.objects.names({each.area for each in held})
    heads = [Action(NEW, reverse("notices.new"), "plus", primary=True)]
    return LISTING.respond(request, [(each, areas.get(each.area, each.area)) for each in held], actions=heads)


def new(request: Request) -> HttpResponse:
    """First what kind, then its form."""
    kind = request.GET.get("kind", "")
    if kind in set(Way):
        return _form(request, Channel(id=uuid7(), kind=kind, area=request.account.area), is_new=True)
    kinds = [Action(each.label, f"?kind={each.value}", "speakerphone") for each in Way]
    return show(request, "channeldesk/kinds.html", {"kinds": kinds}, crumbs=[(HEADING, reverse("notices.channels"))])


def channel(request: Request, channel: UUID) -> HttpResponse:
    """A channel's form, without its secrets."""
    return _form(request, Channel.objects.get(id=channel), is_new=False)


def _form(request: Request, held: Channel, *, is_new: bool) -> HttpResponse:
    told = {} if is_new else held.told()
    form = Form(_fields(request, held), request.POST if request.method == "POST" else None, _initial(held, told))
    if form.valid() and (kept := _kept(request, held, form, told)) is not None:
        _save(held, form, kept, by=author(request.account), is_new=is_new)
        tell(request, Text("The channel is kept.", "渠道已保存。"))
        return redirect("notices.channels")
    sure = Text("Close this channel? What waits for it is not sent.", "确定停用？待发送的通知将不再发出。")
    close = Action(Text("Close", "停用"), reverse("notices.close", args=[held.id]), "trash", method="post", confirm=sure)
    heading = Text("{kind}: {name}", "{kind}：{name}", kind=Way(held.kind).label, name=held.name or NEW)
    prints = held.kind == Way.EMAIL and settings.EMAIL_BACKEND == CONSOLE
    context = {"form": form, "hint": Notice(words("printed"), "watch") if prints else None}
    return show(
        request, "channeldesk/channel.html", context, heading=heading, crumbs=[(HEADING, reverse("notices.channels"))],
        actions=[] if is_new else [close], status=422 if form.errors else 200,
    )  # fmt: skip


def _fields(request: Request, held: Channel) -> list[FormField]:
    url = FormField("url", Text("Webhook address", "Webhook 地址"), "password", help=KEPT, maximum=500)
    secret = FormField("secret", Text("Secret, if it signs", "加签密钥（如启用）"), "password", help=KEPT, maximum=200)
    own = {
        "email": [FormField("addresses", Text("Mail addresses, one a line", "邮箱地址，每行一个"), "long_text", help=KEPT)],
        "sms": [
            FormField("url", Text("Address of the gateway", "短信网关地址"), "password", help=KEPT, maximum=500),
            FormField("secret", Text("Token of the gateway", "网关令牌"), "password", help=KEPT, maximum=200),
            FormField("template", Text("Number of the approved template", "已审核模板编号"), required=True, maximum=60),
            FormField("text", Text("Text of the template", "模板内容"), "long_text", required=True, maximum=500, help=Text(
                "As approved; variables are ${area}, ${day}, ${n}, ${names}, ${cut_off}, ${label}, ${words}.",
                "按审核内容填写；可用变量：${area}、${day}、${n}、${names}、${cut_off}、${label}、${words}。")),
            FormField("phones", Text("Mobile numbers, one a line", "手机号码，每行一个"), "long_text", help=KEPT),
        ],
    }.get(held.kind, [url, secret] if held.kind in ROBOTS else [])  # fmt: skip
    return [
        FormField("name", Text("Name of the group or list", "群或名单名称"), required=True, maximum=80),
        FormField("area", Text("Area", "地区"), "choice", required=True, choices=choices(request.account)),
        *own,
        FormField("purposes", Text("Used for", "用途"), "list", required=True, choices=PURPOSES),
        FormField("automatic", Text("Goes out by itself", "自动发送"), "list", choices=BY_THEMSELVES),
        FormField("recipients", Text("How many people it reaches", "覆盖人数"), "integer", minimum=0, maximum=10_000_000),
        FormField("residents", Text("It reaches residents: count as told to the public", "面向群众：计入信息推送"), "boolean"),
    ]


def _initial(held: Channel, told: dict[str, Any]) -> dict[str, Any]:
    plain = {name: getattr(held, name) for name in ("name", "area", "purposes", "automatic", "recipients", "residents")}
    return {**plain, **{name: value for name, value in told.items() if name not in SECRET}}


def _kept(request: Request, held: Channel, form: Form, told: dict[str, Any]) -> dict[str, Any] | None:
    """What is sealed away: the new secrets, and those that were left blank as they are. None where something must change."""
    said = form.values
    kept = {**told, **{name: said[name] for name in ("url", "secret", "template", "text") if said.get(name)}}
    for name, pattern, wrong in (("addresses", MAIL, NOT_MAIL), ("phones", re.compile(r"1\d{10}"), NOT_PHONE)):
        if said.get(name):
            kept[name] = [each for each in re.split(r"[\s,;，；]+", said[name]) if each]
            bad = next((each for each in kept[name] if not pattern.fullmatch(each)), None)
            if bad:
                form.refuse(name, wrong.format(each=bad))
    for field in form.fields:
        if field.name in ("url", "addresses", "phones") and not kept.get(field.name):
            form.refuse(field.name, NEEDED.format(label=field.label))
    if kept.get("url") and not is_allowed(kept["url"], held.kind):
        form.refuse("url", words("blocked"))
    if not in_scope(request.account, said["area"]):
        form.refuse("area", Text("This area is not yours. Choose one of the list.", "该地区不在您的辖区，请从列表中选择。"))
    return None if form.errors else kept


def _save(held: Channel, form: Form, kept: dict[str, Any], *, by: str, is_new: bool) -> None:
    for name in ("name", "area", "purposes", "automatic", "residents"):
        setattr(held, name, form.values[name])
    held.recipients = form.values["recipients"] or len(kept.get("addresses", kept.get("phones", ())))
    held.sealed, held.at, held.by = seal(kept, about=f"channel|{held.id}"), clock.now(), by
    held.robot = blind(kept.get("url", str(held.id)), purpose="robot")
    held.save(force_insert=is_new)


@require_POST
def close(request: Request, channel: UUID) -> HttpResponse:
    """Closes a channel and destroys its secrets."""
    if not Channel.objects.filter(id=channel, closed_at=None).update(closed_at=clock.now(), sealed=None, automatic=[]):
        raise Http404
    tell(request, Text("The channel is closed and its secrets destroyed.", "渠道已停用，密钥已销毁。"))
    return redirect("notices.channels")
