"""Letters that wait: of revoked phones and of numbers that a phone had before; taken in or refused. And outboxes that come as files."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Max, Min, Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from closeknit.access.scope import can, visible
from closeknit.console.forms import Form, FormField
from closeknit.console.lists.columns import Column, Filter, where, words_said
from closeknit.console.lists.listing import Listing
from closeknit.console.page import show
from closeknit.console.parts import Badge, Empty, Notice
from closeknit.console.records import names
from closeknit.console.records.saving import author
from closeknit.console.screens import Request
from closeknit.console.tell import tell
from closeknit.kit.text import Text
from closeknit.ledger.wire import BadPush
from closeknit.measures.devices.words import PHONES, ranges
from closeknit.sync.enrolment.outbox import MOST_FILE_BYTES, bring, told
from closeknit.sync.enrolment.rescue import refuse, take_in
from closeknit.sync.models import Device, Letter

LETTERS = Text("Letters", "密封记录")
REASON = FormField("reason", Text("Why they are refused", "不收录的原因"), required=True, minimum=2, maximum=200)
REFUSED = Text("{n} letters refused. They stay kept, sealed.", "{n} 条密封记录未收录，仍密封保存。")
NOBODY = Text("Nothing was waiting any more.", "已无待处理的密封记录。")
TOO_BIG = Text("{name}: over 20 MB. This is no outbox.", "{name}：超过 20 MB，不是手机导出文件。")
NO_FILE = Text("Choose the file that the phone exported.", "请选择手机导出的文件。")


@dataclass(frozen=True)
class Pile:
    """The letters of one phone, in figures."""

    device: str
    worker: str
    revoked_at: datetime | None
    why: str
    waiting: int
    unreadable: int
    refused: int
    numbers: str
    since: datetime

    @property
    def badge(self) -> Badge:
        if self.unreadable:
            return Badge(Text("some cannot be opened", "部分无法打开"), "bad")
        return Badge(Text("waits", "待处理"), "watch") if self.waiting else Badge(Text("refused", "未收录"), "quiet")


LIST = Listing(
    columns=(
        Column(
            "device", Text("Phone", "手机编号"), lambda row: row.device, sort=lambda row: row.device, phone="title",
            link=lambda row: reverse("devices.letters_of", args=[row.device]),
        ),
        Column("worker", Text("Worker", "使用人"), lambda row: row.worker or None, sort=lambda row: row.worker),
        Column("state", Text("State", "状态"), lambda row: row.badge, phone="end"),
        Column("waiting", Text("Waiting", "待处理"), lambda row: row.waiting, sort=lambda row: row.waiting, number=True),
        Column(
            "unreadable", Text("Cannot be opened", "无法打开"), lambda row: row.unreadable, sort=lambda row: row.unreadable, number=True
        ),
        Column("refused", Text("Refused", "未收录"), lambda row: row.refused, sort=lambda row: row.refused, number=True),
        Column("numbers", Text("Numbers", "编号"), lambda row: row.numbers),
        Column("since", Text("Since", "收到时间"), lambda row: row.since, sort=lambda row: row.since),
        Column("revoked", Text("Phone revoked", "手机停用时间"), lambda row: row.revoked_at),
        Column("why", Text("Why", "原因"), lambda row: row.why or None, hidden=True),
    ),
    order="since",
    empty=Empty(
        Text("No letters wait", "没有待处理的密封记录"),
        Text("What a revoked phone had not sent yet comes here sealed.", "停用手机未上传的记录会以密封方式送到此处。"),
        icon="message-2",
    ),
    filters=(
        Filter("all", Text("Also what was refused", "包括未收录的"), lambda rows, value: rows, type="flag"),
        Filter("bad", Text("Only what cannot be opened", "仅看无法打开的"), where(lambda row, value: row.unreadable), type="flag"),
    ),
    search=words_said(lambda row: (row.device, row.worker, row.why)),
)  # fmt: skip


def letters(request: Request) -> HttpResponse:
    """By phone: how many letters wait."""
    rows = [pile for pile in _piles(request) if pile.waiting or pile.unreadable or request.GET.get("all")]
    return LIST.respond(request, rows, crumbs=[(PHONES, reverse("devices.list"))])


def _piles(request: Request) -> list[Pile]:
    phones = {row.code: row for row in visible(Device.objects.all(), request.account)}
    states = Letter.State
    figures = (
        Letter.objects.filter(device__in=visible(Device.objects.all(), request.account).values("code"))
        .exclude(state=states.TAKEN)
        .values("device")
        .annotate(
            waiting=Count("id", filter=Q(state=states.WAITING)),
            unreadable=Count("id", filter=Q(state=states.UNREADABLE)),
            refused=Count("id", filter=Q(state=states.REFUSED)),
            first=Min("seq"),
            last=Max("seq"),
            since=Min("received_at"),
        )
    )
    workers = names.members({row.member for row in phones.values()})
    return [
        Pile(
            device=row["device"], worker=workers.get(phones[row["device"]].member, phones[row["device"]].member),
            revoked_at=phones[row["device"]].revoked_at, why=phones[row["device"]].revoked_why, waiting=row["waiting"],
            unreadable=row["unreadable"], refused=row["refused"], numbers=f"{row['first']}–{row['last']}", since=row["since"],
        )
        for row in figures
    ]  # fmt: skip


def letters_of(request: Request, code: str) -> HttpResponse:
    """One phone's letters, by whom; taken in or refused as a whole or for one member."""
    if not Device.objects.filter(pk=code).exists():
        raise Http404
    form = Form((REASON,), request.POST if request.POST.get("do") == "refuse" else None)
    if request.method == "POST":
        if not can(request.account, "devices.manage"):
            raise PermissionDenied
        done = _decided(request, code, form)
        if done is not None:
            return done
    rows = _by_member(code)
    context = {
        "rows": rows,
        "form": form,
        "waits": any(row["state"] != Letter.State.REFUSED for row in rows),
        "may_decide": can(request.account, "devices.manage") and bool(rows),
        "empty": Empty(Text("Nothing waits here", "没有待处理的密封记录"), icon="message-2"),
    }
    crumbs = [(PHONES, reverse("devices.list")), (LETTERS, reverse("devices.letters"))]
    heading = Text("Letters of {code}", "{code} 的密封记录", code=code)
    return show(request, "devices/letters.html", context, heading=heading, crumbs=crumbs, status=422 if form.errors else 200)


def _decided(request: Request, code: str, form: Form) -> HttpResponse | None:
    chosen = Letter.objects.filter(device=code)
    if request.POST.get("do") == "take":
        outcome = take_in(chosen, by=author(request.account))
        outcome.device, outcome.letters = code, len(outcome.answers) + len(outcome.unreadable)
        context = {"outcomes": [told(outcome)], "problems": []}
        crumbs = [(PHONES, reverse("devices.list")), (LETTERS, reverse("devices.letters"))]
        return show(request, "devices/brought.html", context, heading=Text("Taken in: {code}", "已收录：{code}", code=code), crumbs=crumbs)
    if form.valid():
        count = refuse(chosen, by=author(request.account), reason=form.values["reason"])
        tell(request, REFUSED.format(n=count) if count else NOBODY, tone="good" if count else "info")
        return redirect("devices.letters")
    return None


def _by_member(code: str) -> list[dict[str, object]]:
    """Whose letters, who brought them, how they stand, how many and which numbers."""
    piles: dict[tuple[str, str, str, str], list[int]] = {}
    left = Letter.objects.filter(device=code).exclude(state=Letter.State.TAKEN)
    columns = ("member", "brought_by", "state", "reason", "seq")
    for *pile, seq in left.values_list(*columns).order_by("member", "brought_by", "state", "seq"):
        piles.setdefault(tuple(pile), []).append(seq)
    workers = names.members({member for member, *_ in piles})
    words = {
        Letter.State.WAITING: Badge(Text("waits", "待处理"), "watch"),
        Letter.State.UNREADABLE: Badge(Text("cannot be opened", "无法打开"), "bad"),
        Letter.State.REFUSED: Badge(Text("refused", "未收录"), "quiet"),
    }
    return [
        {
            "worker": workers.get(member, member), "member": member, "state": state, "badge": words[Letter.State(state)], "reason": reason,
            "count": len(seqs), "numbers": ranges(seqs), "by": by,
        }
        for (member, by, state, reason), seqs in piles.items()
    ]  # fmt: skip


def outbox(request: Request) -> HttpResponse:
    """Takes the files that phones exported; says of each what was new, what was known, and what was refused and why."""
    if request.method != "POST":
        return show(request, "devices/outbox.html", {}, crumbs=[(PHONES, reverse("devices.list"))])
    phones, problems, outcomes = visible(Device.objects.all(), request.account), [], []
    for file in request.FILES.getlist("files"):
        if (file.size or 0) > MOST_FILE_BYTES:
            problems.append(Notice(TOO_BIG.format(name=file.name), "bad"))
            continue
        try:
            outcomes.append(told(bring(file.read(), by=author(request.account), phones=phones)))
        except BadPush as problem:
            problems.append(Notice(problem.text, "bad", title=str(file.name)))
    if not outcomes and not problems:
        problems.append(Notice(NO_FILE, "bad"))
    crumbs = [(PHONES, reverse("devices.list"))]
    if not outcomes:
        return show(request, "devices/outbox.html", {"problems": problems}, crumbs=crumbs, status=422)
    return show(request, "devices/brought.html", {"outcomes": outcomes, "problems": problems}, crumbs=crumbs)
