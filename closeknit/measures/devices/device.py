"""One phone: all that is known of it, what is missing, and revoking it."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from closeknit.areas.models import Area
from closeknit.console.forms import Form, FormField
from closeknit.console.page import show
from closeknit.console.parts import Action, Facts, Notice, Tile
from closeknit.console.records import links, names
from closeknit.console.records.saving import author
from closeknit.console.screens import Request
from closeknit.console.tell import tell
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.ledger.models import Event
from closeknit.measures.devices.listing import IN_USE, REVOKED, stored
from closeknit.measures.devices.words import PHONES, ago, clock_words, ranges
from closeknit.sync.models import Device, Letter
from closeknit.sync.standing import Standing, standing_of

REASON = FormField(
    "reason",
    Text("Why", "原因"),
    required=True,
    maximum=200,
    minimum=2,
    help=Text("Lost, stolen, worker has left …", "如遗失、被盗、人员离岗等。"),
)
PROVED = Text(
    "All of this phone's records have arrived: proved up to No. {n}, as the phone said {when}.",
    "该手机的记录已全部到达：已核对至第 {n} 号（手机于{when}报告）。",
)
AHEAD = Text(
    "Everything up to No. {n} has arrived. Whether the phone has made more since its last word ({when}) is not known.",
    "第 {n} 号及以前的记录已全部到达。手机上次报告（{when}）之后是否另有记录，尚不清楚。",
)
NOT_ALL = Text("Not all of this phone's records have arrived.", "该手机的记录尚未全部到达。")
NOT_SAID = Text("The phone has not said yet how many records it made.", "手机尚未报告其记录总数。")
WHAT_FOLLOWS = Text(
    "From now on the phone gets and sends nothing. At its next call it forgets everybody else's data and hands in what is unsent as "
    "sealed letters, which wait for you. This cannot be undone: to use the phone again, enrol it anew.",
    "停用后手机不再收发数据。下次联系时将清除他人数据，未上传的记录以密封方式交回，等待您处理。停用不可撤销；如需再用，请重新登记。",
)
DONE = Text("{code} is revoked.", "{code} 已停用。")
ALREADY = Text("{code} was revoked already.", "{code} 此前已停用。")


def area_of(code: str) -> str | None:
    """The area of a phone, by which the gate decides."""
    return Device.objects.filter(pk=code).values_list("area", flat=True).first()


def device(request: Request, code: str) -> HttpResponse:
    """All that is known of one phone."""
    row = _phone(code)
    standing = standing_of(row.code, row.held_to)
    context = {
        "notice": _arrived(row, standing),
        "facts": Facts(_facts(row, standing)),
        "tiles": _tiles(row),
        "revoked": _revoked(row),
    }
    actions = []
    if row.revoked_at is None and (url := links.to("devices.revoke", code=code)):
        actions.append(Action(Text("Revoke", "停用"), url, "ban"))
    return show(request, "devices/device.html", context, heading=row.code, crumbs=_crumbs(), actions=actions)


def revoke(request: Request, code: str) -> HttpResponse:
    """Says what follows, asks why, and revokes."""
    row = _phone(code)
    form = Form((REASON,), request.POST if request.method == "POST" else None)
    back = reverse("devices.device", args=[code])
    if form.valid():
        done = Device.objects.filter(pk=code, revoked_at=None).update(
            revoked_at=clock.now(), revoked_by=author(request.account), revoked_why=form.values["reason"]
        )
        tell(request, (DONE if done else ALREADY).format(code=code), tone="good" if done else "info")
        return redirect(back)
    context = {
        "form": form,
        "cancel": back,
        "notices": [Notice(WHAT_FOLLOWS, "watch")],
        "submit": Text("Revoke {code}", "停用 {code}", code=code),
    }
    crumbs = [*_crumbs(), (row.code, back)]
    heading = Text("Revoke {code}", "停用 {code}", code=code)
    return show(request, "console/pages/form.html", context, heading=heading, crumbs=crumbs, status=422 if form.errors else 200)


def _phone(code: str) -> Device:
    row = Device.objects.filter(pk=code).first()
    if row is None:
        raise Http404
    return row


def _crumbs() -> list[tuple[Text | str, str]]:
    return [(PHONES, reverse("devices.list"))]


def _arrived(row: Device, standing: Standing) -> Notice:
    """Whether everything has arrived: only where it is proved."""
    if row.last_seq is None or row.unsent is None:
        return Notice(NOT_SAID, "info")
    said = {"n": standing.held_to, "when": ago(row.last_seen_at, clock.now())}
    if standing.held_to == row.last_seq and row.unsent == 0:
        return Notice(PROVED.format(**said), "good")
    if standing.held_to > row.last_seq and not standing.missing:
        return Notice(AHEAD.format(**said), "info")
    return Notice(NOT_ALL, "watch")


def _facts(row: Device, standing: Standing) -> list[tuple[Text, object]]:
    area = Area.objects.current().filter(code=row.area).first()
    worker = names.members([row.member]).get(row.member, row.member)
    return [
        (Text("State", "状态"), REVOKED if row.revoked_at else IN_USE),
        (Text("Enrolled for", "登记人员"), f"{worker} {row.member}".strip() or None),
        (Text("May be handed over within", "可交接范围"), area.name if area else row.area),
        (Text("Last contact", "最近联系"), ago(row.last_seen_at, clock.now())),
        (Text("Unsent, by its last word", "未上传（手机报告）"), row.unsent),
        (Text("Last number it gave", "手机最后编号"), row.last_seq),
        (Text("Here without a gap up to No.", "服务器已连续收到至"), standing.held_to),
        (Text("Missing numbers", "缺号"), ranges(standing.missing)),
        (Text("Last record made", "最近记录时间"), row.last_record_at),
        (Text("Records to look at", "待留意记录"), Event.objects.filter(device=row.code).exclude(flags="").count() or None),
        (Text("Clock", "时钟"), clock_words(row.clock_error_s)),
        (Text("Lasting storage", "持久存储"), stored(row)),
        (Text("App", "应用版本"), row.app),
        (Text("Browser", "浏览器"), row.label),
        (Text("Enrolled", "登记时间"), row.enrolled_at),
        (Text("Enrolled by", "登记人"), row.enrolled_by),
    ]


def _revoked(row: Device) -> Facts | None:
    if row.revoked_at is None:
        return None
    return Facts(
        [
            (Text("Revoked", "停用时间"), row.revoked_at),
            (Text("By", "操作人"), row.revoked_by),
            (Text("Why", "原因"), row.revoked_why),
        ]
    )


def _tiles(row: Device) -> list[Tile]:
    states = list(Letter.objects.filter(device=row.code).values_list("state", flat=True))
    if not states:
        return []
    labels = (
        (Letter.State.WAITING, Text("letters waiting", "待处理密封记录"), "watch"),
        (Letter.State.UNREADABLE, Text("cannot be opened", "无法打开"), "bad"),
        (Letter.State.TAKEN, Text("taken in", "已收录"), "quiet"),
        (Letter.State.REFUSED, Text("refused", "未收录"), "quiet"),
    )
    url = links.to("devices.letters_of", code=row.code)
    return [Tile(states.count(state), label, url, tone=tone) for state, label, tone in labels if states.count(state)]
