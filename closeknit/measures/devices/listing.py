"""The list of phones: who holds them, when they last called, and what may still lie on them."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.urls import reverse

from closeknit.access.models import Account
from closeknit.access.scope import areas_of, visible
from closeknit.areas.models import Area
from closeknit.console.lists.columns import Column, Filter
from closeknit.console.lists.listing import Listing
from closeknit.console.parts import Action, Badge, Empty, Notice
from closeknit.console.records import links, names
from closeknit.console.screens import Request
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.measures.devices.words import SILENT_AFTER, ago, clock_words
from closeknit.registry.models import Member
from closeknit.sync.enrolment.holes import holes
from closeknit.sync.models import Device, Letter

IN_USE, REVOKED = Badge(Text("in use", "在用"), "good"), Badge(Text("revoked", "已停用"), "quiet", "ban")
KEPT, AT_RISK = Badge(Text("yes", "是"), "good"), Badge(Text("no: may be lost", "否，可能丢失"), "bad")
WAITING = Text("{n} letters of revoked or renewed phones wait for a decision.", "有 {n} 条停用或重新登记手机的密封记录待处理。")


def dressed(rows: list[Device]) -> list[Device]:
    """The phones with the names, holes and words that their line shows."""
    areas = Area.objects.names({row.area for row in rows})
    workers, missing, now = names.members({row.member for row in rows}), holes(row.code for row in rows), clock.now()
    for row in rows:
        shown: Any = row
        shown.area_name, shown.worker = areas.get(row.area, row.area), workers.get(row.member, row.member)
        shown.holes, shown.ago = missing.get(row.code, 0), ago(row.last_seen_at, now)
    return rows


def stored(row: Device) -> Badge | None:
    """Whether the phone's browser promised to keep what is stored; None: it did not say."""
    return None if row.persisted is None else KEPT if row.persisted else AT_RISK


def _silent(rows: "QuerySet[Device]", _: Any) -> "QuerySet[Device]":
    long = Q(last_seen_at=None) | Q(last_seen_at__lt=clock.now() - SILENT_AFTER)
    return rows.filter(long, revoked_at=None)


def _with_holes(rows: "QuerySet[Device]", _: Any) -> "QuerySet[Device]":
    return rows.filter(code__in=holes(rows.values_list("code", flat=True)))


def _state(rows: "QuerySet[Device]", value: str) -> "QuerySet[Device]":
    return rows.filter(revoked_at__isnull=value == "in_use")


def _said(rows: "QuerySet[Device]", text: str) -> "QuerySet[Device]":
    for word in text.split()[:5]:
        of_worker = Member.objects.current().filter(name__icontains=word).values("code")
        rows = rows.filter(Q(code__icontains=word) | Q(label__icontains=word) | Q(member__icontains=word) | Q(member__in=of_worker))
    return rows


LIST = Listing(
    columns=(
        Column(
            "code", Text("Phone", "手机编号"), lambda row: row.code, sort=("code",), phone="title",
            link=lambda row: reverse("devices.device", args=[row.code]),
        ),
        Column("worker", Text("Worker", "使用人"), lambda row: row.worker or None, sort=("member", "code")),
        Column("area", Text("Area", "地区"), lambda row: row.area_name, sort=("area", "code")),
        Column("state", Text("State", "状态"), lambda row: REVOKED if row.revoked_at else IN_USE, sort=("revoked_at", "code"), phone="end"),
        Column(
            "seen", Text("Last contact", "最近联系"), lambda row: row.ago, sort=("last_seen_at", "code"),
            export=lambda row: row.last_seen_at,
        ),
        Column("unsent", Text("Unsent", "未上传"), lambda row: row.unsent, sort=("unsent", "code"), number=True),
        Column("holes", Text("Missing", "缺号"), lambda row: row.holes or None, number=True, export=lambda row: row.holes),
        Column(
            "clock", Text("Clock", "时钟"), lambda row: clock_words(row.clock_error_s), sort=("clock_error_s", "code"),
            export=lambda row: row.clock_error_s,
        ),
        Column("kept", Text("Lasting storage", "持久存储"), stored, sort=("persisted", "code")),
        Column("app", Text("App", "应用版本"), lambda row: row.app or None, sort=("app", "code")),
        Column("label", Text("Browser", "浏览器"), lambda row: row.label or None, sort=("label", "code"), hidden=True),
        Column("enrolled", Text("Enrolled", "登记时间"), lambda row: row.enrolled_at, sort=("enrolled_at", "code"), hidden=True),
    ),
    order="code",
    empty=Empty(
        Text("No phones yet", "尚无手机"),
        Text("Choose a worker, show the code, and let the phone scan it.", "选择工作人员，显示登记码，用手机扫描即可。"),
        icon="device-mobile",
    ),
    filters=(
        Filter(
            "state", Text("State", "状态"), _state,
            choices=(("in_use", Text("In use", "在用")), ("revoked", Text("Revoked", "已停用"))),
        ),
        Filter("silent", Text("Silent for over a day", "超过一天未联系"), _silent, type="flag"),
        Filter("unsent", Text("With unsent records", "有未上传记录"), lambda rows, value: rows.filter(unsent__gt=0), type="flag"),
        Filter("holes", Text("With missing numbers", "有缺号"), _with_holes, type="flag"),
    ),
    search=_said,
    dress=dressed,
)  # fmt: skip


def devices(request: Request) -> HttpResponse:
    """The phones of the reader's area."""
    ways = (
        ("enrolling.workers", Text("Enrol a phone", "登记手机"), "plus"),
        ("enrolling.shift", Text("Card for one shift", "临时班次卡"), "id-badge-2"),
        ("enrolling.cards", Text("Cards", "工作卡"), "list"),
        ("devices.outbox", Text("Import an outbox", "导入手机文件"), "file-import"),
    )
    actions = [Action(label, url, icon, primary=name == "enrolling.workers") for name, label, icon in ways if (url := links.to(name))]
    if url := links.to("devices.letters"):
        actions.append(Action(Text("Letters", "密封记录"), url, "message-2"))
    return LIST.respond(request, visible(Device.objects.all(), request.account), actions=actions, context={"notices": _notices(request)})


def _notices(request: Request) -> list[Notice]:
    count = waiting(request.account).count()
    return [Notice(WAITING.format(n=count), "watch", action=Action(Text("Look", "查看"), reverse("devices.letters")))] if count else []


def waiting(account: Account) -> "QuerySet[Letter]":
    """The letters of the account's phones that somebody has to decide about."""
    phones = Device.objects.filter(area__in=areas_of(account).values("code")).values("code")
    return Letter.objects.filter(device__in=phones, state__in=(Letter.State.WAITING, Letter.State.UNREADABLE))
