"""Writing a notice: composed from the day's figures, looked through for persons, shown as each channel will show it, sent."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from closeknit.access.scope import can, visible
from closeknit.areas.models import Area
from closeknit.channels.limits import parts, too_long
from closeknit.channels.models import Channel
from closeknit.channels.queue import Said
from closeknit.channels.sending import written_out
from closeknit.console.evidence.asking import asked_day
from closeknit.console.page import show
from closeknit.console.parts import Action, Empty, Notice
from closeknit.console.records.saving import author
from closeknit.console.screens import Request
from closeknit.console.tell import tell
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.measures.notices import actions
from closeknit.measures.notices.kinds import Purpose, Way
from closeknit.measures.notices.texts import Draft, composed, left_figures, vocabulary
from closeknit.registry.reading.personal import Finding, findings
from closeknit.reports.windows import day_of

WRITE = Text("Write a notice", "编写通知")
LONGEST = 5_000
NO_CHANNEL = Empty(
    Text("No channel for this purpose", "没有用于此用途的渠道"),
    Text("Open one first, or copy the text by hand.", "请先新增渠道，或人工复制文本。"),
    icon="speakerphone",
)
PUT = Text("In the queue; it goes out within a minute. The outcome stands below.", "已进入发送队列，一分钟内发出，结果见下。")
PIECE = Text("“{piece}” is {why}. Take it out: a notice names nobody.", "“{piece}”为{why}，请删除：通知不得含个人信息。")
CHOOSE = Text("Choose at least one channel.", "请至少选择一个渠道。")
EMPTY = Text("Write the text first.", "请先填写文本。")


def channels_for(request: Request, purpose: str) -> list[Channel]:
    """The reader's channels that serve a purpose."""
    held = visible(Channel.objects.filter(closed_at=None), request.account).order_by("name", "id")
    return [each for each in held if purpose in each.purposes]


def write(request: Request) -> HttpResponse:
    """The draft; with do=preview as it will look; with do=send into the queue."""
    asked = request.POST if request.method == "POST" else request.GET
    purpose = asked.get("purpose", Purpose.REMINDER.value)
    area = Area.objects.current().filter(code=request.account.area).first()
    if purpose not in set(Purpose) or area is None:
        raise Http404
    day = asked_day(asked["day"]) if asked.get("day") else day_of(area.code, clock.now())
    figures = left_figures(area.code, day) if purpose == Purpose.GAPS else []
    figure = asked.get("figure") or (figures[0].name if figures else "")
    draft = composed(purpose, area, day, figure)
    text = "\n".join(asked.get("text", "").splitlines())[:LONGEST] if request.method == "POST" else draft.text
    every = channels_for(request, purpose)
    chosen = [each for each in every if str(each.id) in asked.getlist("channel")] if request.method == "POST" else every
    found, problems = [], []
    if request.method == "POST":
        found = findings(text, area.code, vocabulary(area.code, day))
        problems = _problems(text, chosen, found, draft)
        if not problems and asked.get("do") == "send":
            message = actions.send(chosen, Said(area.code, purpose, day, text, draft.values), by=author(request.account))
            tell(request, PUT)
            return redirect("notices.message", message=message.id)
    context = {
        "purposes": [(each.value, each.label) for each in Purpose], "purpose": purpose, "day": day.isoformat(), "text": text,
        "figures": figures, "figure": figure, "problems": problems, "previewed": request.method == "POST",
        "channels": [(each, each in chosen, _shown(each, text, draft)) for each in every],
        "nothing": None if every else NO_CHANNEL,
    }  # fmt: skip
    heads = (
        [Action(Text("Channels", "通知渠道"), reverse("notices.channels"), "settings")] if can(request.account, "notices.manage") else []
    )
    crumbs = [(Text("Notices", "通知发布"), reverse("notices.list"))]
    return show(request, "notices/write.html", context, crumbs=crumbs, actions=heads, status=422 if problems else 200)


def _problems(text: str, chosen: list[Channel], found: list[Finding], draft: Draft) -> list[Text]:
    problems = [PIECE.format(piece=each.piece, why=each.why) for each in found]
    problems += [] if text.strip() else [EMPTY]
    problems += [] if chosen else [CHOOSE]
    return problems + [wrong for each in chosen if (wrong := _length(each, text, draft)) is not None]


def _length(channel: Channel, text: str, draft: Draft) -> Text | None:
    wrong = too_long(channel.kind, _written(channel, text, draft))
    return Text("{channel}: {wrong}", "{channel}：{wrong}", channel=channel.name, wrong=wrong) if wrong else None


def _written(channel: Channel, text: str, draft: Draft) -> str:
    return written_out(channel.told()["text"], draft.values) if channel.kind == "sms" else text


def _shown(channel: Channel, text: str, draft: Draft) -> dict[str, Any]:
    """How a channel will show it: the text, its size, what does not fit."""
    written = _written(channel, text, draft)
    size = Text("{n} characters, {bytes} bytes", "{n} 字，{bytes} 字节", n=len(written), bytes=len(written.encode()))
    if channel.kind == "sms":
        size = Text("{n} characters, charged as {parts} SMS each", "{n} 字，每人计 {parts} 条短信", n=len(written), parts=parts(written))
    wrong = _length(channel, text, draft)
    return {"text": written, "size": size, "wrong": Notice(wrong, "bad") if wrong else None, "way": Way(channel.kind).label}
